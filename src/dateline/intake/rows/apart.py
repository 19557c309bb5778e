"""Parquet and Arrow files are read in a process of their own, within a limit of memory.

pyarrow ends the whole process over some damaged files (26.0.1 does, over a false histogram in a Parquet footer), and unpacks
pages of any size that a file claims. Apart, that costs one file, and not the run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ...errors import IntakeError
from ..archives.packings import spend
from ..archives.spooling import seekable
from ..formats import Input, Items, digest, rejection
from .columnar import Task
from .fields import column_names
from .items import Rows

_BLOCK = 1 << 20


def read_apart(source: Input, kind: str) -> Items:
    """A report for each row that holds one; a rejection, naming file and row, for each that does not."""
    if importlib.util.find_spec("pyarrow") is None:
        raise IntakeError(
            f'{source.name} is a {kind.capitalize()} file, and what reads those is not installed; pip install "dateline[parquet]"'
        )
    limits = source.limits
    task = Task(
        kind,
        source.name,
        column_names(),
        tuple((source.fields or {}).values()),
        limits.line_bytes,
        limits.row_group_bytes,
        limits.arrow_batch_bytes,
        limits.columnar_memory,
    )
    with _file_of(source) as file, _worker(task, file) as worker:
        assert worker.stdout is not None
        spend(source, packed=os.fstat(file.fileno()).st_size)
        yield from _read(source, kind, worker.stdout, worker)


def _read(source: Input, kind: str, lines: IO[bytes], worker: subprocess.Popen[bytes]) -> Items:
    rows, last = Rows(source, kind), 0
    while line := lines.readline():
        what, *rest = _message(line)
        if what == "end":
            return
        if what == "error":
            raise IntakeError(rest[0])
        if what == "damage":
            name = f"{source.name} {rest[0]}"
            yield rejection(name, IntakeError(f"{name} cannot be read: {rest[1]}"))
            continue
        raw = lines.readline().rstrip(b"\n")
        if what != "row" or not raw.endswith(b"}"):
            break
        last = rest[0]
        spend(source, unpacked=len(raw))  # forty kilobytes may hold twenty million empty rows
        yield from rows.read(f"{source.name} row {last}", json.loads(raw), digest(raw), warnings=tuple(rest[1]))
    code = worker.wait()
    raise IntakeError(
        f"{source.name} cannot be read from row {last + 1:,} on: what reads it broke down ({_ending(code)}), so the file is "
        "damaged, or its pages unpack to more than may be held; write it again"
    )


def _message(line: bytes) -> list[Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return ["broken"]  # cut off in the middle
    return found if isinstance(found, list) and found else ["broken"]


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"status {code}"


@contextmanager
def _file_of(source: Input) -> Iterator[IO[bytes]]:
    """The input as a file of the system, which another process can read."""
    with seekable(source) as stream:
        try:
            stream.fileno()
            is_file = type(stream).__module__ in {
                "_io",
                "io",
            }  # an archive's member has the number of the whole archive
        except (OSError, AttributeError):
            is_file = False
        if is_file and stream.tell() == 0:
            yield stream
            return
        with tempfile.TemporaryFile() as copy:
            while block := stream.read(_BLOCK):
                copy.write(block)
            copy.seek(0)
            yield copy


@contextmanager
def _worker(task: Task, file: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process that reads; it is ended with the reading. Nothing is imported from the folders it is in (-P)."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("columnar.py")), json.dumps(asdict(task))]
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    worker = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()
        if worker.stdout is not None:
            worker.stdout.close()
