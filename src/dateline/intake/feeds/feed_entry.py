"""What feeds say, whatever their format: entries with their words, dates, people and where they came from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from ...errors import ConfigError
from ..formats import digest
from ..published import YEARS, parse_published


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed. ``body`` is plain text; ``whole`` says that the feed gave it as the article and not as a summary."""

    external_id: str | None = None
    url: str | None = None
    headline: str | None = None
    body: str = ""
    whole: bool = False
    published: str | None = None  # in the words of the feed, as all dates here
    modified: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    language: str | None = None
    cancelled: str | None = None  # why the entry is no longer to be used

    def digest(self) -> str:
        """A digest of all that was read of the entry, the same for the same entry in any feed format or white space."""
        return digest(json.dumps(asdict(self), ensure_ascii=True, sort_keys=True).encode("ascii"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was read: ``faults`` are parts that could not be read, ``warning`` what the whole suffers from."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    warning: str | None = None
    faults: tuple[str, ...] = ()


def read_date(words: str) -> str | None:
    """The date as ISO 8601, ``None`` where it cannot be read. Feeds write dates more loosely than other inputs."""
    try:
        return parse_published(words)
    except ConfigError:
        pass
    try:
        moment: datetime = parsedate_to_datetime(words[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat().replace("+00:00", "Z") if moment.year in YEARS else None
