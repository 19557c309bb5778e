"""The ways of packing that are read, each with Python's own unpacker, and what one source may cost to unpack."""

from __future__ import annotations

import bz2
import importlib
import lzma
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Protocol

from ...errors import TooMuchError
from ..formats import Input

# A window of 128 MB is zstd's own default limit; xz -9 needs 65 MB.
_XZ_MEMORY = 256_000_000


class Unpacker(Protocol):
    """What Python's decompressors have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Inflater:
    """zlib's decompressor with the manners of the others."""

    def __init__(self, wbits: int = zlib.MAX_WBITS | 16) -> None:
        self._inner = zlib.decompressobj(wbits)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        rest = self._inner.unconsumed_tail
        out = self._inner.decompress(rest + data if rest else data, max_length)
        self._full = len(out) == max_length
        return out

    def copy(self) -> Inflater:
        twin = Inflater.__new__(Inflater)
        twin._inner, twin._full = self._inner.copy(), self._full
        return twin


@dataclass(frozen=True, slots=True)
class Packing:
    """A way of packing: its name, how a member begins, what unpacks one, and what goes wrong in it."""

    name: str
    magic: bytes
    unpacker: Callable[[], Unpacker]
    faults: tuple[type[Exception], ...]


@cache
def packing(kind: str) -> Packing:
    """The packing of that name: gz, bz2, xz or zst."""
    if kind == "gz":
        return Packing("gzip", b"\x1f\x8b\x08", Inflater, (zlib.error,))
    if kind == "bz2":
        return Packing("bzip2", b"BZh", bz2.BZ2Decompressor, (OSError, ValueError, EOFError))
    if kind == "xz":
        return Packing(
            "xz",
            b"\xfd7zXZ\x00",
            lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
            (lzma.LZMAError, EOFError),
        )
    zstd = zstd_module()
    faults: tuple[type[Exception], ...] = (zstd.ZstdError, EOFError)
    return Packing("zstd", b"\x28\xb5\x2f\xfd", zstd.ZstdDecompressor, faults)


def zstd_module() -> ModuleType:
    """Python's zstd from 3.14 on, and before that the package with the same contents."""
    if sys.version_info >= (3, 14):
        return importlib.import_module("compression.zstd")
    from backports import zstd

    return zstd


def spend(source: Input, *, packed: int = 0, unpacked: int = 0, members: int = 0) -> None:
    """Counts what was taken and made of it. Raises ``TooMuchError`` when a little was made into very much."""
    spent, limits = source.spent, source.limits
    if source.depth == 0:
        spent.packed += packed
    spent.unpacked += unpacked
    spent.members += members
    if spent.members > limits.members:
        spent.stopped = True
        raise TooMuchError(
            f"{source.name} holds more than {limits.members:,} files; the rest is not read. Split the archive"
        )
    if spent.unpacked > min(limits.unpacked_bytes, limits.unpacked_free + limits.unpacked_ratio * spent.packed):
        spent.stopped = True
        raise TooMuchError(
            f"{source.name} unpacks to over {spent.unpacked:,} bytes from {spent.packed:,}, more than "
            f"{limits.unpacked_ratio} times as much, as bombs do; the rest is not read. Unpack it yourself if it is sound"
        )
