"""What a speaker says that another must do, when no rule knows the deed: a request all the same."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import Parse, Token
from ..language.clauses import arguments, auxiliaries, is_negated
from ..records import Statement
from .acts import Act
from .modality import predicate_of
from .reading import Reader

RULE = "operator.demand.duty"
_NO_DEED = frozenset(
    (
        "add admit ask be become belong come confirm contain die face feel find get go have know learn live look mean note point remain "
        "remember say see seem sound stress think understand wait win"
    ).split()
)


def duties(parse: Parse, statements: tuple[Statement, ...], reader: Reader, acts: Iterable[Act]) -> list[Act]:
    """A REQUEST for every "must" of a statement whose subject is an actor and whose verb carries no act yet."""
    spoken = {token.index for act in acts for token in (act.head, predicate_of(act.head), *act.trigger, *act.cues)}
    found: dict[int, Act] = {}
    for statement in statements:
        if not statement.speakers:
            continue
        for span in statement.content:
            for token in parse.tokens_in(span.start, span.end):
                if token.lower == "must" and token.dep == "aux" and token.head.index not in spoken:
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
        head=verb, type="REQUEST", modes=(), contexts=(), cameo=None, sources=[], targets=targets, objects=[], chain=(RULE,),
        trigger=[must, verb], operators=("demand",), spoken=True, weight=0.7,
    )  # fmt: skip
