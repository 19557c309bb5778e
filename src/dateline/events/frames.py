"""Base acts: a frame that fits a verb, a noun or an adjective in its clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from ..language import Token
from ..language.clauses import conjunction_head, prepositions
from ..language.parse import ADJECTIVE_TAGS, NOUN_TAGS, PROPER_TAGS, VERB_TAGS
from .acts import Act
from .rules import Frame, Operator, Rulebook, Trigger
from .slots import Slots

IsActor = Callable[[Token], bool]

_NO_TARGET = frozenset(
    {
        "subject",
        "by",
        "poss",
        "modifier",
        "clause",
        "clause-subject",
        "purpose",
        "complement",
        "told",
        "under",
        "holder",
        "link",
    }
)
_NAMING_SLOTS = ("object", "on", "to", "of", "for", "clause", "complement")
_BELOW_VERB = frozenset({"prt", "prep", "advmod", "npadvmod", "acomp", "oprd", "dative", "agent", "intj"})
_BELOW_NOUN = frozenset({"compound", "amod", "nmod", "poss"})
_NO_PREPOSITION = frozenset({"object", "subject", "indirect", "clause", "purpose", "told", "complement"})
_PLURAL = frozenset({"NNS", "NNPS"})
# Phrases that hang on a predicate without taking part in the act.
_OUTSIDE = frozenset(
    (
        "according after ahead amid because before besides despite due during except following including instead "
        "like owing prior regardless since than thanks under until as without"
    ).split()
)


def triggers_at(book: Rulebook, token: Token) -> Sequence[Trigger]:
    """The rules that this word may name, its extra words being there."""
    part = part_of_speech(token)
    listed = book.triggers.get((part, token.lemma)) if part is not None else None
    if part is None or listed is None:
        return ()
    found = [
        trigger
        for trigger in listed
        if not trigger.extra or all(_stands_below(token, word, part) for word in trigger.extra)
    ]
    particles = {child.lower for child in token.children if child.dep == "prt"} if part == "verb" else set()
    whole = [trigger for trigger in found if particles.intersection(trigger.extra)]
    return whole or found  # "hit out" is another verb than "hit"


def part_of_speech(token: Token) -> str | None:
    """ "verb", "noun" or "adjective" for a word that can be a predicate; None for one that only modifies."""
    tag = token.tag
    if tag in VERB_TAGS:
        return None if token.dep in {"amod", "compound", "aux", "auxpass"} else "verb"
    if tag in NOUN_TAGS:
        if tag in PROPER_TAGS and token.lower == "march":
            return None  # the month
        return None if token.dep in {"compound", "amod", "nmod", "npadvmod"} else "noun"
    return "adjective" if tag in ADJECTIVE_TAGS and token.dep != "amod" else None


def _stands_below(token: Token, word: str, part: str) -> bool:
    if " " in word:  # "state of emergency", "come to blows"
        return bool(_phrase_below(token, word))
    deps = _BELOW_VERB if part == "verb" else _BELOW_NOUN
    return any(child.dep in deps and word in (child.lower, child.lemma) for child in token.children)


def _phrase_below(token: Token, phrase: str) -> list[Token]:
    """The noun of a prepositional phrase below a word, where it is there: "on hunger strike", "of emergency"."""
    preposition, *before, noun = phrase.split(" ")
    for each in prepositions(token).get(preposition, ()):
        if each.lemma == noun and all(any(child.lower == word for child in each.children) for word in before):
            return [each]
    return []


def fits(rule: Frame | Operator, slots: Slots, book: Rulebook, is_actor: IsActor) -> bool:
    """True when the rule's conditions on its slots hold."""
    for slot, words in rule.when.items():
        tokens = slots.get(slot)
        if not tokens:
            return False
        lemmas = book.lemmas(words)
        if not any(_names(token, lemmas) for token in tokens):
            return False
    for slot, words in rule.unless.items():
        tokens = slots.get(slot)
        if not tokens:
            continue
        lemmas = book.lemmas(words)
        if slot == "sentence":
            if any(token.lemma in lemmas for token in tokens):
                return False
        elif any(_names(token, lemmas, whole=True) for token in tokens):
            return False
    for slot in rule.without:
        if slots.get(slot):
            return False
    if rule.needs and not any(slots.get(slot) for slot in rule.needs):
        return False
    if isinstance(rule, Frame) and rule.needs_actor:
        return any(is_actor(token) for slot in rule.needs_actor for token in slots.get(slot))
    return True


