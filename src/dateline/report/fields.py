"""The report's own fields, chosen among all that the input and the page say of it; disagreements become warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ..records import Mark, MarkField, PublishedFrom, RawItem
from .claims import Claim, marks_of
from .dateline import agency_name
from .headlines import agree, choose_headline, outlet_names, plain, site_label, title_outlet
from .precedence import PAGE_PLACES, disagreement, place_of, ranked
from .publication import choose_modified, choose_published, published_from

# Places whose outlet or headline is worth a warning when it is another one.
_TELLING = ("json-ld", "microdata", "open graph")


@dataclass(frozen=True, slots=True)
class Fields:
    """What the input and the page together say of the report."""

    headline: str | None
    authors: tuple[str, ...]
    outlet: str | None
    agency: str | None
    published: str | None
    published_from: PublishedFrom | None
    modified: str | None
    section: str | None
    canonical_url: str | None
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...]


def marks_of_input(item: RawItem) -> tuple[Mark, ...]:
    """What the input said: its reader's marks, and the item's own fields where no mark holds them."""
    marks: dict[Mark, None] = {}
    for mark in item.marks:
        mark = replace(mark, chosen=False)
        read = marks_of(Claim(mark.field, mark.words, mark.found_in, lone=True))
        for each in read if mark.field == "author" or mark.value is None else (mark,):
            marks[each] = None
    own: tuple[tuple[MarkField, str | None, str], ...] = (
        ("headline", item.headline, "given"),
        ("outlet", item.outlet, "given"),
        ("published", item.published, item.published_from or "given"),
        ("url", item.url, "given"),
    )
    for field, value, place in own:
        if value and not any(mark.field == field and mark.value == value for mark in marks):
            marks[Mark(field, value, value, place)] = None
    return tuple(marks)


def choose_fields(item: RawItem, marks: tuple[Mark, ...], *, byline: str | None = None) -> Fields:
    """One value for each field. ``byline`` is the one that stands in the report's text."""
    url = item.url or next((mark.value for mark in ranked(marks, "url")), None)
    marks += _named_in_title(marks, url)
    marks += tuple(mark for mark in marks_of(Claim("author", byline or "", "text")) if mark not in marks)
    chosen: list[Mark] = []
    warnings: list[str] = []
    headline = _headline(item, marks, url, chosen, warnings)
    outlet = _outlet(item, marks, url, chosen, warnings)
    authors = _authors(marks, outlet, url, chosen)
    published = choose_published(item, marks, warnings)
    modified = choose_modified(item, marks, published, warnings)
    chosen += [mark for mark in (published, modified) if mark is not None]
    fields = Fields(
        headline=headline,
        authors=authors,
        outlet=outlet,
        agency=_agency(marks, outlet, chosen),
        published=published.value if published else None,
        published_from=published_from(item, published),
        modified=modified.value if modified else None,
        section=_first(marks, "section", chosen),
        canonical_url=_canonical(marks, url, chosen),
        marks=(),
        warnings=tuple(warnings),
    )
    return replace(fields, marks=tuple(replace(mark, chosen=True) if mark in chosen else mark for mark in marks))


# -- words -----------------------------------------------------------------------------------


def _headline(
    item: RawItem, marks: tuple[Mark, ...], url: str | None, chosen: list[Mark], warnings: list[str]
) -> str | None:
    found = _own(marks, "headline", item.headline) or choose_headline(marks, url)
    if found is None:
        return None
    words, mark = found
    chosen.append(mark)
    for other in ranked(marks, "headline"):
        if place_of(other) in ("given", "feed", "input", "json-ld", "open graph") and not agree(
            words, other.value or ""
        ):
            warnings.append(disagreement("headlines", mark, other))
            break
    return words


