"""Quoted stretches of a report, paired mark by mark: “ ”, " ", '' ``, « », ‘ ’ and ' ', closed or not.

Only outermost quotations are given: a quotation inside a quotation is part of its words. An apostrophe is no quotation
mark, and a quotation never crosses a paragraph: one that runs on is one ``Quotation`` a paragraph, ``continues`` set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..records import Report

_DOUBLE = re.compile("[“”„‟\"«»]|''|``|’’|‘‘")
_SINGLE = re.compile("[‘’']")
_STRAIGHT = frozenset({'"', "''", "’’"})
_CLOSERS = frozenset({"”", "»"})
_OPENING_TEXT = re.compile("[“„«\"]|``|''|‘")
_DECADE = re.compile(r"\d\ds?\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch, its marks included: half-open code points ``[start, end)``.

    ``closed`` is false when the closing mark is missing; ``continues`` when the next paragraph takes the quotation up.
    """

    start: int
    end: int
    closed: bool
    continues: bool
    single: bool = False


def find_quotations(report: Report) -> list[Quotation]:
    """The outermost quotations of headline, captions and paragraphs, in text order."""
    text = report.text
    regions = _regions(report)
    found: list[Quotation] = []
    for number, (start, end) in enumerate(regions):
        following = regions[number + 1][0] if number + 1 < len(regions) else None
        taken_up = following is not None and _OPENING_TEXT.match(text, following) is not None
        doubles = list(_doubles(text, start, end, taken_up))
        found.extend(_merge(doubles, _singles(text, start, end)))
    return found


def _regions(report: Report) -> list[tuple[int, int]]:
    spans = [*report.captions, *report.paragraphs]
    if report.headline is not None:
        spans.append(report.headline)
    return sorted({(span.start, span.end) for span in spans})


def _doubles(text: str, start: int, end: int, taken_up: bool) -> Iterator[Quotation]:
    opened: int | None = None
    opening = ""
    depth = 0
    for match in _DOUBLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at > start else " "
        after = text[match.end()] if match.end() < end else " "
        looks_closing = not before.isspace() and (after.isspace() or not after.isalnum()) and before not in "([—"
        if opened is None:
            if mark in _CLOSERS and looks_closing:
                continue  # a closing mark whose opening one is missing
            if mark in _STRAIGHT and looks_closing and before.isalnum():
                continue
            opened, opening, depth = at, mark, 0
        elif mark in _CLOSERS:
            if depth:
                depth -= 1
            else:
                yield Quotation(opened, match.end(), True, False)
                opened = None
        elif mark in _STRAIGHT:
            if looks_closing or (not before.isspace() and opening in _STRAIGHT):
                yield Quotation(opened, match.end(), True, False)
                opened = None
            elif opening in _STRAIGHT:
                yield Quotation(opened, _last_word(text, opened, at), False, False)
                opened, depth = at, 0
        elif looks_closing:  # “ typed for ”
            yield Quotation(opened, match.end(), True, False)
            opened = None
        elif opening in _STRAIGHT:
            depth += 1
        else:
            yield Quotation(opened, _last_word(text, opened, at), False, False)
            opened, opening, depth = at, mark, 0
    if opened is not None:
        yield Quotation(opened, end, False, taken_up)


def _last_word(text: str, start: int, end: int) -> int:
    """``end`` moved back over white space, never past ``start + 1``."""
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _singles(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Quotations between single marks. A scan for the closing mark stops at the next opening one, so time is linear."""
    opened: int | None = None
    best: int | None = None
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if before in "'’‘`" or after in "'’‘`":
            continue  # half of a doubled mark
        opens = (before.isspace() or before in '([—–-"“') and not after.isspace() and match.group() != "’"
        closes = not before.isspace() and not after.isalnum() and match.group() != "‘"
        if opens and not _DECADE.match(text, at + 1):
            if opened is not None and best is not None:
                yield Quotation(opened, best, True, False, True)
            opened, best = at, None
        elif closes and opened is not None:
            plural = before in "sS" and after == " "  # "the workers’ rights": perhaps no closing mark
            if not plural or best is None:
                best = at + 1
            if not plural:
                yield Quotation(opened, best, True, False, True)
                opened, best = None, None
    if opened is not None and best is not None:
        yield Quotation(opened, best, True, False, True)


def _merge(doubles: list[Quotation], singles: Iterator[Quotation]) -> list[Quotation]:
    """Both kinds in text order; where they overlap the one that opens first holds, an unclosed one giving way."""
    found: list[Quotation] = []
    for each in sorted([*doubles, *singles], key=lambda quotation: (quotation.start, -quotation.end)):
        if found and each.start < found[-1].end:
            if found[-1].closed or not each.closed or not found[-1].single:
                continue
            found.pop()
        found.append(each)
    return found
