"""How a table in text form is written, found by its first rows: what parts the columns, how quotes are escaped, what they are called."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .fields import headerless_tables, known_names, plain_name, text_names

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_ROWS = 50
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE)  # the line that Excel writes to tell itself
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_KEY = re.compile(r"\d{4,14}(?:-T?\d+)?\Z")  # the first column of GDELT's tables


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the rows are written. ``lines`` is how many lines stand before the first row, the line of names included."""

    delimiter: str
    names: tuple[str, ...]
    lines: int
    quoted: bool = True
    escape: str | None = None
    fit: float = 1.0

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The rows in these lines; raises ``csv.Error`` at the first that is not written so."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            escapechar=self.escape,
            strict=True,
        )


def find_dialect(lines: Sequence[str], wanted: Collection[str] = ()) -> Dialect | None:
    """The likeliest way that these first lines are written, ``None`` where they are no table.

    ``wanted`` are names that the caller said columns would have. Known names count most, then that rows have as many cells
    as there are names, then the number of columns.
    """
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    if separator := _SEPARATOR.match(lines[first].strip()):
        return _dialect(lines, first + 1, separator[1], wanted)[1]
    if table := _headerless(lines, first):
        return table
    found = [_dialect(lines, first, delimiter, wanted) for delimiter in DELIMITERS]
    best = max(found, key=lambda each: each[0])
    return best[1]


def looks_like_table(lines: Sequence[str], wanted: Collection[str] = ()) -> bool:
    """The lines are surely a table of reports, without a file name that says so: nothing that a report would begin with.

    One that has a column which the caller named is one.
    """
    dialect = find_dialect(lines, wanted)
    if dialect is None or len(dialect.names) < 2 or dialect.fit < 0.5:
        return False
    if any(name in dialect.names for name in wanted):
        return True
    plain = [plain_name(name) for name in dialect.names]
    known = sum(name in known_names() for name in plain)
    return known >= 2 and any(name in text_names() for name in plain) and all(len(name) <= 40 for name in dialect.names)


def _dialect(
    lines: Sequence[str], first: int, delimiter: str, wanted: Collection[str]
) -> tuple[tuple[bool, int, float, int], Dialect | None]:
    """The best of the ways to write with this delimiter, and how well it fits."""
    best: tuple[tuple[bool, int, float, int], Dialect | None] = ((False, 0, 0.0, 0), None)
    for quoted, escape in ((True, None), (True, "\\"), (False, None)):
        if not quoted and delimiter != "\t":
            continue  # only tables with tabs are written without any quotes
        trial = Dialect(delimiter, (), first, quoted, escape)
        try:
            names = next(trial.rows(iter(lines[first:])), [])
        except csv.Error:
            continue
        while names and not names[-1].strip():
            names.pop()  # some tables end all their lines with delimiters
        used = _lines_used(lines, first, trial)
        fit, width = _fit(lines[first + used :], trial, len(names)), len(names)
        plain = {plain_name(name) for name in names}
        known = len(plain & known_names()) + sum(name in names or plain_name(name) in plain for name in wanted)
        score = (bool(plain & text_names()) or any(name in names for name in wanted), known, fit, width)
        if names and score > best[0]:
            best = score, Dialect(delimiter, tuple(names), first + used, quoted, escape, fit)
    return best


def _lines_used(lines: Sequence[str], first: int, dialect: Dialect) -> int:
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in lines[first:]:
            taken += 1
            yield line

    next(dialect.rows(counted()), None)
    return taken


def _fit(lines: Sequence[str], dialect: Dialect, width: int) -> float:
    """The share of the rows that have as many cells as there are names; the last, perhaps cut off, does not count."""
    good = bad = 0
    waiting: bool | None = None
    try:
        for row in dialect.rows(iter(lines)):
            if waiting is not None:
                good, bad = good + waiting, bad + (not waiting)
            waiting = len(row) == width if row else None
            if good + bad >= SAMPLE_ROWS:
                break
    except csv.Error as error:
        if "unexpected end" not in str(error):
            bad += 1
    if not good + bad and waiting is not None:
        return 1.0 if waiting else 0.5
    return good / (good + bad) if good + bad else 1.0


def _headerless(lines: Sequence[str], first: int) -> Dialect | None:
    """One of the known tables that come without names, by the number of its columns, its key and its addresses."""
    cells = lines[first].rstrip("\r\n").split("\t")
    table = headerless_tables().get(len(cells))
    if table is None or not _KEY.match(cells[0]):
        return None
    rows = [line.rstrip("\r\n").split("\t") for line in lines[first : first + SAMPLE_ROWS]]
    if not any(_ADDRESS.match(cell) for row in rows for cell in row):
        return None
    names = tuple(table.names.get(number, f"column {number}") for number in range(1, table.columns + 1))
    return Dialect("\t", names, first, quoted=False)


def begins_as_table(head: bytes, wanted: Collection[str] = ()) -> bool:
    """The first bytes of an input are surely those of a table of reports."""
    text = head.decode("utf-8", "replace")
    if not any(delimiter in text for delimiter in DELIMITERS):
        return False
    lines = text.splitlines(keepends=True)
    first = lines[0] if lines else ""
    if len(first) == len(text) or not any(delimiter in first for delimiter in DELIMITERS):
        return False
    return looks_like_table(lines if len(lines) < 3 else lines[:-1], wanted)
