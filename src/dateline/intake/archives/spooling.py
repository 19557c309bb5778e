"""Inputs that must be read from several places, although they come out of a pipe."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from ...errors import TooMuchError
from ..formats import Input

_IN_MEMORY = 8_000_000
_BLOCK = 1 << 20


@contextmanager
def seekable(source: Input) -> Iterator[BinaryIO | IO[bytes]]:
    """The input's own stream where it can be searched, or else a copy in a nameless temporary file that goes away after.

    Raises ``TooMuchError`` when the copy would be larger than ``Limits.spooled_bytes``.
    """
    if source.stream.seekable():
        yield source.stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        size = 0
        while block := source.stream.read(_BLOCK):
            size += len(block)
            if size > source.limits.spooled_bytes:
                raise TooMuchError(
                    f"{source.name} is larger than {source.limits.spooled_bytes:,} bytes and comes out of a pipe or archive; "
                    "unpack it to a file and name that"
                )
            copy.write(block)
        copy.seek(0)
        yield copy
