from __future__ import annotations

import gzip
import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import report as report_room
from dateline.cli.verification import first_difference
from dateline.errors import IntakeError
from dateline.intake import read_source
from dateline.records import SCHEMA_VERSION, Capture, Provenance, Record
from dateline.report import build_report
from dateline.store import Store


@pytest.fixture
def filled(run, reports):
    assert run("ingest", reports, "--store", "news.db").exit_code == 0
    return run


def outcomes(result) -> dict[str, dict]:
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return {row["source"].rsplit("/", 1)[-1]: row for row in rows}


def change_store(tmp_path, sql: str, *values: str) -> None:
    connection = sqlite3.connect(tmp_path / "news.db")
    with connection:
        assert connection.execute(sql, values).rowcount
    connection.close()


def test_untouched_captures_are_the_same(filled, reports):
    result = filled("verify", reports, "--store", "news.db")
    assert result.exit_code == 0
    assert {row["outcome"] for row in outcomes(result).values()} == {"same"}
    assert result.stderr == "Compared 3 reports of 3 with news.db: 3 same.\n"


@pytest.mark.parametrize("options", [("--fast",), ("--min-confidence", "0.5"), ()])
def test_coding_in_any_way_is_verified_alike(run, reports, options):
    """What is derived again is the text, and what is checked are the words: nothing is coded, so no model is loaded."""
    assert run("ingest", reports, "--store", "news.db", *options).exit_code == 0
    result = run("verify", reports, "--store", "news.db")
    assert (result.exit_code, {row["outcome"] for row in outcomes(result).values()}) == (0, {"same"})


def test_reports_coded_in_two_ways_stand_in_one_store(run, reports):
    run("ingest", reports / "one.txt", "--store", "news.db", "--fast")
    run("ingest", reports / "two.txt", "--store", "news.db")
    again = run("ingest", reports / "one.txt", "--store", "news.db")
    assert "1 report new or changed" in again.stderr
    result = run("verify", reports / "one.txt", reports / "two.txt", "--store", "news.db")
    assert (result.exit_code, len(outcomes(result))) == (0, 2)


def test_bytes_under_another_name_are_found_by_their_digest(filled, reports):
    (reports / "one.txt").rename(reports / "renamed.txt")
    assert filled("verify", reports, "--store", "news.db").exit_code == 0


def test_tampered_capture_is_told_with_the_first_difference_and_the_findings(filled, reports):
    path = reports / "one.txt"
    path.write_text(path.read_text().replace("200 soldiers", "20 soldiers"))
    result = filled("verify", reports, "--store", "news.db")
    assert result.exit_code == 1
    row = outcomes(result)["one.txt"]
    assert row["outcome"] == "bytes changed"
    assert row["difference"] == {
        "at": 14,
        "stored": "Norway sent 200 soldiers to Latvia on Monday, Holm sai"[:54],
        "now": "Norway sent 20 soldiers to Latvia on Monday, Holm said"[:54],
    }
    broken = {(span["finding"][0], span["role"]): span["elsewhere"] for span in row["spans"]}
    assert broken["e", "target actor"] is True
    assert broken["e", "sentence"] is False
    assert ("e", "trigger") not in broken
    assert "2 same" in result.stderr


def test_other_text_of_the_same_bytes_is_told_with_both_extractors(filled, reports, monkeypatch):
    build = report_room.build_report

    def build_otherwise(item, *, extractor):
        report, warnings = build(item, extractor=extractor)
        text = report.text.replace("Norway", "Norge")
        made = Capture(item.name, "text", None, "precise", "99", None)
        return replace(report, text=text, capture=made), warnings

    monkeypatch.setattr(report_room, "build_report", build_otherwise)
    result = filled("verify", reports / "two.txt", "--store", "news.db", "--format", "text")
    assert result.exit_code == 1
    page = " ".join(result.stdout.split())
    assert page.startswith("text changed r_")
    assert "from character 3 the store has “Norway will have sent ships to Latvia." in page
    assert "and the source “Norge will have sent ships to Latvia." in page
    assert "taken out by text 1, now precise 99" in page
    assert "spans no longer quote their words" in page
    assert "2 reports of the store not found in the sources." in result.stderr


