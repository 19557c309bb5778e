"""Attributions before they become statements: still tied to the words of the parse."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language.parse import Parse, Token
from .content import Quoted, runs
from .speakers import phrase


@dataclass(slots=True, eq=False)
class Attribution:
    """Who (head words), the cue word and all words of the cue, and what is attributed as half-open ranges of the text."""

    word: Token
    cue: list[Token]
    speakers: list[Token]
    content: list[tuple[int, int]]
    act: str
    rule: str
    frame: str
    relays: list[Token] = field(default_factory=list)
    addressees: list[Token] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def last_sentence(self) -> int:
        return self.word.sentence.index

    def speaker_words(self) -> list[Token]:
        """All words of the speakers' noun phrases, cut at the cue word."""
        return [token for head in self.speakers for token in phrase(head, self.word)]


@dataclass(slots=True)
class Scene:
    """What the rules of this room look at: the parse, its quotations, and the attributions found so far by cue word."""

    parse: Parse
    quoted: Quoted
    found: dict[int, Attribution] = field(default_factory=dict)

    def add(self, attribution: Attribution) -> None:
        """Keeps the attribution unless its cue word already has one, or nothing is attributed."""
        if attribution.content and attribution.word.index not in self.found:
            self.found[attribution.word.index] = attribution

    def spans(self, heads: list[Token], barred: list[Token]) -> list[tuple[int, int]]:
        """The content under these heads, without the barred words."""
        words = {token.index: token for head in heads for token in head.subtree()}
        return runs(self.parse, words.values(), barred, self.quoted)
