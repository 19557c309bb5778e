"""What an event is about: words of its sentence and of its frame, and words that only look like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.events.contexts import context_rules
from dateline.records import Event

# PLOVER's 37 contexts.
CONTEXTS = (
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations "
    "human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping "
    "health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption "
    "illegal_drugs trafficking"
).split()

Events = Callable[[str], tuple[Event, ...]]

SHOWN = [
    ("Kenya sent peacekeepers to Haiti.", "peacekeeping"),
    ("France condemned the suicide bombing in Pakistan.", "terrorism"),
    ("Denmark accused Russian hackers of an attack on its ministry.", "cyber"),
    ("Japan criticised North Korea's nuclear programme.", "cbrn"),
    ("Poland criticised the Hungarian parliament.", "legislative"),
    ("Brazil praised Norway's aid for the rainforest.", "environment"),
    ("Canada criticised Uganda's law against same-sex couples.", "lgbt"),
    ("Spain praised Morocco for stopping smugglers.", "trafficking"),
    ("Germany urged Hungary to accept asylum seekers.", "asylum"),
    ("France condemned the coup in Niger.", "pro_autocracy"),
    ("Israel attacked Syria.", "military"),
    ("Turkish workers protested against the government over the minimum wage.", "inequality"),
]
NOT_SHOWN = [
    ("Bill Clinton met the Japanese prime minister.", "legislative"),
    ("France accused Turkey of courting Russia.", "legal"),
    ("Kenya will pay tribute to Nelson Mandela, the South African president.", "inequality"),
    ("The European Union praised Moldova.", "inequality"),
    ("France appealed to Turkey to help Syria.", "legal"),
    ("A Canadian woman attacked a French tourist.", "military"),
    ("The Danish prime minister visited Poland.", "executive"),
    ("Norway criticised Iran over the suicide of a prisoner.", "terrorism"),
    ("Turkish union leaders visited Norway.", "inequality"),
]


def test_every_context_of_plover_has_words_and_no_other_does() -> None:
    rules = context_rules().context
    assert set(rules) == set(CONTEXTS)
    assert not [name for name, words in rules.items() if len(words.nouns) < 3]


def test_words_are_lower_case_and_listed_once() -> None:
    for name, words in context_rules().context.items():
        for listed in (words.nouns, words.verbs, words.names):
            assert len(listed) == len(set(listed)), name
            assert all(word == word.lower() for word in listed), name


@pytest.mark.model
@pytest.mark.parametrize(("text", "context"), SHOWN, ids=lambda each: each[:50])
def test_a_word_shows_what_the_event_is_about(events_in: Events, text: str, context: str) -> None:
    assert [event for event in events_in(text) if context in event.contexts], [e.contexts for e in events_in(text)]


@pytest.mark.model
@pytest.mark.parametrize(("text", "context"), NOT_SHOWN, ids=lambda each: each[:50])
def test_a_word_that_looks_alike_shows_nothing(events_in: Events, text: str, context: str) -> None:
    assert events_in(text)
    assert not [event for event in events_in(text) if context in event.contexts]
