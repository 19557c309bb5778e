"""What a page shows of its report where a reader sees it: the headline, the time, the byline, captions; and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from resiliparse.parse.html import DocumentNode, ElementNode, NodeType

from ...records import MarkField
from ..byline import NAMES
from ..claims import Claim, clean
from ..dates import DATE_WORDS
from ..people import Signed, read_signed

MOST_ELEMENTS = 24
MOST_TIMES = 8
MOST_HEADINGS = 4
MOST_LINKS = 3
MOST_CAPTIONS = 200
# A byline is shorter; a longer element holds the whole story.
LONGEST_BYLINE = 160
LONGEST_CAPTION = 2_000
LONGEST_DATE = 120
# How far up from the heading the words after it are looked for.
HEADING_LEVELS = 3
# Places of a page that speak of other reports, or of readers.
_ELSEWHERE = (
    'aside, nav, footer, [class*="related" i], [class*="comment" i], [class*="recommend" i], [class*="sidebar" i], '
    '[class*="popular" i], [class*="trending" i], [class*="teaser" i], [class*="widget" i], '
    '[class*="thumbnail" i], [id*="comment" i], [id*="sidebar" i]'
)
_DATES = (
    '[class*="publish" i], [class*="timestamp" i], [class*="-date" i], [class*="_date" i], [class*="dateline" i], .date'
)
# Class names of elements with the names of the writers; "author-bio" and "author-box" tell of their lives.
_BYLINE_CLASS = re.compile(
    r"by-?line|author[-_]{0,2}(?:name|link)s?\b|(?<![\w-])(?:(?:article|post|entry|story|news|c|meta)[-_]{1,2})?authors?(?![\w-])",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(
    r"wp-caption-text|(?:photo|image|img|picture|media|figure)[-_]{1,2}caption(?![\w-])", re.IGNORECASE
)
_WHOLE = frozenset({"body", "html", "article", "main", "section", "form", "ul", "ol", "table"})
_WHOLE_PAGE = frozenset({"body", "html", "article", "main"})
# With its year, so that it is no other report's "Monday" or "June 7".
_DAY = re.compile(rf"{DATE_WORDS}(?<=\d{{4}})|\d{{4}}-\d\d-\d\d")
# With a capital, at the start or after a sentence: "was killed by Jane Doe" is no byline.
_BY = re.compile(rf"(?:(?<=^)|(?<=[.!?|”\"'] ))By:? {NAMES}")
_MODIFIED = re.compile(r"updat|modif|\bedited|revis", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|created|first", re.IGNORECASE)


def is_byline(element: ElementNode) -> bool:
    """The element is marked as the names of the writers."""
    return (
        _BYLINE_CLASS.search(element.class_name or "") is not None
        or "author" in (element.getattr("rel") or "").split()
        or "author" in (element.getattr("itemprop") or "").split()
    )


def is_caption(element: ElementNode) -> bool:
    """The element is marked as the caption of a picture."""
    return element.tag == "figcaption" or _CAPTION_CLASS.search(element.class_name or "") is not None


def find_times(elements: Sequence[ElementNode]) -> list[Claim]:
    """Dates of ``time`` elements outside teasers and comments; "Updated …" is a modification."""
    claims = []
    for element in elements[:MOST_TIMES]:
        words = (element.getattr("datetime") or "").strip() or (element.text or "")[:LONGEST_DATE]
        if words and not _is_elsewhere(element):
            claims.append(
                (
                    element.closest("li") is not None,
                    Claim("modified" if _is_update(element) else "published", words, "time element"),
                )
            )
    # Entries of a list are other reports, unless the page has no time elsewhere.
    return [claim for _listed, claim in sorted(claims, key=lambda each: each[0])]


def find_dates(document: DocumentNode, headings: Sequence[ElementNode]) -> list[Claim]:
    """Dates that a reader sees above the story: right below the heading, or in elements whose class says so."""
    claims = list(_dates_below(headings))
    for element in document.query_selector_all(_DATES).values()[:MOST_ELEMENTS]:
        if element.tag in _WHOLE or _is_elsewhere(element):
            continue
        words = " ".join((element.text or "").split())
        if 6 <= len(words) <= LONGEST_DATE and any(character.isdigit() for character in words):
            claims.append(Claim(_kind_of_date(words), words, "text"))
    return claims


def _dates_below(headings: Sequence[ElementNode]) -> Iterator[Claim]:
    """The full date in the first words after a heading: "Talks resume · By Jane Doe · 7 June 2021"."""
    for after in _words_below(headings):
        if match := _DAY.search(after):
            yield Claim(_kind_of_date(after[: match.start()]), match.group(), "text")
            return


def _words_below(headings: Sequence[ElementNode]) -> Iterator[str]:
    """The first words after each heading, in wider and wider parts of the page."""
    for heading in headings[:MOST_HEADINGS]:
        words, around = heading.text or "", heading.parent
        for _ in range(HEADING_LEVELS if words.strip() else 0):
            if not isinstance(around, ElementNode) or around.tag in _WHOLE_PAGE:
                break
            after = " ".join((around.text or "").partition(words)[2][:1_000].split())[:LONGEST_BYLINE]
            yield after.replace(" ,", ",")
            around = around.parent


def _kind_of_date(words: str) -> MarkField:
    return "modified" if _MODIFIED.search(words) and not _PUBLISHED.search(words) else "published"


def _is_update(element: ElementNode) -> bool:
    own = f"{element.class_name} {element.getattr('itemprop') or ''}"
    if _PUBLISHED.search(own):
        return False
    if _MODIFIED.search(own):
        return True
    parent = element.parent
    around = " ".join((parent.text or "")[:LONGEST_DATE].split()) if isinstance(parent, ElementNode) else ""
    shown = " ".join((element.text or "").split())
    before = (around.partition(shown)[0] if shown else around)[-24:]
    return bool(_MODIFIED.search(before)) and not _PUBLISHED.search(before)


def find_bylines(elements: Sequence[ElementNode], headings: Sequence[ElementNode]) -> list[Claim]:
    """The names of the first byline: of the links to their authors, else of the element that a class calls a byline."""
    place: ElementNode | None = None
    claims: list[Claim] = []
    for element in elements[:MOST_ELEMENTS]:
        if element.tag in _WHOLE or _is_elsewhere(element):
            continue
        around = element.parent if isinstance(element.parent, ElementNode) else None
        if place is not None and around != place:
            continue
        words = _spaced(element)
        signed = read_signed(words) if 3 <= len(words) <= LONGEST_BYLINE else Signed()
        if not (signed.people or signed.agencies):
            continue
        claims.append(Claim("author", words, "text"))
        place = around
    return claims or list(_names_below(headings))


def _names_below(headings: Sequence[ElementNode]) -> Iterator[Claim]:
    """The names after a "By" right below a heading."""
    for after in _words_below(headings):
        if match := _BY.search(after):
            yield Claim("author", match.group(), "text")
            return


def find_headings(elements: Sequence[ElementNode]) -> list[Claim]:
    """The words of ``h1`` elements; the outlet's own name is one of them on some pages."""
    headings = (clean(element.text or "") for element in elements[:MOST_HEADINGS])
    return [Claim("headline", words, "text") for words in headings if words]


