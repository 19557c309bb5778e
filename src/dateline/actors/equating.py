"""Two phrases that the sentence says are one actor: apposition and predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language.parse import Token
from .drafts import Draft, current
from .phrases import Phrase, read_phrase

if TYPE_CHECKING:
    from .casting import Casting


def read_apposition(work: Casting, head: Token, draft: Draft) -> None:
    """ "the attache, Jose Perez" and "Jens Stoltenberg, secretary general of NATO" are one actor."""
    for child in head.children:
        if child.dep != "appos" or not child.is_noun or any(each.dep == "cc" for each in child.children):
            continue
        for other, _ in work.read(child):
            unite(work, draft, current(other))


def read_comma_name(work: Casting, phrase: Phrase, draft: Draft) -> None:
    """The same where the tree lost the apposition: "the attache, Jose Perez, said"."""
    after = phrase.whole if phrase.whole is not None and phrase.whole.index > phrase.head.index else phrase.head
    tokens, at = work.parse.tokens, max(after.index, phrase.role_last) + 1  # "the president of Kenya, Ann Obura"
    if draft.named or draft.sort != "person" or (not phrase.definite and phrase.possessor is None and not phrase.names):
        return
    if at + 1 >= len(tokens) or tokens[at].text != "," or not tokens[at + 1].is_proper or phrase.head.dep == "conj":
        return
    last = at + 1
    while last + 1 < len(tokens) and tokens[last + 1].is_proper:
        last += 1
    if last > at + 1 and tokens[last].sentence is phrase.head.sentence and tokens[last].dep != "conj":
        for other, _ in work.read(tokens[last]):
            unite(work, draft, current(other))


def read_predicate(work: Casting, head: Token, draft: Draft) -> None:
    """What the sentence says that an unknown person is: "Amin is a lawyer", "recognised Lopez as Peru's president"."""
    if not draft.named or draft.known_as is not None or draft.sort not in {"person", "unknown"}:
        return
    word = None
    if head.dep == "nsubj" and head.head.lemma == "be":
        word = head.head.child("attr")
    elif head.dep in {"dobj", "nsubjpass"}:
        preposition = next((child for child in head.head.children if child.dep == "prep" and child.lower == "as"), None)
        word = preposition.child("pobj") if preposition is not None else None
    if word is None or not word.is_noun or word.index in work.found:
        return
    phrase = read_phrase(work.parse, word, work.names, work.lexicon)
    if phrase.role is None or phrase.role.kind != "person" or phrase.name_first >= 0 or phrase.plural:
        return
    work.found[word.index] = ((draft, work.span(phrase)),)
    countries = work.countries(phrase)
    draft.sort = "person"
    draft.sectors = draft.sectors or work.role_sectors(phrase, work.owner(phrase))[0]
    draft.role = draft.role or work.office(phrase)
    draft.heads.add(word.lower)
    draft.note(f"predicate: {phrase.role.phrase}")
    if countries and draft.country is None:
        draft.country = countries[0][0]
        draft.note(countries[0][1])


def unite(work: Casting, draft: Draft, other: Draft) -> None:
    draft = current(draft)
    if draft is other or (draft.named and other.named) or draft.plural != other.plural:
        return
    keep, drop = (draft, other) if draft.named or not other.named else (other, draft)
    if keep.sort == "country" or (keep.sort != drop.sort and keep.sort != "unknown"):
        return
    keep.sort = drop.sort
    keep.absorb(drop)
    keep.note("apposition")
