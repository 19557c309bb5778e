"""What a page says of its report in ``<meta>`` elements: OpenGraph, Dublin Core, and the names that outlets made up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from resiliparse.parse.html import ElementNode

from ...errors import RuleError
from ...records import MarkField
from ...rulefiles import RuleModel, read_table
from ..claims import Claim
from ..dateline import agency_name

MOST_ELEMENTS = 600


class MetaName(RuleModel):
    """A name of ``<meta>`` elements: the field that it gives, where that counts as found, and its rank within the field."""

    field: MarkField
    found_in: str
    rank: int


@cache
def meta_names() -> dict[str, MetaName]:
    names: dict[str, MetaName] = {}
    for rank, row in enumerate(read_table("report/meta.tsv", ("name", "field", "found_in"))):
        if row["name"] in names:
            raise RuleError(f"rules/report/meta.tsv: {row['name']!r} stands twice; keep one line of each name")
        names[row["name"]] = MetaName.model_validate({"field": row["field"], "found_in": row["found_in"], "rank": rank})
    return names


def find_meta(elements: Sequence[ElementNode]) -> list[Claim]:
    """The claims of ``meta`` elements, the preferred names first."""
    known = meta_names()
    found: list[tuple[int, int, Claim]] = []
    for number, element in enumerate(elements[:MOST_ELEMENTS]):
        for attribute in ("property", "name", "http-equiv"):
            name = known.get((element.getattr(attribute) or "").strip().lower())
            if name is None:
                continue
            words = (element.getattr("content") or "").strip()
            if words:
                found.append((name.rank, number, Claim(name.field, words, name.found_in)))
                if name.field == "origin" and agency_name(words):
                    found.append((name.rank, number, Claim("agency", words, name.found_in)))
            break
    return [claim for _rank, _number, claim in sorted(found, key=lambda each: each[:2])]
