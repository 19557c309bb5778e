"""The byline, who wrote the report: "By Jane Doe", "By JANE DOE in Cairo", "Jane Doe, Reuters"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..records import Dateline, Span
from .dateline import agency_name
from .lines import Block
from .rules import agencies, agency_pattern, dateline_places

LONGEST_WORDS = 24

NAME_WORD = r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’\-]*|d[aeiu]|de[lrn]?|v[ao]n|der|bin|ibn|al|el|la|le|ten|ter|y)"
NAME = rf"{NAME_WORD}(?:[ \xa0]{NAME_WORD}){{0,4}}"
NAMES = rf"{NAME}(?:(?:, (?:and )?| and | & |/){NAME}){{0,5}}"
DESK = (
    r"(?:(?:our|the|a|an|staff|web|news|special|political|diplomatic|foreign)\s){0,3}"
    r"(?:correspondents?|reporters?|staff|desk|editors?|writers?|team|bureau|agencies)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The byline, the dateline in it ("in Cairo") and the agency that it names."""

    span: Span
    dateline: Dateline | None
    agency: str | None


@cache
def _by_line() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:(?:written |reported |story |report |text )?by):?\s+(?P<names>(?i:{DESK})|{NAMES})"
        rf"(?:\s+in\s+(?P<place>{NAME}(?:, {NAME})?))?(?:\s*[,|/·•–—-]\s*(?P<tail>[^.]{{2,90}}))?[.:]?"
    )


@cache
def _name_and_agency() -> re.Pattern[str]:
    return re.compile(
        rf"{NAMES}\s*(?:,|\||/|-|–|—)\s*(?P<agency>{agency_pattern()})(?:\s*(?:Writer|Staff|Correspondent|Reporter|News))*"
    )


@cache
def _name_in_place() -> re.Pattern[str]:
    return re.compile(rf"{NAME_WORD}(?:[ \xa0]{NAME_WORD}){{1,3}} in (?P<place>{NAME})(?P<agencies> and agencies)?")


def find_byline(text: str, block: Block) -> Byline | None:
    """The byline that the whole block is, or None."""
    if block.words > LONGEST_WORDS:
        return None
    span = Span.of(text, block.start, block.end)
    if match := _by_line().fullmatch(text, block.start, block.end):
        return Byline(span, _place_of(match), _agency_in(match["tail"] or match["names"]))
    if match := _name_and_agency().fullmatch(text, block.start, block.end):
        return Byline(span, None, agencies()[match["agency"]])
    if (match := _name_in_place().fullmatch(text, block.start, block.end)) and (
        match["agencies"] or match["place"].casefold() in dateline_places()
    ):
        return Byline(span, _place_of(match), None)
    if block.lower.startswith(("associated press writer", "ap writer", "staff writer", "our correspondent")):
        return Byline(span, None, _agency_in(block.plain))
    return None


def _place_of(match: re.Match[str]) -> Dateline | None:
    if match["place"] is None:
        return None
    return Dateline(match.start("place"), match.end("place"), match["place"])


def _agency_in(words: str) -> str | None:
    for suffix in ("", " Writer", " writer"):
        if name := agency_name(words.removesuffix(suffix)):
            return name
    found = re.search(rf"\b(?:{agency_pattern()})\b", words)
    return agencies()[found.group()] if found else None
