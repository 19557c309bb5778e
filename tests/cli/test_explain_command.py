from __future__ import annotations

import json

import pytest


@pytest.fixture
def filled(run, reports):
    assert run("ingest", reports / "one.txt", "--published", "2024-03-05").exit_code == 0
    return run


def _first_id(run, listing: str) -> str:
    return json.loads(run(listing).stdout.splitlines()[0])["id"]


def test_event_is_explained_from_its_words_to_what_lost(filled):
    page = " ".join(filled("explain", _first_id(filled, "events")).stdout.split())
    for told in (
        "[source: Norway] [act: sent] 200 soldiers to [target: Latvia] on [date: Monday]",
        "en.mobilize.send",
        "“sent” [7, 11)",
        "“Norway” [0, 6) → Norway (NOR GOV)",
        "by lexicon; mentioned as “Norway” (name)",
        "from “Monday” [38, 44), a DATE of granularity day, value 2024-03-04, counted from: published",
        "none: no place in the sentence",
        "Holm (GOV), say",
        "AID at 0.31, by en.aid.send",
        "stand-in 1",
    ):
        assert told in page


def test_beginning_of_an_id_is_enough_when_unique(filled):
    whole = _first_id(filled, "events")
    assert filled("explain", whole[:8]).stdout == filled("explain", whole).stdout


@pytest.mark.parametrize(
    ("listing", "told"),
    [("statements", "cue.say"), ("actors", "lexicon"), ("reports", "1 statement")],
)
def test_other_rows_are_explained(filled, listing, told):
    result = filled("explain", _first_id(filled, listing))
    assert result.exit_code == 0
    assert told in result.stdout


def test_time_is_explained(filled):
    event = json.loads(filled("code", "reports/one.txt", "--published", "2024-03-05").stdout)["events"][0]
    page = filled("explain", event["date"]["timex"]).stdout
    assert "2024-03-04 to 2024-03-04" in page


@pytest.mark.parametrize("wrong", ["e_none", "x", "%", "' OR 1=1 --"])
def test_unknown_id_says_where_ids_stand(filled, wrong):
    result = filled("explain", wrong)
    assert result.exit_code == 2
    assert "dateline events" in result.stderr


def test_ambiguous_id_lists_what_it_could_be(filled):
    result = filled("explain", "a_")
    assert result.exit_code == 2
    assert result.stderr.count("a_") == 4
