"""The headline among the marks that give one, without the outlet's name that pages put before or after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from ..records import Mark
from .precedence import place_of, ranked

_SEPARATOR = re.compile(r"\s+(?:[|–—·»•:]|-+|::)\s+|\s*\|\s*|:\s+|\s[«»]\s")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
# A part of a title is a section or a slogan when it is this short, next to one that is long enough for a headline.
SHORT_PART, LONG_PART = 3, 5
# Shorter names stand within other words by chance.
SHORTEST_NAME = 3


def choose_headline(marks: tuple[Mark, ...], url: str | None) -> tuple[str, Mark] | None:
    """The headline and the mark that it is from. A visible heading counts when another mark bears it out."""
    candidates = ranked(marks, "headline")
    names = outlet_names(marks, url)
    for mark in candidates:
        words = without_outlet(mark.value or "", names)
        if mark.found_in == "title":
            words = _without_section(words)
        others = [other.value or "" for other in candidates if place_of(other) != "text"]
        if mark.found_in == "text" and others and not any(agree(words, other) for other in others):
            continue
        if mark.found_in == "text" and plain(words) in names:
            continue
        if words:
            return words, mark
    return None


def outlet_names(marks: Iterable[Mark], url: str | None) -> frozenset[str]:
    """The outlet's names as marks and the address give them, letters and digits only."""
    names = {plain(mark.value) for mark in marks if mark.field == "outlet" and mark.value}
    label = site_label(url)
    return frozenset(name for name in (*names, label) if name and len(name) >= SHORTEST_NAME)


def site_label(url: str | None) -> str | None:
    """The telling part of the host: "ledger" of "https://www.ledger.co.uk/…"."""
    try:
        host = (urlsplit(url or "").hostname or "").split(".")
    except ValueError:
        return None
    labels = [
        label
        for label in host[:-1]
        if label not in ("www", "m", "amp", "mobile", "edition", "co", "com", "org", "net", "gov", "ac")
    ]
    return plain(labels[-1]) if labels else None


def without_outlet(title: str, names: frozenset[str]) -> str:
    """The title without leading and trailing parts that name the outlet: "Talks resume | World - The Daily Ledger"."""
    cuts = [(0, 0), *((match.start(), match.end()) for match in _SEPARATOR.finditer(title)), (len(title), len(title))]
    parts = [(cuts[n][1], cuts[n + 1][0]) for n in range(len(cuts) - 1)]
    first, last = 0, len(parts)
    while last - first > 1 and _names_outlet(title[slice(*parts[last - 1])], names):
        last -= 1
    while (
        last - first > 1
        and _names_outlet(title[slice(*parts[first])], names)
        and len(title[slice(*parts[first])].split()) <= SHORT_PART
    ):
        first += 1
    return title[parts[first][0] : parts[last - 1][1]].strip()


def title_outlet(title: str, url: str | None) -> str | None:
    """The last part of a title when it is the site's own name, spelt out: "The Daily Ledger" on dailyledger.example."""
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    label = site_label(url)
    if len(parts) < 2 or not label or len(label) < SHORTEST_NAME + 1:
        return None
    return parts[-1].strip() if _holds(plain(parts[-1]), label) else None


def agree(one: str, other: str) -> bool:
    """Two headlines are of one report: at least half of the long words of the shorter stand in the other."""
    ours, theirs = ({word.casefold() for word in _LONG_WORD.findall(words)} for words in (one, other))
    if not ours or not theirs:
        return plain(one) == plain(other) or (bool(plain(one)) and plain(one) in plain(other))
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs))


@lru_cache(maxsize=4096)
def plain(words: str | None) -> str:
    """Letters and digits in lower case."""
    return "".join(character for character in (words or "").casefold() if character.isalnum())


def _names_outlet(part: str, names: frozenset[str]) -> bool:
    folded = plain(part)
    if len(folded) < SHORTEST_NAME:
        return False
    return any(folded in name or (len(name) > SHORTEST_NAME and _holds(folded, name)) for name in names)


def _holds(folded: str, name: str) -> bool:
    """The name is in the words, and much of them: "The Ledger Online", but not "What the ledger says of us"."""
    return name in folded and 5 * len(name) >= 2 * len(folded)


def _without_section(title: str) -> str:
    parts = [part for part in re.split(r"\s+[|–—·»•-]\s+|\s*\|\s*", title) if part]
    if (
        len(parts) >= 2
        and len(parts[0].split()) >= LONG_PART
        and all(len(part.split()) <= SHORT_PART for part in parts[1:])
    ):
        return parts[0].strip()
    return title
