"""When a report came out and when it was last changed, among the marks that say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..records import Mark, PublishedFrom, RawItem
from .precedence import PAGE_PLACES, disagreement, place_of, ranked

# A page may be dated ahead of its capture by a zone, or by a print edition of the next day; more is a fault.
AHEAD = timedelta(days=2)
# Two places may name the day before and the day after midnight.
APART = timedelta(days=1)
# Hours of UTC at which it is still the day before somewhere (zones to -12), or the day after already (to +14).
WEST, EAST = 12, 10


def choose_published(item: RawItem, marks: tuple[Mark, ...], warnings: list[str]) -> Mark | None:
    """The mark of the publication; the item's own date comes before all others."""
    credible = [mark for mark in ranked(marks, "published") if _is_credible(mark, item.captured, warnings)]
    own = (
        [mark for mark in marks if mark.field == "published" and mark.value == item.published] if item.published else []
    )
    if not own and not credible:
        return None
    mark = own[0] if own else _local_day(_right_clock(credible), credible)
    for other in _first_of_places(credible):
        if place_of(other) != "text" and _apart(mark.value, other.value) > APART:
            warnings.append(disagreement("publication dates", mark, other))
            break
    return mark


def choose_modified(item: RawItem, marks: tuple[Mark, ...], published: Mark | None, warnings: list[str]) -> Mark | None:
    """The mark of the last change, unless it is before the publication."""
    early: Mark | None = None
    # Dates of one place fit together: the same clock, the same zone.
    place = place_of(published) if published is not None else None
    for mark in sorted(ranked(marks, "modified"), key=lambda mark: place_of(mark) != place):
        if not _is_credible(mark, item.captured, warnings):
            continue
        if published is None or not _is_before(mark.value, published.value):
            return mark
        early = early or mark
    if early is not None and published is not None:
        warnings.append(
            f"the modification date {early.words[:40]} ({early.found_in}) is before the publication, {published.words[:40]}"
            f" ({published.found_in}); it was left out"
        )
    return None


def published_from(item: RawItem, mark: Mark | None) -> PublishedFrom | None:
    """Who gave the date: the user, a feed or the page."""
    if mark is None:
        return None
    if item.published:
        return item.published_from or "given"
    if mark.found_in in PAGE_PLACES:
        return "page"
    return "feed" if mark.found_in in ("feed", "sitemap") else "given"


def _right_clock(credible: list[Mark]) -> Mark:
    """The first mark, or its twin that shows the same clock in another zone, when only the twin's day is named elsewhere.

    Platforms write local times as UTC and UTC as local: "2019-11-20T04:31:13-06:00" and "…T04:31:13Z" on one page. The date
    that readers see, or that stands in the address, tells which is right.
    """
    first = credible[0]
    twins = [mark for mark in credible if _clock(mark) == _clock(first) != "" and mark.value != first.value]
    zones = [moment.tzinfo for mark in (first, *twins) if (moment := _read(mark.value)) and moment.utcoffset()]
    if not twins or not zones:
        return first
    seen = {(mark.value or "")[:10] for mark in credible if place_of(mark) in ("text", "url")}
    for mark in (first, *twins):
        moment = _read(mark.value)
        if moment is not None and moment.astimezone(zones[0]).date().isoformat() in seen:
            return mark
    return first


def _local_day(chosen: Mark, credible: list[Mark]) -> Mark:
    """The mark, or the day in the page's address or text where the mark gives the moment in UTC, on the day after or before.

    An American evening is the next day in UTC, an Asian morning the day before. Weekdays in a report count from its own day.
    """
    moment = _read(chosen.value)
    if moment is None or moment.utcoffset() != timedelta(0) or len(chosen.value or "") <= 10:
        return chosen
    for mark in credible:
        day = _read(mark.value)
        if place_of(mark) not in ("url", "text") or day is None or len(mark.value or "") != 10:
            continue
        away = (day.date() - moment.date()).days
        if (away == -1 and moment.hour < WEST) or (away == 1 and moment.hour >= EAST):
            return mark
    return chosen


def _clock(mark: Mark) -> str:
    moment = _read(mark.value)
    return (mark.value or "")[:19] if moment is not None and moment.tzinfo else ""


def _first_of_places(marks: list[Mark]) -> list[Mark]:
    """The mark that counts of each place; the others there are of drafts, of parts, of other reports."""
    firsts: dict[str, Mark] = {}
    for mark in marks:
        firsts.setdefault(place_of(mark), mark)
    return list(firsts.values())


def _is_credible(mark: Mark, captured: str | None, warnings: list[str]) -> bool:
    """The date is not after the day on which the report was at hand already."""
    limit, moment = _read(captured), _read(mark.value)
    if limit is None or moment is None or moment.replace(tzinfo=None) <= limit.replace(tzinfo=None) + AHEAD:
        return True
    warnings.append(
        f"the date {mark.words[:40]} ({mark.found_in}) is after the capture of {(captured or '')[:10]}; it was left out"
    )
    return False


def _read(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None


def _apart(one: str | None, other: str | None) -> timedelta:
    first, second = _read(one), _read(other)
    if first is None or second is None:
        return timedelta(0)
    if first.tzinfo and second.tzinfo:
        return abs(first - second)
    return abs(first.date() - second.date())


def _is_before(one: str | None, other: str | None) -> bool:
    first, second = _read(one), _read(other)
    if first is None or second is None:
        return False
    if first.tzinfo and second.tzinfo and len(one or "") > 10 and len(other or "") > 10:
        return first < second
    return first.date() < second.date()
