"""What a record must keep to before it is stored: its spans quote its text, and its ids point to its own findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import Record, Span

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def find_fault(record: Record) -> str | None:
    """The first thing that keeps this record out of the store, or ``None``."""
    report = record.report
    text = report.text
    for words in (text, report.external_id, report.url, report.outlet, report.agency, *record.warnings):
        if words and (found := _LONE_SURROGATE.search(words)):
            return f"it holds half a surrogate pair ({words[max(0, found.start() - 20) : found.end()]!a}), which is not Unicode"
    for where, span in _spans(record):
        if not 0 <= span.start <= span.end <= len(text) or text[span.start : span.end] != span.text:
            return f"{where} [{span.start}, {span.end}) does not quote the report's text: {span.text!r:.60}"
    return _dangling_id(record)


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    report = record.report
    for part in (report.headline, report.byline, report.dateline):
        if part is not None:
            yield "a heading", part
    for spans in (report.captions, report.paragraphs, report.residue):
        for span in spans:
            yield "a part of the report", span
    for actor in record.actors:
        for mention in actor.mentions:
            yield f"a mention of actor {actor.id}", mention
    for event in record.events:
        roles = (event.source_actors, event.target_actors, event.objects, event.evidence)
        for span in (event.trigger, event.sentence, *(each for group in roles for each in group)):
            yield f"a span of event {event.id}", span
    for statement in record.statements:
        for span in (*statement.speakers, *statement.cue, *statement.content):
            yield f"a span of statement {statement.id}", span
    for timex in record.times:
        yield f"time {timex.id}", timex
    for place in record.places:
        for span in place.mentions:
            yield f"a mention of place {place.id}", span


def _dangling_id(record: Record) -> str | None:
    known: set[str] = set()
    for key in _ids(record):
        if key in known:
            return f"two findings have the id {key}"
        known.add(key)
    for owner, target in _pointers(record):
        if target is not None and target not in known:
            return f"{owner} points to {target}, which is not in the record"
    return None


def _ids(record: Record) -> Iterator[str]:
    yield from (actor.id for actor in record.actors)
    yield from (event.id for event in record.events)
    yield from (statement.id for statement in record.statements)
    yield from (timex.id for timex in record.times)
    yield from (place.id for place in record.places)


def _pointers(record: Record) -> Iterator[tuple[str, str | None]]:
    if record.report.dateline is not None:
        yield "the dateline", record.report.dateline.place
    for event in record.events:
        yield event.id, event.place
        yield event.id, event.statement
        yield event.id, event.date.timex if event.date else None
        for ref in (*event.source_actors, *event.target_actors):
            yield event.id, ref.actor
        for actor in event.attribution:
            yield event.id, actor
    for statement in record.statements:
        yield statement.id, statement.place
        yield statement.id, statement.date.timex if statement.date else None
        for ref in statement.speakers:
            yield statement.id, ref.actor
        for actor in (*statement.relayed_by, *statement.addressees):
            yield statement.id, actor
