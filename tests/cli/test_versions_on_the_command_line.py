"""Versions of articles, retractions and reports that are not coded, as the commands show them."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.records import Mark, RawItem, Rejection, Retraction

PAGE = "https://ledger.example/port"
GONE = Retraction(name="feed.json", reason="canceled", url="https://ledger.example/bridge", at="2024-03-06T10:00:00Z")


def item(text: str, **fields) -> RawItem:
    return RawItem(**{"name": "wire", "kind": "text", "content": text, "raw_sha256": f"raw {text}", **fields})


@pytest.fixture
def sources(run, monkeypatch):
    """``sources(items)``: from now on every source holds these."""

    def give(*items) -> None:
        monkeypatch.setattr("dateline.intake.read_source", lambda source, **given: iter(items))

    return give


@pytest.fixture
def filled(run, sources):
    sources(
        item("Norway sent 200 soldiers to Latvia on Monday.", url=PAGE, version="1"),
        item("Norway sent 300 soldiers to Latvia on Monday.", url=PAGE, version="2"),
        item("Norway sent 400 ships to Latvia.", url=GONE.url),
        item("Nein, Norway sent nothing."),
        GONE,
        Rejection(name="x", stage="intake", error="IntakeError", message="x is empty"),
    )
    assert run("ingest", "wire", "--store", "news.db").exit_code == 0
    return run


def rows(run, *arguments) -> list[dict]:
    return [json.loads(line) for line in run(*arguments, "--store", "news.db").stdout.splitlines()]


def test_summary_counts_all_that_the_listings_leave_out(filled, run):
    told = run("ingest", "wire", "--store", "news.db").stderr
    assert "1 not coded: the text is in German (de)" in told
    assert "1 retraction read." in told
    assert "The store holds 1 older version of articles and 1 retracted report; --all-versions" in told
    assert "0 reports new or changed, 4 as before" in told


def test_listings_show_what_counts_and_all_versions_on_request(filled):
    assert [row["sentence"] for row in rows(filled, "events")] == ["Norway sent 300 soldiers to Latvia on Monday."]
    assert len(rows(filled, "events", "--all-versions")) == 3
    for listing, some, every in (("reports", 2, 4), ("actors", 2, 2)):
        assert len(rows(filled, listing)) == some
        assert len(rows(filled, listing, "--all-versions")) == every
    assert "2 more in older versions of articles or retracted reports" in filled("events", "--store", "news.db").stderr
    assert "older" not in filled("events", "--all-versions", "--store", "news.db").stderr


def test_reports_tell_article_version_and_standing(filled):
    found = {row["version"]: row for row in rows(filled, "reports", "--all-versions") if row["article"] == PAGE}
    assert {version: (row["current"], row["retracted"]) for version, row in found.items()} == {
        "1": (False, False),
        "2": (True, False),
    }
    (gone,) = (row for row in rows(filled, "reports", "--all-versions") if row["retracted"])
    assert (gone["retraction_reason"], gone["retracted_at"]) == ("canceled", "2024-03-06T10:00:00Z")
    table = filled("reports", "--all-versions", "--format", "table", "--store", "news.db").stdout
    assert "current" in table
    assert "canceled" in table


def test_explanation_says_what_became_of_the_report(filled):
    found = {row["sentence"].split()[2]: row for row in rows(filled, "events", "--all-versions")}

    def page(number: str) -> str:
        return " ".join(filled("explain", found[number]["id"], "--store", "news.db").stdout.split())

    assert f"superseded by {found['300']['report']}, a newer version of the same article" in page("200")
    assert "retracted canceled, 2024-03-06T10:00:00Z" in page("400")
    assert "superseded" not in page("300")
    assert "retracted" not in page("300")


def test_explained_report_shows_marks_that_disagree(run, sources):
    marks = (
        Mark("modified", "March 5", "2024-03-05", "json-ld", True),
        Mark("modified", "March 6", "2024-03-06", "meta"),
        Mark("author", "By ???", None, "byline"),
    )
    sources(item("Norway sent ships to Latvia.", marks=marks, format="html", charset="utf-8", captured="2024-03-07"))
    run("ingest", "wire", "--store", "news.db")
    (row,) = rows(run, "reports")
    page = " ".join(run("explain", row["id"], "--store", "news.db").stdout.split())
    assert "modified says “March 5” → 2024-03-05 (json-ld, taken)" in page
    assert "modified says “March 6” → 2024-03-06 (meta, another than was taken)" in page
    assert "author says “By ???” cannot be read (byline)" in page
    assert "wire, read as html, utf-8, text by text 1, captured 2024-03-07" in page


def test_uncoded_report_says_why_on_its_page(filled, run, sources):
    (row,) = (row for row in rows(filled, "reports") if row["uncoded_reason"])
    assert row["uncoded_reason"] == "the text is in German (de)"
    page = filled("explain", row["id"], "--store", "news.db").stdout
    assert "Not coded: the text is in German (de)" in page
    assert "No events" not in page


def test_code_tells_a_retraction_in_one_line(run, sources):
    sources(item("Norway sent ships to Latvia."), GONE)
    result = run("code", "wire", "--strict")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == (
        "dateline: feed.json (https://ledger.example/bridge): retracted: canceled, 2024-03-06T10:00:00Z\n"
    )


def test_retraction_alone_is_stored_without_a_model(run, sources, monkeypatch):
    def load(coding):
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("dateline.cli.coding.load_coder", load)
    sources(GONE)
    assert "1 retraction read." in run("ingest", "wire").stderr


@pytest.mark.parametrize(
    ("options", "given"),
    [
        ((), {}),
        (("--fetch",), {"fetch_rows": True}),
        (("--contact", "desk@ledger.example"), {"contact": "desk@ledger.example"}),
        (("--captures", "kept.warc.gz"), {"captures": Path("kept.warc.gz")}),
        (("--field", "text=Body", "--field", "outlet = Paper"), {"fields": {"text": "Body", "outlet": "Paper"}}),
    ],
)
@pytest.mark.parametrize("command", ["code", "ingest"])
def test_options_reach_the_readers(run, monkeypatch, command, options, given):
    asked: list[dict] = []
    monkeypatch.setattr("dateline.intake.read_source", lambda source, **more: asked.append(more) or iter(()))
    assert run(command, "rows.csv", "--input-format", "csv", *options).exit_code == 0
    (more,) = asked
    assert more["input_format"] == "csv"
    assert {name: more[name] for name in given} == given


@pytest.mark.parametrize(
    ("options", "given"),
    [
        ((), {"extractor": "precise", "fast": False, "min_confidence": 0.0}),
        (("--extractor", "fast"), {"extractor": "fast", "fast": False}),
        (("--fast",), {"extractor": "precise", "fast": True}),
        (("--min-confidence", "0.6"), {"min_confidence": 0.6}),
    ],
)
@pytest.mark.parametrize(
    "command", [("code", "wire"), ("ingest", "wire"), ("demo",), ("watch", "feeds.toml", "--once")]
)
def test_options_reach_the_coder(run, sources, monkeypatch, tmp_path, command, options, given):
    asked = []

    def load(model=None, **more):
        asked.append(more)
        raise SystemExit(0)

    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dateline.load", load)
    monkeypatch.setattr("dateline.intake.read_source", lambda source, **given: iter([item("Norway.")]))
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://ledger.example/feed"\n')
    batch = SimpleNamespace(items=[item("Norway.")], feeds=[], entries=[], lines=[])
    monkeypatch.setattr("dateline.cli.watch.make_watcher", lambda *_: SimpleNamespace(run=lambda once: [batch]))
    if command == ("demo",):  # the samples are read in one way
        options = [each for each in options if each not in ("--extractor", "fast")]
        given = {name: value for name, value in given.items() if name != "extractor"}
    run(*command, *options)
    (more,) = asked
    assert {name: more[name] for name in given} == given


@pytest.mark.parametrize("value", ["1.1", "-0.1", "high"])
def test_confidence_that_cannot_be_is_misuse(run, reports, value):
    assert run("code", reports, "--min-confidence", value).exit_code == 2


@pytest.mark.parametrize("value", ["text", "=Body", "text="])
def test_field_without_a_column_is_misuse(run, value):
    result = run("code", "rows.csv", "--field", value)
    assert result.exit_code == 2
    assert "text=Body" in result.stderr
