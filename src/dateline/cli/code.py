"""``dateline code``: reports to records, without a store."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ..records import Record, Retraction
from ..settings import Settings
from .options import (
    CapturesOption,
    ContactOption,
    ExtractorName,
    ExtractorOption,
    FastOption,
    FetchOption,
    FieldOption,
    InputFormat,
    InputFormatOption,
    LeastConfidenceOption,
    ModelOption,
    OutletNameOption,
    PublishedOption,
    RecordFormat,
    SourcesArgument,
    StrictOption,
)
from .terminal import is_terminal, page, refusal, say, withdrawal


def code(
    sources: SourcesArgument,
    output: Annotated[
        RecordFormat | None,
        typer.Option(
            "--format", help="Default: text on a terminal, jsonl in a pipe. json is one indented object a report."
        ),
    ] = None,
    input_format: InputFormatOption = InputFormat.AUTO,
    published: PublishedOption = None,
    outlet: OutletNameOption = None,
    named: FieldOption = None,
    fetch: FetchOption = False,
    captures: CapturesOption = None,
    contact: ContactOption = None,
    extractor: ExtractorOption = ExtractorName.PRECISE,
    model: ModelOption = None,
    fast: FastOption = False,
    min_confidence: LeastConfidenceOption = 0.0,
    strict: StrictOption = False,
) -> None:
    """Code reports and print what was found: events, statements, and the words that say so.

    Text, web pages, mail, JSON, tables, web archives, feeds and more are told apart by their content; a JSON line is {"text" or
    "html", and any of "id", "published", "headline", "url", "outlet"}. An input that cannot be coded gets one line on standard
    error, and the others are still done. On an input's own date --published gives way.

    \b
    dateline code report.txt --published 2024-03-28
    dateline code reports.jsonl --format jsonl > records.jsonl
    curl -s https://news.example/story | dateline code - --input-format html
    """
    from .coding import Coding, Reading, code_items, read_sources

    settings = Settings.from_environment()
    output = output or (RecordFormat.TEXT if is_terminal() else RecordFormat.JSONL)
    reading = Reading(
        input_format=input_format,
        published=published,
        outlet=outlet,
        fields=named,
        fetch=fetch,
        captures=captures,
        contact=contact or settings.contact,
    )
    coding = Coding(model=model or settings.model, extractor=extractor, fast=fast, min_confidence=min_confidence)
    items = read_sources(sources, reading)
    rejected = 0
    for result in code_items(items, coding):
        if isinstance(result, Record):
            _print(result, output)
        elif isinstance(result, Retraction):
            say(withdrawal(result))
        else:
            rejected += 1
            say(refusal(result))
    if rejected and strict:
        raise typer.Exit(1)


def _print(record: Record, output: RecordFormat) -> None:
    if output is RecordFormat.TEXT:
        from .record_page import print_record

        print_record(page(), record)
    else:
        indent = 2 if output is RecordFormat.JSON else None
        typer.echo(json.dumps(record.to_dict(), ensure_ascii=False, indent=indent))
