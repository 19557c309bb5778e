"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_coders()
    _create_rejections()
    _create_reports()
    _create_actors()
    _create_found_by()
    _create_places()
    _create_report_parts()
    _create_times()
    _create_warnings()
    _create_actor_sectors()
    _create_datelines()
    _create_mentions()
    _create_place_candidates()
    _create_place_mentions()
    _create_statements()
    _create_events()
    _create_statement_actors()
    _create_statement_spans()
    _create_alternatives()
    _create_event_actors()
    _create_event_attribution()
    _create_event_contexts()
    _create_event_modes()
    _create_event_objects()
    _create_evidence()


def _create_coders() -> None:
    op.create_table(
        "coders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=False),
        sa.Column("coding_version", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("rules_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coders"),
    )


def _create_rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rejections"),
    )
    op.create_index("ix_rejections_raw_sha256", "rejections", ["raw_sha256"], unique=False)


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("headline_start_char", sa.Integer(), nullable=True),
        sa.Column("headline_end_char", sa.Integer(), nullable=True),
        sa.Column("headline_text", sa.Text(), nullable=True),
        sa.Column("byline_start_char", sa.Integer(), nullable=True),
        sa.Column("byline_end_char", sa.Integer(), nullable=True),
        sa.Column("byline_text", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("coded_at", sa.Text(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.id"], name="fk_reports_coder"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_outlet", "reports", ["outlet"], unique=False)
    op.create_index("ix_reports_published", "reports", ["published"], unique=False)
    op.create_index("ix_reports_raw_sha256", "reports", ["raw_sha256"], unique=False)


def _create_actors() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_actors_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
    )
    op.create_index("ix_actors_code", "actors", ["code"], unique=False)
    op.create_index("ix_actors_country", "actors", ["country"], unique=False)
    op.create_index("ix_actors_known_as", "actors", ["known_as"], unique=False)
    op.create_index("ix_actors_report", "actors", ["report"], unique=False)


def _create_found_by() -> None:
    op.create_table(
        "found_by",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_found_by_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "position", name="pk_found_by"),
    )
    op.create_index("ix_found_by_report", "found_by", ["report"], unique=False)
    op.create_index("ix_found_by_rule", "found_by", ["rule"], unique=False)


def _create_places() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("geonames_id", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("feature", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_places_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
    )
    op.create_index("ix_places_country", "places", ["country"], unique=False)
    op.create_index("ix_places_geonames_id", "places", ["geonames_id"], unique=False)
    op.create_index("ix_places_report", "places", ["report"], unique=False)


def _create_report_parts() -> None:
    op.create_table(
        "report_parts",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_report_parts_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "kind", "position", name="pk_report_parts"),
    )
    op.create_index("ix_report_parts_report", "report_parts", ["report"], unique=False)


def _create_times() -> None:
    op.create_table(
        "times",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("granularity", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_times_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_times"),
    )
    op.create_index("ix_times_report", "times", ["report"], unique=False)


def _create_warnings() -> None:
    op.create_table(
        "warnings",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_warnings_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "position", name="pk_warnings"),
    )
    op.create_index("ix_warnings_report", "warnings", ["report"], unique=False)


def _create_actor_sectors() -> None:
    op.create_table(
        "actor_sectors",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], name="fk_actor_sectors_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_actor_sectors_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor", "position", name="pk_actor_sectors"),
    )
    op.create_index("ix_actor_sectors_report", "actor_sectors", ["report"], unique=False)
    op.create_index("ix_actor_sectors_sector", "actor_sectors", ["sector"], unique=False)


def _create_datelines() -> None:
    op.create_table(
        "datelines",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["place"], ["places.id"], name="fk_datelines_place"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_datelines_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name="pk_datelines"),
    )
    op.create_index("ix_datelines_place", "datelines", ["place"], unique=False)
    op.create_index("ix_datelines_report", "datelines", ["report"], unique=False)


def _create_mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], name="fk_mentions_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_mentions_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor", "position", name="pk_mentions"),
    )
    op.create_index("ix_mentions_report", "mentions", ["report"], unique=False)


def _create_place_candidates() -> None:
    op.create_table(
        "place_candidates",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("geonames_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["place"], ["places.id"], name="fk_place_candidates_place", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_place_candidates_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", "position", name="pk_place_candidates"),
    )
    op.create_index("ix_place_candidates_report", "place_candidates", ["report"], unique=False)


def _create_place_mentions() -> None:
    op.create_table(
        "place_mentions",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["places.id"], name="fk_place_mentions_place", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_place_mentions_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", "position", name="pk_place_mentions"),
    )
    op.create_index("ix_place_mentions_report", "place_mentions", ["report"], unique=False)


