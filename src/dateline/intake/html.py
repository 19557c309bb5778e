"""A web page, saved or fetched: one file, one report. The article in it is found later, in ``report``."""

from __future__ import annotations

from ..records import RawItem
from .decoding import check_not_binary, decode_page_as
from .formats import Input, Items, digest, read_whole


def read_html(source: Input) -> Items:
    """The one report of a page, in the encoding that the page declares."""
    data = read_whole(source, source.limits.html_bytes)
    check_not_binary(source.name, data)
    content, charset = decode_page_as(source.name, data, source.charset)
    yield RawItem(
        name=source.name,
        kind="html",
        content=content,
        raw_sha256=digest(data),
        url=source.url,
        outlet=source.outlet,
        published=source.published,
        published_from="given" if source.published else None,
        format="html",
        charset=charset,
        captured=source.captured,
    )
