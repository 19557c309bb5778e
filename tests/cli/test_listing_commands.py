from __future__ import annotations

import csv
import io
import json

import pytest

LISTINGS = ("events", "statements", "actors", "places", "reports", "rejections")


@pytest.fixture
def filled(run, reports):
    assert run("ingest", reports, "absent.txt", "--outlet", "Harbour Wire", "--published", "2024-03-05").exit_code == 0
    return run


def test_filters_narrow_the_events(filled):
    def ids(*arguments):
        return [json.loads(line)["id"] for line in filled("events", *arguments).stdout.splitlines()]

    assert len(ids()) == 3
    assert (
        len(ids("--source", "NOR", "--target", "LVA", "--type", "MOBILIZE", "--since", "2024-03-01", "--claimed")) == 1
    )
    assert len(ids("--denied", "--future")) == 2
    assert ids("--asserted") == []
    assert ids("--source", "LVA") == []


def test_undated_events_left_out_by_dates_are_counted(filled):
    result = filled("events", "--since", "2024-03-01")
    assert "2 more would fit but have no date." in result.stderr


def test_table_says_when_rows_are_cut(filled):
    result = filled("events", "--format", "table", "--limit", "2")
    assert "Showing 2 of 3 events; --limit 0 for all." in result.stderr
    assert "Showing" not in filled("events", "--format", "table", "--limit", "3").stderr
    assert "Showing" not in filled("events", "--format", "table", "--limit", "0").stderr


def test_table_shows_who_did_what_to_whom(filled):
    table = filled("events", "--format", "table", "--claimed").stdout
    assert "Norway (NOR GOV)" in table
    assert "MOBILIZE troops" in table
    assert "2024-03-04" in table


@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize("output", ["table", "csv", "jsonl"])
def test_every_listing_has_every_format(filled, listing, output):
    result = filled(listing, "--format", output)
    assert result.exit_code == 0
    if listing != "places":
        assert result.stdout
    if output == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout)))
        assert {len(row) for row in rows} == {len(rows[0])}


def test_csv_and_json_lines_hold_the_same_rows(filled):
    lines = [json.loads(line) for line in filled("events", "--format", "jsonl").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(filled("events", "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert [row["source_actors"] for row in rows] == ["; ".join(line["source_actors"]) for line in lines]


def test_csv_cannot_run_formulas_in_a_spreadsheet(run, tmp_path):
    (tmp_path / "evil.txt").write_text("=cmd|'/c calc'!A1 Norway sent ships to Latvia.", encoding="utf-8")
    run("ingest", "evil.txt", "--outlet", "@SUM(A1)")
    (row,) = csv.DictReader(io.StringIO(run("events", "--format", "csv").stdout))
    assert row["sentence"].startswith("'=cmd")
    assert row["outlet"] == "'@SUM(A1)"
    assert row["score"] == "-6.5"


def test_no_match_says_how_many_there_are(filled):
    result = filled("events", "--type", "AID")
    assert result.stdout == ""
    assert "No events to show; the store dateline.db holds 3." in result.stderr


@pytest.mark.parametrize("listing", LISTINGS)
def test_missing_store_is_one_clear_line_with_the_next_step(run, listing):
    result = run(listing)
    assert result.exit_code == 2
    assert "there is no store at dateline.db" in result.stderr
    assert "dateline ingest" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--since", "March"), ("--min-confidence", "2"), ("--limit", "-1"), ("--format", "xml")]
)
def test_misuse_ends_with_2(filled, arguments):
    assert filled("events", *arguments).exit_code == 2


def test_hostile_cells_are_made_harmless_in_tables(run, tmp_path):
    (tmp_path / "evil.txt").write_text("Norway sent ships to Latvia.", encoding="utf-8")
    run("ingest", "evil.txt", "--outlet", "\x1b[31m[red]x\u202e")
    table = run("reports", "--format", "table").stdout
    assert "[red]x" in table
    assert not set(table) & {"\x1b", "\u202e"}
