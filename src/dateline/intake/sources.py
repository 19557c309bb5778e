"""Where inputs come from: files, folders, standard input, web addresses; and which reader takes each."""

from __future__ import annotations

import copy
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ..errors import ConfigError, IntakeError
from ..fetching import WEB, Fetched, FetchError
from ..records import RawItem, Rejection, Retraction
from .archives.warc import read_warc
from .archives.wrappings import begun, is_packed_warc, unwrap
from .decoding import SNIFFED, check_not_binary
from .exports.lexisnexis import read_lexisnexis
from .feeds.feed import read_feed
from .feeds.sitemap import read_sitemap
from .formats import Input, Items, printable, rejection
from .html import read_html
from .limits import Limits
from .mail.eml import read_eml
from .mail.mhtml import read_mhtml
from .published import parse_published
from .rows.arrow import read_arrow
from .rows.csv import read_csv
from .rows.dialects import begins_as_table
from .rows.fields import check_fields
from .rows.json_files import read_json
from .rows.jsonl import read_jsonl
from .rows.parquet import read_parquet
from .sniffing import READ_SUFFIXES, find_format, find_wrapping, is_input_name, speaks_for_itself
from .text import read_text
from .url_list import read_url_list
from .web import MOST_HOPS, Web

# One line a format: the name that --input-format takes, and its reader.
FORMATS: dict[str, Callable[[Input], Items]] = {
    "arrow": read_arrow,
    "csv": read_csv,
    "eml": read_eml,
    "feed": read_feed,
    "html": read_html,
    "json": read_json,
    "jsonl": read_jsonl,
    "lexisnexis": read_lexisnexis,
    "mhtml": read_mhtml,
    "parquet": read_parquet,
    "sitemap": read_sitemap,
    "text": read_text,
    "urls": read_url_list,
    "warc": read_warc,
}
# Formats that are no text, and whose readers look for themselves.
_BINARY = frozenset({"arrow", "parquet", "warc"})
STANDARD_INPUT = "standard input"
# What a server calls the format, where the first bytes leave it open.
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/vnd.apache.parquet": ".parquet",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/uri-list": ".urls",
}


def read_source(
    source: str | os.PathLike[str],
    *,
    input_format: str = "auto",
    published: str | None = None,
    outlet: str | None = None,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    captures: str | os.PathLike[str] | None = None,
    contact: str | None = None,
    fields: Mapping[str, str] | None = None,
    fetch_rows: bool = False,
    archived_feeds: bool = False,
) -> Items:
    """The reports in a file, a folder (searched in order of name), "-" (standard input) or at a web address.

    ``published`` and ``outlet`` stand for reports that do not name their own. ``stdin`` is the binary stream behind "-",
    ``sys.stdin.buffer`` by default. ``captures`` names a ``.warc.gz`` file that keeps whatever is fetched, byte for byte, and
    ``contact`` the address that the hosts are told to write to. An address given here is read as a browser reads it; those
    that a list or a feed names are fetched politely, as robots.txt allows. ``fields`` says which name of a row or object holds
    which field, e.g. ``{"text": "Body"}``; ``fetch_rows`` fetches the addresses of rows that have no text. ``archived_feeds``
    reads the feeds in a web archive too, as verifying what a watch kept needs; in a crawl they would say twice what its pages say.
    ``allow_private`` is for tests: it lets web addresses be on this machine.
    Raises ``ConfigError`` for an unknown format or an unreadable date, before anything is read.
    """
    if input_format != "auto" and input_format not in FORMATS:
        raise ConfigError(f"unknown input format {input_format!r}; formats are auto, {', '.join(FORMATS)}")
    check_fields(fields)
    given = None if published is None else parse_published(published)
    limits = limits or Limits()
    web = Web(limits, allow_private=allow_private, captures=captures, contact=contact)
    readers = _Readers(input_format, given, outlet, limits, web)
    readers.fields, readers.fetch_rows, readers.archived_feeds = fields, fetch_rows, archived_feeds
    place = os.fspath(source)
    if place == "-":
        return web.until_read(readers.read_stream(STANDARD_INPUT, stdin if stdin is not None else sys.stdin.buffer))
    if WEB.match(place):
        return web.until_read(readers.read_web(place))
    return web.until_read(readers.read_path(Path(place)))


