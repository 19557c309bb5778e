"""Lines of a text file of any length, decoded one by one: as their byte order mark says, as UTF-8, or else as Windows-1252."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from ...errors import IntakeError
from ..archives.wrappings import Rejoined
from ..decoding import MARKS, known_encoding
from ..formats import Input, digest

WINDOWS = "read as Windows-1252, since the file is not UTF-8; if its letters look wrong, convert it first (iconv -f … -t UTF-8)"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: as it was, for the digest, and as it is read; both with its line end."""

    number: int
    raw: str
    words: str


class DecodedLines:
    """The lines of an input. What is longer than ``line_bytes`` is cut there, and counts as too long for whoever reads it.

    UTF-8 or Windows-1252 is decided at the first letter beyond ASCII; until then the two are the same.
    """

    def __init__(self, source: Input) -> None:
        self._name = source.name
        self._most = source.limits.line_bytes
        stream, self.encoding, self._fixed = _opened(source.stream, known_encoding(source.charset))
        self.guessed = False
        self._letters_seen = False
        self._read_as = self.encoding
        # Bytes that do not fit are carried along and told later, with their line; in UTF-16 they cannot be.
        self._errors = "strict" if self.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        self._text = io.TextIOWrapper(stream, encoding=self.encoding, errors=self._errors, newline="")
        self._number = 0

    def read(self) -> Line | None:
        """The next line; raises ``IntakeError`` where the rest cannot be decoded at all."""
        try:
            raw = self._text.readline(self._most + 1)
            if len(raw) > self._most and not raw.endswith("\n"):
                while (more := self._text.readline(1 << 20)) and not more.endswith("\n"):
                    pass  # the rest of a line that is too long for anything
        except UnicodeError as error:
            raise IntakeError(
                f"{self._name} is not {self.encoding.upper()} after line {self._number} ({error!s:.80})"
            ) from error
        if not raw:
            return None
        self._number += 1
        return Line(self._number, raw, raw if raw.isascii() else self._decoded(raw))

    def digest(self, lines: list[Line]) -> str:
        """Of the bytes of these lines as they came."""
        return digest("".join(line.raw for line in lines).encode(self._read_as, self._errors))

    def warnings(self, lines: list[Line]) -> tuple[str, ...]:
        """What is odd about how these lines were decoded."""
        return (WINDOWS,) if self.guessed and any(not line.raw.isascii() for line in lines) else ()

    def check(self, name: str, lines: list[Line]) -> None:
        """Raises ``IntakeError`` for lines whose bytes are not in the encoding of the rest."""
        for line in lines:
            if line.words.isascii():
                continue
            bad = next((each for each in line.words if "\udc80" <= each <= "\udcff"), None)
            if bad is not None:
                raise IntakeError(
                    f"{name} is not {self.encoding.upper()} as the lines before are (line {line.number}, byte 0x{ord(bad) - 0xDC00:02x}); "
                    "convert the file first, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
                )

    def _decoded(self, raw: str) -> str:
        if self._read_as != "utf-8":
            return raw
        if not self.guessed:
            try:
                raw.encode("utf-8")
            except UnicodeEncodeError:
                if self._letters_seen or self._fixed:
                    return raw
                self.guessed, self.encoding = True, "cp1252"
            else:
                self._letters_seen = True
                return raw
        try:
            return raw.encode("utf-8", "surrogateescape").decode("cp1252")
        except UnicodeDecodeError:
            return raw


def _opened(stream: BinaryIO, declared: str | None) -> tuple[BinaryIO, str, bool]:
    """The stream without its byte order mark, its encoding, and whether that is certain."""
    head = b""
    while len(head) < 4 and (more := stream.read(4 - len(head))):
        head += more
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _joined(head[len(mark) :], stream), encoding, True
    return _joined(head, stream), declared or "utf-8", declared is not None


def _joined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream of its own, so that closing it leaves the input's open."""
    return io.BufferedReader(Rejoined(head, stream), 1 << 16)
