"""What was fetched, kept as a WARC file: one gzip member a record, so that a kill loses at most the last one.

The payload is stored with all packing taken off, as it is read; headers that speak of the packing are kept under
"X-Archive-Orig-". Each gzip member says its own length ("sl", the extra field of the WARC standard's annex on gzip), so that
the end of the last whole record is found without unpacking a gigabyte.
"""

from __future__ import annotations

import hashlib
import os
import struct
import uuid
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from .. import __version__
from ..errors import ConfigError, StoreError
from .answers import Fetched

MOST_BYTES = 1_000_000_000  # of one file; then the next one begins
_ENDING = ".warc.gz"
_HEAD = struct.Struct("<4sIBBH2sHII")  # magic and flags, time, strength, system, extra length, "sl", its length, sizes
_MAGIC = b"\x1f\x8b\x08\x04"  # gzip, deflate, with an extra field
_PACKED_WORDS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class CaptureFile:
    """A WARC file that grows. Opened with the first record written; a record torn by a kill is cut off then."""

    def __init__(self, path: str | os.PathLike[str], *, most_bytes: int = MOST_BYTES) -> None:
        self._path = Path(path)
        if not self._path.name.endswith(_ENDING):
            raise ConfigError(f"{self._path} cannot keep what is fetched; give a name that ends in {_ENDING}")
        self._most = most_bytes
        self._number = 1
        self._size = 0
        self._handle: int | None = None

    def write(self, fetched: Fetched) -> None:
        """Adds what was fetched. Raises ``StoreError`` when the file cannot be written, ``ConfigError`` when it is no capture."""
        try:
            if self._handle is None:
                self._open_last()
            if self._size >= self._most:
                self._open_next()
            members = _record(fetched) if self._size else _about(fetched) + _record(fetched)
            self._append(members)
        except OSError as error:
            raise StoreError(
                f"what was fetched cannot be kept in {self.path} ({error.strerror or error}); make room, or give another place"
            ) from error

    @property
    def path(self) -> Path:
        """The file written at present: "captures.warc.gz", then "captures-2.warc.gz" and so on."""
        return self._path if self._number == 1 else self._numbered(self._number)

    def close(self) -> None:
        """Ends the writing, with everything on disk."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name.removesuffix(_ENDING)}-{number}{_ENDING}")

    def _open_last(self) -> None:
        while self._numbered(self._number + 1).exists():
            self._number += 1
        self._open()

    def _open_next(self) -> None:
        self.close()
        self._number += 1
        self._open()

    def _open(self) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            _lock(handle, self.path)
            self._size = _whole(handle, self.path)
            os.ftruncate(handle, self._size)
            os.lseek(handle, 0, os.SEEK_END)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def _append(self, members: bytes) -> None:
        assert self._handle is not None
        rest = memoryview(members)
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError:
            os.ftruncate(self._handle, self._size)  # whole records only
            os.lseek(self._handle, 0, os.SEEK_END)
            raise
        self._size += len(members)


def _lock(handle: int, path: Path) -> None:
    """One writer at a time, where the system knows locks."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ConfigError(
            f"{path} is being written by another dateline; give another file, or wait until it ends"
        ) from error


def _whole(handle: int, path: Path) -> int:
    """The length of the file up to the end of its last whole record. Raises ``ConfigError`` for a file of another kind."""
    size = os.fstat(handle).st_size
    ends = [0]
    while (length := _member_length(handle, ends[-1])) is not None and ends[-1] + length <= size:
        ends = [*ends[-1:], ends[-1] + length]
    start, end = ends[0], ends[-1]
    if end == size and (start == end or _is_sound(handle, start, end)):
        return end
    torn = end if end < size else start  # a member of the right length that does not unpack was never written whole
    if not _looks_torn(handle, torn, size):
        raise ConfigError(
            f"{path} holds something else than what dateline fetched, at byte {torn:,}; give another file to keep it in"
        )
    return torn


def _member_length(handle: int, at: int) -> int | None:
    """How long the gzip member at this place is, by its own word."""
    os.lseek(handle, at, os.SEEK_SET)
    head = os.read(handle, _HEAD.size)
    if len(head) < _HEAD.size:
        return None
    magic, _, _, _, extra, name, length, packed, _ = _HEAD.unpack(head)
    if (magic, extra, name, length) != (_MAGIC, 12, b"sl", 8) or packed <= _HEAD.size:
        return None
    return int(packed)


def _is_sound(handle: int, start: int, end: int) -> bool:
    """The member unpacks to its end: after a loss of power, a file may have its length and not its content."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    os.lseek(handle, start, os.SEEK_SET)
    left = end - start
    try:
        while left and (data := os.read(handle, min(left, 1 << 16))):
            left -= len(data)
            inflate.decompress(data)
    except zlib.error:
        return False
    return inflate.eof


def _looks_torn(handle: int, at: int, size: int) -> bool:
    """What follows this place is the beginning of a member, or was never written (zeros)."""
    os.lseek(handle, at, os.SEEK_SET)
    head = os.read(handle, _HEAD.size)
    if not head.strip(b"\0"):
        return True
    if len(head) < _HEAD.size:
        return _MAGIC.startswith(head[:4]) or head[:4] == _MAGIC
    length = _member_length(handle, at)
    return length is not None and at + length >= size


def _about(fetched: Fetched) -> bytes:
    """The record that opens a file: what wrote it."""
    fields = f"software: dateline/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _member(_warc("warcinfo", fetched.fetched_at, fields, {"Content-Type": "application/warc-fields"}))


def _record(fetched: Fetched) -> bytes:
    """The response; and, if it came from elsewhere than was asked for, a word on that."""
    block = _http_head(fetched) + fetched.data
    fields = {
        "WARC-Target-URI": fetched.url,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(fetched.data).hexdigest()}",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Type": "application/http; msgtype=response",
    }
    if fetched.address:
        fields["WARC-IP-Address"] = fetched.address
    members = _member(_warc("response", fetched.fetched_at, block, fields))
    if fetched.requested_url.partition("#")[0] != fetched.url:
        via = f"via: {fetched.requested_url}\r\n".encode()
        fields = {"WARC-Target-URI": fetched.url, "Content-Type": "application/warc-fields"}
        members += _member(_warc("metadata", fetched.fetched_at, via, fields))
    return members


def _http_head(fetched: Fetched) -> bytes:
    lines = [f"HTTP/1.1 {fetched.status} {fetched.reason}".rstrip()]
    for name, value in fetched.headers:
        kept = f"X-Archive-Orig-{name}" if name.lower() in _PACKED_WORDS else name
        lines.append(" ".join(f"{kept}: {value}".split()))  # a folded header is made one line
    lines.append(f"Content-Length: {len(fetched.data)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _warc(kind: str, date: str, block: bytes, fields: dict[str, str]) -> bytes:
    """One record. Its id derives from its content, so that the same capture has the same name everywhere."""
    identity = uuid.uuid5(
        uuid.NAMESPACE_URL, f"{kind} {date} {fields.get('WARC-Target-URI')} {hashlib.sha256(block).hexdigest()}"
    )
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{identity}>",
        "WARC-Date": date,
        **fields,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def _member(data: bytes) -> bytes:
    """A gzip member that says its own length."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    length = _HEAD.size + len(packed) + 8
    head = _HEAD.pack(_MAGIC, 0, 0, 255, 12, b"sl", 8, length, len(data))
    return head + packed + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
