"""What zip and tar archives share: which of their files are read, and how. Nothing is ever written to a disk."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol

from ...errors import IntakeError, TooMuchError
from ..decoding import SNIFFED
from ..formats import Input, Items, printable, rejection
from ..sniffing import READ_SUFFIXES, is_input_name, speaks_for_itself
from .packings import spend

logger = logging.getLogger(__name__)


class MemberStream(Protocol):
    """The bytes of one file in an archive, and what was wrong with them, known once they are read."""

    @property
    def fault(self) -> IntakeError | None: ...


class FaultyStream(io.RawIOBase):
    """A stream of bytes that ends where they are damaged, and keeps the reason."""

    fault: IntakeError | None = None

    def readable(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive. ``refused`` says why its bytes cannot be had, ``aside`` that it is no file of its own."""

    name: str
    stream: FaultyStream | None
    refused: IntakeError | None = None
    aside: str | None = None


def read_members(source: Input, members: Iterator[Member | IntakeError]) -> Items:
    """The reports in the files of an archive, in its order; damage between them as rejections.

    As in a folder, names decide which files are read; links, devices and hidden files are passed over.
    """
    passed: Counter[str] = Counter()
    found = False
    for member in members:
        if isinstance(member, IntakeError):
            found = True
            yield rejection(source.name, member)
            continue
        spend(source, members=1)
        if member.aside or not _is_wanted(member):
            passed[member.aside or PurePosixPath(member.name).suffix.lower() or "no suffix"] += 1
            continue
        found = True
        yield from _read_member(source, member)
        if source.spent.stopped:
            return
    if passed:
        logger.info("%s: passed over %s", source.name, _counted(passed))
    if not found:
        raise IntakeError(
            f"{source.name} is an archive without reports ({_counted(passed) or 'empty'}); "
            f"names that are read end in {READ_SUFFIXES}"
        )


def _is_wanted(member: Member) -> bool:
    parts = PurePosixPath(member.name).parts
    if not parts or any(part.startswith(".") and part.strip(".") for part in parts) or parts[0] == "__MACOSX":
        return False
    return is_input_name(parts[-1]) is not False


def _read_member(source: Input, member: Member) -> Items:
    name = f"{source.name}: {printable(member.name)}"
    if member.refused is not None or member.stream is None:
        error = member.refused or IntakeError("nothing is there")
        yield rejection(name, type(error)(f"{name} {error}"))
        return
    assert source.inside is not None
    stream = io.BufferedReader(member.stream, 1 << 16)
    if is_input_name(PurePosixPath(member.name).name) is not None or speaks_for_itself(stream.peek(SNIFFED)):
        yield from source.inside(
            replace(source, name=name, stream=stream, depth=source.depth + 1), PurePosixPath(member.name).suffix.lower()
        )
    fault = member.stream.fault
    if fault is not None:
        words = "" if isinstance(fault, TooMuchError) else "; what came before was read"
        yield rejection(name, type(fault)(f"{name} {fault}{words}"))


def _counted(passed: Counter[str]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in passed.most_common(6))
