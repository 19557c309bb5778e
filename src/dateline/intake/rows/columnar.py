"""The rows of Parquet and Arrow files, read by pyarrow in a process of its own (see ``apart``), a few at a time.

What is written to standard output is read by ``apart``: a line that says what follows, and for a row a second with its values.
This file is run as a program and imports nothing of dateline, so that each file costs no more than pyarrow's own start.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

# Rows decoded at once. Few, since a small file may say that one text of megabytes stands on a thousand rows.
BATCH_ROWS = 64
_MOST_COLUMNS = 10_000
_MOST_METADATA = 100_000_000  # what pyarrow may set up for the description of a file, in bytes
_ARROW_FILE = b"ARROW1"


class UnreadableError(Exception):
    """The file cannot be read as a whole."""


# Processor time until the next row; a row group of the largest size that is read takes a few seconds.
MOST_SECONDS_A_ROW = 60


@dataclass(frozen=True, slots=True)
class Task:
    """What to read: the format, the name to use in messages, the columns, and the limits.

    ``known`` are names by their letters and digits alone, ``wanted`` those that the caller gave.
    """

    kind: str
    name: str
    known: tuple[str, ...]
    wanted: tuple[str, ...]
    row_bytes: int
    group_bytes: int
    batch_bytes: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number in the file, as JSON, and what of it could not be read."""

    number: int
    json: bytes
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """Rows that cannot be read, and why."""

    rows: str
    message: str


def read_rows(task: Task, stream: BinaryIO) -> Iterator[Row | Damage]:
    """The rows of the file in order. Raises ``UnreadableError`` when it cannot be read as a whole."""
    import pyarrow as pa

    faults = (pa.ArrowException, OSError, ValueError, TypeError, NotImplementedError, OverflowError, MemoryError)
    reader = _parquet_rows if task.kind == "parquet" else _arrow_rows
    found = False
    for each in reader(task, stream, faults):
        found = True
        yield each
    if not found:
        raise UnreadableError(f"{task.name} has no rows; a report is one row")


def _parquet_rows(task: Task, stream: BinaryIO, faults: tuple[type[Exception], ...]) -> Iterator[Row | Damage]:
    """The rows of each row group; a group that is damaged is told from the damage on, and the next one read."""
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(
            stream,
            pre_buffer=False,  # or whole row groups are read ahead
            buffer_size=1 << 16,
            thrift_string_size_limit=_MOST_METADATA,
            thrift_container_size_limit=_MOST_METADATA // 100,
        )
        columns = _columns(task, file.schema_arrow.names)
        groups = [
            (group.num_rows, group.total_byte_size)
            for group in map(file.metadata.row_group, range(file.num_row_groups))
        ]
    except faults as error:
        raise UnreadableError(
            f"{task.name} is no whole Parquet file ({_plain_fault(error)}); write it again"
        ) from error
    first = 1
    for index, (count, size) in enumerate(groups):
        number, last = first, first + max(count, 1) - 1
        if size > task.group_bytes:
            yield Damage(
                f"rows {number:,} to {last:,}",
                f"they unpack to {size:,} bytes, and up to {task.group_bytes:,} are read",
            )
            first += count
            continue
        try:
            for batch in file.iter_batches(
                batch_size=BATCH_ROWS, row_groups=[index], columns=columns, use_threads=False
            ):
                yield from _rows(task, batch, number)
                number += batch.num_rows
        except faults as error:
            yield Damage(f"rows {number:,} to {last:,}", f"the file is damaged there ({_plain_fault(error)})")
        first += count


def _arrow_rows(task: Task, stream: BinaryIO, faults: tuple[type[Exception], ...]) -> Iterator[Row | Damage]:
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"FEA1"):
        raise UnreadableError(
            f"{task.name} is a Feather file of version 1, which is read no longer; write it again as version 2"
        )
    number = 1
    try:
        batches = _batches(task, stream, head.startswith(_ARROW_FILE))
        batch = next(batches, None)
    except faults as error:
        raise UnreadableError(f"{task.name} is no whole Arrow file ({_plain_fault(error)}); write it again") from error
    while batch is not None:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            part = batch.slice(start, BATCH_ROWS)
            yield from _rows(task, part, number)
            number += part.num_rows
        try:
            batch = next(batches, None)
        except faults as error:
            yield Damage(f"from row {number:,} on", f"the file is damaged there ({_plain_fault(error)})")
            return


