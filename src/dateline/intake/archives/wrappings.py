"""What other formats come packed in: peeled off whatever the format is."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from ...errors import TooMuchError
from ..decoding import SNIFFED
from ..formats import Input, Items
from ..sniffing import SKIPPABLE
from .compressed import read_compressed
from .packings import packing
from .tar_archive import read_tar
from .zip_archive import read_zip

WRAPPINGS: dict[str, Callable[[Input], Items]] = {
    "bz2": partial(read_compressed, kind="bz2"),
    "gz": partial(read_compressed, kind="gz"),
    "tar": read_tar,
    "xz": partial(read_compressed, kind="xz"),
    "zip": read_zip,
    "zst": partial(read_compressed, kind="zst"),
}
# A web archive is packed record by record, and is read so: where one record is damaged, the next can be found.
_WARC_PACKINGS = ("gz", "zst")
_WARC_NAMES = (".warc.gz", ".warc.zst")
_DICTIONARY = b"\x5d" + SKIPPABLE


class Rejoined(io.RawIOBase):
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


def begun(source: Input) -> tuple[bytes, Input]:
    """The first bytes of an input, and the input as if they had not been taken."""
    stream = source.stream
    if stream.seekable():
        start = stream.tell()
        head = stream.read(SNIFFED)
        stream.seek(start)
        return head, source
    head = b""
    while len(head) < SNIFFED and (more := stream.read(SNIFFED - len(head))):
        head += more
    return head, replace(source, stream=io.BufferedReader(Rejoined(head, stream)))


def unwrap(source: Input, wrapping: str) -> Items:
    """What is packed in the input. Raises ``TooMuchError`` when it is packed too often."""
    if source.depth >= source.limits.depth:
        raise TooMuchError(
            f"{source.name} is packed {source.depth + 1} times over; {source.limits.depth} times are unpacked. Unpack it first"
        )
    yield from WRAPPINGS[wrapping](source)


def is_packed_warc(head: bytes, wrapping: str, name: str) -> bool:
    """The bytes are those of a web archive packed record by record; where they are damaged the name says it."""
    if wrapping not in _WARC_PACKINGS:
        return False
    if head.startswith(_DICTIONARY):
        return True
    packed = packing(wrapping)
    try:
        first = packed.unpacker().decompress(head, 5)
    except packed.faults:
        first = b""
    return first == b"WARC/" or (not first and name.lower().endswith(_WARC_NAMES))
