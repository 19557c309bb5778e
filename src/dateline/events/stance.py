"""What a speaker does with the event inside a statement, by the act of saying."""

from __future__ import annotations

from functools import cache

from ..rulefiles import read_table


@cache
def _stances() -> dict[str, str]:
    rows = read_table("en/statements/acts.tsv", ("act", "stance", "meaning"))
    return {row["act"]: row["stance"] for row in rows}


def stance_of(act: str) -> str:
    """ "deny" gives "denies", "demand" gives "demands"; acts of plain saying give "asserts"."""
    return _stances().get(act, "asserts")
