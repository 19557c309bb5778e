"""Mail: newsletters and mailed articles, one message a file or many in a mailbox (.mbox); reports attached to them too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr

from ...errors import IntakeError, TooMuchError
from ...records import Mark, RawItem
from ..archives.packings import spend
from ..formats import Input, Items, digest, is_address, printable, read_whole, rejection
from ..sniffing import is_input_name, suffix_inside
from .mime import bytes_of, date_in, file_name, header_of, leaves, parse_mail, text_of

_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
# So much of a page, past its head, is enough to tell a stub beside it; the styles of newsletters stand in the head.
_COUNTED = 200_000
_LONGEST_SENDER = 300
# A plain part with less than this share of the page's words says "this newsletter is best read in a browser".
_STUB_SHARE = 0.5
_BORDER = b"From "


def read_eml(source: Input) -> Items:
    """The report of a message, or the reports of all messages of a mailbox, and those attached to them."""
    first = source.stream.readline(source.limits.mail_bytes + 1)
    if first.startswith(_BORDER):
        yield from _read_mailbox(source)
        return
    rest = source.limits.mail_bytes + 1 - len(first)
    data = first + (source.stream.read(rest) if rest > 0 else b"")
    yield from _read_message(replace(source, stream=io.BytesIO(data)))


def _read_mailbox(source: Input) -> Items:
    for number, data in enumerate(_messages(source), start=1):
        name = f"{source.name} message {number}"
        try:
            yield from _read_message(replace(source, name=name, stream=io.BytesIO(data)))
        except IntakeError as error:
            yield rejection(name, error, digest(data))
        if source.spent.stopped:
            return


def _messages(source: Input) -> Iterator[bytes]:
    """The messages of a mailbox, whose first border was read; of each at most one byte above the limit is kept."""
    most = source.limits.mail_bytes
    lines: list[bytes] = []
    size, blank = 0, False
    while line := source.stream.readline(1 << 16):
        if blank and line.startswith(_BORDER):
            yield b"".join(lines)
            lines, size, blank = [], 0, False
            continue
        blank = line in (b"\n", b"\r\n")
        if size <= most:
            line = line[1:] if re.match(rb">+From ", line) else line
            lines.append(line[: most + 1 - size])
            size += len(line)
    yield b"".join(lines)


def _read_message(source: Input) -> Items:
    data = read_whole(source, source.limits.mail_bytes)
    spend(source, packed=len(data))
    message = parse_mail(source.name, data)
    yield from _read_parts(source, message, digest(data))


def _read_parts(source: Input, message: Message, raw_sha256: str) -> Items:
    """The report in the text of a message, then what is attached."""
    plain: Message | None = None
    page: Message | None = None
    attached: list[tuple[Message, str]] = []
    for part in leaves(message):
        kind, called = part.get_content_type(), file_name(part)
        if kind == "message/rfc822" or called or part.get_content_disposition() == "attachment":
            attached.append((part, called or kind))
        elif kind == "text/plain":
            plain = plain or part
        elif kind == "text/html":
            page = page or part
    found = False
    if plain is not None or page is not None:
        for report in _body(source, message, plain, page, raw_sha256):
            found = True
            yield report
    for number, (part, called) in enumerate(attached, start=1):
        for result in _read_attached(source, part, called, number):
            found = True
            yield result
    if not found:
        raise IntakeError(f"{source.name} is a mail without text; a report needs at least one sentence")


def _body(
    source: Input, message: Message, plain: Message | None, page: Message | None, raw_sha256: str
) -> Iterator[RawItem]:
    """The text of the message: its plain part, if that is more than a stub beside the page."""
    text, text_charset = text_of(source.name, plain) if plain is not None else ("", "")
    html, html_charset = text_of(source.name, page) if page is not None else ("", "")
    if len(text.split()) < _STUB_SHARE * _words_of(html):
        text = ""
    if not text.strip() and not html.strip():
        return
    content, charset = (text, text_charset) if text.strip() else (html, html_charset)
    subject, sent = header_of(message, "subject"), header_of(message, "date")
    date = date_in(sent) if sent else None
    warnings = (f"the date of the mail cannot be read: {sent[:60]!r}",) if sent and not date else ()
    published = date or source.published
    yield RawItem(
        name=source.name,
        kind="text" if text.strip() else "html",
        content=content,
        raw_sha256=raw_sha256,
        external_id=(header_of(message, "message-id") or "").strip("<> ") or None,
        url=_address(message) or source.url,
        outlet=source.outlet,
        headline=_FORWARDED.sub("", subject) or None if subject else None,
        published=published,
        published_from="given" if published else None,
        format="eml",
        charset=charset,
        captured=source.captured,
        marks=_marks(message, date),
        warnings=warnings,
    )


def _words_of(html: str) -> int:
    """About how many words a page shows."""
    start = max(html.find("</head"), html.find("</HEAD"), 0)
    return len(_TAG.sub(" ", html[start : start + _COUNTED]).split())


def _marks(message: Message, date: str | None) -> tuple[Mark, ...]:
    marks = []
    if sender := header_of(message, "from"):
        called, address = parseaddr(sender[:_LONGEST_SENDER])  # it recurses over brackets
        marks.append(Mark("outlet", sender, called.strip() or address.rpartition("@")[2] or None, "mail"))
    if subject := header_of(message, "subject"):
        marks.append(Mark("headline", subject, _FORWARDED.sub("", subject) or None, "mail"))
    if sent := header_of(message, "date"):
        marks.append(Mark("published", sent, date, "mail", chosen=date is not None))
    if language := header_of(message, "content-language"):
        marks.append(Mark("language", language, language.partition(",")[0].strip().lower() or None, "mail"))
    if origin := header_of(message, "list-id"):
        marks.append(Mark("origin", origin, origin, "mail"))
    return tuple(marks)


def _address(message: Message) -> str | None:
    """Where the message stands on the web, if it says so."""
    words = (header_of(message, "archived-at") or "").strip("<> ")
    return words if is_address(words) else None


def _read_attached(source: Input, part: Message, called: str, number: int) -> Items:
    """A message or a file of text within the message; pictures and the like are passed over."""
    inside = replace(source, name=f"{source.name}: {printable(called)}", depth=source.depth + 1)
    try:
        if source.depth >= source.limits.depth:
            raise TooMuchError(f"{inside.name} is a mail within {source.depth + 1} others; unpack it first")
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                inside = replace(inside, name=f"{source.name}: attached message {number}")
                yield from _read_parts(inside, inner[0], digest(inner[0].as_bytes()))
        elif is_input_name(called) and source.inside is not None:
            data = bytes_of(part)
            yield from source.inside(replace(inside, stream=io.BytesIO(data)), suffix_inside(called))
    except (IntakeError, MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        fault = (
            error if isinstance(error, IntakeError) else IntakeError(f"{inside.name} cannot be taken apart ({error})")
        )
        yield rejection(inside.name, fault)
