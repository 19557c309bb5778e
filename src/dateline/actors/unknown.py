"""Proper names that no file knows: person, body, or nothing that acts."""

from __future__ import annotations

from typing import Literal

from ..language.parse import Parse, Token
from .drafts import Draft
from .joining import earlier_surname
from .lexicon import Lexicon
from .phrases import Phrase

# Heads of proper names that do not act: laws, storms, contests, places, days.
NO_ACTORS = frozenset(
    "act agreement treaty accord accords pact cup war wars day olympics games hurricane typhoon storm cyclone river sea ocean "
    "lake mountain mountains mount airport highway street avenue road square park bridge convention protocol festival "
    "award awards prize championship championships league open tour bay gulf strait island islands desert valley coast "
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday christmas easter ramadan spring summer autumn winter fall resolution article section "
    "bill law amendment constitution code plan initiative programme program project operation internet twitter facebook "
    "english french arabic coronavirus covid ebola aids hiv islam christianity judaism democracy covid-19 memorial "
    "hall stadium hotel center centre theater theatre cathedral tower province district county region city town village "
    "north south east west northeast northwest southeast southwest am pm gmt est p.m. a.m. report index times week year "
    "peninsula canal hill hills beach forest cape base border crossing declaration statement".split()
)
MONTHS = frozenset({"may", "april", "june", "august"})
PLACE_PREPOSITIONS = frozenset(
    "in at near inside outside into around across through throughout from to toward towards via".split()
)
HUMAN_ACTS = frozenset(
    "say tell add ask announce warn accuse deny call claim argue insist admit declare explain write note urge demand "
    "meet visit speak talk vow pledge promise thank praise criticize criticise condemn reject accept agree sign order "
    "arrest kill attack vote resign apologize apologise believe think want hope testify plead confess describe recall".split()
)
Sort = Literal["person", "body", "unknown"]


def is_no_actor(parse: Parse, phrase: Phrase, first: int, last: int) -> bool:
    """True for laws, days, storms, contests and places by their head word."""
    word = parse.tokens[last]
    if word.lower in MONTHS and (word.dep in {"nsubj", "poss"} or last > first) and not word.lower[0].isdigit():
        return False  # Theresa May
    return word.lower in NO_ACTORS and phrase.role is None


def is_acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 7 and letters.isalnum() and letters.isupper() and letters[0].isalpha()


def is_acronym_of(text: str, words: tuple[str, ...]) -> bool:
    """ "GNA" for "Government of National Accord": its letters in order, from the first."""
    if not is_acronym(text):
        return False
    initials = [word[0].lower() for word in words if word[:1].isalpha()]
    wanted = [letter.lower() for letter in text if letter.isalpha()]
    rest = iter(initials)
    hits = sum(1 for letter in wanted if any(initial == letter for initial in rest))
    return bool(initials) and wanted[0] == initials[0] and hits >= min(2, len(wanted))


def sort_of_name(
    parse: Parse, phrase: Phrase, first: int, last: int, lexicon: Lexicon, drafts: list[Draft]
) -> Sort | None:
    """Person, body, unknown, or ``None`` for a name that only says where."""
    tokens = parse.tokens
    head = tokens[last]
    words = [token.text for token in tokens[first : last + 1]]
    if phrase.role is not None and phrase.role.kind in {"person", "title"}:
        return "person"
    if phrase.role is not None:
        return "body"
    if words[0] in lexicon.given and len(words) > 1:
        return "person"
    if len(words) == 1 and earlier_surname(drafts, words[0]) is not None:
        return "person"
    if len(words) == 1 and is_acronym(words[0]):
        return None if _only_where(head) else "body"
    if len(words) == 1 and words[0] in lexicon.given and _does(head):
        return "person"
    if _only_where(head):
        return None
    if _does(head) and len(words) in {2, 3} and all(word[:1].isupper() for word in words):
        return "person"
    if head.dep in {"nsubj", "nsubjpass", "poss", "dobj", "conj", "appos", "pobj", "ROOT"}:
        return "unknown"
    return None


def _only_where(token: Token) -> bool:
    for _ in range(5):
        if token.dep != "conj" or token.head is token:
            break
        token = token.head
    return (token.dep == "pobj" and token.head.lower in PLACE_PREPOSITIONS) or token.dep == "npadvmod"


def _does(token: Token) -> bool:
    return token.dep == "nsubj" and token.head.lemma in HUMAN_ACTS