def _batches(task: Task, stream: BinaryIO, is_file: bool) -> Iterator[Any]:
    """The batches in order, of the known columns only."""
    import pyarrow as pa

    kind = pa.ipc.open_file if is_file else pa.ipc.open_stream
    names = kind(stream).schema.names
    wanted = _columns(task, names)
    options = pa.ipc.IpcReadOptions(
        included_fields=[index for index, name in enumerate(names) if name in wanted], use_threads=False
    )
    stream.seek(0)
    reader = kind(stream, options=options)
    found = map(reader.get_batch, range(reader.num_record_batches)) if is_file else reader
    for batch in found:
        batch.validate(full=True)  # offsets that point outside would be read as whatever is in memory there
        if batch.nbytes > task.batch_bytes:
            raise ValueError(
                f"a batch of {batch.nbytes:,} bytes, more than {task.batch_bytes:,}; write fewer rows a batch"
            )
        yield batch


def _columns(task: Task, names: Sequence[str]) -> list[str]:
    """The columns whose names are known or asked for. Raises ``UnreadableError`` where none can hold a report."""
    if len(names) > _MOST_COLUMNS:
        raise UnreadableError(f"{task.name} has {len(names):,} columns; tables of up to {_MOST_COLUMNS:,} are read")
    known = {*task.known, *(_letters(name) for name in task.wanted)}
    found = [name for name in names if name in task.wanted or _letters(name) in known]
    if not found:
        shown = ", ".join(name[:30] for name in names[:12]) or "none"
        raise UnreadableError(
            f"{task.name} has no column that is read; its columns are {shown!r}, those read are in docs/formats.md, "
            "and --field text=NAME names another"
        )
    return found


def _letters(name: str) -> str:
    return "".join(character for character in name.split(".")[0].casefold() if character.isalnum())


def _rows(task: Task, batch: Any, first: int) -> Iterator[Row | Damage]:
    """The rows of a batch, of which the first has this number in the file."""
    columns = [_readable(batch.column(index)) for index in range(batch.num_columns)]
    for index in range(batch.num_rows):
        row, faults = {}, []
        for key, column in zip(batch.schema.names, columns, strict=True):
            try:
                row[key] = _plain(column[index].as_py())
            except (ValueError, OverflowError, TypeError) as error:
                faults.append(f"the value of {key[:40]!r} cannot be read ({_plain_fault(error)}) and was left out")
        raw = json.dumps(row, ensure_ascii=True, default=str).encode("ascii")
        if len(raw) > task.row_bytes:
            yield Damage(f"row {first + index}", f"it has {len(raw):,} bytes; rows up to {task.row_bytes:,} are read")
        else:
            yield Row(first + index, raw, tuple(faults))


def _readable(column: Any) -> Any:
    """The column, its moments in microseconds: Python has no nanoseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Decimal) else f"{value!s:.1000}"


def _plain_fault(error: Exception) -> str:
    """What is wrong, on one line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return "".join(each if each.isprintable() else "\ufffd" for each in words[:90])


# -- the process -----------------------------------------------------------------------------


def work(task: Task, stream: BinaryIO, out: BinaryIO) -> None:
    """Writes the rows of the file, what is damaged, and "end" when all of it was read."""
    _limit_memory(task.memory_bytes)
    _limit_time()
    try:
        for each in read_rows(task, stream):
            _limit_time()
            if isinstance(each, Row):
                out.write(json.dumps(["row", each.number, each.faults]).encode() + b"\n" + each.json + b"\n")
            else:
                out.write(json.dumps(["damage", each.rows, each.message]).encode() + b"\n")
    except UnreadableError as error:
        out.write(json.dumps(["error", str(error)]).encode() + b"\n")
    out.write(b'["end"]\n')
    out.flush()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # there is no such thing on Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit_time() -> None:
    """Ends the process when it works so long for the next row: a forged file may keep its reader going for ever."""
    if hasattr(signal, "setitimer"):  # there is no such thing on Windows
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS_A_ROW)


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    work(
        Task(**{**given, "known": tuple(given["known"]), "wanted": tuple(given["wanted"])}),
        sys.stdin.buffer,
        sys.stdout.buffer,
    )
