"""What an act was done with or to when it is no actor: people counted, equipment, money, territory."""

from __future__ import annotations

import re

from ..language import Parse, Token
from ..language.clauses import phrase_span
from ..records import EventObject
from .acts import Act
from .rules import rulebook

_NUMBER = re.compile(r"^\d[\d,]*(?:\.\d+)?$")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
_MULTIPLES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
}
_ABOUT = frozenset(
    "about around roughly nearly almost some approximately over under least most up than estimated".split()
)
_KINDS = (
    ("persons", "persons"),
    ("troops", "persons"),
    ("equipment", "equipment"),
    ("money", "money"),
    ("territory", "territory"),
)


def objects_of(parse: Parse, act: Act) -> tuple[EventObject, ...]:
    """The fillers that no actor took, and the counted people among those that one did."""
    found: dict[int, EventObject] = {}
    for token in [*act.objects, *act.targets]:
        quantity, approximate = quantity_of(token)
        if token in act.targets and quantity is None:
            continue
        span = phrase_span(parse, token)
        found.setdefault(
            span.start, EventObject(span.start, span.end, span.text, kind_of(token), quantity, approximate)
        )
    return tuple(found[start] for start in sorted(found))


def kind_of(token: Token) -> str:
    if any(child.text in {"$", "€", "£"} for child in token.subtree()):
        return "money"
    sets = rulebook().sets
    for name, kind in _KINDS:
        if token.lemma in sets.get(name, ()):
            return kind
    return "other"


def quantity_of(token: Token) -> tuple[float | None, bool]:
    """The number that counts a noun, and whether it is said to be approximate."""
    value: float | None = None
    approximate = False
    for child in token.children:
        if child.dep != "nummod" and child.tag != "CD":
            continue
        words = [each for each in child.subtree() if each.tag == "CD" or each.lower in _ABOUT]
        number = _value([each.lower for each in words if each.tag == "CD"])
        if number is not None:
            value = number if value is None else value
            approximate = approximate or any(each.lower in _ABOUT for each in child.subtree())
    if value is not None:
        approximate = approximate or any(child.lower in _ABOUT for child in token.children)
    return value, approximate


def _value(words: list[str]) -> float | None:
    total: float | None = None
    for word in words:
        if _NUMBER.match(word):
            total = float(word.replace(",", ""))
        elif word in _WORDS:
            total = (total or 0) + _WORDS[word]
        elif word in _MULTIPLES:
            total = (total or 1) * _MULTIPLES[word]
    return total
