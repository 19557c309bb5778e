"""Quotation marks are paired whatever their style, closed or not."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Report, Span
from dateline.statements.quotations import find_quotations


def report_of(*paragraphs: str) -> Report:
    text = "\n".join(paragraphs)
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span.of(text, start, start + len(paragraph)))
        start += len(paragraph) + 1
    empty: dict[str, Any] = dict.fromkeys(("external_id", "url", "outlet", "agency", "published", "published_from"))
    return Report(id="r_1", language="en", text=text, text_sha256="", raw_sha256="", paragraphs=tuple(spans), **empty)


def quoted(*paragraphs: str) -> list[str]:
    report = report_of(*paragraphs)
    return [report.text[each.start : each.end] for each in find_quotations(report)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and left.", ["“no”"]),
        ('He said "no" and "yes" and left.', ['"no"', '"yes"']),
        ("He said ''no way'' and left.", ["''no way''"]),
        ("He said ``no way'' and left.", ["``no way''"]),
        ("Il a dit «non» hier.", ["«non»"]),
        ("Minister: ‘We won’t go’, he said.", ["‘We won’t go’"]),
        ("The workers’ rights and the ministers’ pay", []),
        ("It's the ministry's job in the '90s.", []),
        ("“He told me ‘no’ twice,” she said.", ["“He told me ‘no’ twice,”"]),
        ("“A mark was typed wrongly,“ she said, “twice.”", ["“A mark was typed wrongly,“", "“twice.”"]),
        ("“Opened and left so", ["“Opened and left so"]),
        ("closed only” she said", []),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_quotation_taken_up_in_the_next_paragraph_continues() -> None:
    first, second = find_quotations(report_of("“One day.", "“Another day.”"))
    assert (first.closed, first.continues) == (False, True)
    assert (second.closed, second.continues) == (True, False)


@given(st.text(alphabet="“”\"'‘’«»` ab.,\u00a0s", max_size=80))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    found = find_quotations(report_of(text))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["“a ", "‘a ", "a’ ", '"', "'a s’ ", "''a "])
def test_many_marks_cost_linear_time(piece: str) -> None:
    begin = time.process_time()
    find_quotations(report_of(piece * 30_000))
    assert time.process_time() - begin < 3.0
