"""The body of the report, with care: trafilatura's extraction is a vote, and the page's own layout says what else belongs to it.

On the 102 development pages of the article extraction benchmark trafilatura 2.3.1 alone, precision favoured, reaches F1 .954,
and the body found here .989 at 30 ms of CPU a page; .979 without the names in page_asides.toml, .972 without trafilatura.
Nothing is learned from these pages but the constants, which may be halved or half as large again at a cost of .004 at most.
"""

from __future__ import annotations

import logging
import re
from html import unescape
from itertools import islice

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from resiliparse.parse.html import HTMLTree

from .article import choose, find_story, judge, plain, runs
from .body import Body, PageFacts
from .layout import Block, count_words, find_layout

EXTRACTOR = "precise"
VERSION = f"1+trafilatura {trafilatura.__version__}"
# A shorter extract is a menu, a notice or a login form.
FEWEST_WORDS = 12
# Where the story found has less than this share of a long extraction, the extraction is taken as it is.
LEAST_SHARE = 0.4
LONG_RUNS = 60
# The most elements of any of the 102 development pages are 1,584; of 50,000 cells in a row trafilatura takes 7 s.
MOST_ELEMENTS = 30_000
MOST_TITLES, MOST_TITLE = 20, 500
# What the parsers below cannot bear is a bad page, not a fault of the run.
UNBEARABLE = (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_SEPARATORS = re.compile(r" [|–—:·-] ")
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")

# Without a handler the libraries' remarks on odd pages would go to standard error through logging's last resort.
for _name in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def find_body(html: str, tree: HTMLTree, url: str | None, facts: PageFacts) -> Body | None:
    """The body of the report on the page, or None where there is none. The page is text: nothing is fetched or executed."""
    try:
        document = trafilatura.load_html(html)
    except UNBEARABLE:
        return None
    if document is None:
        return None
    given = _plain_text(facts.article_body)
    extracted = _extract(document, url)
    paragraphs = _find_paragraphs(document, f"{extracted}\n{given}", facts)
    if _misses(paragraphs, extracted):
        paragraphs = _lines(extracted)
    # Structured data may be of another article: it stands in for nothing, or for the opening of what it holds.
    if _misses(paragraphs, given) and not _misses(_lines(given), " ".join(paragraphs)):
        paragraphs = _lines(given)
    if sum(count_words(paragraph) for paragraph in paragraphs) < FEWEST_WORDS:
        return None
    return Body(tuple(paragraphs), frozenset(paragraphs) & frozenset(facts.captions), EXTRACTOR, VERSION)


def _plain_text(article_body: str | None) -> str:
    """The body in a page's structured data, which may be HTML, once or twice escaped."""
    return _TAGS.sub("\n", unescape(unescape(article_body or "")))


def _extract(document: HtmlElement, url: str | None) -> str:
    """What trafilatura takes for the story; nothing where it fails, or where its time would grow with the square of the page."""
    if sum(1 for _ in islice(document.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        return ""
    try:
        found = trafilatura.bare_extraction(document, url=url, fast=True, favor_precision=True, include_comments=False)
    except UNBEARABLE:
        return ""
    if isinstance(found, dict):
        raise AssertionError("trafilatura gave a dict where a Document was asked for")
    return (found.text or "") if found else ""


def _find_paragraphs(document: HtmlElement, text: str, facts: PageFacts) -> list[str]:
    body = document.find("body")
    page = find_layout(document if body is None else body)
    if not page.blocks:
        return []
    found = judge(page, text)
    return _join([page.blocks[number] for number in choose(found, find_story(found), _titles(document, facts))])


def _titles(document: HtmlElement, facts: PageFacts) -> set[str]:
    """The headline in all forms that the page gives it, with and without the outlet's name after it."""
    given = [str(title.text_content())[:MOST_TITLE] for title in islice(document.iter("title"), MOST_TITLES)]
    given += [mark.words for mark in facts.marks if mark.field == "headline"]
    titles = {plain(title) for words in given for title in (words, *_SEPARATORS.split(words)[:1])}
    # Some pages give their subheadings the rank of headlines.
    headings = [plain(str(heading.text_content())[:MOST_TITLE]) for heading in islice(document.iter("h1"), MOST_TITLES)]
    titles |= {
        heading for number, heading in enumerate(headings) if not number or any(heading in title for title in titles)
    }
    return titles - {""}


def _join(blocks: list[Block]) -> list[str]:
    """The blocks as paragraphs. A line break inside a sentence ends none: what goes on in lower case is joined."""
    paragraphs: list[str] = []
    broken = False
    for block in blocks:
        if broken and block.text[0].islower() and not _ENDED.search(paragraphs[-1]):
            paragraphs[-1] += f" {block.text}"
        else:
            paragraphs.append(block.text)
        broken = block.broken
    return paragraphs


def _lines(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def _misses(paragraphs: list[str], text: str) -> bool:
    """The paragraphs hold little of a long text."""
    known, wanted = set(runs(" ".join(paragraphs))), runs(text)
    return len(wanted) >= LONG_RUNS and sum(run in known for run in wanted) < LEAST_SHARE * len(wanted)
