"""Who is who: names, roles, owners, metonyms and coreference, on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.actors import find_actors
from dateline.records import Actor

if TYPE_CHECKING:
    from dateline.actors import ReportCast
    from dateline.language.parse import Parse

pytestmark = pytest.mark.model
Read = Callable[..., tuple["ReportCast", "Parse"]]


@pytest.fixture
def read(parse_text) -> Read:  # type: ignore[no-untyped-def]
    """``cast, parse = read(text)`` for a report of 4 March 2019."""

    def run(text: str, published: str = "2019-03-04") -> tuple[ReportCast, Parse]:
        report, parse = parse_text(text, published=published)
        return find_actors(report, parse), parse

    return run


def referent(cast: ReportCast, parse: Parse, word: str, nth: int = 0) -> Actor | None:
    """The first actor that the nth token with these letters refers to."""
    token = [token for token in parse.tokens if token.text == word][nth]
    refs = cast.refer(token)
    return cast.actor(refs[0].actor) if refs else None


@pytest.mark.parametrize(
    ("sentence", "head", "country", "sectors"),
    [
        ("Russian forces crossed the river on Monday.", "forces", "RUS", ("MIL",)),
        ("The Turkish defence minister met reporters.", "minister", "TUR", ("GOV", "MIL")),
        ("The US military denied the report.", "military", "USA", ("MIL",)),
        ("Iraqi police arrested two men.", "police", "IRQ", ("COP",)),
        ("Syrian rebels seized the town.", "rebels", "SYR", ("REB",)),
        ("Peru's military attache left the meeting.", "attache", "PER", ("GOV", "MIL")),
        ("Protesters in Haiti burned tyres.", "Protesters", "HTI", ("CVL",)),
        ("A court in Istanbul jailed the editor.", "court", "TUR", ("JUD",)),
        ("Somali refugees crossed the border.", "refugees", "SOM", ("REF",)),
        ("Kenyan doctors ended their strike.", "doctors", "KEN", ("MED",)),
        ("Lawmakers in Chile rejected the bill.", "Lawmakers", "CHL", ("LEG",)),
        ("Indian farmers blocked the road.", "farmers", "IND", ("AGR",)),
        ("Bolivian students occupied the building.", "students", "BOL", ("EDU",)),
        ("A Mexican drug cartel killed the mayor.", "cartel", "MEX", ("CRM",)),
        ("The French rail union called a strike.", "union", "FRA", ("LAB",)),
        ("A Kyrgyz journalist was freed.", "journalist", "KGZ", ("JRN",)),
        ("Two Kuwaiti nationals were detained.", "nationals", "KWT", ("CVL",)),
        ("The former Brazilian president was convicted.", "president", "BRA", ("ELI",)),
        ("Syrians fled to the coast.", "Syrians", "SYR", ("CVL",)),
        ("Washington accused the company of spying.", "Washington", "USA", ("GOV",)),
        ("The Kremlin denied the report.", "Kremlin", "RUS", ("GOV",)),
        ("The government of Malawi resigned.", "government", "MWI", ("GOV",)),
        ("The Obama administration sent envoys.", "administration", "USA", ("GOV",)),
        ("A Hamas spokesman rejected the offer.", "spokesman", "PSE", ("REB", "PTY")),
        ("Hezbollah threatened to retaliate.", "Hezbollah", "LBN", ("REB", "PTY")),
        ("The FBI searched the house.", "FBI", "USA", ("COP",)),
        ("Foreign Ministry spokeswoman Ana Duarte said Peru would not yield.", "Duarte", "PER", ("GOV",)),
        ("Opposition leader Amina Okello was arrested in Uganda.", "Okello", "UGA", ("OPP",)),
    ],
)
def test_head_of_a_role_phrase_has_country_and_sectors(
    read: Read, sentence: str, head: str, country: str, sectors: tuple[str, ...]
) -> None:
    actor = referent(*read(sentence), head)
    assert actor is not None
    assert (actor.country, actor.sectors) == (country, sectors)


@pytest.mark.parametrize(
    ("sentence", "head", "code"),
    [
        ("NATO condemned the attack.", "NATO", "IGO"),
        ("The United Nations sent observers.", "Nations", "UNO"),
        ("The EU imposed sanctions.", "EU", "EUR"),
        ("Islamic State claimed the bombing.", "State", "ISM"),
        ("Amnesty International criticised the law.", "International", "NGO"),
        ("UN peacekeepers guarded the camp.", "peacekeepers", "UNO"),
    ],
)
def test_actor_of_no_state_has_a_code(read: Read, sentence: str, head: str, code: str) -> None:
    actor = referent(*read(sentence), head)
    assert actor is not None
    assert (actor.code, actor.country) == (code, None)


def test_bare_country_has_no_sector(read: Read) -> None:
    actor = referent(*read("Norway rejected the claim."), "Norway")
    assert actor is not None
    assert (actor.country, actor.sectors, actor.known_as) == ("NOR", (), "country.NOR")


@pytest.mark.parametrize(
    ("sentence", "head", "country"),
    [
        ("Jets bombed Iran's nuclear sites.", "sites", "IRN"),
        ("Rebels attacked a Taliban convoy.", "convoy", "AFG"),
        ("Jets hit an army camp in Mali.", "camp", "MLI"),
        ("Australian aid reached the island.", "aid", "AUS"),
        ("He questioned the results of the Kenyan report.", "results", "KEN"),
    ],
)
def test_thing_refers_to_its_owner_with_the_whole_phrase(read: Read, sentence: str, head: str, country: str) -> None:
    cast, parse = read(sentence)
    token = next(token for token in parse.tokens if token.text == head)
    (ref,) = cast.refer(token)
    assert cast.actor(ref.actor).country == country
    assert ref.end - ref.start > len(head)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The talks took place in Washington.", "Washington"),
        ("Prices rose on Monday.", "Prices"),
        ("Liverpool won again.", "Liverpool"),
        ("A house burned down.", "house"),
        ("Hurricane Maria hit the coast.", "coast"),
        ("The conference opened in Vienna in March.", "March"),
        ("Five protesters stood outside the White House.", "House"),
    ],
)
def test_what_is_no_actor_refers_to_none(read: Read, sentence: str, word: str) -> None:
    cast, parse = read(sentence)
    assert referent(cast, parse, word) is None


def test_two_capitals_between_which_something_stands_are_governments(read: Read) -> None:
    cast, parse = read("Tensions grew between Lima and Quito.")
    assert [referent(cast, parse, city).country for city in ("Lima", "Quito")] == ["PER", "ECU"]  # type: ignore[union-attr]
    assert all(mention.kind == "metonym" for actor in cast.actors for mention in actor.mentions)


def test_conjoined_adjectives_are_an_actor_each(read: Read) -> None:
    cast, parse = read("The Ethiopian, Kenyan and Ugandan foreign ministers met.")
    token = next(token for token in parse.tokens if token.text == "ministers")
    actors = [cast.actor(ref.actor) for ref in cast.refer(token)]
    assert [actor.country for actor in actors] == ["ETH", "KEN", "UGA"]
    assert len({actor.id for actor in actors}) == 3


@pytest.mark.parametrize("sentence", ["Iran-backed fighters entered the town.", "Pro-Iran fighters entered the town."])
def test_backer_is_not_the_country_of_the_backed(read: Read, sentence: str) -> None:
    actor = referent(*read(sentence + " Iraq protested."), "fighters")
    assert actor is not None
    assert "country from 'Iran'" not in actor.found_by


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Amina Okello spoke. Okello left.", [("Okello", 0), ("Okello", 1)]),
        ("Amina Okello is a lawyer. She won the case.", [("Okello", 0), ("She", 0)]),
        (
            "Peru's military attache spoke. The attache, Jose Luis Paredes, said no.",
            [("attache", 0), ("attache", 1), ("Paredes", 0)],
        ),
        ("Ana Lund, secretary general of NATO, said so. Lund left.", [("Lund", 0), ("general", 0), ("Lund", 1)]),
        (
            "Omar Haji, a spokesman for the Health Ministry, resigned. He left.",
            [("Haji", 0), ("spokesman", 0), ("He", 0)],
        ),
        ("The Free Workers Front (FWF) met. The FWF voted.", [("Front", 0), ("FWF", 1)]),
        ("Turkish Defence Minister Deniz Kaya spoke. The minister left.", [("Kaya", 0), ("minister", 0)]),
        ("Russian troops arrived. The forces will stay.", [("troops", 0), ("forces", 0)]),
        ("Chile said it would wait.", [("Chile", 0), ("it", 0)]),
        ("The president of Kenya, Ann Obura, spoke. Obura left.", [("president", 0), ("Obura", 0), ("Obura", 1)]),
        ("Petra Novak's party won. Novak smiled.", [("Novak", 0), ("Novak", 1)]),
    ],
)
def test_mentions_of_one_actor_are_joined(read: Read, text: str, pairs: list[tuple[str, int]]) -> None:
    cast, parse = read(text)
    found = [referent(cast, parse, word, nth) for word, nth in pairs]
    assert all(actor is not None for actor in found)
    assert len({actor.id for actor in found if actor is not None}) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ali Hassan met Omar Hassan. Hassan left early.", "Hassan"),
        ("US officials spoke. Iranian officials declined.", "officials"),
        ("A gunman fired. Another gunman fled.", "gunman"),
    ],
)
def test_two_actors_stay_two(read: Read, text: str, word: str) -> None:
    cast, parse = read(text)
    first, second = referent(cast, parse, word, 0), referent(cast, parse, word, 1)
    assert first is not None
    assert second is not None
    assert first.id != second.id


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Georgia and Russia traded accusations over Abkhazia. Tbilisi protested.", "GEO"),
        ("Republicans in Atlanta said Georgia would appeal, Gov. Brian Kemp said.", "USA"),
    ],
)
def test_ambiguous_name_is_read_by_the_report(read: Read, text: str, country: str) -> None:
    cast, parse = read(text)
    actor = referent(cast, parse, "Georgia")
    assert actor is not None
    assert actor.country == country
    assert any(reason.startswith("ambiguous: Georgia") for reason in actor.found_by)


def test_person_name_hides_the_country_in_it(read: Read) -> None:
    cast, parse = read("Michael Jordan visited Amman and Jordan thanked him.")
    assert referent(cast, parse, "Jordan", 0).country is None  # type: ignore[union-attr]


def test_namesake_of_a_known_body_is_another(read: Read) -> None:
    cast, parse = read("Israel's Labour Party quit the coalition.")
    actor = referent(cast, parse, "Party")
    assert actor is not None
    assert (actor.country, actor.known_as) == ("ISR", None)


def test_person_outweighs_the_town_of_the_same_name(read: Read) -> None:
    cast, parse = read("Governor Kashim Bello spoke in Nigeria. Bello said no.")
    first, second = referent(cast, parse, "Bello", 0), referent(cast, parse, "Bello", 1)
    assert first is not None
    assert first == second
    assert first.country == "NGA"


def test_title_in_the_text_outweighs_the_dates(read: Read) -> None:
    actor = referent(*read("President Barack Obama spoke on Monday."), "Obama")
    assert actor is not None
    assert actor.sectors == ("GOV",)


def test_country_from_the_dateline_is_explained(read: Read) -> None:
    cast, parse = read("Talks stall\n\nLIMA, March 4 (Agency) - The foreign ministry rejected the offer on Monday.")
    actor = referent(cast, parse, "ministry")
    assert actor is not None
    assert actor.country == "PER"
    assert any("dateline" in reason for reason in actor.found_by)


def test_office_out_of_term_is_elite(read: Read) -> None:
    actor = referent(*read("Barack Obama spoke on Monday."), "Obama")
    assert actor is not None
    assert (actor.country, actor.sectors, actor.role) == ("USA", ("ELI",), "former president")


WORDS = "Peru the president said he troops of Lima Ana Duarte , . it and Washington soldiers who 5 (GNA) ’s".split()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_every_mention_and_reference_quotes_the_text(read: Read, words: list[str]) -> None:
    text = " ".join(words)
    cast, parse = read(text)
    ids = [actor.id for actor in cast.actors]
    assert len(ids) == len(set(ids))
    for actor in cast.actors:
        assert actor.mentions
        assert all(parse.text[mention.start : mention.end] == mention.text for mention in actor.mentions)
        assert actor.found_by
    for token in parse.tokens:
        for ref in cast.refer(token):
            assert parse.text[ref.start : ref.end] == ref.text
            assert cast.actor(ref.actor).id == ref.actor


def test_same_report_gives_the_same_cast(read: Read) -> None:
    text = "Peru's president met Ana Duarte in Quito. She said his government would wait."
    assert read(text)[0].actors == read(text)[0].actors
