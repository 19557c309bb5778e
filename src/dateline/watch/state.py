"""What is remembered of feeds and their entries between polls, and between runs."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol

from ..intake.feeds.feed_entry import FeedEntry

# article: its page was read. feed: the words of the feed were. elsewhere: another feed led to the same page before.
# unread: neither page nor words could be had so far. missing: the page was not found once. gone: it was taken back.
EntryStatus = Literal["article", "feed", "elsewhere", "unread", "missing", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed since its last poll. Times here and below are in UTC, "2024-03-06T09:30:00Z"."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0  # polls that failed one after the other
    status: str | None = None
    polled_at: str | None = None
    next_poll_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """An entry since its article was last looked at.

    ``entry`` is its id in the feed, or its address; ``url`` is where the feed says the article is. ``said`` is what the feed
    said of it, without its words, and where the article was found (see ``Said``).
    """

    feed: str
    entry: str
    url: str | None = None
    digest: str | None = None
    said: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    seen_at: str | None = None  # when the feed first said what it says now
    checked_at: str | None = None
    next_check_at: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is kept of an entry for the time when its article is looked at again."""

    entry: FeedEntry
    found_at: str | None = None  # the address of the article after redirects
    page_sha256: str | None = None

    def to_json(self) -> str:
        plain = {**asdict(self), "entry": asdict(replace(self.entry, body=""))}
        return json.dumps(plain, ensure_ascii=True, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | None) -> Said:
        """What ``to_json`` wrote, also by an older dateline; without it, an entry that says nothing."""
        plain: dict[str, Any] = json.loads(text) if text else {}
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in plain.get("entry", {}).items()
            if key in FeedEntry.__dataclass_fields__
        }
        return cls(entry=FeedEntry(**given), found_at=plain.get("found_at"), page_sha256=plain.get("page_sha256"))


class Memory(Protocol):
    """Where states are kept. What ``save`` is given is there in the next run, whatever happens after it."""

    def feed(self, url: str) -> FeedState | None: ...

    def entries(self, feed: str, keys: Collection[str]) -> Sequence[EntryState]: ...

    def at(self, url: str) -> Sequence[EntryState]:
        """Entries of all feeds that lead to this address."""
        ...

    def due(self, watched: Collection[str], now: str, most: int) -> Sequence[EntryState]:
        """Entries of these feeds that are to be looked at again by now, the most overdue first."""
        ...

    def next_check(self, watched: Collection[str]) -> str | None: ...

    def save(self, feeds: Collection[FeedState], entries: Collection[EntryState]) -> None: ...
