"""Answers of web servers as archives keep them: status, header and the body with all packing taken off."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from ...errors import CutOffError, DamagedError, LockedError, TooMuchError
from ...fetching.packing import Brotli, PackingError
from .packings import packing
from .warc_records import parse_headers

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_PLAIN = frozenset({"", "identity", "none", "utf-8", "binary"})


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        return charset_of(self.headers.get("content-type", ""))


def charset_of(content_type: str) -> str | None:
    """The encoding that a content type names."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def parse_response(data: bytes) -> Response | None:
    """The answer in these bytes, ``None`` when they are none."""
    status = _STATUS.match(data)
    if status is None:
        return None
    end, skip = data.find(b"\r\n\r\n"), 4
    if end < 0 or 0 <= data.find(b"\n\n", 0, end) < end:
        end, skip = data.find(b"\n\n"), 2
    if end < 0:
        end, skip = len(data), 0
    return Response(int(status[1]), parse_headers(data[:end]), data[end + skip :])


def plain_body(name: str, response: Response, most: int) -> bytes:
    """The body without chunks and packing, of at most ``most`` bytes.

    Crawlers often take the packing off and leave the header that speaks of it; a body that does not begin as it should is
    taken as it stands. Raises ``DamagedError``, ``TooMuchError`` or ``LockedError``.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _without_chunks(name, body)
    for packed in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        body = _unpacked(name, body, packed.strip(), most)
    if len(body) > most:
        raise TooMuchError(f"{name} is larger than {most:,} bytes, too large for one page")
    return body


def _without_chunks(name: str, data: bytes) -> bytes:
    parts: list[bytes] = []
    place = 0
    while (head := _CHUNK_SIZE.match(data, place)) is not None:
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts)
        place = head.end() + size
        part = data[head.end() : place]
        if len(part) < size or data[place : place + 1] not in (b"\r", b"\n"):
            break
        parts.append(part)
        place += 2 if data.startswith(b"\r\n", place) else 1
    if not parts:
        return data
    if place >= len(data):
        raise CutOffError(f"{name} is cut off: the last of its chunks is missing")
    raise DamagedError(f"{name} is damaged: what follows byte {place:,} of its body is no chunk")


def _unpacked(name: str, data: bytes, packed: str, most: int) -> bytes:
    if packed in _PLAIN or not data:
        return data
    if packed in ("gzip", "x-gzip"):
        return _inflated(name, data, zlib.MAX_WBITS | 16, most) if data.startswith(b"\x1f\x8b") else data
    if packed == "deflate":
        if data.lstrip()[:1] == b"<":
            return data
        wrapped = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _inflated(name, data, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, most)
    if packed == "zstd":
        return _unzstd(name, data, most) if data.startswith(packing("zst").magic) else data
    if packed == "br":
        return _unbrotli(name, data, most)
    raise LockedError(f"{name} is packed as {packed!r:.40}; gzip, deflate, br and zstd are read")


def _inflated(name: str, data: bytes, wbits: int, most: int) -> bytes:
    inflater = zlib.decompressobj(wbits)
    try:
        plain = inflater.decompress(data, most + 1)
    except zlib.error as error:
        raise DamagedError(f"{name} is damaged in its packing ({error})") from error
    return _checked(name, plain, inflater.eof, most)


def _unzstd(name: str, data: bytes, most: int) -> bytes:
    packed = packing("zst")
    unpacker = packed.unpacker()
    try:
        plain = unpacker.decompress(data, most + 1)
    except packed.faults as error:
        raise DamagedError(f"{name} is damaged in its packing ({error})") from error
    return _checked(name, plain, unpacker.eof, most)


def _unbrotli(name: str, data: bytes, most: int) -> bytes:
    unpacker = Brotli()
    try:
        plain = unpacker.feed(data, most + 1)
    except PackingError as error:
        if data.lstrip()[:1] == b"<":
            return data
        raise DamagedError(f"{name} is damaged in its packing ({error})") from error
    return _checked(name, plain, unpacker.is_whole(), most)


def _checked(name: str, plain: bytes, whole: bool, most: int) -> bytes:
    if len(plain) > most:
        raise TooMuchError(f"{name} unpacks to more than {most:,} bytes, too large for one page")
    if not whole:
        raise CutOffError(f"{name} is cut off: its packing has no end")
    return plain
