"""Records that dateline itself wrote (``dateline code --format jsonl``), read as input again: the same report comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from ...errors import IntakeError
from ...records import Mark, MarkField, PublishedFrom, RawItem
from ..decoding import writable


def is_coded(row: Mapping[str, Any]) -> bool:
    """The row is a record of dateline's."""
    return "schema_version" in row and isinstance(row.get("report"), dict)


def read_coded(name: str, row: Mapping[str, Any], raw_sha256: str, input_format: str) -> RawItem:
    """The report of a record: its text unchanged, and what was known of it. A date that the text itself said is found anew."""
    report = row["report"]
    text = report.get("text")
    if not isinstance(text, str) or not text.strip():
        raise IntakeError(f'{name} is a record without a text: its "report" has no "text"')
    published_from = report.get("published_from")
    published = _words(report, "published") if published_from in ("given", "page", "feed") else None
    origin: PublishedFrom | None = published_from if published else None
    headline = report.get("headline")
    capture = report.get("capture") if isinstance(report.get("capture"), dict) else {}
    return RawItem(
        name=name,
        kind="text",
        content=writable(text),
        raw_sha256=raw_sha256,
        external_id=_words(report, "external_id"),
        url=_words(report, "url"),
        outlet=_words(report, "outlet"),
        headline=_words(headline, "text") if isinstance(headline, dict) else None,
        published=published,
        published_from=origin,
        format=input_format,
        captured=_words(capture, "captured"),
        version=_words(report, "version"),
        marks=tuple(_marks(report.get("marks"))),
    )


def _words(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return writable(value) or None if isinstance(value, str) else None


def _marks(marks: Any) -> list[Mark]:
    found = []
    for mark in marks if isinstance(marks, list) else ():
        if isinstance(mark, dict) and mark.get("field") in get_args(MarkField):
            words, value, where = _words(mark, "words"), _words(mark, "value"), _words(mark, "found_in")
            if words is not None and where is not None:
                found.append(Mark(mark["field"], words, value, where, mark.get("chosen") is True))
    return found
