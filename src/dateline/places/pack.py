"""Reads a pack: sorted lines in compressed blocks, of which a look-up opens one.

    magic "DLPACK1\\n" · four bytes: size of the index · the index (zlib, JSON) · the blocks (zlib, UTF-8 lines)

The index holds the first key and the size of each block. A line starts with its key and a tab. ``write_pack`` is
here too, so that both sides of the format stand in one file. A filter says of most unknown keys that they are unknown
without opening a block (a Bloom filter: no false "unknown", about 1% false "perhaps").
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..errors import RuleError

MAGIC = b"DLPACK1\n"
FILTER_MAGIC = b"DLFILT1\n"
BLOCK_LINES = 320
BITS_PER_KEY = 10
HASHES = 5


class Pack:
    """Sorted lines, found by key."""

    def __init__(self, name: str, content: bytes) -> None:
        if not content.startswith(MAGIC):
            raise RuleError(f"{name} is not a gazetteer pack; build it again with scripts/build_gazetteer.py")
        self._content = content
        size = int.from_bytes(content[len(MAGIC) : len(MAGIC) + 4], "big")
        begin = len(MAGIC) + 4
        index = json.loads(zlib.decompress(content[begin : begin + size]))
        self._first_keys: list[str] = index["keys"]
        self.lines: int = index["lines"]
        self._offsets = [begin + size]
        for block_size in index["sizes"]:
            self._offsets.append(self._offsets[-1] + block_size)
        self._block = lru_cache(maxsize=48)(self._open_block)

    def find(self, key: str) -> list[str]:
        """Every line with this key, in file order, without the key and its tab."""
        first = max(bisect_left(self._first_keys, key) - 1, 0)
        last = bisect_right(self._first_keys, key)
        found: list[str] = []
        start = f"\n{key}\t"
        for number in range(first, last):
            block = self._block(number)
            position = block.find(start)
            while position >= 0:
                end = block.index("\n", position + 1)
                found.append(block[position + len(start) : end])
                position = end if block.startswith(start, end) else -1
        return found

    def _open_block(self, number: int) -> str:
        packed = self._content[self._offsets[number] : self._offsets[number + 1]]
        return f"\n{zlib.decompress(packed).decode('utf-8')}\n"


class Filter:
    """Says of a key that it is certainly not, or perhaps, in the packs."""

    def __init__(self, name: str, content: bytes) -> None:
        if not content.startswith(FILTER_MAGIC):
            raise RuleError(f"{name} is not a gazetteer filter; build it again with scripts/build_gazetteer.py")
        self._bits = content[len(FILTER_MAGIC) :]
        self._size = len(self._bits) * 8

    def __contains__(self, key: str) -> bool:
        bits = self._bits
        return all(bits[place >> 3] & (1 << (place & 7)) for place in _places(key, self._size))


def _places(key: str, size: int) -> tuple[int, ...]:
    raw = key.encode("utf-8")
    one, two = zlib.crc32(raw), zlib.adler32(raw) * 2654435761 % 4294967291 | 1
    return tuple((one + turn * two) % size for turn in range(HASHES))


def write_pack(lines: Sequence[str]) -> bytes:
    """The pack of these lines, which must be sorted by their key (the part before the first tab)."""
    keys, blocks = [], []
    for start in range(0, len(lines), BLOCK_LINES):
        chunk = lines[start : start + BLOCK_LINES]
        keys.append(chunk[0].split("\t", 1)[0])
        blocks.append(zlib.compress("\n".join(chunk).encode("utf-8"), 9))
    index = {"keys": keys, "lines": len(lines), "sizes": [len(block) for block in blocks]}
    head = zlib.compress(json.dumps(index, separators=(",", ":")).encode("utf-8"), 9)
    return MAGIC + len(head).to_bytes(4, "big") + head + b"".join(blocks)


def write_filter(keys: Iterable[str]) -> bytes:
    """The filter of these keys."""
    every = set(keys)
    size = (len(every) * BITS_PER_KEY // 8 + 1) * 8
    bits = bytearray(size // 8)
    for key in every:
        for place in _places(key, size):
            bits[place >> 3] |= 1 << (place & 7)
    return FILTER_MAGIC + bytes(bits)
