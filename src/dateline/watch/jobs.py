"""Pages to be fetched, taken in an order that keeps no host busy and none waiting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from ..intake.feeds.feed_entry import FeedEntry
from .state import EntryState
from .watch_list import WatchedFeed

Kind = Literal["new", "changed", "again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A page to fetch: of an entry that is new or changed in its feed, or to look at again."""

    feed: WatchedFeed
    key: str
    url: str
    entry: FeedEntry
    digest: str | None
    kind: Kind
    before: EntryState | None = None


class Jobs:
    """The pages to be fetched, by host. ``wait_for`` says how many seconds an address has to wait for its turn."""

    def __init__(self, wait_for: Callable[[str], float]) -> None:
        self._wait_for = wait_for
        self._by_host: dict[str, deque[Job]] = {}
        self._addresses: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._by_host)

    def add(self, job: Job) -> None:
        host = urlsplit(job.url).netloc.lower()
        self._by_host.setdefault(host, deque()).append(job)
        if job.kind != "again":
            self._addresses.add(job.url)

    def leads_to(self, url: str) -> bool:
        """The page at this address is to be fetched already, for an entry that is new or changed. To look at it again is
        another matter: what an entry says now is noted with its own page only."""
        return url in self._addresses

    def wait(self) -> float:
        """Seconds until the first host may be asked."""
        return min((self._wait_for(jobs[0].url) for jobs in self._by_host.values()), default=0.0)

    def take(self) -> Job:
        """The next page of the host that may be asked first; among those that may be asked now, of the one asked longest ago."""
        host = min(self._by_host, key=lambda each: self._wait_for(self._by_host[each][0].url))
        jobs = self._by_host.pop(host)
        job = jobs.popleft()
        if jobs:
            self._by_host[host] = jobs  # at the end: the others come first now
        if job.kind != "again":
            self._addresses.discard(job.url)
        return job
