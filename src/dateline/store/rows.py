"""A record taken apart into rows, table by table. ``reading.py`` puts it together again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from ..records import (
    Actor,
    Capture,
    Event,
    EventDate,
    Place,
    Record,
    Rejection,
    Report,
    Retraction,
    Span,
    Statement,
    Timex,
    content_id,
)

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows_of(record: Record) -> Rows:
    """Every row that this record puts into the store, by table name, parents before children."""
    rows: Rows = {"coders": [_coder(record)], "reports": [_report(record)]}
    _add_parts(rows, record.report)
    _add_marks(rows, record.report)
    key = record.report.id
    rows["warnings"] = [
        {"report": key, "position": position, "message": message} for position, message in enumerate(record.warnings)
    ]
    for position, timex in enumerate(record.times):
        rows.setdefault("times", []).append(_timex(timex, key, position))
    for position, place in enumerate(record.places):
        _add_place(rows, place, key, position)
    _add_dateline(rows, record.report)
    for position, actor in enumerate(record.actors):
        _add_actor(rows, actor, key, position)
    for position, statement in enumerate(record.statements):
        _add_statement(rows, statement, key, position)
    for position, event in enumerate(record.events):
        _add_event(rows, event, key, position)
    return rows


def rejection_row(rejection: Rejection) -> Row:
    """The row of a rejection: the same input refused for the same reason is the same row."""
    name, message = _unicode(rejection.name), _unicode(rejection.message)
    return {
        "id": content_id("x", name, rejection.stage, rejection.raw_sha256 or "", message),
        "name": name,
        "stage": rejection.stage,
        "error": rejection.error,
        "message": message,
        "raw_sha256": rejection.raw_sha256,
    }


def _unicode(words: str) -> str:
    """A file name need not be Unicode text; the database takes nothing else."""
    return words.encode("utf-8", "backslashreplace").decode()


def retraction_row(retraction: Retraction) -> Row:
    """The row of a retraction: the same article taken back for the same reason at the same time is the same row."""
    given = {
        name: None if (value := getattr(retraction, name)) is None else _unicode(value)
        for name in ("name", "reason", "url", "external_id", "outlet", "at", "article")
    }
    key = content_id("k", *(given[name] for name in ("url", "external_id", "outlet", "reason", "at")))
    return {"id": key, **given}


def record_digest(record: Record) -> str:
    """SHA-256 of all that the record says, except when it was coded, and where, in what wrapping and when its bytes were
    captured: a page is the same on its own and in an archive.
    """
    timeless = replace(record, provenance=replace(record.provenance, coded_at=""))
    capture = record.report.capture
    if capture is not None:
        nowhere = replace(capture, source="", format="", captured=None)
        timeless = replace(timeless, report=replace(record.report, capture=nowhere))
    return hashlib.sha256(json.dumps(timeless.to_dict(), sort_keys=True).encode("utf-8")).hexdigest()


def _coder(record: Record) -> Row:
    made = record.provenance
    return {
        "id": content_id("c", made.dateline, made.coding_version, made.pipeline, made.rules_sha256),
        "dateline": made.dateline,
        "coding_version": made.coding_version,
        "pipeline": made.pipeline,
        "rules_sha256": made.rules_sha256,
    }


def _span(span: Span | None, prefix: str = "") -> Row:
    start, end, text = (span.start, span.end, span.text) if span is not None else (None, None, None)
    return {f"{prefix}start_char": start, f"{prefix}end_char": end, f"{prefix}text": text}


def _report(record: Record) -> Row:
    report = record.report
    return {
        "id": report.id,
        "external_id": report.external_id,
        "url": report.url,
        "outlet": report.outlet,
        "agency": report.agency,
        "published": report.published,
        "published_from": report.published_from,
        "language": report.language,
        **_span(report.headline, "headline_"),
        **_span(report.byline, "byline_"),
        "text": report.text,
        "text_sha256": report.text_sha256,
        "raw_sha256": report.raw_sha256,
        "schema_version": record.schema_version,
        "coder": _coder(record)["id"],
        "coded_at": record.provenance.coded_at,
        "record_sha256": record_digest(record),
        "modified": report.modified,
        "section": report.section,
        "canonical_url": report.canonical_url,
        "article": report.article,
        "version": report.version,
        "uncoded_reason": record.uncoded_reason,
        **_capture(report.capture),
        "last_captured": report.capture.captured if report.capture else None,
        "is_current": True,
        "retraction": None,
    }


def _capture(capture: Capture | None) -> Row:
    return {f"capture_{each.name}": capture and getattr(capture, each.name) for each in fields(Capture)}


def _add_marks(rows: Rows, report: Report) -> None:
    owner = {"report": report.id}
    _add_list(rows, "report_authors", owner, ({"name": name} for name in report.authors))
    _add_list(rows, "report_marks", owner, (asdict(mark) for mark in report.marks))


def _add_parts(rows: Rows, report: Report) -> None:
    parts: list[tuple[str, Iterable[Span]]] = [
        ("caption", report.captions),
        ("paragraph", report.paragraphs),
        ("residue", report.residue),
    ]
    rows["report_parts"] = [
        {
            "report": report.id,
            "kind": kind,
            "position": position,
            "start_char": span.start,
            "end_char": span.end,
            "reason": getattr(span, "reason", None),
        }
        for kind, spans in parts
        for position, span in enumerate(spans)
    ]


def _add_dateline(rows: Rows, report: Report) -> None:
    line = report.dateline
    if line is not None:
        row = {"report": report.id, **_span(line), "place": line.place, "date": line.date, "agency": line.agency}
        rows["datelines"] = [row]


def _timex(timex: Timex, report: str, position: int) -> Row:
    return {
        "id": timex.id,
        "report": report,
        "position": position,
        **_span(timex),
        "type": timex.type,
        "value": timex.value,
        "granularity": timex.granularity,
        "earliest": timex.earliest,
        "latest": timex.latest,
        "anchor": timex.anchor,
        "reason": timex.reason,
    }


def _add_place(rows: Rows, place: Place, report: str, position: int) -> None:
    rows.setdefault("places", []).append(
        {
            "id": place.id,
            "report": report,
            "position": position,
            "name": place.name,
            "geonames_id": place.geonames_id,
            "lat": place.lat,
            "lon": place.lon,
            "country": place.country,
            "admin1": place.admin1,
            "feature": place.feature,
            "precision": place.precision,
            "reason": place.reason,
        }
    )
    owner = {"place": place.id, "report": report}
    _add_list(rows, "place_mentions", owner, (_span(mention) for mention in place.mentions))
    candidates = (
        {
            "geonames_id": candidate.geonames_id,
            "name": candidate.name,
            "country": candidate.country,
            "admin1": candidate.admin1,
            "population": candidate.population,
        }
        for candidate in place.candidates
    )
    _add_list(rows, "place_candidates", owner, candidates)


def _add_actor(rows: Rows, actor: Actor, report: str, position: int) -> None:
    rows.setdefault("actors", []).append(
        {
            "id": actor.id,
            "report": report,
            "position": position,
            "name": actor.name,
            "country": actor.country,
            "code": actor.code,
            "role": actor.role,
            "known_as": actor.known_as,
        }
    )
    owner = {"actor": actor.id, "report": report}
    _add_list(rows, "actor_sectors", owner, ({"sector": sector} for sector in actor.sectors))
    _add_list(rows, "mentions", owner, ({**_span(each), "kind": each.kind} for each in actor.mentions))
    _add_list(rows, "found_by", {"finding": actor.id, "report": report}, ({"rule": rule} for rule in actor.found_by))


def _date(date: EventDate | None) -> Row:
    return {
        "dated": date is not None,
        "date_value": date.value if date else None,
        "date_earliest": date.earliest if date else None,
        "date_latest": date.latest if date else None,
        "date_timex": date.timex if date else None,
    }


def _add_statement(rows: Rows, statement: Statement, report: str, position: int) -> None:
    rows.setdefault("statements", []).append(
        {
            "id": statement.id,
            "report": report,
            "position": position,
            "kind": statement.kind,
            "act": statement.act,
            **_date(statement.date),
            "place": statement.place,
            "confidence": float(statement.confidence),
        }
    )
    owner = {"statement": statement.id, "report": report}
    speakers = ({"actor": speaker.actor, **_span(speaker)} for speaker in statement.speakers)
    _add_list(rows, "statement_actors", {**owner, "role": "speaker"}, speakers)
    for role, ids in (("relayed_by", statement.relayed_by), ("addressee", statement.addressees)):
        _add_list(rows, "statement_actors", {**owner, "role": role}, ({"actor": each, **_span(None)} for each in ids))
    for role, spans in (("cue", statement.cue), ("content", statement.content)):
        _add_list(rows, "statement_spans", {**owner, "role": role}, (_span(span) for span in spans))
    _add_list(
        rows, "found_by", {"finding": statement.id, "report": report}, ({"rule": rule} for rule in statement.found_by)
    )


def _add_event(rows: Rows, event: Event, report: str, position: int) -> None:
    rows.setdefault("events", []).append(
        {
            "id": event.id,
            "report": report,
            "position": position,
            "type": event.type,
            "cameo": event.cameo,
            "quad": event.quad,
            "score": None if event.score is None else float(event.score),
            "score_scale": event.score_scale,
            **_span(event.trigger, "trigger_"),
            **_span(event.sentence, "sentence_"),
            "place": event.place,
            "place_reason": event.place_reason,
            **_date(event.date),
            "date_reason": event.date_reason,
            "negated": event.negated,
            "modality": event.modality,
            "statement": event.statement,
            "stance": event.stance,
            "confidence": float(event.confidence),
        }
    )
    owner = {"event": event.id, "report": report}
    _add_list(rows, "event_modes", owner, ({"mode": mode} for mode in event.modes))
    _add_list(rows, "event_contexts", owner, ({"context": context} for context in event.contexts))
    for role, refs in (("source", event.source_actors), ("target", event.target_actors)):
        _add_list(rows, "event_actors", {**owner, "role": role}, ({"actor": ref.actor, **_span(ref)} for ref in refs))
    _add_event_details(rows, event, owner)


def _add_event_details(rows: Rows, event: Event, owner: Row) -> None:
    objects = (
        {
            **_span(each),
            "kind": each.kind,
            "quantity": None if each.quantity is None else float(each.quantity),
            "approximate": each.approximate,
        }
        for each in event.objects
    )
    _add_list(rows, "event_objects", owner, objects)
    _add_list(rows, "event_attribution", owner, ({"actor": each} for each in event.attribution))
    _add_list(rows, "evidence", owner, ({"role": each.role, **_span(each)} for each in event.evidence))
    alternatives = (
        {"type": each.type, "confidence": float(each.confidence), "found_by": json.dumps(each.found_by)}
        for each in event.alternatives
    )
    _add_list(rows, "alternatives", owner, alternatives)
    _add_list(
        rows, "found_by", {"finding": event.id, "report": owner["report"]}, ({"rule": rule} for rule in event.found_by)
    )


def _add_list(rows: Rows, table: str, owner: Row, items: Iterable[Row]) -> None:
    """Adds one row per item, numbered in order."""
    rows.setdefault(table, []).extend({**owner, "position": position, **item} for position, item in enumerate(items))
