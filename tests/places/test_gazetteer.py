"""The gazetteer's files and look-ups."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import RuleError
from dateline.places.gazetteer import look_up
from dateline.places.names import fold
from dateline.places.pack import Filter, Pack, write_filter, write_pack
from dateline.places.rules import admin1, city_pack, countries, small_names, words


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("São Paulo", "sao paulo"),
        ("Saint Louis", "st louis"),
        ("St. Louis", "st louis"),
        ("The Hague", "hague"),
        ("N'Djamena", "ndjamena"),
        ("Baden-Württemberg", "baden wurttemberg"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("Trinidad & Tobago", "trinidad and tobago"),
    ],
)
def test_names_that_are_the_same_place_fold_to_one_key(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    once = fold(name)
    assert fold(once) == once or once.split()[:1] == ["the"]


@pytest.mark.parametrize(
    ("key", "geonames_id", "country", "feature"),
    [
        ("caracas", 3646738, "VEN", "PPLC"),
        ("moscow", 524901, "RUS", "PPLC"),
        ("washington", 4140963, "USA", "PPLC"),
        ("kiev", 703448, "UKR", "PPLC"),
        ("venezuela", 3625428, "VEN", "PCLI"),
        ("texas", 4736286, "USA", "ADM1"),
    ],
)
def test_well_known_name_finds_its_entry(key: str, geonames_id: int, country: str, feature: str) -> None:
    found = {entry.geonames_id: entry for entry in look_up(key)}
    assert (found[geonames_id].country, found[geonames_id].feature) == (country, feature)


@pytest.mark.parametrize("key", ["zakharova", "qqqqq", "foreign ministry", "", "a\tb"])
def test_unknown_name_finds_nothing(key: str) -> None:
    assert look_up(key) == ()


def test_kosovo_has_the_code_of_the_record() -> None:
    assert look_up("kosovo")[0].country == "KOS"


def test_cities_of_one_name_come_by_population() -> None:
    people = [entry.population for entry in look_up("springfield") if entry.feature == "PPL" and not entry.other_name]
    assert len(people) > 10
    assert people == sorted(people, reverse=True)


def test_sources_state_licence_and_true_count() -> None:
    sources = tomllib.loads((files("dateline") / "rules/places/SOURCES.toml").read_text(encoding="utf-8"))
    assert sources["licence"] == "CC-BY-4.0"
    assert sources["counts"]["cities"] > 230_000
    assert city_pack().lines >= sources["counts"]["cities"]
    assert sources["counts"]["countries"] == len(countries())
    assert sources["counts"]["admin1"] == len(admin1())


def test_every_country_region_and_site_has_a_position_on_earth() -> None:
    for key, entries in small_names().items():
        for entry in entries:
            assert -90 <= entry.lat <= 90, key
            assert -180 <= entry.lon <= 180, key
            assert entry.country is None or len(entry.country) == 3, key


def test_white_house_is_a_building_in_the_united_states() -> None:
    (entry, *_) = look_up("white house")
    assert (entry.country, entry.precision, entry.feature) == ("USA", "point", "BLDG")


def test_context_words_are_lower_case() -> None:
    for name in type(words()).model_fields:
        for word in getattr(words(), name):
            assert word == word.lower(), (name, word)


KEYS = st.text(alphabet="abcdefgh ", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(st.tuples(KEYS, st.integers(0, 9)), min_size=1, max_size=900))
def test_pack_gives_back_the_lines_of_each_key(rows: list[tuple[str, int]]) -> None:
    lines = sorted(f"{key}\t{number}" for key, number in rows)
    lines.sort(key=lambda line: line.split("\t")[0])
    pack = Pack("test", write_pack(lines))
    for key in {key for key, _ in rows}:
        assert pack.find(key) == [line.split("\t")[1] for line in lines if line.split("\t")[0] == key]
    assert pack.find("zzz") == []


@given(st.sets(KEYS, max_size=60))
def test_filter_never_denies_a_key_it_was_given(keys: set[str]) -> None:
    found = Filter("test", write_filter(keys))
    assert all(key in found for key in keys)


def test_filter_denies_most_other_keys() -> None:
    found = Filter("test", write_filter(f"town {number}" for number in range(5000)))
    wrong = sum(f"person {number}" in found for number in range(5000))
    assert wrong < 250


def test_foreign_file_is_refused() -> None:
    with pytest.raises(RuleError, match="build_gazetteer"):
        Pack("cities.pack", b"PK\x03\x04")
    with pytest.raises(RuleError, match="build_gazetteer"):
        Filter("names.filter", b"")


def test_centre_of_a_country_lies_near_its_cities() -> None:
    chad = next(entry for entry in look_up("chad") if entry.feature == "PCLI")
    capital = look_up("ndjamena")[0]
    assert math.hypot(chad.lat - capital.lat, chad.lon - capital.lon) < 8