def find_links(elements: Sequence[ElementNode], url: str | None) -> list[Claim]:
    """The canonical address."""
    claims = []
    for element in elements[:MOST_LINKS]:
        if href := (element.getattr("href") or "").strip():
            claims.append(Claim("url", _absolute(href, url), "link"))
    return claims


def find_captions(elements: Sequence[ElementNode]) -> tuple[str, ...]:
    """The words of captions, once each."""
    found: dict[str, None] = {}
    for element in elements[:MOST_CAPTIONS]:
        words = " ".join((element.text or "").split())
        if words and len(words) <= LONGEST_CAPTION:
            found[words] = None
    return tuple(found)


def _is_elsewhere(element: ElementNode) -> bool:
    """The element stands in a part of the page that is not about this report; classes of the whole page say nothing."""
    part = element.closest(_ELSEWHERE)
    return part is not None and part.tag not in _WHOLE_PAGE


def _spaced(element: ElementNode) -> str:
    """The words of a short element, those of its parts apart: "By <b>Jane Doe</b><i>Reuters</i>" has three parts."""
    text = element.text or ""
    if len(text) > 4 * LONGEST_BYLINE or element.first_element_child is None:
        return " ".join(text.split()) if len(text) <= 4 * LONGEST_BYLINE else ""
    return " ".join(" ".join(node.text or "" for node in element if node.type == NodeType.TEXT).split())


def _absolute(href: str, url: str | None) -> str:
    try:
        return urljoin(url, href) if url else href
    except ValueError:
        return href
