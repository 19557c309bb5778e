from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import IntakeError
from dateline.records import RawItem, Report, Span
from dateline.report import build_report

PIECES = st.sampled_from(
    [
        "MOSCOW, March 28 (TASS) —", "Moscow.", "By Jane Doe", "Jane Doe, Reuters", "Read more", "Leave a Reply", "(AFP)",
        "FILE PHOTO: A ship at sea", "The ministers met on Monday and agreed to talk again next week.", "April 9, 2012",
        "\n", "\n\n", "\r\n", "\u2028", "\u00a0", "\u00ad", "\t", " ", "–", "(", "/", "“", "’", "Copyright", "©", "A", "a", ".", ":",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join))
SURROGATES = st.text(st.characters(categories=["Cs", "Lu", "Zs"]), max_size=20)


def built(text: str, headline: str | None = None) -> Report | None:
    try:
        return build_report(RawItem(name="x", kind="text", content=text, raw_sha256="", headline=headline))[0]
    except IntakeError:
        return None


def spans_of(report: Report) -> list[Span]:
    single = [span for span in (report.headline, report.byline, report.dateline) if span is not None]
    return [*single, *report.captions, *report.paragraphs, *report.residue]


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, SURROGATES), st.one_of(st.none(), st.text(max_size=40)))
def test_every_span_quotes_the_unchanged_text(text: str, headline: str | None) -> None:
    report = built(text, headline)
    if report is None:
        assert not any(character.isalnum() for character in text)
        return
    assert report.text == text
    assert report.text_sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for span in spans_of(report):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_parts_do_not_overlap_and_leave_no_word_out(text: str) -> None:
    report = built(text)
    if report is None:
        return
    parts = [report.headline, report.byline, *report.captions, *report.paragraphs, *report.residue]
    if report.dateline is not None and not any(
        part is not None and part.start <= report.dateline.start < part.end for part in parts
    ):
        parts.append(report.dateline)
    ordered = sorted((part for part in parts if part is not None), key=lambda span: span.start)
    assert all(first.end <= second.start for first, second in pairwise(ordered))
    covered = {place for part in ordered for place in range(part.start, part.end)}
    assert not [place for place, character in enumerate(text) if character.isalnum() and place not in covered]


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_paragraphs_are_in_order(text: str) -> None:
    report = built(text)
    if report is not None:
        starts = [span.start for span in report.paragraphs]
        assert starts == sorted(starts)
