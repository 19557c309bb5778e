from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.intake import parse_published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-03-28", "2019-03-28"),
        (" 2019-03-28 ", "2019-03-28"),
        ("20190328", "2019-03-28"),
        ("2019-03-28T10:00:00Z", "2019-03-28T10:00:00Z"),
        ("2019-03-28T10:00:00+02:00", "2019-03-28T10:00:00+02:00"),
        ("2019-03-28 10:00", "2019-03-28T10:00:00"),
        ("Thu, 28 Mar 2019 10:00:00 +0200", "2019-03-28T10:00:00+02:00"),
        ("28 Mar 2019 10:00:00 GMT", "2019-03-28T10:00:00Z"),
        ("2019/03/28", "2019-03-28"),
        ("20190328100000", "2019-03-28T10:00:00"),
        ("20190328T100000Z", "2019-03-28T10:00:00Z"),
        ("2019-03-28 10:00:00 UTC", "2019-03-28T10:00:00Z"),
        ("2019-03-28 10:00:00 +0200", "2019-03-28T10:00:00+02:00"),
        ("2019-03-28 10:00:00.250", "2019-03-28T10:00:00.250000"),
        ("March 28, 2019", "2019-03-28"),
        ("Mar. 28, 2019", "2019-03-28"),
        ("Sept. 3, 2019", "2019-09-03"),
        ("28 March 2019", "2019-03-28"),
        ("28-Mar-2019", "2019-03-28"),
        ("Thursday, March 28, 2019", "2019-03-28"),
        ("March 28, 2019 Thursday 10:05 PM GMT", "2019-03-28T22:05:00Z"),
        ("March 28, 2019, 12:05 a.m.", "2019-03-28T00:05:00"),
        ("28.03.2019", "2019-03-28"),
        ("3.4.2019", "2019-04-03"),
        ("03/28/2019", "2019-03-28"),
        ("28/3/2019 9:05", "2019-03-28T09:05:00"),
        ("3/3/2019", "2019-03-03"),
    ],
)
def test_date_becomes_iso_8601(value: str, expected: str) -> None:
    assert parse_published(value) == expected


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "28.3.", "28.13.2019", "13/13/2019", "Marchy 28, 2019", "March 32, 2019", "13:00 AM",
     "2019-02-30", "2019-13-01", "2019", "0001-01-01", "9999-12-31",
     "2019-03-28T25:00", "2019-03-28Tnoon", "Thu, 99 Mar 2019 10:00:00 +0000", "2019-03-28" * 50, "٢٠١٩-٠٣-٢٨"],
)  # fmt: skip
def test_value_that_is_no_date_is_refused_with_the_accepted_forms(value: str) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read; write it as \"2019-03-28\""):
        parse_published(value)


@pytest.mark.parametrize("value", ["3/4/2019", "03-04-2019", "12/11/2019 10:00"])
def test_date_in_figures_that_could_be_two_days_is_refused(value: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read; day and month could be either; write it as"):
        parse_published(value)


@given(st.text(max_size=40))
def test_any_other_value_is_refused_and_nothing_worse(value: str) -> None:
    with contextlib.suppress(ConfigError):
        assert parse_published(value)[:4].isdigit()


@given(st.dates(min_value=date(1600, 1, 1)).filter(lambda day: day.year < 2500))
def test_iso_date_is_kept(day: date) -> None:
    assert parse_published(day.isoformat()) == day.isoformat()
