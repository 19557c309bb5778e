from __future__ import annotations

import pytest

from dateline.report.dates import read_date


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("March 28, 2019", "2019-03-28"),
        ("28 March 2019", "2019-03-28"),
        ("Thu 28 Mar. 2019 10.05 GMT", "2019-03-28"),
        ("Published 10:02 AM, June 7, 2021", "2021-06-07"),
        ("10:02 June 7, 2021", "2021-06-07"),
        ("Jun 07, 2021, 10:02 IST", "2021-06-07"),
        ("7-Jun-2021", "2021-06-07"),
        ("June 7th, 2021", "2021-06-07"),
        ("Source: Xinhua| 2021-06-07 10:02:03", "2021-06-07"),
        ("February 30, 2021", None),
        ("June 2021", None),
        ("06/07/2021", None),
        ("June 7", None),
    ],
)
def test_date_words_without_a_publication_date(words: str, expected: str | None) -> None:
    assert read_date(words) == expected


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("June 7", "2021-06-08", "2021-06-07"),
        ("Dec. 31", "2021-01-01", "2020-12-31"),
        ("June 8", "2021-06-07T22:00:00-05:00", "2021-06-08"),
        ("Jan 1", "2021-12-31", "2021-01-01"),
        ("Feb 29", "2021-03-01", None),
        ("June 7", "soon", None),
    ],
)
def test_missing_year_comes_from_the_publication_date(words: str, published: str, expected: str | None) -> None:
    assert read_date(words, published) == expected
