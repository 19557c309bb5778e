"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class RowFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class RecordFormat(StrEnum):
    """How records are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class InputFormat(StrEnum):
    """How inputs are read."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day; write it as 2024-03-28") from None


def _published(value: str | None) -> str | None:
    if value is None:
        return None
    from ..errors import DatelineError
    from ..intake import parse_published

    try:
        return parse_published(value)
    except DatelineError as error:
        raise typer.BadParameter(str(error)) from error


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", help="The database file. Default: $DATELINE_STORE, or dateline.db here.", show_default=False
    ),
]
FormatOption = Annotated[
    RowFormat | None,
    typer.Option(
        "--format",
        help="Default: table on a terminal, jsonl in a pipe. csv puts an apostrophe before formulas.",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", min=0, help="Rows at most; 0 for all. Default: 50 in a table, all in csv and jsonl."),
]
SinceOption = Annotated[str | None, typer.Option("--since", callback=_day, metavar="DAY", help="From this day on.")]
UntilOption = Annotated[str | None, typer.Option("--until", callback=_day, metavar="DAY", help="Up to this day.")]
OutletOption = Annotated[list[str] | None, typer.Option("--outlet", help="Outlet, or part of its name.")]
ReportOption = Annotated[list[str] | None, typer.Option("--report", help="Report id, or the id that the input gave.")]
ContainsOption = Annotated[
    str | None, typer.Option("--contains", metavar="WORDS", help="Only where these words stand.")
]
ConfidenceOption = Annotated[
    float | None, typer.Option("--min-confidence", min=0.0, max=1.0, help="At least this sure.")
]
CountryOption = Annotated[list[str] | None, typer.Option("--country", help="ISO alpha-3 country code of an actor.")]
SectorOption = Annotated[list[str] | None, typer.Option("--sector", help="Sector of an actor, such as GOV or MIL.")]

SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, http(s) addresses, or - for standard input.")
]
InputFormatOption = Annotated[InputFormat, typer.Option("--input-format", help="What the sources are.")]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        callback=_published,
        metavar="DATE",
        help="Day of publication, for reports that do not say theirs.",
    ),
]
OutletNameOption = Annotated[str | None, typer.Option("--outlet", help="Outlet, for reports that do not say theirs.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any input could not be coded.")]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="An installed spaCy pipeline. Default: $DATELINE_MODEL, or the one that came along."),
]


def chosen(values: list[str] | None) -> tuple[str, ...]:
    """The values of an option that may be given several times."""
    return tuple(values or ())
