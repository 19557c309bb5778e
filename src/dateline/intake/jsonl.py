"""JSON Lines: one object a line, with "text" or "html" and any of "id", "published", "headline", "url" and "outlet"."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import ConfigError, IntakeError
from ..records import RawItem
from .decoding import check_not_binary
from .formats import Input, Items, digest, rejection
from .published import parse_published

# What no text may hold: halves of surrogate pairs, which no encoding can write, and zero characters, which no database keeps.
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_DRAIN = 1 << 20


@dataclass(frozen=True, slots=True)
class _TooLong:
    """A line that was read past the limit and let go; only its digest and length are kept."""

    length: int
    raw_sha256: str


def read_jsonl(source: Input) -> Items:
    """A report for each line that holds one; a rejection, naming file and line, for each that does not."""
    found = False
    for number, line in _lines(source):
        name = f"{source.name} line {number}"
        if isinstance(line, _TooLong):
            found = True
            error = IntakeError(
                f"{name} has {line.length:,} bytes; lines up to {source.limits.line_bytes:,} are read. Split it, one report a line"
            )
            yield rejection(name, error, line.raw_sha256)
            continue
        if number == 1:
            check_not_binary(source.name, line)
            _check_one_a_line(source.name, line)
        line = line.strip()
        if not line:
            continue
        found = True
        try:
            yield _item(source, name, line)
        except IntakeError as error:
            yield rejection(name, error, digest(line))
    if not found:
        raise IntakeError(f'{source.name} is empty; JSON Lines has one report a line, as an object with a "text"')


def _lines(source: Input) -> Iterator[tuple[int, bytes | _TooLong]]:
    """Numbered lines, of which never more than the limit is held."""
    most, number = source.limits.line_bytes, 0
    while line := source.stream.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            yield number, _let_go(source, line)
        else:
            yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _let_go(source: Input, line: bytes) -> _TooLong:
    hasher, length = hashlib.sha256(line), len(line)
    while not line.endswith(b"\n") and (line := source.stream.readline(_DRAIN)):
        hasher.update(line)
        length += len(line)
    return _TooLong(length, hasher.hexdigest())


def _check_one_a_line(name: str, line: bytes) -> None:
    if line.strip() in (b"[", b"{") or line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise IntakeError(
            f"{name} is not JSON Lines: each line must be one whole JSON object, in UTF-8; e.g. jq -c '.[]' OLD > NEW writes a JSON list so"
        )


def _item(source: Input, name: str, line: bytes) -> RawItem:
    row = _object(name, line)
    html = _words(name, row, "html")
    text = _words(name, row, "text")
    content = text if text and text.strip() else html
    if not content or not content.strip():
        raise IntakeError(f'{name} has no report: give its words under "text", or a page under "html"')
    published = _published(name, row) or source.published
    url, url_warning = _url(name, row)
    content, content_warning = _writable(content)
    return RawItem(
        name=name,
        kind="text" if text and text.strip() else "html",
        content=content,
        raw_sha256=digest(line),
        external_id=_external_id(name, row),
        url=url or source.url,
        outlet=_words(name, row, "outlet", clean=True) or source.outlet,
        headline=_words(name, row, "headline", clean=True),
        published=published,
        published_from="given" if published else None,
        warnings=(*url_warning, *content_warning),
    )


def _object(name: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name} is not UTF-8 at byte {error.start} of the line (0x{line[error.start]:02x}); "
            "convert the file first, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        ) from error
    except (ValueError, RecursionError) as error:
        start = line[:40].decode("utf-8", "replace")
        raise IntakeError(
            f'{name} is not JSON ({error!s:.80}): {start!r}; a line looks like {{"id": "1", "text": "…"}}'
        ) from error
    if not isinstance(row, dict):
        raise IntakeError(
            f'{name} is a JSON {type(row).__name__}, not an object; a line looks like {{"id": "1", "text": "…"}}'
        )
    return row


def _words(name: str, row: dict[str, Any], key: str, *, clean: bool = False) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise IntakeError(f'{name}: "{key}" must be a string, not {json.dumps(value):.60}')
    return (" ".join(_UNWRITABLE.sub("\ufffd", value).split()) or None) if clean else value


def _external_id(name: str, row: dict[str, Any]) -> str | None:
    value = row.get("id")
    if value is None or (isinstance(value, str) and value == ""):
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise IntakeError(f'{name}: "id" must be a string or a number, not {json.dumps(value):.60}')
    return _UNWRITABLE.sub("\ufffd", str(value))


def _published(name: str, row: dict[str, Any]) -> str | None:
    value = row.get("published")
    if value is None or value == "":
        return None
    try:
        return parse_published(value if isinstance(value, str) else json.dumps(value))
    except ConfigError as error:
        raise IntakeError(f"{name}: {error}") from error


def _url(name: str, row: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    url = _words(name, row, "url", clean=True)
    if url is None or _WEB.fullmatch(url):
        return url, ()
    return None, (f"the url {url[:60]!r} is no http or https address and was left out",)


def _writable(content: str) -> tuple[str, tuple[str, ...]]:
    """The text with what cannot be written replaced one for one, so that no offset moves."""
    fixed, count = _UNWRITABLE.subn("\ufffd", content)
    return fixed, (f"{count} characters that cannot be stored were replaced by U+FFFD",) if count else ()
