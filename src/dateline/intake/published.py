"""Publication dates as inputs give them."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from ..errors import ConfigError

ACCEPTED = '"2019-03-28", "20190328", "2019-03-28T10:00:00Z" or "Thu, 28 Mar 2019 10:00:00 +0000"'
# Before the first news agencies and long after today; a slip of the pen rather than a date.
YEARS = range(1600, 2500)
_DAY = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)", re.ASCII)
_RUN = re.compile(r"(\d{8})(\d{6})", re.ASCII)  # 20190328100000, as GDELT writes it
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[+-]\d{4}|[A-Z]{1,4}))?", re.ASCII
)
_ISO = re.compile(r"(\d{4}[-/.]?\d\d[-/.]?\d\d)[T ](\d\d\S*)(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?", re.ASCII)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_CLOCK = r"(?:,? (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[ap])\.?m\.?)?(?: (?P<zone>utc|gmt|z))?)?"
_WORDED = tuple(
    re.compile(rf"(?:{_WEEKDAY},? )?{day}(?:,? {_WEEKDAY})?{_CLOCK}", re.ASCII | re.IGNORECASE)
    for day in (
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",  # March 28, 2019
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]{{1,2}}(?P<year>\d{{4}})",  # 28 March 2019
    )
)
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? (\d\d?:\d\d(?::\d\d)?))?", re.ASCII)


def parse_published(value: str) -> str:
    """The date as ISO 8601, with the time and its offset where the value has them.

    Raises ``ConfigError`` for a value that is no date, and for one that could be two: 3/4/2019 is the third of April in
    London and the fourth of March in New York.

    >>> parse_published("20190328")
    '2019-03-28'
    """
    words = " ".join(value.split())
    moment = _read(words) if len(words) <= 60 else None
    if moment is None or moment.year not in YEARS:
        doubt = "; day and month could be either" if _is_either(words) else ""
        raise ConfigError(f"the publication date {words[:60]!r} cannot be read{doubt}; write it as {ACCEPTED}")
    return moment.isoformat().replace("+00:00", "Z")


def _read(words: str) -> date | datetime | None:
    try:
        if day := _DAY.fullmatch(words):
            return date(int(day[1]), int(day[3]), int(day[4]))
        if run := _RUN.fullmatch(words):
            return datetime.strptime(words, "%Y%m%d%H%M%S") if run else None
        if _MAIL.fullmatch(words):
            return parsedate_to_datetime(words)
        if iso := _ISO.fullmatch(words):
            return _iso(iso[1], iso[2], iso[3])
        return _worded(words) or _figures(words)
    except (ValueError, OverflowError):
        return None


def _iso(day: str, clock: str, offset: str | None) -> datetime:
    zone = {None: "", "UTC": "+00:00", "GMT": "+00:00"}.get(offset, offset or "")
    return datetime.fromisoformat(f"{re.sub('[/.]', '-', day)}T{clock}{zone}")


def _worded(words: str) -> date | datetime | None:
    """A date with the month's name, as people write it."""
    found = next((match for pattern in _WORDED if (match := pattern.fullmatch(words))), None)
    if found is None:
        return None
    name = found["month"].lower()
    if name[:3] not in _MONTHS:
        return None
    month = _MONTHS.index(name[:3]) + 1
    if name not in (name[:3], _MONTH_NAMES[month - 1]) and name != "sept":
        return None
    day = date(int(found["year"]), month, int(found["day"]))
    if found["hour"] is None:
        return day
    clock = f"{_hour(int(found['hour']), found['half']):02}:{found['minute']}:{found['second'] or '00'}"
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}{'+00:00' if found['zone'] else ''}")


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour not in range(1, 13):
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _figures(words: str) -> date | datetime | None:
    """A date in figures, day or month first; which of the two is known only where one is above 12, or by the dots."""
    found = _FIGURES.fullmatch(words)
    if found is None or _is_either(words):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    month_first = second > 12 and found[2] != "."
    day = date(year, *((first, second) if month_first else (second, first)))
    return datetime.fromisoformat(f"{day.isoformat()}T{found[5]:0>5}") if found[5] else day


def _is_either(words: str) -> bool:
    """Both figures could be the month. Dots are a European hand, which writes the day first."""
    found = _FIGURES.fullmatch(words)
    if found is None or found[2] == "." or found[1] == found[3]:
        return False
    return int(found[1]) <= 12 and int(found[3]) <= 12
