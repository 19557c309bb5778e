"""What a reader of one format is given, and which format an input has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import IntakeError
from ..records import RawItem, Rejection
from .decoding import MARKS, SNIFFED
from .limits import Limits

# File names that say what is in them; a folder is searched for these, and a file of another name is judged by its content.
SUFFIXES: dict[str, str] = {
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".text": "text",
    ".txt": "text",
    ".xhtml": "html",
}
_HTML_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:/?[a-zA-Z][a-zA-Z0-9]*[\s/>]|!)")
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\}|\r?\n)|\[\s*\{)")


@dataclass(frozen=True, slots=True)
class Input:
    """An opened input: how a person names it, its bytes, and what was said of it beforehand."""

    name: str
    stream: BinaryIO
    limits: Limits
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    charset: str | None = None


def rejection(name: str, error: Exception, raw_sha256: str | None = None) -> Rejection:
    """The rejection of one input."""
    return Rejection(name=name, stage="intake", error=type(error).__name__, message=str(error), raw_sha256=raw_sha256)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_whole(source: Input, most: int) -> bytes:
    """All bytes of the input. Raises ``IntakeError`` when there are none, or more than ``most``."""
    data = source.stream.read(most + 1)
    if len(data) > most:
        raise IntakeError(
            f"{source.name} is larger than {most:,} bytes, too large for one report; split it, one report a file or one a JSON line"
        )
    if not data.strip():
        raise IntakeError(f"{source.name} is empty; a report needs at least one sentence")
    return data


def find_format(head: bytes, suffix: str) -> str:
    """The format of an input by its first bytes; the name decides only where they leave it open."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "ignore").encode()
            break
    head = head[:SNIFFED]
    named = SUFFIXES.get(suffix)
    if named == "jsonl" or _JSON.match(head):
        return "jsonl"
    if _HTML_START.match(head) or (named == "html" and _TAG.search(head)):
        return "html"
    return "text"


Items = Iterator[RawItem | Rejection]
