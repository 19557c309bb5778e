"""The parse that every stage reads: tokens with offsets into the report, tied into sentence trees.

It is plain data (no spaCy object in it), so a unit test can build one by hand and a stage needs no model.
Tags are Penn Treebank's, dependency labels those of spaCy's English pipelines (CLEAR style).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..records import Span

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PROPER_TAGS = frozenset({"NNP", "NNPS"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "DT"})
ADJECTIVE_TAGS = frozenset({"JJ", "JJR", "JJS"})


@dataclass(slots=True, eq=False)
class Token:
    """One word of the report: half-open code points ``[start, end)``, its tag and its place in the tree."""

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    sentence: Sentence
    head: Token = field(init=False, repr=False)
    children: list[Token] = field(default_factory=list, repr=False)

    @property
    def is_root(self) -> bool:
        return self.head is self

    @property
    def is_noun(self) -> bool:
        return self.tag in NOUN_TAGS

    @property
    def is_proper(self) -> bool:
        return self.tag in PROPER_TAGS

    @property
    def is_verb(self) -> bool:
        return self.tag in VERB_TAGS

    @property
    def is_adjective(self) -> bool:
        return self.tag in ADJECTIVE_TAGS

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these dependency labels."""
        for token in self.children:
            if token.dep in deps:
                return token
        return None

    def children_of(self, *deps: str) -> list[Token]:
        """The children with one of these dependency labels, in text order."""
        return [token for token in self.children if token.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """Heads from the nearest to the root, this token left out."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> list[Token]:
        """This token and all below it, in text order."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=_by_index)
        return found


def _by_index(token: Token) -> int:
    return token.index


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: half-open code points ``[start, end)`` and its tokens.

    ``section`` says which part of the report it stands in: "headline", "caption" or "paragraph";
    ``paragraph`` counts paragraphs from 0 (-1 for a headline or caption).
    """

    index: int
    start: int
    end: int
    section: str
    paragraph: int
    tokens: list[Token] = field(default_factory=list, repr=False)

    @property
    def roots(self) -> list[Token]:
        return [token for token in self.tokens if token.head is token]


@dataclass(slots=True, eq=False)
class Parse:
    """All parsed sentences of one report, in text order. ``text`` is ``Report.text``, untouched."""

    text: str
    sentences: list[Sentence]
    tokens: list[Token]
    _starts: list[int] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._starts = [token.start for token in self.tokens]

    def release(self) -> None:
        """Cuts the tree apart, so that it is freed at once; the parse must not be used afterwards.

        Tokens, heads and sentences point to one another, and a batch of them would otherwise wait for, and cause, one of
        the interpreter's full searches for such rings.
        """
        for token in self.tokens:
            token.children.clear()
            del token.head
        for sentence in self.sentences:
            sentence.tokens.clear()
        self.tokens.clear()

    def token_at(self, offset: int) -> Token | None:
        """The token that covers this code point, if one does."""
        position = bisect_right(self._starts, offset) - 1
        if position >= 0 and self.tokens[position].end > offset:
            return self.tokens[position]
        return None

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap ``[start, end)``."""
        position = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for token in self.tokens[position:]:
            if token.start >= end:
                break
            if token.end > start:
                found.append(token)
        return found

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def span_of(self, tokens: Sequence[Token]) -> Span:
        """From the first to the last of these tokens (in any order)."""
        start = min([token.start for token in tokens])
        end = max([token.end for token in tokens])
        return Span(start, end, self.text[start:end])