class _Readers:
    """What the caller said once, for all the inputs of one source."""

    def __init__(self, input_format: str, published: str | None, outlet: str | None, limits: Limits, web: Web) -> None:
        self._format = input_format
        self._published = published
        self._outlet = outlet
        self._limits = limits
        self._web = web
        self.fields: Mapping[str, str] | None = None
        self.fetch_rows = False
        self.archived_feeds = False
        self._hops = 0  # how many inputs led here, one naming the address of the next

    def read_path(self, path: Path) -> Items:
        """A file, or every file below a folder."""
        if path.is_dir():
            yield from self._read_folder(path)
            return
        name = shown(path)
        try:
            stream = path.open("rb")
        except (OSError, ValueError) as error:
            yield rejection(name, IntakeError(f"{name} cannot be read: {_fault(error)}"))
            return
        with stream:
            yield from self.read_stream(name, stream, path.suffix.lower())

    def _read_folder(self, folder: Path) -> Items:
        found = False
        for path in _files(folder):
            found = True
            if isinstance(path, Rejection):
                yield path
            else:
                yield from self.read_path(path)
        if not found:
            name = shown(folder)
            yield rejection(
                name,
                IntakeError(f"{name} is a folder without reports; names that are read end in {READ_SUFFIXES}"),
            )

    def read_web(self, url: str) -> Items:
        """A page at a web address that a person named."""
        try:
            fetched = self._web.fetch_named(url)
        except FetchError as error:
            yield rejection(_shown_address(url), error)
            return
        yield from self._read_fetched(url, fetched)

    def follow(self, url: str) -> Items:
        """A page at a web address that an input named, in whatever format it is; nothing for one that was followed before."""
        if not self._web.is_new(url):
            return
        try:
            fetched = self._web.fetch_followed(url)
        except FetchError as error:
            if error.is_gone:
                reason = f"the server answered {error.status}"
                yield Retraction(name=_shown_address(url), reason=reason, url=url, at=self._web.now())
            else:
                yield rejection(_shown_address(url), error)
            return
        further = copy.copy(self)
        further._format, further._hops = "auto", self._hops + 1
        yield from further._read_fetched(url, fetched)

    def _read_fetched(self, url: str, fetched: Fetched) -> Items:
        found = replace(
            self._input(_shown_address(url), io.BytesIO(fetched.data)),
            url=fetched.url,
            charset=fetched.charset,
            captured=fetched.fetched_at,
        )
        for item in self.read_input(found, _TYPES.get(fetched.content_type, "")):
            if isinstance(item, RawItem) and item.captured is None:
                item = replace(item, captured=fetched.fetched_at)
            yield item

    def read_stream(self, name: str, stream: BinaryIO, suffix: str = "") -> Items:
        """The reports in an open stream of bytes."""
        return self.read_input(self._input(name, stream), suffix)

    def read_input(self, source: Input, suffix: str) -> Items:
        """The reports in an input, in the format that it has or was said to have."""
        name = source.name
        try:
            head, source = begun(source)
            wrapping = find_wrapping(head)
            packed_warc = wrapping is not None and is_packed_warc(head, wrapping, name)
            if wrapping is not None and not packed_warc:
                yield from unwrap(source, wrapping)
                return
            kind = self._format
            if kind == "auto":
                kind = "warc" if packed_warc else find_format(head, suffix)
                if kind == "text" and source.fields and begins_as_table(head, tuple(source.fields.values())):
                    kind = "csv"  # names of its columns were given, though no file name says what it is
                if kind not in _BINARY:
                    check_not_binary(name, head)
            yield from FORMATS[kind](source)
        except IntakeError as error:
            yield rejection(name, error)
        except OSError as error:
            yield rejection(name, IntakeError(f"{name} cannot be read: {_fault(error)}"))

    def _input(self, name: str, stream: BinaryIO) -> Input:
        fetch = self.follow if self._hops < MOST_HOPS else None
        return Input(
            name, stream, self._limits, self._published, self._outlet,
            inside=self.read_input, fetch=fetch, fetch_rows=self.fetch_rows, fields=self.fields,
            archived_feeds=self.archived_feeds,
        )  # fmt: skip


def _files(folder: Path) -> Iterator[Path | Rejection]:
    """Regular files whose name or, without a suffix, content says what they are; hidden ones, linked folders passed over."""
    faults: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=faults.append):
        yield from (_unread(fault) for fault in faults)
        faults.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or is_input_name(name) is False or not _is_regular(path):
                continue
            if is_input_name(name) or _speaks_for_itself(path):
                yield path
    yield from (_unread(fault) for fault in faults)


def _is_regular(path: Path) -> bool:
    """A pipe or a device in a folder would be waited for; a file that cannot be looked at is left to the reader to reject."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _speaks_for_itself(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return speaks_for_itself(stream.read(SNIFFED))
    except OSError:
        return True  # which the reader will say


def _unread(fault: OSError) -> Rejection:
    name = shown(Path(str(fault.filename)))
    return rejection(name, IntakeError(f"{name} cannot be read: {_fault(fault)}"))


def _fault(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "permission denied; check who may read it"
    return str(getattr(error, "strerror", None) or error)


def shown(path: Path) -> str:
    """The path as it can be printed and stored: names may hold any bytes, also those that move a terminal's cursor."""
    return printable(os.fsencode(path).decode("utf-8", "replace") if "\0" not in str(path) else str(path))


def _shown_address(url: str) -> str:
    """The address as it can be printed and stored, without a password."""
    return printable(re.sub("//[^/]*@", "//", url))
