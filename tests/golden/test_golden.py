"""Worked examples: what a careful reader finds in a sample report, checked fact by fact against its record.

Each folder here holds a ``facts.toml``; CONTRIBUTING.md says how to write one. A fact that the program does not reach
carries ``not_yet = "why"``: it is then expected to fail, and fails the run on the day that it is reached.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import pytest

import dateline
from dateline.records import Actor, ActorRef, Event, RawItem, Record, Span, Statement, Timex

pytestmark = pytest.mark.model

HERE = Path(__file__).parent
SAMPLES = files("dateline") / "samples"
CASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "facts.toml").is_file())
KINDS = ("statement", "event", "never", "time", "place", "same_actor")
Fact = dict[str, Any]
Found = TypeVar("Found", Statement, Event, Timex)


@cache
def facts_of(case: str) -> Fact:
    return tomllib.loads((HERE / case / "facts.toml").read_text(encoding="utf-8"))


@cache
def index() -> dict[str, Fact]:
    listed = tomllib.loads((SAMPLES / "index.toml").read_text(encoding="utf-8"))["sample"]
    return {entry["file"]: entry for entry in listed}


@cache
def coder() -> dateline.Coder:
    return dateline.load(fast=True)


@cache
def record_of(sample: str) -> Record:
    entry = index()[sample]
    content = (SAMPLES / sample).read_text(encoding="utf-8")
    item = RawItem(
        name=sample,
        kind=entry["kind"],
        content=content,
        raw_sha256=hashlib.sha256(content.encode()).hexdigest(),
        published=entry.get("published"),
        outlet=entry["outlet"],
        url=entry["url"],
    )
    return coder().code_item(item)


# -- where words stand -----------------------------------------------------------------------


def spots(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place where these words stand; a fact that quotes words which are not in the report is itself wrong."""
    start = text.find(words)
    assert start >= 0, f"the report does not hold the words {words!r}"
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def touches(text: str, spans: Iterable[Span], words: str) -> bool:
    ranges = list(spots(text, words))
    return any(span.start < end and start < span.end for span in spans for start, end in ranges)


def at_first(text: str, spans: Iterable[Span], words: str) -> bool:
    """Whether a span overlaps the first occurrence of the words."""
    start, end = next(spots(text, words))
    return any(span.start < end and start < span.end for span in spans)


# -- one fact, one answer --------------------------------------------------------------------


def actors_of(record: Record, refs: Iterable[ActorRef]) -> list[Actor]:
    known = {actor.id: actor for actor in record.actors}
    return [known[ref.actor] for ref in refs]


def codes(actors: Iterable[Actor]) -> set[str]:
    return {code for actor in actors for code in (actor.country, actor.code) if code}


def first(found: list[Found], fact: Fact) -> Found:
    assert found, f"nothing found that fits {fact}"
    return found[0]


def check_statement(record: Record, fact: Fact) -> None:
    text = record.report.text
    names = {actor.id: actor.name for actor in record.actors}

    def fits(statement: Statement) -> bool:
        speakers = actors_of(record, statement.speakers)
        return (
            at_first(text, statement.content, fact["says"])
            and touches(text, statement.cue, fact["cue"])
            and touches(text, statement.speakers, fact["speaker"])
            and statement.kind == fact["kind"]
            and ("country" not in fact or fact["country"] in codes(speakers))
            and ("sector" not in fact or any(fact["sector"] in actor.sectors for actor in speakers))
            and ("act" not in fact or statement.act == fact["act"])
            and ("via" not in fact or any(fact["via"] in names[relay] for relay in statement.relayed_by))
            and ("date" not in fact or (statement.date is not None and statement.date.value == fact["date"]))
        )

    first([statement for statement in record.statements if fits(statement)], fact)


def check_event(record: Record, fact: Fact) -> None:
    text = record.report.text
    places = {place.id: place for place in record.places}
    statements = {statement.id: statement for statement in record.statements}

    def fits(event: Event) -> bool:
        source = codes(actors_of(record, event.source_actors))
        target = codes(actors_of(record, event.target_actors))
        return (
            event.type in fact["types"]
            and at_first(text, (event.trigger, *event.evidence), fact["at"])
            and event.negated == fact.get("negated", False)
            and event.modality == fact.get("modality", event.modality)
            and set(fact.get("source", [])) <= source
            and set(fact.get("target", [])) <= target
            and set(fact.get("parties", [])) <= source | target
            and set(fact.get("modes", [])) <= set(event.modes)
        )

    event = first([event for event in record.events if fits(event)], fact)
    if "date" in fact:
        assert event.date is not None
        assert [event.date.earliest, event.date.latest] == fact["date"]
    if "place" in fact:
        assert event.place is not None
        assert places[event.place].country == fact["place"]
    if "said_by" in fact:
        assert event.statement is not None
        assert touches(text, statements[event.statement].speakers, fact["said_by"])


