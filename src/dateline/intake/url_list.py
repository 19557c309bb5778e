"""Lists of web addresses: one a line, comments behind "#"; each page is fetched politely, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import IntakeError
from ..fetching import WEB
from .decoding import MARKS, SNIFFED
from .formats import Input, Items, rejection

_ADDRESS = re.compile(rb"https?://\S+", re.IGNORECASE)
_LINE_BYTES = 8000  # longer than any address that a server takes


def looks_like_urls(head: bytes) -> bool:
    """All lines of these first bytes are addresses or comments; the last one may be cut off where the bytes end."""
    lines = head.splitlines()
    if len(lines) > 1 and len(head) > SNIFFED - 8:  # 8: a byte order mark may have been taken off
        lines = lines[:-1]
    plain = [line for line in (_uncommented(line) for line in lines) if line]
    return bool(plain) and all(_ADDRESS.fullmatch(line) for line in plain)


def read_url_list(source: Input) -> Items:
    """The reports at the addresses of a list. A page that cannot be had is a rejection, one that is gone a retraction."""
    if source.fetch is None:
        raise IntakeError(
            f"{source.name} is a list of addresses that a page led to, too far from what was asked for; give the list itself"
        )
    found = False
    for number, line in _lines(source):
        found = True
        name = f"{source.name} line {number}"
        if not WEB.match(line) or re.search(r"\s", line):
            yield rejection(
                name, IntakeError(f"{name} is no web address: {line[:80]!r}; addresses begin with http:// or https://")
            )
            continue
        yield from source.fetch(line)
    if not found:
        raise IntakeError(f"{source.name} holds no address; give one web address a line, http:// or https://")


def _lines(source: Input) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers; one without an end is cut where it can be no address any more."""
    number, fresh = 0, True
    while line := source.stream.readline(_LINE_BYTES):
        started, fresh = fresh, line.endswith(b"\n")
        if not started:
            continue  # the rest of a line that was too long
        number += 1
        if number == 1:
            line = _unmarked(source.name, line)
        if words := _uncommented(line):
            yield number, words.decode("utf-8", "replace")


def _uncommented(line: bytes) -> bytes:
    """The line without its comment: "#" at its start or after a space; within an address it begins a fragment."""
    return re.split(rb"(?:^|\s)#", line.strip(), maxsplit=1)[0].strip()


def _unmarked(name: str, line: bytes) -> bytes:
    for mark, encoding in MARKS:
        if line.startswith(mark) and encoding != "utf-8":
            raise IntakeError(f"{name} is {encoding.upper()}; lists of addresses are read in UTF-8, save it so first")
        line = line.removeprefix(mark)
    return line
