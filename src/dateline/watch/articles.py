"""The pages of entries: read in the format that they have, with what the feed says of them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ..errors import IntakeError
from ..fetching import Fetched
from ..intake import FORMATS, Limits
from ..intake.decoding import SNIFFED
from ..intake.feeds.feed import item_of, with_entry
from ..intake.feeds.feed_entry import Feed, FeedEntry
from ..intake.formats import Input
from ..intake.sniffing import find_format
from ..records import Mark, RawItem, Rejection, Retraction
from .watch_list import WatchedFeed

Item = RawItem | Rejection | Retraction
# What one address may give: a page, or a text or wire item as JSON. Not an archive of others, nor another feed.
_READ = ("html", "text", "json", "ninjs")


@dataclass(frozen=True, slots=True)
class Article:
    """What came of reading a page: items, or the reason why there are none."""

    items: tuple[Item, ...] = ()
    fault: str | None = None


def read_article(fetched: Fetched, entry: FeedEntry, feed: WatchedFeed, limits: Limits) -> Article:
    """The report on a page that was fetched for an entry."""
    if _leads_home(entry.url, fetched.url):
        return Article(fault=f"{entry.url} leads to the front page {fetched.url}")
    source = Input(
        fetched.url, io.BytesIO(fetched.data), limits,
        url=fetched.url, charset=fetched.charset, captured=fetched.fetched_at,
    )  # fmt: skip
    found: list[Item] = []
    try:
        kind = find_format(fetched.data[:SNIFFED], ".html" if "html" in fetched.content_type else "")
        if kind not in _READ:
            raise IntakeError(f"{fetched.url} is {kind}, not a page with an article")
        for item in FORMATS[kind](source):
            found.append(_as_said(item, entry, feed, fetched) if isinstance(item, RawItem) else item)
    except IntakeError as error:
        return Article(fault=str(error))
    faults = [item.message for item in found if isinstance(item, Rejection)]
    if faults and len(faults) == len(found):
        return Article(fault=faults[0])
    return Article(items=tuple(found))


def read_words(feed: WatchedFeed, entry: FeedEntry, read: Feed | None = None, reason: str = "") -> RawItem | Rejection:
    """The report in the words of the feed; ``reason`` says why not in those of its page."""
    name = f"{feed.url}: {entry.url or entry.external_id or entry.headline or 'an entry'}"
    item = item_of(entry, name, read or Feed(title=None, entries=()), feed.outlet, reason)
    return in_language(item, feed) if isinstance(item, RawItem) else item


def in_language(item: RawItem, feed: WatchedFeed) -> RawItem:
    """The item with the language that the watch list gives."""
    if feed.language is None:
        return item
    given = Mark("language", feed.language, feed.language.lower(), "given")
    return replace(item, marks=(given, *item.marks))


def _as_said(item: RawItem, entry: FeedEntry, feed: WatchedFeed, fetched: Fetched) -> RawItem:
    item = in_language(with_entry(item, entry, feed.outlet), feed)
    return replace(item, captured=item.captured or fetched.fetched_at)


def _leads_home(asked: str | None, found: str) -> bool:
    """The address of an article led to a front page, as outlets do with what they no longer have."""
    return bool(asked) and urlsplit(found).path in ("", "/") and urlsplit(asked or "").path not in ("", "/")
