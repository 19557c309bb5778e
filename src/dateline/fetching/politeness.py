"""When a host may be asked again: never quicker than it wishes, and ever more seldom while it fails."""

from __future__ import annotations

from dataclasses import dataclass

SLOWEST_S = 60.0  # a wish for a longer pause between two pages (Crawl-delay) is not honoured in full
FIRST_PAUSE_S = 5.0  # after a first failure; doubled with each that follows
LONGEST_PAUSE_S = 3600.0
LONGEST_CLOSED_S = 86_400.0  # whatever a host or a clock that was set says
_KEPT_HOSTS = 10_000


@dataclass(slots=True)
class _Host:
    asked_at: float
    delay: float = 0.0
    failures: int = 0
    closed_until: float = 0.0


class Turns:
    """The turns of all hosts, in seconds of the clock that the caller reads."""

    def __init__(self, delay_s: float) -> None:
        self._delay = delay_s
        self._hosts: dict[str, _Host] = {}

    def wait(self, host: str, now: float) -> float:
        """Seconds until the host may be asked, by the pause that is due after the last page and after failures."""
        known = self._hosts.get(host)
        if known is None:
            return 0.0
        # A clock that was set back must not make a host wait for years.
        pause = min(known.asked_at + max(known.delay, self._delay) - now, max(known.delay, self._delay))
        return max(pause, min(known.closed_until - now, LONGEST_CLOSED_S), 0.0)

    def asked(self, host: str, now: float, *, delay: float = 0.0) -> None:
        """The host is asked now; ``delay`` is the pause it wishes for."""
        known = self._hosts.pop(host, None) or _Host(now)
        known.asked_at = now
        known.delay = min(delay, SLOWEST_S)
        self._hosts[host] = known  # at the end: the order is that of the last turn
        if len(self._hosts) > _KEPT_HOSTS:
            del self._hosts[next(iter(self._hosts))]

    def answered(self, host: str) -> None:
        """The host works: its failures are forgotten."""
        if known := self._hosts.get(host):
            known.failures, known.closed_until = 0, 0.0

    def failed(self, host: str, now: float, retry_after: float | None = None) -> float:
        """The host did not answer, or said that it cannot now. The seconds to leave it alone."""
        known = self._hosts.setdefault(host, _Host(now))
        pause = min(FIRST_PAUSE_S * 2.0 ** min(known.failures, 20), LONGEST_PAUSE_S)
        pause = max(pause, retry_after or 0.0)
        known.failures += 1
        known.closed_until = max(known.closed_until, now + pause)
        return pause
