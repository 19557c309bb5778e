"""Polls feeds and reads what is new in them, batch by batch. It writes nothing: whoever runs it does, and then saves the states."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from ..errors import IntakeError
from ..fetching import Fetched, FetchError, moment
from ..intake import Limits
from ..intake.feeds.feed import is_partial, parse_feed, retraction_of
from ..intake.feeds.feed_entry import Feed, FeedEntry
from ..intake.formats import Input
from ..records import RawItem, Rejection
from .articles import Item, read_words
from .jobs import Job, Jobs, Kind
from .outcomes import Outcomes
from .schedule import next_poll, seconds
from .state import EntryState, EntryStatus, FeedState, Memory, Said
from .watch_list import WatchedFeed, WatchList

# Items that are coded and written together. A kill loses the work on these, and the next run does it again.
BATCH_SIZE = 16
# Pages fetched for one poll of one feed. What is left is found at the next poll, since the feed is not noted as read then.
MOST_PAGES = 200
_DUE_AT_ONCE = 100
_LONGEST_SLEEP_S = 3600.0
_QUIET_S = 1.0  # a longer wait for a host is used to write what has been read


class StoppedError(Exception):
    """Raised by the ``sleep`` that a watcher was given, to make it end: what has been read so far still comes out."""


class Pages(Protocol):
    """What fetches: ``dateline.fetching.Fetcher``."""

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched: ...

    def wait_for(self, url: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read, and the states that are true once it has been written. ``lines`` tell a person what happened."""

    items: tuple[Item, ...] = ()
    feeds: tuple[FeedState, ...] = ()
    entries: tuple[EntryState, ...] = ()
    lines: tuple[str, ...] = ()