def check_never(record: Record, fact: Fact) -> None:
    """Nothing of these types may stand at these words as something that happened."""
    text = record.report.text
    wrong = [
        (event.type, event.trigger.text)
        for event in record.events
        if (event.type in fact["types"] or "*" in fact["types"])
        and touches(text, [event.trigger], fact["at"])
        and not event.negated
        and event.modality in ("asserted", "historical")
        and event.stance == "asserts"
    ]
    assert wrong == [], fact["why"]


def check_time(record: Record, fact: Fact) -> None:
    found = [timex for timex in record.times if at_first(record.report.text, [timex], fact["at"])]
    timex = first(found, fact)
    if "value" in fact:
        assert timex.value == fact["value"]
    if "days" in fact:
        assert [timex.earliest, timex.latest] == fact["days"]


def check_place(record: Record, fact: Fact) -> None:
    text = record.report.text
    found = {place.country for place in record.places if touches(text, place.mentions, fact["at"])}
    assert fact["country"] in found


def check_same_actor(record: Record, fact: Fact) -> None:
    text = record.report.text
    holders = [
        {actor.id for actor in record.actors if at_first(text, actor.mentions, words)} for words in fact["mentions"]
    ]
    assert set.intersection(*holders), holders


CHECKS: dict[str, Callable[[Record, Fact], None]] = {
    "statement": check_statement,
    "event": check_event,
    "never": check_never,
    "time": check_time,
    "place": check_place,
    "same_actor": check_same_actor,
}


# -- the tests -------------------------------------------------------------------------------


def name_of(kind: str, fact: Fact) -> str:
    words = fact.get("id") or fact.get("at") or " = ".join(fact.get("mentions", []))
    return f"{kind}:{words}"


def all_facts() -> Iterator[Any]:
    for case in CASES:
        for kind in KINDS:
            for fact in facts_of(case).get(kind, []):
                late = fact.get("not_yet")
                marks = [pytest.mark.xfail(strict=True, reason=late, raises=AssertionError)] if late else []
                yield pytest.param(case, kind, fact, marks=marks, id=f"{case}-{name_of(kind, fact)}")


@pytest.mark.parametrize(("case", "kind", "fact"), list(all_facts()))
def test_fact(case: str, kind: str, fact: Fact) -> None:
    CHECKS[kind](record_of(facts_of(case)["sample"]), fact)


@pytest.mark.parametrize("case", CASES)
def test_parts_of_the_report(case: str) -> None:
    wanted = facts_of(case)["report"]
    report = record_of(facts_of(case)["sample"]).report
    assert {
        "headline": report.headline.text if report.headline else "",
        "byline": report.byline.text if report.byline else "",
        "dateline": report.dateline.text if report.dateline else "",
        "agency": report.agency or "",
        "captions": [caption.text for caption in report.captions],
        "paragraphs": len(report.paragraphs),
        "published": report.published,
    } == {
        "headline": wanted["headline"],
        "byline": wanted.get("byline", ""),
        "dateline": wanted.get("dateline", ""),
        "agency": wanted.get("agency", ""),
        "captions": wanted.get("captions", []),
        "paragraphs": wanted["paragraphs"],
        "published": wanted["published"],
    }
    for words in wanted.get("residue", []):
        assert touches(report.text, report.residue, words), words


def spans_in(value: Any) -> Iterator[Span]:
    """Every span in a record or a part of one."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans_in(getattr(value, name))


@pytest.mark.parametrize("sample", sorted(index()))
def test_every_span_quotes_its_words(sample: str) -> None:
    record = record_of(sample)
    spans = list(spans_in(record))
    assert spans
    assert [span for span in spans if record.report.text[span.start : span.end] != span.text] == []


@pytest.mark.parametrize("sample", sorted(index()))
def test_every_id_points_to_a_record(sample: str) -> None:
    record = record_of(sample)
    actors = {actor.id for actor in record.actors}
    places = {place.id for place in record.places}
    statements = {statement.id for statement in record.statements}
    for event in record.events:
        assert {ref.actor for ref in (*event.source_actors, *event.target_actors)} | {*event.attribution} <= actors
        assert event.place is None or event.place in places
        assert event.statement is None or event.statement in statements
        assert event.evidence, "an event shows the words that say so"
        assert event.found_by
    for statement in record.statements:
        assert {ref.actor for ref in statement.speakers} | {*statement.relayed_by, *statement.addressees} <= actors


@pytest.mark.parametrize("sample", sorted(index()))
def test_nothing_is_coded_from_residue(sample: str) -> None:
    record = record_of(sample)
    residue = [(part.start, part.end) for part in record.report.residue]
    found = [event.trigger for event in record.events] + [cue for said in record.statements for cue in said.cue]
    assert [span for span in found for start, end in residue if span.start < end and start < span.end] == []


@pytest.mark.parametrize("sample", sorted(index()))
def test_record_survives_its_plain_form(sample: str) -> None:
    record = record_of(sample)
    assert Record.from_dict(record.to_dict()) == record


def test_every_sample_is_listed_and_every_listed_one_is_there() -> None:
    present = {entry.name for entry in SAMPLES.iterdir() if entry.name.endswith((".txt", ".html"))}
    assert present == set(index())
