"""The parts of a report, found block by block: furniture first, then the top (headline to dateline), then the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..records import Dateline, Residue, Span
from .byline import find_byline
from .credit import REASON as CREDIT
from .credit import agency_in, credit_line, credit_suffix, end_mark
from .dateline import find_dateline, find_place_line
from .dates import read_date
from .headline import MOST_WORDS, find_given, looks_like_headline, shares_words
from .lines import Block, find_blocks
from .rules import Cue, caption_cues, residue_cues

# Blocks longer than this are prose whatever words they hold; it also bounds the work of the cue patterns.
FURNITURE_LENGTH = 480
# A list of links or a form: its entries are short. Prose ends the list.
LIST_WORDS = 16
# Body text: shorter lines at the top may be a caption, a standfirst, a name.
BODY_WORDS = 25
BODY_SENTENCE_WORDS = 12
SENTENCE_WORDS = 7
TOP_BLOCKS = 8
# A standfirst may be a full sentence and stand above the date line.
TOP_LINES = 3
CAPTION_WORDS = 7
NAME_WORDS = 4
_NAME_WORD = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*|(?:d[aeiu]|de[lr]?|v[ao]n|der|bin|ibn|al|el|of|and|the)", re.UNICODE
)


@dataclass(slots=True)
class Structure:
    """The parts found so far; ``left`` holds the blocks that no part has claimed yet."""

    text: str
    blocks: list[Block]
    published: str | None
    left: dict[int, Block] = field(default_factory=dict)
    headline: Span | None = None
    byline: Span | None = None
    dateline: Dateline | None = None
    captions: list[Span] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    agency: str | None = None
    credit: str | None = None
    date: str | None = None
    warnings: list[str] = field(default_factory=list)

    def take_residue(self, number: int, reason: str) -> None:
        block = self.left.pop(number)
        self.residue.append(Residue(block.start, block.end, self.text[block.start : block.end], reason=reason))

    def take_span(self, number: int) -> Span:
        block = self.left.pop(number)
        return Span.of(self.text, block.start, block.end)


def find_structure(
    text: str, *, headline: str | None = None, published: str | None = None, captions: frozenset[str] = frozenset()
) -> Structure:
    """Headline, byline, dateline, captions, paragraphs, credit and residue of a text.

    ``headline`` and ``captions`` are those that the input itself marked as such.
    """
    found = Structure(text, find_blocks(text), published)
    found.left = dict(enumerate(found.blocks))
    for number, block in enumerate(found.blocks if captions else ()):
        if found.text[block.start : block.end] in captions:
            found.captions.append(found.take_span(number))
    _find_furniture(found)
    _find_headline(found, headline)
    _find_top(found)
    _find_credit(found)
    for number in sorted(found.left):
        block = found.left[number]
        found.paragraphs.append(Span.of(text, block.start, block.end))
    found.residue.sort(key=lambda span: span.start)
    found.captions.sort(key=lambda span: span.start)
    return found


def _find_furniture(found: Structure) -> None:
    """Blocks that the cues know, and the short ones that follow an opening cue."""
    cues = {number: cue for number, block in found.left.items() if (cue := _cue_of(block)) is not None}
    prose = [
        number
        for number, block in found.left.items()
        if _is_body(block) and (number not in cues or cues[number].where != "anywhere")
    ]
    first, last = (prose[0], prose[-1]) if prose else (len(found.blocks), -1)
    open_reason = None
    for number, block in list(found.left.items()):
        cue = cues.get(number)
        if cue is not None and _stands(cue.where, number, first, last):
            _take_cue(found, number, cue.reason)
            open_reason = cue.reason if cue.opens else open_reason
        elif open_reason and not _is_prose(block):
            found.take_residue(number, open_reason)
        else:
            open_reason = None
            if len(block.plain) <= FURNITURE_LENGTH and caption_cues().find(block.lower, block.words):
                found.captions.append(found.take_span(number))


def _cue_of(block: Block) -> Cue | None:
    return residue_cues().find(block.lower, block.words) if len(block.plain) <= FURNITURE_LENGTH else None


def _is_body(block: Block) -> bool:
    return block.words >= BODY_WORDS or (block.is_sentence and block.words >= BODY_SENTENCE_WORDS)


def _is_prose(block: Block) -> bool:
    """The block is longer than an entry of a list, or a full sentence."""
    return block.words > LIST_WORDS or (block.is_sentence and block.words >= SENTENCE_WORDS)


def _stands(where: str, number: int, first: int, last: int) -> bool:
    """The block is in the part of the text that the cue is kept to; ``first`` and ``last`` are the ends of the prose."""
    if where == "edges":
        return not max(first, TOP_LINES) < number < last
    return where == "anywhere" or number > (first if where == "below" else last)


def _take_cue(found: Structure, number: int, reason: str) -> None:
    block = found.blocks[number]
    found.take_residue(number, reason)
    if reason == CREDIT and found.credit is None:
        found.credit = agency_in(block.plain)
    if reason == "page date" and found.date is None:
        found.date = read_date(block.plain)


def _find_headline(found: Structure, given: str | None) -> None:
    numbers = sorted(found.left)
    if given:
        span = find_given(found.text, given)
        if span is not None:
            _claim_headline(found, span)
            return
        found.warnings.append("the headline that came with the report is not in its text")
    if len(numbers) > 2 and _is_trail(found.left[numbers[0]], found.left[numbers[1]]):
        found.take_residue(numbers.pop(0), "navigation")
    if len(numbers) < 2:
        return
    first = found.left[numbers[0]]
    if given and not shares_words(given, first):
        return
    if find_byline(found.text, first) or find_dateline(found.text, first, None) or find_place_line(first):
        return
    following = [found.left[number] for number in numbers[1:TOP_BLOCKS]]
    if looks_like_headline(first, following) or _stands_over_dateline(found, first, following):
        found.headline = found.take_span(numbers[0])


def _is_trail(first: Block, second: Block) -> bool:
    """The path to a page, which ends with the headline that follows: "Home World Talks resume", "Talks resume"."""
    return first.words <= MOST_WORDS and 3 <= second.words < first.words and first.lower.endswith(second.lower)


def _stands_over_dateline(found: Structure, first: Block, following: list[Block]) -> bool:
    """A dateline opens the report, so a short block above it is the headline even where it ends with a stop."""
    return first.words <= MOST_WORDS and any(find_dateline(found.text, block, None) for block in following[:2])


def _claim_headline(found: Structure, span: Span) -> None:
    """A given headline is one when it is a block, or opens one; inside a sentence the words only happen to be the same."""
    for number in sorted(found.left):
        block = found.left[number]
        if block.start != span.start:
            continue
        if block.end - span.end <= 1:
            found.headline = found.take_span(number)
        elif len(found.left) > 1 or found.text[span.end :][:1].isspace() or found.text[span.end - 1] in ".?!":
            found.headline = span
            rest = found.text[span.end : block.end]
            start = span.end + len(rest) - len(rest.lstrip(" \t\r\n\xa0.:-–—|"))
            found.left[number] = Block(start, block.end, found.text[start : block.end], "", len(rest.split()), True)
        return


def _find_top(found: Structure) -> None:
    """Byline, captions and dateline: the short blocks before the body, and the first words of the body."""
    for number in sorted(found.left)[:TOP_BLOCKS]:
        block = found.left[number]
        dateline = found.dateline or find_dateline(found.text, block, found.published or found.date)
        if dateline is not None and found.dateline is None:
            found.dateline, found.agency = dateline, dateline.agency or found.agency
            if dateline.end >= block.end:
                del found.left[number]
                continue
            return
        if block.words >= BODY_WORDS or (
            block.is_sentence and block.words >= SENTENCE_WORDS and not find_byline(found.text, block)
        ):
            return
        _find_top_block(found, number)


def _find_top_block(found: Structure, number: int) -> None:
    block = found.left[number]
    rest = [after for after in found.left if after > number]
    if not rest:
        return
    if found.byline is None and (byline := find_byline(found.text, block)):
        found.byline = found.take_span(number)
        found.dateline = found.dateline or byline.dateline
        found.agency = found.agency or byline.agency
        found.date = found.date or read_date(block.plain)
    elif name := credit_line(block):
        found.take_residue(number, CREDIT)
        found.agency = found.agency or name
    elif found.dateline is None and find_place_line(block):
        span = found.take_span(number)
        found.dateline = Dateline(span.start, span.end, span.text)
    elif found.headline is not None and _is_name(block):
        _find_name(found, number, found.left[min(rest)].gap and block.gap)


def _find_name(found: Structure, number: int, alone: bool) -> None:
    """A name on a line of its own: whom the text speaks of is in the picture; else, set apart, who wrote the report."""
    block = found.left[number]
    if _is_named_below(found.text, block):
        found.captions.append(found.take_span(number))
    elif alone and block.words <= NAME_WORDS and found.byline is None and not block.plain.isupper():
        found.byline = found.take_span(number)


def _is_name(block: Block) -> bool:
    """A short line of capitalised words, such as the name under a photograph."""
    words = block.plain.split()
    return (
        2 <= len(words) <= CAPTION_WORDS
        and block.plain[-1] not in ".:;,!?"
        and all(_NAME_WORD.fullmatch(word) for word in words)
    )


def _is_named_below(text: str, block: Block) -> bool:
    """The text goes on to speak of whom the line names; it does not of its writer."""
    return text.find(text[block.start : block.end].split()[-1].strip("'’"), block.end) >= 0


def _find_credit(found: Structure) -> None:
    """The agency credit in the last blocks: a line of its own, or the end of the last paragraph."""
    for number in sorted(found.left, reverse=True)[:2]:
        block = found.left[number]
        if mark := end_mark(found.text, block):
            found.residue.append(mark)
            block = found.left[number] = block.cut(found.text, mark.start)
        if len(found.left) > 1 and (name := credit_line(block)):
            found.take_residue(number, CREDIT)
            found.credit = found.credit or name
            continue
        if suffix := credit_suffix(found.text, block):
            residue, name = suffix
            found.residue.append(residue)
            found.credit = found.credit or name
            found.left[number] = block.cut(found.text, residue.start)
        return
