"""Periods, holidays, number words and durations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.times import periods
from dateline.times.holidays import easter, holiday, orthodox_easter
from dateline.times.numbers import amount, duration
from dateline.times.rules import holidays


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (2000, date(2000, 4, 23), date(2000, 4, 30)),
        (2019, date(2019, 4, 21), date(2019, 4, 28)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (1954, date(1954, 4, 18), date(1954, 4, 25)),
    ],
)
def test_easter_falls_where_the_churches_keep_it(year, western, eastern):
    assert (easter(year), orthodox_easter(year)) == (western, eastern)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("thanksgiving", 2018, date(2018, 11, 22)),
        ("memorial day", 2019, date(2019, 5, 27)),
        ("labor day", 2019, date(2019, 9, 2)),
        ("election day", 2016, date(2016, 11, 8)),
        ("martin luther king day", 2019, date(2019, 1, 21)),
        ("good friday", 2019, date(2019, 4, 19)),
        ("christmas eve", 2003, date(2003, 12, 24)),
        ("black friday", 2018, date(2018, 11, 23)),
    ],
)
def test_holiday_falls_on_its_day(name, year, day):
    assert holiday(holidays()[name], year) == day


@given(st.integers(1900, 2200), st.sampled_from(sorted(holidays().values())))
def test_every_holiday_rule_has_a_day_near_every_year(year, rule):
    assert abs((holiday(rule, year) - date(year, 7, 1)).days) < 190


@given(
    st.dates(date(100, 1, 1), date(9900, 1, 1)),  # the calendar of Python has no decade before the year 10
    st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"]),
)
def test_period_holds_the_day_it_was_made_from(when, granularity):
    period = periods.containing(granularity, when)
    assert period.first <= when <= period.last


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.integers(-2000, 2000))
def test_shifting_months_and_back_keeps_the_month(when, count):
    moved = periods.shift_months(periods.shift_months(when, count), -count)
    assert (moved.year, moved.month) == (when.year, when.month)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a", 1),
        ("twenty-four", 24),
        ("two hundred", 200),
        ("1,500", 1500),
        ("2 1/2", 2.5),
        ("several", None),
        ("a couple of", 2),
        ("half an", 0.5),
    ],
)
def test_number_words_have_their_value(text, number):
    assert amount(text) == number


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (3, "weeks", "P3W"),
        (2.5, "years", "P2Y6M"),
        (5.5, "hours", "PT5H30M"),
        (2, "decades", "P20Y"),
        (None, "days", "PXD"),
        (1, "fortnight", "P2W"),
        (0.5, "hour", "PT30M"),
    ],
)
def test_duration_is_written_as_timex3_has_it(number, unit, value):
    assert duration(number, unit) == value