class _Ready:
    """What has been read and waits to be written."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.items: list[Item] = []
        self.feeds: list[FeedState] = []
        self.entries: list[EntryState] = []
        self.lines: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.items or self.feeds or self.entries or self.lines)

    def is_full(self) -> bool:
        return len(self.items) >= BATCH_SIZE or len(self.entries) >= 20 * BATCH_SIZE

    def is_of(self, feed: str) -> bool:
        return any(each.feed == feed for each in self.entries)

    def holds(self, state: EntryState) -> bool:
        return any((each.feed, each.entry) == (state.feed, state.entry) for each in self.entries)

    def take(self) -> Batch:
        batch = Batch(tuple(self.items), tuple(self.feeds), tuple(self.entries), tuple(self.lines))
        self.clear()
        return batch


@dataclass(slots=True)
class _Poll:
    """A poll whose pages are still being fetched. Its state is saved when the last one is."""

    state: FeedState
    entries: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    waiting: int = 0
    left: int = 0
    notes: list[str] = field(default_factory=list)


class Watcher:
    """Watches the feeds of a list. ``clock`` gives seconds since 1970; ``stopped`` is asked between two pages."""

    def __init__(
        self,
        watched: WatchList,
        memory: Memory,
        fetcher: Pages,
        *,
        limits: Limits,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._watched = watched
        self._feeds = {feed.url: feed for feed in watched.feed}
        self._memory = memory
        self._fetcher = fetcher
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._stopped = stopped
        self._states = {url: memory.feed(url) or FeedState(url=url) for url in self._feeds}
        self._open: dict[str, _Poll] = {}
        self._jobs = Jobs(self._wait_for)
        self._ready = _Ready()

    def run(self, *, once: bool = False) -> Iterator[Batch]:
        """Batches, without end; with ``once``, those of one poll of each feed and of the articles due by now."""
        polled: set[str] = set()
        looked = False
        try:
            while not self._stopped():
                feed = self._due_feed(once, polled)
                if feed is not None:
                    if self._ready.is_of(feed.url):
                        yield self._ready.take()  # what is ready is not in memory yet, and would be read again
                    polled.add(feed.url)
                    yield from self._poll(feed)
                elif self._jobs:
                    if self._ready and self._jobs.wait() > _QUIET_S:
                        yield self._ready.take()
                        continue
                    self._do(self._jobs.take())
                    if self._ready.is_full():
                        yield self._ready.take()
                elif not (once and looked) and self._add_due_articles():
                    looked = True
                else:
                    if self._ready:
                        yield self._ready.take()
                    if once:
                        return
                    self._sleep(self._pause())
        except StoppedError:
            pass
        if self._ready:
            yield self._ready.take()

    # -- feeds -------------------------------------------------------------------------------

    def _due_feed(self, once: bool, polled: set[str]) -> WatchedFeed | None:
        """The most overdue feed. With ``once`` all are due, but those that failed and wait for their next turn."""
        now = moment(self._clock())
        due = [
            (state.next_poll_at or "", url)
            for url, state in self._states.items()
            if url not in self._open
            and (url not in polled if once else True)
            and ((once and not state.failures) or (state.next_poll_at or "") <= now)
        ]
        return self._feeds[min(due)[1]] if due else None

    def _poll(self, feed: WatchedFeed) -> Iterator[Batch]:
        state = self._states[feed.url]
        try:
            fetched = self._fetcher.fetch(feed.url, etag=state.etag, last_modified=state.last_modified)
            if fetched.status == 304:
                self._close(_Poll(self._polled(feed, "unchanged"), notes=["unchanged"]))
                return
            source = Input(
                feed.url, io.BytesIO(), self._limits,
                url=fetched.url, charset=fetched.charset, captured=fetched.fetched_at,
            )  # fmt: skip
            read = parse_feed(source, fetched.data)
        except IntakeError as error:
            self._close(self._failed_poll(feed, error))
            return
        poll = _Poll(replace(self._polled(feed, "read"), etag=fetched.etag, last_modified=fetched.last_modified))
        if fetched.moved_for_good:
            poll.notes.append(
                f"it has moved for good to {fetched.moved_for_good}; change the address in the watch list"
            )
        if read.warning:
            poll.notes.append(read.warning)
        self._open[feed.url] = poll
        for fault in read.faults:
            self._ready.items.append(_refused(feed.url, f"{feed.url}: {fault}"))
        shared = shared_ids(read.entries)
        for start in range(0, len(read.entries), _DUE_AT_ONCE):
            some = read.entries[start : start + _DUE_AT_ONCE]
            keyed = {key_of(entry, shared): entry for entry in reversed(some)}
            yield from self._read_entries(feed, read, keyed, poll)
        self._finish(feed.url)

    def _polled(self, feed: WatchedFeed, status: str) -> FeedState:
        now = self._clock()
        return replace(
            self._states[feed.url],
            failures=0,
            status=status,
            polled_at=moment(now),
            next_poll_at=next_poll(now, self._watched.interval_of(feed), 0),
        )

    def _failed_poll(self, feed: WatchedFeed, error: IntakeError) -> _Poll:
        now, before = self._clock(), self._states[feed.url]
        failures = before.failures + 1
        wished = error.retry_after_s if isinstance(error, FetchError) else None
        at = next_poll(now, self._watched.interval_of(feed), failures, wished)
        state = replace(before, failures=failures, status=str(error)[:500], polled_at=moment(now), next_poll_at=at)
        gone = isinstance(error, FetchError) and error.status == 410
        notes = [str(error), *(["the feed is gone for good; take it out of the watch list"] if gone else [])]
        return _Poll(state, notes=notes)

    def _read_entries(self, feed: WatchedFeed, read: Feed, keyed: dict[str, FeedEntry], poll: _Poll) -> Iterator[Batch]:
        known = {state.entry: state for state in self._memory.entries(feed.url, keyed)}
        for key, entry in keyed.items():
            poll.entries += 1
            before, digest = known.get(key), entry.digest()
            if before is not None and before.digest == digest:
                continue
            poll.new += before is None
            poll.changed += before is not None
            if self._needs_page(feed, entry) and entry.url:
                self._add_page(feed, key, entry, digest, before, poll)
            else:
                self._take_words(feed, read, key, entry, digest)
            if self._ready.is_full():
                yield self._ready.take()

    def _needs_page(self, feed: WatchedFeed, entry: FeedEntry) -> bool:
        wanted = self._watched.full_text_of(feed)
        return not entry.cancelled and (wanted == "always" or (wanted == "auto" and is_partial(entry)))

    def _add_page(
        self, feed: WatchedFeed, key: str, entry: FeedEntry, digest: str, before: EntryState | None, poll: _Poll
    ) -> None:
        """Puts the page of an entry on the list, unless another feed that is watched leads there too."""
        url = entry.url or ""
        if self._jobs.leads_to(url) or (before is None and self._is_read_elsewhere(feed, url)):
            self._ready.entries.append(self._state(feed, key, entry, digest, "elsewhere"))
            return
        if poll.waiting >= MOST_PAGES:
            poll.left += 1
            return
        poll.waiting += 1
        kind: Kind = "new" if before is None else "changed"
        self._jobs.add(Job(feed=feed, key=key, url=url, entry=entry, digest=digest, kind=kind, before=before))

    def _is_read_elsewhere(self, feed: WatchedFeed, url: str) -> bool:
        return any(
            other.status == "article" and other.feed != feed.url and other.feed in self._feeds
            for other in self._memory.at(url)
        )

    def _take_words(self, feed: WatchedFeed, read: Feed, key: str, entry: FeedEntry, digest: str) -> None:
        """The report in the words of the feed, or the retraction that the feed holds."""
        status: EntryStatus = "gone"
        item: Item
        if entry.cancelled:
            item = replace(retraction_of(entry, feed.url, feed.outlet), at=moment(self._clock()))
        else:
            item = read_words(feed, entry, read, "its page is not fetched, as the watch list says")
            status = "feed" if isinstance(item, RawItem) else "unread"
        self._ready.items.append(item)
        self._ready.entries.append(self._state(feed, key, entry, digest, status))

    def _state(self, feed: WatchedFeed, key: str, entry: FeedEntry, digest: str, status: EntryStatus) -> EntryState:
        now = moment(self._clock())
        return EntryState(
            feed=feed.url, entry=key, url=entry.url, digest=digest, seen_at=now, checked_at=now, status=status
        )

    def _finish(self, url: str) -> None:
        """Closes the poll of this feed when all its pages have been fetched."""
        poll = self._open.get(url)
        if poll is not None and poll.waiting == 0:
            if poll.left:
                poll.state = replace(poll.state, etag=None, last_modified=None, next_poll_at=moment(self._clock()))
            self._close(poll)

    def _close(self, poll: _Poll) -> None:
        self._open.pop(poll.state.url, None)
        self._states[poll.state.url] = poll.state
        self._ready.feeds.append(poll.state)
        self._ready.lines.append(_line(poll))

    # -- articles ----------------------------------------------------------------------------

    def _add_due_articles(self) -> bool:
        """Puts the articles that are to be looked at again on the list; whether there are any."""
        if not self._watched.watch.recheck:
            return False
        found = False
        for state in self._memory.due(tuple(self._feeds), moment(self._clock()), _DUE_AT_ONCE):
            said = Said.from_json(state.said)
            url = said.found_at or state.url
            if url and not self._ready.holds(state):
                job = Job(
                    feed=self._feeds[state.feed], key=state.entry, url=url, entry=said.entry, digest=state.digest,
                    kind="again", before=state,
                )  # fmt: skip
                self._jobs.add(job)
                found = True
        return found

    def _do(self, job: Job) -> None:
        before = job.before if job.kind == "again" else None
        etag, last_modified = (before.etag, before.last_modified) if before else (None, None)
        outcomes = Outcomes(job, window=self._watched.watch.recheck, limits=self._limits)
        try:
            fetched = self._fetcher.fetch(job.url, etag=etag, last_modified=last_modified)
            outcome = outcomes.with_page(fetched, self._clock())
        except FetchError as error:
            outcome = outcomes.without_page(error, self._clock())
        self._ready.items += outcome.items
        self._ready.entries.append(outcome.state)
        if outcome.note:
            self._ready.lines.append(f"{moment(self._clock())[11:19]} {job.url}: {outcome.note}")
        poll = self._open.get(job.feed.url)
        if poll is not None and job.kind != "again":
            poll.waiting -= 1
            poll.pages += outcome.state.status == "article"
            self._finish(job.feed.url)

    # -- waiting -----------------------------------------------------------------------------

    def _wait_for(self, url: str) -> float:
        try:
            return self._fetcher.wait_for(url)
        except FetchError:
            return 0.0  # no address at all: fetching says so

    def _pause(self) -> float:
        """Seconds until something is due."""
        polls = [state.next_poll_at for state in self._states.values()]
        check = self._memory.next_check(tuple(self._feeds)) if self._watched.watch.recheck else None
        times = [at for each in (*polls, check) if (at := seconds(each)) is not None]
        now = self._clock()
        return min(max(min(times, default=now) - now, 1.0), _LONGEST_SLEEP_S)


def shared_ids(entries: tuple[FeedEntry, ...]) -> frozenset[str]:
    """Ids that a feed gives to entries with several addresses, as those do that write the outlet's own into each."""
    addresses: dict[str, set[str | None]] = {}
    for entry in entries:
        if entry.external_id and not entry.cancelled:  # what is taken back has no address in many feeds
            addresses.setdefault(entry.external_id, set()).add(entry.url)
    return frozenset(each for each, found in addresses.items() if len(found) > 1)


def key_of(entry: FeedEntry, shared: frozenset[str] = frozenset()) -> str:
    """What an entry is known by in its feed: its id, if that is its own, or its address, or else its words."""
    if entry.external_id and entry.external_id not in shared:
        return f"id:{entry.external_id[:1000]}"
    return f"url:{entry.url}" if entry.url else f"words:{entry.digest()}"


def _refused(name: str, message: str) -> Rejection:
    return Rejection(name=name, stage="intake", error="IntakeError", message=message)


def _line(poll: _Poll) -> str:
    """A poll in one line for a person."""
    state = poll.state
    counts = []
    if state.status == "read":
        counts = [f"{poll.entries} entries", f"{poll.new} new", f"{poll.changed} changed", f"{poll.pages} pages read"]
    if poll.left:
        counts.append(f"{poll.left} left for the next poll")
    words = ", ".join([*counts, *poll.notes])
    return f"{(state.polled_at or '')[11:19]} {_short(state.url)}: {words}; next at {state.next_poll_at}"


def _short(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"
