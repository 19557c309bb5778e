"""What stands beside the story on a page: menus, captions, forms, links to other stories; told by names and by lead-in words."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal

from lxml.html import HtmlElement

from ...rulefiles import RuleModel, read_toml
from .layout import Block, is_unseen

APART_TAGS = frozenset(("nav", "footer", "figcaption", "dialog", "aside", "form", "menu", "address"))
_PIECES = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
MOST_NAMES = 600
# A longer line is prose, whatever it opens with; it also bounds the patterns' work.
MOST_CHARACTERS = 480
# So much of a line that leads away is a link.
LEAD_SHARE = 0.1
# Whole names alone: articles are named "comments-open" too.
_COMMENTS = re.compile(
    r"(?:\w+[-_])?(?:comments?|disqus|comentarios|commentaires|kommentare)(?:[-_]?(?:area|block|box|list|section|container|thread|wrap|wrapper))?"
)
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})


class Names(RuleModel):
    """Words in the names of elements."""

    apart: frozenset[str]
    inside: tuple[str, ...]
    perhaps: frozenset[str]


class Line(RuleModel):
    """One kind of line that leads away from the story."""

    id: str
    kind: Literal["opens", "leads", "asks"]
    pattern: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


class AsideRules(RuleModel):
    """Rules/report/page_asides.toml."""

    names: Names
    line: tuple[Line, ...]


@cache
def aside_rules() -> AsideRules:
    return read_toml("report/page_asides.toml", AsideRules)


@cache
def _names_rules() -> Names:
    return aside_rules().names


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line.pattern})" for line in aside_rules().line if line.kind == kind))


def _names(element: HtmlElement) -> frozenset[str]:
    """The names in class, id and role: whole ones, their pieces, and the words run together in a piece of mixed case."""
    found = set()
    for name in f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"[
        :MOST_NAMES
    ].split():
        found.add(name.lower())
        pieces = _PIECES.findall(name)
        for piece in pieces:
            found.add(piece.lower())
            camel = _CAMEL.findall(piece)
            if len(camel) > 1:
                found.update(word.lower() for word in camel if len(word) > 3)
        found.update(f"{left}-{right}".lower() for left, right in pairwise(pieces))
    return frozenset(found)


def apartness(element: HtmlElement) -> int:
    """How plainly an element is named as none of the story: 2 plainly, 1 perhaps, 0 not."""
    if element.tag in APART_TAGS or element.get("aria-hidden") == "true" or is_unseen(element):
        return 2
    names, rules = _names(element), _names_rules()
    if not rules.apart.isdisjoint(names) or any(inside in name for name in names for inside in rules.inside):
        return 2
    return int(not rules.perhaps.isdisjoint(names))


def is_never_story(element: HtmlElement) -> bool:
    """A menu, or what readers wrote below the story: it may be longer than the story."""
    if element.tag in ("nav", "footer"):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:MOST_NAMES].lower()
    return any(_COMMENTS.fullmatch(name) for name in named.split())


def _plain(block: Block) -> str:
    return block.text.lower().translate(QUOTES)


def opens_links(block: Block) -> bool:
    """The line stands over a list of links."""
    return block.words <= 12 and bool(_pattern("opens").fullmatch(_plain(block).strip(" :.…!?»>|-–—")))


def leads_away(block: Block, at_end: bool) -> bool:
    """The line leads to another story, or asks readers for something."""
    if len(block.text) > MOST_CHARACTERS:
        return False
    text = _plain(block).lstrip(" -–—•*([»>")
    linked = block.link_share > LEAD_SHARE
    if (linked and _pattern("leads").match(text)) or ((linked or at_end) and _pattern("asks").match(text)):
        return True
    # Inside the story it is a picture's credit; at the end, the outlet's notice, which is marked as residue later.
    return text.startswith("©") and not at_end
