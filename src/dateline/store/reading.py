"""Puts a record together again from its rows. Plain SQL through a ``Fetch``, so any database can stand behind it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..records import (
    Actor,
    ActorRef,
    Alternative,
    Capture,
    Dateline,
    Event,
    EventDate,
    EventObject,
    Evidence,
    Mark,
    Mention,
    Place,
    PlaceCandidate,
    Provenance,
    Record,
    Report,
    Residue,
    Span,
    Statement,
    Timex,
)

Fetch = Callable[[str, Mapping[str, Any]], Iterator[Sequence[Any]]]
"""Runs a SELECT with ``:name`` parameters and gives its rows."""

Row = dict[str, Any]

_SPAN = ("start_char", "end_char", "text")
_CAPTURE = ("source", "format", "charset", "extractor", "extractor_version", "captured")
_MARK = ("field", "words", "value", "found_in", "chosen")
_DATE = ("dated", "date_value", "date_earliest", "date_latest", "date_timex")


def read_record(fetch: Fetch, report_id: str) -> Record | None:
    """The record of this report, equal to the one that was written; ``None`` if there is none."""
    found = _Rows(fetch, report_id)
    report = found.report()
    if report is None:
        return None
    return Record(
        schema_version=report["schema_version"],
        report=_report(found, report),
        actors=_actors(found),
        events=_events(found),
        statements=_statements(found),
        times=_times(found),
        places=_places(found),
        provenance=Provenance(
            report["dateline"],
            report["coding_version"],
            report["pipeline"],
            report["rules_sha256"],
            report["coded_at"],
        ),
        warnings=tuple(row["message"] for row in found.all("warnings", "message")),
        uncoded_reason=report["uncoded_reason"],
    )


class _Rows:
    """The rows of one report, table by table, in order of position."""

    def __init__(self, fetch: Fetch, report_id: str) -> None:
        self._fetch = fetch
        self._report_id = report_id

    def all(self, table: str, *columns: str, order: str = "position") -> list[Row]:
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE report = :report ORDER BY {order}"
        return [dict(zip(columns, row, strict=True)) for row in self._fetch(sql, {"report": self._report_id})]

    def by(self, owner: str, table: str, *columns: str) -> dict[str, list[Row]]:
        """The rows of a list table under the id of the finding that owns them."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.all(table, owner, *columns, order=f"{owner}, position"):
            grouped[row[owner]].append(row)
        return grouped

    def report(self) -> Row | None:
        columns = (
            "id external_id url outlet agency published published_from language "
            "headline_start_char headline_end_char headline_text byline_start_char byline_end_char byline_text "
            "text text_sha256 raw_sha256 schema_version coded_at "
            "modified section canonical_url article version uncoded_reason"
        ).split()
        columns += [f"capture_{name}" for name in _CAPTURE]
        made = ("dateline", "coding_version", "pipeline", "rules_sha256")
        names = [f"r.{column}" for column in columns] + [f"c.{column}" for column in made]
        sql = f"SELECT {', '.join(names)} FROM reports r JOIN coders c ON c.id = r.coder WHERE r.id = :report"
        for row in self._fetch(sql, {"report": self._report_id}):
            return dict(zip((*columns, *made), row, strict=True))
        return None


def _span(row: Row, prefix: str = "") -> Span:
    return Span(row[f"{prefix}start_char"], row[f"{prefix}end_char"], row[f"{prefix}text"])


def _maybe_span(row: Row, prefix: str) -> Span | None:
    return None if row[f"{prefix}start_char"] is None else _span(row, prefix)


def _place_of_words(row: Row) -> tuple[int, int, str]:
    return row["start_char"], row["end_char"], row["text"]


def _report(found: _Rows, row: Row) -> Report:
    text = row["text"]
    parts = defaultdict(list)
    for part in found.all("report_parts", "kind", "start_char", "end_char", "reason"):
        start, end = part["start_char"], part["end_char"]
        kind = part["kind"]
        span = Residue(start, end, text[start:end], part["reason"]) if kind == "residue" else Span.of(text, start, end)
        parts[kind].append(span)
    lines = found.all("datelines", *_SPAN, "place", "date", "agency", order="start_char")
    return Report(
        id=row["id"],
        external_id=row["external_id"],
        url=row["url"],
        outlet=row["outlet"],
        agency=row["agency"],
        published=row["published"],
        published_from=row["published_from"],
        language=row["language"],
        text=text,
        text_sha256=row["text_sha256"],
        raw_sha256=row["raw_sha256"],
        headline=_maybe_span(row, "headline_"),
        byline=_maybe_span(row, "byline_"),
        dateline=Dateline(*_place_of_words(lines[0]), lines[0]["place"], lines[0]["date"], lines[0]["agency"])
        if lines
        else None,
        captions=tuple(parts["caption"]),
        paragraphs=tuple(parts["paragraph"]),
        residue=tuple(parts["residue"]),  # type: ignore[arg-type]
        modified=row["modified"],
        authors=tuple(each["name"] for each in found.all("report_authors", "name")),
        section=row["section"],
        canonical_url=row["canonical_url"],
        article=row["article"],
        version=row["version"],
        marks=tuple(Mark(**{**each, "chosen": bool(each["chosen"])}) for each in found.all("report_marks", *_MARK)),
        capture=None if row["capture_source"] is None else Capture(*(row[f"capture_{name}"] for name in _CAPTURE)),
    )


