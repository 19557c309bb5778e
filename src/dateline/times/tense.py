"""Which way a time points, read from the verb that governs it: "met Tuesday" back, "will meet Tuesday" forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..language.parse import Parse, Token
from .rules import Tense

Way = Literal["past", "future", "present"]
MAX_STEPS = 8  # heads to climb: deeper than this the verb no longer dates the words
NEAR_STEPS = 2  # "met on Tuesday" is two heads away; what is farther modifies a noun first
_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod"})
_PAST_AUXILIARIES = frozenset({"had", "has", "have", "was", "were", "did", "'ve", "’ve"})
_PRESENT_AUXILIARIES = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am"})


@dataclass(frozen=True, slots=True)
class Direction:
    """The way, and whether the verb that says so governs the time itself (``near``) or only a noun above it."""

    way: Way
    near: bool


def direction(parse: Parse, start: int, end: int, tense: Tense) -> Direction | None:
    """The way that the words in ``[start, end)`` point, or ``None`` when no verb governs them."""
    token = parse.token_at(end - 1)
    if token is None:
        return None
    for _ in range(MAX_STEPS):  # up to the word of the time that what stands outside governs
        if token.head is token or not start <= token.head.start < end:
            break
        token = token.head
    if token.dep == "poss":
        return _of_possessive(token, tense)
    modifier = token.dep in _MODIFIERS
    for step in range(MAX_STEPS):
        way = _of_word(token, tense)
        if way is not None:
            return Direction(way, step <= NEAR_STEPS and not modifier)
        if token.head is token:
            return None
        token = token.head
    return None


def _of_possessive(token: Token, tense: Tense) -> Direction:
    governor = token.head.head
    if governor.lower in tense.ahead or (governor.lower == "of" and governor.head.lower in tense.ahead):
        return Direction("future", True)
    return Direction("past", False)


def _of_word(token: Token, tense: Tense) -> Way | None:
    if token.lower in tense.forward_words:
        return "future"
    if token.lower in tense.arranged_words and token.tag == "VBN" and token.dep == "acl":
        return "future"
    if token.lower in tense.backward_words:
        return "past"
    if token.lower in tense.until and "had" not in {child.lower for child in token.head.children}:
        return "future"
    if token.lower in tense.moving_prepositions and token.head.lemma in tense.moving:
        return "future"
    return _of_verb(token, tense) if token.is_verb or token.tag == "MD" else None


def _of_verb(verb: Token, tense: Tense) -> Way | None:
    words = {child.lower for child in verb.children if child.dep in {"aux", "auxpass"}}
    if words & tense.future_words:
        return "past" if "have" in words and verb.tag in {"VBN", "VBD"} else "future"
    if verb.tag == "VBD" or words & _PAST_AUXILIARIES:
        return "past"
    if verb.tag == "VB" and "to" in words:
        return "future"
    if verb.tag == "VBN" and {"to", "be"} <= words:
        return "future"
    if verb.tag == "VBN":
        return None if words & _PRESENT_AUXILIARIES or verb.dep in {"xcomp", "ccomp"} else "past"
    if verb.tag in {"VBZ", "VBP"} or words & _PRESENT_AUXILIARIES:
        return "present"
    return None
