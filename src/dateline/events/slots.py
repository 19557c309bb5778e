"""The slots of a predicate by name, for verbs and nouns alike: "subject", "object", "on", "poss", "modifier", "clause" …"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language import Token
from ..language.clauses import arguments, conjunction_head, prepositions, subjects, with_conjuncts

_COPULAS = frozenset({"be", "become", "remain"})
# Participles whose phrases are those of the noun before them.
_MAKERS = frozenset(
    (
        "make impose carry launch conduct stage issue put propose submit lay file lodge mount lead hold sign order set bring advance "
        "present offer draft table sponsor broker announce commit perpetrate place slap level convene host organise organize send "
        "provide give deliver"
    ).split()
)
_PARTICLES = frozenset("along away back down forward home off out over sorry together up".split())
_NOUN_CLAUSES = frozenset({"acl", "relcl"})


@dataclass(slots=True)
class Slots:
    """Slot name → head tokens that fill it."""

    fillers: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False
    sentence: list[Token] = field(default_factory=list)  # all its words, for what a rule may not stand beside

    def get(self, name: str) -> list[Token]:
        found = self.fillers.get(name)
        if found is not None:
            return found
        if name == "sentence":
            return self.sentence
        if name.startswith("object-"):
            return self._of_object(name.removeprefix("object-"))
        if name.endswith("-modifier"):  # "subject-modifier", "in-modifier": what stands before the filler of that slot
            return [
                child
                for token in self.fillers.get(name.removesuffix("-modifier"), ())
                for child in token.children
                if child.dep in {"compound", "amod", "nmod", "poss", "neg"}
            ]
        return []

    def _of_object(self, name: str) -> list[Token]:
        """ "object-of": what hangs on the verb or on its object by this preposition; "object-modifier": what stands before it."""
        found = list(self.fillers.get(name, ()))
        for token in self.fillers.get("object", ()):
            if name == "modifier":
                found += [child for child in token.children if child.dep in {"compound", "amod", "nmod", "poss"}]
            else:
                found += prepositions(token).get(name, ())
        return found

    def first(self, names: tuple[str, ...]) -> list[Token]:
        """The fillers of the first of these slots that is filled."""
        for name in names:
            found = self.fillers.get(name)
            if found:
                return found
        return []


def slots_of(token: Token) -> Slots:
    """The slots of a verb, adjective or noun."""
    found = _noun_slots(token) if token.is_noun else _verb_slots(token)
    found.sentence = token.sentence.tokens
    return found


def _verb_slots(verb: Token) -> Slots:
    found = arguments(verb)
    fillers = dict(found.preps)
    for name, tokens in (
        ("subject", found.subject),
        ("object", found.object),
        ("indirect", found.indirect),
        ("clause", found.clauses),
    ):
        if tokens:
            fillers[name] = tokens
    inside = [
        token
        for clause in found.clauses
        for child in clause.children
        if child.dep in {"nsubj", "nsubjpass"}
        for token in with_conjuncts(child)
    ]
    if inside:
        fillers["clause-subject"] = inside  # "found the general guilty"
    told = found.object or inside
    if told:
        fillers["told"] = (
            told  # who is to do what the clause says, whether the parser reads an object there or a subject
        )
    purposes = [child for child in verb.children if child.dep == "advcl" and child.tag in {"VB", "VBG"}]
    if purposes and not found.object and not found.clauses and _follows(purposes[0], verb):
        fillers["clause"] = [
            purposes.pop(0)
        ]  # "ruled out using force": the parser reads an aside, the words a complement
    if purposes:
        fillers["purpose"] = purposes
    for child in verb.children:  # "handed it back to", "stayed away from": the phrase hangs on the particle
        if child.dep in {"prt", "advmod"} and child.lower in _PARTICLES:
            for name, tokens in prepositions(child).items():
                fillers.setdefault(name, tokens)
    complements = [child for child in verb.children if child.dep in {"attr", "oprd", "acomp"}]
    if complements:
        fillers["complement"] = complements
    if found.passive:
        by = [token for token in fillers.pop("by", []) if token not in found.subject]
        if by:
            fillers["by"] = by
    return Slots(fillers, found.passive)


def _follows(gerund: Token, verb: Token) -> bool:
    """A bare gerund right after the verb or its particle."""
    if gerund.tag != "VBG" or any(child.index < gerund.index for child in gerund.children):
        return False
    between = [child for child in verb.children if verb.index < child.index < gerund.index]
    return gerund.index == verb.index + 1 + len(between) and all(child.dep == "prt" for child in between)


def _noun_slots(noun: Token) -> Slots:
    fillers = prepositions(noun)
    for child in noun.children:
        if child.dep == "poss":
            fillers.setdefault("poss", []).extend(with_conjuncts(child))
        elif child.dep in {"compound", "nmod", "amod", "npadvmod"}:
            fillers.setdefault("modifier", []).append(child)
        elif (
            child.dep in _NOUN_CLAUSES and (child.tag in {"VB", "VBG"} or child.child("mark") is not None)
        ) or child.dep in {"ccomp", "xcomp"}:
            fillers.setdefault("clause", []).append(child)
        elif child.dep == "acl" and child.tag == "VBN" and child.lemma in _MAKERS:
            for name, tokens in prepositions(child).items():  # "sanctions imposed on Iran by France"
                fillers.setdefault(name, tokens)
    if noun.dep == "attr" and noun.head.lemma in _COPULAS:
        fillers["subject"] = subjects(noun.head)  # "is an ally of", "remains the largest donor to"
    _reattach(fillers)
    _add_carrier(noun, fillers)
    between = fillers.get("between") or fillers.get("among")
    if between:
        fillers["between"] = between
    if noun.dep in {"compound", "amod", "nmod"} and noun.head.is_noun:
        pass  # "attack helicopter": the noun only modifies; frames refuse it
    return Slots(fillers)


# What the parser hangs on the doer of a nominal act belongs to the act: "the attack by rebels on a convoy".
_ON_THE_DOER = ("on", "against", "at", "into", "with", "near", "outside", "over", "for", "to")


def _reattach(fillers: dict[str, list[Token]]) -> None:
    """Moves prepositions up from a nominal's own fillers: "the expulsion of diplomats by Albania"."""
    for name in ("of", "on", "against", "in"):
        for token in fillers.get(name, ()):
            doers = prepositions(token).get("by", ()) if "by" not in fillers and token.is_noun else ()
            if doers:
                fillers["by"] = list(doers)
                break
    for token in list(fillers.get("by", ())):
        below = prepositions(token) if token.is_noun else {}
        for name in _ON_THE_DOER:
            if name in below and name not in fillers:
                fillers[name] = list(below[name])


def _add_carrier(noun: Token, fillers: dict[str, list[Token]]) -> None:
    """ "under": the verb or noun that carries this noun ("violated the truce", "use of sarin"); "holder": who does that verb;
    "link": the preposition before it ("at the request of")."""
    first = conjunction_head(noun)
    carrier = first.head
    if first.dep in {"dobj", "nsubjpass"} and carrier.is_verb:
        fillers["under"] = [carrier]
        holders = arguments(carrier).subject
        if holders:
            fillers["holder"] = holders
    elif first.dep == "pobj":
        fillers["link"] = [carrier]
    if first.dep == "pobj" and carrier.lower == "of" and carrier.head.is_noun:
        fillers["under"] = [carrier.head]
