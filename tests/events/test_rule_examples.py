"""Every event rule proves itself: its own sentences give an event that names it, and its near misses do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.events.rules import Frame, Operator, rulebook
from dateline.pipeline import Coder

if TYPE_CHECKING:
    from dateline.language.model import Parser

pytestmark = pytest.mark.model

Rule = Frame | Operator
RULES: tuple[Rule, ...] = rulebook().rules


@pytest.fixture(scope="module")
def rules_in(parser: Parser) -> dict[str, frozenset[str]]:
    """Sentence → ids of the rules that its events were found by. All sentences are coded in one batch."""
    sentences = sorted({sentence for rule in RULES for sentence in (*rule.matches, *rule.rejects)})
    records = Coder(parser, clock=lambda: "2024-05-06T07:08:09Z").pipe(sentences, batch_size=128)
    return {
        sentence: frozenset(rule for event in record.events for rule in event.found_by)
        for sentence, record in zip(sentences, records, strict=True)
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_hit_and_a_near_miss(rule: Rule) -> None:
    assert rule.matches, f"{rule.id} has no sentence under 'matches'"
    assert rule.rejects, f"{rule.id} has no near miss under 'rejects'"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.matches], ids=lambda rule: rule.id)
def test_rule_is_found_in_its_own_sentences(rule: Rule, rules_in: dict[str, frozenset[str]]) -> None:
    missed = {sentence: sorted(rules_in[sentence]) for sentence in rule.matches if rule.id not in rules_in[sentence]}
    assert not missed


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.rejects], ids=lambda rule: rule.id)
def test_rule_is_not_found_in_its_near_misses(rule: Rule, rules_in: dict[str, frozenset[str]]) -> None:
    wrong = [sentence for sentence in rule.rejects if rule.id in rules_in[sentence]]
    assert not wrong
