"""Calendar dates as datelines and date lines write them: "March 28, 2019", "28 Mar. 2019", "2019-03-28", "Mar 28"."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_WORD = (
    r"(?:jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DATE_WORDS = (
    rf"(?i:{WEEKDAY}(?:{MONTH_WORD}\s*\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH_WORD}(?:,?\s+\d{{4}}\b)?|\d{{4}}-\d\d-\d\d))"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# The day stands next to the month; other numbers in the line are the hour ("10:02 AM, June 7, 2021").
_DAY_FIRST = re.compile(
    rf"(?<![\d:.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>{MONTH_WORD})(?:[,\s-]+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{MONTH_WORD})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:[,\s]+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
# A dateline a few days ahead of the publication date is a slip or a time zone; more than that is last year's month.
AHEAD = timedelta(days=40)


def read_date(words: str, published: str | None = None) -> str | None:
    """The ISO date that the words name; a missing year is taken from ``published``, and without one the date is None.

    >>> read_date("March 28", "2019-03-29")
    '2019-03-28'
    """
    if iso := _ISO.search(words):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DAY_FIRST.search(words) or _MONTH_FIRST.search(words)
    if match is None:
        return None
    month, day = MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"])
    if match["year"]:
        return _checked(int(match["year"]), month, day)
    return _nearest(month, day, published)


def _nearest(month: int, day: int, published: str | None) -> str | None:
    try:
        anchor = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    found = _checked(anchor.year, month, day)
    if found and date.fromisoformat(found) - anchor > AHEAD:
        return _checked(anchor.year - 1, month, day)
    return found


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
