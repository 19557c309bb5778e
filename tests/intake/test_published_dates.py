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
    ],
)
def test_date_becomes_iso_8601(value: str, expected: str) -> None:
    assert parse_published(value) == expected


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "28.03.2019", "03/28/2019", "2019-02-30", "2019-13-01", "2019", "0001-01-01", "9999-12-31",
     "2019-03-28T25:00", "2019-03-28Tnoon", "Thu, 99 Mar 2019 10:00:00 +0000", "2019-03-28" * 50, "٢٠١٩-٠٣-٢٨"],
)  # fmt: skip
def test_value_that_is_no_date_is_refused_with_the_accepted_forms(value: str) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read; write it as \"2019-03-28\""):
        parse_published(value)


@given(st.text(max_size=40))
def test_any_other_value_is_refused_and_nothing_worse(value: str) -> None:
    with contextlib.suppress(ConfigError):
        assert parse_published(value)[:4].isdigit()


@given(st.dates(min_value=date(1600, 1, 1)).filter(lambda day: day.year < 2500))
def test_iso_date_is_kept(day: date) -> None:
    assert parse_published(day.isoformat()) == day.isoformat()
