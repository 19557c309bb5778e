"""Looks up a name in all that the gazetteer holds."""

from __future__ import annotations

from functools import lru_cache

from .names import fold
from .rules import Entry, alpha3, alternate_pack, city_pack, name_filter, small_names

_FEATURES = {"": "PPL", "C": "PPLC", "2": "ADM2"}
# More than this many places of one name are never told apart by what a report says; the most populous are kept.
MAX_ENTRIES = 80


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=20_000)
def look_up(key: str) -> tuple[Entry, ...]:
    """Every entry with this folded name: countries, divisions and sites first, then cities by population."""
    found = list(small_names().get(key, ()))
    if key in name_filter():
        own = [_read_line(key, line) for line in city_pack().find(key)]
        found += own
        seen = {entry.geonames_id for entry in own}
        for line in alternate_pack().find(key):
            found += [
                entry for entry in _alternates(line) if entry.geonames_id is None or entry.geonames_id not in seen
            ]
    return tuple(found[:MAX_ENTRIES])


def _alternates(line: str) -> list[Entry]:
    found = []
    for target in line.split("|"):
        key, _, which = target.partition("=")
        for row in city_pack().find(key):
            cells = row.split("\t")
            if cells[1] == which or (not cells[1] and f"{cells[4]}.{cells[5]}" == which):
                found.append(_read_line(key, row, other_name=True))
    return sorted(found, key=lambda entry: -entry.population)


def _read_line(key: str, line: str, other_name: bool = False) -> Entry:
    name, number, lat, lon, country, admin1, population, feature = line.split("\t")
    return Entry(
        key,
        name or key.title(),
        int(number) if number else None,
        int(lat) / 1000,
        int(lon) / 1000,
        alpha3().get(country),
        admin1 or None,
        int(population),
        _FEATURES[feature],
        "admin" if feature == "2" else "city",
        other_name,
    )
