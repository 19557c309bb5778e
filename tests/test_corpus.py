"""The corpus of events is well-formed, and its checker sees what is not."""

from __future__ import annotations

import copy
import importlib.machinery
import importlib.util
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