def _create_statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("date_value", sa.Text(), nullable=True),
        sa.Column("date_earliest", sa.Text(), nullable=True),
        sa.Column("date_latest", sa.Text(), nullable=True),
        sa.Column("date_timex", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["date_timex"], ["times.id"], name="fk_statements_date_timex"),
        sa.ForeignKeyConstraint(["place"], ["places.id"], name="fk_statements_place"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_statements_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
    )
    op.create_index("ix_statements_act", "statements", ["act"], unique=False)
    op.create_index("ix_statements_date_timex", "statements", ["date_timex"], unique=False)
    op.create_index("ix_statements_place", "statements", ["place"], unique=False)
    op.create_index("ix_statements_report", "statements", ["report"], unique=False)


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("score_scale", sa.Text(), nullable=False),
        sa.Column("trigger_start_char", sa.Integer(), nullable=False),
        sa.Column("trigger_end_char", sa.Integer(), nullable=False),
        sa.Column("trigger_text", sa.Text(), nullable=False),
        sa.Column("sentence_start_char", sa.Integer(), nullable=False),
        sa.Column("sentence_end_char", sa.Integer(), nullable=False),
        sa.Column("sentence_text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_reason", sa.Text(), nullable=True),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("date_value", sa.Text(), nullable=True),
        sa.Column("date_earliest", sa.Text(), nullable=True),
        sa.Column("date_latest", sa.Text(), nullable=True),
        sa.Column("date_timex", sa.Text(), nullable=True),
        sa.Column("date_reason", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["date_timex"], ["times.id"], name="fk_events_date_timex"),
        sa.ForeignKeyConstraint(["place"], ["places.id"], name="fk_events_place"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_events_report", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name="fk_events_statement"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_date", "events", ["date_earliest", "date_latest"], unique=False)
    op.create_index("ix_events_date_timex", "events", ["date_timex"], unique=False)
    op.create_index("ix_events_place", "events", ["place"], unique=False)
    op.create_index("ix_events_report", "events", ["report"], unique=False)
    op.create_index("ix_events_statement", "events", ["statement"], unique=False)
    op.create_index("ix_events_type", "events", ["type"], unique=False)


def _create_statement_actors() -> None:
    op.create_table(
        "statement_actors",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=True),
        sa.Column("end_char", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], name="fk_statement_actors_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_statement_actors_report", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statements.id"], name="fk_statement_actors_statement", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "role", "position", name="pk_statement_actors"),
    )
    op.create_index("ix_statement_actors_actor", "statement_actors", ["actor"], unique=False)
    op.create_index("ix_statement_actors_report", "statement_actors", ["report"], unique=False)


def _create_statement_spans() -> None:
    op.create_table(
        "statement_spans",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_statement_spans_report", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statements.id"], name="fk_statement_spans_statement", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "role", "position", name="pk_statement_spans"),
    )
    op.create_index("ix_statement_spans_report", "statement_spans", ["report"], unique=False)


def _create_alternatives() -> None:
    op.create_table(
        "alternatives",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_alternatives_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_alternatives_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_alternatives"),
    )
    op.create_index("ix_alternatives_report", "alternatives", ["report"], unique=False)


def _create_event_actors() -> None:
    op.create_table(
        "event_actors",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], name="fk_event_actors_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_actors_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_event_actors_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "position", name="pk_event_actors"),
    )
    op.create_index("ix_event_actors_actor", "event_actors", ["actor"], unique=False)
    op.create_index("ix_event_actors_report", "event_actors", ["report"], unique=False)


def _create_event_attribution() -> None:
    op.create_table(
        "event_attribution",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], name="fk_event_attribution_actor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_attribution_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_event_attribution_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_event_attribution"),
    )
    op.create_index("ix_event_attribution_actor", "event_attribution", ["actor"], unique=False)
    op.create_index("ix_event_attribution_report", "event_attribution", ["report"], unique=False)


def _create_event_contexts() -> None:
    op.create_table(
        "event_contexts",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_contexts_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_event_contexts_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_event_contexts"),
    )
    op.create_index("ix_event_contexts_report", "event_contexts", ["report"], unique=False)


def _create_event_modes() -> None:
    op.create_table(
        "event_modes",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_modes_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_event_modes_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_event_modes"),
    )
    op.create_index("ix_event_modes_report", "event_modes", ["report"], unique=False)


def _create_event_objects() -> None:
    op.create_table(
        "event_objects",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_objects_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_event_objects_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_event_objects"),
    )
    op.create_index("ix_event_objects_report", "event_objects", ["report"], unique=False)


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_evidence_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_evidence_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_evidence"),
    )
    op.create_index("ix_evidence_report", "evidence", ["report"], unique=False)
