"""How many were killed, hurt, arrested, driven out or took part: counts that hang on the words of an act.

Only the act's own clause is read: its verb, the participles and clauses that say what it led to, and for a noun the verb that it
is subject or object of. What another clause tells, with a subject of its own or a conjunction before it, belongs to another act.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..language import Token
from ..language.clauses import SUBJECTS, arguments, conjunction_head, prepositions
from ..rulefiles import RuleModel, read_toml
from .acts import Act
from .quantities import is_number, quantity_of

_MARKS = frozenset({"when", "as", "after", "while", "where"})
_DOWN = frozenset({"with", "in", "of", "during", "by"})
_UP = frozenset({"in", "during", "by", "of", "from"})
_UP_OF_PROTEST = frozenset({"at", "after", "amid", "over"})
_PHRASES = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "acomp", "pobj", "pcomp", "agent"})
_RESULTS = frozenset({"oprd", "acomp", "attr", "xcomp", "ccomp", "dobj"})


class CountKind(RuleModel):
    """One kind of count: the words that say it, and the types of event that bear it."""

    object: frozenset[str]
    subject: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    types: frozenset[str]
    own: frozenset[str]
    matches: tuple[tuple[str, str, float], ...]
    rejects: tuple[str, ...]


class CountWords(RuleModel):
    """Word classes that the reading of counts needs."""

    leaving: frozenset[str]
    gathering: frozenset[str]
    holding: frozenset[str]
    refused: frozenset[str]
    plural: frozenset[str]
    personal_modes: frozenset[str]
    undone: frozenset[str]


class CountFile(RuleModel):
    """``rules/en/objects/counts.toml``."""

    kind: dict[str, CountKind]
    words: CountWords


@cache
def count_rules() -> CountFile:
    return read_toml("en/objects/counts.toml", CountFile)


@cache
def _kinds_of(event_type: str) -> dict[str, CountKind]:
    return {name: kind for name, kind in count_rules().kind.items() if event_type in kind.types}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(verb for kind in count_rules().kind.values() for verb in (*kind.object, *kind.subject))


def counted_of(act: Act) -> dict[int, tuple[Token, str]]:
    """The heads of counted phrases by token index, each with the kind of its count."""
    found: dict[int, tuple[Token, str]] = {}
    kinds = _kinds_of(act.type)
    if not kinds or "attempt" in act.operators:  # "tried to kill three men": nobody has died of it
        return found
    for token in _clause(act):
        for name, kind in kinds.items():
            for patient in _patients(token, kind):
                if patient.lemma not in count_rules().words.refused:
                    found.setdefault(patient.index, (patient, name))
    if "participants" in kinds:
        for source in act.sources:
            found.setdefault(source.index, (source, "participants"))
    return found


def _patients(token: Token, kind: CountKind) -> Iterator[Token]:
    """Whom the token, if it is a word of this kind, counts."""
    if token.is_verb:
        if token.lemma in kind.object:
            yield from _undergoing(token)
        elif token.lemma in kind.subject:
            yield from arguments(token).subject
    if token.lower in kind.adjectives or token.lemma in kind.adjectives:
        yield from _left_as(token)
    if token.is_noun and token.lemma in kind.nouns and not _not_done(token):
        yield from _counted_noun(token)


def _not_done(noun: Token) -> bool:
    """ "the attempted murder of a policeman" """
    return any(child.lower in count_rules().words.undone for child in noun.children_of("amod"))


def _undergoing(verb: Token) -> list[Token]:
    roles = arguments(verb)
    people = roles.object
    if not people and verb.tag == "VBN" and not verb.child("aux", "dobj"):
        people = roles.subject  # "with 12 people killed", "and 30 wounded"
    return [
        each
        for each in people
        if each.dep != "conj"
        or not any(child.dep == "acl" and child.lemma in _verbs() and child is not verb for child in each.children)
    ]


def _left_as(state: Token) -> Iterator[Token]:
    """ "left 12 dead", "12 dead in attack", "left three soldiers dead", "12 people are dead"."""
    if any(is_number(child) for child in state.children if child.index < state.index):
        yield state
        return
    head = state.head
    if state.dep == "amod" and (follows_verb(state) or (head.index < state.index and is_number(head))):
        yield head
    elif state.dep in _RESULTS or (state.dep == "conj" and state.tag == "VBN"):
        own = state.children_of("nsubj", "nsubjpass")
        if own:
            yield from own
        elif head.lemma in count_rules().words.leaving:
            yield from head.children_of("dobj")
        elif head.lemma == "be":
            yield from head.children_of("nsubj")


def follows_verb(state: Token) -> bool:
    """ "shot dead three men": the parser hangs the state on the men."""
    verb = state.head.head
    return verb.is_verb and verb.lemma in count_rules().words.leaving and state.index == verb.index + 1


def _counted_noun(noun: Token) -> Iterator[Token]:
    """ "12 deaths", "dozens of arrests", "the arrest of 12 men"."""
    if quantity_of(noun) is not None:
        yield noun
    elif noun.dep == "pobj" and noun.head.lower == "of" and is_number(noun.head.head):
        yield noun.head.head
    else:
        yield from prepositions(noun).get("of", ())


# -- the clause of an act ----------------------------------------------------------------------


def _clause(act: Act) -> list[Token]:
    """The act's words, what they hang on where that tells their outcome, and what hangs on them."""
    starts = {token.index: token for token in (*act.trigger, *act.cues)}
    for token in list(starts.values()):
        above = _above_noun(token, act) if token.is_noun else _above_verb(token)
        while above is not None and above.index not in starts:
            starts[above.index] = above
            above = _harm_before(above)
    found = dict(starts)
    stack = list(starts.values())
    while stack:
        token = stack.pop()
        for child in token.children:
            if child.index not in found and _belongs(token, child, act, starts):
                found[child.index] = child
                stack.append(child)
    return [found[index] for index in sorted(found)]


