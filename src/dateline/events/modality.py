"""Whether an act happened, will, would or might: read from auxiliaries, conditions, headlines and the clauses above it."""

from __future__ import annotations

from ..language import Token
from ..language.clauses import arguments, auxiliaries, is_negated
from ..records import Modality

_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d"})
_HYPOTHETICAL = frozenset({"could", "may", "might", "can", "ca", "should", "must"})
_DUTY = frozenset({"must", "should", "ought"})
_PENDING = frozenset({"until", "unless", "till", "if", "before"})
# What somebody is afraid of, and what only is a guess, is nobody's declared intention.
_FEARS = frozenset({"fear", "worry", "dread", "afraid", "concern", "worried", "fearful"})
_GUESSES = frozenset({"probably", "likely", "presumably", "doubtless", "inevitably"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_DOWNWARD = frozenset(
    {"xcomp", "acl", "advcl", "pcomp", "pobj", "prep", "dobj", "acomp", "conj", "attr", "oprd", "ccomp"}
)


def predicate_of(token: Token) -> Token:
    """The verb whose auxiliaries speak for this predicate: a noun or adjective leans on its copula or light verb."""
    if token.is_verb:
        return token
    if token.dep in {"acomp", "attr", "oprd", "dobj", "nsubjpass"} and token.head.is_verb:
        return token.head
    return token


def modality_of(head: Token) -> tuple[Modality, bool]:
    """Modality of an act by its predicate, and whether it is the actor's own declared intention ("will", headline "to")."""
    verb = predicate_of(head)
    if not verb.is_verb:
        return "asserted", False
    helpers = {token.lower for token in auxiliaries(verb)}
    if _conditional(verb):
        return "hypothetical", False
    if helpers & _HYPOTHETICAL:
        return "hypothetical", False
    if helpers & _FUTURE:
        if _feared(verb):
            return "hypothetical", False
        return "future", not any(child.lower in _GUESSES for child in verb.children_of("advmod"))
    if "to" in helpers:
        return _infinitive(verb)
    return "asserted", False


def obliged(head: Token) -> bool:
    """The act is said to be somebody's duty: "must", "should", "has to", "needs to"."""
    verb = predicate_of(head)
    if not verb.is_verb or _conditional(verb):
        return False
    if {token.lower for token in auxiliaries(verb)} & _DUTY:
        return True
    return verb.dep == "xcomp" and verb.head.lemma in {"have", "need", "ought"} and verb.head.is_verb


def condition_subjects(head: Token) -> list[Token]:
    """Who has it in hand: "will not free them until the army withdraws", "will strike unless Tehran talks"."""
    verb = predicate_of(head)
    for clause in (verb, *(child for child in verb.children if child.dep == "xcomp")):
        for child in clause.children:
            if child.dep == "advcl" and any(
                each.lower in _PENDING for each in child.children_of("mark", "advmod", "prep")
            ):
                found = arguments(child)
                return found.subject or found.object
    return []


def _conditional(verb: Token) -> bool:
    """Inside an if-clause, or "would …" with an if-clause of its own."""
    token = verb
    for _ in range(6):
        if any(child.dep == "mark" and child.lower in _CONDITIONS for child in token.children):
            return True
        if token.dep not in {"conj", "xcomp", "pcomp", "prep", "dobj"} or token.head is token:
            return False
        token = token.head
    return False


def _feared(verb: Token) -> bool:
    """In the clause of a word of fear: "they fear that the army will storm the town", "fears that it would"."""
    first = verb
    while first.dep == "conj" and first.head is not first:
        first = first.head
    return first.dep in {"ccomp", "acl", "pcomp", "relcl"} and first.head.lemma in _FEARS


def _infinitive(verb: Token) -> tuple[Modality, bool]:
    if verb.sentence.section == "headline" and verb.dep in {"acl", "relcl"} and verb.head.is_root:
        return "future", True
    if (
        verb.sentence.section == "headline"
        and (verb.is_root or verb.dep == "ccomp")
        and verb.child("nsubj", "nsubjpass") is not None
    ):
        return "future", True  # headline infinitive: "Russia to keep forces in …"
    if verb.is_root and verb.child("nsubj", "nsubjpass") is not None:
        return "future", True
    if any(child.lower in {"be", "is", "are", "was", "were"} for child in verb.children_of("aux", "auxpass")):
        return "future", True  # "is to visit"
    if verb.dep == "xcomp" and verb.head.lemma == "be":
        return "future", True  # "is to meet" as the parser often has it
    if verb.dep in {"xcomp", "ccomp"}:
        return "asserted", False  # the verb above decides; unknown verbs pass the act through
    return "hypothetical", False  # a purpose, or what a noun is for


def negated_above(head: Token) -> bool:
    """An infinitive or gerund in the scope of a negated verb: "are not talking about a presence to carry out operations"."""
    token = predicate_of(head)
    if not token.is_verb or any(child.dep in {"nsubj", "nsubjpass"} for child in token.children):
        return False
    for _ in range(8):
        if token.dep not in _DOWNWARD or token.head is token:
            return False
        if token.dep in {"ccomp", "advcl", "conj"} and token.child("nsubj", "nsubjpass") is not None:
            return False
        token = token.head
        if token.is_verb and is_negated(token):
            return True
        if token.is_verb and token.child("nsubj", "nsubjpass") is not None:
            return False
    return False
