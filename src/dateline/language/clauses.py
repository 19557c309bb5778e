"""Who stands in which role of a predicate, whatever the surface: active, passive, relative, participial,
infinitival, conjoined or nominal. Every stage that reads roles from the tree reads them here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..records import Span
from .parse import Parse, Token

# Verbs whose object (not subject) does the infinitive: "urged Iran to stop". Others pass their subject on.
OBJECT_CONTROL = frozenset(
    "accuse advise allow ask authorise authorize beg bring call cause challenge command compel convince demand direct "
    "enable encourage expect force help implore incite induce instruct invite lead let make order permit persuade "
    "plead prepare press pressure prompt push recommend remind request require send summon teach tell tempt "
    "train trust urge want warn".split()
)
# "is expected to", "appears to": the subject of the raising verb does the act inside.
# Of two prepositions in a row these name the relation themselves: "according to aides" is no "to aides".
_LEADING_PREPOSITIONS = frozenset(
    "according ahead because despite due except instead owing prior regardless thanks".split()
)
# What a text says, its author says: "issued a report accusing the army", "passed a resolution condemning …".
_TEXTS = frozenset(
    "statement report resolution letter communique communiqué declaration note message tweet post motion bill law decree memo petition memorandum".split()  # noqa: E501
)
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_JOINED = ("conj", "appos")
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
MODALS = frozenset("will would shall should may might can could must wo ca 'll 'd ’ll ’d".split())
MAX_DEPTH = 12


@dataclass(slots=True)
class Arguments:
    """The role heads of one predicate. ``subject`` is who does it and ``object`` who undergoes it (a passive is turned)."""

    subject: list[Token] = field(default_factory=list)
    object: list[Token] = field(default_factory=list)
    indirect: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    clauses: list[Token] = field(default_factory=list)  # heads of complement clauses: to do, that …, doing
    passive: bool = False


def with_conjuncts(token: Token) -> list[Token]:
    """A nominal and all that is conjoined with it: "Russia, China and Cuba"."""
    found = [token]
    for child in token.children:
        if child.dep not in _JOINED:
            continue
        if (child.dep == "conj" and (child.is_noun or child.tag in {"PRP", "CD", "JJ", "NNPS", "VBG", "VBN"})) or (
            child.dep == "appos" and _is_list_item(token, child)
        ):
            found.extend(with_conjuncts(child))
    return found


def _is_list_item(token: Token, child: Token) -> bool:
    """The parser sometimes reads "Russia, China, and Cuba" as an apposition that carries the conjunction."""
    return child.is_proper and token.is_proper and any(each.dep == "cc" for each in child.children)


def conjunction_head(token: Token) -> Token:
    """The first conjunct of the chain that this token stands in."""
    while token.dep == "conj" and token.head is not token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """True for "was arrested", "the men arrested in" and conjuncts of passives without an object of their own."""
    if any(child.dep in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children):
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep in {"acl", "relcl"} and not any(child.dep in {"nsubj", "aux", "dobj"} for child in verb.children):
        return True
    if verb.dep in {"amod", "advcl"} and not any(child.dep in {"nsubj", "aux", "dobj"} for child in verb.children):
        return True
    if (
        verb.dep == "conj"
        and verb.head.is_verb
        and not any(child.dep in {"dobj", "aux", "nsubj"} for child in verb.children)
    ):
        return is_passive(verb.head)
    return False


def prepositions(token: Token) -> dict[str, list[Token]]:
    """Preposition → heads of its objects: {"on": [Iran], "with": [Turkey, Qatar]}; "according to" gives "to"."""
    found: dict[str, list[Token]] = {}
    for child in token.children:
        if child.dep in {"prep", "agent", "dative"} and child.tag in {"IN", "TO", "RP", "VBG", "RB"}:
            _add_preposition(child, child.lower, found)
    return found


def _add_preposition(preposition: Token, name: str, found: dict[str, list[Token]]) -> None:
    for child in preposition.children:
        if child.dep in {"pobj", "pcomp"}:
            found.setdefault(name, []).extend(with_conjuncts(child))
        elif child.dep == "prep":
            # "out of", "along with": the last one names the relation; "according to", "because of": the first one does
            _add_preposition(child, name if name in _LEADING_PREPOSITIONS else child.lower, found)
        elif child.dep == "conj" and child.tag in {"IN", "TO"}:
            _add_preposition(child, child.lower, found)  # "to and from"


def arguments(predicate: Token) -> Arguments:
    """The roles of a verb (or a predicate adjective)."""
    found = Arguments(passive=is_passive(predicate))
    found.preps = prepositions(predicate)
    for child in predicate.children:
        if child.dep == "dobj":
            gap = predicate.dep == "relcl" and child.tag in {"WDT", "WP"} and predicate.head.is_noun
            found.object.extend([predicate.head] if gap else with_conjuncts(child))  # "the tanks that Russia moved"
        elif child.dep == "dative" and child.tag not in {"IN", "TO"}:
            found.indirect.extend(with_conjuncts(child))
        elif child.dep in {"xcomp", "ccomp", "pcomp"}:
            found.clauses.append(child)
        elif child.dep == "prt":
            pass
    subject = subjects(predicate)
    if found.passive:
        found.object = subject + found.object
        found.subject = [each for each in found.preps.get("by", ()) if each.is_noun or each.tag in {"PRP", "CD"}]
    else:
        found.subject = subject
        if not found.object:
            found.object = _shared_object(predicate)
    return found


def _shared_object(verb: Token) -> list[Token]:
    """The object of a relative clause's gap ("the men whom police arrested") or of a conjoined verb ("shelled and took Goma")."""
    if verb.dep in {"relcl"} and any(child.dep in SUBJECTS for child in verb.children):
        subject = next(child for child in verb.children if child.dep in SUBJECTS)
        if subject.lower not in RELATIVE_PRONOUNS:
            return [verb.head]
    if verb.dep == "conj" and verb.head.is_verb:
        return []
    following = [child for child in verb.children if child.dep == "conj" and child.is_verb]
    if len(following) == 1 and not any(c.dep in SUBJECTS for c in following[0].children):
        shared = following[0].child("dobj")
        if shared is not None and verb.children and not verb.child("prep", "xcomp", "ccomp", "prt", "dative"):
            return with_conjuncts(shared)
    return []


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who the clause is about: its own subject, or the one passed on by control, raising, conjunction or a relative."""
    if depth > MAX_DEPTH:
        return []
    own = [child for child in verb.children if child.dep in SUBJECTS and child.dep != "expl"]
    if own:
        first = own[0]
        if first.lower in RELATIVE_PRONOUNS and first.tag in {"WP", "WDT", "IN"} and verb.dep == "relcl":
            return with_conjuncts(verb.head)
        return with_conjuncts(first)
    head = verb.head
    if head is verb:
        return []
    if verb.dep == "conj":
        return subjects(head, depth + 1) if _predicative(head) else []
    if verb.dep in {"relcl", "acl"}:
        if verb.tag == "VB" and head.is_root and verb.sentence.section == "headline":
            return with_conjuncts(head)  # "Kenya to send doctors": a headline's infinitive hangs on its subject
        if verb.tag == "VBG" and head.lemma in _TEXTS:
            return _owner_of_noun(head, depth) or with_conjuncts(head)
        if verb.tag == "VBN" or verb.tag == "VBG" or verb.dep == "relcl":
            return with_conjuncts(head)
        return _owner_of_noun(head, depth)  # "a decision to withdraw": whose decision
    if verb.dep in {"xcomp", "ccomp", "advcl", "dep"} or (verb.dep == "pobj" and verb.tag == "VBG"):
        return _controller(verb, head, depth)
    if verb.dep == "pcomp":
        return _controller(verb, head.head, depth) if head.head is not head else []
    if verb.dep == "amod":
        return with_conjuncts(head)
    if verb.dep in {"acomp", "attr", "oprd"}:
        return subjects(head, depth + 1)
    return []


def _predicative(token: Token) -> bool:
    return token.is_verb or token.is_adjective or any(child.dep in SUBJECTS for child in token.children)


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    """Who does the act of an infinitive, a gerund or an adverbial clause under ``head``."""
    if head.is_noun:
        return _owner_of_noun(head, depth)
    if verb.dep in {"xcomp", "ccomp", "pcomp"} and (head.lemma in OBJECT_CONTROL or verb.dep == "pcomp"):
        given = [child for child in head.children if child.dep in {"dobj", "dative"} and child.tag not in {"IN", "TO"}]
        for child in head.children:  # "called on Iran to", "appealed to Iran to"
            if (
                child.dep in {"prep", "dative"}
                and child.lower in {"on", "upon", "to", "with", "for"}
                and verb.dep != "pcomp"
            ):
                given.extend(each for each in child.children if each.dep == "pobj")
        if verb.dep == "pcomp":
            given = [each for each in given if head.lemma in _OBJECT_OF_GERUND]
        if given:
            return with_conjuncts(given[0])
        if is_passive(head):  # "was ordered to leave", "was accused of bombing"
            return subjects(head, depth + 1)
        if (
            head.lemma in OBJECT_CONTROL
            and verb.dep != "pcomp"
            and head.lemma not in {"expect", "prepare", "want", "help", "request", "ask"}
        ):
            return []
    return subjects(head, depth + 1)


# "accused Iran of arming", "barred the men from leaving": the object does the act of the gerund.
_OBJECT_OF_GERUND = frozenset(
    "accuse ban bar block blame charge criticise criticize condemn convict denounce deter discourage dissuade fault "
    "forbid hinder keep pardon praise prevent prohibit prosecute punish rebuke stop sue suspect thank warn catch fine".split()
)


def _owner_of_noun(noun: Token, depth: int) -> list[Token]:
    """Whose noun it is: "the US call for", "Iran's decision to", "took the lead in", "the threat by Iran to"."""
    for child in noun.children:
        if child.dep == "poss":
            return with_conjuncts(child)
    for child in noun.children:
        if child.dep in {"prep", "agent"} and child.lower in {"by", "of", "from"}:
            owner = child.child("pobj")
            if owner is not None and child.lower == "by":
                return with_conjuncts(owner)
    for child in noun.children:
        if child.dep in {"compound", "nmod", "amod"} and (
            child.is_proper or (child.tag == "JJ" and child.text[:1].isupper())
        ):
            return [child]
    if noun.dep in {"dobj", "attr", "oprd"} and noun.head is not noun:
        return subjects(noun.head, depth + 1)
    if noun.dep == "pobj" and noun.head.head is not noun.head:
        above = noun.head.head
        return (
            subjects(above, depth + 1)
            if above.is_verb
            else _owner_of_noun(above, depth + 1)
            if depth < MAX_DEPTH
            else []
        )
    return []


def is_negated(token: Token) -> bool:
    """ "did not", "never", "no talks", "without", "neither X nor Y": a negation that stands at this very token."""
    for child in token.children:
        if (
            child.dep == "neg"
            or (child.lower in NEGATIONS and child.dep in {"advmod", "preconj", "cc", "det"})
            or (child.lower == "no" and child.dep == "det")
        ):
            return True
        if child.lower == "longer" and any(each.lower == "no" for each in child.children):
            return True
        if child.dep in SUBJECTS and any(
            each.lower in {"no", "neither", "none"} and each.dep in {"det", "preconj"} for each in child.children
        ):
            return True
        if child.dep in SUBJECTS and child.lower in {"nobody", "none", "neither"}:
            return True
    return (token.dep == "pcomp" and token.head.lower == "without") or (
        token.dep == "pobj" and token.head.lower == "without"
    )


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, or those it shares with the verb it is conjoined to."""
    own = verb.children_of("aux", "auxpass")
    if own or verb.dep != "conj" or not verb.head.is_verb or verb.child(*SUBJECTS) is not None:
        return own
    return auxiliaries(verb.head)


