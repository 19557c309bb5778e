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
    for words in _texts(record):
        if words and (found := _LONE_SURROGATE.search(words)):
            return f"it holds half a surrogate pair ({words[max(0, found.start() - 20) : found.end()]!a}), which is not Unicode"
    for owner, role, span in spans_of(record):
        if not quotes(span, text):
            return (
                f"the {role} of {owner} [{span.start}, {span.end}) does not quote the report's text: {span.text!r:.60}"
            )
    return _dangling_id(record)


def quotes(span: Span, text: str) -> bool:
    """Whether the words of the span stand in this text where it says."""
    return 0 <= span.start <= span.end <= len(text) and text[span.start : span.end] == span.text


def _texts(record: Record) -> Iterator[str | None]:
    """Whatever the record took over from outside."""
    report = record.report
    yield from (report.text, report.external_id, report.url, report.outlet, report.agency, *record.warnings)
    yield from (report.modified, report.section, report.canonical_url, report.article, report.version, *report.authors)
    yield record.uncoded_reason
    for mark in report.marks:
        yield from (mark.words, mark.value, mark.found_in)
    if report.capture is not None:
        yield from (report.capture.source, report.capture.format, report.capture.charset, report.capture.captured)


def spans_of(record: Record) -> Iterator[tuple[str, str, Span]]:
    """Every span of the record: the id of the report or finding that it belongs to, what it is there, and the span."""
    report = record.report
    for role, part in (("headline", report.headline), ("byline", report.byline), ("dateline", report.dateline)):
        if part is not None:
            yield report.id, role, part
    for role, spans in (("caption", report.captions), ("paragraph", report.paragraphs), ("residue", report.residue)):
        for span in spans:
            yield report.id, role, span
    for actor in record.actors:
        for mention in actor.mentions:
            yield actor.id, "mention", mention
    for event in record.events:
        yield event.id, "trigger", event.trigger
        yield event.id, "sentence", event.sentence
        roles = {"source actor": event.source_actors, "target actor": event.target_actors, "object": event.objects}
        for role, spans in (*roles.items(), ("evidence", event.evidence)):
            for span in spans:
                yield event.id, role, span
    for statement in record.statements:
        for role, spans in (("speaker", statement.speakers), ("cue", statement.cue), ("content", statement.content)):
            for span in spans:
                yield statement.id, role, span
    for timex in record.times:
        yield timex.id, "words", timex
    for place in record.places:
        for span in place.mentions:
            yield place.id, "mention", span


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
