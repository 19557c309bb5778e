"""What a reader of one format is given, and what it gives: items, rejections and retractions, in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from ..errors import IntakeError
from ..records import RawItem, Rejection, Retraction
from .limits import Limits

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

Items = Iterator[RawItem | Rejection | Retraction]


@dataclass(slots=True)
class Spent:
    """What one source has cost so far, with all that is packed in it: bytes taken, bytes unpacked, files found."""

    packed: int = 0
    unpacked: int = 0
    members: int = 0
    stopped: bool = False  # it was too much; nothing more of this source is unpacked


@dataclass(frozen=True, slots=True)
class Input:
    """An opened input: how a person names it, its bytes, and what was said of it beforehand.

    ``inside`` reads what a container holds, by its own content: ``inside(changed_input, suffix)``, where the changed input
    is ``dataclasses.replace(source, name=…, stream=…, depth=source.depth + 1)``. ``fetch`` reads a web address that an
    input names, ``None`` where nothing may be fetched; ``fetch_rows`` says that the addresses of rows without a text are to
    be fetched, ``archived_feeds`` that feeds in a web archive are read too. ``fields`` says which name of a row holds which
    field, before the names that are known: ``{"text": "Body"}``.
    """

    name: str
    stream: BinaryIO
    limits: Limits
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    charset: str | None = None
    captured: str | None = None
    depth: int = 0
    spent: Spent = field(default_factory=Spent)
    inside: Callable[[Input, str], Items] | None = None
    fetch: Callable[[str], Items] | None = None
    fetch_rows: bool = False
    archived_feeds: bool = False
    fields: Mapping[str, str] | None = None


def rejection(name: str, error: Exception, raw_sha256: str | None = None) -> Rejection:
    """The rejection of one input."""
    return Rejection(name=name, stage="intake", error=type(error).__name__, message=str(error), raw_sha256=raw_sha256)


def is_address(words: str) -> bool:
    """The words are one web address and nothing else."""
    return _ADDRESS.fullmatch(words) is not None


def printable(words: str) -> str:
    """The words as they can be printed and stored: names may hold any characters, also those that move a terminal's cursor."""
    return "".join(character if character.isprintable() else "\ufffd" for character in words)


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
