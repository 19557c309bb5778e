"""Things acted with and people counted: which words, how many, and that each count belongs to its own act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.events.counts import count_rules
from dateline.events.ontology import ontology
from dateline.events.quantities import quantity_of
from dateline.language import Parse
from dateline.records import Event, EventObject, Report

pytestmark = pytest.mark.model

Events = Callable[[str], tuple[Event, ...]]
ParseText = Callable[..., tuple[Report, Parse]]
KINDS = count_rules().kind
MATCHES = [(kind, *match) for kind, rules in KINDS.items() for match in rules.matches]
REJECTS = [(kind, sentence) for kind, rules in KINDS.items() for sentence in rules.rejects]


def objects(events: tuple[Event, ...]) -> list[EventObject]:
    return [each for event in events for each in event.objects]


def short(events: tuple[Event, ...]) -> set[tuple[str, str, float | None]]:
    return {(each.kind, each.text, each.quantity) for each in objects(events)}


@pytest.mark.parametrize(("kind", "text", "words", "quantity"), MATCHES, ids=lambda each: str(each)[:50])
def test_rule_counts_what_its_own_sentences_tell(
    events_in: Events, kind: str, text: str, words: str, quantity: float
) -> None:
    assert (kind, words, quantity) in short(events_in(text)), short(events_in(text))


@pytest.mark.parametrize(("kind", "text"), REJECTS, ids=lambda each: each[:50])
def test_rule_counts_nothing_in_its_near_misses(events_in: Events, kind: str, text: str) -> None:
    assert not [each for each in objects(events_in(text)) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Israel bombed Gaza and Hezbollah killed 12 soldiers.", "bombed"),
        ("Turkish police arrested 30 Kurds and killed two others.", "arrested"),
        ("Israel bombed Gaza while Hezbollah killed 12 soldiers.", "bombed"),
        ("Israel bombed Gaza after 12 soldiers were killed.", "bombed"),
        ("Israel bombed Gaza in retaliation for the killing of three teenagers.", "bombed"),
    ],
)
def test_a_count_stays_with_its_own_act(events_in: Events, text: str, word: str) -> None:
    (event,) = [each for each in events_in(text) if each.trigger.text == word]
    assert not [each for each in event.objects if each.kind == "dead"]


def test_two_kinds_in_one_sentence(events_in: Events) -> None:
    found = short(
        events_in("At least 12 people were killed and 30 others injured in an attack by Rwandan rebels on Goma.")
    )
    assert ("dead", "At least 12 people", 12) in found
    assert ("injured", "30 others", 30) in found


def test_spans_quote_the_text_and_do_not_overlap(events_in: Events) -> None:
    text = (
        "Russian missiles hit Kharkiv, killing a policeman and injuring two dozen civilians, including three children."
    )
    for event in events_in(text):
        assert [text[each.start : each.end] for each in event.objects] == [each.text for each in event.objects]
        ends = [0, *(each.end for each in event.objects)]
        assert all(start >= end for start, end in zip((each.start for each in event.objects), ends, strict=False))
    assert not [each for each in objects(events_in(text)) if "three children" in each.text]


@pytest.mark.parametrize(
    ("number", "value", "approximate"),
    [
        ("12", 12, False),
        ("twelve", 12, False),
        ("1,250", 1250, False),
        ("Twenty-five", 25, False),
        ("A hundred and twenty", 120, False),
        ("Two dozen", 24, False),
        ("Half a dozen", 6, False),
        ("A dozen", 12, False),
        ("3.5 million", 3_500_000, False),
        ("At least 12", 12, True),
        ("More than 1,000", 1000, True),
        ("As many as 30", 30, True),
        ("Some 200", 200, True),
        ("Up to 50", 50, True),
        ("Between 20 and 30", 20, True),
        ("20 to 30", 20, True),
        ("Two or three", 2, True),
        ("20-30", 20, True),
        ("Two to three million", 2_000_000, True),
        ("An estimated 20, 000", 20_000, True),
        ("Several hundred", 100, True),
    ],
)
def test_number_words_before_a_noun(parse_text: ParseText, number: str, value: float, approximate: bool) -> None:
    _, parse = parse_text(f"{number} civilians were killed by Somali rebels.")
    (noun,) = [token for token in parse.tokens if token.lower == "civilians"]
    found = quantity_of(noun)
    assert found is not None
    assert (found.value, found.approximate) == (value, approximate)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Dozens", 12),
        ("Scores", 20),
        ("Hundreds", 100),
        ("Thousands", 1000),
        ("Tens of thousands", 10_000),
        ("Hundreds of thousands", 100_000),
    ],
)
def test_a_vague_plural_is_its_order_of_magnitude(parse_text: ParseText, words: str, value: float) -> None:
    _, parse = parse_text(f"{words} of civilians were killed by Somali rebels.")
    head = next(token for token in parse.tokens if token.dep in {"nsubjpass", "nsubj"})
    found = quantity_of(head)
    assert found is not None
    assert (found.value, found.approximate) == (value, True)


@pytest.mark.parametrize(
    "text", ["Several civilians were killed.", "Many civilians were killed.", "No civilians were killed."]
)
def test_a_word_without_a_number_counts_nothing(parse_text: ParseText, text: str) -> None:
    _, parse = parse_text(text)
    (noun,) = [token for token in parse.tokens if token.lower == "civilians"]
    assert quantity_of(noun) is None


@pytest.mark.parametrize(
    ("text", "kind", "words", "quantity"),
    [
        ("Germany gave Moldova a loan of $3 billion.", "money", "a loan of $3 billion", 3e9),
        ("Germany gave Moldova a $3 billion loan.", "money", "a $3 billion loan", 3e9),
        ("Germany gave Moldova 3.5 million euros.", "money", "3.5 million euros", 3.5e6),
        ("Germany provided $3.5bn in aid to Moldova.", "money", "$3.5bn", 3.5e9),
        ("Germany sent 31 tanks and 200 soldiers to Moldova.", "equipment", "31 tanks", 31),
        ("Germany sent 31 tanks and 200 soldiers to Moldova.", "persons", "200 soldiers", 200),
        ("Iran released 12 British sailors.", "persons", "12 British sailors", 12),
    ],
)
def test_sums_and_things(events_in: Events, text: str, kind: str, words: str, quantity: float) -> None:
    assert (kind, words, quantity) in short(events_in(text)), short(events_in(text))


def test_claimed_deaths_are_no_deaths_of_the_accusation(events_in: Events) -> None:
    (event,) = events_in("Kenya accused Somalia of killing 12 people.")
    assert event.type == "ACCUSE"
    assert [each.kind for each in event.objects] in ([], ["persons"])


def test_kinds_name_known_types() -> None:
    for kind in KINDS.values():
        assert kind.own <= kind.types <= ontology().type.keys()
        assert kind.matches
        assert kind.rejects
