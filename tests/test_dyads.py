"""What one given span does to another: by rules alone, and pooled with a judge."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from dateline.dyads import DyadType
from dateline.errors import ConfigError, IntakeError
from dateline.events import Judgement
from dateline.events.dyads.combining import pool
from dateline.pipeline import Coder

pytestmark = pytest.mark.model

SENT = "Turkey sent 200 soldiers to Somalia on Monday."


def span(text: str, words: str | None) -> tuple[int, int] | None:
    return None if words is None else (text.index(words), text.index(words) + len(words))


def ask(coder: Coder, text: str, source: str | None, target: str | None, **options: Any) -> tuple[DyadType, ...]:
    return coder.code_dyad(text, span(text, source), span(text, target), **options)


class Fixed:
    """A judge with one opinion, which notes what it was shown."""

    name = "fixed-1"
    judgement = Judgement({"MOBILIZE": 0.3, "AID": 0.4, "PROTEST": 1e-7}, 0.2999999, {"asserted": 1.0}, 0.0, {})

    def __init__(self) -> None:
        self.shown: list[tuple[str, str | None, str | None]] = []

    def judge(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Judgement:
        self.shown.append((text, *(None if at is None else text[slice(*at)] for at in (source, target))))
        return self.judgement


# -- by rules alone --------------------------------------------------------------------------


def test_reading_of_a_rule_keeps_its_confidence_and_its_rule(rule_coder):
    (event,) = rule_coder.code(SENT).events
    assert ask(rule_coder, SENT, "Turkey", "Somalia") == (DyadType("MOBILIZE", event.confidence, event.found_by),)


@pytest.mark.parametrize(
    ("text", "source", "target", "types"),
    [
        (SENT, "Somalia", "Turkey", []),
        (SENT, "Turkey", "Monday", []),
        ("Turkey condemned Syria. It then shelled rebels near Aleppo.", "Turkey", "rebels", ["ASSAULT"]),
        ("Turkey condemned Syria. It then shelled rebels near Aleppo.", "It", "rebels", ["ASSAULT"]),
        ("Turkey condemned Syria. It then shelled rebels near Aleppo.", "Turkey", "Syria", ["ACCUSE"]),
        ("Turkey condemned Syria. It then shelled rebels near Aleppo.", "Syria", "rebels", []),
        ("The presidents of France and Egypt met in Cairo.", "France", "Egypt", ["CONSULT"]),
        ("The presidents of France and Egypt met in Cairo.", "Egypt", "France", ["CONSULT"]),
        ("The presidents of France and Egypt met in Cairo.", "France", "Cairo", []),
        ("Three activists were arrested in Minsk.", None, "activists", ["COERCE"]),
        ("Turkey sent 200 soldiers to Somalia, and Kenya condemned Somalia.", "Kenya", None, ["ACCUSE"]),
        ("The rain was soft.", "rain", None, []),
    ],
)
def test_only_what_joins_the_two_is_read(rule_coder, text, source, target, types):
    assert [each.type for each in ask(rule_coder, text, source, target)] == types


def test_two_readings_share_what_one_of_them_may_have(rule_coder):
    text = "Turkey condemned Syria and imposed sanctions on Syria."
    confidences = {event.type: event.confidence for event in rule_coder.code(text).events}
    assert set(confidences) == {"ACCUSE", "SANCTION"}
    found = ask(rule_coder, text, "Turkey", "Syria")
    assert {each.type for each in found} == set(confidences)
    assert sum(each.confidence for each in found) <= 1
    assert all(each.confidence < confidences[each.type] for each in found)
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)


def test_answer_does_not_change(rule_coder):
    (found,) = ask(rule_coder, SENT, "Turkey", "Somalia")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.type = "AID"


# -- with a judge ----------------------------------------------------------------------------


def test_reading_is_pooled_with_the_judgement_of_just_this_pair(parser, rule_coder):
    judge = Fixed()
    text = f"The rain was soft. {SENT} The grass grew."
    found = ask(Coder(parser, judge=judge), text, "Turkey", "Somalia")
    (reading,) = ask(rule_coder, SENT, "Turkey", "Somalia")
    pooled = pool(Fixed.judgement, {"MOBILIZE": reading.confidence})
    assert judge.shown == [(SENT, "Turkey", "Somalia")]
    assert [each.type for each in found] == ["MOBILIZE", "AID"]
    assert [each.confidence for each in found] == pytest.approx(
        [pooled.types["MOBILIZE"], pooled.types["AID"]], abs=1e-4
    )
    assert [each.found_by for each in found] == [(*reading.found_by, "fixed-1"), ("fixed-1",)]
    assert sum(each.confidence for each in found) + pooled.nothing == pytest.approx(1, abs=1e-3)


def test_judge_sees_all_sentences_from_one_span_to_the_other(parser):
    judge = Fixed()
    text = "The rain was soft. Turkey waited. The grass grew. Somalia slept. It was late."
    ask(Coder(parser, judge=judge), text, "Turkey", "Somalia")
    ask(Coder(parser, judge=judge), text, None, "Somalia")
    assert judge.shown == [
        ("Turkey waited. The grass grew. Somalia slept.", "Turkey", "Somalia"),
        ("Somalia slept.", None, "Somalia"),
    ]


def test_smallest_confidence_for_events_leaves_out_no_type(parser):
    assert ask(Coder(parser, min_confidence=0.99), SENT, "Turkey", "Somalia")


# -- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        (None, None, "source and target are both missing"),
        ((0, 47), None, "source 0–47 is not in the text, which has 46 characters"),
        (None, (-6, 4), "target -6–4 is not in the text"),
        ((6, 0), None, "source 6–0 ends before it starts"),
        ((6, 6), (28, 35), "source 6–6 holds no words"),
        ((6, 7), (28, 35), "source 6–7 holds no words"),
        ((28, 35), (28, 35), r"source 28–35 \('Somalia'\) and target 28–35 \('Somalia'\) are the same"),
        ((0, 6.0), None, r"source is \(0, 6.0\); give \(start, end\)"),
        ((0, True), None, "two whole numbers"),
        ("Turkey", None, "source is 'Turkey'"),
        ((0, 1, 2), None, "two whole numbers"),
    ],
)
def test_wrong_span_is_told_with_its_place(rule_coder, source, target, told):
    with pytest.raises(ConfigError, match=told):
        rule_coder.code_dyad(SENT, source, target)


def test_spans_that_touch_stand_apart(rule_coder):
    text = "Turkey's army shelled Syria."
    assert ask(rule_coder, text, "Turkey", "'s army") == ()


def test_wrong_date_and_foreign_text_are_refused(rule_coder):
    with pytest.raises(ConfigError, match="someday"):
        ask(rule_coder, SENT, "Turkey", "Somalia", published="someday")
    german = "Die Regierung in Ankara hat am Montag zweihundert Soldaten nach Somalia geschickt, sagte der Minister."
    with pytest.raises(IntakeError, match="language de: only en is coded"):
        ask(rule_coder, german, "Ankara", "Somalia")
