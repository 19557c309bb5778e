"""Which pairs of a sentence may hold an event that no rule has found, and the word that would name it.

The screen and the classifier say "no event" to most of them. A pair needs a predicate above its
target; the trigger is the outermost one below which both stand, words of saying left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...language import Sentence, Token
from ...records import ActorRef, Place, Span
from ..frames import part_of_speech

References = Callable[[Token], tuple[ActorRef, ...]]

_RELATIVES = frozenset({"WP", "WDT", "WP$"})
# "Guaido" in "Guaido's wife", "Venezuela" in "Venezuela's president": whoever is named by the whole phrase takes part.
_OWNERS = frozenset({"poss", "compound", "nmod", "amod"})
MAX_CLIMB = 9
# A sentence with more parties than this is a list; the pairs of the first so many are looked at, lest one page cost minutes.
MAX_PARTIES = 14


@dataclass(frozen=True, slots=True)
class Party:
    """Words of a sentence that stand for somebody: the head token, the words shown to the classifier, whom they mean.

    A place that is nobody's name has no ``refs``: an act may fall on it (``place``, with its mention), but it does not act.
    """

    token: Token
    start: int
    end: int
    refs: tuple[ActorRef, ...]
    place: tuple[Place, Span] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An ordered pair and the predicate that would name what one does to the other."""

    source: Party
    target: Party
    trigger: Token


def parties_of(sentence: Sentence, refer: References, places: Iterable[Place] = ()) -> list[Party]:
    """Everybody whom the sentence names, describes or points to, in text order, and then the places that it only names."""
    found: dict[tuple[int, int], Party] = {}
    for token in sentence.tokens:
        if token.tag in _RELATIVES:
            continue
        refs = refer(token)
        if refs:
            start, end = shown(token, refs[0])
            found.setdefault((start, end), Party(token, start, end, refs))
    heads = {each.token.index for each in found.values()}
    parties = [each for each in found.values() if each.token.dep not in _OWNERS or each.token.head.index not in heads]
    for place in places:
        for mention in place.mentions:
            if sentence.start <= mention.start and mention.end <= sentence.end:
                bare = _bare_place(sentence, place, mention, parties)
                parties += [bare] if bare else []
    return parties


def _bare_place(sentence: Sentence, place: Place, mention: Span, parties: list[Party]) -> Party | None:
    """The place as a party, if no party's words hold it."""
    if any(each.start < mention.end and mention.start < each.end for each in parties if each.refs):
        return None
    words = [token for token in sentence.tokens if mention.start <= token.start < mention.end]
    return Party(words[-1], mention.start, mention.end, (), (place, mention)) if words else None


def shown(token: Token, span: Span) -> tuple[int, int]:
    """The words of a phrase that name somebody: from its first word, articles left out, to its head."""
    start = span.start
    for child in token.children:
        if child.start == start and child.tag in {"DT", "PDT"} and child.index < token.index:
            start = token.sentence.tokens[child.index - token.sentence.tokens[0].index + 1].start
            break
    return (start, token.end) if start < token.end else (token.start, token.end)


def candidates(
    sentence: Sentence, refer: References, cues: set[int], places: Iterable[Place] = ()
) -> Iterator[Candidate]:
    """The pairs worth asking about. ``cues`` are the words of saying, by token index: they name no event themselves."""
    parties = parties_of(sentence, refer, places)[:MAX_PARTIES]
    for target in parties:
        chain = _predicates_above(target.token)
        for source in parties:
            if source is target or not source.refs or _same(source, target) or _overlap(source, target):
                continue
            trigger = _connection(source.token, chain, cues)
            if trigger is not None:
                yield Candidate(source, target, trigger)


def _same(one: Party, other: Party) -> bool:
    return bool({ref.actor for ref in one.refs} & {ref.actor for ref in other.refs})


def _overlap(one: Party, other: Party) -> bool:
    return one.start < other.end and other.start < one.end


def _predicates_above(token: Token) -> list[Token]:
    """The predicates that a phrase hangs on, the nearest first."""
    found = []
    for step, ancestor in enumerate(token.ancestors()):
        if step >= MAX_CLIMB:
            break
        if part_of_speech(ancestor) is not None:
            found.append(ancestor)
    return found


def _connection(source: Token, chain: list[Token], cues: set[int]) -> Token | None:
    """The outermost predicate, words of saying left out, that stands above the target and has the source below or beside it."""
    above = {source.index, *(ancestor.index for ancestor in source.ancestors())}
    shared = next((each for each in chain if each.index in above), None)
    if shared is None:
        return chain[0] if chain else None
    inner = [each for each in chain[: chain.index(shared) + 1] if each.index not in cues and each is not source]
    return inner[-1] if inner else None
