"""The tables of the store. Every row of every table names its report; every span is three plain columns.

Offsets (``start_char``, ``end_char``) are half-open code points into ``reports.text``. ``position`` keeps the order of a list.
The migrations write these tables down; change them only together with a new migration (a test compares the two).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    true,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _report() -> Column[str]:
    return Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True)


def _owner(name: str, target: str) -> Column[str]:
    """The finding that a row belongs to; it leads the primary key, so it needs no index of its own."""
    return Column(name, Text, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=False)


def _actor() -> Column[str]:
    return Column("actor", Text, ForeignKey("actors.id", ondelete="CASCADE"), nullable=False, index=True)


def _pointer(name: str, target: str) -> Column[str]:
    """A finding of the same report that may be absent."""
    return Column(name, Text, ForeignKey(f"{target}.id"), index=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, Text)


def _position() -> Column[int]:
    return Column("position", Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _span(prefix: str = "", *, required: bool = True) -> tuple[Column[int], Column[int], Column[str]]:
    """Where the words stand and what they are: ``start_char``, ``end_char``, ``text``, with a prefix if there are several."""
    return (
        Column(f"{prefix}start_char", Integer, nullable=not required),
        Column(f"{prefix}end_char", Integer, nullable=not required),
        Column(f"{prefix}text", Text, nullable=not required),
    )


def _date() -> tuple[Column[bool], Column[str], Column[str], Column[str], Column[str]]:
    """A resolved date; ``dated`` is false when there is none at all."""
    return (
        _flag("dated"),
        _maybe("date_value"),
        _maybe("date_earliest"),
        _maybe("date_latest"),
        _pointer("date_timex", "times"),
    )


def _key(*columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint(*columns)


# What coded the report: the same versions and rules make the same coder.
coders = Table(
    "coders",
    metadata,
    _id(),
    _text("dateline"),
    _text("coding_version"),
    _text("pipeline"),
    _text("rules_sha256"),
)

# is_current: the newest version of its article (see articles.py); retraction: the one that takes this report back.
# last_captured: the latest time at which these very words were fetched, though the record keeps the first.
reports = Table(
    "reports",
    metadata,
    _id(),
    Column("external_id", Text, index=True),
    Column("url", Text, index=True),
    Column("outlet", Text, index=True),
    _maybe("agency"),
    Column("published", Text, index=True),
    _maybe("published_from"),
    _text("language"),
    *_span("headline_", required=False),
    *_span("byline_", required=False),
    _text("text"),
    _text("text_sha256"),
    Column("raw_sha256", Text, nullable=False, index=True),
    _text("schema_version"),
    Column("coder", Text, ForeignKey("coders.id"), nullable=False),
    _text("coded_at"),
    _text("record_sha256"),
    _maybe("modified"),
    _maybe("section"),
    Column("canonical_url", Text, index=True),
    Column("article", Text, index=True),
    _maybe("version"),
    _maybe("uncoded_reason"),
    Column("capture_source", Text, index=True),
    _maybe("capture_format"),
    _maybe("capture_charset"),
    _maybe("capture_extractor"),
    _maybe("capture_extractor_version"),
    _maybe("capture_captured"),
    _maybe("last_captured"),
    Column("is_current", Boolean, nullable=False, server_default=true(), index=True),
    Column("retraction", Text, index=True),
)

report_authors = Table("report_authors", metadata, _report(), _position(), _text("name"), _key("report", "position"))

# What the input and the page say of the report, and where; chosen where the report's own field was taken from it.
report_marks = Table(
    "report_marks",
    metadata,
    _report(),
    _position(),
    _text("field"),
    _text("words"),
    _maybe("value"),
    _text("found_in"),
    _flag("chosen"),
    _key("report", "position"),
)

# Captions, paragraphs and residue, by offsets alone: their words are in reports.text.
report_parts = Table(
    "report_parts",
    metadata,
    _report(),
    _text("kind"),
    _position(),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    _maybe("reason"),
    _key("report", "kind", "position"),
)

warnings = Table("warnings", metadata, _report(), _position(), _text("message"), _key("report", "position"))

times = Table(
    "times",
    metadata,
    _id(),
    _report(),
    _position(),
    *_span(),
    _text("type"),
    _maybe("value"),
    _text("granularity"),
    _maybe("earliest"),
    _maybe("latest"),
    _maybe("anchor"),
    _maybe("reason"),
)

places = Table(
    "places",
    metadata,
    _id(),
    _report(),
    _position(),
    _text("name"),
    Column("geonames_id", Integer, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", Text, index=True),
    _maybe("admin1"),
    _maybe("feature"),
    _maybe("precision"),
    _maybe("reason"),
)

place_mentions = Table(
    "place_mentions", metadata, _owner("place", "places"), _report(), _position(), *_span(), _key("place", "position")
)

place_candidates = Table(
    "place_candidates",
    metadata,
    _owner("place", "places"),
    _report(),
    _position(),
    Column("geonames_id", Integer),
    _text("name"),
    _maybe("country"),
    _maybe("admin1"),
    Column("population", Integer),
    _key("place", "position"),
)

datelines = Table(
    "datelines",
    metadata,
    _report(),
    *_span(),
    _pointer("place", "places"),
    _maybe("date"),
    _maybe("agency"),
    _key("report"),
)

actors = Table(
    "actors",
    metadata,
    _id(),
    _report(),
    _position(),
    _text("name"),
    Column("country", Text, index=True),
    Column("code", Text, index=True),
    _maybe("role"),
    Column("known_as", Text, index=True),
)

actor_sectors = Table(
    "actor_sectors",
    metadata,
    _owner("actor", "actors"),
    _report(),
    _position(),
    Column("sector", Text, nullable=False, index=True),
    _key("actor", "position"),
)

mentions = Table(
    "mentions",
    metadata,
    _owner("actor", "actors"),
    _report(),
    _position(),
    *_span(),
    _text("kind"),
    _key("actor", "position"),
)

statements = Table(
    "statements",
    metadata,
    _id(),
    _report(),
    _position(),
    _text("kind"),
    Column("act", Text, nullable=False, index=True),
    *_date(),
    _pointer("place", "places"),
    Column("confidence", Float, nullable=False),
)

# role: speaker, relayed_by or addressee; only speakers have a span.
statement_actors = Table(
    "statement_actors",
    metadata,
    _owner("statement", "statements"),
    _report(),
    _text("role"),
    _position(),
    _actor(),
    *_span(required=False),
    _key("statement", "role", "position"),
)

# role: cue or content.
statement_spans = Table(
    "statement_spans",
    metadata,
    _owner("statement", "statements"),
    _report(),
    _text("role"),
    _position(),
    *_span(),
    _key("statement", "role", "position"),
)

events = Table(
    "events",
    metadata,
    _id(),
    _report(),
    _position(),
    Column("type", Text, nullable=False, index=True),
    _maybe("cameo"),
    _text("quad"),
    Column("score", Float),
    _text("score_scale"),
    *_span("trigger_"),
    *_span("sentence_"),
    _pointer("place", "places"),
    _maybe("place_reason"),
    *_date(),
    _maybe("date_reason"),
    _flag("negated"),
    _text("modality"),
    _pointer("statement", "statements"),
    _text("stance"),
    Column("confidence", Float, nullable=False),
    Index("ix_events_date", "date_earliest", "date_latest"),
)

event_modes = Table(
    "event_modes", metadata, _owner("event", "events"), _report(), _position(), _text("mode"), _key("event", "position")
)

event_contexts = Table(
    "event_contexts",
    metadata,
    _owner("event", "events"),
    _report(),
    _position(),
    _text("context"),
    _key("event", "position"),
)

# role: source or target.
event_actors = Table(
    "event_actors",
    metadata,
    _owner("event", "events"),
    _report(),
    _text("role"),
    _position(),
    _actor(),
    *_span(),
    _key("event", "role", "position"),
)

event_objects = Table(
    "event_objects",
    metadata,
    _owner("event", "events"),
    _report(),
    _position(),
    *_span(),
    _text("kind"),
    Column("quantity", Float),
    _flag("approximate"),
    _key("event", "position"),
)

# Who vouches for the event, nearest first.
event_attribution = Table(
    "event_attribution",
    metadata,
    _owner("event", "events"),
    _report(),
    _position(),
    _actor(),
    _key("event", "position"),
)

evidence = Table(
    "evidence",
    metadata,
    _owner("event", "events"),
    _report(),
    _position(),
    _text("role"),
    *_span(),
    _key("event", "position"),
)

# Readings that lost; found_by is a JSON array of rule ids.
alternatives = Table(
    "alternatives",
    metadata,
    _owner("event", "events"),
    _report(),
    _position(),
    _text("type"),
    Column("confidence", Float, nullable=False),
    _text("found_by"),
    _key("event", "position"),
)

# Which rules or models made a finding: an actor, an event or a statement, by its id.
found_by = Table(
    "found_by",
    metadata,
    _text("finding"),
    _report(),
    _position(),
    Column("rule", Text, nullable=False, index=True),
    _key("finding", "position"),
)

rejections = Table(
    "rejections",
    metadata,
    _id(),
    _text("name"),
    _text("stage"),
    _text("error"),
    _text("message"),
    Column("raw_sha256", Text, index=True),
)

# Articles that their outlets took back. They stay, for reports that arrive later.
retractions = Table(
    "retractions",
    metadata,
    _id(),
    _text("name"),
    _text("reason"),
    Column("article", Text, index=True),
    Column("url", Text, index=True),
    Column("external_id", Text, index=True),
    _maybe("outlet"),
    _maybe("at"),
)

# What "dateline watch" knows of each feed, so that it goes on where it stopped.
feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    _maybe("etag"),
    _maybe("last_modified"),
    Column("failures", Integer, nullable=False, server_default="0"),
    _maybe("status"),
    _maybe("polled_at"),
    _maybe("next_poll_at"),
)

# What it knows of each entry: what the feed said of it (its words left out) and the digest of that, and what became of the
# article behind it.
feed_entries = Table(
    "feed_entries",
    metadata,
    _text("feed"),
    _text("entry"),
    Column("url", Text, index=True),
    _maybe("digest"),
    _maybe("said"),
    _maybe("etag"),
    _maybe("last_modified"),
    _maybe("seen_at"),
    _maybe("checked_at"),
    Column("next_check_at", Text, index=True),
    _maybe("status"),
    _key("feed", "entry"),
)
