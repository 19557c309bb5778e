"""What comes of fetching an address: the page, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ADVICE = "check the address, or save the page and give the file"
LONGEST_RETRY_S = 86_400.0  # a server that sends us away for longer is asked again after a day
_SECONDS = re.compile(r"\s*(\d{1,12})(?:\.\d*)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server gave: ``data`` is the payload with all packing taken off, ``headers`` are as they were received.

    ``url`` is where it came from in the end, ``requested_url`` what was asked for. ``moved_for_good`` is the address to ask
    for from now on, when the server said that the requested one has moved. ``status`` 304 means that the page is as it was
    when ``etag`` or ``last_modified`` were noted, and ``data`` is empty. ``content_type`` is "" where the server gave none.
    ``fetched_at`` is in UTC, "2024-03-06T09:30:00Z".
    """

    url: str
    requested_url: str
    status: int
    data: bytes
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: str
    moved_for_good: str | None = None
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    address: str | None = None  # the network address that answered


def read_retry_after(words: str | None, now: float) -> float | None:
    """Seconds to wait, from a Retry-After header that gives seconds or a date; ``now`` is in seconds since 1970."""
    if not words:
        return None
    if match := _SECONDS.fullmatch(words):
        return min(float(match[1]), LONGEST_RETRY_S)
    try:
        named = parsedate_to_datetime(words[:100])
        at = named.timestamp() if named.tzinfo else named.replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(at - now, 0.0), LONGEST_RETRY_S)


def moment(seconds: float) -> str:
    """Seconds since 1970 as they are written in records."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
