"""Where a report comes from, for ``dateline explain``: outlet, dates, versions, what the page said of itself, what coded it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..records import Mark, Record, Report

if TYPE_CHECKING:
    from ..store.library import Standing

Line = tuple[str, str | None]
"""A label and its words; nothing is printed where there are none."""


def origin_lines(record: Record, standing: Standing) -> Iterator[Line]:
    """Which report it is, whether it still counts, how its text came from the raw bytes, and what coded it."""
    report, made = record.report, record.provenance
    published = f"{report.published} ({report.published_from})" if report.published else "publication date not known"
    parts = (report.id, report.external_id, report.outlet, published, report.url)
    yield "report", " · ".join(part for part in parts if part)
    yield "headline", report.headline.text if report.headline else None
    yield from _standing_lines(standing)
    yield "taken from", _capture(report)
    yield (
        "coded by",
        f"dateline {made.dateline}, coding version {made.coding_version}, {made.pipeline}, "
        f"rules {made.rules_sha256[:12]}, at {made.coded_at}",
    )


def report_lines(report: Report) -> Iterator[Line]:
    """What else is known of the report, and who says so."""
    yield "by", "; ".join(report.authors) or None
    yield "section", report.section
    yield "modified", report.modified
    yield "article", report.article
    yield "version", report.version
    yield "canonical", report.canonical_url
    taken = {mark.field: mark.value for mark in report.marks if mark.chosen}
    for mark in report.marks:
        yield f"{mark.field} says", _mark(mark, taken.get(mark.field))


def _standing_lines(standing: Standing) -> Iterator[Line]:
    if standing.superseded_by:
        yield "superseded", f"by {standing.superseded_by}, a newer version of the same article"
    if standing.retracted:
        yield "retracted", f"{standing.retracted}{f', {standing.retracted_at}' if standing.retracted_at else ''}"


def _capture(report: Report) -> str | None:
    capture = report.capture
    if capture is None:
        return None
    parts = (
        capture.source,
        f"read as {capture.format}",
        capture.charset,
        f"text by {capture.extractor} {capture.extractor_version}".rstrip(),
        f"captured {capture.captured}" if capture.captured else None,
        f"bytes {report.raw_sha256[:12]}",
    )
    return ", ".join(part for part in parts if part)


def _mark(mark: Mark, taken: str | None) -> str:
    value = "cannot be read" if mark.value is None else f"→ {mark.value}" if mark.value != mark.words else ""
    if mark.chosen:
        judged = ", taken"
    elif taken is not None and mark.value is not None and mark.value != taken:
        judged = ", another than was taken"
    else:
        judged = ""
    return f"“{mark.words}” {value} ({mark.found_in}{judged})".replace("  ", " ")
