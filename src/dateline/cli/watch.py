"""``dateline watch``: feeds into the store, until stopped."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from ..records import RawItem, Record, Rejection, Retraction
from ..settings import Settings
from .coding import Coding
from .options import ExtractorName, ExtractorOption, FastOption, LeastConfidenceOption, ModelOption, StoreOption
from .terminal import say

if TYPE_CHECKING:
    from ..fetching import CaptureFile, Fetcher
    from ..pipeline import Coder
    from ..store import Store
    from ..watch import EntryState, FeedState, Watcher, WatchList
    from .ingest import Tally

# How long a wish to stop may go unnoticed while nothing is due.
_NAP_S = 1.0


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="Which feeds to watch; docs/watch.md shows how.")],
    store: StoreOption = None,
    once: Annotated[bool, typer.Option("--once", help="Poll each feed once and end, as a cron job does.")] = False,
    extractor: ExtractorOption = ExtractorName.PRECISE,
    model: ModelOption = None,
    fast: FastOption = False,
    min_confidence: LeastConfidenceOption = 0.0,
) -> None:
    """Poll feeds and code what is new, changed or taken back, until stopped (Ctrl-C, or the signal TERM).

    What was read is written before it is noted as read, so that a kill loses nothing. One line a poll goes to standard
    error. robots.txt is obeyed, and a host waits a second between two pages, or as long as it wishes.

    \b
    dateline watch feeds.toml --store news.db
    dateline watch feeds.toml --once
    """
    from ..store import Store
    from ..watch import read_watch_list
    from .ingest import Tally

    watched = read_watch_list(feeds)
    settings = Settings.from_environment()
    location = str(store) if store else _beside(feeds, watched.watch.store) or settings.store
    captures = _beside(feeds, watched.watch.captures)
    coding = Coding(model=model or settings.model, extractor=extractor, fast=fast, min_confidence=min_confidence)
    tally = Tally()
    with Store.open(location) as opened, _stop_wishes() as wish, _captures(captures) as kept:
        desk = Desk(opened, tally, coding)
        watcher = make_watcher(
            watched, desk.memory, make_fetcher(watched.watch.contact or settings.contact, kept, wish.nap), wish
        )
        try:
            for batch in watcher.run(once=once):
                desk.write(batch.items)
                desk.memory.save(batch.feeds, batch.entries)
                for line in batch.lines:
                    say(line)
        finally:
            say(tally.summary(location, opened.set_aside()))


class Desk:
    """Codes what was read and writes it. The language model loads with the first report."""

    def __init__(self, store: Store, tally: Tally, how: Coding) -> None:
        self._store = store
        self._tally = tally
        self._how = how
        self._coder: Coder | None = None
        self.memory = StoreMemory(store)

    def write(self, items: Sequence[RawItem | Rejection | Retraction]) -> None:
        """All of it in one transaction, so that it is there when this ends."""
        from .ingest import write_all

        write_all(self._store, self._coded(items), self._tally, lambda _: None)

    def _coded(self, items: Sequence[RawItem | Rejection | Retraction]) -> Iterator[Record | Rejection | Retraction]:
        from . import coding

        yield from coding.code_items((item for item in items if not isinstance(item, RawItem)), self._how)
        reports = [item for item in items if isinstance(item, RawItem)]
        if reports:
            self._coder = self._coder or coding.load_coder(self._how)
            yield from self._coder.pipe_items(reports, batch_size=coding.BATCH_SIZE)


class StoreMemory:
    """The watcher's memory, in the store."""

    def __init__(self, store: Store) -> None:
        from ..store.watching import WatchRows

        self._rows = WatchRows(store)

    def feed(self, url: str) -> FeedState | None:
        from ..watch import FeedState

        row = self._rows.feed(url)
        return None if row is None else FeedState(**row)

    def entries(self, feed: str, keys: Collection[str]) -> list[EntryState]:
        return _entries(self._rows.entries(feed, keys))

    def at(self, url: str) -> list[EntryState]:
        return _entries(self._rows.at(url))

    def due(self, watched: Collection[str], now: str, most: int) -> list[EntryState]:
        return _entries(self._rows.due(watched, now, most))

    def next_check(self, watched: Collection[str]) -> str | None:
        return self._rows.next_check(watched)

    def save(self, feeds: Collection[FeedState], entries: Collection[EntryState]) -> None:
        self._rows.save([asdict(feed) for feed in feeds], [asdict(entry) for entry in entries])


def _entries(rows: Sequence[dict[str, str | None]]) -> list[EntryState]:
    from ..watch import EntryState

    return [EntryState(**row) for row in rows]  # type: ignore[arg-type]  # the table has the fields of the state


class StopWish:
    """Whether someone wishes to stop. The second time they need not wait."""

    def __init__(self) -> None:
        self.is_there = False

    def note(self, number: int, frame: FrameType | None) -> None:
        if self.is_there:
            raise KeyboardInterrupt
        self.is_there = True

    def nap(self, seconds: float) -> None:
        """Sleeps; ends the watch when someone wishes to stop."""
        from ..watch import StoppedError

        end = time.monotonic() + seconds
        while not self.is_there and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _NAP_S))
        if self.is_there:
            raise StoppedError


@contextmanager
def _stop_wishes() -> Iterator[StopWish]:
    """INT and TERM end the watch after what is being written; the old handlers come back at the end."""
    wish = StopWish()
    before = {number: signal.signal(number, wish.note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _captures(path: str | None) -> Iterator[CaptureFile | None]:
    from ..fetching import CaptureFile

    if path is None:
        yield None
        return
    with CaptureFile(path) as kept:
        yield kept


def _beside(feeds: Path, given: str | None) -> str | None:
    """A path that the watch list gives, which counts from where the list lies; cron starts elsewhere."""
    if given is None or "://" in given:
        return given
    return str(feeds.parent / given)


def make_fetcher(contact: str | None, captures: CaptureFile | None, sleep: Callable[[float], None]) -> Fetcher:
    """What fetches feeds and pages."""
    from ..fetching import Fetcher
    from ..intake import Limits

    return Fetcher(Limits(), contact=contact, captures=captures, sleep=sleep)


def make_watcher(watched: WatchList, memory: StoreMemory, fetcher: Fetcher, wish: StopWish) -> Watcher:
    from ..intake import Limits
    from ..watch import Watcher

    return Watcher(
        watched, memory, fetcher,
        limits=Limits(), clock=time.time, sleep=wish.nap, stopped=lambda: wish.is_there,
    )  # fmt: skip
