"""JSON of any length cut into the values that hold reports, without reading the whole of it.

A document may be one object, a list of objects, an object that wraps such a list (``{"status": "ok", "articles": [...]}``),
or several values one after the other. Only one report at a time is held in memory. The cutting looks at quotes and brackets
alone: whether a piece is JSON is found out when it is read, so that one bad piece does not take the others with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .fields import plain_name, text_names, wrapper_names

_CHUNK = 1 << 16
_SPACE = re.compile(rb"[ \t\r\n\x1e]*+")  # \x1e parts the values of a JSON text sequence
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
_SCALAR = re.compile(rb'[^ \t\r\n\x1e,\[\]{}":]++')
_OPENING, _CLOSING = re.compile(rb"[\[{]++"), re.compile(rb"[\]}]++")
_SPACES, _OPEN, _NO_VALUE = b" \t\r\n\x1e", b"[{", b"]},:"
_DEEPEST_LIST = 4  # {"response": {"hits": {"hits": [...]}}}


@dataclass(frozen=True, slots=True)
class Piece:
    """One value, as bytes; where it was too long, ``raw`` is None and only its length and digest are known.

    ``inside`` says that it stood in a list, ``last`` that nothing followed it. ``fault`` is what is wrong with the document
    from ``start`` on; there is nothing after it.
    """

    raw: bytes | None
    start: int
    length: int
    raw_sha256: str | None = None
    inside: bool = False
    last: bool = False
    fault: str | None = None


Pieces = Generator[Piece, None, bool]


class _BrokenError(Exception):
    """The document cannot be cut any further."""


def cut(stream: BinaryIO, most: int) -> Iterator[Piece]:
    """The pieces of the document in order, each of at most ``most`` bytes."""
    cutter = _Cutter(stream, most)
    try:
        yield from cutter.pieces()
    except _BrokenError as broken:
        yield Piece(None, cutter.place(), 0, fault=str(broken))


class _Cutter:
    """A sliding view on the stream. All places are counted from its beginning; what lies before ``_kept`` is forgotten."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self._held = b""
        self._base = 0  # where that which is held begins
        self._at = 0  # the place reached
        self._start = 0  # where the piece begins that is being cut
        self._kept: int | None = None  # from where on it is held
        self._hasher = hashlib.sha256()

    def place(self) -> int:
        return self._at

    def pieces(self) -> Pieces:
        """The values of the document."""
        while (first := self._next()) is not None:
            if first == b"[":
                yield from self._list()
            elif first == b"{":
                self._begin()
                if not (yield from self._members(0, has_text=False)):
                    yield self._finished()
            elif first in _NO_VALUE:
                raise _BrokenError(f"{first.decode()!r} stands where a value should begin")
            else:
                yield self._value()
        return False

    # -- lists and objects -------------------------------------------------------------------

    def _list(self) -> Pieces:
        """The values of the list that begins here, one by one."""
        self._at += 1
        while (following := self._next()) != b"]":
            if following is None:
                raise _BrokenError("the list is cut off, it never ends")
            if following == b",":
                self._at += 1
            elif following in _NO_VALUE:
                raise _BrokenError(f"{following.decode()!r} stands where a value should begin")
            else:
                yield self._value(inside=True)
        self._at += 1
        return True

    def _members(self, depth: int, *, has_text: bool) -> Pieces:
        """Goes through an object; gives the values of the lists that it wraps, and returns whether there were any."""
        self._at += 1
        found = False
        while (following := self._next()) != b"}":
            if following == b",":
                self._at += 1
                continue
            if following != b'"':
                cut_off = following is None
                raise _BrokenError(
                    "an object is cut off, it never ends" if cut_off else "a name is missing in an object"
                )
            key = self._key()
            if self._next() != b":":
                raise _BrokenError(f"the name {key[:40]!r} has no value")
            self._at += 1
            has_text = has_text or key in text_names() - wrapper_names()
            wraps = key in wrapper_names() and not has_text and depth < _DEEPEST_LIST
            opening = self._next()
            if wraps and opening == b"[" and self._holds_objects():
                self._kept = None  # this object is no report: it wraps them
                found = yield from self._list()
            elif wraps and opening == b"{":
                found = (yield from self._members(depth + 1, has_text=has_text)) or found
            else:
                self._skip()
        self._at += 1
        return found

    def _key(self) -> str:
        start, kept = self._at, self._kept
        if kept is None:
            self._kept = start
        self._skip_string()
        raw = self._held[start - self._base : self._at - self._base] if self._at - start <= 300 else b""
        if kept is None:
            self._kept = None
        return plain_name(raw.decode("utf-8", "replace"))

    def _holds_objects(self) -> bool:
        """The list that begins here is empty or holds objects; a list of words is a field like any other."""
        start, kept = self._at, self._kept
        if kept is None:
            self._kept = start
        self._at += 1
        following = self._next()
        self._at, self._kept = start, kept
        return following in (b"{", b"]")

    # -- one value ---------------------------------------------------------------------------

    def _value(self, *, inside: bool = False) -> Piece:
        self._begin()
        self._skip()
        return self._finished(inside=inside)

    def _begin(self) -> None:
        self._start = self._kept = self._at
        self._hasher = hashlib.sha256()

    def _finished(self, *, inside: bool = False) -> Piece:
        """The piece from where it began to here."""
        length = self._at - self._start
        whole = self._kept == self._start and length <= self._most
        rest = b"" if self._kept is None else self._held[self._kept - self._base : self._at - self._base]
        self._hasher.update(rest)
        self._kept = None
        last = not inside and self._next() is None
        return Piece(rest if whole else None, self._start, length, self._hasher.hexdigest(), inside, last)

    def _skip(self) -> None:
        """To the end of the value that begins here."""
        first = self._next()
        if first == b'"':
            self._skip_string()
        elif first is not None and first in _OPEN:
            self._skip_brackets()
        elif first is None or first in _NO_VALUE:
            raise _BrokenError("a value is missing")
        else:
            while self._match(_SCALAR) and self._more():
                pass

    def _skip_brackets(self) -> None:
        depth = 0
        while True:
            self._match(_NO_BRACKET)
            following, start = self._byte(), self._at
            if following is None:
                raise _BrokenError("a value is cut off, it never ends")
            if following == b'"':
                self._skip_string()
            elif self._match(_OPENING):
                depth += self._at - start
            elif self._match(_CLOSING):
                depth -= self._at - start
                if depth <= 0:
                    self._at += depth  # brackets beyond those of this value are not its own
                    return

    def _skip_string(self) -> None:
        """To the end of the string that begins here, however long it is."""
        self._byte()
        self._at += 1
        while True:
            if self._match(_STRING_REST):
                return
            # Not the whole string is held. All but a last backslash, which may escape what follows, needs no second look.
            tail = len(self._held) - len(self._held.rstrip(b"\\"))
            self._at = self._base + len(self._held) - tail % 2
            if not self._more():
                raise _BrokenError("a text is cut off, its closing quote is missing")

    # -- bytes -------------------------------------------------------------------------------

    def _match(self, pattern: re.Pattern[bytes]) -> bool:
        """Moves on over what the pattern finds here; whether it found anything."""
        match = pattern.match(self._held, self._at - self._base)
        if match is None or match.end() == match.start():
            return False
        self._at = self._base + match.end()
        return True

    def _next(self) -> bytes | None:
        """The next byte that is no space, ``None`` at the end."""
        while True:
            self._match(_SPACE)
            following = self._byte()
            if following is None or following not in _SPACES:
                return following

    def _byte(self) -> bytes | None:
        index = self._at - self._base
        if index >= len(self._held):
            if not self._more():
                return None
            index = self._at - self._base
        return self._held[index : index + 1]

    def _more(self) -> bool:
        """Reads on; whether there was anything. What is no longer needed is forgotten, and so is a piece that grew too long."""
        if self._kept is not None and self._at - self._kept > self._most:
            self._hasher.update(self._held[self._kept - self._base : self._at - self._base])
            self._kept = self._at
        keep = self._at if self._kept is None else self._kept
        # As much again as is held: a long piece is copied a few times and not at every step.
        data = self._stream.read(max(_CHUNK, len(self._held) - (keep - self._base)))
        if not data:
            return False
        self._held = self._held[keep - self._base :] + data
        self._base = keep
        return True
