"""Toponyms of a report, resolved to gazetteer entries or left open with the reason."""

from __future__ import annotations

from ..language.parse import Parse
from ..records import Place, PlaceCandidate, PlaceId, Report, Span, content_id
from .mentions import find_toponyms
from .resolution import Choice, resolve
from .rules import Entry, admin1

__all__ = ["find_places"]

MAX_CANDIDATES = 5


def find_places(report: Report, parse: Parse) -> tuple[Place, ...]:
    """The places that a report names, one for each entry, with every mention of it, in order of first mention.

    Adjectives ("Russian") are no places, nor are governments named by their capital or seat ("Moscow warned").
    """
    groups: dict[tuple[object, ...], list[Choice]] = {}
    for choice in resolve(find_toponyms(parse, report.dateline)):
        identity = choice.entry.identity if choice.entry else (choice.key,)
        groups.setdefault(identity, []).append(choice)
    places = [_place(report, group) for group in groups.values()]
    return tuple(sorted(places, key=lambda place: place.mentions[0].start))


def _place(report: Report, group: list[Choice]) -> Place:
    entry = group[0].entry
    spans = sorted({(each.start, each.end) for choice in group for each in choice.toponyms})
    mentions = tuple(Span.of(report.text, start, end) for start, end in spans)
    if entry is None:
        return _unresolved(report, mentions)
    region = admin1().get((entry.country or "", entry.admin1 or ""))
    return Place(
        id=PlaceId(content_id("p", report.id, entry.geonames_id or entry.name, mentions[0].start, mentions[0].end)),
        mentions=mentions,
        name=entry.name,
        geonames_id=entry.geonames_id,
        lat=round(entry.lat, 4),
        lon=round(entry.lon, 4),
        country=entry.country,
        admin1=region.name if region else None,
        feature=entry.feature,
        precision=entry.precision,
        reason=group[0].reason,
        candidates=_candidates(group[0]),
    )


def _unresolved(report: Report, mentions: tuple[Span, ...]) -> Place:
    name = mentions[0].text
    place_id = PlaceId(content_id("p", report.id, name, mentions[0].start, mentions[0].end))
    reason = "the words call it a place, but the gazetteer has no entry of this name"
    return Place(place_id, mentions, name, None, None, None, None, None, None, None, reason)


def _candidates(choice: Choice) -> tuple[PlaceCandidate, ...]:
    """The likeliest entries, the chosen one first; none where the name has but one."""
    if len(choice.entries) < 2:
        return ()
    order = sorted(range(len(choice.entries)), key=lambda index: (-choice.scores[index], index))[:MAX_CANDIDATES]
    return tuple(_candidate(choice.entries[index]) for index in order)


def _candidate(entry: Entry) -> PlaceCandidate:
    region = admin1().get((entry.country or "", entry.admin1 or ""))
    return PlaceCandidate(
        entry.geonames_id, entry.name, entry.country, region.name if region else None, entry.population or None
    )
