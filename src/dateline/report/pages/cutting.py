"""A page cut into blocks of text: what a reader sees as one paragraph, heading, list entry or cell.

It reads HTML as the parser writes it back (every element closed, every value in double quotes), without recursion and in
time that grows with the length. What no reader sees (scripts, styles, templates, form controls) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from resiliparse.parse.html import ElementNode

# Their content is no HTML: it ends at the first end tag, whatever is in it.
_RAW = frozenset("iframe noembed noframes plaintext script style title xmp".split())
# Never part of a report: drawings, controls, players, what is shown without scripts only, and the page's own frame.
_UNREAD = "audio|button|canvas|datalist|dialog|footer|map|math|nav|noscript|object|optgroup|option|select|svg|template|textarea|video"
_OPENINGS = re.compile(rf"<(!--|(?:{'|'.join(sorted(_RAW))}|{_UNREAD})(?=[ >]))")
# Tags inside lines, but for links: they end no block. The parser writes ">" in a value as "&gt;", so that the next ">" ends a tag.
_INLINE = re.compile(
    "</?(?:abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|link|mark|meta|nobr|param|q|s|samp"
    "|small|source|span|strike|strong|sub|sup|time|track|tt|u|var|wbr|[a-z]+-[a-z-]+)(?=[ >])[^>]*>"
)
# Words for those who listen to a page: "opens in a new window".
_UNSEEN = re.compile(
    r"<(span|em|small|strong) [^>]{0,400}?(?:sr-only|visually-?hidden|screen-reader|display: ?none)[^>]*>[^<]*</\1>"
)
_TOKENS = re.compile(r"<(/?)([a-z][^\s>/]*)([^>]*)>([^<]*)")
_VOID = frozenset("area base basefont bgsound br col embed frame hr keygen".split())

# A page with more is made to break its readers: the 102 development pages have at most 1,940 left (openings and ends).
MOST_TAGS = 200_000
# Longer ones hold data, not names.
MOST_ATTRIBUTE = 2_000
# resiliparse 2.0.1 writes a template inside a template by recursion: some 60,000 of them exhaust the stack and end the process.
MOST_TEMPLATES = 1_000
_TEMPLATES = re.compile("<[Tt][Ee][Mm][Pp][Ll][Aa][Tt][Ee]")


@dataclass(slots=True)
class Blocks:
    """Elements in order of opening, each after its parent, number 0 the root; blocks in reading order, each in element ``where``.

    ``linked`` is the share of a block's characters that are links.
    """

    tags: list[str] = field(default_factory=lambda: [""])
    attributes: list[str] = field(default_factory=lambda: [""])
    parents: list[int] = field(default_factory=lambda: [0])
    texts: list[str] = field(default_factory=list)
    where: list[int] = field(default_factory=list)
    linked: list[float] = field(default_factory=list)


def can_be_written(html: str, body: ElementNode) -> bool:
    """Whether the parser may be asked to write the page back. It counts no template inside another."""
    return len(body.get_elements_by_tag_name("template")) == 0 or len(_TEMPLATES.findall(html)) <= MOST_TEMPLATES


def cut(html: str) -> Blocks:
    """The blocks of a piece of HTML that the parser wrote, none of one with too many tags; a line break ends a block as well."""
    found = Blocks()
    html = _INLINE.sub("", _UNSEEN.sub("", without_unread(html)))
    if html.count("<") > MOST_TAGS:
        return found
    tags, attributes, parents = found.tags, found.attributes, found.parents
    parts: list[str] = []
    linked, here, link = 0, 0, False
    opened: list[int] = []
    for closing, tag, attribute, text in _TOKENS.findall(html):
        if tag == "a":
            link = not closing
        else:
            if parts:
                _end_block(found, parts, here, linked)
                parts, linked = [], 0
            if closing:
                if opened:
                    here = opened.pop()
            elif tag not in _VOID:
                opened.append(here)
                parents.append(here)
                here = len(tags)
                tags.append(tag)
                attributes.append(attribute[:MOST_ATTRIBUTE])
        if text and not text.isspace():
            parts.append(text)
            if link:
                linked += len(text)
        elif text and parts:
            parts.append(" ")
    if parts:
        _end_block(found, parts, here, linked)
    return found


def _end_block(found: Blocks, parts: list[str], where: int, linked: int) -> None:
    whole = "".join(parts)
    words = " ".join((unescape(whole) if "&" in whole else whole).split())
    if words:
        found.texts.append(words)
        found.where.append(where)
        found.linked.append(linked / len(whole))


def without_unread(html: str) -> str:
    """The HTML without comments and without elements whose text nobody reads."""
    kept = []
    at = 0
    opening = _OPENINGS.search(html)
    while opening:
        kept.append(html[at : opening.start()])
        at = _end_of(html, opening[1], opening.end())
        opening = _OPENINGS.search(html, at)
    kept.append(html[at:])
    return "".join(kept)


def _end_of(html: str, tag: str, start: int) -> int:
    """Where the element ends whose opening tag's name ends at ``start``."""
    if tag == "!--":
        end = html.find("-->", start)
        return len(html) if end < 0 else end + 3
    closing = f"</{tag}>"
    end = html.find(closing, start)
    if tag not in _RAW:
        inner = _next_opening(html, tag, start)
        while -1 < inner < end:
            # As many more ends as there are elements of the same name inside.
            end = html.find(closing, end + 1)
            inner = _next_opening(html, tag, inner + 1)
    return len(html) if end < 0 else end + len(closing)


def _next_opening(html: str, tag: str, start: int) -> int:
    at = html.find(f"<{tag}", start)
    while at >= 0 and html[at + len(tag) + 1 : at + len(tag) + 2] not in " >":
        at = html.find(f"<{tag}", at + 1)
    return at