def _rules(found: _Rows) -> dict[str, tuple[str, ...]]:
    grouped = found.by("finding", "found_by", "rule")
    return defaultdict(tuple, {finding: tuple(row["rule"] for row in rows) for finding, rows in grouped.items()})


def _times(found: _Rows) -> tuple[Timex, ...]:
    names = ("id", "type", "value", "granularity", "earliest", "latest", "anchor", "reason")
    return tuple(
        Timex(*_place_of_words(row), **{name: row[name] for name in names})
        for row in found.all("times", *_SPAN, *names)
    )


def _places(found: _Rows) -> tuple[Place, ...]:
    names = ("id", "name", "geonames_id", "lat", "lon", "country", "admin1", "feature", "precision", "reason")
    entry = ("geonames_id", "name", "country", "admin1", "population")
    mentions = found.by("place", "place_mentions", *_SPAN)
    candidates = found.by("place", "place_candidates", *entry)
    return tuple(
        Place(
            **row,
            mentions=tuple(_span(each) for each in mentions[row["id"]]),
            candidates=tuple(PlaceCandidate(*(each[name] for name in entry)) for each in candidates[row["id"]]),
        )
        for row in found.all("places", *names)
    )


def _actors(found: _Rows) -> tuple[Actor, ...]:
    sectors = found.by("actor", "actor_sectors", "sector")
    mentions = found.by("actor", "mentions", *_SPAN, "kind")
    rules = _rules(found)
    return tuple(
        Actor(
            **row,
            sectors=tuple(each["sector"] for each in sectors[row["id"]]),
            mentions=tuple(Mention(*_place_of_words(each), each["kind"]) for each in mentions[row["id"]]),
            found_by=rules[row["id"]],
        )
        for row in found.all("actors", "id", "name", "country", "code", "role", "known_as")
    )


def _date(row: Row) -> EventDate | None:
    if not row["dated"]:
        return None
    return EventDate(row["date_value"], row["date_earliest"], row["date_latest"], row["date_timex"])


def _statements(found: _Rows) -> tuple[Statement, ...]:
    actors = found.by("statement", "statement_actors", "role", "actor", *_SPAN)
    spans = found.by("statement", "statement_spans", "role", *_SPAN)
    rules = _rules(found)
    return tuple(
        Statement(
            id=row["id"],
            speakers=_refs(actors[row["id"]], "speaker"),
            cue=tuple(_span(each) for each in spans[row["id"]] if each["role"] == "cue"),
            content=tuple(_span(each) for each in spans[row["id"]] if each["role"] == "content"),
            kind=row["kind"],
            act=row["act"],
            relayed_by=tuple(each["actor"] for each in actors[row["id"]] if each["role"] == "relayed_by"),
            addressees=tuple(each["actor"] for each in actors[row["id"]] if each["role"] == "addressee"),
            date=_date(row),
            place=row["place"],
            found_by=rules[row["id"]],
            confidence=row["confidence"],
        )
        for row in found.all("statements", "id", "kind", "act", *_DATE, "place", "confidence")
    )


def _refs(rows: list[Row], role: str) -> tuple[ActorRef, ...]:
    return tuple(ActorRef(*_place_of_words(row), row["actor"]) for row in rows if row["role"] == role)


class _EventLists:
    """The lists that hang on the events of one report."""

    def __init__(self, found: _Rows) -> None:
        self.modes = found.by("event", "event_modes", "mode")
        self.contexts = found.by("event", "event_contexts", "context")
        self.actors = found.by("event", "event_actors", "role", "actor", *_SPAN)
        self.objects = found.by("event", "event_objects", *_SPAN, "kind", "quantity", "approximate")
        self.attribution = found.by("event", "event_attribution", "actor")
        self.evidence = found.by("event", "evidence", "role", *_SPAN)
        self.alternatives = found.by("event", "alternatives", "type", "confidence", "found_by")
        self.rules = _rules(found)


def _events(found: _Rows) -> tuple[Event, ...]:
    lists = _EventLists(found)
    alike = ("id", "type", "cameo", "quad", "score", "score_scale", "place", "place_reason", "date_reason")
    more = ("modality", "statement", "stance", "confidence")
    spans = [f"{part}_{column}" for part in ("trigger", "sentence") for column in _SPAN]
    columns = (*alike, *more, "negated", *spans, *_DATE)
    return tuple(
        Event(
            **{name: row[name] for name in (*alike, *more)},
            **_event_lists(lists, row["id"]),
            negated=bool(row["negated"]),
            trigger=_span(row, "trigger_"),
            sentence=_span(row, "sentence_"),
            date=_date(row),
        )
        for row in found.all("events", *columns)
    )


def _event_lists(lists: _EventLists, key: str) -> Row:
    return {
        "modes": tuple(each["mode"] for each in lists.modes[key]),
        "contexts": tuple(each["context"] for each in lists.contexts[key]),
        "source_actors": _refs(lists.actors[key], "source"),
        "target_actors": _refs(lists.actors[key], "target"),
        "objects": tuple(
            EventObject(*_place_of_words(each), each["kind"], each["quantity"], bool(each["approximate"]))
            for each in lists.objects[key]
        ),
        "attribution": tuple(each["actor"] for each in lists.attribution[key]),
        "evidence": tuple(Evidence(*_place_of_words(each), each["role"]) for each in lists.evidence[key]),
        "found_by": lists.rules[key],
        "alternatives": tuple(
            Alternative(each["type"], each["confidence"], tuple(json.loads(each["found_by"])))
            for each in lists.alternatives[key]
        ),
    }
