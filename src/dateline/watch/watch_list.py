"""The file that says which feeds are watched, and how."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..errors import ConfigError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST_S = 60


def _seconds(value: object) -> object:
    """ "15m" is 900 seconds; a number is seconds already."""
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(\d{1,9})\s*([smhd])\s*", value)
        if match is None:
            raise ValueError('a time is a number and a unit: "90s", "15m", "6h" or "2d"')
        return int(match[1]) * _UNITS[match[2]]
    return value


def _checked_interval(value: object) -> object:
    value = _seconds(value)
    if isinstance(value, int | float) and value < _SHORTEST_S:
        raise ValueError(f"feeds are polled once a minute at most; give {_SHORTEST_S}s or more")
    return value


def _checked_address(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(?i)https?://[^\s/]+(?:/\S*)?", value):
        raise ValueError("a feed has an address that begins with http:// or https://")
    return value


Interval = Annotated[int, BeforeValidator(_checked_interval)]
Span = Annotated[int, BeforeValidator(_seconds), Field(ge=0)]
Address = Annotated[str, BeforeValidator(_checked_address)]
FullText = Literal["auto", "always", "never"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WatchSettings(_Model):
    """What holds for all feeds."""

    store: str | None = None  # the database; --store and $DATELINE_STORE come before it
    contact: str | None = None  # an address of yours, told to every host, so that it can write to you
    captures: str | None = None  # a .warc.gz file that keeps whatever is fetched, byte for byte
    interval: Interval = 900
    full_text: FullText = "auto"
    recheck: Span = 172_800  # for how long articles are looked at again; 0 for never


class WatchedFeed(_Model):
    """One feed. ``full_text`` says whether the page of an entry is fetched: "auto" where the feed has a summary only."""

    url: Address
    outlet: str | None = None
    interval: Interval | None = None
    full_text: FullText | None = None
    language: str | None = None


class WatchList(_Model):
    """The whole file."""

    watch: WatchSettings = WatchSettings()
    feed: tuple[WatchedFeed, ...] = Field(min_length=1)

    def interval_of(self, feed: WatchedFeed) -> int:
        return feed.interval if feed.interval is not None else self.watch.interval

    def full_text_of(self, feed: WatchedFeed) -> FullText:
        return feed.full_text or self.watch.full_text


def read_watch_list(path: Path) -> WatchList:
    """The file, checked. Raises ``ConfigError`` naming the file, the key and the fault."""
    try:
        found = WatchList.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror or error}; docs/watch.md shows what it holds"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}; docs/watch.md shows what it holds") from error
    except ValidationError as error:
        raise ConfigError(f"{path}, {_complaint(error)}") from error
    addresses = [feed.url for feed in found.feed]
    if twice := sorted({address for address in addresses if addresses.count(address) > 1}):
        raise ConfigError(f"{path}, feed.url: {twice[0]} is given twice; keep one of them")
    return found


def _complaint(error: ValidationError) -> str:
    faults = error.errors()
    first = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    place = [f"number {part + 1}" if isinstance(part, int) else part for part in first["loc"]]
    where = ".".join(str(part) for part in place)
    if first["type"] == "extra_forbidden":
        models: dict[str, type[_Model]] = {"watch": WatchSettings, "feed": WatchedFeed}
        allowed = models.get(str(first["loc"][0]), WatchList).model_fields
        return f"{where}: there is no such key; keys here are {', '.join(allowed)}"
    if first["loc"] == ("feed",):
        return 'feed: no feed is given; write [[feed]] and below it url = "https://…"'
    return f"{where}: {first['msg'].removeprefix('Value error, ')} (got {first['input']!r:.80})"