def _outlet(
    item: RawItem, marks: tuple[Mark, ...], url: str | None, chosen: list[Mark], warnings: list[str]
) -> str | None:
    named = ranked(marks, "outlet")
    if own := _own(marks, "outlet", item.outlet):
        chosen.append(own[1])
        others = [
            mark for mark in named if place_of(mark) in _TELLING and not _is_agency(mark) and not _is_host(mark.value)
        ]
        if others and not any(_same_outlet(own[0], mark.value) for mark in others):
            warnings.append(disagreement("outlets", own[1], others[0]))
        return own[0]
    # "Associated Press" as the publisher is the agency where the page has a name of its own; nor is a bare address a name.
    names = [mark for mark in named if not _is_host(mark.value)] or named
    names = [mark for mark in names if not _is_agency(mark)] or names
    if not names:
        return None
    label = site_label(url) or ""
    if all(_same_outlet(names[0].value, mark.value) for mark in names):
        mark = names[0]
    else:  # Publishers name the company behind the outlet, templates a slogan: the site's address tells.
        mark = next((mark for mark in names if label and _same_outlet(mark.value, label)), names[0])
        other = next((each for each in names if not _same_outlet(mark.value, each.value)), mark)
        if other is not mark and place_of(other) != "meta":
            warnings.append(disagreement("outlets", mark, other))
    chosen.append(mark)
    return (mark.value or "").split(" | ")[0].strip()


def _same_outlet(one: str | None, other: str | None) -> bool:
    first, second = sorted((plain(one), plain(other)), key=len)
    words = (other if plain(one) == first else one) or ""
    initials = "".join(word[0] for word in words.casefold().split() if word[0].isalnum())
    return first in second or first in (initials, initials[1:]) or agree(one or "", other or "")


def _is_host(value: str | None) -> bool:
    return " " not in (value or "") and "." in (value or "").strip(".") and (value or "").islower()


def _is_agency(mark: Mark) -> bool:
    return agency_name(mark.value or "") is not None


def _named_in_title(marks: tuple[Mark, ...], url: str | None) -> tuple[Mark, ...]:
    """The outlet that the page's title ends with, where the address bears it out and nothing else names one."""
    if any(mark.field == "outlet" and mark.value for mark in marks):
        return ()
    titles = (mark.words for mark in marks if mark.field == "headline" and mark.found_in in ("title", "open graph"))
    names = ((words, title_outlet(words, url)) for words in titles)
    return tuple(Mark("outlet", words, name, "title") for words, name in names if name)[:1]


def _authors(marks: tuple[Mark, ...], outlet: str | None, url: str | None, chosen: list[Mark]) -> tuple[str, ...]:
    """The people of the first place that names any; the outlet under its own name is none."""
    names = outlet_names(marks, url) | ({plain(outlet)} if outlet else frozenset())
    people: dict[str, str] = {}
    place = None
    for mark in ranked(marks, "author"):
        if place is not None and place_of(mark) != place:
            break
        folded = plain(mark.value)
        if any(folded == name or (len(mark.value.split()) == 1 and folded in name) for name in names if mark.value):
            continue
        place = place_of(mark)
        chosen.append(mark)
        people.setdefault(folded, mark.value or "")
    return tuple(people.values())


def _agency(marks: tuple[Mark, ...], outlet: str | None, chosen: list[Mark]) -> str | None:
    if found := _first(marks, "agency", chosen):
        return found
    for mark in ranked(marks, "outlet"):
        name = agency_name(mark.value or "")
        if name and outlet and plain(outlet) != plain(mark.value):
            return name
    return None


# -- addresses and the rest ------------------------------------------------------------------


def _canonical(marks: tuple[Mark, ...], url: str | None, chosen: list[Mark]) -> str | None:
    """The address that the page calls its own; the front page is none, whatever a page says."""
    own = [
        mark
        for mark in ranked(marks, "url")
        if place_of(mark) in PAGE_PLACES and (_has_path(mark.value) or not _has_path(url))
    ]
    # A page of another site is the original of a copy, or a template's mistake: the same site's comes first.
    same = [mark for mark in own if site_label(mark.value) == site_label(url)]
    for mark in (*same, *own)[:1]:
        chosen.append(mark)
        return mark.value
    return None


def _has_path(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _first(marks: tuple[Mark, ...], field: MarkField, chosen: list[Mark]) -> str | None:
    for mark in ranked(marks, field)[:1]:
        chosen.append(mark)
        return mark.value
    return None


def _own(marks: Iterable[Mark], field: MarkField, value: str | None) -> tuple[str, Mark] | None:
    """The item's own value, with the mark that holds it."""
    if not value:
        return None
    return next(((value, mark) for mark in marks if mark.field == field and mark.value == value), None)
