"""Plain text: one file, one report."""

from __future__ import annotations

from ..records import RawItem
from .decoding import MARKS, check_not_binary, decode_text
from .formats import Input, Items, digest, read_whole


def read_text(source: Input) -> Items:
    """The one report of a text file, its text unchanged but for a byte order mark."""
    data = read_whole(source, source.limits.text_bytes)
    check_not_binary(source.name, data)
    yield RawItem(
        name=source.name,
        kind="text",
        content=decode_text(source.name, data),
        raw_sha256=digest(data),
        url=source.url,
        outlet=source.outlet,
        published=source.published,
        published_from="given" if source.published else None,
        format="text",
        charset=next((encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8"),
        captured=source.captured,
    )
