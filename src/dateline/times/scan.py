"""Finds the words of times in a sentence: every pattern whose kind of word occurs there, the best of those that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .rules import Pattern, patterns, word_kinds

_SLASHED = re.compile(r"\d[/.]\d")
_DECADE = re.compile(r"\d0'?s\b")
_WORDS = re.compile(r"[a-z]+\d?|\d+")
# Characters that news writes in several ways, each shown as one; lengths stay, so offsets do too.
_SAME_LENGTH = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "–": "-", "—": "-", "\u2212": "-",
    "\n": " ", "\r": " ", "\t": " ", "\x0b": " ", "\x0c": " ", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that a pattern takes for a time: offsets into the report, and the fields that it filled."""

    start: int
    end: int
    pattern: Pattern
    fields: dict[str, str]
    parts: tuple[tuple[int, int], ...] = ()


def kinds_in(lowered: str) -> set[str]:
    """The kinds of time word that occur in these lower-case words."""
    listed = word_kinds()
    kinds: set[str] = set()
    for word in _WORDS.findall(lowered):
        if word in listed:
            kinds |= listed[word]
        elif len(word) == 4 and word.isdigit():
            kinds.add("year")
    if _SLASHED.search(lowered):
        kinds.add("slash")
    if _DECADE.search(lowered):
        kinds.add("decade")
    return kinds


def candidates(text: str, offset: int) -> list[Candidate]:
    """All candidates of one sentence, best first: by start, then length, then the order of the patterns."""
    text = text.translate(_SAME_LENGTH)
    kinds = kinds_in(text.lower())
    if not kinds:
        return []
    found: list[tuple[int, int, int, Candidate]] = []
    for rank, pattern in _patterns_for(frozenset(kinds)):
        for match in pattern.regex.finditer(text):
            if match.end() > match.start():
                each = _candidate(pattern, match, offset)
                found.append((each.start, -each.end, rank, each))
    found.sort(key=lambda each: each[:3])
    return [each[3] for each in found]


@lru_cache(maxsize=10_000)
def _patterns_for(kinds: frozenset[str]) -> tuple[tuple[int, Pattern], ...]:
    """The patterns whose kinds of word are among these, with their places in the order of all."""
    return tuple(
        (rank, pattern)
        for rank, pattern in enumerate(patterns())
        if not pattern.needs.isdisjoint(kinds) and not (pattern.also and pattern.also.isdisjoint(kinds))
    )


def _candidate(pattern: Pattern, match: re.Match[str], offset: int) -> Candidate:
    parts: tuple[tuple[int, int], ...] = ()
    if "head" in pattern.fields:
        parts = tuple((match.start(name) + offset, match.end(name) + offset) for name in ("head", "tail"))
    return Candidate(match.start() + offset, match.end() + offset, pattern, pattern.read(match), parts)


def pieces(candidate: Candidate) -> Iterator[tuple[int, int, dict[str, str]]]:
    """The times in a candidate: itself, or both ends of "March 3-5" and "2001-04", in text order."""
    fields = candidate.fields
    if not candidate.parts:
        yield candidate.start, candidate.end, fields
        return
    tail = dict(fields)
    if "dayto" in fields:
        tail["day"] = fields["dayto"]
    else:
        tail["year"] = fields["yearto"] if len(fields["yearto"]) == 4 else fields["year"][:2] + fields["yearto"]
    for (start, end), own in sorted(zip(candidate.parts, (fields, tail), strict=True), key=lambda each: each[0]):
        yield (
            start,
            end,
            {name: value for name, value in own.items() if name not in {"dayto", "yearto", "head", "tail"}},
        )