@pytest.mark.parametrize("extractor", ["precise", "fast"])
def test_text_is_derived_with_the_extractor_that_made_it(filled, reports, monkeypatch, tmp_path, extractor):
    change_store(tmp_path, "UPDATE reports SET capture_extractor = ?", extractor)
    asked = []
    build = report_room.build_report
    monkeypatch.setattr(
        report_room,
        "build_report",
        lambda item, *, extractor: asked.append(extractor) or build(item, extractor=extractor),
    )
    assert filled("verify", reports / "two.txt", "--store", "news.db").exit_code == 0
    assert asked == [extractor]


def test_text_that_can_no_longer_be_taken_out_is_told(filled, reports, monkeypatch):
    def fail(item, *, extractor):
        raise IntakeError("there is no article in it")

    monkeypatch.setattr(report_room, "build_report", fail)
    result = filled("verify", reports / "two.txt", "--store", "news.db")
    assert result.exit_code == 1
    assert outcomes(result)["two.txt"]["message"] == "there is no article in it"
    assert "1 unreadable" in result.stderr


def test_span_that_was_altered_in_the_store_is_told(filled, reports, tmp_path):
    change_store(tmp_path, "UPDATE event_actors SET text = 'Sweden' WHERE role = 'source'")
    result = filled("verify", reports / "one.txt", "--store", "news.db")
    row = outcomes(result)["one.txt"]
    assert (result.exit_code, row["outcome"]) == (1, "spans broken")
    assert [(span["role"], span["text"], span["elsewhere"]) for span in row["spans"]] == [
        ("source actor", "Sweden", False)
    ]


def test_what_only_one_side_has_is_counted(filled, reports, tmp_path):
    (tmp_path / "new.txt").write_text("Norway sent a letter.")
    result = filled("verify", reports / "one.txt", tmp_path / "new.txt", "--store", "news.db")
    assert result.exit_code == 0
    assert "Compared 1 report of 3" in result.stderr
    assert "2 reports of the store not found in the sources." in result.stderr
    assert "1 source not in the store." in result.stderr


def test_source_that_cannot_be_read_is_no_success(filled, reports):
    result = filled("verify", reports, "absent.txt", "--store", "news.db")
    assert result.exit_code == 1
    assert "absent.txt" in result.stderr
    assert "1 source could not be read." in result.stderr


def test_nothing_to_compare_is_no_success(filled, tmp_path):
    (tmp_path / "new.txt").write_text("Norway sent a letter.")
    result = filled("verify", tmp_path / "new.txt", "--store", "news.db")
    assert result.exit_code == 1
    assert "none to compare" in result.stderr


def test_line_that_moved_is_found_and_not_taken_for_another(run, tmp_path):
    path = tmp_path / "wire.jsonl"
    lines = [json.dumps({"id": str(number), "text": f"Norway sent {number} ships to Latvia."}) for number in range(3)]
    path.write_text("\n".join(lines))
    run("ingest", path, "--store", "news.db")
    path.write_text("\n".join(['{"text": "Norway sent nothing."}', *lines]))
    result = run("verify", path, "--store", "news.db")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 3)


def test_hostile_text_cannot_drive_the_terminal(filled, reports, tmp_path):
    change_store(tmp_path, "UPDATE reports SET text = ?", "\x1b[31mNorway")
    page = filled("verify", reports, "--store", "news.db", "--format", "text").stdout
    assert "\x1b" not in page


