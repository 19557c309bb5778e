"""The records of a web archive, plain or packed record by record, with damage and false lengths stepped over.

A record is given only when its end was found where it says it is: at the end of its packed member, of the file, or right
before the next record. Otherwise it is a rejection, and reading goes on at the next member that unpacks to a record, or at
the next line that begins one. FastWARC stops at the first damaged member, takes what a false length says at its word, and
gives a record that was cut off as if it were whole (measured with 2.0.1); hence this reader of our own, at the same speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import CutOffError, DamagedError, FalseLengthError, IntakeError, NoRecordError, TooMuchError
from ...records import Rejection
from ..formats import Input, rejection
from .warc_run import IN_SIGHT, Run

_CHUNK = 1 << 16
_RECORD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
# What ends a record and begins the next. A page may speak of web archives, so that the line alone is not enough.
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d{1,2}\r?\n[A-Za-z][A-Za-z-]{0,40}:)")
_ANY_NEXT = re.compile(rb"(?=WARC/\d\.\d{1,2}\r?\n[A-Za-z][A-Za-z-]{0,40}:)")
_HEADER_BYTES = 1 << 16
_BEYOND = 24  # bytes after a record that show whether the next one begins there
_LENGTH_DIGITS = 15
# Each damaged place costs a search of up to four megabytes; a file made to be damaged everywhere would cost days.
_MOST_FAULTS = 10_000


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """One record: its place in the file in words, its header with names in small letters, and its content."""

    name: str
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class TooLargeRecord:
    """A sound record that is larger than is held: how it begins, and what to say of it should it have been a page."""

    name: str
    headers: dict[str, str]
    start: bytes
    error: TooMuchError


class ArchivedRecords:
    """Goes through the records of an archive, and gives a rejection for each stretch that holds none."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._run = Run(source)

    def __iter__(self) -> Iterator[ArchivedRecord | TooLargeRecord | Rejection]:
        run, faults = self._run, 0
        while not self._source.spent.stopped:
            name = ""
            try:
                if not run.skip_line_ends():
                    return
                name = f"{self._source.name} record at byte {run.where()}"
                yield self._next(name)
            except (DamagedError, FalseLengthError, NoRecordError) as error:
                name = name or f"{self._source.name} record at byte {run.where()}"
                faults += 1
                if faults > _MOST_FAULTS:
                    raise TooMuchError(
                        f"{self._source.name} is damaged in more than {_MOST_FAULTS:,} places; the rest is not read"
                    ) from error
                fault, goes_on = self._find_next(name, error)
                yield rejection(name, fault)
                if not goes_on:
                    return

    def _find_next(self, name: str, fault: IntakeError) -> tuple[IntakeError, bool]:
        """Goes to the next record that can be read; what to say of the stretch before it, and whether there is one."""
        run, length = self._run, len(self._run.data)
        words = str(fault).removeprefix(name).removeprefix(self._source.name).strip()
        try:
            found = run.find_next_record(_ANY_NEXT if isinstance(fault, NoRecordError) else _NEXT)
            if found and isinstance(fault, CutOffError) and length:
                fault, words = FalseLengthError(), f"{words.partition(', but')[0]}, but the next record begins before"
        except DamagedError:
            found = run.find_next_member()
        whereto = f"reading goes on at byte {run.where()}" if found else "nothing that can be read follows"
        return type(fault)(f"{name} {words}; {whereto}"), found

    def _next(self, name: str) -> ArchivedRecord | TooLargeRecord:
        run = self._run
        headers, start = self._header(name)
        length = _length(name, headers)
        if length > self._source.limits.record_bytes:
            return self._step_over(name, headers, start, length)
        end = start + length
        while len(run.data) < end:
            if not run.fill():
                there = max(len(run.data) - start, 0)
                raise CutOffError(f"{name} says it has {length:,} bytes, but the archive ends after {there:,}")
            if run.record_inside(end):
                raise FalseLengthError(f"{name} says it has {length:,} bytes, but the next record begins before")
        run.check_ending(name, length, end)
        content = bytes(memoryview(run.data)[start:end])
        run.drop(end)
        return ArchivedRecord(name, headers, content)

    def _header(self, name: str) -> tuple[dict[str, str], int]:
        """The record's header and where its content begins."""
        run = self._run
        run.need(_BEYOND)
        first = _RECORD.match(run.data)
        if first is None:
            raise NoRecordError(f"{name} is no record: it begins {bytes(run.data[:20])!r}, not WARC/1.0 or WARC/1.1")
        searched, ending = 0, b"\r\n\r\n" if first[0].endswith(b"\r\n") else b"\n\n"
        while True:
            if (end := run.data.find(ending, searched, _HEADER_BYTES)) >= 0:
                return parse_headers(run.data[:end]), end + len(ending)
            searched = max(len(run.data) - 3, 0)
            if searched > _HEADER_BYTES:
                raise NoRecordError(f"{name} has a header without an end")
            if not run.fill():
                raise CutOffError(f"{name} is cut off within its header")

    def _step_over(self, name: str, headers: dict[str, str], start: int, length: int) -> TooLargeRecord:
        """Goes past a record that is too large to be held, looking out for the next one: the length may be false."""
        run, left, searched = self._run, start + length, start
        run.need(start + _CHUNK)
        begins = bytes(run.data[start : start + _CHUNK])
        while left > len(run.data):
            if run.record_inside(left) or _NEXT.search(run.data, searched):
                raise FalseLengthError(f"{name} says it has {length:,} bytes, but the next record begins before")
            left -= run.drop(max(len(run.data) - IN_SIGHT, 0))
            searched = 0
            if not run.fill():
                raise CutOffError(f"{name} says it has {length:,} bytes, but the archive ends before")
        run.check_ending(name, length, left)
        run.drop(left)
        most = self._source.limits.record_bytes
        error = TooMuchError(f"{name} has {length:,} bytes; records up to {most:,} are read")
        return TooLargeRecord(name, headers, begins, error)


def parse_headers(data: bytes | bytearray) -> dict[str, str]:
    """The fields of a header by their names in small letters; the first line is no field. The first of a name counts."""
    fields: dict[str, str] = {}
    name = ""
    for line in data.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in (" ", "\t") and name:
            fields[name] = f"{fields[name]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name not in fields:
            fields[name] = value.strip()
        else:
            name = ""
    return fields


def _length(name: str, headers: dict[str, str]) -> int:
    words = headers.get("content-length", "")
    if not (words.isascii() and words.isdigit() and len(words) <= _LENGTH_DIGITS):
        raise FalseLengthError(f"{name} has {words[:20]!r} for a length, which is no number of bytes")
    return int(words)
