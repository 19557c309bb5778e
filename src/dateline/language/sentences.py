"""Where sentences end, decided before the parse so that no sentence crosses a paragraph or eats page furniture."""

from __future__ import annotations

import re
from functools import cache

from ..rulefiles import read_table

# A sentence end: closing punctuation, what may close after it (quotes, brackets), white space, and what may open a sentence.
_BREAK = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+)(?=[\"'“‘«(\[]*(?:[A-Z0-9À-ÖØ-ÞĀ-ſ]))")
_LAST_WORD = re.compile(r"(\S+)$")
_INITIAL = re.compile(r"^[\"'“‘(\[]*(?:[A-Z]\.)+$|^[\"'“‘(]*[A-Z][a-z]?\.-?[A-Z]\.$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([\w’'-]+)")
# "“Who gave the order?” Mendes asked." goes on after the quotation.
_TAG_AFTER_QUOTE = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,5}(?:said|says|asked|asks|told|wrote|added|replied|shouted|wondered|demanded|exclaimed)\b"
)
# Words that open a sentence far more often than they follow an abbreviation inside one.
_OPENERS = frozenset(
    "The A An It He She They We I In On At But And For As This That These Those Its His Her Their If When While After "
    "Before Although However Since With There One Some Many Most Both Our My You What Who Where Why How No Not To From".split()
)


@cache
def _abbreviations() -> dict[str, bool]:
    """Abbreviation → whether a sentence may end with it."""
    return {
        row["abbreviation"]: row["ends"] == "maybe"
        for row in read_table("en/abbreviations.tsv", ("abbreviation", "ends"))
    }


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences in ``text[start:end]``, white space trimmed, in order."""
    found: list[tuple[int, int]] = []
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if match.end() >= end or not _ends_here(text, begin, match, end):
            continue
        _add_trimmed(text, begin, match.end(2), found)
        begin = match.end()
    _add_trimmed(text, begin, end, found)
    return found


def _ends_here(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    marks, closing = match.group(1), match.group(2)
    if closing and marks[-1] in "?!" and _TAG_AFTER_QUOTE.match(text, match.end(), end):
        return False
    if marks != "." or closing:
        return True
    last = _LAST_WORD.search(text, max(begin, match.end(1) - 40), match.end(1))
    if last is None:
        return True
    word = last.group(1).lstrip("\"'“‘«([")
    following = _NEXT_WORD.match(text, match.end(), end)
    opens = following is not None and following.group(1) in _OPENERS
    ends = _abbreviations().get(word)
    if ends is not None:
        return ends and opens
    if _INITIAL.match(word):
        return len(word) > 2 and opens  # "J. Smith" goes on; "in the U.S.S.R. The army" does not
    return True


def _add_trimmed(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
