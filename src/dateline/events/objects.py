"""What an act was done with or to when it is no actor: people counted, equipment, money, territory."""

from __future__ import annotations

from ..language import Parse, Token
from ..language.clauses import arguments, phrase_span, phrase_tokens, prepositions
from ..records import EventObject
from .acts import Act
from .counts import count_rules, counted_of, follows_verb
from .quantities import Quantity, number_words, numbers, quantity_of
from .rules import rulebook

# The first set that holds the head of a phrase names its kind.
_KINDS = (
    ("persons", "persons"),
    ("equipment", "equipment"),
    ("money", "money"),
    ("territory", "territory"),
    ("people", "persons"),
    ("weapons", "equipment"),
    ("troops", "persons"),
)
_ARTICLES = frozenset({"a", "an"})
# Where a sum stands beside what it pays for: "a loan of $3 billion", "aid worth 3 million euros".
_OF_SUMS = ("of", "for", "in")


def objects_of(parse: Parse, act: Act) -> tuple[EventObject, ...]:
    """The counts of people that the act's words tell, then the fillers that no actor took and counted ones that it did."""
    found: list[EventObject] = []
    for token, kind in counted_of(act).values():
        number = quantity_of(token) or _held(token)
        if number is None and kind != "participants":
            number = _single(token)
        if number is not None:
            _add(found, _object(parse, token, kind, number))
    for token in [*act.objects, *act.targets]:
        number = quantity_of(token) or _held(token)
        if token not in act.targets or number is not None:
            _add(found, _object(parse, token, _kind_in(act, token), number))
    for token in [*_handled(act), *_sums(act)]:
        kind, number = _kind_in(act, token), quantity_of(token) or _held(token)
        if number is not None and kind != "other":
            _add(found, _object(parse, token, kind, number))
    return tuple(sorted(found, key=lambda each: each.start))


def _object(parse: Parse, token: Token, kind: str, number: Quantity | None) -> EventObject:
    span = phrase_span(parse, token)
    words = number_words(token) if number else []
    start = min([span.start, *(word.start for word in words)])
    for child in token.children_of("amod"):
        if child.start == start and follows_verb(child):
            start = min(each.start for each in phrase_tokens(token) if each.index > child.index)
    span = parse.span(start, max([span.end, *(word.end for word in words)]))
    quantity, approximate = (number.value, number.approximate) if number else (None, False)
    return EventObject(span.start, span.end, span.text, kind, quantity, approximate)


def _add(found: list[EventObject], item: EventObject) -> None:
    """One object for the same words: what was found first says more."""
    if not any(each.start < item.end and item.start < each.end for each in found):
        found.append(item)


def kind_of(token: Token) -> str:
    """Persons, equipment, money, territory or other, by the head of a phrase and the signs in it."""
    if _bears_sign(token):
        return "money"
    sets = rulebook().sets
    for name, kind in _KINDS:
        if token.lemma in sets.get(name, ()):
            return kind
    return "persons" if token.tag == "NNPS" and quantity_of(token) is not None else "other"


def _kind_in(act: Act, token: Token) -> str:
    kind = kind_of(token)
    return "persons" if kind == "other" and count_rules().words.personal_modes.intersection(act.modes) else kind


def _bears_sign(token: Token) -> bool:
    return any(each.lower in numbers().units.currencies for each in phrase_tokens(token))


def _held(token: Token) -> Quantity | None:
    """The number in the "of" phrase of a noun that holds many, or of a sum: "a crowd of 5,000", "a loan of $3 billion"."""
    for inside in prepositions(token).get("of", ()) if token.is_noun else ():
        if token.lemma in count_rules().words.holding or kind_of(inside) == "money":
            return quantity_of(inside)
    return None


def _single(token: Token) -> Quantity | None:
    """One person: "killed a policeman". A noun of many ("a family") is not one."""
    if token.tag != "NN" or token.lemma in count_rules().words.plural:
        return None
    return Quantity(1.0, False) if any(child.lower in _ARTICLES for child in token.children_of("det")) else None


def _handled(act: Act) -> list[Token]:
    """What the act's verbs take as objects and no role has taken: "sent 31 tanks and 200 soldiers"."""
    verbs = [token for token in [*act.trigger, *act.cues] if token.is_verb]
    return [each for verb in verbs for each in arguments(verb).object if each not in act.sources]


def _sums(act: Act) -> list[Token]:
    """Money beside the act's own nouns and things: "a loan of $3 billion", "aid worth $2 million", "$5 billion in aid"."""
    found: list[Token] = []
    for token in [*act.trigger, *act.cues, *act.objects, *_handled(act)]:
        if token.is_noun:
            found += [each for name in _OF_SUMS for each in prepositions(token).get(name, ())]
            found += token.children_of("nummod", "compound", "nmod", "amod", "npadvmod")
        found += [each for worth in token.children if worth.lower == "worth" for each in worth.children]
    return [each for each in found if kind_of(each) == "money"]
