"""Which blocks inside the report's element are the report's, and which are links, forms, captions and notices put between them."""

from __future__ import annotations

from .container import Measures
from .cutting import Blocks
from .names import COMMENTS, FURNITURE

# Inside the report's element, an element named for furniture is believed if it holds less than this share of the text.
MOST_FURNITURE = 0.5
# Pages give classes of all kinds to these; what is in them is judged block by block.
_UNJUDGED = frozenset("blockquote h2 h3 h4 h5 li p table tbody td th tr".split())
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_LOOSE = frozenset(("center", "div", "section"))
_ENDS = (".", '"', "”", "!", "?", "…", ":", "。")
# A block of links alone: in a paragraph of few words it is a name or an address, else the headline of another report.
MOST_LINKED = 0.6
MOST_LINKED_WORDS = 7
LINK_ALONE = 0.95
# A short line straight in a div is a label.
FEWEST_CHARACTERS = 40
# So much of a list of links is links.
LIST_LINKED = 0.3


def sift(blocks: Blocks, measures: Measures, container: int) -> list[int]:
    """The numbers of the blocks that are the report's."""
    inside = _inside(blocks, measures, container)
    kept = [inside[where] and _is_text(number, blocks, measures) for number, where in enumerate(blocks.where)]
    heads_nothing = True  # a heading without text under it heads what was left out: links, a form, comments
    for number in range(len(kept) - 1, -1, -1):
        if kept[number]:
            if blocks.tags[blocks.where[number]] in _HEADINGS:
                kept[number] = not heads_nothing
            else:
                heads_nothing = False
        elif blocks.linked[number] > MOST_LINKED:
            heads_nothing = True
    return [number for number, keep in enumerate(kept) if keep]


def _inside(blocks: Blocks, measures: Measures, container: int) -> list[bool]:
    """Whether each element is inside the container and not in furniture."""
    inside = [False] * len(blocks.tags)
    inside[container] = True
    most = MOST_FURNITURE * measures.characters[container]
    for number in range(container + 1, len(inside)):
        above = blocks.parents[number]
        tag = blocks.tags[number]
        if not inside[above]:
            # A quoted post in a frame named for the network that it comes from.
            inside[number] = tag == "blockquote" and above > container and inside[blocks.parents[above]]
        elif measures.characters[number] >= most or tag in _UNJUDGED:
            inside[number] = measures.roles[number] != COMMENTS
        else:
            inside[number] = not (
                measures.roles[number] in (COMMENTS, FURNITURE)
                or (tag == "ul" and measures.linked[number] >= LIST_LINKED * measures.characters[number])
            )
    return inside


def _is_text(number: int, blocks: Blocks, measures: Measures) -> bool:
    text, where, linked = blocks.texts[number], blocks.where[number], blocks.linked[number]
    tag = blocks.tags[where]
    if linked > MOST_LINKED:
        few = len(text.split()) <= MOST_LINKED_WORDS
        if measures.linked[where] > MOST_LINKED * measures.characters[where]:
            return tag == "p" and few
        return few or linked < LINK_ALONE  # a part of a paragraph that something stands in the middle of
    return not (tag in _LOOSE and len(text) < FEWEST_CHARACTERS and not text.endswith(_ENDS))
