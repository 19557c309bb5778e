"""What did not happen, has yet to happen or might happen is not told as if it had."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.pipeline import Coder
from dateline.records import Record

if TYPE_CHECKING:
    from dateline.language.model import Parser

pytestmark = pytest.mark.model

Told = Callable[[str], list[str]]
RecordOf = Callable[[str], Record]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Iran did not attack Israel.", "not IRN > ASSAULT > ISR"),
        ("Iran never attacked Israel.", "not IRN > ASSAULT > ISR"),
        ("No Iranian soldiers attacked Israel.", "not IRN > ASSAULT > ISR"),
        ("Neither Iran nor Syria attacked Israel.", "not IRN+SYR > ASSAULT > ISR"),
        ("Kenya has not sent doctors to Somalia.", "not KEN > AID > SOM"),
        ("Kenya held no talks with Somalia.", "not KEN > CONSULT > SOM"),
    ],
)
def test_negation_is_kept_with_the_act(told: Told, text: str, line: str) -> None:
    assert line in told(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Iran could attack Israel.", "hypothetical IRN > ASSAULT > ISR"),
        ("Iran may attack Israel.", "hypothetical IRN > ASSAULT > ISR"),
        ("If Iran attacks Israel, oil will be scarce.", "hypothetical IRN > ASSAULT > ISR"),
        ("Kenya might send doctors to Somalia.", "hypothetical KEN > AID > SOM"),
        ("Villagers fear that the Kenyan army will attack Somalia.", "hypothetical KEN > ASSAULT > SOM"),
    ],
)
def test_possible_acts_are_hypothetical(told: Told, text: str, line: str) -> None:
    assert line in told(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Iran will attack Israel.", "IRN > THREATEN/violence > ISR"),
        ("Kenya will send doctors to Somalia.", "KEN > AGREE > SOM"),
        ("The Kenyan president is to visit Somalia.", "KEN > AGREE > SOM"),
        ("Kenya will not send doctors to Somalia.", "KEN > REJECT/assist > SOM"),
    ],
)
def test_declared_future_is_an_intention(told: Told, text: str, line: str) -> None:
    assert line in told(text)


def test_future_told_of_another_is_no_threat_by_the_speaker(told: Told) -> None:
    lines = told("Russia will attack Moldova, the Romanian minister said.")
    assert "future RUS > ASSAULT > MDA" in lines
    assert not [each for each in lines if each.startswith("ROU > THREATEN")]


def test_headline_infinitive_is_future(parser: Parser) -> None:
    headline = "Kenya to send doctors to Somalia"
    record = Coder(parser).code(f"{headline}\n\nThe ministry gave no details.", headline=headline)
    assert [event.type for event in record.events] == ["AGREE"]


@pytest.mark.parametrize(
    "text",
    [
        "Iran denied that it had attacked Israel.",
        "Iran denied attacking Israel.",
        "Iran dismissed reports that it had attacked Israel.",
    ],
)
def test_denied_act_is_not_asserted(record_of: RecordOf, text: str) -> None:
    told_as_fact = [
        event for event in record_of(text).events
        if event.type == "ASSAULT" and not event.negated and event.stance not in {"denies", "doubts"}
    ]  # fmt: skip
    assert not told_as_fact


def test_act_of_long_ago_is_historical(parser: Parser) -> None:
    record = Coder(parser).code("Iraq attacked Kuwait in 1990.", published="2024-03-04")
    assert [event.modality for event in record.events if event.type == "ASSAULT"] == ["historical"]


def test_purpose_is_not_told_as_done(told: Told) -> None:
    lines = told("Chad bought drones to attack the rebels.")
    assert not [each for each in lines if each.startswith("TCD > ASSAULT")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kenya will probably attack Somalia.", "future KEN > ASSAULT > SOM"),
        ("Kenya is expected to attack Somalia.", "future KEN > ASSAULT > SOM"),
        ("Kenya is likely to impose sanctions on Somalia.", "future KEN > SANCTION/discontinue > SOM"),
    ],
)
def test_what_others_foresee_is_future(told: Told, text: str, line: str) -> None:
    assert line in told(text)
