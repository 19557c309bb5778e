"""The day that an address names: "/2019/03/28/talks", "/2019/mar/28/talks", "/talks-20190328"."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from ..records import Mark
from .dates import MONTHS

_YEAR = r"(?P<y>(?:19[89]|20[0-4])\d)"
# The first that gives a day of the calendar counts; folders before numbers within a name, which may be anything.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"/{_YEAR}/(?P<m>\d{{1,2}}|{'|'.join(MONTHS)})[a-z]*/(?P<d>\d{{1,2}})(?!\d)",
        rf"/{_YEAR}[/-]?(?P<m>\d\d)/(?P<d>\d\d)(?!\d)",
        rf"/{_YEAR}[/-](?P<m>\d\d)-?(?P<d>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<s>[-_.])(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
    )
)


def mark_of_url(url: str | None) -> tuple[Mark, ...]:
    """The mark of the day that the address names, if it names one."""
    found = date_in_url(url) if url else None
    return (Mark("published", found[0], found[1], "url"),) if found else ()


def date_in_url(url: str) -> tuple[str, str] | None:
    """The words of the address that name a day, and the day as ISO 8601."""
    try:
        path = urlsplit(url[:2000]).path
    except ValueError:
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(path):
            month = match["m"].lower()
            try:
                day = date(int(match["y"]), int(month) if month.isdigit() else MONTHS.index(month) + 1, int(match["d"]))
            except ValueError:
                continue
            return match.group().strip("/"), day.isoformat()
    return None
