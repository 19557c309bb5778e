"""IPTC ninjs 1, 2 and 3: the form in which news agencies hand out their reports (iptc.org/standards/ninjs).

Version 2 writes its names in small letters, version 3 in camel case; both are read. A cancelled item takes the article
back; a withheld one is not for use and is rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import ConfigError, IntakeError
from ...records import Mark, MarkField, RawItem, Retraction
from ..decoding import unwritable, writable
from ..feeds.fragment import plain_text
from ..formats import Input
from .cells import date_of, text_of, without_markup, words_of
from .fields import plain_name

FOUND_IN = "ninjs"
_CANCELLED = frozenset({"canceled", "cancelled"})
# A uri alone is found in many rows: one of these must stand beside it.
_SIGNS = frozenset(
    "pubstatus versioncreated firstcreated representationtype infosource infosources bodies headlines "
    "bodytext bodyhtml bodyxhtml altids".split()
)
# When it was published: the first of these that an item has.
_PUBLISHED = ("firstcreated", "contentcreated", "versioncreated")
# by is the byline as it is to be printed; located is the place that the dateline names.
_MARKED: tuple[tuple[str, MarkField], ...] = (
    ("by", "author"), ("byline", "author"), ("language", "language"),
    ("genres", "section"), ("genre", "section"), ("located", "dateline"),
)  # fmt: skip
_ROLES = ("main", "mainheadline", "headline", "hl1")  # of several headlines, in this order; else the first


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """The object is a ninjs item: a uri, and names that only ninjs uses."""
    return isinstance(row.get("uri"), str) and any(plain_name(key) in _SIGNS for key in row)


def read_ninjs(
    source: Input, name: str, row: Mapping[str, Any], raw_sha256: str, input_format: str
) -> RawItem | Retraction:
    """The report of a ninjs item. Raises ``IntakeError`` for one that is withheld or has no words."""
    item = {plain_name(key): value for key, value in row.items()}
    status = _first(item, "pubstatus") or "usable"
    uri = writable(row["uri"])
    if status.casefold() in _CANCELLED:
        return Retraction(
            name=name,
            reason=f"the agency cancelled it (pubstatus {status[:20]!r})",
            url=_url(item, uri),
            external_id=uri,
            outlet=source.outlet,
            at=_date(item, "versioncreated"),
        )
    if status.casefold() == "withheld":
        raise IntakeError(f"{name} is withheld by its agency (pubstatus 'withheld') and not for use: {uri:.80}")
    text = _text(item)
    if text is None:
        kind = _first(item, "type") or "unknown"
        raise IntakeError(
            f"{name} is a ninjs item of type {kind[:20]!r} without a body; only items with words are read"
        )
    # An item that says only when this version was made is dated by that: days in the text count from it.
    published = next((date for key in _PUBLISHED if (date := _date(item, key))), None)
    warnings = list(_warnings(item, text))
    return RawItem(
        name=name,
        kind="text",
        content=writable(text),
        raw_sha256=raw_sha256,
        external_id=uri,
        url=_url(item, uri) or source.url,
        outlet=source.outlet,
        headline=_headline(item),
        published=published or source.published,
        published_from="given" if published or source.published else None,
        format=input_format,
        captured=source.captured,
        version=_first(item, "version"),
        marks=tuple(_marks(item)),
        warnings=tuple(warnings),
    )


def _text(item: Mapping[str, Any]) -> str | None:
    """The body as plain text where there is one, else the words of its HTML; the main one where there are several."""
    bodies = item.get("bodies")
    plain: list[str] = []
    marked: list[str] = []
    for body in bodies if isinstance(bodies, list) else ():
        if not isinstance(body, dict):
            continue
        body = {plain_name(key): value for key, value in body.items()}
        if text := text_of(body.get("value")):
            kind = _first(body, "contenttype") or ""
            (marked if "html" in kind or "xml" in kind else plain).append(text)
    # Version 1 has a name for each body: body_text, body_html, body_xhtml and others of the agency's own.
    for key, value in item.items():
        if key.startswith("body") and key != "bodies" and (text := text_of(value)):
            (marked if "html" in key or "nitf" in key else plain).append(text)
    if plain:
        return without_markup(plain[0])
    return plain_text(marked[0]) or None if marked else None


def _headline(item: Mapping[str, Any]) -> str | None:
    headlines = item.get("headlines")
    found: dict[str, str] = {}
    for number, headline in enumerate(headlines if isinstance(headlines, list) else ()):
        if isinstance(headline, dict) and (words := next(words_of(headline), None)):
            found.setdefault(plain_name(str(headline.get("role") or number)), plain_text(words))
    if found:
        return next((found[role] for role in _ROLES if role in found), next(iter(found.values())))
    own = _first(item, "headline") or next(
        (words for key, value in item.items() if key.startswith("headline") for words in words_of(value)), None
    )
    return plain_text(own or _first(item, "title") or "") or None


def _url(item: Mapping[str, Any], uri: str) -> str | None:
    """Where the article stands: an address among the other ids or links, or the uri where it is an address."""
    for key in ("url", "canonicalurl", "weburl", "link"):
        if (words := _first(item, key)) and words.lower().startswith(("http://", "https://")) and " " not in words:
            return words
    return uri if uri.lower().startswith(("http://", "https://")) and not uri.split()[1:] else None


def _marks(item: Mapping[str, Any]) -> Iterator[Mark]:
    yield from _dates(item)
    for key, field in _MARKED:
        for words in words_of(item.get(key)):
            yield _mark(field, words, words, key)
    for key in ("infosource", "infosources"):
        values = item.get(key)
        for value in values if isinstance(values, list) else [values]:
            role = next(words_of(value.get("role")), "") if isinstance(value, dict) else ""
            for words in words_of(value):
                yield _mark("origin", words, words, f"{key}.{role}" if role else key)


def _dates(item: Mapping[str, Any]) -> Iterator[Mark]:
    chosen = True
    for key in _PUBLISHED:
        if words := _first(item, key):
            value = _date(item, key)
            yield _mark("published", words, value, key, chosen=chosen and value is not None)
            chosen = chosen and value is None
    if words := _first(item, "versioncreated"):
        yield _mark("modified", words, _date(item, "versioncreated"), "versioncreated")


def _mark(field: MarkField, words: str, value: str | None, key: str, *, chosen: bool = False) -> Mark:
    return Mark(field, words[:300], value[:300] if value else None, f"{FOUND_IN}: {key[:60]}", chosen)


def _warnings(item: Mapping[str, Any], text: str) -> Iterator[str]:
    # A stage knows no clock: whether the time has come is for the reader of the warning to see.
    for key in ("embargoed", "embargoeduntil"):
        if words := _first(item, key):
            yield f"the agency put an embargo on it until {_date(item, key) or words[:60]}; do not publish from it before"
    for key in ("firstcreated", "contentcreated", "versioncreated"):
        if (words := _first(item, key)) and _date(item, key) is None:
            yield f"the date {words[:60]!r} cannot be read ({key}); it was left out"
    if count := unwritable(text):
        yield f"{count} characters that cannot be stored were replaced by U+FFFD"


def _first(item: Mapping[str, Any], key: str) -> str | None:
    return next(words_of(item.get(key)), None)


def _date(item: Mapping[str, Any], key: str) -> str | None:
    if item.get(key) is None:
        return None
    try:
        return date_of(item[key])
    except ConfigError:
        return None
