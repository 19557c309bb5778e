"""Loads the data under ``rules/places/``: countries, first-order divisions, regions and sites, and context words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..records import Precision
from ..rulefiles import RuleModel, read_table, read_toml, rules_root
from .names import fold
from .pack import Filter, Pack


@dataclass(frozen=True, slots=True)
class Entry:
    """One gazetteer entry. ``country`` is alpha-3, ``admin1`` the code of GeoNames; ``other_name`` when found by a lesser name."""

    key: str
    name: str
    geonames_id: int | None
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    population: int
    feature: str
    precision: Precision | None
    other_name: bool = False

    @property
    def identity(self) -> tuple[object, ...]:
        """Tells entries apart, also those without a GeoNames id."""
        return (self.geonames_id or self.name, self.country, self.admin1, self.feature)


class Words(RuleModel):
    """``rules/places/words.toml``."""

    locative: frozenset[str]
    motion: frozenset[str]
    directions: frozenset[str]
    area_nouns: frozenset[str]
    place_heads: frozenset[str]
    person_titles: frozenset[str]
    given_names: frozenset[str]
    organisation_words: frozenset[str]
    civic: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]
    rarely: frozenset[str]
    actor_verbs: frozenset[str]
    city_verbs: frozenset[str]
    address_verbs: frozenset[str]
    relation_nouns: frozenset[str]
    actor_nouns: frozenset[str]
    seats: frozenset[str]
    spans_of_land: frozenset[str]
    settlements: frozenset[str]


@cache
def words() -> Words:
    return read_toml("places/words.toml", Words)


@cache
def city_pack() -> Pack:
    return Pack("rules/places/cities.pack", (rules_root() / "places/cities.pack").read_bytes())


@cache
def alternate_pack() -> Pack:
    return Pack("rules/places/alternates.pack", (rules_root() / "places/alternates.pack").read_bytes())


@cache
def name_filter() -> Filter:
    return Filter("rules/places/names.filter", (rules_root() / "places/names.filter").read_bytes())


def _listed(names: str) -> list[str]:
    return [] if names == "-" else names.split("|")


_COUNTRY_COLUMNS = ("alpha2", "alpha3", "name", "geonames_id", "lat", "lon", "population", "capital", "names")
_ADMIN1_COLUMNS = ("alpha2", "code", "name", "geonames_id", "lat", "lon", "population", "names")
_SITE_COLUMNS = ("name", "alpha3", "feature", "lat", "lon", "geonames_id", "precision", "names")


@cache
def countries() -> dict[str, Entry]:
    """Country entries by alpha-2 code."""
    found = {}
    for row in read_table("places/countries.tsv", _COUNTRY_COLUMNS):
        found[row["alpha2"]] = Entry(
            fold(row["name"]), row["name"], int(row["geonames_id"]), float(row["lat"]), float(row["lon"]), row["alpha3"], None,
            int(row["population"]), "PCLI", "country",
        )  # fmt: skip
    return found


@cache
def alpha3() -> dict[str, str]:
    """Alpha-2 to alpha-3."""
    return {code: entry.country or "" for code, entry in countries().items()}


@cache
def admin1() -> dict[tuple[str, str], Entry]:
    """First-order divisions by alpha-3 code of the country and GeoNames code."""
    found = {}
    for row in read_table("places/admin1.tsv", _ADMIN1_COLUMNS):
        country = alpha3()[row["alpha2"]]
        number = None if row["geonames_id"] == "-" else int(row["geonames_id"])
        found[country, row["code"]] = Entry(
            fold(row["name"]), row["name"], number, float(row["lat"]), float(row["lon"]), country, row["code"],
            int(row["population"]), "ADM1", "admin",
        )  # fmt: skip
    return found


@cache
def small_names() -> dict[str, tuple[Entry, ...]]:
    """Countries, first-order divisions, regions and sites by key."""
    found: dict[str, list[Entry]] = {}

    def add(name: str, entry: Entry) -> None:
        under = found.setdefault(fold(name), [])
        if entry not in under:
            under.append(entry)

    for row in read_table("places/countries.tsv", _COUNTRY_COLUMNS):
        for name in (row["name"], *_listed(row["names"])):
            add(name, countries()[row["alpha2"]])
    for row in read_table("places/admin1.tsv", _ADMIN1_COLUMNS):
        for name in (row["name"], *_listed(row["names"])):
            add(name, admin1()[alpha3()[row["alpha2"]], row["code"]])
    for row in read_table("places/sites.tsv", _SITE_COLUMNS):
        entry = _site(row)
        for name in (row["name"], *_listed(row["names"])):
            others = [
                each for each in found.get(fold(name), []) if each.feature == "PCLI" or each.country != entry.country
            ]
            found[fold(name)] = [entry, *others]
    return {key: tuple(entries) for key, entries in found.items()}


_PRECISIONS: dict[str, Precision | None] = {
    "point": "point",
    "city": "city",
    "admin": "admin",
    "country": "country",
    "-": None,
}


def _site(row: dict[str, str]) -> Entry:
    number = None if row["geonames_id"] == "-" else int(row["geonames_id"])
    country = None if row["alpha3"] == "-" else row["alpha3"]
    precision = _PRECISIONS[row["precision"]]
    return Entry(
        fold(row["name"]),
        row["name"],
        number,
        float(row["lat"]),
        float(row["lon"]),
        country,
        None,
        0,
        row["feature"],
        precision,
    )
