"""The days that holidays fall on: fixed dates, n-th weekdays, and days counted from Easter."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NTH = re.compile(r"(\d+):(-?\d):(\d)(?:([+-]\d+))?$")
_EASTER = re.compile(r"(orthodox-)?easter([+-]\d+)$")
_FIXED = re.compile(r"(\d\d)-(\d\d)$")


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the Gregorian rule of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches: Meeus's Julian rule, moved to the civil calendar."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    julian = date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1)
    return julian + timedelta(days=year // 100 - year // 400 - 2)


def is_holiday_rule(rule: str) -> bool:
    return any(form.match(rule) for form in (_NTH, _EASTER, _FIXED))


def holiday(rule: str, year: int) -> date:
    """The day in this year that a rule of ``holidays.tsv`` names."""
    if fixed := _FIXED.match(rule):
        return date(year, int(fixed[1]), int(fixed[2]))
    if counted := _EASTER.match(rule):
        base = orthodox_easter(year) if counted[1] else easter(year)
        return base + timedelta(days=int(counted[2]))
    nth = _NTH.match(rule)
    if nth is None:
        raise ValueError(f"{rule!r} is no rule for a holiday")
    day = _nth_weekday(year, int(nth[1]), int(nth[2]), int(nth[3]))
    return day + timedelta(days=int(nth[4] or 0))


def _nth_weekday(year: int, month: int, count: int, weekday: int) -> date:
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)
