"""What a speaker does with the event inside a statement, by the act of saying."""

from __future__ import annotations

from functools import cache

from ..rulefiles import RuleModel, read_toml


class StanceFile(RuleModel):
    """``stance`` maps a statement's act to what it does; acts not listed assert."""

    stance: dict[str, str]


@cache
def _stances() -> dict[str, str]:
    return read_toml("ontology/stances.toml", StanceFile).stance


def stance_of(act: str) -> str:
    """"deny" gives "denies", "demand" gives "demands"; acts of plain saying give "asserts"."""
    return _stances().get(act, "asserts")
