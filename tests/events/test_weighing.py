"""Rules and classifier together: who wins, what is kept of the one that lost, and pairs that only the classifier sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from dateline.events import Judgement
from dateline.events.ontology import ontology
from dateline.pipeline import Coder
from dateline.records import Event

if TYPE_CHECKING:
    from dateline.language.model import Parser

pytestmark = pytest.mark.model

TYPES = sorted(ontology().type)


@dataclass
class Scripted:
    """Says what it is told to say of some pairs, by their words, and of all others that there is no event."""

    says: dict[tuple[str, str], tuple[str, float]]
    negated: float = 0.0
    modes: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    name: str = "scripted-1"

    def judge(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Judgement:
        pair = (text[slice(*source)] if source else "", text[slice(*target)] if target else "")
        self.asked.append(pair)
        kind, chance = self.says.get(pair, ("", 0.0))
        rest = (0.01 if kind else 0.02) / len(TYPES)
        types = {each: chance if each == kind else rest for each in TYPES}
        return Judgement(
            types,
            1 - sum(types.values()),
            {"asserted": 1.0, "future": 0.0, "hypothetical": 0.0, "historical": 0.0},
            self.negated,
            self.modes,
        )


def events(parser: Parser, judge: Scripted, text: str) -> list[Event]:
    return list(Coder(parser, judge=judge).code(text).events)


def lines(found: list[Event]) -> list[str]:
    return [
        f"{'+'.join(ref.text for ref in event.source_actors)} {event.type} {'+'.join(ref.text for ref in event.target_actors)}"
        for event in found
    ]


def test_agreement_makes_an_event_surer(parser: Parser) -> None:
    text = "Turkey bombed Syria."
    agreed = events(parser, Scripted({("Turkey", "Syria"): ("ASSAULT", 0.95)}), text)
    doubted = events(parser, Scripted({("Turkey", "Syria"): ("COERCE", 0.5)}), text)
    assert [event.type for event in agreed] == ["ASSAULT"]
    assert agreed[0].confidence > 0.95
    assert "scripted-1" in agreed[0].found_by
    assert not doubted or doubted[0].confidence < agreed[0].confidence


def test_surer_classifier_wins_and_the_rule_stays_as_an_alternative(parser: Parser) -> None:
    judge = Scripted({("Turkey", "Syria"): ("COERCE", 0.989)}, modes={"COERCE/seize": 0.9, "COERCE/arrest": 0.2})
    (event,) = events(parser, judge, "Turkey bombed Syria.")
    assert (event.type, event.modes) == ("COERCE", ("seize",))
    assert event.cameo is not None
    assert event.cameo.startswith("17")
    assert event.alternatives[0].type == "ASSAULT"
    assert any(name.startswith("en.assault") for name in event.alternatives[0].found_by)
    assert event.found_by[-1] == "scripted-1"


def test_reading_that_the_classifier_denies_outright_is_left_out(parser: Parser) -> None:
    assert [event.type for event in Coder(parser).code("Turkey praised Syria.").events] == ["SUPPORT"]
    assert events(parser, Scripted({}), "Turkey praised Syria.") == []


def test_pair_that_no_rule_reads_is_proposed_with_a_trigger_that_joins_them(parser: Parser) -> None:
    text = "Norway frobnicated Sweden on Monday."
    assert Coder(parser).code(text).events == ()
    (event,) = events(parser, Scripted({("Norway", "Sweden"): ("ACCUSE", 0.95)}), text)
    assert lines([event]) == ["Norway ACCUSE Sweden"]
    assert event.trigger.text == "frobnicated"
    assert event.found_by == ("scripted-1",)


def test_proposal_may_be_negated(parser: Parser) -> None:
    judge = Scripted({("Norway", "Sweden"): ("ACCUSE", 0.95)}, negated=0.9)
    (event,) = events(parser, judge, "Norway did not frobnicate Sweden on Monday.")
    assert event.negated


def test_pair_that_a_rule_has_read_is_not_asked_about_twice(parser: Parser) -> None:
    judge = Scripted({("Turkey", "Syria"): ("ASSAULT", 0.95)})
    events(parser, judge, "Turkey bombed Syria.")
    assert judge.asked.count(("Turkey", "Syria")) == 1


def test_actor_of_another_sentence_is_never_paired(parser: Parser) -> None:
    judge = Scripted({})
    events(parser, judge, "Norway frobnicated Sweden. Chad frobnicated Mali.")
    assert not [pair for pair in judge.asked if {"Norway", "Mali"} <= set(pair) or {"Sweden", "Chad"} <= set(pair)]


def test_rules_alone_ask_nobody(parser: Parser) -> None:
    found = Coder(parser).code("Turkey bombed Syria.").events
    assert all(not name.startswith("scripted") for event in found for name in event.found_by)
