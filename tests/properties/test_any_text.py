"""What holds for any text at all, in any company: spans quote, ids point, and the result does not depend on the batch.

The rules are weighed against a stand-in judge, so that what the classifier changes and proposes is held to the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.pipeline import Coder
from dateline.records import RawItem, Record, Span

pytestmark = pytest.mark.model

# Characters that have moved offsets or broken parsers: marks, joiners, soft hyphens, odd spaces, other scripts, astral ones.
ODD = "\u00ad\u200b\u200d\ufeff\u202e\u00a0\u2009\u2028\x00\r\t\u0301“”‘’«»—–…€😀𝔘\u05d0\u4e2d"
# Every example costs a parse; a few dozen a run are enough, and a loaded machine must not fail them for being slow.
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@cache
def sample_lines() -> tuple[str, ...]:
    folder = files("dateline") / "samples"
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".txt")]
    return tuple(sorted({line for text in texts for line in text.splitlines() if line}))


@st.composite
def reports(draw: st.DrawFn) -> str:
    """News lines in any order, with odd characters put in anywhere and words cut in two."""
    lines = draw(st.lists(st.sampled_from(sample_lines()), min_size=1, max_size=4))
    text = draw(st.sampled_from(["\n\n", "\n", "\r\n\r\n", " "])).join(lines)
    for odd in draw(st.lists(st.sampled_from(ODD), max_size=6)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + odd + text[at:]
    return text[: draw(st.integers(40, 1200))]


def spans_in(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans_in(getattr(value, name))


def without_clock(record: Record) -> dict[str, Any]:
    plain = record.to_dict()
    del plain["provenance"]["coded_at"]
    return plain


@FEW
@given(reports())
def test_every_span_quotes_the_untouched_text(weighing_coder: Coder, text: str) -> None:
    record = weighing_coder.code(text, published="2025-01-15")
    assert record.report.text == text
    assert [span for span in spans_in(record) if text[span.start : span.end] != span.text] == []


@FEW
@given(reports())
def test_every_event_shows_evidence_and_its_actors_are_listed(weighing_coder: Coder, text: str) -> None:
    record = weighing_coder.code(text, published="2025-01-15")
    listed = {actor.id for actor in record.actors}
    for event in record.events:
        assert event.evidence
        assert event.found_by
        assert event.sentence.start <= event.trigger.start <= event.trigger.end <= event.sentence.end
        assert {ref.actor for ref in (*event.source_actors, *event.target_actors)} <= listed
        assert 0 <= event.confidence <= 1


@FEW
@given(reports())
def test_plain_form_round_trips(weighing_coder: Coder, text: str) -> None:
    record = weighing_coder.code(text, published="2025-01-15")
    assert Record.from_dict(record.to_dict()) == record


@settings(FEW, max_examples=10)
@given(st.lists(reports(), min_size=2, max_size=4), st.integers(1, 4))
def test_batch_and_order_change_nothing(weighing_coder: Coder, texts: list[str], batch_size: int) -> None:
    alone = [without_clock(weighing_coder.code(text)) for text in texts]
    together = [without_clock(record) for record in weighing_coder.pipe(texts, batch_size=batch_size)]
    backwards = [without_clock(record) for record in weighing_coder.pipe(texts[::-1], batch_size=batch_size)]
    assert together == alone
    assert backwards[::-1] == alone


@FEW
@given(st.text(min_size=1, max_size=300))
def test_any_text_is_kept_or_refused_with_a_reason(weighing_coder: Coder, text: str) -> None:
    (result,) = weighing_coder.pipe_items([RawItem(name="any", kind="text", content=text, raw_sha256="")])
    if isinstance(result, Record):
        assert result.report.text == text
    else:
        assert result.error == "IntakeError"
        assert "any" in result.message
