"""Pages fetched from the web safely and politely."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .. import __version__
from ..errors import ConfigError, FetchError
from .addresses import Target, checked_addresses, follow, parse_address
from .answers import ADVICE, Fetched, moment, read_retry_after
from .captures import CaptureFile
from .exchange import FAULTS, Answer, ask
from .packing import PackingError, Packings
from .politeness import Turns
from .robots import ROBOTS_BYTES, Robots

_ACCEPTED = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, text/plain;q=0.8, */*;q=0.5"
)
_RESOLVE_S = 10.0
_LONGEST_MARK = 1000  # of an ETag that is kept and sent back


class Bounds(Protocol):
    """The limits of one fetch, as ``dateline.intake.Limits`` has them."""

    @property
    def fetch_bytes(self) -> int: ...

    @property
    def fetch_seconds(self) -> float: ...

    @property
    def redirects(self) -> int: ...


@dataclass(slots=True)
class _Journey:
    """The way from the address asked for to the page, over the redirects between."""

    url: str
    deadline: float
    obey: bool
    most: int
    headers: Mapping[str, str]
    moved_for_good: str | None = None
    lasting: bool = True  # all redirects so far were for good
    waited_for: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)


class Fetcher:
    """Fetches pages: from public addresses only, within limits, and politely.

    ``robots`` says whether robots.txt is obeyed: it is meant for addresses that a program took from a feed or a list. One
    address that a person typed is read as a browser would read it, with ``robots=False`` here or in ``fetch``. One host
    waits ``delay_s`` between two pages, or as long as it wishes up to a minute; a host that failed is left alone for ever
    longer, and when that is more than ``patience_s`` away, ``fetch`` refuses at once with ``retry_after_s``.
    ``contact`` (an address of yours, on the web or for mail) goes into the user agent, so that a host can write to you.
    ``allow_private`` lets tests fetch from their own machine; nothing else sets it. ``clock`` gives seconds since 1970.

    It is not for several threads at once.
    """

    def __init__(
        self,
        limits: Bounds,
        *,
        user_agent: str | None = None,
        contact: str | None = None,
        allow_private: bool = False,
        robots: bool = True,
        delay_s: float = 1.0,
        patience_s: float = 60.0,
        captures: CaptureFile | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._user_agent = (user_agent or f"dateline/{__version__}") + (f" (+{contact})" if contact else "")
        if not (self._user_agent.isascii() and self._user_agent.isprintable()):
            raise ConfigError(
                f"the user agent {self._user_agent!r:.120} has letters that no header can hold; use ASCII"
            )
        self._allow_private = allow_private
        self._obeys_robots = robots
        self._patience = patience_s
        self._captures = captures
        self._clock = clock
        self._sleep = sleep
        self._packings = Packings()
        self._turns = Turns(delay_s)
        self._robots = Robots(self._read_robots, clock)

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, robots: bool | None = None
    ) -> Fetched:
        """The page at a web address, or a ``Fetched`` of status 304 when it is as ``etag`` and ``last_modified`` say.

        ``robots`` overrules what the fetcher was made with. Raises ``FetchError``.
        """
        headers = {"Accept": _ACCEPTED}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        obey = self._obeys_robots if robots is None else robots
        journey = self._journey(url, headers, obey=obey, most=self._limits.fetch_bytes)
        target, answer = self._travel(journey)
        if not (answer.status == 200 or (answer.status == 304 and (etag or last_modified))):
            raise self._refusal(url, answer)
        fetched = Fetched(
            url=target.url,
            requested_url=url,
            status=answer.status,
            data=answer.data,
            content_type=answer.headers.get_content_type() if "Content-Type" in answer.headers else "",
            charset=answer.headers.get_content_charset(),
            etag=_mark(answer, "ETag") or (etag if answer.status == 304 else None),
            last_modified=_mark(answer, "Last-Modified") or (last_modified if answer.status == 304 else None),
            fetched_at=self.now(),
            moved_for_good=journey.moved_for_good,
            reason=answer.reason,
            headers=tuple((name, str(value)) for name, value in answer.headers.items()),
            address=answer.address,
        )
        if self._captures is not None and fetched.status == 200:
            self._captures.write(fetched)
        return fetched

    def wait_for(self, url: str) -> float:
        """Seconds until the host of this address may be asked again."""
        return self._turns.wait(parse_address(url).host, self._clock())

    def now(self) -> str:
        """The time as records have it, by the fetcher's clock."""
        return moment(self._clock())

    def _journey(self, url: str, headers: Mapping[str, str], *, obey: bool, most: int) -> _Journey:
        whole = {
            "User-Agent": self._user_agent,
            "Accept-Encoding": self._packings.accepted,
            "Connection": "close",
            **headers,
        }
        return _Journey(url, time.monotonic() + self._limits.fetch_seconds, obey, most, whole)

    def _travel(self, journey: _Journey) -> tuple[Target, Answer]:
        """The first answer that is no redirect, and where it came from."""
        where = journey.url
        for _ in range(self._limits.redirects + 1):
            target = parse_address(where)
            if target.url in journey.seen:
                raise FetchError(f"{journey.url} was redirected in a circle, by way of {target.url:.200}; {ADVICE}")
            journey.seen.add(target.url)
            answer = self._step(journey, target)
            if answer.location is None:
                return target, answer
            where = follow(target.url, answer.location)
            _note_move(journey, answer.status, target, where)
        raise FetchError(f"{journey.url} was redirected more than {self._limits.redirects} times; {ADVICE}")

    def _step(self, journey: _Journey, target: Target) -> Answer:
        """The answer to one request, made when and if the host likes it."""
        try:
            left = max(journey.deadline - time.monotonic(), 0.01)
            addresses = checked_addresses(target, seconds=min(left, _RESOLVE_S), allow_private=self._allow_private)
            delay = self._await_turn(journey, target)
            self._turns.asked(target.host, self._clock(), delay=delay)
            answer = ask(
                target, addresses, journey.headers, self._packings, most=journey.most, deadline=journey.deadline
            )
        except PackingError as error:
            raise FetchError(f"{journey.url} could not be fetched: {error}; {ADVICE}") from error
        except FAULTS as error:
            self._turns.failed(target.host, self._clock())
            if time.monotonic() >= journey.deadline - 0.02:
                raise FetchError(
                    f"{journey.url} took longer than {self._limits.fetch_seconds:g} seconds; {ADVICE}"
                ) from error
            raise FetchError(f"{journey.url} could not be fetched ({_reason(error)}); {ADVICE}") from error
        if answer.status == 429 or answer.status >= 500:
            self._turns.failed(target.host, self._clock(), self._retry_after(answer))
        else:
            self._turns.answered(target.host)
        return answer

    def _await_turn(self, journey: _Journey, target: Target) -> float:
        """Waits until the host may be asked; the pause that it wishes for. What is waited does not count as time taken."""
        start = time.monotonic()
        if journey.obey and self._robots.knows(target):
            self._robots.check(target)  # what is barred needs no turn
        if target.host not in journey.waited_for:
            wait = self._turns.wait(target.host, self._clock())
            if wait > self._patience:
                raise FetchError(
                    f"{journey.url} is not fetched now: {target.host} failed or asked for a pause; "
                    f"it is asked again in {wait:.0f} seconds",
                    retry_after_s=wait,
                )
            if wait > 0:
                self._sleep(wait)
            journey.waited_for.add(target.host)
        delay = self._robots.check(target) if journey.obey else 0.0
        journey.deadline += time.monotonic() - start
        return delay

    def _read_robots(self, url: str) -> str:
        journey = self._journey(url, {"Accept": "text/plain, */*;q=0.5"}, obey=False, most=ROBOTS_BYTES)
        journey.waited_for.add(parse_address(url).host)  # whose turn it is already
        _, answer = self._travel(journey)
        if answer.status != 200:
            raise self._refusal(url, answer)
        return answer.data.decode("utf-8", "replace").removeprefix("\ufeff")

    def _refusal(self, url: str, answer: Answer) -> FetchError:
        return FetchError(
            f"{url} could not be fetched: the server answered {answer.status} {answer.reason:.40}; {ADVICE}",
            status=answer.status,
            retry_after_s=self._retry_after(answer),
        )

    def _retry_after(self, answer: Answer) -> float | None:
        return read_retry_after(answer.headers.get("Retry-After"), self._clock())


def _note_move(journey: _Journey, status: int, target: Target, where: str) -> None:
    """A move is for good while every redirect so far said so. A move from https to http is followed, as browsers do, but
    never kept: whoever sits on the line could have made it up."""
    journey.lasting = journey.lasting and status in (301, 308)
    if journey.lasting and target.secure and where[:5].lower() == "http:":
        journey.lasting = False
    if journey.lasting:
        journey.moved_for_good = where.partition("#")[0]


def _mark(answer: Answer, name: str) -> str | None:
    """A header that is sent back another time, if it is a short one."""
    words = str(answer.headers.get(name) or "").strip()
    return words if words and len(words) <= _LONGEST_MARK and words.isprintable() else None


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {words!s:.100}" if words else type(error).__name__
