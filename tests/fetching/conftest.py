"""A server on this machine that stands in for the web, good and bad: a test names its pages and how they misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.fetching import Fetcher
from dateline.intake import Limits

PAGE = "<html><head><title>Talks</title></head><body><p>The ministers met “again” in Harbourtown.</p></body></html>"
Page = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Gives the pages of its site; each is a function of the handler."""

    site: Site

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.site.asked.append(self.path)
        self.site.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.site.pages.get(path, missing)(self)

    def give(self, data: bytes | str = PAGE, status: int = 200, kind: str | None = "text/html", **headers: str) -> None:
        """An orderly answer; ``retry_after="5"`` becomes a Retry-After header."""
        data = data.encode() if isinstance(data, str) else data
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.write(data)

    def write(self, *chunks: bytes, pause: float = 0.0) -> None:
        """Bytes as they are, with a pause after each chunk; a client that left is no fault."""
        try:
            for chunk in chunks:
                self.wfile.write(chunk)
                self.wfile.flush()
                if self.site.closing.wait(pause) if pause else False:
                    return
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        return


def missing(handler: Handler) -> None:
    handler.give("gone", status=404)


@dataclass
class Site:
    """A server, its pages by path, and what it was asked for."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def page(self, path: str, data: bytes | str = PAGE, status: int = 200, **headers: str) -> str:
        """Adds a page that is given as it is, and says its address."""
        return self.serve(path, lambda handler: handler.give(data, status, **headers))  # type: ignore[arg-type]

    def raw(self, path: str, *chunks: bytes, pause: float = 0.0) -> str:
        """Adds a page whose every byte, from the status line on, is as given."""
        return self.serve(path, lambda handler: handler.write(*chunks, pause=pause))

    def serve(self, path: str, page: Page) -> str:
        self.pages[path] = page
        return self.url + path


class Time:
    """A clock that goes on only when someone sleeps."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    handler = type("SiteHandler", (Handler,), {"site": found})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    found.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.closing.set()
    server.shutdown()
    server.server_close()
    thread.join(2)


@pytest.fixture
def times() -> Time:
    return Time()


@pytest.fixture
def fetcher(times: Time) -> Callable[..., Fetcher]:
    """``fetcher(robots=True, fetch_seconds=0.3, …)``: one that may fetch from this machine, with a clock of its own."""

    def make(**options: object) -> Fetcher:
        bounds = {name: options.pop(name) for name in ("fetch_bytes", "fetch_seconds", "redirects") if name in options}
        limits = Limits(**{"fetch_bytes": 100_000, "fetch_seconds": 5.0, **bounds})  # type: ignore[arg-type]
        given = {"allow_private": True, "robots": False, "clock": times.clock, "sleep": times.sleep, **options}
        return Fetcher(limits, **given)  # type: ignore[arg-type]

    return make


@pytest.fixture
def took() -> Callable[[], float]:
    start = time.monotonic()
    return lambda: time.monotonic() - start
