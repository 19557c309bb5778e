"""schema.org facts in a page's microdata: ``itemprop`` elements of the article, wherever they stand on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resiliparse.parse.html import ElementNode, Node

from ..claims import Claim
from .schema_org import fields_of_properties, schema_org, type_name

MOST_ELEMENTS = 400
MOST_AUTHORS = 12
FOUND_IN = "microdata"
# Longer words in an element are more than a name, a date or a headline.
LONGEST = 1_000


def find_microdata(elements: Sequence[ElementNode]) -> list[Claim]:
    """What the article's scope says; of several scopes the one with the article's body, else the first of the best type."""
    fields = fields_of_properties()
    scopes: list[ElementNode | None] = []
    found: list[tuple[int, str, ElementNode]] = []
    with_body: set[int] = set()
    known: dict[Node | None, ElementNode | None] = {}
    for element in elements[:MOST_ELEMENTS]:
        names = (element.getattr("itemprop") or "").split()
        name = next((each for each in names if each in fields or each == "articleBody"), None)
        if name is None:
            continue
        parent = element.parent
        if parent not in known:  # neighbours have the same scope, and a search upwards is slow
            known[parent] = parent.closest("[itemscope]") if isinstance(parent, ElementNode) else None
        scope = known[parent]
        if scope not in scopes:
            scopes.append(scope)
        place = scopes.index(scope)
        if name == "articleBody":
            with_body.add(place)
        else:
            found.append((place, name, element))
    main = _main_scopes(scopes, with_body)
    ranks = {name: rank for rank, name in enumerate(fields)}
    found.sort(key=lambda each: ranks[each[1]])
    return [claim for place, name, element in _firsts(found) if place in main for claim in _claims(name, element)]


def _firsts(found: list[tuple[int, str, ElementNode]]) -> Iterator[tuple[int, str, ElementNode]]:
    """The first element of each property in a scope, and all authors: what follows belongs to teasers without scopes."""
    seen: set[tuple[int, str]] = set()
    for place, name, element in found:
        if (place, name) not in seen or name in ("author", "creator"):
            seen.add((place, name))
            yield place, name, element


def _main_scopes(scopes: list[ElementNode | None], with_body: set[int]) -> set[int]:
    """The scope of the article, and what belongs to no scope or to the page as a whole."""
    words = schema_org()
    ranked: list[tuple[bool, int, int]] = []
    page: set[int] = set()
    for place, scope in enumerate(scopes):
        kind = type_name(scope.getattr("itemtype") or "") if scope is not None else ""
        if kind in words.articles:
            ranked.append((place not in with_body, words.articles.index(kind), place))
        elif scope is None or kind in words.pages:
            page.add(place)
    if not ranked:
        return page
    best = min(ranked)
    # Many scopes without a body between them are teasers of other articles.
    return page | {best[2]} if not best[0] or len(ranked) <= 3 else page


def _claims(name: str, element: ElementNode) -> Iterator[Claim]:
    field = fields_of_properties()[name]
    if field == "headline" and name != "headline":
        return
    if field == "url":
        address = element.getattr("content") or element.getattr("href") or element.getattr("itemid") or ""
        yield Claim("url", address.partition("#")[0], FOUND_IN)
    elif words := _words(element):
        yield Claim(field, words, FOUND_IN, lone=field == "author" and element.hasattr("itemscope"))


def _words(element: ElementNode) -> str:
    """The value of a property: of ``content`` or ``datetime``, else the words, of its name where it has one."""
    for attribute in ("content", "datetime"):
        if value := (element.getattr(attribute) or "").strip():
            return value
    if element.hasattr("itemscope"):
        names = element.query_selector_all('[itemprop~="name"]').values()
        if names:
            return "; ".join((name.getattr("content") or name.text or "").strip() for name in names[:MOST_AUTHORS])
        if element.getattr("itemid"):
            return element.getattr("itemid") or ""
    text = element.text or ""
    return text if len(text) <= LONGEST else ""
