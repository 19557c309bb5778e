"""Messages in mail form, which mail and pages saved by browsers share: their parts and headers, whatever is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from ...errors import ConfigError, DamagedError, IntakeError, TooMuchError
from ..decoding import decode_page_as
from ..published import parse_published

# Each part within a part is one more boundary to look for in every line. Real mail has three or four, chains of forwarded
# mail some dozens.
_MOST_NESTED = 200
_CONTAINERS = re.compile(rb"content-type:\s{0,80}(?:multipart|message)/", re.IGNORECASE)
_COMMENT = re.compile(r"\s*\([^()]*\)\s*$")
_HEADER_CHARACTERS = 2000


def parse_mail(name: str, data: bytes) -> Message:
    """The message in these bytes. Raises ``IntakeError`` when they are none, or one that is made to be slow."""
    if sum(1 for _ in _CONTAINERS.finditer(data)) > _MOST_NESTED:
        raise TooMuchError(f"{name} has more than {_MOST_NESTED} parts that hold parts; it is not read")
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
    except (RecursionError, MessageError, ValueError, LookupError, AssertionError, TypeError, AttributeError) as error:
        raise DamagedError(f"{name} cannot be taken apart as mail ({type(error).__name__}: {error!s:.60})") from error
    if not message.keys():
        raise IntakeError(f'{name} is no mail: it does not begin with headers such as "From:" and "Subject:"')
    return message


def header_of(message: Message, field: str) -> str | None:
    """The words of a header, with encoded ones decoded and single spaces; ``None`` without any."""
    raw = _raw_header(message, field)
    if raw is None:
        return None
    try:
        words = str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError, TypeError):
        words = raw
    words = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(words.split()) or None


def _raw_header(message: Message, field: str) -> str | None:
    """The header as it was written; where it has letters that no header may have, they are mostly UTF-8."""
    value = next((value for name, value in message.raw_items() if name.lower() == field), None)
    if value is None:
        return None
    data = str(value)[:_HEADER_CHARACTERS].encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def date_in(words: str) -> str | None:
    """The date of a header as ISO 8601, ``None`` when it cannot be read. Mailers add the zone's name in brackets."""
    try:
        # "-0000" is UTC of somebody who will not say where; Python takes it for no zone at all.
        return parse_published(re.sub(r"-0000$", "+0000", _COMMENT.sub("", words)))
    except ConfigError:
        return None


def leaves(message: Message, *, most: int = 1000) -> Iterator[Message]:
    """The parts that hold no parts, in order; a message within the message is one of them."""
    waiting, found = [message], 0
    while waiting and found < most:
        part = waiting.pop(0)
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() != "message":
            waiting[:0] = [each for each in inside if isinstance(each, Message)]
        else:
            found += 1
            yield part


def bytes_of(part: Message) -> bytes:
    """The content of a part, with its transfer encoding taken off; none where there is none."""
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def text_of(name: str, part: Message) -> tuple[str, str]:
    """The text of a part and its encoding. Raises ``IntakeError`` when it cannot be decoded."""
    declared = part.get_param("charset")
    data = bytes_of(part)
    text, charset = decode_page_as(name, data, declared if isinstance(declared, str) else None)
    return text.replace("\0", "\ufffd"), charset


def file_name(part: Message) -> str | None:
    """What the part is called, if it is a file; without folders."""
    try:
        name = part.get_filename()
    except (MessageError, ValueError, LookupError, TypeError):
        return None
    if not name:
        return None
    return re.split(r"[/\\]", name)[-1][:200].strip() or None
