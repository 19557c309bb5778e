"""``dateline watch`` as a process: it ends when told to, and a kill at any moment loses and doubles nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "src"
WHOLE = "The ministers of both states met in the harbour town and agreed to open bridge number {} again. " * 8

# The command itself, with three changes: records without findings (no language model), pages from this machine at once, and
# a kill where it is told so. Starting Python takes seconds, so one process imports all and is forked for each command.
NURSERY = """
import json, os, signal, sys
import lxml.etree
from dateline import cli
from dateline.cli import coding, watch
from dateline.fetching import Fetcher
from dateline.intake import Limits
from dateline.records import SCHEMA_VERSION, Provenance, Record
from dateline.report import build_report
from dateline.store.watching import WatchRows
from dateline.store.writing import Store

class Coder:
    def pipe_items(self, items, batch_size):
        for item in items:
            report, warnings = build_report(item)
            provenance = Provenance("0", "0", "none", "none", "2024-03-28T10:00:00Z")
            yield Record(SCHEMA_VERSION, report, (), (), (), (), (), provenance, warnings)

def killed_at(number, work):
    calls = []
    def maybe(*args):
        calls.append(1)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*args)
    return maybe

def run(where, number, said, arguments):
    signal.alarm(60)
    for stream in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    if where == "before writing":
        Store.write = killed_at(number, Store.write)
    if where == "before saving":
        WatchRows.save = killed_at(number, WatchRows.save)
    sys.argv = ["dateline", "watch", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        return end.code or 0

coding.load_coder = lambda *_: Coder()
watch.make_fetcher = lambda contact, captures, sleep: Fetcher(
    Limits(), allow_private=True, delay_s=0.0, captures=captures, sleep=sleep)
Store.open(sys.argv[1]).close()
print("ready", flush=True)
for line in sys.stdin:
    order = json.loads(line)
    if "wait" in order:
        print(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]), flush=True)
    elif pid := os.fork():
        print(pid, flush=True)
    else:
        status = 70
        try:
            status = run(**order)
        finally:
            os._exit(status)
"""


class Nursery:
    """Starts watches, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.empty_store = folder / "empty.db"
        arguments = [sys.executable, "-c", NURSERY, str(self.empty_store)]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        self._process = subprocess.Popen(
            arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def ask(self, **order: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.close()


class Command:
    """A watch of /feed that runs as a process."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self._nursery = nursery
        self._folder = folder
        self._running: set[int] = set()

    def start(self, *options: str, where: str = "never", number: int = 0) -> int:
        """The process; ``where`` and ``number`` say at which call of what it is killed."""
        arguments = [str(self._folder / "feeds.toml"), *options]
        pid = self._nursery.ask(where=where, number=number, said=str(self._said), arguments=arguments)
        self._running.add(pid)
        return pid

    def wait(self, pid: int) -> int:
        status = self._nursery.ask(wait=pid)
        self._running.discard(pid)
        return status

    def said(self) -> str:
        return self._said.read_text(encoding="utf-8") if self._said.exists() else ""

    @property
    def _said(self) -> Path:
        return self._folder / "said.txt"

    def close(self) -> None:
        for pid in sorted(self._running):
            os.kill(pid, signal.SIGKILL)
            self.wait(pid)


@pytest.fixture
def command(nursery: Nursery, tmp_path: Path, site: Any) -> Iterator[Command]:
    (tmp_path / "feeds.toml").write_text(
        f"[watch]\nstore = 'news.db'\ncaptures = 'captures.warc.gz'\n[[feed]]\nurl = '{site.url('/feed')}'\noutlet = 'Ledger'\n",
        encoding="utf-8",
    )
    command = Command(nursery, tmp_path)
    shutil.copy(nursery.empty_store, tmp_path / "news.db")
    yield command
    command.close()


def entry(site: Any, number: int, words: str = WHOLE) -> str:
    link = site.url(f"/a{number}")
    body = words.replace("{}", str(number))
    return f"<item><title>Bridge {number} opens</title><link>{link}</link><description>{body}</description></item>"


def feed(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>The Daily Ledger</title>{''.join(entries)}</channel></rss>"


def stored(tmp_path: Path) -> list[tuple[str, int, str | None]]:
    with sqlite3.connect(tmp_path / "news.db") as connection:
        rows = connection.execute("SELECT url, is_current, retraction FROM reports ORDER BY url").fetchall()
    connection.close()
    return [(str(url), int(current), back) for url, current, back in rows]


@pytest.mark.parametrize(("where", "number"), [("before writing", 1), ("before writing", 2), ("before saving", 2)])
def test_a_kill_loses_no_article_and_doubles_none(
    site: Any, command: Command, tmp_path: Path, where: str, number: int
) -> None:
    site.put("/feed", {"body": feed(*(entry(site, each) for each in range(30))), "headers": {"ETag": '"1"'}})
    assert command.wait(command.start("--once", where=where, number=number)) == -signal.SIGKILL
    assert command.wait(command.start("--once")) == 0, command.said()
    assert stored(tmp_path) == sorted((site.url(f"/a{each}"), 1, None) for each in range(30))


def test_versions_and_retractions_end_up_in_the_store(site: Any, command: Command, tmp_path: Path) -> None:
    cancelled = f'{{"url": "{site.url("/a1")}", "pubstatus": "canceled"}}'
    site.put(
        "/feed",
        feed(entry(site, 1), entry(site, 2)),
        feed(entry(site, 1), entry(site, 2, f"Corrected. {WHOLE}")),
        f'{{"version": "https://jsonfeed.org/version/1", "items": [{cancelled}]}}',
    )
    for _ in range(3):
        assert command.wait(command.start("--once")) == 0, command.said()
    (first, old, new) = stored(tmp_path)
    assert (first[0], first[2] is None) == (site.url("/a1"), False)
    assert {old[0], new[0]} == {site.url("/a2")}
    assert sorted((old[1], new[1])) == [0, 1]
    assert (tmp_path / "captures.warc.gz").stat().st_size > 0
    assert "1 retraction" in command.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_runs_until_it_is_told_to_stop(site: Any, command: Command, tmp_path: Path, number: int) -> None:
    site.put("/feed", feed(entry(site, 1)))
    pid = command.start()
    end = time.monotonic() + 30
    while "1 entries, 1 new" not in command.said() and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(pid, number)
    assert command.wait(pid) == 0, command.said()
    assert "Coded 1 report" in command.said()
    assert stored(tmp_path) == [(site.url("/a1"), 1, None)]
