"""What an input or a page claims of a report, in its own words, read into marks with a meaning."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ..records import Mark, MarkField
from .dateline import agency_name
from .moments import read_moment
from .people import read_signed

LONGEST_WORDS = 500
# Half of a surrogate pair, which no encoding can write, and the controls that no database keeps.
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WEB = re.compile(r"https?://[^\s]{4,1990}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
# What stands for an outlet where nobody wrote its name: an address, an account, a template's hole.
_NO_NAME = re.compile(
    r"https?://\S*|www\.\S+|@\S+|[\W\d_]*|\{.*\}|null|undefined|none|home ?page|my (?:blog|website|site)|blogger|wordpress",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One field as one place gives it. ``lone`` says that the place gives a person, so that one word may be a name."""

    field: MarkField
    words: str
    found_in: str
    lone: bool = False


def clean(words: str) -> str:
    """Single spaces, entities read, tags and what cannot be written left out."""
    words = words[: 4 * LONGEST_WORDS]
    if "&" in words:
        words = html.unescape(html.unescape(words))
    if "<" in words:
        words = _TAG.sub(" ", words)
    return " ".join(_UNWRITABLE.sub("\ufffd", words).split())[:LONGEST_WORDS]


def marks_of(claim: Claim) -> tuple[Mark, ...]:
    """The marks of a claim, none for one without words: several for a byline with several names."""
    words = clean(claim.words)
    if not words:
        return ()
    if claim.field == "author":
        return _author_marks(words, claim)
    return (Mark(claim.field, words, _meaning(claim.field, words), claim.found_in),)


def _author_marks(words: str, claim: Claim) -> tuple[Mark, ...]:
    signed = read_signed(words, lone=claim.lone)
    people: tuple[str | None, ...] = signed.people or (None,)
    return (
        *(Mark("author", words, person, claim.found_in) for person in people),
        *(Mark("agency", words, agency, claim.found_in) for agency in signed.agencies),
    )


def _meaning(field: MarkField, words: str) -> str | None:
    if field in ("published", "modified"):
        return read_moment(words)
    if field == "url" or field == "enclosure":
        return words if _WEB.fullmatch(words) else None
    if field == "language":
        return words.replace("_", "-") if _LANGUAGE.fullmatch(words) else None
    if field == "agency":
        return agency_name(words)
    if field == "outlet" or field == "section":
        return None if _NO_NAME.fullmatch(words) else words
    return words
