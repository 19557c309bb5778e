"""The speed bench reads the same reports on every run and finishes."""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    spec = importlib.util.spec_from_file_location("speed", BENCH / "speed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_reports_are_the_same_on_every_run(speed: ModuleType) -> None:
    assert list(speed.made_reports(5)) == list(speed.made_reports(5))


def test_made_reports_are_about_390_words_and_differ(speed: ModuleType) -> None:
    reports = list(speed.made_reports(50))
    assert 380 <= statistics.mean(len(report.split()) for report in reports) <= 400
    assert len(set(reports)) == 50


@pytest.mark.slow
@pytest.mark.model
def test_bench_compares_both_pipelines() -> None:
    command = [sys.executable, str(BENCH / "speed.py"), "--reports", "16"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert "times the processor time of the stock pipeline" in run.stdout
