"""Bodies unpacked within a limit: a small packed body may be a huge one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol

import brotli


class PackingError(Exception):
    """The body is packed in a way that was not asked for, or packed badly."""


class Unpacker(Protocol):
    """Takes packed bytes and gives plain ones, at most about ``most`` at a time."""

    def feed(self, data: bytes, most: int) -> bytes: ...

    def is_whole(self) -> bool:
        """The packed data came to its end."""
        ...


class _Plain:
    def feed(self, data: bytes, most: int) -> bytes:
        return data

    def is_whole(self) -> bool:
        return True


class _Zipped:
    """gzip, of one member or several, and deflate with or without its wrapping; servers send both under that name."""

    def __init__(self) -> None:
        self._inflate: Any = None
        self._started = False

    def feed(self, data: bytes, most: int) -> bytes:
        plain = b""
        while data:
            if self._inflate is None or self._inflate.eof:
                if self._started and data[:1] != b"\x1f":
                    break  # padding after the last member, which browsers overlook too
                wrapped = data[0] == 0x1F or data[0] & 0x0F == 8
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32 if wrapped else -zlib.MAX_WBITS)
                self._started = True
            try:
                plain += self._inflate.decompress(data, max(most - len(plain), 1))
            except zlib.error as error:
                raise PackingError(f"it came packed, and the packing is broken ({error!s:.60})") from error
            if len(plain) >= most:
                break  # too much already; the caller stops here
            data = self._inflate.unused_data
        return plain

    def is_whole(self) -> bool:
        return not self._started or self._inflate.eof


class Brotli:
    """Takes brotli off, up to a limit."""

    def __init__(self) -> None:
        self._inner: Any = brotli.Decompressor()

    def feed(self, data: bytes, most: int) -> bytes:
        try:
            return self._unpacked(data, most)
        except brotli.error as error:
            raise PackingError(f"it came packed, and the packing is broken ({error!s:.60})") from error

    def _unpacked(self, data: bytes, most: int) -> bytes:
        plain: bytes = self._inner.process(data, output_buffer_limit=most)
        while len(plain) < most and not self._inner.can_accept_more_data():
            more: bytes = self._inner.process(b"", output_buffer_limit=most - len(plain))
            if not more:
                break
            plain += more
        return plain

    def is_whole(self) -> bool:
        return bool(self._inner.is_finished())


class Packings:
    """The packings that can be taken off here."""

    def __init__(self) -> None:
        self._unpackers: dict[str, Callable[[], Unpacker]] = {
            "gzip": _Zipped,
            "x-gzip": _Zipped,
            "deflate": _Zipped,
            "br": Brotli,
        }

    @property
    def accepted(self) -> str:
        """What the request says it can read."""
        return ", ".join(name for name in self._unpackers if not name.startswith("x-"))

    def unpacker(self, named: str | None) -> Unpacker:
        """For the packing that the answer names; raises ``PackingError`` for one that was not asked for."""
        names = [
            name for name in (named or "").lower().replace(" ", "").split(",") if name not in ("", "identity", "none")
        ]
        if not names:
            return _Plain()
        if len(names) > 1 or names[0] not in self._unpackers:
            raise PackingError(f"it came packed as {', '.join(names)[:60]!r}, which was not asked for")
        return self._unpackers[names[0]]()
