"""A server on this machine that misbehaves as told, a clock that only moves when someone sleeps, and a memory to look into."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dateline.fetching import Fetcher
from dateline.intake import Limits
from dateline.records import RawItem, Rejection, Retraction
from dateline.watch import Batch, EntryState, FeedState, StoppedError, Watcher, WatchList

START = 1_711_620_000.0  # 2024-03-28T10:00:00Z


@dataclass
class Answer:
    """What the server says to one request. ``slow_s`` passes between two bytes."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    slow_s: float = 0.0

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


class Site:
    """Pages by path. A list of answers is used up one by one; the last one stays."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def put(self, path: str, *answers: dict[str, Any] | bytes | str) -> str:
        self.pages[path] = [Answer(**each) if isinstance(each, dict) else Answer(each) for each in answers]
        return self.url(path)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        answers = self.pages.get(path)
        if not answers:
            return Answer("nothing here", 404)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        etag = answer.headers.get("ETag")
        return Answer(status=304, headers={"ETag": etag}) if etag and headers.get("if-none-match") == etag else answer


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        answer = self.site.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.data)))
        self.end_headers()
        try:
            if not answer.slow_s:
                self.wfile.write(answer.data)
                return
            for place in range(len(answer.data)):
                self.wfile.write(answer.data[place : place + 1])
                self.wfile.flush()
                time.sleep(answer.slow_s)
        except OSError:
            return  # whoever asked has gone

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of this test's own."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.site = found = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


class Clock:
    """Time that passes only in sleep, and ends."""

    def __init__(self) -> None:
        self.now = START
        self.end = START
        self.naps: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        if self.now + seconds > self.end:
            self.now = self.end
            raise StoppedError
        self.now += seconds

    @property
    def passed(self) -> float:
        return self.now - START


class PlainMemory:
    """Keeps states in dictionaries, and what the watcher gave for them."""

    def __init__(self) -> None:
        self.feeds: dict[str, FeedState] = {}
        self.known: dict[tuple[str, str], EntryState] = {}

    def feed(self, url: str) -> FeedState | None:
        return self.feeds.get(url)

    def entries(self, feed: str, keys: Collection[str]) -> list[EntryState]:
        return [state for (of, key), state in self.known.items() if of == feed and key in keys]

    def at(self, url: str) -> list[EntryState]:
        return [state for state in self.known.values() if state.url == url]

    def due(self, watched: Collection[str], now: str, most: int) -> list[EntryState]:
        found = [each for each in self.known.values() if each.feed in watched and each.next_check_at]
        return sorted((each for each in found if each.next_check_at <= now), key=lambda each: each.next_check_at)[:most]

    def next_check(self, watched: Collection[str]) -> str | None:
        return min(
            (each.next_check_at for each in self.known.values() if each.feed in watched and each.next_check_at),
            default=None,
        )

    def save(self, feeds: Collection[FeedState], entries: Collection[EntryState]) -> None:
        self.feeds.update((each.url, each) for each in feeds)
        self.known.update(((each.feed, each.entry), each) for each in entries)


class Desk:
    """Runs watchers one after the other with one memory and one clock, and keeps what came of them."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.memory = PlainMemory()
        self.items: list[RawItem | Rejection | Retraction] = []
        self.lines: list[str] = []
        self.limits = Limits(fetch_seconds=0.4, fetch_bytes=2_000_000)
        self.delay_s = 0.0

    def watcher(self, feeds: list[dict[str, Any]], **settings: Any) -> Watcher:
        watched = WatchList.model_validate({"watch": settings, "feed": feeds})
        fetcher = Fetcher(
            self.limits, allow_private=True, delay_s=self.delay_s, clock=self.clock.read, sleep=self.clock.sleep
        )  # fmt: skip
        return Watcher(
            watched, self.memory, fetcher, limits=self.limits, clock=self.clock.read, sleep=self.clock.sleep
        )  # fmt: skip

    def take(self, batch: Batch) -> None:
        self.items += batch.items
        self.lines += batch.lines
        self.memory.save(batch.feeds, batch.entries)

    def watch(self, *feeds: str | dict[str, Any], hours: float = 0.0, **settings: Any) -> list[Any]:
        """What comes within so many hours of a watch; with 0 hours, of one round."""
        given = [{"url": each} if isinstance(each, str) else each for each in feeds]
        before = len(self.items)
        self.clock.end = self.clock.now + (hours * 3600 or 60)
        for batch in self.watcher(given, **settings).run(once=not hours):
            self.take(batch)
        return self.items[before:]


@pytest.fixture
def desk() -> Desk:
    return Desk()
