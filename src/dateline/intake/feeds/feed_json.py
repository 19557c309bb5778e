"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...errors import IntakeError
from ..decoding import writable
from .feed_entry import Feed, FeedEntry
from .fragment import plain_text

_CANCELLED = frozenset({"canceled", "cancelled"})


def read_json_feed(name: str, text: str) -> Feed:
    """The entries of a JSON Feed. Raises ``IntakeError`` when it is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise IntakeError(
            f"{name} is not JSON ({error!s:.80}); a JSON Feed is one object with a list of items"
        ) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise IntakeError(f'{name} is no JSON Feed: it has no list "items"; see jsonfeed.org/version/1.1')
    entries, faults = [], []
    people, language = tuple(_people(feed)), _words(feed, "language")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            entries.append(_entry(item, people, language))
        else:
            faults.append(f"item {number} is a JSON {type(item).__name__}, not an object")
    return Feed(title=_words(feed, "title"), entries=tuple(entries), faults=tuple(faults))


def _entry(item: dict[str, Any], people: tuple[str, ...], language: str | None) -> FeedEntry:
    body = _raw(item, "content_text") or plain_text(_raw(item, "content_html"))
    url = _words(item, "url")
    other = _words(item, "external_url")
    status = _words(item, "pubStatus") or _words(item, "pubstatus") or ""
    return FeedEntry(
        external_id=_words(item, "id"),
        url=url or other,
        headline=_words(item, "title"),
        body=body or plain_text(_raw(item, "summary")),
        whole=bool(body),
        published=_words(item, "date_published"),
        modified=_words(item, "date_modified"),
        authors=tuple(_people(item)) or people,
        sections=tuple(_strings(item.get("tags"))),
        origins=(other,) if other and url else (),
        enclosures=tuple(
            address
            for each in _list(item.get("attachments"))
            if isinstance(each, dict) and (address := _words(each, "url"))
        ),
        language=_words(item, "language") or language,
        cancelled=f"the feed says that it was {status}" if status.lower() in _CANCELLED else None,
    )


def _people(holder: dict[str, Any]) -> Iterator[str]:
    """Names under "authors" (version 1.1) or "author" (version 1)."""
    for person in [*_list(holder.get("authors")), holder.get("author")]:
        name = _words(person, "name") if isinstance(person, dict) else person
        if isinstance(name, str) and name.strip():
            yield _clean(name)


def _raw(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return writable(value) if isinstance(value, str) else ""


def _words(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)  # ids are often numbers
    return _clean(value) or None if isinstance(value, str) else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: object) -> Iterator[str]:
    yield from (_clean(each) for each in _list(value) if isinstance(each, str) and each.strip())


def _clean(words: str) -> str:
    return " ".join(writable(words).split())
