"""What holds of every text: spans quote it, bounds are in order, nothing overlaps, the same text gives the same times."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.language.parse import Parse, Sentence, Token
from dateline.records import Report, ReportId
from dateline.times import find_times

PIECES = st.sampled_from(
    [
        "Monday",
        "last",
        "next",
        "March",
        "May 5",
        "2001",
        "the 1990s",
        "in",
        "two",
        "days",
        "ago",
        "later",
        "9,999,999",
        "years",
        "10 p.m.",
        "GMT",
        "Tuesday night",
        "every",
        "third quarter",
        "the weekend",
        "Easter",
        "0/0/00",
        "31 February",
        "Feb. 29",
        "2019-02-30",
        "AD 0",
        "99 BC",
        "half an",
        "’",
        "—",
        "\n",
        "\u00a0",
        "-",
        "5-7",
        "the 0th century",
        "1/0 hours",
        "over",
        "a decade",
        "earlier",
        "this",
        "spring",
        "year-end",
        "9/11",
        "25:61",
        "the week of March 99",
        ".",
        "will",
        "said",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.text(max_size=60))
PUBLISHED = st.one_of(
    st.none(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat),
    st.sampled_from(["2019-03-28T10:30:00Z", "garbage", "2019-99-99"]),
)


def flat_parse(text: str) -> Parse:
    """A parse without a tree: every word its own root."""
    sentence = Sentence(0, 0, len(text), "paragraph", 0)
    for index, match in enumerate(re.finditer(r"\w+|[^\w\s]", text)):
        token = Token(
            index, match.start(), match.end(), match[0], match[0].lower(), match[0].lower(), "NN", "ROOT", sentence
        )
        token.head = token
        sentence.tokens.append(token)
    return Parse(text, [sentence], sentence.tokens)


def report_of(text: str, published: str | None) -> Report:
    return Report(ReportId("r_0"), None, None, None, None, published, None, "en", text, "", "")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, PUBLISHED)
def test_times_quote_the_text_stay_in_order_and_keep_their_bounds(text, published):
    found = find_times(report_of(text, published), flat_parse(text))
    end = 0
    for timex in found:
        assert text[timex.start : timex.end] == timex.text
        assert timex.start >= end
        assert timex.end > timex.start
        end = timex.end
        if timex.earliest is not None and timex.latest is not None:
            assert date.fromisoformat(timex.earliest) <= date.fromisoformat(timex.latest)
        assert timex.value is not None or timex.reason is not None
    assert found == find_times(report_of(text, published), flat_parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "a " * 4000,
        "1" * 5000,
        "the " * 3000 + "week",
        "five " * 3000,
        "Monday, " * 2000,
        "two hundred " * 2000,
        "year-ago " * 3000 + "quarter",
        "hundred " * 3000 + "years ago",
    ],
)
def test_hostile_repetition_is_read_in_reasonable_time(text):
    import time

    started = time.process_time()
    find_times(report_of(text, "2019-03-28"), flat_parse(text))
    assert time.process_time() - started < 2.0
