"""Web archives: WARC files, plain, packed with gzip or zstd, whole crawls of any size, as CC-NEWS has them.

A report is an answer of status 200 with a page (HTML or plain text), a page kept without its answer (``resource``), or the
text of one (``conversion``, the WET files of Common Crawl). An answer of 404 or 410 takes an article back. Requests,
pictures, redirects and the like are passed over; how many of each is logged when the archive ends. Feeds are read where the
caller asks for them.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal
from urllib.parse import urlsplit

from ...errors import ConfigError, IntakeError, LockedError
from ...records import RawItem, Rejection, Retraction
from ..decoding import SNIFFED, check_not_binary, decode_page_as, writable
from ..feeds.feed import read_feed
from ..formats import Input, Items, digest, is_address, rejection
from ..published import parse_published
from ..sniffing import find_format
from .responses import Response, parse_response, plain_body
from .warc_records import ArchivedRecord, ArchivedRecords, TooLargeRecord

logger = logging.getLogger(__name__)

_KINDS: dict[str, Literal["html", "text"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_GONE = (404, 410)
_FEED_ENDINGS = ("xml", "json")
# Plain text that is for machines and not for readers.
_HOUSEKEEPING = frozenset({"robots.txt", "ads.txt", "app-ads.txt", "security.txt", "humans.txt", "llms.txt"})
_PLAIN_SUFFIXES = frozenset({"", "txt", "text", "htm", "html", "asp", "aspx", "php"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class _PassedOver:
    """The record is none that is read; of which kind it is."""

    kind: str


def read_warc(source: Input) -> Items:
    """The pages in a web archive, in its order; a rejection, naming the byte, for each place that cannot be read."""
    passed: Counter[str] = Counter()
    found = records = 0
    for record in ArchivedRecords(source):
        if isinstance(record, Rejection):
            found += 1
            yield record
            continue
        records += 1
        if source.archived_feeds and (feed := _feed_in(source, record)) is not None:
            found += 1
            yield from _read_feed(feed)
            continue
        try:
            item = _read_record(source, record)
        except IntakeError as error:
            found += 1
            yield rejection(record.name, error)
            continue
        if isinstance(item, _PassedOver):
            passed[item.kind] += 1
        else:
            found += 1
            yield item
    words = ", ".join(f"{count:,} {kind}" for kind, count in passed.most_common())
    logger.info("%s: %d records, of which passed over: %s", source.name, records, words or "none")
    if not found:
        raise IntakeError(
            f"{source.name} is a web archive without pages ({words or 'no record at all'}); "
            "answers of status 200 with HTML or plain text are read"
        )


def _feed_in(source: Input, record: ArchivedRecord | TooLargeRecord) -> Input | None:
    """The feed that the record holds, as an input of its own."""
    response = _response(record)
    if isinstance(record, TooLargeRecord) or isinstance(response, _PassedOver) or response.status != 200:
        return None
    if response.media_type in _KINDS or not response.media_type.endswith(_FEED_ENDINGS):
        return None
    try:
        body = plain_body(record.name, response, source.limits.feed_bytes)
    except IntakeError:
        return None
    if find_format(body[:SNIFFED], "") != "feed":
        return None
    return replace(
        source, name=record.name, stream=BytesIO(body), url=_url(record) or source.url, charset=response.charset,
        captured=_captured(record)[0], depth=source.depth + 1, fetch=None, fetch_rows=False,
    )  # fmt: skip


def _read_feed(feed: Input) -> Items:
    try:
        yield from read_feed(feed)
    except IntakeError as error:
        yield rejection(feed.name, error)


def _read_record(source: Input, record: ArchivedRecord | TooLargeRecord) -> RawItem | Retraction | _PassedOver:
    """What the record holds. Raises ``IntakeError`` for a page that cannot be read."""
    response = _response(record)
    if isinstance(response, _PassedOver):
        return response
    url = _url(record)
    if response.status in _GONE and url and (not response.media_type or response.media_type in _KINDS):
        reason = f"the server answered {response.status}"
        return Retraction(name=record.name, reason=reason, url=url, at=_captured(record)[0])
    if response.status != 200:
        return _PassedOver(f"status {response.status}")
    page = _page_kind(response, url or "")
    if isinstance(page, _PassedOver):
        return page
    if isinstance(record, TooLargeRecord):
        raise record.error
    if "warc-segment-number" in record.headers:
        raise LockedError(f"{record.name} is one piece of a page kept in several; such pages are not put together")
    return _item(source, record, response, page, url)


def _response(record: ArchivedRecord | TooLargeRecord) -> Response | _PassedOver:
    """The answer in the record; a page without one counts as answered."""
    kind, media_type = record.headers.get("warc-type", "").lower(), record.headers.get("content-type", "")
    content = record.start if isinstance(record, TooLargeRecord) else record.content
    if kind in ("resource", "conversion"):
        return Response(200, {"content-type": media_type}, content)
    if kind != "response":
        return _PassedOver(kind or "record without a kind")
    return parse_response(content) or _PassedOver("response that is none of HTTP")


def _page_kind(response: Response, url: str) -> Literal["html", "text"] | _PassedOver:
    """Whether the answer is read as a page or as plain text."""
    media_type = response.media_type
    if not media_type and find_format(response.body[:SNIFFED], "") == "html":
        return "html"
    kind = _KINDS.get(media_type)
    if kind is None:
        return _PassedOver(media_type[:60] or "answer without a type")
    last = _path(url).rpartition("/")[2].lower() if kind == "text" else ""
    if last in _HOUSEKEEPING or (last.rpartition(".")[2] if "." in last else "") not in _PLAIN_SUFFIXES:
        return _PassedOver("plain text for machines")
    return kind


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _item(
    source: Input, record: ArchivedRecord, response: Response, page: Literal["html", "text"], url: str | None
) -> RawItem:
    name, limits = record.name, source.limits
    body = plain_body(name, response, limits.html_bytes if page == "html" else limits.text_bytes)
    if not body.strip():
        raise IntakeError(f"{name} is an empty page; a report needs at least one sentence")
    check_not_binary(name, body[:SNIFFED])
    content, charset = decode_page_as(name, body, response.charset)
    captured, warnings = _captured(record)
    if cut := record.headers.get("warc-truncated"):
        warnings = (*warnings, f"the archive kept only a part of this page (WARC-Truncated: {cut:.20})")
    return RawItem(
        name=name,
        kind=page,
        content=writable(content) if "\0" in content else content,
        raw_sha256=digest(body),
        url=url or source.url,
        outlet=source.outlet,
        published=source.published,
        published_from="given" if source.published else None,
        format="warc",
        charset=charset,
        captured=captured or source.captured,
        warnings=warnings,
    )


def _url(record: ArchivedRecord | TooLargeRecord) -> str | None:
    """The address of the page; early writers put it between angle brackets."""
    url = record.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")
    return url if is_address(url) and url.isprintable() else None


def _captured(record: ArchivedRecord | TooLargeRecord) -> tuple[str | None, tuple[str, ...]]:
    words = record.headers.get("warc-date", "")
    if _MOMENT.fullmatch(words):
        return words, ()
    try:
        return parse_published(words), ()
    except ConfigError:
        return None, (f"when the page was archived cannot be read (WARC-Date: {words!r:.40})",)
