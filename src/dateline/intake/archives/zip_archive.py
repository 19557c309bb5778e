"""Zip archives, by the directory at their end; where that is missing, by the files themselves from the front.

Read here rather than with ``zipfile``, which holds the whole directory in memory, however many files it says there are, and
reads nothing at all of an archive that is cut off.
"""

from __future__ import annotations

import bz2
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, BinaryIO

from ...errors import CutOffError, DamagedError, FalseLengthError, IntakeError, LockedError, TooMuchError
from ..formats import Input, Items
from .members import FaultyStream, Member, read_members
from .packings import Inflater, Unpacker, packing, spend, zstd_module
from .spooling import seekable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 15
_PIECE = 1 << 20
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATE, _BZIP2, _ZSTD = 0, 8, 12, 93
_METHODS = {9: "deflate64", 14: "LZMA", 95: "xz", 97: "WavPack", 98: "PPMd", 99: "encryption"}
_ENCRYPTED, _DESCRIBED_AFTER, _UTF8 = 0x1, 0x8, 0x800
_LONGEST_END = _END.size + 0xFFFF
_OFFICE = {"[Content_Types].xml": "an Office document", "mimetype": "an OpenDocument file or e-book"}


def read_zip(source: Input) -> Items:
    """The reports in the files of a zip archive."""
    with seekable(source) as stream:
        yield from read_members(source, _members(source, stream))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a directory says of a file; sizes are ``None`` where only the file's own end tells them."""

    name: str
    flags: int
    method: int
    crc: int | None
    packed: int | None
    size: int | None
    offset: int
    mode: int = 0


def _members(source: Input, stream: BinaryIO | IO[bytes]) -> Iterator[Member | IntakeError]:
    whole = stream.seek(0, 2)
    start_size = _find_directory(stream, whole)
    if start_size is None:
        yield from _from_the_front(source, stream, whole)
        return
    start, size, shift = start_size
    taken = 0
    for entry in _directory(source, stream, start, size):
        if isinstance(entry, IntakeError):
            yield entry
            return
        if entry.name in _OFFICE and not taken:
            raise IntakeError(f"{source.name} is {_OFFICE[entry.name]}, not reports; save it as text or HTML first")
        taken += entry.packed or 0
        if taken > whole:
            raise TooMuchError(f"{source.name} has files that overlap, as bombs do; the rest of it is not read")
        data = _data_start(stream, entry.offset + shift)
        yield _member(source, stream, entry, data, whole)