# -- web pages -------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><meta charset="iso-8859-1"><title>Ferry strike ends</title></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ferry strike ends</h1>
<p>The crews of the northern ferries went back to work on Tuesday after a talk in a café with the ministry.</p>
<p>The minister told reporters that the government would pay the crews for the days that they lost in the strike.</p>
<p>Crews in Latvia and Norway had stopped work last week over their pay and the length of their shifts.</p>
</article><footer>Copyright The Daily Ledger</footer></body></html>""".encode("latin-1")


def warc_of(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:2b0e6c3c-5a0f-4f0a-8f6b-0f6f0c1d2e3f>\r\n"
        "WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Target-URI: https://ledger.example/2024/ferry\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


@pytest.fixture(params=["precise", "fast"])
def pages(request, tmp_path):
    """A store with one page as the extractor took it out, and the page itself."""
    path = tmp_path / "ferry.html"
    path.write_bytes(PAGE)
    (item,) = read_source(path)
    report, _ = build_report(item, extractor=request.param)
    assert report.capture.extractor == request.param
    made = Provenance("0.2.0", "1", "stand-in 1", "abc", "2024-03-05T10:00:00Z")
    with Store.open(tmp_path / "news.db") as store:
        store.write([Record(SCHEMA_VERSION, report, (), (), (), (), (), made)])
    return path


@pytest.mark.parametrize("packing", [None, "gz", "warc"])
def test_page_is_the_same_in_any_wrapping(run, pages, packing):
    if packing == "gz":
        pages.with_suffix(".html.gz").write_bytes(gzip.compress(PAGE))
    elif packing == "warc":
        pages.with_suffix(".warc").write_bytes(warc_of(PAGE))
    if packing:
        pages.unlink()
        (pages,) = pages.parent.glob("ferry.*")
    result = run("verify", pages, "--store", "news.db")
    assert (result.exit_code, [row["outcome"] for row in outcomes(result).values()]) == (0, ["same"]), result.stderr


def test_tampered_page_is_told_with_its_words(run, pages):
    pages.write_bytes(PAGE.replace(b"would pay", b"would not pay"))
    result = run("verify", pages, "--store", "news.db")
    (row,) = outcomes(result).values()
    assert (result.exit_code, row["outcome"]) == (1, "bytes changed")
    assert "government would pay the crews" in row["difference"]["stored"]
    assert "government would not pay the" in row["difference"]["now"]
    assert {span["role"] for span in row["spans"]} >= {"paragraph"}


def test_text_of_another_extractor_version_is_told_with_both(run, pages, tmp_path):
    change_store(tmp_path, "UPDATE reports SET capture_extractor_version = 'old', text = 'Home World ' || text")
    result = run("verify", pages, "--store", "news.db", "--format", "text")
    page = " ".join(result.stdout.split())
    assert result.exit_code == 1
    assert page.startswith("text changed r_")
    assert "taken out by precise old, now precise" in page or "taken out by fast old, now fast" in page


def test_other_encoding_is_told(run, pages, tmp_path):
    change_store(tmp_path, "UPDATE reports SET capture_charset = 'cp1251', text = replace(text, 'é', 'й')")
    pages.unlink()
    archive = pages.with_suffix(".warc")
    archive.write_bytes(warc_of(PAGE))
    (row,) = outcomes(run("verify", archive, "--store", "news.db")).values()
    assert (row["outcome"], row["message"]) == ("text changed", "decoded from cp1251, now from cp1252")


@given(before=st.text(max_size=8), first=st.text(max_size=8), second=st.text(max_size=8))
def test_first_difference_is_where_the_texts_part(before, first, second):
    stored, now = before + first, before + second
    found = first_difference(stored, now)
    if found is None:
        assert stored == now
    else:
        assert stored[: found.at] == now[: found.at]
        assert stored[found.at : found.at + 1] != now[found.at : found.at + 1]


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Ledger</title><item><guid>7</guid>'
    "<title>Talks open</title><link>https://ledger.example/7</link><description>Norway sent 200 soldiers to Latvia on "
    "Monday, Holm said in Riga. The talks go on.</description></item></channel></rss>"
)


def test_words_of_a_feed_are_verified_against_the_feed_that_was_kept(run, tmp_path):
    from dateline.fetching import CaptureFile, Fetched

    (tmp_path / "feed.xml").write_text(FEED)
    assert run("ingest", tmp_path / "feed.xml", "--store", "news.db").exit_code == 0
    kept = CaptureFile(tmp_path / "kept.warc.gz")
    kept.write(
        Fetched(
            url="https://ledger.example/feed",
            requested_url="https://ledger.example/feed",
            status=200,
            data=FEED.encode(),
            content_type="application/rss+xml",
            charset="utf-8",
            etag=None,
            last_modified=None,
            fetched_at="2024-03-04T10:00:00Z",
            headers=(("Content-Type", "application/rss+xml; charset=utf-8"),),
        )
    )
    kept.close()
    result = run("verify", tmp_path / "kept.warc.gz", "--store", "news.db")
    assert (result.exit_code, [row["outcome"] for row in outcomes(result).values()]) == (0, ["same"])
    # In a crawl a feed would say twice what its pages say.
    assert "without pages" in run("ingest", tmp_path / "kept.warc.gz", "--store", "other.db").stderr
