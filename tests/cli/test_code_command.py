from __future__ import annotations

import json

import pytest

from dateline.records import Record


def test_pipe_gets_one_json_line_a_report(run, reports):
    result = run("code", reports)
    assert result.exit_code == 0
    records = [Record.from_dict(json.loads(line)) for line in result.stdout.splitlines()]
    assert sorted(record.report.text.split()[1] for record in records) == ["has", "sent", "will"]
    assert result.stderr == ""


def test_json_is_indented(run, reports):
    result = run("code", reports / "one.txt", "--format", "json")
    assert json.loads(result.stdout)["events"][0]["type"] == "MOBILIZE"
    assert len(result.stdout.splitlines()) > 50


def test_page_shows_who_did_what_to_whom_and_the_words(run, reports):
    page = run(
        "code", reports / "one.txt", "--format", "text", "--outlet", "Harbour Wire", "--published", "2024-03-05"
    ).stdout
    assert "Harbour Wire · 2024-03-05 (given)" in page
    assert "Norway (NOR GOV) → MOBILIZE troops “sent” → Latvia (LVA GOV) · 2024-03-04 · according to Holm (GOV)" in page
    assert "[source: Norway] [act: sent] 200 soldiers to [target: Latvia] on [date: Monday]" in page
    assert "Holm (GOV) · say, indirect" in page
    assert "1 passage of page furniture, 5 characters (share bar)" in page


@pytest.mark.parametrize(("name", "mark"), [("two.txt", "[STILL TO COME]"), ("three.txt", "[NOT SO]")])
def test_page_marks_what_has_not_happened(run, reports, name, mark):
    assert f"• {mark} Norway" in run("code", reports / name, "--format", "text").stdout


def test_colours_show_roles_and_no_color_keeps_them_legible(run, reports, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = run("code", reports / "one.txt", "--format", "text").stdout
    assert "\x1b[1;36mNorway" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run("code", reports / "one.txt", "--format", "text").stdout
    assert "\x1b[1mNorway" in plain
    assert "36m" not in plain
    assert "marked: " in plain


def test_hostile_text_cannot_drive_the_terminal(run, tmp_path):
    path = tmp_path / "hostile.jsonl"
    hostile = "Norway sent \x1b]0;owned\x07\x1b[2J[bold]ships[/bold]\u202e to Latvia\x9b31m."
    path.write_text(json.dumps({"text": hostile, "outlet": "\x1b[31mred[/red]"}) + "\n", encoding="utf-8")
    page = run("code", path, "--format", "text").stdout
    assert not set(page) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "[bold]ships[/bold]" in page
    assert "red[/red]" in page


def test_bad_inputs_get_one_line_each_and_the_others_are_done(run, reports, tmp_path):
    (tmp_path / "bad.txt").write_text("unreadable", encoding="utf-8")
    result = run("code", tmp_path / "absent.txt", tmp_path / "bad.txt", reports / "one.txt")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    complaints = result.stderr.splitlines()
    assert len(complaints) == 2
    assert "absent.txt" in complaints[0]
    assert "bad.txt cannot be read: it says so; give another" in complaints[1]


def test_strict_ends_with_1_after_doing_the_others(run, reports):
    result = run("code", "absent.txt", reports / "one.txt", "--strict")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1


def test_rejections_alone_load_no_model(run, monkeypatch):
    def load(coding):
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("dateline.cli.coding.load_coder", load)
    assert run("code", "absent.txt").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("one.txt", "--format", "xml"),
        ("one.txt", "--input-format", "pdf"),
        ("one.txt", "--published", "the day after"),
        ("one.txt", "--no-such-option"),
    ],
)
def test_misuse_ends_with_2_and_says_why(run, arguments):
    result = run("code", *arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert result.stdout == ""


def test_standard_input_is_read(run):
    result = run("code", "-", input="Norway sent ships to Latvia.")
    assert json.loads(result.stdout)["report"]["text"] == "Norway sent ships to Latvia."


def test_json_line_keeps_the_input_id(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 7, "text": "Norway sent ships.", "published": "2024-03-05"}\nnot json\n', encoding="utf-8")
    result = run("code", path)
    report = json.loads(result.stdout)["report"]
    assert (report["external_id"], report["published"]) == ("7", "2024-03-05")
    assert "line 2" in result.stderr
