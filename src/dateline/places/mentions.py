"""Finds the words that name places: gazetteer matches in runs of capitalised words, weighed by what stands around them."""

from __future__ import annotations

from ..language.parse import Parse, Sentence
from ..records import Dateline
from .context import standing
from .gazetteer import key_of
from .matching import BARE_POPULATION, find_unknown, match_names, read_containment
from .metonyms import is_actor
from .openings import dateline_sentence
from .rules import words
from .toponym import Toponym, is_capitalised

# "the Ashford woman", "Ashford police": from this many on.
ATTRIBUTIVE_POPULATION = 5_000
# A lesser name counts, outside a place phrase, from this many on: "Macon" for Macon-Bibb County.
OTHER_NAME_POPULATION = 100_000


def find_toponyms(parse: Parse, dateline: Dateline | None) -> list[Toponym]:
    """The toponyms of a report in text order; governments named by their capital are left out."""
    found: list[Toponym] = []
    surnames: set[str] = set()
    if dateline is not None:
        opening = dateline_sentence(parse, dateline)
        if opening.tokens:
            found += match_names(parse, opening)
            read_containment(opening, found)
            for toponym in found:
                toponym.standing = "dateline"
    for sentence in parse.sentences:
        here = match_names(parse, sentence)
        read_containment(sentence, here)
        for toponym in here:
            toponym.standing = standing(sentence, toponym, here)
        surnames |= _surnames(sentence, here)
        here += find_unknown(parse, sentence, here)
        found += sorted(here, key=lambda toponym: toponym.start)
    kept = _settle(found, surnames)
    return [each for each in kept if each.standing == "dateline" or not is_actor(each.head, each.key, each.entries)]


def _surnames(sentence: Sentence, here: list[Toponym]) -> set[str]:
    """Last words of longer proper names that are no places: alone, later, they are those persons again."""
    covered = {token.index for toponym in here if toponym.standing != "no" for token in toponym.tokens}
    found = set()
    tokens = sentence.tokens
    for position in range(1, len(tokens)):
        token, before = tokens[position], tokens[position - 1]
        if (
            token.is_proper
            and before.is_proper
            and is_capitalised(token)
            and is_capitalised(before)
            and token.index not in covered
        ):
            following = tokens[position + 1] if position + 1 < len(tokens) else None
            if following is None or not (following.is_proper and is_capitalised(following)):
                found.add(key_of(token.text))
    return found


def _settle(found: list[Toponym], surnames: set[str]) -> list[Toponym]:
    """Keeps what the context or the name itself makes a place; a name seen surely once is sure wherever it stands alone."""
    surnames = surnames | {toponym.key for toponym in found if _speaks(toponym)}
    sure = {
        toponym.key for toponym in found if toponym.standing in {"strong", "dateline"} and toponym.key not in surnames
    }
    kept = []
    for toponym in found:
        if toponym.standing == "no":
            continue
        if toponym.standing in {"strong", "dateline"} or toponym.key in sure or _stands_alone(toponym, surnames):
            kept.append(toponym)
    return kept


def _speaks(toponym: Toponym) -> bool:
    """A town does not say, tell or add; who does is a person of the same name."""
    head = toponym.head
    towns = all(entry.feature in {"PPL", "ADM2"} for entry in toponym.entries)
    return (
        towns and len(toponym.tokens) == 1 and head.dep == "nsubj" and head.head.lemma in {"say", "tell", "add", "ask"}
    )


def _stands_alone(toponym: Toponym, surnames: set[str]) -> bool:
    if len(toponym.tokens) == 1 and toponym.key in surnames:
        return False
    best = toponym.entries[0]
    named_person = len(toponym.tokens) == 1 and toponym.key in words().given_names
    if best.feature not in {"PPL", "PPLC", "ADM2"}:
        return not named_person or best.feature in {"PCLI", "ADM1"}
    known = [
        entry.population
        for entry in toponym.entries
        if not entry.other_name or entry.population >= OTHER_NAME_POPULATION
    ]
    people = max(known, default=0)
    if named_person:
        return people >= 500_000
    if best.feature == "ADM2" or len(toponym.tokens) > 1:
        return True
    return people >= (ATTRIBUTIVE_POPULATION if toponym.standing == "weak" else BARE_POPULATION)
