"""One place name as it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..language.parse import Token
from .rules import Entry

Standing = Literal["dateline", "strong", "weak", "bare", "no"]


@dataclass(slots=True)
class Toponym:
    """One place name in the text: half-open range of tokens, its key, and how sure the context makes it."""

    tokens: list[Token]
    key: str
    entries: tuple[Entry, ...]
    standing: Standing = "bare"
    within: list[Entry] = field(default_factory=list)  # "Paris, Texas": what the words say it lies in

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def head(self) -> Token:
        """The token that ties the name to its sentence."""
        inside = {token.index for token in self.tokens}
        for token in reversed(self.tokens):
            if token.head.index not in inside or token.is_root:
                return token
        return self.tokens[-1]


def is_capitalised(token: Token) -> bool:
    return token.text[0].isupper()


def lies_in(place: Entry, region: Entry) -> bool:
    """True when a place lies in a country, first-order or second-order division by its codes."""
    if place.feature == "PCLI" or place.identity == region.identity or place.country != region.country:
        return False
    return region.feature == "PCLI" or (place.admin1 == region.admin1 and place.feature not in {"ADM1"})
