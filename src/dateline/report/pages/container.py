"""Where on the page the report stands: the lowest element that holds nearly all of what reads like its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cutting import Blocks
from .names import BODY, COMMENTS, FURNITURE, role_of

# Shorter blocks may be anything: buttons, labels, dates, headings of other reports.
FEWEST_CHARACTERS = 60
# Text straight inside a div is a report's less often than text inside a p; a paragraph without neighbours is mostly a teaser.
OUTSIDE_PARAGRAPH = 0.7
LONE = 0.1
FEWEST_NEIGHBOURS = 3
# Text in an element that is named for the body of a report.
IN_BODY = 2.0
# An element named for furniture is believed if it holds less than this share of the text; comments outgrow many a report.
MOST_FURNITURE, MOST_COMMENTS = 0.5, 0.85
_BELIEVED = {FURNITURE: MOST_FURNITURE, COMMENTS: MOST_COMMENTS}
# A live report's entries hold so much of it; "hentry" is what blogs call each of their reports.
MADE_OF_ENTRIES = 0.5
# The descent goes on while one child holds so much of the text; into an element that says it is the report, with less.
SHARE, SHARE_OF_REPORT = 0.8, 0.6
_REPORTS = frozenset(("article", "main"))
# They hold parts of a report, never the whole.
_PARTS = frozenset("blockquote dd li ol p ul".split())


@dataclass(slots=True)
class Measures:
    """What each element of ``Blocks`` is (``names.role_of``), and how much text it holds with all that is in it."""

    roles: list[int]
    characters: list[int]
    linked: list[float]


def survey(blocks: Blocks) -> Measures:
    count = len(blocks.tags)
    characters, linked = [0] * count, [0.0] * count
    for text, where, share in zip(blocks.texts, blocks.where, blocks.linked, strict=True):
        characters[where] += len(text)
        linked[where] += len(text) * share
    parents = blocks.parents
    for number in range(count - 1, 0, -1):
        characters[parents[number]] += characters[number]
        linked[parents[number]] += linked[number]
    return Measures(_roles(blocks, characters), characters, linked)


def _roles(blocks: Blocks, characters: list[int]) -> list[int]:
    """What each element that holds text is. An article in an article is another report, unless the outer one is made of such:
    a live report, whose entries they are."""
    roles = [0] * len(characters)
    outer = [0] * len(characters)  # the outermost article around each element
    nested: dict[int, int] = {}
    for number, (tag, above) in enumerate(zip(blocks.tags, blocks.parents, strict=True)):
        around = outer[above]
        outer[number] = around or (number if tag == "article" else 0)
        if not characters[number]:
            continue
        roles[number] = role_of(tag, blocks.attributes[number])
        if around and tag == "article":
            roles[number] = FURNITURE
            nested[around] = nested.get(around, 0) + characters[number]
    for number, tag in enumerate(blocks.tags):
        around = outer[number]
        if tag == "article" and around != number and nested.get(around, 0) >= MADE_OF_ENTRIES * characters[around]:
            roles[number] = FURNITURE if " hentry" in blocks.attributes[number] else 0
    return roles


def find_container(blocks: Blocks, measures: Measures) -> int:
    """The element that holds the report; 0, the whole page, where nothing stands out."""
    own = _prose(blocks)
    own = _believed(own, blocks, measures)
    held = _held(own, blocks.parents)
    richest = [0] * len(held)
    for number in range(len(held) - 1, 0, -1):
        above = blocks.parents[number]
        if held[number] and (not richest[above] or held[number] >= held[richest[above]]):
            richest[above] = number
    here = 0
    while child := richest[here]:
        tag, role = blocks.tags[child], measures.roles[child]
        named = tag in _REPORTS or role == BODY or ' role="main"' in blocks.attributes[child]
        share = SHARE_OF_REPORT if named else SHARE
        if held[child] < share * held[0] or tag in _PARTS:
            break
        here = child
    return _with_neighbours(here, own, blocks)


def _prose(blocks: Blocks) -> list[float]:
    """How much of each element's own text reads like a report's paragraphs."""
    own = [0.0] * len(blocks.tags)
    near = [0] * len(own)
    parents = blocks.parents
    for text, where, linked in zip(blocks.texts, blocks.where, blocks.linked, strict=True):
        if len(text) >= FEWEST_CHARACTERS and linked < 0.5:
            own[where] += len(text) * (1 - linked) * (1.0 if blocks.tags[where] == "p" else OUTSIDE_PARAGRAPH)
            near[where] += 1
            near[parents[where]] += 1
    return [
        size if max(near[number], near[parents[number]]) >= FEWEST_NEIGHBOURS else size * LONE
        for number, size in enumerate(own)
    ]


def _believed(own: list[float], blocks: Blocks, measures: Measures) -> list[float]:
    """The same without what stands in furniture, and with more weight on what stands in an element named for the body."""
    held = _held(own, blocks.parents)
    factors = [1.0] * len(own)
    for number in range(1, len(own)):
        factor, role = factors[blocks.parents[number]], measures.roles[number]
        if held[number] < _BELIEVED.get(role, 0.0) * held[0]:
            factor = 0.0
        elif role == BODY and factor:
            factor = IN_BODY
        factors[number] = factor
    return [size * factor for size, factor in zip(own, factors, strict=True)]


def _held(own: Sequence[float], parents: Sequence[int]) -> list[float]:
    """What each element holds with all that is inside it: an element comes after its parent."""
    held = list(own)
    for number in range(len(held) - 1, 0, -1):
        held[parents[number]] += held[number]
    return held


def _with_neighbours(here: int, own: Sequence[float], blocks: Blocks) -> int:
    """The element, or one above it where paragraphs stand right beside it: a page may put the rest behind a wall of its own."""
    parents = blocks.parents
    beside = {
        parents[number] for number, size in enumerate(own) if size and blocks.tags[number] == "p" and number != here
    }
    while here and parents[here] in beside and blocks.tags[parents[here]] != "body":
        here = parents[here]
    return here
