"""The corpus of events is well-formed, and its checker sees what is not."""

from __future__ import annotations

import copy
import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "corpus"
GOOD = {
    "id": "x-001",
    "group": "x",
    "register": "wire",
    "text": "Norway sent soldiers to Latvia, and soldiers stayed.",
    "actors": ["Norway", "soldiers#2", "Latvia"],
    "things": ["soldiers"],
    "events": [
        {
            "type": "MOBILIZE",
            "modes": ["troops"],
            "source": ["Norway"],
            "target": ["Latvia"],
            "trigger": "sent",
            "modality": "asserted",
            "negated": False,
        }
    ],
}


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("corpus_script", str(SCRIPT))
    spec = importlib.util.spec_from_loader("corpus_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_line_of_the_corpus_is_well_formed() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert ", 0 faults" in result.stdout


def test_a_good_line_has_no_fault(checker: ModuleType) -> None:
    assert list(checker.faults_of(GOOD, checker.types())) == []


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        (("register",), "poem", "register"),
        (("actors", 0), "Sweden", "does not stand in the text"),
        (("actors", 1), "soldiers#3", "does not stand in the text"),
        (("actors", 1), "Norway", "stands twice"),
        (("events", 0, "type"), "INVADE", "none of PLOVER's"),
        (("events", 0, "modes"), ["boats"], "has no modes"),
        (("things", 0), "Norway", "stands twice"),
        (("things", 0), "Latvi", "does not stand in the text"),
        (("events", 0, "source"), ["soldiers"], "what acts is an actor"),
        (("events", 0, "target"), ["Norway"], "source and target"),
        (("events", 0, "source"), ["Chad"], "none of the actors"),
        (("events", 0, "trigger"), "marched", "trigger"),
        (("events", 0, "modality"), "perhaps", "modality"),
    ],
)
def test_a_fault_is_seen(checker: ModuleType, where: tuple[Any, ...], value: Any, said: str) -> None:
    row: Any = copy.deepcopy(GOOD)
    inner = row
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value
    assert any(said in fault for fault in checker.faults_of(row, checker.types()))


def event(kind: str, source: list[str], target: list[str], **details: Any) -> dict[str, Any]:
    plain = {"modes": [], "trigger": "did", "modality": "asserted", "negated": False}
    return {"type": kind, "source": source, "target": target, **plain, **details}


def coded(actors: list[str], *events: dict[str, Any], things: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"id": "x-001", "text": "They did it.", "actors": actors, "things": list(things), "events": list(events)}


def test_kappa_is_what_the_hand_computes(checker: ModuleType) -> None:
    # Both "yes" 20 times, both "no" 15 times: 0.7 observed. Chance: 25/50 * 30/50 + 25/50 * 20/50 = 0.5.
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert checker.raw(pairs) == pytest.approx(0.7)
    assert checker.kappa(pairs) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_kappa_of_three_labels_is_what_the_hand_computes(checker: ModuleType) -> None:
    # 3 of 4 alike. Chance: A 2/4 * 1/4, B 1/4 * 2/4, none 1/4 * 1/4 = 5/16.
    pairs = [("A", "A"), ("A", "B"), ("B", "B"), ("none", "none")]
    assert checker.kappa(pairs) == pytest.approx((3 / 4 - 5 / 16) / (11 / 16))


@pytest.mark.parametrize(("pairs", "value"), [([("A", "B"), ("B", "A")], -1), ([("A", "A")] * 3, 1), ([], 1)])
def test_kappa_at_its_ends(checker: ModuleType, pairs: list[tuple[str, str]], value: float) -> None:
    assert checker.kappa(pairs) == value


@pytest.mark.parametrize(
    ("source", "target", "arcs"),
    [
        (["a"], ["b", "c"], [("a", "b"), ("a", "c")]),
        (["a", "b"], [], [("a", "b"), ("b", "a")]),
        (["a"], [], [("a", None)]),
        ([], ["b", "c"], [(None, "b"), (None, "c")]),
        (["a", "b"], ["c"], [("a", "c"), ("b", "c")]),
    ],
)
def test_the_arcs_of_an_event(checker: ModuleType, source: list[str], target: list[str], arcs: list[Any]) -> None:
    assert checker.arcs_of(event("CONSULT", source, target)) == arcs


