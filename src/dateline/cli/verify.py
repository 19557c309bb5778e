"""``dateline verify``: does the store still say what the raw reports say?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from ..records import Rejection
from ..settings import Settings
from .options import (
    FieldOption,
    InputFormat,
    InputFormatOption,
    SourcesArgument,
    StoreOption,
)
from .terminal import is_terminal, refusal, say, visible
from .verification import BrokenSpan, Checked, Verification

# Ids of findings named on a line of text; JSON Lines has them all.
_FINDINGS_TOLD = 5


class VerifyFormat(StrEnum):
    """How the outcome is printed."""

    TEXT = "text"
    JSONL = "jsonl"


def verify(
    sources: SourcesArgument,
    store: StoreOption = None,
    input_format: InputFormatOption = InputFormat.AUTO,
    named: FieldOption = None,
    output: Annotated[
        VerifyFormat | None, typer.Option("--format", help="Default: text on a terminal, jsonl in a pipe.")
    ] = None,
) -> None:
    """Derive stored reports again from their raw bytes, and say what is no longer the same.

    Give the files, folders or captures that were ingested, read in the same way. Each stored report is found by the digest
    of its bytes; its text is taken out again with the extractor that took it out then, and every span of every finding
    must still quote its words. Ends with 0 if all is the same, and with 1 if something is not, if a source cannot be
    read that could be before, or if no report of the store was found.

    \b
    dateline verify pages/ captures.warc.gz --store news.db
    dateline verify export.csv --field text=Body --format jsonl > outcome.jsonl
    """
    from ..store import Filters, open_library, queries
    from .coding import Reading, read_sources

    output = output or (VerifyFormat.TEXT if is_terminal() else VerifyFormat.JSONL)
    reading = Reading(input_format=input_format, fields=named, archived_feeds=True)
    with open_library(Settings.from_environment().store_at(store)) as library:
        verification = Verification(library)
        for checked in verification.check(read_sources(sources, reading)):
            if isinstance(checked, Rejection):
                say(refusal(checked))
            elif output is VerifyFormat.JSONL:
                typer.echo(json.dumps(asdict(checked), ensure_ascii=False))
            else:
                typer.echo(_page(checked))
        say(verification.summary(library.count(queries.reports(Filters(all_versions=True)))))
    if verification.found_faults:
        raise typer.Exit(1)


def _page(checked: Checked) -> str:
    lines = [f"{checked.outcome:<14}{checked.report}  {checked.source}"]
    if checked.difference is not None:
        where = checked.difference
        lines.append(f"from character {where.at:,} the store has “{where.stored}”")
        lines.append(f"and the source “{where.now}”")
        lines.append(f"taken out by {checked.extractor_stored or 'an extractor not kept'}, now {checked.extractor_now}")
    if checked.spans:
        lines.append(_spans(checked.spans))
    if checked.message:
        lines.append(checked.message)
    return "\n".join(visible(line if not number else f"{'':<14}{line}") for number, line in enumerate(lines))


def _spans(spans: tuple[BrokenSpan, ...]) -> str:
    findings = Counter(span.finding for span in spans)
    told = ", ".join(list(findings)[:_FINDINGS_TOLD])
    more = f" and {len(findings) - _FINDINGS_TOLD} more" if len(findings) > _FINDINGS_TOLD else ""
    gone = sum(not span.elsewhere for span in spans)
    return (
        f"{len(spans)} span{'' if len(spans) == 1 else 's'} no longer quote their words "
        f"({gone} of them stand nowhere in the text): {told}{more}"
    )
