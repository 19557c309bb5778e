"""Publication dates as inputs give them."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from ..errors import ConfigError

ACCEPTED = '"2019-03-28", "20190328", "2019-03-28T10:00:00Z" or "Thu, 28 Mar 2019 10:00:00 +0000"'
# Before the first news agencies and long after today; a slip of the pen rather than a date.
YEARS = range(1600, 2500)
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[+-]\d{4}|[A-Z]{1,4}))?", re.ASCII
)


def parse_published(value: str) -> str:
    """The date as ISO 8601, with the time and its offset where the value has them.

    Raises ``ConfigError`` for a value that is no date.

    >>> parse_published("20190328")
    '2019-03-28'
    """
    words = value.strip()
    moment = _read(words) if len(words) <= 60 else None
    if moment is None or moment.year not in YEARS:
        raise ConfigError(f"the publication date {words[:60]!r} cannot be read; write it as {ACCEPTED}")
    return moment.isoformat().replace("+00:00", "Z")


def _read(words: str) -> date | datetime | None:
    try:
        if day := _DAY.fullmatch(words):
            return date(int(day[1]), int(day[2]), int(day[3]))
        if _MAIL.fullmatch(words):
            return parsedate_to_datetime(words)
        if re.match(r"\d{4}-?\d\d-?\d\d[T ]\d\d", words):
            return datetime.fromisoformat(words)
    except ValueError:
        return None
    return None
