"""What is attributed: from the words of a clause to exact spans, quotations kept whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ..language.parse import Parse, Sentence, Token
from ..records import StatementKind
from .quotations import Quotation

_EDGE_TAGS = frozenset({",", ".", ":", "-LRB-", "-RRB-", "HYPH", "CC", "``", "''"})
_EDGE_MARKS = frozenset(",.;:—–-…()[]")
_QUOTE_CHARACTERS = frozenset("\"“”„‟«»`'‘’")


class Quoted:
    """The quotations of one report, found by place."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.all = list(quotations)
        self._starts = [quotation.start for quotation in quotations]

    def at(self, offset: int) -> Quotation | None:
        """The quotation that covers this code point."""
        position = bisect_right(self._starts, offset) - 1
        if position >= 0 and self.all[position].end > offset:
            return self.all[position]
        return None

    def within(self, start: int, end: int) -> list[Quotation]:
        """The quotations that overlap ``[start, end)``."""
        position = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for index in range(position, len(self.all)):
            quotation = self.all[index]
            if quotation.start >= end:
                break
            if quotation.end > start:
                found.append(quotation)
        return found


def is_mark(token: Token) -> bool:
    """True for punctuation, quotation marks included."""
    text = token.text
    return not (text[:1].isalnum() or any(character.isalnum() for character in text))


def runs(parse: Parse, tokens: Iterable[Token], barred: Iterable[Token], quoted: Quoted) -> list[tuple[int, int]]:
    """Spans over these words: marks between them filled in, edges trimmed of punctuation, quotations kept whole.

    ``barred`` are words that may not be inside: the cue and the speaker.
    """
    kept = {token.index for token in tokens if not is_mark(token)}
    stops = {token.index for token in barred}
    kept -= stops
    spans: list[tuple[int, int]] = []
    run: list[Token] = []
    for index in sorted(kept):
        if run and not _joined(parse, run[-1].index, index, stops):
            spans.append((run[0].start, run[-1].end))
            run = []
        run.append(parse.tokens[index])
    if run:
        spans.append((run[0].start, run[-1].end))
    edges = [parse.tokens[index].start for index in stops]
    outer = quoted.at(min(edges)) if edges else None
    if outer is not None:  # somebody quoted says that somebody said: the quotation bounds what is attributed
        inner = [(max(start, outer.start + 1), min(end, outer.end - outer.closed)) for start, end in spans]
        return [(start, end) for start, end in inner if start < end]
    return _whole(parse, spans, quoted, edges)


def _joined(parse: Parse, left: int, right: int, stops: set[int]) -> bool:
    return (
        all(index not in stops and is_mark(parse.tokens[index]) for index in range(left + 1, right))
        if right - left <= 6
        else False
    )


def _whole(parse: Parse, spans: list[tuple[int, int]], quoted: Quoted, edges: list[int]) -> list[tuple[int, int]]:
    """Spans grown over the quotations that they cut, unless a cue or speaker stands in the quotation; merged."""
    grown: list[tuple[int, int]] = []
    for start, end in spans:
        for quotation in quoted.within(start, end + 2):
            if any(quotation.start <= edge < quotation.end for edge in edges):
                continue
            if quotation.continues or not quotation.closed:
                continue
            start, end = min(start, quotation.start), max(end, quotation.end)
        if grown and start <= grown[-1][1]:
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
        else:
            grown.append((start, end))
    return grown


def clause_tokens(sentence: Sentence, left_out: Iterable[Token]) -> list[Token]:
    """The words of a sentence without some of them."""
    out = {token.index for token in left_out}
    return [token for token in sentence.tokens if token.index not in out]


def kind_of(text: str, spans: Sequence[tuple[int, int]], quoted: Quoted) -> StatementKind:
    """direct: nothing but quotations; mixed: a quotation and words of the reporter; indirect: no quotation."""
    inside = outside = 0
    for start, end in spans:
        covered = 0
        for quotation in quoted.within(start, end):
            covered += min(end, quotation.end) - max(start, quotation.start)
        inside += covered
        outside += end - start - covered
    if not inside:
        return "indirect"
    return "direct" if outside <= 0 else "mixed"
