"""JSON documents: one report, a list of them, or an object that wraps such a list, read one report at a time."""

from __future__ import annotations

import codecs
import io
import json
from typing import Any, BinaryIO

from ...errors import IntakeError
from ..decoding import MARKS
from ..formats import Input, Items, rejection
from .items import Rows
from .json_pieces import Piece, cut

_CHUNK = 1 << 16
_DECODER = json.JSONDecoder(strict=False)  # line breaks within strings are common and do no harm


def read_json(source: Input) -> Items:
    """A report for each object in the document that holds one; a rejection, naming its place, for each that does not."""
    rows, number, found = Rows(source, "json"), 0, False
    try:
        for piece in cut(as_utf8(source.stream), source.limits.line_bytes):
            found = True
            number += piece.fault is None
            alone = number == 1 and piece.last and not piece.inside
            name = source.name if alone else f"{source.name} item {number}"
            if piece.fault is not None:
                yield rejection(source.name, IntakeError(_fault(source.name, piece, number)))
                return
            yield from read_piece(rows, name, piece, source.limits.line_bytes)
    except UnicodeError as error:
        raise IntakeError(f"{source.name} is not in the encoding that its first bytes say ({error!s:.80})") from error
    if not found:
        raise IntakeError(
            f'{source.name} holds no report: it is an empty list or file; a report is an object with a "text"'
        )


def read_piece(rows: Rows, name: str, piece: Piece, most: int) -> Items:
    """The report in one piece of a document."""
    try:
        if piece.raw is None:
            raise IntakeError(
                f"{name} has {piece.length:,} bytes; objects up to {most:,} are read. Split it, one report an object"
            )
        row = load_object(name, piece.raw)
    except IntakeError as error:
        yield rejection(name, error, piece.raw_sha256)
        return
    yield from rows.read(name, row, piece.raw_sha256 or "", charset="utf-8")


def load_object(name: str, raw: bytes) -> dict[str, Any]:
    """The object in these bytes; a bare web address counts as one that holds nothing else. Raises ``IntakeError``."""
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name} is not UTF-8 at byte {error.start} of it (0x{raw[error.start]:02x}); "
            "convert the file first, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        ) from error
    except (ValueError, RecursionError) as error:
        start = raw[:40].decode("utf-8", "replace")
        raise IntakeError(
            f'{name} is not JSON ({error!s:.80}): {start!r}; a report looks like {{"id": "1", "text": "…"}}'
        ) from error
    if isinstance(value, str) and value.lower().startswith(("http://", "https://")):
        return {"url": value}
    if not isinstance(value, dict):
        raise IntakeError(
            f'{name} is a JSON {type(value).__name__}, not an object; a report looks like {{"id": "1", "text": "…"}}'
        )
    # Search engines hand out what they keep as _source, with their own words around it.
    inner = value.get("_source")
    return {"_id": value.get("_id"), **inner} if isinstance(inner, dict) else value


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream in UTF-8 and without a byte order mark, whatever the mark says that it was in."""
    head = b""
    while len(head) < 4 and (more := stream.read(4 - len(head))):
        head += more
    for mark, encoding in MARKS:
        if head.startswith(mark):
            rest = _Joined(head[len(mark) :], stream)
            return rest if encoding == "utf-8" else _Recoded(rest, encoding)  # type: ignore[return-value]
    return _Joined(head, stream)  # type: ignore[return-value]


class _Joined(io.RawIOBase):
    """Bytes that were already taken from a stream, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._rest.read(size)


class _Recoded(io.RawIOBase):
    """A stream in another encoding, read as UTF-8."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        del size  # a read may give more or less than was asked for
        while data := self._stream.read(_CHUNK):
            if text := self._decoder.decode(data):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")


def _fault(name: str, piece: Piece, number: int) -> str:
    read = "what came before was read" if number else 'a report looks like {"id": "1", "text": "…"}'
    return f"{name} is not whole JSON from byte {piece.start:,} on: {piece.fault}; {read}"
