"""``dateline dyads``: what one given span of a text does to another."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from ..errors import IntakeError
from ..records import Rejection
from ..settings import Settings
from .options import FastOption, ModelOption, StrictOption
from .terminal import counted, refusal, say

if TYPE_CHECKING:
    from ..dyads import DyadItem
    from ..events import Range

STANDARD_INPUT = "-"
# A report has a million characters at most, and JSON may write each of them as twelve.
_LINE_BYTES = 16_000_000
_DRAINED_AT_ONCE = 1 << 20


def dyads(
    source: Annotated[
        str, typer.Argument(metavar="FILE.jsonl", help="One pair a line, as a JSON object; - for standard input.")
    ],
    model: ModelOption = None,
    fast: FastOption = False,
    strict: StrictOption = False,
) -> None:
    """Say what one given span of a text does to another: the event types between just these two, with confidences.

    A line is {"text", "source": [start, end], "target": [start, end], and any of "id", "published"}; offsets count code
    points, the end is not included, and a side that is not in the text is null. For each line there is one with its "id" (or
    its number) and its "types", the most probable first; what their confidences lack to 1 is "no event". A line that cannot
    be used gets one line on standard error, and the others are still done.

    \b
    dateline dyads pairs.jsonl > types.jsonl
    zcat pairs.jsonl.gz | dateline dyads - --fast
    """
    from .coding import Coding, load_coder

    name = "standard input" if source == STANDARD_INPUT else source
    done = rejected = 0
    with _opened(source) as stream:
        items = read_pairs(name, stream)
        coder = load_coder(Coding(model=model or Settings.from_environment().model, fast=fast))
        for result in coder.pipe_dyads(items):
            if isinstance(result, Rejection):
                rejected += 1
                say(refusal(result))
            else:
                done += 1
                item, types = result
                found = {"id": item.external_id, "types": [asdict(each) for each in types]}
                typer.echo(json.dumps(found, ensure_ascii=False))
    say(f"Coded {counted(done, 'pair')}; {rejected:,} rejected.")
    if rejected and strict:
        raise typer.Exit(1)


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    if source == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise IntakeError(f"{source} cannot be read ({error.strerror}); give a file of JSON Lines, or -") from error


def read_pairs(name: str, stream: BinaryIO) -> Iterator[DyadItem | Rejection]:
    """The pair in each line that is not blank, or why there is none; never more than one line is held."""
    number = 0
    while line := stream.readline(_LINE_BYTES + 1):
        number += 1
        where = f"{name} line {number}"
        try:
            if len(line) > _LINE_BYTES and not line.endswith(b"\n"):
                raise IntakeError(f"{where} has {_drain(stream, len(line)):,} bytes; at most {_LINE_BYTES:,} are read")
            if line.strip():
                yield _pair(where, number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except IntakeError as error:
            yield Rejection(name=where, stage="intake", error="IntakeError", message=str(error))


def _drain(stream: BinaryIO, length: int) -> int:
    """Reads on to the end of an overlong line, and says how long it was."""
    while more := stream.readline(_DRAINED_AT_ONCE):
        length += len(more)
        if more.endswith(b"\n"):
            break
    return length


def _pair(where: str, number: int, line: bytes) -> DyadItem:
    from ..dyads import DyadItem
    from ..intake.decoding import writable

    row = _object(where, line)
    text = row.get("text")
    if not isinstance(text, str):
        raise IntakeError(f'{where} has no text: give a string under "text"')
    key = row.get("id")
    if key is not None and not isinstance(key, str | int):
        raise IntakeError(f'{where}: "id" is {json.dumps(key):.60}; give a string or a whole number, or leave it out')
    published = row.get("published")
    if published is not None and not isinstance(published, str):
        raise IntakeError(f'{where}: "published" is {json.dumps(published):.60}; give a date such as "2024-03-28"')
    return DyadItem(
        name=where,
        text=writable(text),
        source=_span(where, row, "source"),
        target=_span(where, row, "target"),
        published=published,
        external_id=number if key is None else key,
    )


def _object(where: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise IntakeError(f"{where} is not UTF-8 at byte {error.start} of it; convert the file first") from error
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"{where} is not JSON ({error!s:.80}); each line is one whole object") from error
    if not isinstance(row, dict):
        raise IntakeError(f"{where} is a JSON {type(row).__name__}, not an object")
    return row


def _span(where: str, row: dict[str, Any], side: str) -> Range | None:
    """The span of a side as it is given; whether it fits the text is seen when it is coded."""
    if side not in row:
        raise IntakeError(f'{where} has no "{side}": give [start, end], or null if it is not in the text')
    given = row[side]
    return tuple(given) if isinstance(given, list) else given
