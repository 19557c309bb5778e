"""A page as blocks of text in reading order, and the parts of the page that hold them.

A block is the text between two breaks of the layout: a paragraph, an entry of a list, a row of a table, a line. Blocks are kept in
one list, and every part knows which run of it is inside, so that leaving out a part is leaving out a run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from ...errors import IntakeError

# The most of any of the 102 development pages are 518 blocks in 987 parts.
MOST_PARTS = 200_000
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
UNREAD = frozenset(
    "script style noscript template head iframe svg math object embed applet audio video canvas map select option input"
    " textarea button datalist link meta title".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
# Longer rows are the layout of a page, not a table.
ROW_LENGTH = 400
# Elements whose words stand for themselves, though no space parts them from the next: "UpdatedPolice", "(CNN)A man".
_OWN_WORDS = frozenset(("a", "cite", "time", "label", "small", "span"))
_RUN_ON = re.compile("[a-z0-9)][A-Z]")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
# Chinese, Japanese and Thai have no spaces between words; two characters of theirs are about a word.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:rollover|tooltip|popover|hovercard|popup)(?:[\w-]*[_-])?(?:block|content|text|body|box|inner|panel|card)"
    r"|(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|assistive-text)(?:$|\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """``words`` are counted, ``linked`` of them inside a link; ``tag`` is its part's; ``broken`` says that a line break ended it."""

    text: str
    tag: str
    part: int
    words: int
    linked: int
    broken: bool

    @property
    def link_share(self) -> float:
        return self.linked / self.words


@dataclass(slots=True)
class Part:
    """An element and the run of blocks in it, ``first`` up to but not including ``end``; ``within`` is the part around it."""

    element: HtmlElement
    tag: str
    within: int
    first: int
    end: int = 0
    is_row: bool = False

    @property
    def run(self) -> tuple[int, int]:
        return self.first, self.end


@dataclass(frozen=True, slots=True)
class _Step:
    """Something left to do in the walk: an element to go into, the text after it, or a part to leave (no element)."""

    element: HtmlElement | None
    part: int
    linked: bool
    after: bool = False


@dataclass(slots=True)
class Layout:
    """All blocks and parts of a page; ``parts[0]`` is the body."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _linked: list[str] = field(default_factory=list)

    def outward(self, part: int) -> list[int]:
        """The part and those around it, the nearest first."""
        found = []
        while part >= 0:
            found.append(part)
            part = self.parts[part].within
        return found

    def close_block(self, part: int, *, broken: bool = False) -> None:
        """What was gathered becomes a block of the part, if there is a letter, figure or underscore in it."""
        text = " ".join("".join(self._text).split())
        if re.search(r"\w", text):
            words = count_words(text)
            linked = min(count_words(" ".join(self._linked)), words)
            self.blocks.append(Block(text, self.parts[part].tag, part, words, linked, broken))
        self._text.clear()
        self._linked.clear()

    def open_part(self, element: HtmlElement, within: int) -> int:
        tag = str(element.tag)
        is_row = tag == "tr" and element.find(".//tr") is None and len(str(element.text_content())) <= ROW_LENGTH
        self.parts.append(Part(element, tag, within, len(self.blocks), is_row=is_row))
        return len(self.parts) - 1

    def add(self, text: str | None, part: int, linked: bool) -> None:
        """Gathers text; in preformatted text an empty line ends a block."""
        if not text:
            return
        pieces = _EMPTY_LINE.split(text) if self.parts[part].tag == "pre" else [text]
        for number, piece in enumerate(pieces):
            if number:
                self.close_block(part)
            self._text.append(piece)
            if linked:
                self._linked.append(piece)

    def add_border(self, text: str | None) -> None:
        """A space where only an element's border parts two words."""
        before = self._text[-1] if self._text else ""
        if text and len(before) > 1 and _RUN_ON.fullmatch(before[-1] + text[0]):
            self._text.append(" ")


def find_layout(root: HtmlElement) -> Layout:
    """The blocks and parts under an element, walked without recursion."""
    page = Layout()
    todo = [_Step(root, -1, False)]
    while todo:
        if len(page.parts) > MOST_PARTS:
            raise IntakeError(
                f"the HTML cannot be read: it has more than {MOST_PARTS:,} blocks; split the page, or give the report's text as .txt"
            )
        step = todo.pop()
        if step.element is None:
            page.close_block(step.part)
            page.parts[step.part].end = len(page.blocks)
        elif step.after:
            if step.element.tag in _OWN_WORDS:
                page.add_border(step.element.tail)
            page.add(step.element.tail, step.part, step.linked)
        else:
            _enter(page, step.element, step, todo)
    return page


def _enter(page: Layout, element: HtmlElement, step: _Step, todo: list[_Step]) -> None:
    tag, part = element.tag, step.part
    if not isinstance(tag, str) or tag in UNREAD:
        return
    if tag in ("br", "hr"):
        page.close_block(part, broken=tag == "br")
        return
    linked = step.linked or tag == "a"
    if tag in CELLS and part >= 0 and page.parts[part].is_row:
        page.add(" ", part, False)
    elif tag not in INLINE or part < 0:
        if part >= 0:
            page.close_block(part)
        part = page.open_part(element, part)
        todo.append(_Step(None, part, False))
    elif is_unseen(element):
        return
    elif tag in _OWN_WORDS:
        page.add_border(element.text)
    page.add(element.text, part, linked)
    for child in reversed(element):
        if child.tail:
            todo.append(_Step(child, part, linked, after=True))
        todo.append(_Step(child, part, linked))


def count_words(text: str) -> int:
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def is_unseen(element: HtmlElement) -> bool:
    """An element inside a line that readers do not see, or only when they point at it."""
    named = element.get("class")
    return (
        bool(named and _UNSEEN.search(named))
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )
