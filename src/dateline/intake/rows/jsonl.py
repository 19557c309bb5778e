"""JSON Lines: one object a line. Which of its names are read as what is in ``rules/intake/fields.toml``."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import IntakeError
from ..decoding import check_not_binary
from ..formats import Input, Items, digest, rejection
from .fields import plain_name, wrapper_names
from .items import Rows
from .json_files import load_object, read_piece
from .json_pieces import cut

_DRAIN = 1 << 20


@dataclass(frozen=True, slots=True)
class _TooLong:
    """A line that was read past the limit and let go; only its digest and length are kept."""

    length: int
    raw_sha256: str


def read_jsonl(source: Input) -> Items:
    """A report for each line that holds one; a rejection, naming file and line, for each that does not."""
    found, rows = False, Rows(source, "jsonl")
    for number, line in _lines(source):
        name = f"{source.name} line {number}"
        if isinstance(line, _TooLong):
            found = True
            error = IntakeError(
                f"{name} has {line.length:,} bytes; lines up to {source.limits.line_bytes:,} are read. Split it, one report a line"
            )
            yield rejection(name, error, line.raw_sha256)
            continue
        if number == 1:
            check_not_binary(source.name, line)
            _check_one_a_line(source.name, line)
        line = line.strip()
        if line:
            found = True
            yield from _read_line(source, rows, name, line)
    if not found:
        raise IntakeError(f'{source.name} is empty; JSON Lines has one report a line, as an object with a "text"')


def _read_line(source: Input, rows: Rows, name: str, line: bytes) -> Items:
    try:
        row = load_object(name, line)
    except IntakeError as error:
        yield rejection(name, error, digest(line))
        return
    # A line may be a whole answer of a web service that wraps a list: its values are cut out as from a document.
    if any(isinstance(value, list | dict) and plain_name(key) in wrapper_names() for key, value in row.items()):
        pieces = list(cut(io.BytesIO(line), source.limits.line_bytes))
        if pieces and all(piece.inside for piece in pieces):
            for number, piece in enumerate(pieces, start=1):
                yield from read_piece(rows, f"{name} item {number}", piece, source.limits.line_bytes)
            return
    yield from rows.read(name, row, digest(line), charset="utf-8")


def _lines(source: Input) -> Iterator[tuple[int, bytes | _TooLong]]:
    """Numbered lines, of which never more than the limit is held."""
    most, number = source.limits.line_bytes, 0
    while line := source.stream.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            yield number, _let_go(source, line)
        else:
            yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _let_go(source: Input, line: bytes) -> _TooLong:
    hasher, length = hashlib.sha256(line), len(line)
    while not line.endswith(b"\n") and (line := source.stream.readline(_DRAIN)):
        hasher.update(line)
        length += len(line)
    return _TooLong(length, hasher.hexdigest())


def _check_one_a_line(name: str, line: bytes) -> None:
    if line.strip() in (b"[", b"{") or line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise IntakeError(
            f"{name} is not JSON Lines: each line must be one whole JSON object, in UTF-8; for other JSON say json, or leave the format out"
        )
