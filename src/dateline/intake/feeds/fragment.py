"""A piece of HTML, such as the words of a feed's entry, made into plain paragraphs: it is no page, so no article is looked for."""

from __future__ import annotations

import re
from typing import Any

MARKUP = re.compile(r"&#?\w{1,32};|</?[a-zA-Z][a-zA-Z0-9]{0,15}[\s/>]|<!--")
_UNREAD = frozenset(
    "script style template noscript iframe object svg math head select button form audio video canvas".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)


def plain_text(words: str) -> str:
    """The words of a fragment, a blank line between its blocks; words without markup stay as they are.

    >>> plain_text("<p>Talks resume.</p><p>More &amp; more.</p>")
    'Talks resume.\\n\\nMore & more.'
    """
    if not MARKUP.search(words):
        return words.strip()
    from resiliparse.parse.html import HTMLTree, traverse_dom

    blocks = _Blocks()
    body = HTMLTree.parse(words).body
    if body is not None:
        traverse_dom(body, blocks.enter, blocks.leave)
    return blocks.text()


class _Blocks:
    """The paragraphs met on a walk through the tree."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[str] = []
        self._unread = 0

    def enter(self, context: Any) -> None:
        tag = context.node.tag
        if tag == "#text":
            if not self._unread:
                self._open.append(context.node.value)
        elif tag in _UNREAD:
            self._unread += 1
            self._close()
        elif tag == "br":
            self._open.append("\n")
        elif tag not in _INLINE and tag != "#comment":
            self._close()

    def leave(self, context: Any) -> None:
        tag = context.node.tag
        if tag in _UNREAD:
            self._unread -= 1
        elif tag not in _INLINE and tag != "br":
            self._close()

    def text(self) -> str:
        self._close()
        return "\n\n".join(self._done)

    def _close(self) -> None:
        # A double line break separates paragraphs, a single one is a space; so it is in old feeds.
        for block in re.split(r"(?:[^\S\n]*\n){2,}", "".join(self._open)) if self._open else ():
            if words := " ".join(block.split()):
                self._done.append(words)
        self._open.clear()
