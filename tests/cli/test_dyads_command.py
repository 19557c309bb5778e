from __future__ import annotations

import io
import json

import pytest

from dateline.cli.dyads import read_pairs
from dateline.dyads import DyadItem
from dateline.pipeline import Coder
from dateline.records import Rejection

pytestmark = pytest.mark.model

TEXT = "Norway sent 200 soldiers to Latvia on Monday."
PAIR = {"text": TEXT, "source": [0, 6], "target": [28, 34]}


@pytest.fixture
def judged(run, monkeypatch, parser, judge):
    """Commands with the real parser and rules, and the stand-in judge unless --fast is given."""
    monkeypatch.setattr(
        "dateline.cli.coding.load_coder", lambda coding: Coder(parser, judge=None if coding.fast else judge)
    )
    return run


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def answers(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_gets_one_with_its_id_and_its_types(judged, tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines({**PAIR, "id": "a", "published": "2024-03-06"}, "", {**PAIR, "target": None}))
    result = judged("dyads", path, "--fast")
    assert result.exit_code == 0
    first, second = answers(result)
    assert first == {
        "id": "a",
        "types": [{"type": "MOBILIZE", "confidence": 0.85, "found_by": ["en.mobilize.send-troops"]}],
    }
    assert second["id"] == 3
    assert result.stderr == "Coded 2 pairs; 0 rejected.\n"


def test_rules_are_pooled_with_the_judge(judged):
    (answer,) = answers(judged("dyads", "-", input=lines(PAIR)))
    found = {each["type"]: each for each in answer["types"]}
    assert len(found) == 16
    assert found["MOBILIZE"]["found_by"] == ["en.mobilize.send-troops", "stand-in-judge-1"]
    assert found["AID"]["found_by"] == ["stand-in-judge-1"]
    assert 0 < sum(each["confidence"] for each in answer["types"]) <= 1


def test_pair_without_a_reading_has_no_types(judged):
    (answer,) = answers(judged("dyads", "-", "--fast", input=lines({**PAIR, "source": [28, 34], "target": [0, 6]})))
    assert answer == {"id": 1, "types": []}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "is not JSON"),
        ("[1]", "is a JSON list, not an object"),
        ({"source": [0, 6], "target": None}, 'has no text: give a string under "text"'),
        ({"text": TEXT, "source": [0, 6]}, 'has no "target"'),
        ({**PAIR, "target": [28, 99]}, "target 28–99 is not in the text, which has 45 characters"),
        ({**PAIR, "target": [6, 6]}, "target 6–6 holds no words"),
        ({**PAIR, "target": PAIR["source"]}, "are the same"),
        ({**PAIR, "source": None, "target": None}, "both missing"),
        ({**PAIR, "source": "Norway"}, "source is 'Norway'; give (start, end)"),
        ({**PAIR, "published": "the day after"}, "the day after"),
        ({**PAIR, "published": 7}, '"published" is 7'),
        ({**PAIR, "id": [1]}, '"id" is [1]'),
        ({"text": "", "source": None, "target": [0, 0]}, "target 0–0 holds no words"),
    ],
)
def test_bad_line_is_told_with_its_number_and_the_others_are_done(judged, line, told):
    given = lines(PAIR, line, PAIR)
    result = judged("dyads", "-", "--fast", input=given)
    assert result.exit_code == 0
    assert [answer["id"] for answer in answers(result)] == [1, 3]
    complaint, summary = result.stderr.splitlines()
    assert complaint.startswith("dateline: standard input line 2")
    assert told in complaint
    assert summary == "Coded 2 pairs; 1 rejected."
    assert judged("dyads", "-", "--fast", "--strict", input=given).exit_code == 1


def test_text_in_another_language_is_rejected(judged):
    text = "Die Regierung in Oslo hat am Montag zweihundert Soldaten nach Lettland geschickt, sagte der Minister."
    result = judged("dyads", "-", "--fast", input=lines({"text": text, "source": [17, 21], "target": [62, 70]}))
    assert result.stdout == ""
    assert "language de: only en is coded" in result.stderr


@pytest.mark.parametrize("arguments", [("absent.jsonl",), (".",), (), ("a.jsonl", "b.jsonl"), ("-", "--slow")])
def test_misuse_ends_with_2(run, arguments):
    result = run("dyads", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_half_a_surrogate_pair_does_no_harm(judged):
    text = "Norway sent \ud800 200 soldiers to Latvia."
    (answer,) = answers(judged("dyads", "-", input=lines({"text": text, "source": [0, 6], "target": [30, 36]})))
    assert answer["types"]


def test_fault_of_one_line_does_not_end_the_run(judged, monkeypatch):
    code_dyad = Coder.code_dyad

    def fail_once(self, text, *spans, **options):
        if text == "boom":
            raise ZeroDivisionError("boom")
        return code_dyad(self, text, *spans, **options)

    monkeypatch.setattr(Coder, "code_dyad", fail_once)
    result = judged("dyads", "-", "--fast", input=lines({**PAIR, "text": "boom"}, PAIR))
    assert [answer["id"] for answer in answers(result)] == [2]
    assert "line 1: a fault in dateline itself (boom); please report it" in result.stderr


def test_overlong_line_is_never_held_whole(monkeypatch):
    monkeypatch.setattr("dateline.cli.dyads._LINE_BYTES", 200)
    held = []

    class Stream(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            held.append(len(line))
            return line

    monkeypatch.setattr("dateline.cli.dyads._DRAINED_AT_ONCE", 50)
    content = lines(PAIR, {**PAIR, "text": TEXT * 100}, PAIR).encode()
    found = list(read_pairs("pairs.jsonl", Stream(content)))
    assert [type(each) for each in found] == [DyadItem, Rejection, DyadItem]
    assert "pairs.jsonl line 2 has 4,5" in found[1].message
    assert max(held) == 201


def test_lines_are_read_as_they_are_asked_for(judged, monkeypatch):
    def endless():
        while True:
            yield json.dumps(PAIR).encode() + b"\n"

    class Stream:
        rows = endless()

        def readline(self, size: int = -1) -> bytes:
            return next(self.rows)

    pairs = read_pairs("pairs.jsonl", Stream())
    assert [next(pairs).external_id for _ in range(3)] == [1, 2, 3]
