"""What shows once all acts are read: a second act of the same words, who really acts, and how many they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.errors import RuleError
from dateline.events import rules
from dateline.events.rules import Frame, Rulebook

pytestmark = pytest.mark.model

Told = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Spain extradited a Colombian to the United States.", {"ESP > COOPERATE > USA", "ESP > COERCE/deport > COL"}),
        ("Spain deported a Colombian.", {"ESP > COERCE/deport > COL"}),
        ("A Turkish court sentenced the Dutch editor to five years in prison.",
         {"TUR > SANCTION/convict > NLD", "TUR > COERCE/arrest > NLD"}),
        ("A Turkish court sentenced the Dutch editor to death.", {"TUR > SANCTION/convict > NLD"}),
        ("A Turkish court convicted the Dutch editor.", {"TUR > SANCTION/convict > NLD"}),
        ("A Turkish court jailed the Dutch editor for five years.",
         {"TUR > SANCTION/convict > NLD", "TUR > COERCE/arrest > NLD"}),
        ("Turkish police detained the Dutch editor for an hour.", {"TUR > COERCE/arrest > NLD"}),
    ],
)  # fmt: skip
def test_words_may_name_two_acts(told: Told, text: str, lines: set[str]) -> None:
    assert set(told(text)) == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Poland received the Danish prime minister.", "DNK > CONSULT/visit > POL"),
        ("The Danish prime minister was received by Poland.", "DNK > CONSULT/visit > POL"),
        ("Poland will receive the Danish prime minister.", "POL > AGREE > DNK"),
        ("Poland refused to receive the Danish prime minister.", "POL > REJECT/meet > DNK"),
    ],
)
def test_visitor_is_the_source_unless_the_host_only_intends(told: Told, text: str, line: str) -> None:
    assert told(text) == [line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The leaders of France, Germany and Poland met in Weimar.", "FRA+DEU+POL > CONSULT/multilateral > -"),
        ("Russia, Iran and Turkey held talks.", "RUS+IRN+TUR > CONSULT/multilateral > -"),
        ("The French president met the German chancellor.", "FRA > CONSULT > DEU"),
        ("The king and the queen of Norway met the Swedish king.", "NOR > CONSULT > SWE"),
    ],
)
def test_three_countries_confer_multilaterally(told: Told, text: str, line: str) -> None:
    assert told(text) == [line]


def test_second_act_must_be_a_known_rule() -> None:
    frame = Frame(id="en.test.one", type="AID", verbs=("feed",), also=("en.test.two",))
    with pytest.raises(RuleError, match="unknown rules"):
        rules._check(Rulebook((frame,), (), {}, by_id={frame.id: frame}))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Hungary will not budge.", ["HUN > REJECT > -"]),
        ("Malta would not let the German ship dock.", ["MLT > REJECT > -"]),
        ("Malta would not comment.", []),
        ("Diplomats fear that Hungary will not budge.", []),
        ("Hungary would never have budged.", []),
        ("Hungary will budge.", []),
        ("Hungary will not attack Austria.", ["not future HUN > ASSAULT > AUT"]),
    ],
)
def test_deed_that_no_rule_knows_can_be_refused(told: Told, text: str, lines: list[str]) -> None:
    assert told(text) == lines
