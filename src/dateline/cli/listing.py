"""Prints the rows of a query: a table that fits the screen, CSV for spreadsheets and statistics, or JSON Lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..settings import Settings
from .options import RowFormat
from .terminal import is_terminal, page, say, visible

if TYPE_CHECKING:
    from ..store import Library, Query

Row = dict[str, Any]

ROWS_IN_A_TABLE = 50
# As much of an id as the table shows; "dateline explain" takes it as long as it is the only one that begins so.
ID_LENGTH = 10
# A terminal with fewer columns gets the shorter cells.
_WIDE = 110
# A spreadsheet takes a cell that begins so for a formula; an apostrophe in front makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its heading and how a row fills it."""

    heading: str
    cell: Callable[[Row], str]
    numeric: bool = False
    whole: bool = False  # never broken over two lines
    least: int | None = None  # columns of the terminal that it needs to be readable
    narrow: Callable[[Row], str] | None = None  # a shorter cell for a narrow terminal
    style: str = ""


def field(name: str, *, numeric: bool = False, heading: str | None = None) -> Column:
    """A column that shows one value of the row as it is."""
    return Column(heading or name.replace("_", " "), lambda row: shown(row[name]), numeric)


def id_column() -> Column:
    return Column("id", lambda row: str(row["id"])[:ID_LENGTH], whole=True, style="dim")


def shown(value: object) -> str:
    """A value for a person: lists with semicolons, nothing for what is absent."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return str(value)


def list_rows(
    build: Callable[[], Query],
    columns: Iterable[Column],
    *,
    noun: str,
    store: Path | None,
    output: RowFormat | None,
    limit: int | None,
    note: Callable[[Library], str | None] = lambda _: None,
) -> None:
    """Runs the query on the store and prints its rows. ``note`` may add a line under the table."""
    from ..store import open_library

    if output is None:
        output = RowFormat.TABLE if is_terminal() else RowFormat.JSONL
    if limit is None and output is RowFormat.TABLE:
        limit = ROWS_IN_A_TABLE
    query = build()
    with open_library(Settings.from_environment().store_at(store)) as library:
        print_rows(library, query, columns, noun=noun, output=output, limit=limit)
        if (added := note(library)) is not None:
            say(added)


def print_rows(
    library: Library, query: Query, columns: Iterable[Column], *, noun: str, output: RowFormat, limit: int | None
) -> None:
    """Prints the rows of a query, and says on standard error how many it has when not all are shown."""
    rows = library.rows(query, limit or None)
    if output is RowFormat.CSV:
        count = _write_csv(rows, query)
    elif output is RowFormat.JSONL:
        count = _write_json_lines(rows)
    else:
        count = _print_table(rows, columns)
    _say_what_is_left(library, query, count, limit, noun)


def _say_what_is_left(library: Library, query: Query, count: int, limit: int | None, noun: str) -> None:
    if not count:
        everything = library.count(replace(query, where="1 = 1", parameters={"sep": ""}))
        what = (
            f"the store {library.location} holds {everything:,}"
            if everything
            else f"the store {library.location} holds none"
        )
        say(f"No {noun} to show; {what}.")
    elif limit and count == limit:
        total = library.count(query)
        if total > count:
            say(f"Showing {count:,} of {total:,} {noun}; --limit 0 for all.")
    if aside := library.sets_aside(query):
        say(f"{aside:,} more in older versions of articles or retracted reports; --all-versions lists them.")


def _print_table(rows: Iterator[Row], columns: Iterable[Column]) -> int:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    columns = tuple(columns)
    console = page()
    wide = console.width >= _WIDE
    shown_rows = list(rows)
    if not shown_rows:
        return 0
    cells = [[visible(_cell_for(column, wide)(row)) for row in shown_rows] for column in columns]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1 if wide else 0, 0, 0), show_edge=False)
    for column, filled in zip(columns, cells, strict=True):
        whole = column.whole or column.numeric
        table.add_column(
            column.heading,
            justify="right" if column.numeric else "left",
            style=column.style,
            overflow="fold",
            no_wrap=whole,
            min_width=max(len(column.heading), *map(len, filled)) if whole else column.least,
        )
    for row in zip(*cells, strict=True):
        table.add_row(*map(Text, row))
    console.print(table)
    return len(shown_rows)


def _cell_for(column: Column, wide: bool) -> Callable[[Row], str]:
    return column.cell if wide or column.narrow is None else column.narrow


def _write_csv(rows: Iterator[Row], query: Query) -> int:
    names = [name for name, _ in query.columns]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
        count += 1
    return count


def _cell(value: object) -> object:
    """A value for CSV: lists with semicolons, flags as 0 and 1, and no text that a spreadsheet would run as a formula."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, str):
        value = value.replace("\x00", "\ufffd")
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    return value


def _write_json_lines(rows: Iterator[Row]) -> int:
    count = 0
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))
        count += 1
    return count
