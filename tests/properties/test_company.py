"""What is coded of a sentence does not depend on what else is coded: other sentences, other pairs, other reports."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.events import Judgement
from dateline.pipeline import Coder
from dateline.records import Record

pytestmark = pytest.mark.model

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Nobody who does anything, no time, no place: nothing that a sentence beside them could be about.
UNRELATED = (
    "The weather stayed mild.",
    "The bread tastes best in the morning.",
    "Two old trees fell in the garden behind the mill.",
    "The rain was soft, and the grass grew high.",
    "The blue paint dries more slowly than the white.",
)
GAPS = st.sampled_from([" ", "\n\n"])


@cache
def body_lines() -> tuple[str, ...]:
    """Paragraphs of the samples that are whole sentences; a headline and a dateline are what they are by where they stand."""
    folder = files("dateline") / "samples"
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".txt")]
    lines = {line for text in texts for line in text.splitlines() if len(line) > 60 and line[-1] in ".”"}
    return tuple(sorted(line for line in lines if not {"(", "—"} & set(line[:50])))


def told(record: Record, start: int, end: int) -> list[tuple[Any, ...]]:
    """The events whose trigger stands in these characters, by their words."""
    return sorted(
        (
            *(event.type, event.modes, event.trigger.start - start, event.trigger.text, event.sentence.text),
            *(tuple(ref.text for ref in refs) for refs in (event.source_actors, event.target_actors)),
            *(event.negated, event.modality, event.confidence, event.found_by),
        )
        for event in record.events
        if start <= event.trigger.start < end
    )


@FEW
@given(st.lists(st.sampled_from(body_lines()), min_size=1, max_size=2), st.sampled_from(UNRELATED), GAPS)
def test_unrelated_words_after_a_report_change_no_event(
    weighing_coder: Coder, lines: list[str], unrelated: str, gap: str
) -> None:
    text = "\n\n".join(lines)
    alone = weighing_coder.code(text, published="2025-01-15")
    joined = weighing_coder.code(text + gap + unrelated, published="2025-01-15")
    assert told(joined, 0, len(text)) == told(alone, 0, len(text))


@FEW
@given(st.sampled_from(body_lines()), st.sampled_from(UNRELATED), st.sampled_from(UNRELATED), GAPS, GAPS)
def test_unrelated_words_before_a_report_change_no_event(
    weighing_coder: Coder, line: str, first: str, added: str, gap: str, other_gap: str
) -> None:
    # The tagger sees the last words of the sentence before; so it is the same one in both.
    before = first + gap
    alone = weighing_coder.code(before + line, published="2025-01-15")
    joined = weighing_coder.code(added + other_gap + before + line, published="2025-01-15")
    start = len(added + other_gap + before)
    assert told(joined, start, start + len(line)) == told(alone, len(before), len(before + line))


def test_sentence_right_before_changes_no_event(rule_coder: Coder) -> None:
    text = (
        "Police arrested Cardenas in the courtroom. He had been charged in 2022 with accepting $1.4 million in Callao."
    )
    before = "The weather stayed mild all week. "
    alone, joined = rule_coder.code(text), rule_coder.code(before + text)
    assert told(joined, len(before), len(before + text)) == told(alone, 0, len(text))


@FEW
@given(st.permutations(range(6)), st.integers(1, 6), st.integers(0, 4))
def test_order_and_batches_change_no_record(
    weighing_coder: Coder, order: list[int], batch_size: int, first: int
) -> None:
    texts = [
        f"{line}\n\n{UNRELATED[number % 5]}" for number, line in enumerate(body_lines()[first * 6 : first * 6 + 6])
    ]
    alone = [_timeless(weighing_coder.code(text)) for text in texts]
    together = [_timeless(each) for each in weighing_coder.pipe([texts[at] for at in order], batch_size=batch_size)]
    assert together == [alone[at] for at in order]


def _timeless(record: Record) -> dict[str, Any]:
    plain = record.to_dict()
    del plain["provenance"]["coded_at"]
    return plain


PAIRS = (
    ("Norway sent 200 soldiers to Latvia on Monday.", "Norway", "Latvia"),
    ("Norway sent 200 soldiers to Latvia on Monday.", "Latvia", "Norway"),
    ("Police arrested 12 protesters in Minsk, and Poland condemned Belarus.", "Poland", "Belarus"),
    ("Police arrested 12 protesters in Minsk, and Poland condemned Belarus.", "Police", "protesters"),
    ("Police arrested 12 protesters in Minsk, and Poland condemned Belarus.", None, "protesters"),
    ("The rain was soft, and the grass grew high.", "rain", "grass"),
)


@FEW
@given(st.permutations(PAIRS))
def test_pairs_are_judged_the_same_in_any_order(
    weighing_coder: Coder, pairs: list[tuple[str, str | None, str]]
) -> None:
    fresh = {pair: ask(Coder(weighing_coder._parser, judge=weighing_coder._judge), pair) for pair in pairs[:2]}
    answers = {pair: ask(weighing_coder, pair) for pair in pairs}
    assert {pair: answers[pair] for pair in fresh} == fresh


def ask(coder: Coder, pair: tuple[str, str | None, str]) -> Any:
    text, *sides = pair
    return coder.code_dyad(
        text, *(None if side is None else (text.find(side), text.find(side) + len(side)) for side in sides)
    )


class OnePair:
    """A judge for which a pair is what its words are, wherever in a report they stand."""

    name = "one-pair-1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Judgement:
        assert source is not None
        assert target is not None
        self.asked.append((text[slice(*source)], text[slice(*target)]))
        types = {"AID": 0.5, "MOBILIZE": 0.25}
        return Judgement(types, 0.25, {"asserted": 1.0, "future": 0.0, "hypothetical": 0.0, "historical": 0.0}, 0.0, {})


@FEW
@given(st.lists(st.sampled_from(UNRELATED), max_size=3), st.lists(st.sampled_from(UNRELATED), max_size=3))
def test_judge_sees_the_same_pair_in_any_surroundings(parser: Any, before: list[str], after: list[str]) -> None:
    text, source, target = PAIRS[0]
    judge = OnePair()
    coder = Coder(parser, judge=judge)
    joined = " ".join([*before, text, *after])
    alone, among = ask(coder, PAIRS[0]), ask(coder, (joined, source, target))
    assert among == alone
    assert set(judge.asked) == {(source, target)}
    assert sum(each.confidence for each in among) <= 1
