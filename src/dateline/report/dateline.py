"""The dateline, the place-and-date line that opens a report: "MOSCOW, March 28 (Agency) —", "Moscow.", "Kyiv (AFP) –"."""

from __future__ import annotations

import re
from functools import cache

from ..records import Dateline
from .dates import DATE_WORDS, read_date
from .lines import QUOTES_TABLE, Block
from .rules import agencies, agency_pattern, dateline_places, dateline_words

# A dateline longer than this is a sentence.
LONGEST = 110

UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]*[A-ZÀ-ÖØ-Þ.]"
TITLE = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’\-]*"
INNER = r"(?:of|the|de|del|da|do|la|al|el|and|on)"
PLACE = rf"(?P<place>(?:{UPPER}(?:[ /\xa0]{UPPER}){{0,4}}|(?:St\.? )?{TITLE}(?:[ /\xa0](?:{TITLE}|{INNER} {TITLE}|D\.C\.)){{0,3}}))"
# A month after the comma is the date: "NEW YORK, Dec. 21".
REGION = (
    rf"(?P<region>(?:, ?(?!{DATE_WORDS})(?:(?:{UPPER}|{TITLE}\.?|[A-Z]\.[A-Z]\.)(?:[ \xa0](?:{TITLE}|{UPPER})){{0,2}})"
    r"| \[[A-Z][\w .]+\]))"
)
DATE = rf"(?P<date>{DATE_WORDS})"
# "(Reuters)", "/TASS/", "[AFP]", "(AFP/Reuters)", "- (ANI) -".
AGENCY = r"(?:\((?P<round>[A-Za-z][^()\n]{1,40})\)|/(?P<slash>[A-Z][\w -]{1,20})/|\[(?P<square>[A-Z][\w -]{1,20})\])"
END = r"(?P<end>\s*(?:--+|[—–―_])|\s+-|\s*[:|.]|(?<=[)/\]])\s*-|(?<=\))(?=\s+[\"“‘A-Z]))"


@cache
def _pattern() -> re.Pattern[str]:
    """``place, region, date (agency) —``: every part may be absent, but not all; checked in ``_is_credible``."""
    bare = rf"(?:(?P<bare>{agency_pattern()})\s*)"
    return re.compile(
        rf"(?:{PLACE}{REGION}?)??(?:(?:^|[,.]?\s*|\s+[-–—|]\s+){DATE},?)?(?:[,.]?\s*(?:[-–—]\s*)?(?:{AGENCY}|(?<=[,.-] ){bare}))?"
        rf"{END}(?=\s|$|[\"“‘'A-Z])"
    )


def find_dateline(text: str, block: Block, published: str | None) -> Dateline | None:
    """The dateline that opens the block, the dash or stop that closes it included, or None."""
    match = _pattern().match(text, block.start, min(block.end, block.start + LONGEST))
    if match is None or match.end() == block.start or not _is_credible(match, text, block):
        return None
    words = match["date"]
    name = _agency_of(match)
    date = read_date(words, published) if words else None
    return Dateline(block.start, match.end(), match.group(), date=date, agency=name)


def find_place_line(block: Block) -> bool:
    """The whole block is a place that datelines use, such as "Moscow" alone between headline and body."""
    return block.lower.strip(" .:") in dateline_places()


def agency_name(words: str) -> str | None:
    """The agency behind the words of a credit: "The Associated Press" → "AP", "AFP/Reuters" → "AFP"; None for no agency."""
    known = agencies()
    whole = words.strip(" .")
    if whole in known:
        return known[whole]
    for part in re.split(r"\s*[/,;&]\s*|\s+and\s+|\s*\|\s*", whole):
        if part.strip() in known:
            return known[part.strip()]
    return None


def _agency_of(match: re.Match[str]) -> str | None:
    words = match["round"] or match["slash"] or match["square"] or match["bare"]
    if words is None:
        return None
    name = agency_name(words)
    if name is None and len(words.split()) <= 4 and words[0].isupper():
        return " ".join(words.split())
    return name


def _is_credible(match: re.Match[str], text: str, block: Block) -> bool:
    place, end = match["place"], match["end"].strip()
    agency = _agency_of(match)
    known_agency = agency is not None and agency in agencies().values()
    if not end and not (known_agency or (place is None and match["round"].isupper())):
        return False
    if place is None and not end:
        return True
    if place is None:
        return known_agency or bool(match["date"] and agency)
    folded = _folded(place)
    no_place, no_first = dateline_words()
    if folded in no_place or folded.split()[0] in no_first:
        return False
    if agency is not None:
        return known_agency or place.isupper() or bool(match["date"]) or end not in (".", ":")
    if match["date"]:
        return end not in (".",) or place.isupper() or _is_known(folded)
    return _is_credible_alone(match, text, block, folded)


def _is_credible_alone(match: re.Match[str], text: str, block: Block, folded: str) -> bool:
    """A place with neither date nor agency: it must be one that datelines use, or stand in capitals before a dash."""
    place, end = match["place"], match["end"].strip()
    if end == "." and (match.end() >= block.end or not text[match.end()].isspace()):
        return False
    if _is_known(folded):
        return True
    if end in (".", ":", "|"):
        return False
    return bool(place.isupper() and (match["region"] or len(place) >= 5))


def _is_known(folded: str) -> bool:
    places = dateline_places()
    return folded in places or all(part.strip() in places for part in folded.split("/"))


def _folded(place: str) -> str:
    return " ".join(place.translate(QUOTES_TABLE).casefold().split()).strip(" .")