def _find_directory(stream: BinaryIO | IO[bytes], whole: int) -> tuple[int, int, int] | None:
    """Where the directory begins, its size, and how many bytes stand before the archive; ``None`` without one."""
    tail_start = max(whole - _LONGEST_END, 0)
    tail = _at(stream, tail_start, _LONGEST_END)
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < _END.size:
        return None
    end = tail_start + place
    _, _, _, _, _, size, offset, _ = _END.unpack_from(tail, place)
    locator = _at(stream, end - _LOCATOR.size, _LOCATOR.size) if end >= _LOCATOR.size else b""
    if locator.startswith(b"PK\6\7"):
        record = _at(stream, end - _LOCATOR.size - _END64.size, _END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\6\6"):
            end -= _LOCATOR.size + _END64.size
            size, offset = _END64.unpack(record)[8:10]
    shift = end - size - offset
    return (offset + shift, size, shift) if shift >= 0 else None


def _directory(source: Input, stream: BinaryIO | IO[bytes], place: int, size: int) -> Iterator[_Entry | IntakeError]:
    end = place + size
    while place < end:
        head = _at(stream, place, _ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\1\2"):
            yield DamagedError(f"{source.name} is damaged: its directory of files breaks off at byte {place:,}")
            return
        (_, made, _, flags, method, _, _, crc, packed, full, names, extras, words, _, _, outside, offset) = (
            _ENTRY.unpack(head)
        )
        rest = _at(stream, place + _ENTRY.size, names + extras)
        place += _ENTRY.size + names + extras + words
        full, packed, offset = _wide(rest[names:], full, packed, offset)
        mode = outside >> 16 if made >> 8 == 3 else 0
        yield _Entry(_name(rest[:names], flags), flags, method, crc, packed, full, offset, mode)


def _from_the_front(source: Input, stream: BinaryIO | IO[bytes], whole: int) -> Iterator[Member | IntakeError]:
    """The files one after the other as they stand, of an archive without its directory."""
    place = 0
    while (place := _find(stream, b"PK\3\4", place)) >= 0:
        head = _at(stream, place, _LOCAL.size)
        if len(head) < _LOCAL.size:
            break
        _, _, flags, method, _, _, crc, packed, full, names, extras = _LOCAL.unpack(head)
        rest = _at(stream, place + _LOCAL.size, names + extras)
        full, packed, _ = _wide(rest[names:], full, packed, 0)
        data = place + _LOCAL.size + names + extras
        unknown = bool(flags & _DESCRIBED_AFTER)
        entry = _Entry(
            _name(rest[:names], flags), flags, method,
            None if unknown else crc, None if unknown else packed, None if unknown else full, place,
        )  # fmt: skip
        member = _member(source, stream, entry, data, whole)
        yield member
        taken = member.stream.packed_end() if isinstance(member.stream, ZipStream) else data
        place = max(taken, place + 4) if unknown else min(data + packed, whole)
    yield CutOffError(
        f"{source.name} is cut off or damaged: its directory at the end is missing; the files in front of it were read"
    )


def _member(source: Input, stream: BinaryIO | IO[bytes], entry: _Entry, data: int | None, whole: int) -> Member:
    kind = stat.S_IFMT(entry.mode)
    if entry.name.endswith("/") or kind == stat.S_IFDIR:
        return Member(entry.name, None, aside="folders")
    if kind not in (0, stat.S_IFREG):
        return Member(entry.name, None, aside="links" if kind == stat.S_IFLNK else "devices")
    if entry.flags & _ENCRYPTED:
        return Member(entry.name, None, refused=LockedError("is encrypted; unpack it with its password first"))
    if data is None:
        return Member(
            entry.name, None, refused=DamagedError(f"is not at byte {entry.offset:,}, where the archive says it is")
        )
    unpacker = _unpacker(entry.method)
    if unpacker is None and entry.method != _STORED:
        words = f"is packed with {_METHODS.get(entry.method, f'method {entry.method}')}, which is not read; pack it with deflate"
        return Member(entry.name, None, refused=LockedError(words))
    if unpacker is None and entry.packed is None:
        return Member(entry.name, None, refused=DamagedError("does not say how long it is"))
    end = whole if entry.packed is None else data + entry.packed
    return Member(entry.name, ZipStream(source, stream, entry, unpacker, (data, end)))


@cache
def _faults() -> tuple[type[Exception], ...]:
    return (zlib.error, OSError, ValueError, EOFError, *packing("zst").faults)


def _unpacker(method: int) -> Unpacker | None:
    if method == _DEFLATE:
        return Inflater(-zlib.MAX_WBITS)
    if method == _BZIP2:
        return bz2.BZ2Decompressor()
    unpacker: Unpacker | None = zstd_module().ZstdDecompressor() if method == _ZSTD else None
    return unpacker


class ZipStream(FaultyStream):
    """The unpacked bytes of one file, checked against its size and checksum when they end."""

    def __init__(
        self,
        source: Input,
        stream: BinaryIO | IO[bytes],
        entry: _Entry,
        unpacker: Unpacker | None,
        part: tuple[int, int],
    ) -> None:
        self._source, self._stream, self._entry, self._unpacker = source, stream, entry, unpacker
        self._place, self._end = part
        self._piece = memoryview(b"")
        self._made = self._sum = 0
        self._done = False

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        while not self._piece and not self._done:
            try:
                self._refill()
            except IntakeError as error:
                self.fault, self._done = error, True
        count = min(len(into), len(self._piece))
        into[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def packed_end(self) -> int:
        """Where the packed bytes end, found by unpacking them."""
        while not self._done:
            self._piece = memoryview(b"")
            self.read(_PIECE)
        return self._place - len(self._unpacker.unused_data if self._unpacker else b"")

    def _refill(self) -> None:
        unpacker = self._unpacker
        data = self._take() if unpacker is None or unpacker.needs_input else b""
        if unpacker is None:
            piece = data
        else:
            try:
                piece = unpacker.decompress(data, _PIECE)
            except _faults() as error:
                raise DamagedError(f"is damaged ({error})") from error
        self._made += len(piece)
        self._sum = zlib.crc32(piece, self._sum)
        self._done = unpacker.eof if unpacker is not None else self._place >= self._end
        self._piece = memoryview(piece)
        spend(self._source, unpacked=len(piece) if unpacker is not None else 0)
        if self._entry.size is not None and (
            self._made > self._entry.size or (self._done and self._made < self._entry.size)
        ):
            raise FalseLengthError(f"says that it has {self._entry.size:,} bytes and has {self._made:,} or more")
        if self._done and self._entry.crc is not None and self._sum != self._entry.crc:
            raise DamagedError("is damaged: its checksum does not fit its bytes")

    def _take(self) -> bytes:
        data = _at(self._stream, self._place, min(_CHUNK, self._end - self._place))
        self._place += len(data)
        spend(self._source, packed=len(data))
        if not data and not (self._unpacker is None and self._place >= self._end):
            raise CutOffError(f"is cut off after {self._made:,} bytes")
        return data


def _data_start(stream: BinaryIO | IO[bytes], place: int) -> int | None:
    head = _at(stream, place, _LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
        return None
    names, extras = _LOCAL.unpack(head)[-2:]
    return int(place + _LOCAL.size + names + extras)


def _wide(extra: bytes, full: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, those that need eight bytes from the extra field for them."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        values, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind != 1:
            continue
        numbers = iter(struct.unpack(f"<{len(values) // 8}Q", values[: len(values) // 8 * 8]))
        full = next(numbers, full) if full == 0xFFFFFFFF else full
        packed = next(numbers, packed) if packed == 0xFFFFFFFF else packed
        offset = next(numbers, offset) if offset == 0xFFFFFFFF else offset
    return full, packed, offset


def _name(data: bytes, flags: int) -> str:
    return data.decode("utf-8" if flags & _UTF8 else "cp437", "replace").split("\0", 1)[0].replace("\\", "/")


def _at(stream: BinaryIO | IO[bytes], place: int, count: int) -> bytes:
    if place >> 62:
        return b""  # no file is that long, and seeking there is an error
    stream.seek(place)
    return stream.read(max(count, 0))


def _find(stream: BinaryIO | IO[bytes], sign: bytes, place: int) -> int:
    while len(block := _at(stream, place, 1 << 18)) >= len(sign):
        if (found := block.find(sign)) >= 0:
            return place + found
        place += len(block) - len(sign) + 1
    return -1
