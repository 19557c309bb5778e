"""Which mark of several counts: the order of places for each field, from the rule file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..errors import RuleError
from ..records import Mark, MarkField
from ..rulefiles import RuleModel, read_toml

# Where readers of pages find marks; any other place is the reader of an input.
PAGE_PLACES = frozenset({"json-ld", "microdata", "open graph", "meta", "time element", "link", "title", "url", "text"})
MOST_WORDS_OF_A_WARNING = 80


class FieldOrder(RuleModel):
    """The places of one field, the most trusted first, and why so."""

    name: MarkField
    order: tuple[str, ...]
    reason: str


class MarkRules(RuleModel):
    """The file of all orders."""

    field: tuple[FieldOrder, ...]


@cache
def orders() -> dict[str, dict[str, int]]:
    """Field → place → rank."""
    known = PAGE_PLACES | {"given", "feed", "input"}
    rules = read_toml("report/marks.toml", MarkRules).field
    for each in rules:
        if wrong := [place for place in each.order if place not in known]:
            raise RuleError(
                f"rules/report/marks.toml, {each.name}: no such place {wrong[0]!r}; there are {', '.join(sorted(known))}"
            )
    return {each.name: {place: rank for rank, place in enumerate(each.order)} for each in rules}


def place_of(mark: Mark) -> str:
    """The place that the order speaks of; all readers of inputs are one."""
    return mark.found_in if mark.found_in in PAGE_PLACES or mark.found_in in ("given", "feed") else "input"


def ranked(marks: Iterable[Mark], field: MarkField) -> list[Mark]:
    """The marks of a field that have a meaning and a place that counts, the most trusted first."""
    order = orders().get(field, {})
    own = [mark for mark in marks if mark.field == field and mark.value and place_of(mark) in order]
    return sorted(own, key=lambda mark: order[place_of(mark)])


def disagreement(what: str, one: Mark, other: Mark) -> str:
    """The warning that two places say different things."""
    return (
        f"the page gives two {what}: {one.words[:MOST_WORDS_OF_A_WARNING]!r} ({one.found_in}), "
        f"{other.words[:MOST_WORDS_OF_A_WARNING]!r} ({other.found_in}); the first was taken"
    )
