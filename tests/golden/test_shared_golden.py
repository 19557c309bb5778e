"""The real report beside the repository, where there is one: at least 30 of its 40 facts are found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

SHARED = Path(__file__).parents[3] / "shared" / "golden"
CASE = SHARED / "venezuela-2019"
LEAST = 30


@pytest.mark.model
@pytest.mark.skipif(not (SHARED / "check.py").is_file(), reason="../shared/golden is not beside this checkout")
def test_real_report_reaches_its_floor(tmp_path: Path) -> None:
    text = (CASE / "report.txt").read_text(encoding="utf-8")
    record = dateline.load(fast=True).code(text, published="2019-03-28")
    line = tmp_path / "record.jsonl"
    line.write_text(json.dumps(record.to_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    command = [sys.executable, str(SHARED / "check.py"), str(CASE / "facts.toml"), str(line), "--least", str(LEAST)]
    check = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
