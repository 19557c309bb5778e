"""The data files of the room: codes, dates, names, and that they load fast."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from itertools import pairwise

import pytest

from dateline.actors.lexicon import (
    ACTOR_COLUMNS,
    CODES,
    COUNTRY_COLUMNS,
    PERSON_COLUMNS,
    ROLE_COLUMNS,
    SECTORS,
    listed,
    load_lexicon,
    plural,
)
from dateline.rulefiles import read_table

ISO_EXTRA = {"KOS"}


def rows(file: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return list(read_table(f"actors/{file}", columns))


DATED = [
    *(("organisations.tsv", row) for row in rows("organisations.tsv", ACTOR_COLUMNS)),
    *(("media.tsv", row) for row in rows("media.tsv", ACTOR_COLUMNS)),
    *(("people.tsv", row) for row in rows("people.tsv", PERSON_COLUMNS)),
]
COUNTRIES = {row["code"] for row in rows("countries.tsv", COUNTRY_COLUMNS)}


def test_every_iso_state_is_there_once() -> None:
    codes = [row["code"] for row in rows("countries.tsv", COUNTRY_COLUMNS)]
    assert len(codes) == len(set(codes)) == 250
    assert set(codes) > ISO_EXTRA


def test_codes_sectors_and_countries_are_known() -> None:
    for file, row in DATED:
        where = f"{file}: {row['id']}"
        assert set(filter(None, row["sectors"].split(","))) <= SECTORS, where
        assert row["code"] in {"", *CODES}, where
        assert row["country"] in {"", *COUNTRIES}, where
        assert row["country"] or row["code"] or row["id"].startswith("region."), f"{where} belongs to nobody"


def test_dates_are_dates_and_in_order() -> None:
    for file, row in DATED:
        days = [datetime.date.fromisoformat(row[key]) for key in ("from", "to") if row[key]]
        assert days == sorted(days), f"{file}: {row['id']} ends before it begins"


def test_terms_of_one_actor_do_not_overlap() -> None:
    for known in load_lexicon().known.values():
        for earlier, later in pairwise(known.terms):
            assert earlier.end, f"{known.id} has an open term before another"
            assert earlier.end <= later.start, f"{known.id}: {earlier} and {later} overlap"


def test_entries_of_one_id_share_their_name() -> None:
    names: dict[str, str] = {}
    for file, row in DATED:
        assert names.setdefault(row["id"], row["name"]) == row["name"], f"{file}: {row['id']} has two names"


def test_form_with_two_senses_is_in_the_ambiguous_file() -> None:
    lexicon = load_lexicon()
    unexplained = [
        form
        for form, readings in zip(lexicon.forms, lexicon.readings, strict=True)
        if len(readings) > 1 and form.replace("’", "'") not in lexicon.hints
    ]
    assert unexplained == []


def test_role_phrases_are_lower_case_and_listed_once() -> None:
    phrases = [row["phrase"] for row in rows("roles.tsv", ROLE_COLUMNS)]
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
    assert [phrase for phrase in phrases if phrase != phrase.lower()] == []


def test_forms_carry_no_article() -> None:
    for file, row in DATED:
        for form in listed(row["forms"]):
            assert not form.startswith("the "), f"{file}: {form}"


@pytest.mark.parametrize(
    ("known", "date", "sectors"),
    [
        ("org.taliban", "2019-03-28", ("REB",)),
        ("org.taliban", "2021-08-20", ("GOV",)),
        ("person.barack-obama", "2006-05-01", ("LEG",)),
        ("person.barack-obama", "2010-05-01", ("GOV",)),
        ("person.barack-obama", "2018-05-01", ("ELI",)),
        ("zaf.anc", "1988-01-01", ("OPP",)),
        ("zaf.anc", "2005-01-01", ("PTY",)),
    ],
)
def test_sectors_follow_the_date(known: str, date: str, sectors: tuple[str, ...]) -> None:
    assert load_lexicon().known[known].on(date)[0].sectors == sectors


def test_person_moves_between_state_and_alliance() -> None:
    stoltenberg = load_lexicon().known["person.jens-stoltenberg"]
    assert stoltenberg.on("2010-06-01")[0].country == "NOR"
    assert stoltenberg.on("2019-06-01")[0].code == "IGO"


@pytest.mark.parametrize(
    ("one", "many"),
    [("policeman", "policemen"), ("ministry", "ministries"), ("envoy", "envoys"), ("church", "churches")],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


def test_lexicon_loads_in_a_quarter_of_a_second() -> None:
    spent = []
    for _ in range(4):  # the best of a few: a busy machine slows some of them
        load_lexicon.cache_clear()
        began = time.process_time()
        load_lexicon()
        spent.append(time.process_time() - began)
    assert min(spent) < 0.25
