"""Packed inputs: gzip, bzip2, xz and zstd, of any length, unpacked piece by piece, with what is packed inside read on.

A packed stream is one member or several after one another. Where one is damaged or cut off, what came before is read and
the damage becomes a rejection.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import CutOffError, DamagedError, IntakeError
from ..formats import Input, Items, rejection
from ..sniffing import SKIPPABLE, suffix_inside
from .packings import Inflater, Packing, Unpacker, packing, spend

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 15
_PIECE = 1 << 20
# Bytes of a member kept to look for the next one in, when this one is damaged.
_KEPT = 4_000_000
_CRAWL = 256
# Enough of a member to unpack its first bytes; and how many places may look like a member and be none: a chance of one in
# sixteen million a byte, so that hundreds in a row are malice.
_LEAD = 4096
_FALSE_LEADS = 1_000


class Members:
    """The unpacked bytes of a packed stream, in pieces; ``between`` is true when a member has just ended."""

    def __init__(self, source: Input, packed: Packing, head: bytes = b"") -> None:
        self._source = source
        self._packing = packed
        self._unpacker: Unpacker | None = None
        self._raw = head  # taken from the stream and not unpacked yet
        self._taken = len(head)
        spend(source, packed=len(head))
        self._kept: list[bytes] = []
        self._damage: DamagedError | None = None
        self.offset = 0  # where the member begins in the stream

    @property
    def between(self) -> bool:
        """No member is open."""
        return self._unpacker is None

    def piece(self) -> bytes:
        """The next bytes, none at the end of the stream or of a member. Raises ``DamagedError`` or ``TooMuchError``."""
        if self._damage is not None:
            raise self._damage
        if self._unpacker is None and not self._begin():
            return b""
        assert self._unpacker is not None
        while True:
            data = self._next_raw() if self._unpacker.needs_input else b""
            piece = self._unpack(data)
            if piece or self._unpacker is None:
                return piece

    def ended(self) -> bool:
        """The stream holds nothing more."""
        return self._unpacker is None and not self._padded()

    def find_next(self, begins: bytes) -> bool:
        """Goes to the next place after damage where a member unpacks to something that begins so; false without one."""
        raw, at = b"".join(self._kept) + self._raw, 1
        start, magic = self._taken - len(raw), self._packing.magic
        self._unpacker = self._damage = None
        self._raw, self._kept = b"", []
        for _ in range(_FALSE_LEADS):
            while (at := raw.find(magic, at)) < 0:
                tail = raw[1 - len(magic) :]
                start, more, at = start + len(raw) - len(tail), self._read(), 0
                if not more:
                    return False
                raw = tail + more
            while len(raw) - at < _LEAD and (more := self._read()):
                raw += more
            if self._leads(raw[at : at + _LEAD], begins):
                self._raw, self.offset = raw[at:], start + at
                return True
            at += 1
        return False

    def _leads(self, raw: bytes, begins: bytes) -> bool:
        try:
            return self._packing.unpacker().decompress(raw, len(begins)) == begins
        except self._packing.faults:
            return False

    def _begin(self) -> bool:
        if not self._padded():
            return False
        self.offset = self._taken - len(self._raw)
        self._kept = []
        magic = self._packing.magic
        while len(self._raw) < len(magic) and (more := self._read()):
            self._raw += more
        if not self._raw.startswith(magic) and self._raw[1:4] != SKIPPABLE:
            raise self._damaged(f"has bytes at {self.offset:,} that are no {self._packing.name}")
        self._unpacker = self._packing.unpacker()
        return True

    def _padded(self) -> bool:
        """Steps over zero bytes between members; true when something follows."""
        while not (rest := self._raw.lstrip(b"\0")):
            self._raw = self._read()
            if not self._raw:
                return False
        self._raw = rest
        return True

    def _next_raw(self) -> bytes:
        data, self._raw = self._raw or self._read(), b""
        if not data:
            words = f"is cut off: it ends at byte {self._taken:,} in the middle of the {self._packing.name}"
            raise self._damaged(words, CutOffError)
        self._kept.append(data)
        if len(self._kept) > _KEPT // _CHUNK:
            del self._kept[0]
        return data

    def _unpack(self, data: bytes) -> bytes:
        unpacker = self._unpacker
        assert unpacker is not None
        # A copy costs what one chunk costs to unpack by a hundredth; the first chunk can be done again from the start.
        spare = unpacker.copy() if isinstance(unpacker, Inflater) and len(self._kept) > 1 else None
        try:
            piece = unpacker.decompress(data, _PIECE)
        except self._packing.faults as error:
            damage = self._damaged(
                f"is damaged in the {self._packing.name} that begins at byte {self.offset:,} ({error})"
            )
            piece = self._salvage(spare, data)
            if not piece:
                raise damage from error
            spend(self._source, unpacked=len(piece))
            return piece
        if unpacker.eof:
            self._raw, self._unpacker = unpacker.unused_data + self._raw, None
        spend(self._source, unpacked=len(piece))
        return piece

    def _salvage(self, spare: Inflater | None, data: bytes) -> bytes:
        """What comes out before the damage: zlib keeps it to itself when a whole chunk is put in."""
        if not isinstance(self._unpacker, Inflater):
            return b""
        again, out = spare or Inflater(), []
        try:
            for at in range(0, len(data), _CRAWL):
                out.append(again.decompress(data[at : at + _CRAWL], _PIECE))
        except zlib.error:
            pass
        return b"".join(out)

    def _damaged(self, words: str, kind: type[DamagedError] = DamagedError) -> DamagedError:
        self._damage = kind(f"{self._source.name} {words}")
        return self._damage

    def _read(self) -> bytes:
        data = self._source.stream.read(_CHUNK)
        self._taken += len(data)
        spend(self._source, packed=len(data))
        return data


class _Unpacked(io.RawIOBase):
    """The unpacked bytes as a stream, which ends at damage and keeps it in ``fault``."""

    def __init__(self, members: Members) -> None:
        self._members = members
        self._piece = memoryview(b"")
        self.fault: IntakeError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        while not self._piece:
            if not self._refill():
                return 0
        count = min(len(into), len(self._piece))
        into[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def _refill(self) -> bool:
        if self.fault is not None:
            return False
        try:
            self._piece = memoryview(self._members.piece())
            return bool(self._piece) or not self._members.ended()
        except IntakeError as error:
            self.fault = error
            return False


def read_compressed(source: Input, kind: str) -> Items:
    """What is packed in the input, read by its own content; then the damage, if there was any."""
    assert source.inside is not None
    unpacked = _Unpacked(Members(source, packing(kind)))
    stream = io.BufferedReader(unpacked, _CHUNK)
    if not stream.peek(1):
        raise unpacked.fault or IntakeError(f"{source.name} is a {packing(kind).name} file with nothing in it")
    yield from source.inside(replace(source, stream=stream, depth=source.depth + 1), suffix_inside(source.name))
    if unpacked.fault is not None:
        words = "what came before was read" if isinstance(unpacked.fault, DamagedError) else ""
        error = type(unpacked.fault)(f"{unpacked.fault}{'; ' if words else ''}{words}")
        yield rejection(source.name, error)
