from __future__ import annotations

import sqlite3

import pytest

from dateline.cli.ingest import count_items
from dateline.cli.options import InputFormat


def _dump(path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_ingest_stores_findings_and_sums_up(run, reports):
    result = run("ingest", reports, "absent.txt", "--store", "news.db")
    assert result.exit_code == 0
    assert "Coded 3 reports: 3 events, 1 statement; 1 rejected." in result.stderr
    assert "1 rejected at intake: cannot be read as a report" in result.stderr
    assert "absent.txt" in run("rejections", "--store", "news.db").stdout
    assert result.stdout == ""


def test_ingest_twice_equals_once(run, reports, tmp_path):
    arguments = ("ingest", reports, "absent.txt", "--store", "news.db")
    run(*arguments)
    before = _dump(tmp_path / "news.db")
    result = run(*arguments)
    assert "0 reports new or changed, 3 as before" in result.stderr
    assert _dump(tmp_path / "news.db") == before


def test_strict_ends_with_1_when_something_was_rejected(run, reports):
    assert run("ingest", reports, "--strict").exit_code == 0
    assert run("ingest", reports, "absent.txt", "--strict").exit_code == 1


def test_store_comes_from_the_environment(run, reports, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "set.db"))
    run("ingest", reports)
    assert (tmp_path / "set.db").exists()
    assert run("events").stdout.count("\n") == 3


def test_store_that_cannot_be_made_ends_with_2(run, reports):
    result = run("ingest", reports, "--store", "no/such/folder/news.db")
    assert result.exit_code == 2
    assert "Make the folder" in result.stderr


def test_interrupt_keeps_what_was_written_and_says_so(run, reports, monkeypatch):
    def code_items(items, coding):
        from dateline.cli.coding import load_coder

        first = next(iter(items))
        yield from [result for _ in range(64) for result in load_coder(coding).pipe_items([first])]
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline.cli.coding.code_items", code_items)
    result = run("ingest", reports)
    assert result.exit_code == 130
    assert "stopped" in result.stderr
    assert run("events").stdout.count("\n") == 1


@pytest.mark.parametrize(("content", "count"), [(b"", 0), (b"{}\n{}\n", 2), (b"{}\n{}", 2)])
def test_json_lines_are_counted_for_the_progress_bar(tmp_path, content, count):
    (tmp_path / "in.jsonl").write_bytes(content)
    (tmp_path / "one.txt").write_bytes(b"text\ntext\n")
    (tmp_path / "notes.odt").write_bytes(b"no report")
    assert count_items([str(tmp_path)], InputFormat.AUTO) == count + 1
    assert count_items([str(tmp_path), "-"], InputFormat.AUTO) is None


@pytest.mark.parametrize(
    ("name", "input_format", "count"),
    [
        ("page.mhtml", InputFormat.AUTO, 1),
        ("letter.eml", InputFormat.AUTO, 1),
        ("box.mbox", InputFormat.AUTO, None),
        ("crawl.warc", InputFormat.AUTO, None),
        ("crawl.warc.gz", InputFormat.AUTO, None),
        ("pages.zip", InputFormat.AUTO, None),
        ("feed.xml", InputFormat.AUTO, None),
        ("unknown", InputFormat.AUTO, None),
        ("unknown", InputFormat.TEXT, 1),
        ("unknown", InputFormat.JSONL, 2),
        ("unknown", InputFormat.CSV, None),
    ],
)
def test_what_may_hold_any_number_of_reports_is_not_counted(tmp_path, name, input_format, count):
    path = tmp_path / name
    path.write_bytes(b"{}\n{}\n")
    assert count_items([str(path)], input_format) == count
