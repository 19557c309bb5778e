"""XML from strangers made safe to parse: as text, without a document type, and with no entity but those of XML itself.

Entities are how a short XML file becomes a huge one ("billion laughs") or reads another file; feeds and sitemaps need none.
Feeds do use those of HTML (``&nbsp;``), which are put in as characters; any other one stays in the text as it is written.
"""

from __future__ import annotations

import html.entities
import re
from typing import Any

from ...errors import IntakeError
from ..decoding import SNIFFED, decode_page

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos)|([A-Za-z][A-Za-z0-9]{0,31}));|&")
_NUMBER = re.compile(r"&#(?:(\d+)|[xX]([0-9a-fA-F]+));?", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PROLOG = re.compile(r"\s*(?:<\?(?P<instruction>)|<!--(?P<comment>)|<!DOCTYPE(?P<type>))", re.IGNORECASE)
_TYPE_PART = re.compile(r"[\"'\[\]>]|<!--")
_CDATA = "<![CDATA["


def safe_xml(name: str, data: bytes, charset: str | None) -> str:
    """The XML as text, from its root element on.

    Raises ``IntakeError`` for bytes that are no text in the encoding they claim.
    """
    declared = _DECLARED.match(data[:SNIFFED])
    charset = charset or (declared[1].decode("ascii") if declared else "utf-8")
    text = _FORBIDDEN.sub("\ufffd", decode_page(name, data, charset).removeprefix("\ufeff"))
    root = _NUMBER.sub(_allowed, text[_root_start(text) :])
    if _PROLOG.match(root):
        raise IntakeError(f"{name} is broken XML: what stands before its first element never ends; get the file again")
    return _plain_entities(root)


def strict_parser() -> Any:
    """A parser that opens nothing, expands nothing, and stops at the first fault."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def mending_parser() -> Any:
    """The same for broken XML: it reads what it can."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        recover=True,
    )  # fmt: skip


def local_name(element: Any) -> str:
    """The name of an element without its namespace: "item"."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _root_start(text: str) -> int:
    """Where the root element begins: past the declaration, comments, instructions and the document type."""
    place = 0
    while match := _PROLOG.match(text, place):
        if match["instruction"] is not None:
            end = text.find("?>", match.end()) + 2
        elif match["comment"] is not None:
            end = text.find("-->", match.end()) + 3
        else:
            end = _type_end(text, match.end())
        if end <= match.end() - 1:
            return place  # it never ends; the parser will say so
        place = end
    return place


def _type_end(text: str, place: int) -> int:
    """The end of a document type, whose declarations stand in brackets and whose values in quotes; 0 if there is none."""
    depth = 0
    while match := _TYPE_PART.search(text, place):
        part, place = match[0], match.end()
        if part in "\"'":
            place = text.find(part, place) + 1
        elif part == "<!--":
            place = text.find("-->", place) + 3
        elif part == "[":
            depth += 1
        elif part == "]":
            depth -= 1
        elif depth <= 0:
            return place
        elif part == ">":
            continue
        if place < match.end():
            return 0
    return 0


def _plain_entities(text: str) -> str:
    """The text with known entities as characters and every other "&" escaped; CDATA sections have none and stay."""
    parts, place = [], 0
    while (start := text.find(_CDATA, place)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += [_ENTITY.sub(_character, text[place:start]), text[start : end + 3]]
        place = end + 3
    parts.append(_ENTITY.sub(_character, text[place:]))
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    characters = html.entities.html5.get(f"{match[2]};") if match[2] else None
    if characters is None:
        return f"&amp;{match[0][1:]}"
    return "".join(_ESCAPES.get(character, character) for character in characters)


def _allowed(match: re.Match[str]) -> str:
    """The reference, if XML may hold its character; libxml2, when it mends, lets halves of surrogate pairs through."""
    digits = (match[1] or match[2]).lstrip("0")
    number = int(digits or "0", 10 if match[1] else 16) if len(digits) <= 7 else 0
    return match[0] if number < 0x110000 and not _FORBIDDEN.match(chr(number)) else "\ufffd"
