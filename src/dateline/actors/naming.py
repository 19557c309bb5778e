"""Proper names in the report: joined to an earlier actor or started as a new one, with the title before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .drafts import Draft
from .joining import earlier_named, join_words
from .phrases import Phrase
from .unknown import is_acronym_of, is_no_actor, sort_of_name

if TYPE_CHECKING:
    from .casting import Casting


# Bodies that take a country's name into their own.
PRIVATE = frozenset({("BUS",), ("EDU",), ("JRN",), ("MED",), ("REL",), ("LAB",)})


def is_named_body(work: Casting, phrase: Phrase) -> bool:
    """ "African National Congress", "Government of National Accord": a role noun inside a proper name."""
    role, head = phrase.role, phrase.head
    assert role is not None
    if role.kind != "body" or not head.is_proper or not head.text[:1].isupper():
        return False
    tokens = work.parse.tokens
    before = tokens[phrase.role_first - 1] if phrase.role_first > phrase.first else None
    if before is not None and before.is_proper:
        known = work.names.get(before.index)
        if known is None or (known.reading.use == "name" and role.sectors[:1] in PRIVATE):
            return True  # "Singapore Airlines" is a name, "China Foreign Ministry" a description
    inner = phrase.whole
    if inner is None or inner.dep != "pobj" or not inner.is_proper or inner.index - head.index > 4:
        return False
    town = work.names.get(inner.index)
    return town is None or (town.reading.use in {"city", "capital"} and role.sectors[:1] in PRIVATE)


def read_named_body(work: Casting, phrase: Phrase) -> Draft:
    tokens = work.parse.tokens
    first, last = phrase.role_first, phrase.head.index
    while first > phrase.first and tokens[first - 1].text[:1].isupper() and tokens[first - 1].tag not in {"DT", "PRP$"}:
        if tokens[first - 1].dep == "poss" or tokens[first - 1].tag == "POS":
            break
        first -= 1
    inner = phrase.whole
    town = work.names.get(inner.index) if inner is not None else None
    if inner is not None and inner.dep == "pobj" and inner.is_proper and (town is None or town.reading.use == "city"):
        last = max(token.index for token in (inner, *inner.children) if token.is_proper)
    role = phrase.role
    assert role is not None
    for index in range(first, last + 1):
        work.found.setdefault(index, ())  # "Maiduguri" in "University of Maiduguri" is no actor of its own
    countries = work.countries(phrase)
    return name_draft(work, phrase, first, last, "body", role.sectors, countries[0] if countries else None)


def read_unknown(work: Casting, phrase: Phrase) -> list[Draft]:
    """A proper name that no file knows."""
    first, last = phrase.name_first, phrase.head.index
    if is_no_actor(work.parse, phrase, first, last):
        return work.read_owned(phrase)
    sort = sort_of_name(work.parse, phrase, first, last, work.lexicon, work.drafts)
    if sort is None:
        return work.read_owned(phrase) if phrase.names or phrase.possessor else []
    sectors: tuple[str, ...] = ()
    owner = None
    if (phrase.role is not None and phrase.role.kind != "title") or (phrase.role is not None and phrase.role.sectors):
        owner = work.owner(phrase)
        sectors, _ = work.role_sectors(phrase, owner)
    countries = work.countries(phrase)
    country = countries[0] if countries else None
    if country is None and owner is not None and owner.country is not None:
        country = (owner.country, f"country of {owner.name}")
    draft = name_draft(work, phrase, first, last, sort, sectors, country)
    if owner is not None:
        draft.code = draft.code or (owner.code if owner.country is None else None)
    add_title(work, draft, phrase)
    return [draft]


def name_draft(
    work: Casting,
    phrase: Phrase,
    first: int,
    last: int,
    sort: Literal["person", "body", "unknown"],
    sectors: tuple[str, ...],
    country: tuple[str, str] | None,
) -> Draft:
    """The draft of a proper name: an earlier one that it fits, or a new one."""
    words = tuple(token.text for token in work.parse.tokens[first : last + 1])
    text = work.parse.text[work.parse.tokens[first].start : work.parse.tokens[last].end]
    draft, why = earlier_named(work.drafts, words, text, sort)
    if draft is None:
        draft = work.start(Draft(sort, text, named=True, words=words))
        draft.note("name:unknown")
        if sort == "person" and words[0] in work.lexicon.given:
            draft.gender = work.lexicon.given[words[0]]
        note_alias(work, draft, last)
    else:
        draft.note(why)
        join_words(draft, words, text)
    work.met.update((words[-1], text))
    draft.sectors = draft.sectors or sectors
    if country is not None and draft.country is None:
        draft.country = country[0]
        draft.note(country[1])
    work.mention(draft, first, last, "name", phrase.head.index)
    return draft


def note_alias(work: Casting, draft: Draft, last: int) -> None:
    """ "Government of National Accord (GNA)": the acronym in brackets names it too."""
    tokens = work.parse.tokens[last + 1 : last + 4]
    if (
        len(tokens) == 3
        and tokens[0].text == "("
        and tokens[2].text == ")"
        and is_acronym_of(tokens[1].text, draft.words)
    ):
        draft.heads.add(tokens[1].text)
        work.met.add(tokens[1].text)
        draft.note(f"also {tokens[1].text}")


def add_title(work: Casting, draft: Draft, phrase: Phrase) -> None:
    role = phrase.role
    if role is None:
        return
    draft.gender = draft.gender or role.gender
    if draft.known_as is not None and role.kind == "person" and role.sectors and not phrase.former:
        _trust_title(work, draft, phrase)
    if role.kind == "title":
        draft.sort = "person" if draft.sort == "unknown" else draft.sort
        return
    if role.kind == "person" and draft.sort == "unknown":
        draft.sort = "person"
    office = work.office(phrase)
    if draft.role is None:
        draft.role = office
    draft.heads.add(role.head)
    draft.note(f"title:{role.phrase}")
    if not draft.sectors and draft.known_as is None:
        draft.sectors, _ = work.role_sectors(phrase, work.owner(phrase))
    if draft.country is None and draft.code is None and draft.sectors and role.kind == "person":
        draft.country, why = work.setting.country_near(phrase.head)
        draft.note(why)


def _trust_title(work: Casting, draft: Draft, phrase: Phrase) -> None:
    """The report's own title outweighs the lexicon's dates: "President" before one who by them holds no office."""
    if not draft.sectors or draft.sectors == ("ELI",):
        draft.sectors, _ = work.role_sectors(phrase, None)
        draft.role = work.office(phrase)
        draft.note("the title in the text outweighs the dates of the lexicon")
