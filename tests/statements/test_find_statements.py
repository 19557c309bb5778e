"""What is attributed to whom: one sentence for each class of attribution."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import RuleError
from dateline.language.parse import Parse, Token
from dateline.records import Actor, ActorId, ActorRef, Report, Span, Statement
from dateline.statements import find_statements, lexicon, stance_of
from dateline.statements.lexicon import load_lexicon

if TYPE_CHECKING:
    from dateline.language.model import Parser

pytestmark = pytest.mark.model


class Everybody:
    """A cast in which each word is an actor of its own."""

    actors: tuple[Actor, ...] = ()

    def actor(self, actor_id: ActorId) -> Actor:
        raise KeyError(actor_id)

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        return (ActorRef(token.start, token.end, token.text, ActorId(f"a_{token.lower}")),)


def report_of(text: str) -> Report:
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Span.of(text, start, start + len(line)))
        start += len(line) + 1
    empty: dict[str, Any] = dict.fromkeys(("external_id", "url", "outlet", "agency", "published", "published_from"))
    return Report(
        id="r_1", language="en", text=text, text_sha256="", raw_sha256="", paragraphs=tuple(paragraphs), **empty
    )


@pytest.fixture(scope="module")
def find(parser: Parser) -> Callable[[str], tuple[Statement, ...]]:
    def statements(text: str) -> tuple[Statement, ...]:
        report = report_of(text)
        parse: Parse = parser.parse(report)
        return find_statements(report, parse, Everybody(), (), ())

    return statements


def told(statements: tuple[Statement, ...], cue: str) -> Statement:
    """The statement whose cue holds these words."""
    found = [each for each in statements if any(cue in span.text for span in each.cue)]
    assert found, f"no statement with the cue {cue!r} among {[[s.text for s in each.cue] for each in statements]}"
    return found[0]


def words(spans: tuple[Span, ...]) -> list[str]:
    return [span.text for span in spans]


CASES = [
    # sentence, cue, speakers, content, kind, act
    ("Norway said that the ferry had sunk.", "said", ["Norway"], ["that the ferry had sunk"], "indirect", "say"),
    ("The ferry had sunk, Norway said.", "said", ["Norway"], ["The ferry had sunk"], "indirect", "say"),
    ("The ferry, officials say, had sunk.", "say", ["officials"], ["The ferry", "had sunk"], "indirect", "say"),
    ("“The ferry has sunk,” Ruiz said.", "said", ["Ruiz"], ["“The ferry has sunk,”"], "direct", "say"),
    ("“The ferry has sunk,” said Ruiz on Monday.", "said", ["Ruiz"], ["“The ferry has sunk,”"], "direct", "say"),
    ("Ruiz said, “The ferry has sunk.”", "said", ["Ruiz"], ["“The ferry has sunk.”"], "direct", "say"),
    ('"The ferry has sunk," Ruiz said.', "said", ["Ruiz"], ['"The ferry has sunk,"'], "direct", "say"),
    ("Ruiz said the ferry was “a floating coffin.”", "said", ["Ruiz"], ["the ferry was “a floating coffin.”"], "mixed", "say"),
    ("Peru denied that its soldiers had left.", "denied", ["Peru"], ["that its soldiers had left"], "indirect", "deny"),
    ("Peru accused Chile of shelling the port.", "accused", ["Peru"], ["Chile of shelling the port"], "indirect", "accuse"),
    ("Peru promised to pay the miners.", "promised", ["Peru"], ["to pay the miners"], "indirect", "promise"),
    ("Peru urged Chile to free the miners.", "urged", ["Peru"], ["Chile to free the miners"], "indirect", "urge"),
    ("The envoy asked whether the port was open.", "asked", ["The envoy"], ["whether the port was open"], "indirect", "ask"),
    ("The envoy warned that the port would close.", "warned", ["The envoy"], ["that the port would close"], "indirect", "warn"),
    ("According to the ministry, the port is open.", "According to", ["the ministry"], ["the port is open"], "indirect", "say"),
    ("The port is open, according to the ministry.", "according to", ["the ministry"], ["The port is open"], "indirect", "say"),
    ("Analysts believe that the port will close.", "believe", ["Analysts"], ["that the port will close"], "indirect", "believe"),
    ("Chile rejected the claim that its ships had fired.", "claim", ["Chile"], ["that its ships had fired"], "indirect", "claim"),
    ("The Chilean claim that ships had fired was false.", "claim", ["Chilean"], ["that ships had fired"], "indirect", "claim"),
    ("Ana Ruiz: Port to open on Friday", ":", ["Ana Ruiz"], ["Port to open on Friday"], "indirect", "say"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cue", "speakers", "content", "kind", "act"), CASES, ids=[case[0][:40] for case in CASES]
)
def test_sentence_gives_speaker_cue_and_content(
    find: Callable[[str], tuple[Statement, ...]],
    text: str,
    cue: str,
    speakers: list[str],
    content: list[str],
    kind: str,
    act: str,
) -> None:
    statement = told(find(text), cue)
    assert (words(statement.speakers), words(statement.content), statement.kind, statement.act) == (
        speakers,
        content,
        kind,
        act,
    )


def test_adding_continues_with_the_speaker_of_the_main_verb(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("“The port is closed,” Ruiz said, adding, “It will not open before Friday.”"), "adding")
    assert words(statement.speakers) == ["Ruiz"]
    assert words(statement.content) == ["“It will not open before Friday.”"]
    assert statement.kind == "direct"


def test_quoted_by_an_agency_keeps_speaker_and_agency_apart(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("The admiral was quoted by Reuters as saying that the port had closed."), "saying")
    assert words(statement.speakers) == ["The admiral"]
    assert statement.relayed_by == ("a_reuters",)


def test_agency_that_quotes_somebody_relays(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("Reuters quoted the admiral as saying that the port had closed."), "saying")
    assert words(statement.speakers) == ["the admiral"]
    assert statement.relayed_by == ("a_reuters",)


def test_listener_is_addressee_not_content(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("The admiral told Reuters that the port had closed."), "told")
    assert statement.addressees == ("a_reuters",)
    assert words(statement.content) == ["that the port had closed"]


def test_free_quotation_goes_on_with_the_last_speaker(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("“The port is closed,” Ruiz said. “It will not open before Friday.”"), "said")
    assert words(statement.content) == ["“The port is closed,”", "“It will not open before Friday.”"]
    assert "en.quote.continued" in statement.found_by


def test_quotation_runs_over_paragraphs(find: Callable[[str], tuple[Statement, ...]]) -> None:
    statement = told(find("Ruiz said, “The port is closed. It is empty.\n“It will not open before Friday.”"), "said")
    assert statement.content[-1].text == "“It will not open before Friday.”"


def test_statement_inside_a_statement_is_its_own(find: Callable[[str], tuple[Statement, ...]]) -> None:
    found = find("Ruiz said that the admiral had denied that the port was closed.")
    outer, inner = told(found, "said"), told(found, "denied")
    assert words(inner.speakers) == ["the admiral"]
    assert outer.content[0].start < inner.content[0].start
    assert inner.content[0].end <= outer.content[0].end


def test_first_person_in_a_quotation_is_its_speaker(parser: Parser) -> None:
    class NoPronouns(Everybody):
        def refer(self, token: Token) -> tuple[ActorRef, ...]:
            return () if token.tag == "PRP" else super().refer(token)

    report = report_of("“We believe that the port is closed,” Ruiz said.")
    statement = told(find_statements(report, parser.parse(report), NoPronouns(), (), ()), "believe")
    assert [(speaker.text, speaker.actor) for speaker in statement.speakers] == [("We", "a_ruiz")]


@pytest.mark.parametrize(
    "text", ["The port closed on Monday.", "Two ships left the port of Callao.", "The 3:15 train to Lima was late."]
)
def test_sentence_without_a_source_gives_nothing(find: Callable[[str], tuple[Statement, ...]], text: str) -> None:
    assert find(text) == ()


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "''", "``", " ", ", ", ". ", "\n", ": ", "Ruiz", "said", "that", "the port", "had closed",
     "accused", "of", "according to", "adding", "Chile", "he", "denied", "—", "(", ")", "s’"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40))
def test_any_text_gives_spans_that_quote_it(find: Callable[[str], tuple[Statement, ...]], pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find(text)
    for statement in found:
        assert statement.content
        assert statement.cue
        for span in (*statement.speakers, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end
            assert text[span.start : span.end] == span.text
        ends = [span.end for span in statement.content]
        assert all(end <= after.start for end, after in zip(ends[:-1], statement.content[1:], strict=True))
    assert len({statement.id for statement in found}) == len(found)


def test_every_act_of_the_lexicon_has_a_stance() -> None:
    cues = load_lexicon()
    acts = {cue.act for table in (cues.verbs, cues.nouns, cues.adjectives) for cue in table.values()}
    assert acts <= set(cues.stances)


@pytest.mark.parametrize(
    ("act", "stance"), [("say", "asserts"), ("deny", "denies"), ("demand", "demands"), ("promise", "plans")]
)
def test_act_gives_its_stance(act: str, stance: str) -> None:
    assert stance_of(act) == stance


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"word": "sing", "pos": "verb", "frames": "say", "act": "sing"}, "act 'sing'"),
        ({"word": "sing", "pos": "verb", "frames": "clouse", "act": "say"}, "frame 'clouse'"),
        ({"word": "sing", "pos": "verbal", "frames": "say", "act": "say"}, "'verbal'"),
    ],
)
def test_faulty_cue_row_is_refused(monkeypatch: pytest.MonkeyPatch, row: dict[str, str], fault: str) -> None:
    rows = {lexicon.ACT_FILE: [{"act": "say", "stance": "asserts", "meaning": ""}], lexicon.CUE_FILE: [row]}
    monkeypatch.setattr(lexicon, "read_table", lambda path, columns: iter(rows[path]))
    with pytest.raises(RuleError, match=fault):
        lexicon.load_lexicon.__wrapped__()
