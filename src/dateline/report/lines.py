"""The lines and blocks of a text, by offset: a block is a paragraph, a headline, a caption or a piece of page furniture.

Nothing is rewritten. Soft hyphens, no-break spaces, tabs and CR LF stay where they are; ``Block.plain`` is a cleaned copy
for matching words, never for offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# str.splitlines also splits at the separators U+001C-1E, which no news text means as line ends.
LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# What str.strip leaves at the edges of a line though a reader sees nothing: zero-width marks, soft hyphens, byte order marks.
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
UNSEEN_TABLE = dict.fromkeys(map(ord, UNSEEN))
QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2032": "'"}
QUOTES_TABLE = str.maketrans(QUOTES)
# The few characters that are looked through: to search for them costs a paragraph less than str.translate, which asks for each.
_LOOKED_THROUGH = {**dict.fromkeys(UNSEEN, ""), **QUOTES}
_ODD = re.compile(f"[{''.join(_LOOKED_THROUGH)}]")
SENTENCE_END = re.compile("[.!?…][\"'”’)\\]»]*$")
# Hard-wrapped text has lines of 50 to 100 characters (72 by habit); longer lines are paragraphs of their own.
WRAP_WIDTHS = range(45, 101)
# A sentence broken in two is longer on its first line than a label above a link ("Newsroom", then an address).
SHORTEST_PART = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; ``gap`` says that a blank line, or the start of the text, precedes."""

    start: int
    end: int
    indent: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, as half-open offsets. ``plain`` has single spaces, straight quotes, no unseen characters."""

    start: int
    end: int
    plain: str
    lower: str
    words: int
    gap: bool

    def cut(self, text: str, end: int) -> Block:
        """The block up to ``end``, without the white space before it; the words for matching stay those of the whole."""
        end = self.start + len(text[self.start : end].rstrip())
        return Block(self.start, end, self.plain, self.lower, self.words, self.gap)

    @property
    def is_sentence(self) -> bool:
        """The block ends as a sentence does."""
        return SENTENCE_END.search(self.plain) is not None


def find_lines(text: str) -> list[Line]:
    """The lines that hold something to read."""
    lines: list[Line] = []
    edges = " \t\xa0" + UNSEEN
    after = -1
    for match in LINE.finditer(text):
        raw = match.group()
        body = raw.strip().strip(edges).strip()
        if not body:
            continue
        start = match.start() + raw.index(body)
        gap = after < 0 or len(BREAK.findall(text, after, start)) > 1
        lines.append(Line(start, start + len(body), start - match.start(), gap))
        after = start + len(body)
    return lines


def find_blocks(text: str) -> list[Block]:
    """The blocks of a text in order: hard-wrapped lines are joined, other lines stand alone."""
    lines = find_lines(text)
    width = _wrap_width(text, lines)
    blocks = []
    for start, end, gap in _joined(text, lines, width):
        plain = " ".join(_ODD.sub(_plainly, text[start:end]).split())
        blocks.append(Block(start, end, plain, plain.lower(), plain.count(" ") + 1, gap))
    return blocks


def _plainly(match: re.Match[str]) -> str:
    return _LOOKED_THROUGH[match.group()]


def _joined(text: str, lines: list[Line], width: int) -> Iterator[tuple[int, int, bool]]:
    first = previous = None
    for line in lines:
        if first is None or previous is None:
            first = line
        elif line.gap or not _continues(text, previous, line, width):
            yield first.start, previous.end, first.gap
            first = line
        previous = line
    if first is not None and previous is not None:
        yield first.start, previous.end, first.gap


def _continues(text: str, line: Line, following: Line, width: int) -> bool:
    """The following line goes on with the same paragraph."""
    if width:
        return _is_full(text, line, following, width) and following.indent < line.indent + 2
    if line.end - line.start < SHORTEST_PART:
        return False
    return text[following.start].islower() and not SENTENCE_END.search(text[line.start : line.end])


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    """The following line's first word would not have fitted on this line."""
    word = text[following.start : following.end].split(None, 1)[0]
    return line.end - line.start + 1 + len(word) > width


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The column at which the text was wrapped by hand or by a mailer, or 0 when every line is a paragraph.

    Lines that are paragraphs end as sentences do; of wrapped lines few do. Half is between the two by a wide margin.
    """
    pairs = [(line, after) for line, after in pairwise(lines) if not after.gap]
    if not pairs:
        return 0
    lengths = sorted(line.end - line.start for line, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
    if width not in WRAP_WIDTHS or lines[-1].end - lines[-1].start > 2 * width:
        return 0
    full = [line for line, after in pairs if _is_full(text, line, after, width)]
    ended = sum(SENTENCE_END.search(text[line.start : line.end]) is not None for line in full)
    return width if 2 * len(full) > len(pairs) and 2 * ended < len(full) else 0
