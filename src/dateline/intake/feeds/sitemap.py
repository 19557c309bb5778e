"""Sitemaps, those of news among them: lists of addresses, each with what the outlet says of its page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...errors import IntakeError
from ...records import Mark, RawItem
from ..decoding import check_not_binary
from ..formats import Input, Items, digest, read_whole, rejection
from .feed_entry import read_date
from .xml_safety import local_name, safe_xml

ROOTS = frozenset({"urlset", "sitemapindex"})
NEWS = "{http://www.google.com/schemas/sitemap-news/"
# An index may name 50,000 sitemaps of 50,000 addresses; how deep indexes may name indexes is bounded by Limits.depth.


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address in a sitemap. Dates are in the words of the sitemap."""

    url: str
    modified: str | None = None
    headline: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: str | None = None


@dataclass(slots=True)
class _Found:
    """What became of a sitemap so far."""

    root: str = ""
    entries: int = 0
    unread: int = 0
    fault: str | None = None


def read_sitemap(source: Input) -> Items:
    """The pages that a sitemap lists, where ``source`` lets addresses be fetched; else one rejection that counts them."""
    data = read_whole(source, source.limits.sitemap_bytes)
    check_not_binary(source.name, data)
    raw_sha256 = digest(data)
    found = _Found()
    may_fetch = source.fetch is not None and source.fetch_rows and source.depth < source.limits.depth
    for entry in read_entries(source, data, found):
        if may_fetch:
            yield from _fetched(source, entry, is_index=found.root == "sitemapindex")
    if not may_fetch and found.entries:
        things = "address" if found.root == "urlset" else "further sitemap"
        plural = "" if found.entries == 1 else "es" if things == "address" else "s"
        error = IntakeError(
            f"{source.name} is a sitemap that lists {found.entries:,} {things}{plural}; give --fetch to fetch them"
        )
        yield rejection(source.name, error, raw_sha256)
    for fault in filter(None, (_unread(found), found.fault)):
        yield rejection(source.name, IntakeError(f"{source.name}: {fault}"), raw_sha256)
    if not found.entries and not found.unread and not found.fault:
        raise IntakeError(f"{source.name} is a sitemap without addresses; there is nothing to read in it")


def read_entries(source: Input, data: bytes, found: _Found) -> Iterator[SitemapEntry]:
    """The entries in order, as they are parsed. Raises ``IntakeError`` when it is no sitemap."""
    from lxml import etree

    text = safe_xml(source.name, data, source.charset)
    parser = etree.iterparse(
        io.BytesIO(text.encode("utf-8")), events=("start", "end"), recover=True, resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        yield from _listed(source, parser, found)
    except etree.XMLSyntaxError as error:  # even mending has an end, where nothing is left to mend
        found.fault = f"it is broken XML ({error.msg!s:.80}); addresses may be missing"
    if found.root not in ROOTS:
        raise IntakeError(f"{source.name} is no sitemap: a sitemap begins with <urlset> or <sitemapindex>")
    errors = [each for each in parser.error_log if each.level_name == "FATAL"]
    if errors and not found.fault:
        found.fault = f"it is broken XML at line {errors[0].line} ({errors[0].message:.80}); addresses may be missing"


def _listed(source: Input, parser: Any, found: _Found) -> Iterator[SitemapEntry]:
    for event, element in parser:
        name = local_name(element)
        if not found.root:
            found.root = name
            if name not in ROOTS:
                return
        if event != "end" or name not in {"url", "sitemap"} or element.getparent() is None:
            continue
        if found.entries >= source.limits.sitemap_entries:
            found.fault = f"it lists more than {found.entries:,} addresses, and those after were not read; split it"
            return
        entry = _entry(element)
        if entry is None:
            found.unread += 1
        else:
            found.entries += 1
            yield entry
        _forget(element)


def _entry(element: Any) -> SitemapEntry | None:
    fields: dict[str, str] = {}
    for inner in element.iter("*"):
        name = local_name(inner)
        if inner.tag.startswith(NEWS):
            name = f"news:{name}"
        elif inner.getparent() is not element:
            continue  # an image or video of the page
        if words := " ".join((inner.text or "").split()):
            fields.setdefault(name, words)
    url = fields.get("loc", "")
    if not url.lower().startswith(("http://", "https://")) or " " in url:
        return None
    return SitemapEntry(
        url=url,
        modified=fields.get("lastmod"),
        headline=fields.get("news:title"),
        outlet=fields.get("news:name"),
        language=fields.get("news:language"),
        published=fields.get("news:publication_date"),
    )


def _forget(element: Any) -> None:
    """Lets go of what was read, so that memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def _unread(found: _Found) -> str | None:
    if not found.unread:
        return None
    return f"{found.unread:,} of its entries have no http or https address and were passed over"


def _fetched(source: Input, entry: SitemapEntry, *, is_index: bool) -> Items:
    assert source.fetch is not None
    for item in source.fetch(entry.url):
        yield _with_entry(item, entry) if isinstance(item, RawItem) and not is_index else item


def _with_entry(item: RawItem, entry: SitemapEntry) -> RawItem:
    """The page with what the sitemap says of it."""
    published = read_date(entry.published) if entry.published else None
    marks = []
    if entry.headline:
        marks.append(Mark("headline", entry.headline, entry.headline, "sitemap"))
    if entry.outlet:
        marks.append(Mark("outlet", entry.outlet, entry.outlet, "sitemap", chosen=item.outlet is None))
    if entry.published:
        marks.append(
            Mark("published", entry.published, published, "sitemap", chosen=bool(published and not item.published))
        )
    if entry.modified:
        marks.append(Mark("modified", entry.modified, read_date(entry.modified), "sitemap"))
    if entry.language:
        marks.append(Mark("language", entry.language, entry.language.lower(), "sitemap"))
    return replace(
        item,
        outlet=item.outlet or entry.outlet,
        published=item.published or published,
        published_from=item.published_from if item.published else "feed" if published else None,
        marks=item.marks + tuple(marks),
    )
