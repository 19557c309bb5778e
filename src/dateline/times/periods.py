"""Stretches of the calendar, from a day to a century, with their TIMEX3 value and their first and last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = 7
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
QUARTER = 3
HALF = 6
MONTHS = 12
# Longest first: what a day, month or year widens to.
UNIT_OF = {
    "D": "day",
    "W": "week",
    "F": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "E": "decade",
    "C": "century",
    "WE": "weekend",
}
DAYS_IN = {
    "day": 1,
    "weekend": 7,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "season": 92,
    "half": 184,
    "year": 366,
    "decade": 3653,
    "century": 36525,
}


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch: ``first`` and ``last`` are both included; ``value`` is its TIMEX3 form."""

    granularity: str
    first: date
    last: date
    value: str


def day(when: date) -> Period:
    return Period("day", when, when, when.isoformat())


def week(when: date) -> Period:
    """The ISO week, Monday to Sunday, that holds this day."""
    first = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    return Period("week", first, first + timedelta(days=6), f"{year:04d}-W{number:02d}")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week that holds this day."""
    whole = week(when)
    return Period("weekend", whole.first + timedelta(days=5), whole.last, f"{whole.value}-WE")


def month(year: int, number: int) -> Period:
    last = calendar.monthrange(year, number)[1]
    return Period("month", date(year, number, 1), date(year, number, last), f"{year:04d}-{number:02d}")


def _months(granularity: str, year: int, first: int, count: int, value: str) -> Period:
    end = first + count - 1
    last = month(year + (end - 1) // MONTHS, (end - 1) % MONTHS + 1).last
    return Period(granularity, date(year, first, 1), last, value)


def quarter(year: int, number: int) -> Period:
    return _months("quarter", year, QUARTER * (number - 1) + 1, QUARTER, f"{year:04d}-Q{number}")


def half(year: int, number: int) -> Period:
    return _months("half", year, HALF * (number - 1) + 1, HALF, f"{year:04d}-H{number}")


def season(year: int, name: str) -> Period:
    """Three whole months; the winter of a year is the one that begins in its December."""
    return _months("season", year, SEASON_MONTHS[name], QUARTER, f"{year:04d}-{name}")


def year(number: int) -> Period:
    return Period("year", date(number, 1, 1), date(number, 12, 31), f"{number:04d}")


def decade(number: int) -> Period:
    """The ten years that share their first three digits: ``decade(1987)`` is 1980 to 1989, value 198."""
    first = number // 10 * 10
    return Period("decade", date(first, 1, 1), date(first + 9, 12, 31), f"{first // 10:03d}")


def century(number: int) -> Period:
    """The hundred years that share their first two digits, as TIMEX3 counts: ``century(1987)`` is 1900 to 1999, value 19."""
    first = number // 100 * 100
    return Period("century", date(max(first, 1), 1, 1), date(first + 99, 12, 31), f"{first // 100:02d}")


def containing(granularity: str, when: date) -> Period:
    """The period of this granularity that holds this day."""
    if granularity == "day":
        return day(when)
    if granularity == "week":
        return week(when)
    if granularity == "weekend":
        return weekend(when)
    if granularity == "month":
        return month(when.year, when.month)
    if granularity == "quarter":
        return quarter(when.year, (when.month - 1) // QUARTER + 1)
    if granularity == "half":
        return half(when.year, (when.month - 1) // HALF + 1)
    if granularity == "decade":
        return decade(when.year)
    if granularity == "century":
        return century(when.year)
    return year(when.year)


def shift_months(when: date, count: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    months = when.year * MONTHS + when.month - 1 + count
    year_, month_ = divmod(months, MONTHS)
    return date(year_, month_ + 1, min(when.day, calendar.monthrange(year_, month_ + 1)[1]))


def shifted(when: date, granularity: str, count: int) -> date:
    """The day so many units on; raises ``ValueError`` or ``OverflowError`` outside the years 1 to 9999."""
    if granularity in {"day", "week", "weekend"}:
        return when + timedelta(days=count * (1 if granularity == "day" else WEEKDAYS))
    per_unit = {
        "month": 1,
        "quarter": QUARTER,
        "half": HALF,
        "year": MONTHS,
        "decade": 10 * MONTHS,
        "century": 100 * MONTHS,
    }
    return shift_months(when, count * per_unit[granularity])


def narrowed(period: Period, share: tuple[float, float]) -> tuple[date, date]:
    """First and last day of the part of a period between two shares of its length: early, mid, late."""
    days = (period.last - period.first).days + 1
    first = period.first + timedelta(days=int(days * share[0]))
    last = period.first + timedelta(days=max(int(days * share[1]) - 1, 0))
    return first, max(first, last)
