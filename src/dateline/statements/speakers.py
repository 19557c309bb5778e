"""Who speaks: the head words of the speakers of a cue, and the noun phrase each heads."""

from __future__ import annotations

from ..language.clauses import RELATIVE_PRONOUNS, SUBJECTS, is_passive, subjects
from ..language.parse import Token

_REPORTING_AS = frozenset({"quote", "cite", "describe"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow".split()
)
_OUT_OF_PHRASE = frozenset({"cc", "conj", "parataxis", "ccomp", "advcl", "punct", "preconj"})


def verb_speakers(verb: Token) -> list[Token]:
    """Head words of those who do the speaking, the words of this very sentence: "who" rather than what it stands for."""
    relative = _relative_subject(verb)
    if relative is not None:
        return [relative]
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    if is_passive_cue(verb):
        return _agents(verb)
    return [token for token in subjects(verb) if not _is_dummy(token, verb)]


def is_passive_cue(verb: Token) -> bool:
    """ "was told", "is expected": the subject is not who speaks."""
    if verb.tag != "VBN":
        return False
    return is_passive(verb)


def _agents(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
            heads = child.children_of("pobj")
            if heads and _may_speak(heads[0]):
                return heads
    return []


def _may_speak(token: Token) -> bool:
    return token.is_noun or token.tag in {"PRP", "DT", "CD", "WP", "JJ"}


def _relative_subject(verb: Token) -> Token | None:
    own = verb.child(*SUBJECTS)
    if own is not None and own.lower in RELATIVE_PRONOUNS and own.dep == "nsubj" and verb.dep == "relcl":
        return own
    return None


def _quoted_as(verb: Token) -> list[Token] | None:
    """ "quoted the minister as saying", "the minister was quoted as saying": the minister."""
    if verb.dep not in {"pcomp", "advcl", "xcomp", "pobj"}:
        return None
    above = verb.head.head if verb.head.lower == "as" else verb.head
    if above.lemma not in _REPORTING_AS or not any(token.lower == "as" for token in (verb.head, *verb.children)):
        return None
    found = above.child("nsubjpass") if above.child("nsubjpass") is not None else above.child("dobj")
    if found is None and above.dep in {"acl", "relcl"}:
        found = above.head
    return [found] if found is not None else None


def relays(verb: Token) -> list[Token]:
    """Who passes the words on: "was quoted by AFP as saying", "AFP quoted him as saying"."""
    if _quoted_as(verb) is None:
        return []
    above = verb.head.head if verb.head.lower == "as" else verb.head
    if above.child("nsubjpass") is not None or above.dep == "acl":
        return _agents(above)
    return above.children_of("nsubj")


def _is_dummy(token: Token, verb: Token) -> bool:
    return (
        token.dep == "expl"
        or token.lower in {"there", "what", "whatever"}
        or (token.lower == "it" and verb.child("nsubjpass") is not None)
    )


def is_time_of_act(token: Token, head: Token) -> bool:
    """True for "on Monday" under a speaker that follows its cue: the parser hangs it there, but it dates the act."""
    if token.index < head.index:
        return False
    if token.dep == "prep" and token.lower in {"on", "in", "late", "early"}:
        return any(child.dep == "pobj" and child.lower in _CALENDAR for child in token.children)
    return token.dep in {"npadvmod", "tmod", "appos", "compound"} and token.lower in _CALENDAR


def phrase(head: Token, cue: Token | None = None) -> list[Token]:
    """The words of the noun phrase: appositions and relative clauses in, conjuncts out; cut at the cue word."""
    found = [head]
    stack = [child for child in head.children if child.dep not in _OUT_OF_PHRASE]
    while stack:
        token = stack.pop()
        found.append(token)
        stack.extend(child for child in token.children if child.dep not in {"parataxis"})
    found.sort(key=lambda each: each.index)
    if cue is not None:
        if cue.index < head.index:
            dates = {token.index for child in head.children if is_time_of_act(child, head) for token in child.subtree()}
            found = [token for token in found if token.index not in dates]
        if cue.index > head.index:
            found = [token for token in found if token.index < cue.index]
        elif cue.index < head.index:
            found = [token for token in found if token.index > cue.index]
    return found


def possessors(noun: Token) -> list[Token]:
    """Whose words a noun stands for: "Iran's claim", "a claim by Iran", "his promise"."""
    for child in noun.children:
        if child.dep == "poss":
            return [child]
    for child in noun.children:
        if child.dep in {"prep", "agent"} and child.lower in {"by", "from"}:
            heads = child.children_of("pobj")
            if heads:
                return heads
    for child in noun.children:  # "the US call for", "the Chilean claim that"
        if child.dep in {"compound", "nmod", "amod"} and (
            child.is_proper or (child.tag == "JJ" and child.text[:1].isupper())
        ):
            return [child]
    return []