def _names(token: Token, lemmas: frozenset[str], whole: bool = False) -> bool:
    """The head of a filler is one of the lemmas, or measures one out: "a number of troops".

    A hyphenated word counts by its whole and by its last part, or with ``whole`` only by its whole: "live-fire" is no "fire".
    """
    hyphenated = _hyphenated(token)
    if hyphenated in lemmas or (token.lemma in lemmas and not (whole and hyphenated)):
        return True
    inside = prepositions(token).get("of", ()) if token.is_noun else ()
    return any(each.lemma in lemmas for each in inside)


def _hyphenated(token: Token) -> str | None:
    """ "sit-in" for the token "in" that the tokenizer leaves of it."""
    for child in token.children:
        if child.tag == "HYPH" and child.index == token.index - 1:
            before = next((each for each in token.children if each.index == token.index - 2), None)
            return f"{before.lower}-{token.lemma}" if before is not None else None
    return None


def base_act(trigger: Trigger, token: Token, slots: Slots, is_actor: IsActor, book: Rulebook) -> Act | None:
    """The act that a frame reads here, or None when a filler cannot do such an act (prices, storms, films)."""
    frame = trigger.rule
    assert isinstance(frame, Frame)
    nominal = token.is_noun
    target_slots = (
        frame.noun_target if nominal else _below_object(frame.target) if "object" in frame.when else frame.target
    )
    parties = slots.get("between")
    sources = _fill(frame.noun_source if nominal else frame.source, slots, is_actor, ())
    if not sources and "subject" in frame.when:  # "talks between the two collapsed"
        sources = [
            each
            for token in slots.get("subject")
            for each in _actors_within(token, is_actor, ()) or _owners(token, is_actor)
        ]
    if not nominal and not sources and not _agent_may_be_absent(frame, slots, is_actor, book):
        return None
    if parties and (frame.reciprocal or (nominal and "between" not in target_slots)):
        sources = [token for token in parties if is_actor(token)] or sources
    if frame.together and len(sources) < 2 and not any(each.tag in _PLURAL for each in sources):
        return None
    own = _own_means(frame, slots, book)
    targets = _fill(target_slots, slots, is_actor, [*sources, *own])
    loose = False
    together = frame.reciprocal and len(sources) > 1
    if together and not nominal:
        targets = [
            each for each in targets if _accompanies(each)
        ]  # "signed the pact in the palace": both are all there is
    if not targets and not together:
        targets = loose_targets(token, slots, is_actor, [*sources, *own])
        loose = bool(targets)
    objects = [
        each
        for slot in target_slots
        for each in slots.get(slot)
        if each not in targets and each not in sources and each.is_noun
    ]
    naming = _named_by(frame, slots, book, [*sources, *targets])
    act = Act(
        head=token, type=frame.type, modes=frame.modes, contexts=frame.contexts, cameo=frame.cameo, sources=sources, targets=targets,
        objects=objects, chain=(frame.id,), trigger=[token, *_extra_tokens(trigger, token), *naming], static=frame.static, nominal=nominal,
        reciprocal=frame.reciprocal, spoken=frame.spoken, jointly=frame.jointly, weight=frame.weight, loose=loose,
        target_slots=frame.noun_target,
    )  # fmt: skip
    conditions = (
        len(frame.when) + len(frame.needs_actor[:1]) + len(frame.needs[:1]) + len(frame.near[:1]) + len(trigger.extra)
    )
    act.score = score(act) + 0.25 * conditions
    return act


def _owners(noun: Token, is_actor: IsActor) -> list[Token]:
    """Whose noun it is: "Australian aid", "the bank's loans"."""
    return [child for child in noun.children if child.dep in {"poss", "amod", "compound", "nmod"} and is_actor(child)]


def _named_by(frame: Frame, slots: Slots, book: Rulebook, roles: list[Token]) -> list[Token]:
    """The nouns that the frame itself asks for name the act with its verb: "suspended relations", "lifted the curfew"."""
    return [
        token for slot in _NAMING_SLOTS if slot in frame.when for token in slots.get(slot)
        if token not in roles and (token.is_noun or token.is_adjective) and token.lemma in book.lemmas(frame.when[slot])
    ]  # fmt: skip


@cache
def _below_object(target: tuple[str, ...]) -> tuple[str, ...]:
    """The slots of a target that may hang on the object that the rule names: "cut aid to Mali" is read as "aid to Mali"."""
    return tuple(
        each
        for name in target
        for each in ((name,) if name in _NO_PREPOSITION or "-" in name else (f"object-{name}", name))
    )


