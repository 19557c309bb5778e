"""Feeds: RSS, Atom and JSON Feed. An entry is a report, in the words of the feed or, where those are a summary, of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...errors import IntakeError
from ...records import Mark, RawItem, Rejection, Retraction
from ..decoding import check_not_binary, decode_page
from ..formats import Input, Items, digest, read_whole, rejection
from .feed_entry import Feed, FeedEntry, read_date
from .feed_json import read_json_feed
from .feed_xml import read_xml_feed

# A feed without a content element gives summaries, or else whole articles under "description". The shortest wire stories
# have about 100 words; summaries end below that, or say that there is more.
SUMMARY_CHARACTERS = 600
# Capitals, since it is a link's words: "people who read more" is a sentence.
_MORE = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|more)\]|(?:Read|READ|View|See|Find out) (?:more|MORE|full|(?:the )?(?:full|rest|whole))\b[^.\n]{0,60}"
    r"|(?:Continued?|Keep) (?:r|R)eading\b[^.\n]{0,200})[\s\])>»→.…]*$"
)
ONLY_SUMMARY = "only the feed's summary was read, not the article"


def read_feed(source: Input) -> Items:
    """The entries of a feed, in its order. A summary is replaced by its article where ``source`` lets addresses be fetched."""
    data = read_whole(source, source.limits.feed_bytes)
    check_not_binary(source.name, data)
    feed = parse_feed(source, data)
    raw_sha256 = digest(data)
    for number, entry in enumerate(feed.entries, start=1):
        yield from _read_entry(source, feed, entry, f"{source.name} entry {number}")
    for fault in feed.faults:
        yield rejection(source.name, IntakeError(f"{source.name}: {fault}"), raw_sha256)
    if not feed.entries and not feed.faults:
        raise IntakeError(f"{source.name} is a feed without entries; there is nothing to code in it")


def parse_feed(source: Input, data: bytes) -> Feed:
    """The feed in these bytes. Raises ``IntakeError`` when they are none."""
    start = data[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if start[:1] in (b"{", b"["):
        return read_json_feed(source.name, decode_page(source.name, data, "utf-8"))
    return read_xml_feed(source.name, data, source.charset, source.url, source.limits.feed_entries)


def is_partial(entry: FeedEntry) -> bool:
    """The feed gives a summary only: it ends with "Read more" or an ellipsis, or is short and not said to be the content."""
    return bool(_MORE.search(entry.body[-300:])) or (not entry.whole and len(entry.body) < SUMMARY_CHARACTERS)


def _read_entry(source: Input, feed: Feed, entry: FeedEntry, name: str) -> Items:
    if entry.cancelled:
        yield retraction_of(entry, name, source.outlet)
        return
    reason = ""
    if is_partial(entry) and entry.url and source.fetch is not None and getattr(source, "fetch_rows", False):
        for item in source.fetch(entry.url):
            if isinstance(item, Rejection) and entry.body:
                reason = item.message
                break
            yield with_entry(item, entry) if isinstance(item, RawItem) else item
        else:
            return
    yield item_of(entry, name, feed, source.outlet, reason)


def item_of(
    entry: FeedEntry, name: str, feed: Feed, outlet: str | None = None, reason: str = ""
) -> RawItem | Rejection:
    """The report in the words of the feed; ``reason`` says why not in those of the article. An entry without words is none."""
    raw_sha256 = entry.digest()
    if not entry.body.strip():
        words = f"{name} has no words but its headline {(entry.headline or '')[:60]!r}"
        return rejection(
            name, IntakeError(f"{words}: {reason}" if reason else f"{words}; give --fetch to read its page"), raw_sha256
        )
    headline, body = entry.headline, entry.body
    if headline and not " ".join(body.split()).lower().startswith(headline.lower()):
        body = f"{headline}\n\n{body}"
    published = read_date(entry.published) if entry.published else None
    warnings = [feed.warning] if feed.warning else []
    if is_partial(entry):
        warnings.append(f"{ONLY_SUMMARY}: {reason}"[:400] if reason else ONLY_SUMMARY)
    if entry.published and not published:
        warnings.append(f"the publication date {entry.published[:60]!r} cannot be read")
    return RawItem(
        name=name,
        kind="text",
        content=body,
        raw_sha256=raw_sha256,
        external_id=entry.external_id,
        url=entry.url,
        outlet=outlet or feed.title,
        headline=headline,
        published=published,
        published_from="feed" if published else None,
        format="feed",
        version=_version(entry),
        marks=tuple(_marks(entry)),
        warnings=tuple(warnings),
    )


def with_entry(item: RawItem, entry: FeedEntry, outlet: str | None = None) -> RawItem:
    """The article of an entry, as it was fetched, with what the feed says of it."""
    published = read_date(entry.published) if entry.published else None
    marks = list(_marks(entry))
    if entry.headline:
        marks.append(Mark("headline", entry.headline, entry.headline, "feed"))
    if entry.published:
        marks.append(Mark("published", entry.published, published, "feed", chosen=published is not None))
    return replace(
        item,
        external_id=entry.external_id or item.external_id,
        url=item.url or entry.url,
        outlet=item.outlet or outlet,
        published=published or item.published,
        published_from="feed" if published else item.published_from,
        version=_version(entry) or item.version,
        marks=item.marks + tuple(marks),
    )


def retraction_of(entry: FeedEntry, name: str, outlet: str | None = None) -> Retraction:
    """The article of an entry taken back, as the feed says."""
    return Retraction(
        name=name,
        reason=entry.cancelled or "the feed took it back",
        url=entry.url,
        external_id=entry.external_id,
        outlet=outlet,
        at=read_date(entry.modified) if entry.modified else None,
    )


def _version(entry: FeedEntry) -> str | None:
    return (read_date(entry.modified) or entry.modified[:100]) if entry.modified else None


def _marks(entry: FeedEntry) -> Iterator[Mark]:
    if entry.modified:
        yield Mark("modified", entry.modified, read_date(entry.modified), "feed")
    yield from (Mark("author", author, author, "feed") for author in entry.authors)
    yield from (Mark("section", section, section, "feed") for section in entry.sections)
    yield from (Mark("origin", origin, origin, "feed") for origin in entry.origins)
    yield from (Mark("enclosure", address, address, "feed") for address in entry.enclosures)
    if entry.language:
        yield Mark("language", entry.language, entry.language.lower(), "feed")
