"""What hosts ask of programs: their robots.txt (RFC 9309), fetched at most twice a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import FetchError
from .addresses import Target

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "dateline"  # the name that a robots.txt calls us by
ROBOTS_BYTES = 2_000_000  # a longer file is no robots.txt
_READ_CHARACTERS = 512_000  # RFC 9309, 2.5: at least 500 KiB are to be read
_KEPT_S = 12 * 3600.0  # RFC 9309, 2.4: not longer than a day
_AGAIN_S = 600.0  # after the file could not be had
_KEPT_CHARACTERS = 32_000_000  # of all hosts together; the oldest go first
# In all the ways that the parser takes for one: "User-agent: x", "useragent x", "user agent: x".
_AGENT_LINE = re.compile(r"\s*(?:user-agent|useragent|user\s+agent)(?:\s*:|\s)\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str | None  # None: it could not be had
    until: float
    reason: str = ""


class Robots:
    """The rules of all hosts asked so far. ``get`` fetches a robots.txt and raises ``FetchError``."""

    def __init__(self, get: Callable[[str], str], clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._size = 0

    def knows(self, target: Target) -> bool:
        """The rules of this host need not be fetched."""
        return self._fresh(target.site) is not None

    def check(self, target: Target) -> float:
        """The pause in seconds that the host wishes between two pages. Raises ``FetchError`` when the page is barred."""
        kept = self._rules_of(target.site)
        if kept.text is None:
            raise FetchError(
                f"{target.url} is not fetched: {target.site}/robots.txt, which says what may be read there, could not be had "
                f"({kept.reason}); try again later",
                retry_after_s=max(kept.until - self._clock(), 0.0),
            )
        rules = _parsed(kept.text)
        if not rules.can_fetch(target.url, ROBOT):
            raise FetchError(
                f"{target.url} is not fetched: {target.site}/robots.txt bars programs from it; "
                "ask the outlet, or save the page and give the file",
                refused_by_robots=True,
            )
        rate = rules.request_rate(ROBOT)
        return max(rules.crawl_delay(ROBOT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def _rules_of(self, site: str) -> _Kept:
        if fresh := self._fresh(site):
            return fresh
        now, kept = self._clock(), self._kept.get(site)
        try:
            found = _Kept(_plain(self._get(f"{site}/robots.txt")[:_READ_CHARACTERS]), now + _KEPT_S)
        except FetchError as error:
            found = self._without(error, kept, now)
        self._keep(site, found)
        return found

    def _fresh(self, site: str) -> _Kept | None:
        kept, now = self._kept.get(site), self._clock()
        return kept if kept is not None and now < kept.until <= now + _KEPT_S else None

    def _without(self, error: FetchError, kept: _Kept | None, now: float) -> _Kept:
        """A host that has no robots.txt (4xx) bars nothing; one that fails to give it is left alone, or held to the last."""
        if error.status is not None and 400 <= error.status < 500 and error.status != 429:
            return _Kept("", now + _KEPT_S)
        again = now + min(max(error.retry_after_s or 0.0, _AGAIN_S), _KEPT_S)
        if kept is not None and kept.text is not None:
            return _Kept(kept.text, again)
        return _Kept(None, again, f"the server answered {error.status}" if error.status else "no answer")

    def _keep(self, site: str, found: _Kept) -> None:
        if old := self._kept.pop(site, None):
            self._size -= len(old.text or "") + 1000
        self._kept[site] = found
        self._size += len(found.text or "") + 1000
        while self._size > _KEPT_CHARACTERS and len(self._kept) > 1:
            first = next(iter(self._kept))
            self._size -= len(self._kept.pop(first).text or "") + 1000


def _plain(text: str) -> str:
    """The text with every robot but us under one name. The parser keeps each rule once for each robot of its group, so that
    thousands of names before thousands of rules would fill the memory."""
    lines = []
    for line in text.splitlines():
        if match := _AGENT_LINE.match(line):
            named = match[1].strip().lower()
            token = named.strip("*").partition("/")[0].strip()
            line = f"User-agent: {'*' if named == '*' else ROBOT if token == ROBOT else 'another'}"
        lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=4)
def _parsed(text: str) -> Protego:
    from protego import Protego

    return Protego.parse(text)
