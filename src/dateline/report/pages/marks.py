"""What a page says of its report, and where: JSON-LD, microdata, ``<meta>``, links, the title, the address, the visible text.

    facts = find_marks(html, HTMLTree.parse(html), "https://ledger.example/2021/06/07/crossing")
    [mark.value for mark in facts.marks if mark.field == "published"]   # → ["2021-06-07T08:00:00Z", "2021-06-07"]

Only elements that may say something are asked for, by name; the page is not walked. Everything found is kept as a mark:
choosing among marks is for ``report.fields``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from resiliparse.parse.html import DocumentNode, ElementNode, HTMLTree

from ...records import Mark
from ..claims import Claim, clean, marks_of
from ..url_dates import mark_of_url
from .body import PageFacts
from .elements import (
    find_bylines,
    find_captions,
    find_dates,
    find_headings,
    find_links,
    find_times,
    is_byline,
    is_caption,
)
from .json_ld import read_json_ld
from .meta_tags import find_meta
from .microdata import find_microdata

MOST_MARKS = 80
# Of one kind more tell nothing new: names of a long list of authors, times of every update.
MOST_OF_A_KIND = 12


# An article with more of them is a list of thousands of links.
MOST_ELEMENTS = 4_000
_NOT_SEEN = frozenset({"meta", "script", "link", "html", "h1", "time"})
# One walk for all of them: each further query costs another.
_TELLING = (
    'meta[content], script[type^="application/ld+json" i], time, link[rel="canonical"], h1, html[lang], [itemprop], '
    'figcaption, [rel~="author"], [class*="byline" i], [class*="author" i], [class*="caption" i]'
)


@dataclass(slots=True)
class _Telling:
    """The elements of a page that may say something of its report, in order, by what they may say."""

    by_tag: dict[str, list[ElementNode]]
    properties: list[ElementNode]
    bylines: list[ElementNode]
    captions: list[ElementNode]


def find_marks(html: str, tree: HTMLTree, url: str | None) -> PageFacts:
    """All marks of the page in order of where they were found, the article's body and its captions."""
    document = tree.document
    if document is None:
        return PageFacts((), None, ())
    telling = _telling(document)
    tags = telling.by_tag
    title = clean(tree.title or "")
    metas = find_meta(tags["meta"])
    links = find_links(tags["link"], url)
    urls = {claim.words.partition("#")[0] for claim in (*links, *metas) if claim.field == "url"} | {url or ""}
    described = read_json_ld((script.text or "" for script in tags["script"]), title=title, urls=frozenset(urls - {""}))
    claims = [*described.claims, *find_microdata(telling.properties), *metas, *find_times(tags["time"]), *links]
    claims += [Claim("headline", title, "title"), *_language(tags["html"])]
    marks = [*_marks(claims), *mark_of_url(url)]
    text = find_headings(tags["h1"])
    said = {mark.field for mark in marks if mark.value}
    if "author" not in said:  # what a reader sees is asked for only where nothing is marked: it takes longer
        text += find_bylines(telling.bylines, tags["h1"])
    if "published" not in said or _clocks_differ(marks):
        text += find_dates(document, tags["h1"])
    captions = dict.fromkeys((*find_captions(telling.captions), *described.captions))
    return PageFacts(_limited([*marks, *_marks(text)]), described.article_body, tuple(captions))


def _telling(document: DocumentNode) -> _Telling:
    found = _Telling({tag: [] for tag in ("meta", "script", "time", "link", "h1", "html")}, [], [], [])
    for element in document.query_selector_all(_TELLING).values()[:MOST_ELEMENTS]:
        tag = element.tag
        if tag in found.by_tag:
            found.by_tag[tag].append(element)
        if element.hasattr("itemprop"):
            found.properties.append(element)
        if tag in _NOT_SEEN:
            continue
        if is_caption(element):
            found.captions.append(element)
        elif is_byline(element):
            found.bylines.append(element)
    return found


def _language(elements: list[ElementNode]) -> list[Claim]:
    return [Claim("language", element.getattr("lang") or "", "meta") for element in elements[:1]]


def _marks(claims: list[Claim]) -> list[Mark]:
    """The marks of all claims; the same words are read once, however many places say them."""
    read: dict[tuple[str, str, bool], tuple[Mark, ...]] = {}
    marks: list[Mark] = []
    for claim in claims:
        key = (claim.field, claim.words, claim.lone)
        if key not in read:
            read[key] = marks_of(claim)
        marks.extend(
            mark if mark.found_in == claim.found_in else replace(mark, found_in=claim.found_in) for mark in read[key]
        )
    return marks


def _clocks_differ(marks: list[Mark]) -> bool:
    """Two places show the same hour in different zones; only what a reader sees can tell which is right."""
    clocks: dict[str, str] = {}
    moments = (mark.value for mark in marks if mark.field == "published" and mark.value and len(mark.value) > 19)
    return any(clocks.setdefault(moment[:19], moment) != moment for moment in moments)


def _limited(marks: list[Mark]) -> tuple[Mark, ...]:
    """Each mark once, and of each kind so many that no page can flood the record."""
    counts: dict[tuple[str, str], int] = {}
    kept: dict[Mark, None] = {}
    for mark in marks:
        kind = (mark.field, mark.found_in)
        if mark in kept or counts.get(kind, 0) >= MOST_OF_A_KIND or len(kept) >= MOST_MARKS:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        kept[mark] = None
    return tuple(kept)
