"""Named queries over the store: what each command, page and export asks of it.

They are plain SQL with ``:name`` parameters, so that a question can be put through any driver. A filter that is left
empty lets everything through; several values of one filter are alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

LIST_SEPARATOR = "\x1f"
FINDING_TABLES = ("events", "statements", "actors", "places", "times", "reports")

# How an event stands, each event in exactly one way.
STANDINGS = ("asserted", "claimed", "denied", "future", "hypothetical", "historical")
_STANDING = (
    "CASE WHEN e.negated OR e.stance = 'denies' THEN 'denied' "
    "WHEN e.modality <> 'asserted' THEN e.modality "
    "WHEN e.statement IS NOT NULL OR e.stance <> 'asserts' THEN 'claimed' ELSE 'asserted' END"
)
# The version of an article that counts, unless it was taken back.
_STANDS = "(r.is_current AND r.retraction IS NULL)"
_CODES = re.compile(r"[A-Z]{3}([ :/][A-Z]{3})*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What rows to show. ``since`` and ``until`` are ISO dates, both included.

    Older versions of an article, and reports that were taken back, are left out unless ``all_versions`` is set.

    An actor is given as an ISO or PLOVER code ("RUS"), with sectors ("RUS GOV"), as an id ("a_…"), or as part of a name.
    """

    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    contains: str | None = None
    undated: bool = False
    all_versions: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the store: named columns, where they come from, which rows, in what order."""

    columns: tuple[tuple[str, str], ...]
    source: str
    where: str
    order: str
    parameters: Mapping[str, Any]
    group: str = ""
    lists: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def sql(self, limit: int | None = None) -> str:
        columns = ", ".join(f'{expression} AS "{name}"' for name, expression in self.columns)
        cut = f" LIMIT {int(limit)}" if limit is not None else ""
        return f"SELECT {columns} {self._from()} ORDER BY {self.order}{cut}"

    def count_sql(self) -> str:
        return f"SELECT count(*) FROM (SELECT 1 {self._from()}) AS counted"

    def with_all_versions(self) -> Query:
        """The same question, with older versions of articles and what was taken back."""
        return replace(self, where=self.where.replace(_STANDS, "1 = 1"))

    def _from(self) -> str:
        group = f" GROUP BY {self.group}" if self.group else ""
        return f"FROM {self.source} WHERE {self.where}{group}"


@dataclass(slots=True)
class _Where:
    """Conditions that must all hold, with their parameters."""

    conditions: list[str] = field(default_factory=lambda: ["1 = 1"])
    parameters: dict[str, Any] = field(default_factory=lambda: {"sep": LIST_SEPARATOR})

    def name(self, value: object) -> str:
        """The placeholder for a value."""
        key = f"p{len(self.parameters)}"
        self.parameters[key] = value
        return f":{key}"

    def add(self, condition: str) -> None:
        self.conditions.append(condition)

    def any_of(self, values: tuple[str, ...], condition: Callable[[str], str]) -> None:
        """At least one of the values must meet the condition; no values, no condition."""
        if values:
            self.add("(" + " OR ".join(condition(value) for value in values) + ")")

    def equal(self, column: str, values: tuple[str, ...]) -> None:
        self.any_of(values, lambda value: f"{column} = {self.name(value)}")

    def like(self, column: str, value: str) -> str:
        escaped = value.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"lower({column}) LIKE {self.name(f'%{escaped}%')} ESCAPE '\\'"

    def report(self, filters: Filters) -> None:
        if not filters.all_versions:
            self.add(_STANDS)
        self.any_of(filters.outlet, lambda value: self.like("r.outlet", value))
        self.any_of(
            filters.report,
            lambda value: (
                f"(r.id = {self.name(value)} OR r.external_id = {self.name(value)} OR "
                f"(r.id >= {self.name(value)} AND r.id < {self.name(value + '~')} AND {len(value)} > 4))"
            ),
        )

    def published(self, filters: Filters) -> None:
        """Since and until by the day on which the report was published."""
        if filters.since:
            self.add(f"substr(r.published, 1, 10) >= {self.name(filters.since)}")
        if filters.until:
            self.add(f"substr(r.published, 1, 10) <= {self.name(filters.until)}")

    def dated(self, filters: Filters, table: str) -> None:
        """Since and until by the row's own date; a row without one is left out."""
        if filters.undated and (filters.since or filters.until):
            self.add(f"{table}.date_earliest IS NULL")
            return
        if filters.since:
            self.add(f"{table}.date_latest >= {self.name(filters.since)}")
        if filters.until:
            self.add(f"{table}.date_earliest <= {self.name(filters.until)}")

    def actor(self, value: str, alias: str = "a") -> str:
        """The condition on an actor: codes, an id, or part of a name."""
        if value.startswith("a_"):
            return f"{alias}.id = {self.name(value)}"
        if _CODES.match(value):
            first, *sectors = re.split("[ :/]", value)
            code = self.name(first)
            parts = [f"({alias}.country = {code} OR {alias}.code = {code})"]
            parts += [self.in_sector(sector, alias) for sector in sectors]
            return "(" + " AND ".join(parts) + ")"
        return f"({alias}.known_as = {self.name(value)} OR {self.like(f'{alias}.name', value)})"

    def in_sector(self, sector: str, alias: str = "a") -> str:
        sector_is = f"z.sector = {self.name(sector)}"
        return f"EXISTS (SELECT 1 FROM actor_sectors z WHERE z.actor = {alias}.id AND {sector_is})"

    def place(self, value: str, alias: str = "p") -> str:
        if re.fullmatch("[A-Z]{3}", value):
            return f"{alias}.country = {self.name(value)}"
        return self.like(f"{alias}.name", value)

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


