"""Which words of a report name places, and which entry each name is resolved to."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.places import find_places
from dateline.records import Place, Report

if TYPE_CHECKING:
    from dateline.language.parse import Parse

ParseText = Callable[..., "tuple[Report, Parse]"]

pytestmark = pytest.mark.model


@pytest.fixture
def places_of(parse_text: ParseText) -> Callable[[str], tuple[Place, ...]]:
    def find(text: str) -> tuple[Place, ...]:
        return find_places(*parse_text(text))

    return find


Find = Callable[[str], tuple[Place, ...]]


def named(places: tuple[Place, ...]) -> set[str]:
    return {mention.text for place in places for mention in place.mentions}


def only(places: tuple[Place, ...], words: str) -> Place:
    (found,) = [place for place in places if any(mention.text == words for mention in place.mentions)]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The envoy arrived in Moscow on Tuesday.", "Moscow"),
        ("A convoy left from Nairobi for the coast.", "Nairobi"),
        ("Shells fell north of Kharkiv overnight.", "Kharkiv"),
        ("The Oslo-based group published the list.", "Oslo"),
        ("Rebels hold the port city of Hodeidah.", "Hodeidah"),
        ("Marchers filled Tahrir Square at noon.", "Tahrir Square"),
        ("Two ships were stopped in the Strait of Hormuz.", "Strait of Hormuz"),
        ("Farmers in the Sahel await rain.", "Sahel"),
        ("Peru’s main airport was closed.", "Peru"),
        ("Jane Doe, of Dover, Ohio, and John Roe of Gary were hurt.", "Gary"),
        ("HELENA — Two bills failed.", "HELENA"),
        ("He was held in Lumpkin, Ga.", "Ga."),
        ("Dayton Fire Department crews put out the blaze in Dayton.", "Dayton"),
    ],
)
def test_place_words_are_found(places_of: Find, text: str, words: str) -> None:
    assert words in named(places_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Paris Hilton opened the show.", "Paris"),
        ("The Washington Post printed the letter.", "Washington"),
        ("Michael Jordan spoke first. Jordan said he was glad.", "Jordan"),
        ("In March, students marched.", "March"),
        ("Sheriff Henry Clay denied it.", "Henry"),
        ("The Bank of England raised rates.", "England"),
        ("The firm Stevens & Lisbon closed.", "Lisbon"),
        ("Turkish troops crossed the river.", "Turkish"),
        ("They met at a house on Dublin Road.", "Dublin"),
        ("Please tell us more about it.", "us"),
    ],
)
def test_other_names_are_no_places(places_of: Find, text: str, words: str) -> None:
    assert words not in named(places_of(text))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Washington said it would impose sanctions.", {"Washington"}),
        ("The Kremlin warned its neighbours.", {"Kremlin"}),
        ("Tensions rose between Caracas and Washington.", {"Caracas", "Washington"}),
        ("Moscow’s decision surprised nobody.", {"Moscow"}),
        ("Relations with Moscow have soured.", {"Moscow"}),
        ("Manila protested to Beijing on Sunday.", {"Manila", "Beijing"}),
        ("Tehran and Riyadh restored full ties.", {"Tehran", "Riyadh"}),
        ("Beijing accused Taipei of provocation.", {"Beijing", "Taipei"}),
    ],
)
def test_government_named_by_its_capital_is_no_place(places_of: Find, text: str, actors: set[str]) -> None:
    assert not actors & named(places_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Crowds gathered in Washington.", "Washington"),
        ("She flew to Moscow.", "Moscow"),
        ("Moscow lies on a river.", "Moscow"),
        ("The guests met at the White House.", "White House"),
        ("Flights between Cairo and Amman were cancelled.", "Amman"),
    ],
)
def test_capital_as_a_city_is_a_place(places_of: Find, text: str, words: str) -> None:
    assert words in named(places_of(text))


@pytest.mark.parametrize(
    ("text", "words", "geonames_id"),
    [
        ("Police in Paris, Texas, arrested a man.", "Paris", 4717560),
        ("The fair in Paris drew visitors from all over France.", "Paris", 2988507),
        ("Protests spread to Shiraz, Tabriz and Mashhad.", "Shiraz", 115019),
        ("Offices in Washington, New York and Chicago closed.", "Washington", 4140963),
        ("He was born in Manhattan, Kansas.", "Manhattan", 4274994),
        ("He moved from Cambridge, Mass., to Ohio.", "Cambridge", 4931972),
        ("A storm hit Springfield, IL, on Monday.", "Springfield", 4250542),
        ("Floods reached Alexandria, Pineville and Marksville, Louisiana.", "Alexandria", 4314550),
        ("Atlanta is the largest city of Georgia; Savannah is older.", "Georgia", 4197000),
        ("Georgia borders Armenia and Azerbaijan. Tbilisi is its capital city.", "Georgia", 614540),
    ],
)
def test_report_decides_between_places_of_one_name(places_of: Find, text: str, words: str, geonames_id: int) -> None:
    assert only(places_of(text), words).geonames_id == geonames_id


def test_one_place_carries_all_its_mentions(places_of: Find) -> None:
    place = only(places_of("Police in Lima said the road to Lima was closed."), "Lima")
    assert [mention.start for mention in place.mentions] == [10, 32]


def test_country_has_country_precision_and_code(places_of: Find) -> None:
    place = only(places_of("He was arrested in Venezuela."), "Venezuela")
    assert (place.precision, place.country, place.geonames_id) == ("country", "VEN", 3625428)


def test_city_has_division_name_candidates_and_reason(places_of: Find) -> None:
    place = only(places_of("Police in Paris, Texas, arrested a man."), "Paris")
    assert (place.admin1, place.precision) == ("Texas", "city")
    assert place.reason is not None
    assert "Texas" in place.reason
    assert 2 <= len(place.candidates) <= 5


def test_unknown_village_stays_open_with_the_reason(places_of: Find) -> None:
    place = only(places_of("Two men were killed in the village of Dolna Krapka, Ukraine."), "Dolna Krapka")
    assert place.lat is None
    assert place.geonames_id is None
    assert place.reason is not None


def test_dateline_city_is_a_place(places_of: Find) -> None:
    text = "Strike ends\n\nMoscow. Drivers went back to work on Friday, their union said.\n\nBuses ran again by noon."
    assert "Moscow" in named(places_of(text))


def test_long_list_of_towns_is_read_in_bounded_time(parse_text: ParseText) -> None:
    towns = ["Springfield", "Salem", "Clinton", "Franklin", "Georgetown", "Fairview", "Ashland", "Milton"]
    text = " ".join(f"He drove from {one} to {two} County." for one in towns for two in towns for _ in range(6))
    report, parse = parse_text(text)
    start = time.process_time()
    find_places(report, parse)
    assert time.process_time() - start < 3


FRAGMENTS = st.sampled_from(
    "Paris|in|Georgia|,|Texas|said|The|White House|Moscow|’s|of|St. Louis|County|São Paulo|.|-|and|\n\n|U.S.|(|Me.".split(
        "|"
    )
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FRAGMENTS, min_size=1, max_size=25).map(" ".join))
def test_mentions_quote_the_text_and_never_overlap(parse_text: ParseText, text: str) -> None:
    report, parse = parse_text(text + " The meeting was held.")
    places = find_places(report, parse)
    spans = sorted((mention.start, mention.end, mention.text) for place in places for mention in place.mentions)
    assert all(report.text[start:end] == words for start, end, words in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert len({place.id for place in places}) == len(places)
    assert find_places(report, parse) == places
