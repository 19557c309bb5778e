"""Dates and times as pages and feeds write them for machines and readers, made into ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from .dates import MONTHS, read_date

LONGEST = 80
# Older than any newspaper, or far beyond any printed one: a slip of the pen.
YEARS = range(1600, 2200)
# Counts of seconds before the web are other numbers; so are those after the year 2100.
_SECONDS = range(700_000_000, 4_102_444_800)
# What programs write for a date that nobody filled in.
_UNSET = (date(1970, 1, 1), date(1969, 12, 31))
# Names of zones that mean one offset wherever they are used; others ("IST", "CST") mean several.
_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "cet": 1,
    "cest": 2,
}

_DAY = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ,]+)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*"
    r"(?:(?P<zone>[A-Z]{1,5})|(?:GMT|UTC)?(?P<offset>[+-]\d{1,2}(?::?\d\d)?))?(?:\s*\([^)]*\))?",
    re.ASCII | re.IGNORECASE,
)
# What JavaScript writes: "Wed Nov 20 2019 09:28:00 GMT+0000 (UTC)".
_SCRIPT = re.compile(
    r"[A-Z][a-z]{2},? ([A-Z][a-z]{2}) (\d{1,2}),? (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ?(?:(?:GMT|UTC)(?P<offset>[+-]\d{4})?)?.*",
    re.ASCII,
)
_MAIL = re.compile(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d.*", re.ASCII)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)


def read_moment(words: str) -> str | None:
    """The date, or the time with its offset where the words have one; ``None`` for words that name no single day.

    >>> read_moment("Wed, 20 Nov 2019 09:28:00 GMT")
    '2019-11-20T09:28:00Z'
    >>> read_moment("11/12/2019") is None  # November or December?
    True
    """
    words = " ".join(words[: LONGEST + 1].split())
    if not words or len(words) > LONGEST:
        return None
    try:
        found = _read(words)
    except (ValueError, OverflowError):
        return None
    if found is None or found.year not in YEARS or _day(found) in _UNSET:
        return None
    return found.isoformat().replace("+00:00", "Z")


def _day(found: date | datetime) -> date:
    return found.date() if isinstance(found, datetime) else found


def _read(words: str) -> date | datetime | None:
    if words.isascii() and words.isdigit() and len(words) in (10, 13):
        seconds = int(words[:10])
        return datetime.fromtimestamp(seconds, UTC) if seconds in _SECONDS else None
    if match := _DAY.fullmatch(words):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _MOMENT.fullmatch(words):
        return _moment(match)
    if match := _SCRIPT.fullmatch(words):
        return _script_moment(match)
    if _MAIL.fullmatch(words):
        return parsedate_to_datetime(words)
    if iso := read_date(words):
        return date.fromisoformat(iso)
    numbers = _NUMBERS.search(words)
    return _numbered(int(numbers[1]), int(numbers[3]), int(numbers[4])) if numbers else None


def _moment(match: re.Match[str]) -> datetime:
    hour = int(match[5])
    if match[8]:
        hour = hour % 12 + (12 if match[8][0] in "pP" else 0)
    moment = datetime(int(match[1]), int(match[3]), int(match[4]), hour, int(match[6]), int(match[7] or 0))
    if match["offset"]:
        return moment.replace(tzinfo=_offset(match["offset"]))
    zone = _ZONES.get((match["zone"] or "").lower())
    return moment if zone is None else moment.replace(tzinfo=timezone(timedelta(hours=zone)))


def _script_moment(match: re.Match[str]) -> datetime:
    month = MONTHS.index(match[1].lower()) + 1
    moment = datetime(int(match[3]), month, int(match[2]), int(match[4]), int(match[5]), int(match[6] or 0))
    return moment.replace(tzinfo=_offset(match["offset"])) if match["offset"] else moment


def _offset(words: str) -> timezone:
    digits = words[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return timezone((1 if words[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _numbered(first: int, second: int, year: int) -> date | None:
    """Day and month stand in either order; only a number above twelve, or two that are the same, tell which is which."""
    if first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None