def phrase_tokens(head: Token) -> list[Token]:
    """The noun phrase around a head: determiners, adjectives, compounds, possessors and "of" phrases; no clauses, no conjuncts."""
    found = _members(head)
    found.sort(key=_by_index)
    return found


def _by_index(token: Token) -> int:
    return token.index


def _members(head: Token) -> list[Token]:
    """The words of a noun phrase, the head first."""
    found = [head]
    stack = [head]
    while stack:
        token = stack.pop()
        for child in token.children:
            if (
                child.dep
                in {
                    "det",
                    "amod",
                    "compound",
                    "poss",
                    "case",
                    "nummod",
                    "quantmod",
                    "nmod",
                    "predet",
                    "advmod",
                    "npadvmod",
                    "punct_hyphen",
                }
                or (child.dep == "prep" and child.lower == "of")
                or (child.dep == "pobj" and token.lower == "of")
                or (child.dep == "punct" and child.text in "-–")
            ):
                if (
                    child.index < head.index
                    and child.dep in {"advmod", "npadvmod"}
                    and child.tag not in {"RB", "CD", "JJ", "NN"}
                ):
                    continue
                found.append(child)
                if child.children:
                    stack.append(child)
    return found


def phrase_span(parse: Parse, head: Token) -> Span:
    """The span of ``phrase_tokens``, cut where another word intervenes so that it always holds the head."""
    kept = {token.index: token for token in _members(head)}
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    return parse.span(kept[first].start, kept[last].end)