def test_pairs_start_at_actors_and_types_on_one_pair_are_one_label(checker: ModuleType) -> None:
    row = coded(["a", "b"], event("SANCTION", ["a"], ["b"]), event("COERCE", ["a"], ["b", "t"]), things=("t",))
    # The pairs: a-b, a-t, b-a, b-t.
    assert checker.labels_of(row, row["events"]) == ["COERCE+SANCTION", "COERCE", "none", "none"]


def test_of_several_events_on_one_arc_the_likest_are_compared(checker: ModuleType) -> None:
    first = [event("AID", ["a"], ["b"]), event("AID", ["a"], ["b"], negated=True, speaker="b")]
    second = [event("AID", ["a"], ["b"], negated=True, speaker="b", modality="future")]
    one, other = checker.likest(first, second)
    assert [name for name in one if one[name] != other[name]] == ["modality"]


def test_agreement_of_an_invented_sample(checker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    alike = coded(["a", "b"], event("AID", ["a"], ["b"], speaker="b"))
    other = coded(["a", "b"], event("CONSULT", ["a", "b"], []))
    sample = [(alike, [event("AID", ["a"], ["b"], modality="future")]), (other, [event("AID", ["a"], ["b"])])]
    assert checker.agree(sample) == 0
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    # Pairs: AID/AID, none/none, CONSULT/AID, CONSULT/none. Event or none: 3 of 4, chance 3/4 * 2/4 + 1/4 * 2/4 = 1/2.
    assert "event or none: kappa 0.500, raw 0.750".split() in said
    # Type or none: 2 of 4; chance: AID 1/4 * 2/4 + none 1/4 * 2/4 = 1/4.
    assert "type or none: kappa 0.333, raw 0.500".split() in said
    assert "all 3 2 1 0.333 0.500 0.400".split() in said
    assert "AID 1 2 1 1.000 0.500 0.667".split() in said
    assert "CONSULT 2 0 0 0.000 0.000 0.000".split() in said
    assert "modality kappa 0.000, raw 0.000".split() in said
    assert "negation kappa 1.000, raw 1.000".split() in said
    assert "speaker kappa 0.000, raw 0.000".split() in said
    assert said[-2:] == ["CONSULT AID 1".split(), "CONSULT none 1".split()]


def test_differences_are_shown_and_likeness_is_not(checker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    row = coded(["a", "b"], event("AID", ["a"], ["b"]))
    same, unlike = [event("AID", ["a"], ["b"], trigger="it")], [event("AID", ["a"], ["b"], modes=["military"])]
    checker.differ([(row, same)])
    assert capsys.readouterr().out == ""
    checker.differ([(row, unlike)])
    assert '"modes": ["military"]' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x-002", "events": []}, "no sentence of the corpus"),
        ({"id": "x-001", "events": [], "text": ""}, "fields must be id and events"),
        ({"id": "x-001", "events": [event("AID", ["Norway"], ["Chad"], trigger="sent")]}, "none of the actors"),
    ],
)
def test_a_fault_of_the_second_coding_is_seen(checker: ModuleType, row: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in checker.second_faults(row, {"x-001": GOOD}, checker.types()))


def test_a_good_line_of_the_second_coding_has_no_fault(checker: ModuleType) -> None:
    row = {"id": "x-001", "events": [event("AID", ["Norway"], ["Latvia"], trigger="sent")]}
    assert list(checker.second_faults(row, {"x-001": GOOD}, checker.types())) == []


def test_the_second_coding_stays_in_order(
    checker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("events", json.dumps(GOOD)), ("second", '{"id": "x-001", "events": []}\n' * 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setattr(checker, "CORPUS", tmp_path / "events")
    monkeypatch.setattr(checker, "SECOND", tmp_path / "second")
    assert checker.check() == 1
    assert "x.jsonl line 2: the id stands twice, or the ids are not in order" in capsys.readouterr().out


def test_the_agreement_of_the_corpus_can_be_computed() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "agree"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "event or none: kappa 0." in result.stdout
