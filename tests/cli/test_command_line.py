from __future__ import annotations

import subprocess
import sys

import pytest

import dateline
from dateline.cli.options import InputFormat
from dateline.cli.terminal import visible
from dateline.intake import FORMATS

COMMANDS = (
    "code",
    "dyads",
    "ingest",
    "events",
    "statements",
    "actors",
    "places",
    "reports",
    "rejections",
    "explain",
    "verify",
    "watch",
    "demo",
    "doctor",
)
MAIN = "from dateline.cli import main; main()"
# What no query may load. Any one of these costs as much processor time as all the rest of a query.
HEAVY = {"sqlalchemy", "alembic", "spacy", "pydantic", "trafilatura", "numpy", "onnxruntime", "tokenizers"}
# Processor seconds for help and queries. The promise to users is 0.3 on a machine of our day; half as much again for slow ones.
CPU_SECONDS = 0.45


def _spawn(*arguments: str, code: str = MAIN, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_teaches_by_example(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"\n  dateline {command}" in result.stdout


def test_every_format_that_is_read_can_be_asked_for():
    assert {each.value for each in InputFormat} == {"auto", *FORMATS}


def test_version_is_that_of_the_package(run):
    assert run("--version").stdout == f"dateline {dateline.__version__}\n"


def test_unknown_command_ends_with_2(run):
    assert run("recode").exit_code == 2


def test_error_is_told_without_a_traceback(tmp_path):
    result = _spawn("events", "--store", str(tmp_path / "absent.db"))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("dateline: there is no store")
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("reader", ["true", "head -c 20"])
def test_reader_that_stops_early_is_no_error(run, reports, tmp_path, reader):
    run("ingest", reports, "--store", "news.db")
    line = f"'{sys.executable}' -c '{MAIN}' events --store news.db | {reader}"
    result = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 0
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments", [("--help",), ("events", "--store", "news.db", "--format", "table"), ("reports", "--store", "news.db")]
)
def test_help_and_queries_answer_at_once(run, reports, tmp_path, arguments):
    run("ingest", reports, "--store", "news.db")
    code = (
        "import atexit, resource, sys\n"
        "def tell():\n"
        "    used = resource.getrusage(resource.RUSAGE_SELF)\n"
        f"    heavy = sorted({HEAVY!r} & set(sys.modules))\n"
        "    print('CPU', used.ru_utime + used.ru_stime, *heavy, file=sys.stderr)\n"
        "atexit.register(tell)\n" + MAIN
    )
    spent = []
    for _ in range(3):  # the least of three: other work on the machine slows single runs
        result = _spawn(*arguments, code=code, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        seconds, *heavy = result.stderr.split("CPU")[1].split()
        assert heavy == []
        spent.append(float(seconds))
    assert min(spent) < CPU_SECONDS


def test_visible_keeps_every_offset():
    text = "a\x1b[31m\u202eb\r\n\x9bc\ud800😀é"
    shown = visible(text)
    assert len(shown) == len(text)
    assert [at for at, each in enumerate(shown) if each in "abcé😀"] == [
        at for at, each in enumerate(text) if each in "abcé😀"
    ]
    shown.encode("utf-8")
    assert all(each.isprintable() for each in shown)
