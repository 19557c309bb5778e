"""A page that a browser saved with its pictures in one file (.mhtml, .mht): the page is read, the rest is passed over."""

from __future__ import annotations

from email.message import Message

from ...errors import IntakeError
from ...records import RawItem
from ..formats import Input, Items, digest, is_address, read_whole
from .mime import date_in, header_of, leaves, parse_mail, text_of

_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(source: Input) -> Items:
    """The one report of a saved page, with its address and when it was saved."""
    data = read_whole(source, source.limits.mail_bytes)
    message = parse_mail(source.name, data)
    page = _page(message)
    if page is None:
        raise IntakeError(f"{source.name} is no saved page: none of its parts is HTML")
    content, charset = text_of(source.name, page)
    if not content.strip():
        raise IntakeError(f"{source.name} is a saved page without content; save it again, or as HTML")
    saved = header_of(message, "date")
    captured = date_in(saved) if saved else None
    yield RawItem(
        name=source.name,
        kind="html",
        content=content,
        raw_sha256=digest(data),
        url=_url(message, page) or source.url,
        outlet=source.outlet,
        published=source.published,
        published_from="given" if source.published else None,
        format="mhtml",
        charset=charset,
        captured=captured or source.captured,
        warnings=(f"when the page was saved cannot be read: {saved[:60]!r}",) if saved and not captured else (),
    )


def _page(message: Message) -> Message | None:
    """The part that the file names as its beginning, or the first that is a page; the others are frames of it."""
    pages = [part for part in leaves(message) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [
        part for part in pages if isinstance(start, str) and (header_of(part, "content-id") or "") == start.strip()
    ]
    return next(iter(named or pages), None)


def _url(message: Message, page: Message) -> str | None:
    for words in (header_of(message, "snapshot-content-location"), header_of(page, "content-location")):
        if words and is_address(words):
            return words
    return None
