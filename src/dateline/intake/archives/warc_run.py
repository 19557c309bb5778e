"""The bytes of a web archive, plain or packed record by record, as one run that knows where in the file its members begin."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice

from ...errors import DamagedError, FalseLengthError, TooMuchError
from ..formats import Input
from ..sniffing import SKIPPABLE
from .compressed import Members
from .packings import Packing, Unpacker, packing, spend, zstd_module

BEGINS = b"WARC/"
IN_SIGHT = 128  # as long as what is looked for between records, at least
_CHUNK = 1 << 16
# A record may be packed in pieces, but not in millions; what is looked through for each piece must stay short.
_MOST_STARTS = 1000
_LATEST = 8
_LAST = b"\r\n\r\n"
_ENDING = re.compile(rb"[\r\n]{0,8}")
_LINE_ENDS = re.compile(rb"[\r\n]+")
_DICTIONARY = b"\x5d" + SKIPPABLE
_DICTIONARY_BYTES = 8_000_000


class Run:
    """The unpacked bytes of an archive as one run, and where in the file its members begin."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._members: Members | None = None
        self._begun = False
        # Where members still in sight begin, in the run and in the file.
        self._starts: deque[tuple[int, int]] = deque()
        self._passed = 0  # bytes of the run before ``data``
        self._head = b""
        self.data = bytearray()

    @property
    def closed(self) -> bool:
        """The bytes at hand end where a member ends."""
        return self._members is not None and self._members.between

    def fill(self) -> bool:
        """Adds a piece to the bytes at hand; false at the end of the archive. Raises ``DamagedError``, ``TooMuchError``."""
        if not self._begun:
            self._begin()
        if self._members is None:
            piece, self._head = self._head or self._source.stream.read(_CHUNK), b""
            spend(self._source, packed=len(piece))
            self.data += piece
            return bool(piece)
        members = self._members
        while True:
            if members.between and members.ended():
                return False
            fresh = members.between
            at = self._passed + len(self.data)
            piece = members.piece()
            if fresh and (piece or not members.between):
                self._starts.append((at, members.offset))
                if len(self._starts) > _MOST_STARTS:
                    del self._starts[1]
            if piece:
                self.data += piece
                return True
            if not fresh:
                return True  # the member ended, and that is news too

    def _begin(self) -> None:
        self._begun = True
        head = b""
        while len(head) < 8 and (more := self._source.stream.read(_CHUNK)):
            head += more
        if head.startswith(_DICTIONARY):
            packed, head = _with_dictionary(self._source, head)
            self._members = Members(self._source, packed, head)
        elif head.startswith(b"\x1f\x8b"):
            self._members = Members(self._source, packing("gz"), head)
        elif head.startswith(b"\x28\xb5\x2f\xfd") or head[1:4] == SKIPPABLE:
            self._members = Members(self._source, packing("zst"), head)
        else:
            self._starts.append((0, 0))
            self._head = head

    def need(self, count: int) -> bool:
        """At least that many bytes are at hand, if there are so many."""
        while len(self.data) < count:
            if not self.fill():
                return False
        return True

    def drop(self, count: int) -> int:
        """Leaves bytes behind."""
        count = min(count, len(self.data))
        del self.data[:count]
        self._passed += count
        self._trim()
        return count

    def skip_line_ends(self) -> bool:
        """Goes to the next byte that is no line end; false at the end of the archive."""
        while True:
            ending = _LINE_ENDS.match(self.data)
            if ending is not None and ending.end():
                self.drop(ending.end())
            if self.data:
                return True
            if not self.fill():
                return False

    def where(self) -> str:
        """The byte of the file at which the bytes at hand begin; in a packed member, its byte and that within it."""
        if self._members is None:
            return str(self._passed)
        self._trim()
        if not self._starts or not self.data:
            return str(self._members.offset)
        within = self._passed - self._starts[0][0]
        return f"{self._starts[0][1]}{f'+{within}' if within else ''}"

    def _trim(self) -> None:
        while len(self._starts) > 1 and self._starts[1][0] <= self._passed:
            self._starts.popleft()

    def record_inside(self, end: int) -> bool:
        """A member that begins with a record begins before the end of this one; asked whenever a member was added."""
        return any(
            self._passed < at < self._passed + end and self.data.startswith(BEGINS, at - self._passed)
            for at, _ in islice(reversed(self._starts), _LATEST)
        )

    def check_ending(self, name: str, length: int, end: int) -> None:
        """Raises ``FalseLengthError`` unless a record that ends here is followed by the next one, or by nothing."""
        while True:
            ending = _ENDING.match(self.data, end)
            after = ending.end() if ending is not None else end
            if self.data.startswith(BEGINS, after):
                return
            if any(end <= at - self._passed <= after for at, _ in self._starts):
                return  # what is in a member of its own is judged by itself
            if after == len(self.data) and self.closed:
                return
            if len(self.data) - after >= len(BEGINS) or not self.fill():
                break
        # In a plain archive, what follows a right ending is judged by itself; in a packed one, members are for that.
        if after < len(self.data) and (self._members is not None or not self.data.startswith(_LAST, end)):
            if not self.closed:
                self.fill()  # should the member be damaged, that is the better reason
            raise FalseLengthError(f"{name} says it has {length:,} bytes, but goes on after them")

    def find_next_record(self, begins: re.Pattern[bytes]) -> bool:
        """Goes to the next line or member that begins a record, past the one that begins here; false without one."""
        at = 1
        while True:
            places = [place - self._passed for place, _ in self._starts if place > self._passed]
            places = [place for place in places if self.data.startswith(BEGINS, place)]
            if found := begins.search(self.data, at):
                places.append(found.end())
            if places:
                self.drop(min(places))
                return True
            at = 0 if self.drop(max(len(self.data) - IN_SIGHT, 0)) else min(at, 1)
            if not self.fill():
                self.drop(IN_SIGHT)
                return False

    def find_next_member(self) -> bool:
        """Goes to the next member after damage that unpacks to a record; false without one, or in a plain archive."""
        self._passed += len(self.data)
        self.data.clear()
        self._starts.clear()
        return self._members is not None and self._members.find_next(BEGINS)


def _with_dictionary(source: Input, head: bytes) -> tuple[Packing, bytes]:
    """The packing of a zstd archive whose first frame is the dictionary of all the others, and the bytes taken so far."""
    size = int.from_bytes(head[4:8], "little")
    if size > _DICTIONARY_BYTES:
        raise TooMuchError(
            f"{source.name} begins with a dictionary of {size:,} bytes; up to {_DICTIONARY_BYTES:,} are read"
        )
    while len(head) < 8 + size and (more := source.stream.read(_CHUNK)):
        head += more
    zstd, data, plain = zstd_module(), head[8 : 8 + size], packing("zst")
    faults: tuple[type[Exception], ...] = (*plain.faults, ValueError)
    try:
        if data.startswith(plain.magic):
            data = zstd.ZstdDecompressor().decompress(data, _DICTIONARY_BYTES)
        dictionary = zstd.ZstdDict(data)
    except faults as error:
        raise DamagedError(f"{source.name} begins with a dictionary that cannot be read ({error})") from error

    def unpacker() -> Unpacker:
        made: Unpacker = zstd.ZstdDecompressor(zstd_dict=dictionary)
        return made

    return Packing(plain.name, plain.magic, unpacker, plain.faults), head
