"""Tar archives, read from front to back in one pass: also out of a pipe, also with damage in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...errors import CutOffError, DamagedError, IntakeError, LockedError
from ..formats import Input, Items
from ..sniffing import is_tar_header
from .members import FaultyStream, Member, read_members
from .packings import spend

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 512
_DRAIN = 1 << 18
# Long names and other extended headers; real ones have a few hundred bytes.
_EXTENDED = 1 << 16
_ASIDE = {b"1": "links", b"2": "links", b"3": "devices", b"4": "devices", b"5": "folders", b"6": "devices"}
_EXTENSIONS = b"xgLKXNAVMDI"


def read_tar(source: Input) -> Items:
    """The reports in the files of a tar archive."""
    yield from read_members(source, _Tape(source).members())


class _Tape:
    """A tar archive as it runs by."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._place = 0

    def members(self) -> Iterator[Member | IntakeError]:
        """Its files in order, and a fault for each stretch that is none."""
        said: dict[str, str] = {}
        lost: int | None = None
        while block := self.take(BLOCK):
            if len(block) < BLOCK:
                yield CutOffError(
                    f"{self._source.name} is cut off at byte {self._place:,}, within the header of a file"
                )
                return
            if block == bytes(BLOCK):
                continue
            size = _size(block)
            if not is_tar_header(block) or size is None:
                lost = self._place - BLOCK if lost is None else lost
                continue
            if lost is not None:
                yield self._lost(lost)
                lost = None
            kind = block[156:157]
            if kind in _EXTENSIONS:
                said |= self._extension(kind, size)
                continue
            stream = TarStream(self, _number(said.get("size"), size))
            yield _member(block, kind, said, stream)
            said = {}
            stream.drain()
        if lost is not None:
            yield self._lost(lost)

    def _lost(self, lost: int) -> DamagedError:
        return DamagedError(
            f"{self._source.name} is damaged from byte {lost:,} on: no file begins there; reading went on at byte {self._place:,}"
        )

    def _extension(self, kind: bytes, size: int) -> dict[str, str]:
        """What an extended header says of the next file."""
        data = self.take(min(size, _EXTENDED))
        self.skip(size - len(data) + -size % BLOCK)
        if kind == b"L":
            return {"path": data.split(b"\0", 1)[0].decode("utf-8", "replace")}
        return _pax(data) if kind in b"xX" else {}

    def take(self, count: int) -> bytes:
        """That many bytes, fewer only at the end."""
        parts: list[bytes] = []
        while count and (part := self._source.stream.read(count)):
            parts.append(part)
            count -= len(part)
        data = b"".join(parts)
        self._place += len(data)
        spend(self._source, packed=len(data))
        return data

    def skip(self, count: int) -> bool:
        """Goes on by that many bytes; false when there are fewer."""
        while count > 0:
            part = self.take(min(count, _DRAIN))
            if not part:
                return False
            count -= len(part)
        return True


class TarStream(FaultyStream):
    """The bytes of one file."""

    def __init__(self, tape: _Tape, size: int) -> None:
        self._tape = tape
        self._size = self._left = size

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        data = self._tape.take(min(len(into), self._left))
        if self._left and len(into) and not data:
            self._cut()
        self._left -= len(data)
        into[: len(data)] = data
        return len(data)

    def drain(self) -> None:
        """Goes to the end of the file and the padding after it."""
        self._tape.skip(self._left + -self._size % BLOCK)

    def _cut(self) -> None:
        self.fault = CutOffError(
            f"is cut off: {self._size:,} bytes are announced, {self._size - self._left:,} are there"
        )
        self._left = 0


def _member(block: bytes, kind: bytes, said: dict[str, str], stream: TarStream) -> Member:
    name = said.get("path") or _name(block)
    aside = _ASIDE.get(kind)
    if aside or (kind in b"0\0" and name.endswith("/")):
        return Member(name, None, aside=aside or "folders")
    if kind not in (b"0", b"\0", b"7", b""):
        return Member(
            name, None, refused=LockedError(f"is a file of tar's kind {kind!r}, sparse for one, which is not read")
        )
    return Member(name, stream)


def _name(block: bytes) -> str:
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:263] == b"ustar\0" else b""
    return (prefix + b"/" + name if prefix else name).decode("utf-8", "replace")


def _size(block: bytes) -> int | None:
    field = block[124:136]
    return int.from_bytes(field[1:], "big") if field[:1] == b"\x80" else _octal(field)


def _octal(field: bytes) -> int | None:
    digits = field.split(b"\0", 1)[0].strip()
    return int(digits or b"0", 8) if all(digit in b"01234567" for digit in digits) else None


def _number(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 19 else otherwise


def _pax(data: bytes) -> dict[str, str]:
    """The entries of an extended header: "27 path=reports/first.html" and a line end, each with its own length."""
    found: dict[str, str] = {}
    while data:
        length, _, _ = data.partition(b" ")
        if not length.isdigit() or len(length) > 6 or not len(length) < int(length) <= len(data):
            break
        key, _, value = data[len(length) + 1 : int(length) - 1].partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        data = data[int(length) :]
    return found
