"""Every example of ``rules/en/times/patterns.toml`` through the whole room, as published on Thursday 2019-03-28."""

from __future__ import annotations

import pytest

from dateline.times import find_times
from dateline.times.readings import READINGS
from dateline.times.rules import patterns, word_kinds
from dateline.times.scan import candidates

pytestmark = pytest.mark.model

MATCHES = [(pattern.rule.id, *example) for pattern in patterns() for example in pattern.rule.matches]
REJECTS = [(pattern.rule.id, sentence) for pattern in patterns() for sentence in pattern.rule.rejects]


@pytest.mark.parametrize(("rule_id", "sentence", "words", "value"), MATCHES, ids=lambda each: each)
def test_example_of_a_pattern_has_its_words_and_value(parse_text, rule_id, sentence, words, value):
    report, parse = parse_text(sentence, published="2019-03-28")
    assert (words, value) in [(timex.text, timex.value) for timex in find_times(report, parse)]
    assert any(each.pattern.rule.id == rule_id for each in candidates(sentence, 0)), (
        "another pattern than this one matched"
    )


@pytest.mark.parametrize(("rule_id", "sentence"), REJECTS, ids=lambda each: each)
def test_near_miss_of_a_pattern_is_no_time(parse_text, rule_id, sentence):
    report, parse = parse_text(sentence, published="2019-03-28")
    found = {(timex.start, timex.end) for timex in find_times(report, parse)}
    assert not found & {(each.start, each.end) for each in candidates(sentence, 0) if each.pattern.rule.id == rule_id}


def test_every_pattern_has_an_example_a_reading_and_known_kinds():
    kinds = {kind for found in word_kinds().values() for kind in found} | {"year", "slash", "decade"}
    for pattern in patterns():
        assert pattern.rule.matches, pattern.rule.id
        assert pattern.rule.reads in READINGS, pattern.rule.id
        assert pattern.needs | pattern.also <= kinds, pattern.rule.id


def test_pattern_ids_are_unique():
    ids = [pattern.rule.id for pattern in patterns()]
    assert len(ids) == len(set(ids))
