"""Deeds that no rule knows, but that somebody says another must do, or will not do himself: a request or a refusal all the same."""

from __future__ import annotations

from ..language import Parse, Token
from ..language.clauses import arguments, auxiliaries, is_negated, subjects
from ..records import Statement
from .acts import Act
from .modality import modality_of, predicate_of
from .reading import Reader

_DUTY = frozenset({"must", "should"})
_WILL = frozenset({"will", "wo", "would", "'d"})
RULE = "operator.demand.duty"
UNWILLING = "operator.refuse.unwilling"
_NO_DEED = frozenset(
    (
        "add admit ask be become belong come confirm contain die face feel find get go have know learn live look mean note point remain "
        "remember say see seem sound stress think understand wait win"
    ).split()
)

# What is left unsaid or undone without anybody having asked, and clauses of somebody else's fear or promise.
_NO_REFUSAL = _NO_DEED | frozenset("answer comment dare dream forget happen hurt lose name need regret".split())
_FOREBODING = frozenset("believe doubt dread expect fear guarantee hope pledge promise suspect swear vow worry".split())


def duties(parse: Parse, statements: tuple[Statement, ...], reader: Reader, acts: list[Act]) -> list[Act]:
    """For verbs that carry no act yet: a REQUEST for "must" and "should" in what somebody says, a REJECT for "will not"."""
    spoken = {token.index for act in acts for token in (act.head, predicate_of(act.head), *act.trigger, *act.cues)}
    return [*_asked(parse, statements, reader, spoken), *_refused(parse, reader, spoken)]


def _refused(parse: Parse, reader: Reader, spoken: set[int]) -> list[Act]:
    """A refusal for every "will not" of an actor before a deed that no rule knows: "Malta would not let it dock"."""
    found = []
    for sentence in parse.sentences:
        for token in sentence.tokens:
            verb = token.head
            if token.lower not in _WILL or token.dep != "aux" or verb.index in spoken or not is_negated(verb):
                continue
            slots = arguments(verb)
            sources = [each for each in slots.subject if reader.is_actor(each)]
            if slots.passive or verb.lemma in _NO_REFUSAL or not sources or modality_of(verb) != ("future", True):
                continue
            if verb.head.lemma in _FOREBODING or any(each.lemma == "have" for each in auxiliaries(verb)):
                continue
            below = [each for clause in slots.clauses for each in subjects(clause)]
            others = [*slots.object, *slots.indirect, *slots.preps.get("with", ()), *slots.preps.get("to", ()), *below]
            targets = [each for each in others if reader.is_actor(each) and each not in sources]
            found.append(
                Act(
                    head=token, type="REJECT", modes=(), contexts=(), cameo=None, sources=sources, targets=targets[:1],
                    objects=[each for each in slots.object if each not in targets], chain=(UNWILLING,),
                    trigger=[token, verb], operators=("refuse",), weight=0.6,
                )
            )  # fmt: skip
    return found


def _asked(parse: Parse, statements: tuple[Statement, ...], reader: Reader, spoken: set[int]) -> list[Act]:
    found: dict[int, Act] = {}
    for statement in statements:
        if not statement.speakers:
            continue
        for span in statement.content:
            for token in parse.tokens_in(span.start, span.end):
                if token.lower in _DUTY and token.dep == "aux" and token.head.index not in spoken:
                    act = _duty(token.head, token, reader)
                    if act is not None:
                        found.setdefault(token.head.index, act)
    return list(found.values())


def _duty(verb: Token, must: Token, reader: Reader) -> Act | None:
    """The request to the subject of this verb; none for the passive, the negated and verbs that are no deed."""
    slots = arguments(verb)
    if (
        slots.passive
        or verb.lemma in _NO_DEED
        or is_negated(verb)
        or not any(reader.is_actor(each) for each in slots.subject)
    ):
        return None
    if any(each.lower in {"if", "unless"} for each in verb.children_of("mark")) or must not in auxiliaries(verb):
        return None
    targets = [each for each in slots.subject if reader.is_actor(each) and each.tag not in {"PRP", "PRP$"}]
    if not targets:
        return None
    return Act(
        head=must, type="REQUEST", modes=(), contexts=(), cameo=None, sources=[], targets=targets, objects=[], chain=(RULE,),
        trigger=[must, verb], operators=("demand",), spoken=True, weight=0.7,
    )  # fmt: skip