def _joined(expression: str, source: str) -> str:
    """All values of a subquery as one text, in its order. ``group_concat`` is SQLite's; PostgreSQL says ``string_agg``."""
    return f"(SELECT group_concat(v, :sep) FROM (SELECT {expression} AS v FROM {source}))"


def _event_actors(role: str, expression: str) -> str:
    source = f"event_actors x JOIN actors a ON a.id = x.actor WHERE x.event = e.id AND x.role = '{role}'"
    return _joined(expression, f"{source} ORDER BY x.position")


# "RUS GOV": the country or code, then the sectors.
_CODE = (
    "trim(coalesce(a.country, a.code, '') || ' ' || coalesce("
    "(SELECT group_concat(sector, ' ') FROM (SELECT sector FROM actor_sectors z WHERE z.actor = a.id ORDER BY position)), ''))"
)


def _rules(alias: str) -> str:
    return _joined("rule", f"found_by f WHERE f.finding = {alias}.id ORDER BY f.position")


def events(filters: Filters) -> Query:
    """Who did what to whom, the latest first, undated ones last."""
    where = _Where()
    where.report(filters)
    where.dated(filters, "e")
    where.equal("e.type", tuple(value.upper() for value in filters.type))
    where.any_of(
        filters.mode,
        lambda mode: f"EXISTS (SELECT 1 FROM event_modes m WHERE m.event = e.id AND m.mode = {where.name(mode)})",
    )
    where.equal(f"({_STANDING})", filters.standing)
    actor = "EXISTS (SELECT 1 FROM event_actors x JOIN actors a ON a.id = x.actor WHERE x.event = e.id"
    where.any_of(filters.source, lambda value: f"{actor} AND x.role = 'source' AND {where.actor(value)})")
    where.any_of(filters.target, lambda value: f"{actor} AND x.role = 'target' AND {where.actor(value)})")
    where.any_of(filters.country, lambda value: f"{actor} AND {where.actor(value)})")
    where.any_of(filters.sector, lambda value: f"{actor} AND {where.in_sector(value)})")
    where.any_of(filters.place, where.place)
    if filters.min_confidence is not None:
        where.add(f"e.confidence >= {where.name(filters.min_confidence)}")
    if filters.contains:
        where.add(where.like("e.sentence_text", filters.contains))
    return Query(
        columns=_EVENT_COLUMNS,
        source="events e JOIN reports r ON r.id = e.report LEFT JOIN places p ON p.id = e.place",
        where=where.sql,
        order="e.date_earliest IS NULL, e.date_earliest DESC, e.report, e.position",
        parameters=where.parameters,
        lists=(
            *("modes", "contexts", "source_actors", "source_codes", "target_actors", "target_codes"),
            *("objects", "attribution", "found_by"),
        ),
        flags=("negated",),
    )


_EVENT_COLUMNS = (
    ("id", "e.id"),
    ("date", "e.date_value"),
    ("date_earliest", "e.date_earliest"),
    ("date_latest", "e.date_latest"),
    ("date_reason", "e.date_reason"),
    ("source_actors", _event_actors("source", "a.name")),
    ("source_codes", _event_actors("source", _CODE)),
    ("type", "e.type"),
    ("modes", _joined("mode", "event_modes m WHERE m.event = e.id ORDER BY m.position")),
    ("contexts", _joined("context", "event_contexts m WHERE m.event = e.id ORDER BY m.position")),
    ("target_actors", _event_actors("target", "a.name")),
    ("target_codes", _event_actors("target", _CODE)),
    ("objects", _joined("o.text", "event_objects o WHERE o.event = e.id ORDER BY o.position")),
    ("place", "p.name"),
    ("place_country", "p.country"),
    ("geonames_id", "p.geonames_id"),
    ("lat", "p.lat"),
    ("lon", "p.lon"),
    ("standing", _STANDING),
    ("negated", "e.negated"),
    ("modality", "e.modality"),
    ("stance", "e.stance"),
    ("statement", "e.statement"),
    (
        "attribution",
        _joined(
            "a.name",
            "event_attribution x JOIN actors a ON a.id = x.actor WHERE x.event = e.id ORDER BY x.position",
        ),
    ),
    ("confidence", "e.confidence"),
    ("cameo", "e.cameo"),
    ("quad", "e.quad"),
    ("score", "e.score"),
    ("score_scale", "e.score_scale"),
    ("trigger", "e.trigger_text"),
    ("sentence", "e.sentence_text"),
    ("sentence_start", "e.sentence_start_char"),
    ("sentence_end", "e.sentence_end_char"),
    ("found_by", _rules("e")),
    ("report", "e.report"),
    ("outlet", "r.outlet"),
    ("published", "r.published"),
    ("url", "r.url"),
)


