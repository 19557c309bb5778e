"""Tells a capital that acts ("Moscow warned") from the city ("in Moscow"). Actors are no places."""

from __future__ import annotations

from ..language.clauses import conjunction_head
from ..language.parse import Token
from .rules import Entry, words

_ROLES = frozenset({"nsubj", "nsubjpass", "csubj", "dobj", "dative", "iobj", "agent"})
_LOCATIVE_ROLES = frozenset(
    {"in", "at", "near", "outside", "around", "inside", "into", "across", "through", "throughout", "via", "beyond"}
)


def is_actor(head: Token, key: str, entries: tuple[Entry, ...]) -> bool:
    """True when a capital or a seat of power stands where only a government can."""
    if not any(entry.feature == "PPLC" and not entry.other_name for entry in entries) and key not in words().seats:
        return False
    head = conjunction_head(head)
    if head.dep in _ROLES:
        return _acts(head)
    if head.dep == "pobj":
        return _is_party(head.head)
    if head.dep == "poss":
        return head.head.lemma in words().actor_nouns
    return False


def _acts(head: Token) -> bool:
    verb = head.head
    if verb.lemma == "be" or head.dep == "nsubjpass":
        return head.dep == "nsubjpass" and verb.lemma in words().actor_verbs
    if head.dep == "dobj":
        return verb.lemma in words().actor_verbs - {"leave", "take", "see", "use", "make", "have"}
    if head.dep == "dative":
        return True
    return verb.is_verb and verb.lemma not in words().city_verbs


def _is_party(preposition: Token) -> bool:
    """ "Relations with Moscow", "talks between Seoul and Pyongyang", "pressure from Washington", by Moscow: a party."""
    word = preposition.lower
    if word in _LOCATIVE_ROLES:
        return False
    if word in {"by", "against", "upon"} or preposition.dep == "agent":
        return True
    governor = preposition.head
    if word == "to" and governor.is_verb:
        return governor.lemma in words().address_verbs
    if word in {"between", "with", "from", "on", "for", "to", "toward", "towards", "of"}:
        if word == "between":
            return governor.lemma not in words().spans_of_land
        if word == "with":
            return governor.lemma in words().relation_nouns or (
                governor.is_verb and governor.lemma in words().actor_verbs
            )
        return governor.is_noun and governor.lemma in words().relation_nouns
    return False
