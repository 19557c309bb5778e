"""Marks, authors and captures of reports; versions of articles and retractions; the state of watched feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REPORT_COLUMNS = (
    "modified",
    "section",
    "canonical_url",
    "article",
    "version",
    "uncoded_reason",
    "capture_source",
    "capture_format",
    "capture_charset",
    "capture_extractor",
    "capture_extractor_version",
    "capture_captured",
    "last_captured",
    "retraction",
)

_INDEXED = ("external_id", "url", "canonical_url", "article", "capture_source", "is_current", "retraction")


def upgrade() -> None:
    _extend_reports()
    _create_report_authors()
    _create_report_marks()
    _create_retractions()
    _create_feeds()
    _create_feed_entries()


def _extend_reports() -> None:
    for name in _REPORT_COLUMNS:
        op.add_column("reports", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("reports", sa.Column("is_current", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in _INDEXED:
        op.create_index(f"ix_reports_{name}", "reports", [name], unique=False)


def _create_report_authors() -> None:
    op.create_table(
        "report_authors",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_report_authors_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "position", name="pk_report_authors"),
    )
    op.create_index("ix_report_authors_report", "report_authors", ["report"], unique=False)


def _create_report_marks() -> None:
    op.create_table(
        "report_marks",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("found_in", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_report_marks_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "position", name="pk_report_marks"),
    )
    op.create_index("ix_report_marks_report", "report_marks", ["report"], unique=False)


def _create_retractions() -> None:
    op.create_table(
        "retractions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_retractions"),
    )
    for name in ("article", "external_id", "url"):
        op.create_index(f"ix_retractions_{name}", "retractions", [name], unique=False)


def _create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("polled_at", sa.Text(), nullable=True),
        sa.Column("next_poll_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )


def _create_feed_entries() -> None:
    op.create_table(
        "feed_entries",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("next_check_at", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("feed", "entry", name="pk_feed_entries"),
    )
    op.create_index("ix_feed_entries_next_check_at", "feed_entries", ["next_check_at"], unique=False)
    op.create_index("ix_feed_entries_url", "feed_entries", ["url"], unique=False)
