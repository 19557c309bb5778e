"""Settings of the coder that decide what is kept, and what the record says of them."""

from __future__ import annotations

import pytest

from dateline.errors import ConfigError
from dateline.pipeline import Coder

pytestmark = pytest.mark.model

# Both sides are named, then only one: the second event is less sure.
TEXT = "Turkey sent 200 soldiers to Somalia. Three activists were arrested in Minsk."


def test_unsure_events_are_left_out_and_counted(parser, rule_coder):
    sure, unsure = rule_coder.code(TEXT).events
    assert (sure.confidence, unsure.confidence) == (0.85, 0.7)
    record = Coder(parser, min_confidence=0.8).code(TEXT)
    assert record.events == (sure,)
    assert record.warnings == ("1 event below --min-confidence 0.80 left out",)
    assert {actor.name for actor in record.actors} >= {"Turkey", "Somalia"}
    nothing = Coder(parser, min_confidence=0.905).code(TEXT)
    assert nothing.events == ()
    assert nothing.warnings == ("2 events below --min-confidence 0.905 left out",)


def test_event_just_as_sure_is_kept(parser, rule_coder):
    record = Coder(parser, min_confidence=0.7).code(TEXT)
    assert record.events == rule_coder.code(TEXT).events
    assert record.warnings == ()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_confidence_that_cannot_be_is_refused(parser, value):
    with pytest.raises(ConfigError, match="min_confidence"):
        Coder(parser, min_confidence=value)


def test_provenance_tells_codings_apart(parser, judge):
    def pipeline(**settings):
        return Coder(parser, **settings).code(TEXT).provenance.pipeline

    rules = f"{parser.name} {parser.version}"
    assert pipeline() == rules
    assert pipeline(judge=judge) == f"{rules}, stand-in-judge-1"
    assert pipeline(judge=judge, min_confidence=0.6) == f"{rules}, stand-in-judge-1, events from 0.60"