def _above_verb(verb: Token) -> Token | None:
    """ "12 people died when rebels attacked the town": the verb that the act explains."""
    head = verb.head
    if verb.dep != "advcl" or not head.is_verb or not _without_doer(head):
        return None
    return head if any(child.lower in _MARKS and child.dep in {"mark", "advmod"} for child in verb.children) else None


def _harm_before(verb: Token) -> Token | None:
    """ "12 people were killed and 30 others injured in the raid": the first verb of harm tells of the raid too."""
    if verb.lemma not in _verbs():
        return None
    head = verb.head
    if verb.dep == "acl" and head.dep == "conj":
        head = conjunction_head(head).head
    elif verb.dep != "conj":
        return None
    return head if head is not verb and head.is_verb and _without_doer(head) else None


def _without_doer(verb: Token) -> bool:
    """A verb of harm that names nobody who did it: "were killed", "died"."""
    if verb.lemma not in _verbs():
        return False
    roles = arguments(verb)
    return not roles.subject if roles.passive else not roles.object


def _above_noun(noun: Token, act: Act) -> Token | None:
    """The predicate that an act's noun is in: "the raid killed 12", "12 died in raids", "12 dead in raid"."""
    head = noun.head
    if head is noun:
        return None
    if noun.dep in {"conj", "compound", "appos"} and head.is_noun:
        return _above_noun(head, act)
    if noun.dep in {"nsubj", "nsubjpass", "dobj"} and head.is_verb:
        return head
    if noun.dep != "pobj" or head.head is head:
        return None
    above = head.head
    if head.lower == "of" and above.is_noun and above.lemma in count_rules().words.gathering:
        return _above_noun(above, act)
    if act.type == "PROTEST" and head.lower in _UP | _UP_OF_PROTEST:
        return above
    if head.lower == "after":
        return above if above.is_verb and (_without_doer(above) or _is_state(above)) else None
    if head.lower not in _UP:
        return None
    if not above.is_verb:
        return above if not above.is_noun or quantity_of(above) else None
    done_by = {token.index for token in arguments(above).subject}
    return above if _without_doer(above) or done_by & {token.index for token in act.sources} else None


def _is_state(verb: Token) -> bool:
    """ "Four people are dead" """
    states = {word for kind in count_rules().kind.values() for word in kind.adjectives}
    return verb.lemma == "be" and any(child.lower in states for child in verb.children_of("acomp"))


def _belongs(token: Token, child: Token, act: Act, starts: dict[int, Token]) -> bool:
    """Whether what the child heads tells of the same act as its parent."""
    if child.dep == "prep":
        leads = child.lower == "to" and token.lemma in {"lead", "amount"}
        return (child.lower in _DOWN or leads) and (not token.is_noun or token.index in starts or is_number(token))
    if child.dep in _PHRASES - {"pcomp"}:
        return child.dep != "pobj" or token.lower != "of" or not child.is_proper
    if child.dep == "pcomp":
        return True
    if child.dep == "amod":
        return is_number(token)  # "four dead"
    if child.dep in {"acl", "relcl"}:
        result = child.tag == "VBG" and (child.lemma in _verbs() or child.lemma in count_rules().words.leaving)
        return token.index in starts or result or _counts(child, token)
    if child.dep == "advcl":
        return child.child("mark", *SUBJECTS) is None and child.tag in {"VBG", "VBN"}
    if child.dep == "xcomp":
        return True
    if child.dep == "ccomp":
        return token.lemma in count_rules().words.leaving
    if child.dep == "conj":
        return _joined(token, child, act)
    return False


def _counts(clause: Token, noun: Token) -> bool:
    """A participle behind a counted noun: "30 others injured"."""
    return clause.tag == "VBN" and clause.dep == "acl" and clause.lemma in _verbs() and quantity_of(noun) is not None


def _joined(token: Token, child: Token, act: Act) -> bool:
    """Conjoined words tell of the same act when they name no other doer, or are the results of one participle."""
    if not child.is_verb:
        return not token.is_verb
    if child.child(*SUBJECTS) is not None:
        return _without_doer(child) or child.tag == "VBN"
    if token.tag == "VBG" or token.tag == "VBN":
        return True
    kinds = count_rules().kind.values()
    return any(act.type in kind.own and child.lemma in {*kind.object, *kind.subject} for kind in kinds)