def _statement_actors(role: str, expression: str) -> str:
    source = f"statement_actors x JOIN actors a ON a.id = x.actor WHERE x.statement = s.id AND x.role = '{role}'"
    return _joined(expression, f"{source} ORDER BY x.position")


def _statement_spans(role: str) -> str:
    return _joined("x.text", f"statement_spans x WHERE x.statement = s.id AND x.role = '{role}' ORDER BY x.position")


def statements(filters: Filters) -> Query:
    """Who said what, by the reports' dates of publication, the latest first."""
    where = _Where()
    where.report(filters)
    where.published(filters)
    where.equal("s.act", filters.act)
    where.equal("s.kind", filters.type)
    actor = (
        "EXISTS (SELECT 1 FROM statement_actors x JOIN actors a ON a.id = x.actor "
        "WHERE x.statement = s.id AND x.role = 'speaker'"
    )
    where.any_of(filters.speaker, lambda value: f"{actor} AND {where.actor(value)})")
    where.any_of(filters.country, lambda value: f"{actor} AND {where.actor(value)})")
    where.any_of(filters.sector, lambda value: f"{actor} AND {where.in_sector(value)})")
    if filters.min_confidence is not None:
        where.add(f"s.confidence >= {where.name(filters.min_confidence)}")
    if filters.contains:
        text = where.like("x.text", filters.contains)
        where.add(f"EXISTS (SELECT 1 FROM statement_spans x WHERE x.statement = s.id AND {text})")
    return Query(
        columns=(
            ("id", "s.id"),
            ("published", "r.published"),
            ("speakers", _statement_actors("speaker", "a.name")),
            ("speaker_codes", _statement_actors("speaker", _CODE)),
            ("act", "s.act"),
            ("kind", "s.kind"),
            ("cue", _statement_spans("cue")),
            ("content", _statement_spans("content")),
            ("relayed_by", _statement_actors("relayed_by", "a.name")),
            ("addressees", _statement_actors("addressee", "a.name")),
            ("date", "s.date_value"),
            ("events", _joined("v.id", "events v WHERE v.statement = s.id ORDER BY v.position")),
            ("confidence", "s.confidence"),
            ("found_by", _rules("s")),
            ("report", "s.report"),
            ("outlet", "r.outlet"),
            ("url", "r.url"),
        ),
        source="statements s JOIN reports r ON r.id = s.report",
        where=where.sql,
        order="r.published IS NULL, r.published DESC, s.report, s.position",
        parameters=where.parameters,
        lists=("speakers", "speaker_codes", "cue", "content", "relayed_by", "addressees", "events", "found_by"),
    )


def actors(filters: Filters) -> Query:
    """Actors of the same name and code over all reports, those in most reports first. ``id`` is one of them."""
    where = _Where()
    where.report(filters)
    where.published(filters)
    where.any_of(filters.country, where.actor)
    where.any_of(filters.sector, where.in_sector)
    if filters.contains:
        name, mention = where.like("a.name", filters.contains), where.like("m.text", filters.contains)
        where.add(f"({name} OR EXISTS (SELECT 1 FROM mentions m WHERE m.actor = a.id AND {mention}))")
    in_events = "sum((SELECT count(*) FROM event_actors x WHERE x.actor = a.id AND x.role = '{}'))"
    said = "sum((SELECT count(*) FROM statement_actors x WHERE x.actor = a.id AND x.role = 'speaker'))"
    return Query(
        columns=(
            ("id", "min(a.id)"),
            ("name", "a.name"),
            ("codes", "max(" + _CODE + ")"),
            ("country", "a.country"),
            ("code", "a.code"),
            ("role", "max(a.role)"),
            ("reports", "count(DISTINCT a.report)"),
            ("mentions", "sum((SELECT count(*) FROM mentions m WHERE m.actor = a.id))"),
            ("as_source", in_events.format("source")),
            ("as_target", in_events.format("target")),
            ("statements", said),
        ),
        source="actors a JOIN reports r ON r.id = a.report",
        where=where.sql,
        group="a.name, a.country, a.code",
        order="count(DISTINCT a.report) DESC, a.name, a.country, a.code",
        parameters=where.parameters,
    )