def _own_means(frame: Frame, slots: Slots, book: Rulebook) -> list[Token]:
    """What the source acts with is no target: "withdrew its troops from the valley", "sent tanks to the border"."""
    if "object" in frame.when and "object" not in frame.target:
        return slots.get("object")  # the rule asks for these words as its means: "hold talks", "recalled its envoy"
    wanted = frame.when.get("object", ())
    if "@troops" not in wanted and "@weapons" not in wanted:
        return []
    return [token for token in slots.get("object") if token.lemma in book.sets["troops"] | book.sets["weapons"]]


def score(act: Act) -> float:
    """Orders competing readings of one predicate: roles filled, by slots of the rule rather than loosely."""
    return act.weight * (1.0 + 0.25 * bool(act.sources) + (0.1 if act.loose else 0.35) * bool(act.targets))


def _extra_tokens(trigger: Trigger, token: Token) -> list[Token]:
    found = [child for word in trigger.extra for child in token.children if word in (child.lower, child.lemma)][
        : len(trigger.extra)
    ]
    for word in trigger.extra:
        if " " in word:
            found += _phrase_below(token, word)
    return found


def _agent_may_be_absent(frame: Frame, slots: Slots, is_actor: IsActor, book: Rulebook) -> bool:
    """A passive needs no agent; an instrument ("the blast killed") or an unresolved pronoun may stand in for one."""
    named = [token for slot in frame.source for token in slots.get(slot)]
    if not named:
        return True
    if "subject" in frame.when:
        return True
    return any(
        token.lemma in book.sets["instruments"] or token.tag in {"PRP", "WP", "WDT", "DT", "EX"} for token in named
    )


def _fill(
    names: tuple[str, ...], slots: Slots, is_actor: IsActor, taken: list[Token] | tuple[Token, ...]
) -> list[Token]:
    """The actors in the first slot that holds one; a filler that is none may hold one: "an accord with Iran"."""
    for name in names:
        found = [token for token in slots.get(name) if token not in taken and is_actor(token)]
        if found:
            return [each for token in found for each in _shared_with(token, is_actor) or [token]]
        for token in slots.get(name):
            within = [] if name in {"subject", "modifier"} else _actors_within(token, is_actor, taken)
            if within:
                return within
    return []


def _shared_with(token: Token, is_actor: IsActor) -> list[Token]:
    """Who shares what is the doer's own: "closed its border with Serbia" does it to Serbia."""
    if not any(child.tag == "PRP$" for child in token.children):
        return []
    return [each for each in prepositions(token).get("with", ()) if is_actor(each)]


def _accompanies(token: Token) -> bool:
    """Stands in a "with" phrase, or is what the verb itself is done to."""
    first = conjunction_head(token)
    return first.dep == "dobj" or (first.dep == "pobj" and first.head.lower in {"with", "against"})


def _places_last(name: str) -> int:
    """Among the phrases below a noun the place comes last: "a complaint in a Paris court against the prince"."""
    return 1 if name in {"in", "at", "by", "from", "over", "near"} else -1 if name in {"with", "against"} else 0


def _actors_within(
    token: Token, is_actor: IsActor, taken: list[Token] | tuple[Token, ...], depth: int = 0
) -> list[Token]:
    if not token.is_noun or depth > 2:
        return []
    below = prepositions(token)
    for name in sorted(below, key=_places_last):
        if name in _OUTSIDE:
            continue
        tokens = below[name]
        found = [each for each in tokens if each not in taken and is_actor(each)]
        if found:
            return found
        for each in tokens:
            deeper = _actors_within(each, is_actor, taken, depth + 1)
            if deeper:
                return deeper
    return []


def loose_targets(token: Token, slots: Slots, is_actor: IsActor, taken: list[Token]) -> list[Token]:
    """An actor in a phrase that hangs on the predicate itself or on its purpose: "declared a truce in Libya"."""
    for name in sorted(slots.fillers, key=_places_last):
        tokens = slots.fillers[name]
        if name in _NO_TARGET or name in _OUTSIDE:
            continue
        found = [each for each in tokens if each not in taken and is_actor(each)]
        if found:
            return found
        for each in tokens:
            within = _actors_within(each, is_actor, taken)
            if within:
                return within
    for purpose in [*slots.get("purpose"), *(slots.get("clause") if token.is_noun else ())]:
        given = [each for child in purpose.children if child.dep == "dobj" for each in [child]]
        found = [each for each in given if each not in taken and is_actor(each)]
        if not found:
            found = [inside for each in given for inside in _actors_within(each, is_actor, taken)]
        if found:
            return found
    return []
