"""PLOVER contexts: what an event is about, from the frame and from the words of its sentence."""

from __future__ import annotations

from functools import cache

from ..language import Sentence, Token
from ..rulefiles import RuleModel, read_table, read_toml
from .acts import Act

_COLUMNS = ("code", "name", "forms", "adjectives", "people", "capital", "seats")


class ContextWords(RuleModel):
    """The words that show one context: common nouns and adjectives, verbs, and words of proper names."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    names: tuple[str, ...]


class Support(RuleModel):
    """What must stand beside an act of a type before its frame's context is believed."""

    type: str
    context: str
    words: frozenset[str]


class ContextFile(RuleModel):
    """``rules/en/events/contexts.toml``."""

    context: dict[str, ContextWords]
    support: tuple[Support, ...]


@cache
def context_rules() -> ContextFile:
    return read_toml("en/events/contexts.toml", ContextFile)


# The class of a word ("noun", "verb", "name") and its lemma → the words that must stand before it, and the context.
Index = dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]


@cache
def _index() -> Index:
    found: Index = {}
    for context, words in context_rules().context.items():
        for part, phrases in (("noun", words.nouns), ("verb", words.verbs), ("name", words.names)):
            for phrase in phrases:
                for pieces in {tuple(phrase.split()), tuple(phrase.replace("-", " - ").split())}:
                    found.setdefault((part, pieces[-1]), []).append((pieces[:-1], context))
    return found


@cache
def _countries() -> frozenset[str]:
    found: set[str] = set()
    for row in read_table("actors/countries.tsv", _COLUMNS):
        for name in (
            row["name"],
            *(word for column in ("forms", "adjectives", "people") for word in row[column].split("|")),
        ):
            found.add(name.lower())
    return frozenset(found)


def contexts_of(act: Act, sentence: Sentence) -> tuple[str, ...]:
    """The frame's own contexts first, then those that the sentence's words show, in text order."""
    shown = _shown(sentence)
    found = dict.fromkeys(each for each in act.contexts if each in shown or _supported(act, each))
    found.update(dict.fromkeys(shown))
    return tuple(found)


def _shown(sentence: Sentence) -> list[str]:
    """The contexts that words of the sentence show; words in a person's or a paper's name show none."""
    found: dict[str, None] = {}
    index, tokens = _index(), sentence.tokens
    for at, token in enumerate(tokens):
        part = "name" if token.is_proper else "verb" if token.is_verb else "noun"
        for before, context in [*index.get((part, token.lemma), ()), *_tagged_otherwise(index, token)]:
            if _stand(before, tokens[max(at - len(before), 0) : at]):
                found.setdefault(context)
    return list(found)


def _tagged_otherwise(index: Index, token: Token) -> list[tuple[tuple[str, ...], str]]:
    """A listed noun that the parser reads as a gerund ("smuggling"), and a name that it reads as an adjective ("Jewish")."""
    if token.tag == "VBG":
        return index.get(("noun", token.lower), [])
    if token.is_adjective and token.text[:1].isupper():
        return index.get(("name", token.lemma), [])
    return []


def _stand(wanted: tuple[str, ...], before: list[Token]) -> bool:
    return len(before) == len(wanted) and all(
        word in {token.lower, token.lemma} for word, token in zip(wanted, before, strict=True)
    )


def _supported(act: Act, context: str) -> bool:
    """Whether the parties of an act bear out a context that its frame gives to all such acts."""
    for rule in context_rules().support:
        if rule.type == act.type and rule.context == context:
            parties = [*act.sources, *act.targets]
            described = [*parties, *(child for party in parties for child in party.children)]
            return any(each.lower in _countries() for each in parties) or any(
                each.lemma in rule.words or each.lower in rule.words for each in described
            )
    return True