def places(filters: Filters) -> Query:
    """Places over all reports, those in most reports first. ``id`` is one of them."""
    where = _Where()
    where.report(filters)
    where.published(filters)
    where.any_of(filters.country, lambda value: f"p.country = {where.name(value)}")
    if filters.contains:
        name, mention = where.like("p.name", filters.contains), where.like("m.text", filters.contains)
        where.add(f"({name} OR EXISTS (SELECT 1 FROM place_mentions m WHERE m.place = p.id AND {mention}))")
    return Query(
        columns=(
            ("id", "min(p.id)"),
            ("name", "p.name"),
            ("country", "p.country"),
            ("admin1", "p.admin1"),
            ("geonames_id", "p.geonames_id"),
            ("lat", "p.lat"),
            ("lon", "p.lon"),
            ("precision", "p.precision"),
            ("reason", "max(p.reason)"),
            ("reports", "count(DISTINCT p.report)"),
            ("mentions", "sum((SELECT count(*) FROM place_mentions m WHERE m.place = p.id))"),
            ("events", "sum((SELECT count(*) FROM events e WHERE e.place = p.id))"),
        ),
        source="places p JOIN reports r ON r.id = p.report",
        where=where.sql,
        group="p.name, p.country, p.admin1, p.geonames_id, p.lat, p.lon, p.precision",
        order="count(DISTINCT p.report) DESC, p.name, p.country, p.geonames_id",
        parameters=where.parameters,
    )


# A headline that came beside a text which does not hold it is no span of the text, but still a mark.
_GIVEN_HEADLINE = (
    "(SELECT m.value FROM report_marks m WHERE m.report = r.id AND m.field = 'headline' AND m.value IS NOT NULL "
    "ORDER BY m.chosen DESC, m.position LIMIT 1)"
)


def reports(filters: Filters) -> Query:
    """The reports, the latest first."""
    where = _Where()
    where.report(filters)
    where.published(filters)
    if filters.contains:
        where.add(where.like("r.text", filters.contains))
    return Query(
        columns=(
            ("id", "r.id"),
            ("published", "r.published"),
            ("outlet", "r.outlet"),
            ("agency", "r.agency"),
            ("headline", f"coalesce(r.headline_text, {_GIVEN_HEADLINE})"),
            ("events", "(SELECT count(*) FROM events e WHERE e.report = r.id)"),
            ("statements", "(SELECT count(*) FROM statements s WHERE s.report = r.id)"),
            ("characters", "length(r.text)"),
            ("external_id", "r.external_id"),
            ("url", "r.url"),
            ("language", "r.language"),
            ("section", "r.section"),
            ("authors", _joined("w.name", "report_authors w WHERE w.report = r.id ORDER BY w.position")),
            ("modified", "r.modified"),
            ("canonical_url", "r.canonical_url"),
            ("article", "r.article"),
            ("version", "r.version"),
            ("current", "r.is_current"),
            ("retracted", "r.retraction IS NOT NULL"),
            ("retraction_reason", "k.reason"),
            ("retracted_at", "k.at"),
            ("uncoded_reason", "r.uncoded_reason"),
            ("captured", "r.capture_captured"),
            ("raw_sha256", "r.raw_sha256"),
            ("warnings", _joined("w.message", "warnings w WHERE w.report = r.id ORDER BY w.position")),
            ("coded_at", "r.coded_at"),
            ("dateline", "c.dateline"),
            ("coding_version", "c.coding_version"),
            ("pipeline", "c.pipeline"),
            ("rules_sha256", "c.rules_sha256"),
        ),
        source="reports r JOIN coders c ON c.id = r.coder LEFT JOIN retractions k ON k.id = r.retraction",
        where=where.sql,
        order="r.published IS NULL, r.published DESC, r.id",
        parameters=where.parameters,
        lists=("authors", "warnings"),
        flags=("current", "retracted"),
    )


def rejections(filters: Filters) -> Query:
    """The inputs that could not be coded, by stage and name."""
    where = _Where()
    where.equal("j.stage", filters.stage)
    if filters.contains:
        where.add(f"({where.like('j.name', filters.contains)} OR {where.like('j.message', filters.contains)})")
    return Query(
        columns=(
            ("id", "j.id"),
            ("stage", "j.stage"),
            ("name", "j.name"),
            ("error", "j.error"),
            ("message", "j.message"),
            ("raw_sha256", "j.raw_sha256"),
        ),
        source="rejections j",
        where=where.sql,
        order="j.stage, j.name, j.id",
        parameters=where.parameters,
    )
