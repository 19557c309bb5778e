"""Tables in text form: CSV, tabs, semicolons. A row is a report; which column is what is found by its name.

The dialect is found by content. A row that does not fit (too many or too few cells, a stray quote) is rejected by the
number of its line, and reading goes on with the next line: a quote that is never closed does not swallow the rest.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from ...errors import IntakeError
from ..formats import Input, Items, rejection
from .decoded_lines import DecodedLines, Line
from .dialects import Dialect, find_dialect
from .items import Rows

_SAMPLE_LINES, _SAMPLE_CHARACTERS = 200, 400_000
_MOST_COLUMNS = 10_000
# A row that does not end is read again from its second line; in all, at most so often the longest row.
_SECOND_LOOKS = 10


class _TooLongError(Exception):
    """A row grew past the limit."""


def read_csv(source: Input) -> Items:
    """A report for each row that holds one; a rejection, naming file and line, for each that does not."""
    most = source.limits.line_bytes
    if csv.field_size_limit() <= most:
        csv.field_size_limit(
            most + 1
        )  # one limit for the whole process: it is only ever raised, rows are limited below
    lines = _Lines(source)
    sample = lines.peek()
    dialect = find_dialect([line.words for line in sample], (source.fields or {}).values())
    if dialect is None:
        raise IntakeError(f"{source.name} is empty; a table needs a line of names and a row, e.g. id,date,text")
    if len(dialect.names) > _MOST_COLUMNS:
        raise IntakeError(
            f"{source.name} has {len(dialect.names):,} columns; tables of up to {_MOST_COLUMNS:,} are read"
        )
    lines.drop(dialect.lines)
    rows, names, found = Rows(source, "csv"), _distinct(dialect.names), False
    for taken, cells in _records(lines, dialect, source):
        found = True
        name, raw_sha256 = f"{source.name} line {taken[0].number}", lines.decoded.digest(taken)
        try:
            if isinstance(cells, IntakeError):
                raise cells
            cells = _fitted(name, cells, names)
            lines.decoded.check(name, taken)
        except IntakeError as error:
            yield rejection(name, error, raw_sha256)
            continue
        row = dict(zip(names, cells, strict=True))
        decoded = lines.decoded
        yield from rows.read(name, row, raw_sha256, charset=decoded.encoding, warnings=decoded.warnings(taken))
    if not found:
        shown = ", ".join(names[:8])
        raise IntakeError(f"{source.name} has no row below its line of names ({shown:.120}); a report is one row")


def _records(lines: _Lines, dialect: Dialect, source: Input) -> Iterator[tuple[list[Line], list[str] | IntakeError]]:
    """Each row with the lines it was taken from, or why it is none. What follows a faulty first line is read again."""
    most, looks = source.limits.line_bytes, _SECOND_LOOKS * source.limits.line_bytes
    width, reader = len(dialect.names), dialect.rows(lines)
    while True:
        lines.begin()
        cells: list[str] | IntakeError
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLongError:
            cells = IntakeError(f"a row longer than {most:,} characters, or a quote that is not closed")
        except csv.Error as error:
            cells = IntakeError(_plain_fault(str(error)))
        taken = lines.taken
        if not taken:
            return
        if isinstance(cells, list) and not any(cells):
            continue  # an empty line
        whole = isinstance(cells, list) and _width(cells, width) == width
        if not whole:
            size = sum(len(line.words) for line in taken[1:])
            if len(taken) > 1 and size <= looks:
                looks -= size
                lines.give_back(taken[1:])
                taken = taken[:1]
                cells = IntakeError("a quote that opens here is not closed as it should be, or the row is broken")
            if dialect.delimiter == "\t" and (bare := taken[0].words.rstrip("\r\n").split("\t")) and len(bare) == width:
                cells = bare  # with tabs a quote is often just a quote
            reader = dialect.rows(lines)
        if isinstance(cells, IntakeError):
            where = f"{source.name} line {taken[0].number}" + (f" to {taken[-1].number}" if len(taken) > 1 else "")
            cells = IntakeError(f"{where} cannot be read as a row: {cells}; {_start(taken[0].words)}")
        yield taken, cells


class _Lines:
    """The lines of a table, of which never more than one row is held; lines may be given back and are read again."""

    def __init__(self, source: Input) -> None:
        self.decoded = DecodedLines(source)
        self._waiting: deque[Line] = deque()
        self._size = 0
        self._limit = source.limits.line_bytes
        self.taken: list[Line] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self.decoded.read()
        if line is None:
            raise StopIteration
        self.taken.append(line)
        self._size += len(line.words)
        if self._size > self._limit:
            raise _TooLongError
        return line.words

    def begin(self) -> None:
        """A new row begins."""
        self.taken, self._size = [], 0

    def give_back(self, lines: list[Line]) -> None:
        self._waiting.extendleft(reversed(lines))

    def peek(self) -> list[Line]:
        """The first lines, which are read again afterwards."""
        size = 0
        while len(self._waiting) < _SAMPLE_LINES and size < _SAMPLE_CHARACTERS and (line := self.decoded.read()):
            self._waiting.append(line)
            size += len(line.words)
        return list(self._waiting)

    def drop(self, count: int) -> None:
        for _ in range(count):
            self._waiting.popleft()


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, each once: a second "date" is "date (2)", and read only if asked for so."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        name = name.strip().lstrip("\ufeff")
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _width(cells: list[str], width: int) -> int:
    """The number of cells, less empty ones beyond the last name: some tables end their lines with delimiters."""
    return width if len(cells) > width and not any(cells[width:]) else len(cells)


def _fitted(name: str, cells: list[str], names: tuple[str, ...]) -> list[str]:
    if _width(cells, len(names)) != len(names):
        held = "1 cell" if len(cells) == 1 else f"{len(cells):,} cells"
        raise IntakeError(f"{name} has {held} where {len(names):,} columns are named; {_start(','.join(cells))}")
    return cells[: len(names)]


def _plain_fault(words: str) -> str:
    if "expected after" in words:
        return "a quote stands within quotes and is not doubled"
    if "unexpected end" in words:
        return "a quote is not closed"
    return words


def _start(words: str) -> str:
    return f"it begins {''.join(each if each.isprintable() else ' ' for each in words[:60])!r}"
