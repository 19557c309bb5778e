"""Agency credits: a line "Reuters", or the end of the last paragraph: "… he said. (AFP)", "… — Xinhua"."""

from __future__ import annotations

import re
from functools import cache

from ..records import Residue
from .dateline import agency_name
from .lines import Block
from .rules import agencies, agency_pattern

REASON = "agency credit"
_END_MARK = re.compile(r"(?<=[.!?”\"’…])\s+(Enditem|END|ENDS|\(END\)|\(ENDS\)|###|-30-|-0-)\.?$")


@cache
def _suffix() -> re.Pattern[str]:
    names = rf"(?:{agency_pattern()})(?:\s?[/,&]\s?(?:{agency_pattern()})){{0,3}}"
    return re.compile(
        rf"(?<=[.!?”\"’…])\s*(?P<credit>[(\[]\s*(?P<round>{names})\s*[)\]]|(?:--|[—–-])\s*(?P<dash>{names}))\.?\s*$"
    )


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{agency_pattern()})(?!\w)")


def credit_line(block: Block) -> str | None:
    """The agency when the whole block is nothing but its name: "Reuters", "(AFP)", "— AP", "The Associated Press"."""
    if block.words > 6:
        return None
    return agency_name(block.plain.strip(" ()[]—–-_|."))


def credit_suffix(text: str, block: Block) -> tuple[Residue, str] | None:
    """The credit that closes the block, without the white space before it, and its agency."""
    match = _suffix().search(text, max(block.start, block.end - 60), block.end)
    if match is None or match.start("credit") == block.start:
        return None
    start, end = match.start("credit"), block.end
    name = agency_name(match["round"] or match["dash"])
    return (Residue(start, end, text[start:end], reason=REASON), name) if name else None


def end_mark(text: str, block: Block) -> Residue | None:
    """The word by which an agency closes a report, on the last line of its text: "… on Friday. Enditem"."""
    match = _END_MARK.search(text, max(block.start, block.end - 20), block.end)
    if match is None or match.start(1) == block.start:
        return None
    return Residue(match.start(1), block.end, text[match.start(1) : block.end], reason="end mark")


def agency_in(words: str) -> str | None:
    """The first agency that the words of a credit line name: "With inputs from Reuters" → "Reuters"."""
    match = _anywhere().search(words)
    return agencies()[match.group()] if match else None
