"""Which report is the current version of its article, and which reports were taken back.

Both follow from the reports and retractions that the store holds, never from the order in which they came. All reports
with the same ``article`` are its versions; a report without one stands for itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from .tables import reports, retractions

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

# SQLite takes up to 32,766 parameters in a statement; what goes in at once stays well below that.
AT_ONCE = 500
_NUMBER = re.compile(r"[0-9]{1,18}")
# "17" or "a-17" may be an id at any outlet: where one of two outlets is unknown, it says nothing.
_ANYONES = re.compile(r"\d{1,15}|[^:/]{1,6}")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """What decides between the versions of an article. ``last_captured`` is when these words were last seen there."""

    id: str
    article: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    external_id: str | None = None
    outlet: str | None = None
    version: str | None = None
    modified: str | None = None
    last_captured: str | None = None
    published: str | None = None
    is_current: bool = True
    retraction: str | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A retraction as it is stored."""

    id: str
    article: str | None = None
    url: str | None = None
    external_id: str | None = None
    outlet: str | None = None
    at: str | None = None


_VERSION = tuple(reports.c[name] for name in Version.__dataclass_fields__)
_TAKEN_BACK = tuple(retractions.c[name] for name in TakenBack.__dataclass_fields__)


def settle(connection: Connection, report_ids: Collection[str], articles: Collection[str]) -> None:
    """Marks anew which of these reports, and of the reports of these articles, are current, and which taken back."""
    versions = {each.id: each for each in _find(connection, reports.c.id, report_ids)}
    articles = {each.article for each in versions.values() if each.article} | set(articles)
    versions |= {each.id: each for each in _find(connection, reports.c.article, articles)}
    known = _retractions_of(connection, versions.values())
    for group in _by_article(versions.values()):
        spoken_of = [each for each in known if any(names(each, version) for version in group)]
        back = {each.id: retraction_of(each, spoken_of) for each in group}
        current = current_of([each for each in group if back[each.id] is None] or group)
        for each in group:
            if (each.is_current, each.retraction) != (each is current, back[each.id]):
                change = {"is_current": each is current, "retraction": back[each.id]}
                connection.execute(update(reports).where(reports.c.id == each.id).values(change))


def matched_by(connection: Connection, taken_back: Iterable[TakenBack]) -> set[str]:
    """The reports that these retractions name."""
    given = list(taken_back)
    urls = {each.url for each in given if each.url}
    keys = {each.external_id for each in given if each.external_id}
    found = [
        *_find(connection, reports.c.article, {each.article for each in given if each.article}),
        *_find(connection, reports.c.url, urls),
        *_find(connection, reports.c.canonical_url, urls),
        *_find(connection, reports.c.external_id, keys),
    ]
    return {each.id for each in found if any(names(one, each) for one in given)}


def current_of(versions: Sequence[Version]) -> Version:
    """The newest of an article's versions: by the numbers that all of them bear, or else by time, and then by id."""
    numbered = all(each.version and _NUMBER.fullmatch(each.version) for each in versions)

    def age(each: Version) -> tuple[int, datetime, datetime, str]:
        number = int(each.version or 0) if numbered else 0
        told = moment(each.modified) or moment(each.last_captured) or moment(each.published) or _LONG_AGO
        # Many pages change without saying so: then the later capture is the newer.
        return number, told, moment(each.last_captured) or _LONG_AGO, each.id

    return max(versions, key=age)


def retraction_of(version: Version, of_article: Iterable[TakenBack]) -> str | None:
    """The latest retraction of its article that this version does not outlive, or ``None``."""
    some = [each for each in of_article if not outlives(version, each)]
    return max(some, key=lambda each: (moment(each.at) or _LONG_AGO, each.id)).id if some else None


def names(taken_back: TakenBack, version: Version) -> bool:
    """Whether the retraction speaks of this report: by its article or address, or by its id in the outlet."""
    if taken_back.article and taken_back.article == version.article:
        return True
    if taken_back.url and taken_back.url in (version.url, version.canonical_url):
        return True
    if not taken_back.external_id or taken_back.external_id != version.external_id:
        return False
    if taken_back.outlet and version.outlet:
        return taken_back.outlet.casefold() == version.outlet.casefold()
    return _ANYONES.fullmatch(taken_back.external_id) is None


def outlives(version: Version, taken_back: TakenBack) -> bool:
    """Whether the version was written or fetched after the retraction; not when either time is unknown."""
    return any(_is_later(time, taken_back.at) for time in (version.modified, version.last_captured))


def latest(*times: str | None) -> str | None:
    """The last of these times; ``None`` when none can be read."""
    return max((time for time in times if time), key=lambda time: (moment(time) or _LONG_AGO, time), default=None)


def moment(time: str | None) -> datetime | None:
    """The time as one that can be compared; a day is its first moment, a time without a zone is UTC."""
    if not time:
        return None
    try:
        read = datetime.fromisoformat(time)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _is_later(time: str | None, other: str | None) -> bool:
    first, second = moment(time), moment(other)
    if first is None or second is None:
        return False
    if min(len(time or ""), len(other or "")) <= len("2024-03-08"):  # one is a day: only another day tells them apart
        return first.date() > second.date()
    return first > second


def _by_article(versions: Iterable[Version]) -> Iterator[list[Version]]:
    groups: dict[tuple[str, str], list[Version]] = defaultdict(list)
    for each in versions:
        groups["article" if each.article else "report", each.article or each.id].append(each)
    yield from groups.values()


def _find(connection: Connection, column: ColumnElement[str], values: Collection[str]) -> Iterator[Version]:
    for some in slices(sorted(values)):
        for row in connection.execute(select(*_VERSION).where(column.in_(some))):
            yield Version(*row)


def _retractions_of(connection: Connection, versions: Iterable[Version]) -> list[TakenBack]:
    """The retractions that may speak of these versions."""
    given = list(versions)
    urls = {url for each in given for url in (each.url, each.canonical_url) if url}
    wanted = {
        retractions.c.article: {each.article for each in given if each.article},
        retractions.c.external_id: {each.external_id for each in given if each.external_id},
        retractions.c.url: urls,
    }
    found: dict[str, TakenBack] = {}
    for column, values in wanted.items():
        for some in slices(sorted(values)):
            for row in connection.execute(select(*_TAKEN_BACK).where(column.in_(some))):
                found[row[0]] = TakenBack(*row)
    return list(found.values())


def slices(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """The items in portions that one statement takes."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
