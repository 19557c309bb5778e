"""The body of the report, quickly: one cut of the page into blocks, the element that holds the report, and what is in it.

Of the article extraction benchmark's 102 development pages it reaches F1 .98 at eight times the speed of trafilatura's
default, the parse of the HTML included (bench/extraction.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from resiliparse.parse.html import HTMLTree

from .body import Body, PageFacts
from .container import find_container, survey
from .cutting import Blocks, can_be_written, cut
from .sifting import sift

EXTRACTOR = "fast"
VERSION = "1"
# A shorter body is a menu, a notice or a login form; twelve words of English.
FEWEST_CHARACTERS = 60
# A page whose text comes by script has little of it; where its structured data holds the report, that is taken.
LONG_GIVEN = 500
LEAST_SHARE = 0.4
# The headline may stand above the text without being named one.
FIRST_BLOCKS = 3
_SEPARATORS = re.compile(r" [|–—:·-] ")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_LETTERS = re.compile(r"[^\W_]+")


def find_body(html: str, tree: HTMLTree, url: str | None, facts: PageFacts) -> Body | None:
    """The body of the report on the page, or None where there is none. The page is text: nothing is fetched or executed."""
    body = tree.body
    if body is None or not can_be_written(html, body):
        return None
    blocks = cut(body.html)
    measures = survey(blocks)
    kept = sift(blocks, measures, find_container(blocks, measures))
    paragraphs = _join(blocks, _without_headline(blocks, kept, tree, facts))
    given = _given_paragraphs(facts.article_body)
    if _size(given) >= LONG_GIVEN and _size(paragraphs) < LEAST_SHARE * _size(given):
        paragraphs = given
    if _size(paragraphs) < FEWEST_CHARACTERS:
        return None
    return Body(tuple(paragraphs), frozenset(paragraphs) & frozenset(facts.captions), EXTRACTOR, VERSION)


def _size(paragraphs: Sequence[str]) -> int:
    return sum(map(len, paragraphs))


def _given_paragraphs(article_body: str | None) -> list[str]:
    """The body in a page's structured data, which may be HTML, once or twice escaped."""
    plain = _TAGS.sub("\n", unescape(unescape(article_body))) if article_body else ""
    return [words for line in plain.splitlines() if (words := " ".join(line.split()))]


def _without_headline(blocks: Blocks, kept: list[int], tree: HTMLTree, facts: PageFacts) -> list[int]:
    """The blocks without the headline in any form that the page gives it, with and without the outlet's name after it."""
    titles = [tree.title or "", *(mark.words for mark in facts.marks if mark.field == "headline")]
    known = {_plain(form) for title in titles for form in (title, *_SEPARATORS.split(title)[:1])} - {""}
    return [number for at, number in enumerate(kept) if at >= FIRST_BLOCKS or _plain(blocks.texts[number]) not in known]


def _plain(words: str) -> str:
    return " ".join(_LETTERS.findall(words.casefold()))


def _join(blocks: Blocks, kept: list[int]) -> list[str]:
    """The blocks as paragraphs. A line break inside a sentence ends none: what goes on in lower case is joined."""
    paragraphs: list[str] = []
    before = -2
    for number in kept:
        text = blocks.texts[number]
        broken = number == before + 1 and blocks.where[number] == blocks.where[before]
        if broken and text[0].islower() and not _ENDED.search(paragraphs[-1][-8:]):
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
        before = number
    return paragraphs
