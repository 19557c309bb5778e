"""Where inputs come from: files, folders, standard input, web addresses; and which reader takes each."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from ..errors import ConfigError, IntakeError
from ..records import RawItem, Rejection
from .decoding import SNIFFED, check_not_binary
from .formats import SUFFIXES, Input, Items, find_format, rejection
from .html import read_html
from .jsonl import read_jsonl
from .limits import Limits
from .published import parse_published
from .text import read_text
from .urls import WEB, fetch

# One line a format: the name that --input-format takes, and its reader.
FORMATS: dict[str, Callable[[Input], Items]] = {
    "html": read_html,
    "jsonl": read_jsonl,
    "text": read_text,
}
STANDARD_INPUT = "standard input"
# What a server calls the format, where the first bytes leave it open.
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
}


def read_source(
    source: str | os.PathLike[str],
    *,
    input_format: str = "auto",
    published: str | None = None,
    outlet: str | None = None,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[RawItem | Rejection]:
    """The reports in a file, a folder (searched in order of name), "-" (standard input) or at a web address.

    ``published`` and ``outlet`` stand for reports that do not name their own. ``stdin`` is the binary stream behind "-",
    ``sys.stdin.buffer`` by default. ``allow_private`` is for tests: it lets web addresses be on this machine.
    Raises ``ConfigError`` for an unknown format or an unreadable date, before anything is read.
    """
    if input_format != "auto" and input_format not in FORMATS:
        raise ConfigError(f"unknown input format {input_format!r}; formats are auto, {', '.join(FORMATS)}")
    given = None if published is None else parse_published(published)
    readers = _Readers(input_format, given, outlet, limits or Limits(), allow_private)
    place = os.fspath(source)
    if place == "-":
        return readers.read_stream(STANDARD_INPUT, stdin if stdin is not None else sys.stdin.buffer)
    if WEB.match(place):
        return readers.read_web(place)
    return readers.read_path(Path(place))


class _Readers:
    """What the caller said once, for all the inputs of one source."""

    def __init__(
        self, input_format: str, published: str | None, outlet: str | None, limits: Limits, allow_private: bool
    ) -> None:
        self._format = input_format
        self._published = published
        self._outlet = outlet
        self._limits = limits
        self._allow_private = allow_private

    def read_path(self, path: Path) -> Items:
        """A file, or every file below a folder."""
        if path.is_dir():
            yield from self._read_folder(path)
            return
        name = shown(path)
        try:
            stream = path.open("rb")
        except (OSError, ValueError) as error:
            yield rejection(name, IntakeError(f"{name} cannot be read: {_fault(error)}"))
            return
        with stream:
            yield from self.read_stream(name, stream, path.suffix.lower())

    def _read_folder(self, folder: Path) -> Items:
        found = False
        for path in _files(folder):
            found = True
            if isinstance(path, Rejection):
                yield path
            else:
                yield from self.read_path(path)
        if not found:
            name = shown(folder)
            yield rejection(
                name,
                IntakeError(f"{name} is a folder without reports; names that are read end in {', '.join(SUFFIXES)}"),
            )

    def read_web(self, url: str) -> Items:
        """A page at a web address."""
        name = _printable(re.sub("//[^/]*@", "//", url))
        try:
            fetched = fetch(url, self._limits, allow_private=self._allow_private)
        except IntakeError as error:
            yield rejection(name, IntakeError(_printable(str(error))))
            return
        stream = io.BytesIO(fetched.data)
        yield from self.read_stream(
            name, stream, _TYPES.get(fetched.content_type, ""), url=fetched.url, charset=fetched.charset
        )

    def read_stream(
        self, name: str, stream: BinaryIO, suffix: str = "", *, url: str | None = None, charset: str | None = None
    ) -> Items:
        """The reports in an open stream of bytes."""
        try:
            head = b"" if self._format != "auto" else stream.read(SNIFFED)
            if head:
                check_not_binary(name, head)
            kind = self._format if self._format != "auto" else find_format(head, suffix)
            whole: BinaryIO = io.BufferedReader(_Rejoined(head, stream)) if head else stream
            yield from FORMATS[kind](Input(name, whole, self._limits, self._published, self._outlet, url, charset))
        except IntakeError as error:
            yield rejection(name, error)
        except OSError as error:
            yield rejection(name, IntakeError(f"{name} cannot be read: {_fault(error)}"))


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken, whole again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base class has a private buffer type
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _files(folder: Path) -> Iterator[Path | Rejection]:
    """Regular files with a name that says what they are, in order of name; hidden ones and linked folders are passed over."""
    faults: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=faults.append):
        yield from (_unread(fault) for fault in faults)
        faults.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and _is_regular(path):
                yield path
    yield from (_unread(fault) for fault in faults)


def _is_regular(path: Path) -> bool:
    """A pipe or a device in a folder would be waited for; a file that cannot be looked at is left to the reader to reject."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _unread(fault: OSError) -> Rejection:
    name = shown(Path(str(fault.filename)))
    return rejection(name, IntakeError(f"{name} cannot be read: {_fault(fault)}"))


def _fault(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "permission denied; check who may read it"
    return str(getattr(error, "strerror", None) or error)


def shown(path: Path) -> str:
    """The path as it can be printed and stored: names may hold any bytes, also those that move a terminal's cursor."""
    return _printable(os.fsencode(path).decode("utf-8", "replace") if "\0" not in str(path) else str(path))


def _printable(words: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in words)
