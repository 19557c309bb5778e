"""When feeds are polled and articles looked at again. No chance in it: the same history gives the same times."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from ..fetching import moment

LONGEST_PAUSE_S = 86_400.0  # a feed that fails is asked at least once a day
FIRST_CHECK_S = 1_800.0  # most corrections come within the first hours; each check is as far off as the article is old
CONFIRM_S = 3_600.0  # a page that is not found is looked for once more before it counts as taken back


def seconds(moment: str | None) -> float | None:
    """The other way round; ``None`` for what is no time."""
    try:
        return datetime.fromisoformat(moment).timestamp() if moment else None
    except ValueError:
        return None


def next_poll(now: float, interval: float, failures: int, retry_after: float | None = None) -> str:
    """An interval later; after failures twice as long with each, up to a day; never before the host wishes."""
    pause = min(interval * 2.0 ** min(failures, 30), max(LONGEST_PAUSE_S, interval))
    return moment(ceil(now + max(pause, retry_after or 0.0)))  # states have whole seconds: round up


def next_check(now: float, seen: float, window: float, *, not_before: float | None = None) -> str | None:
    """When an article first seen then is looked at again, ``None`` when it is older than the window by then."""
    at = now + max(FIRST_CHECK_S, now - seen, not_before or 0.0)
    return moment(ceil(at)) if at - seen <= window else None
