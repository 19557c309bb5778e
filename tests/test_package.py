"""The wheel that people install: it holds the data files that the code reads."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dateline

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
DATA_SUFFIXES = {
    ".toml",
    ".tsv",
    ".csv",
    ".txt",
    ".html",
    ".jsonl",
    ".json",
    ".mako",
    ".typed",
    ".gz",
    ".bin",
    ".zst",
    ".onnx",
    ".md",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """A wheel built from this tree with the locked build backend; nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.Path(path)


@pytest.mark.slow
def test_wheel_holds_code_and_data(wheel: zipfile.Path) -> None:
    packed = set(wheel.root.namelist())
    wanted = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "dateline").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in wanted if Path(path).suffix in DATA_SUFFIXES}, "the package has data files"
    assert wanted - packed == set()


@pytest.mark.slow
def test_wheel_carries_licence_version_and_command(wheel: zipfile.Path) -> None:
    packed = wheel.root.namelist()
    information = f"dateline-{dateline.__version__}.dist-info"
    assert f"{information}/licenses/LICENSE" in packed
    assert "dateline = dateline.cli:main" in (wheel / information / "entry_points.txt").read_text(encoding="utf-8")
