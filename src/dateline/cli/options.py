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
    MHTML = "mhtml"
    EML = "eml"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    WARC = "warc"
    FEED = "feed"
    SITEMAP = "sitemap"
    URLS = "urls"
    LEXISNEXIS = "lexisnexis"


class ExtractorName(StrEnum):
    """How the report is taken out of a web page."""

    PRECISE = "precise"
    FAST = "fast"


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


def _fields(values: list[str] | None) -> list[str] | None:
    for value in values or ():
        name, equals, column = value.partition("=")
        if not (equals and name.strip() and column.strip()):
            raise typer.BadParameter(f"{value!r} names no column; write FIELD=COLUMN, such as text=Body")
    return values


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
    list[str],
    typer.Argument(metavar="SOURCE...", help="Files, folders, archives, http(s) addresses, or - for standard input."),
]
InputFormatOption = Annotated[
    InputFormat, typer.Option("--input-format", help="What the sources are; auto goes by their content.")
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        callback=_fields,
        metavar="FIELD=COLUMN",
        help="Which column or key holds a field, such as text=Body, for tables and JSON of your own. Repeatable.",
    ),
]
FetchOption = Annotated[
    bool,
    typer.Option(
        "--fetch", help="Fetch the pages that rows, feeds and sitemaps name; a list of addresses is fetched anyway."
    ),
]
CapturesOption = Annotated[
    Path | None,
    typer.Option("--captures", metavar="FILE.warc.gz", help="Keep what is fetched in this file, for dateline verify."),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar="ADDRESS",
        help="Told to the hosts that pages are fetched from; e-mail or web. Default: $DATELINE_CONTACT.",
    ),
]
ExtractorOption = Annotated[
    ExtractorName,
    typer.Option("--extractor", help="How web pages are read: precise, or fast for archives of very many."),
]
AllVersionsOption = Annotated[
    bool, typer.Option("--all-versions", help="Older versions of articles and what was retracted, too.")
]
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
FastOption = Annotated[
    bool, typer.Option("--fast", help="Code by rules alone, without the event classifier: quicker, and finds less.")
]
LeastConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        show_default=False,
        help="Leave out events less sure than this; a warning in the record says how many. Default: all are kept.",
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any input could not be coded.")]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="An installed spaCy pipeline. Default: $DATELINE_MODEL, or the one that came along."),
]


def chosen(values: list[str] | None) -> tuple[str, ...]:
    """The values of an option that may be given several times."""
    return tuple(values or ())
