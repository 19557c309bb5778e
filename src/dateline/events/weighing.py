"""What rules read and what the classifier says of the same pair, weighed against each other; and pairs that no rule has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..language import Parse, Sentence, Token
from ..records import ActorRef, Alternative, Place
from .acts import Act
from .dyads import Judge
from .dyads.candidates import Candidate, candidates, shown
from .dyads.combining import pool, weights
from .dyads.judgement import Judgement, Range
from .dyads.screening import score
from .falling import FALLING
from .reading import Reader

# Readings that lost with less than this chance are not worth a reader's time.
_NEAR = 0.1


@dataclass(slots=True, eq=False)
class Settled:
    """An act whose parties are decided, on its way to becoming an event."""

    act: Act
    sources: list[ActorRef]
    targets: list[ActorRef]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """The first source and the first target by actor id; parties of a reciprocal act fill both places."""
        first = self.sources[0].actor if self.sources else ""
        second = self.targets[0] if self.targets else self.sources[1] if len(self.sources) > 1 else None
        return first, second.actor if second else ""


class Weigher:
    """Asks the classifier about one report. ``cues`` are the words of saying, by token index."""

    def __init__(
        self, parse: Parse, reader: Reader, judge: Judge, cues: set[int], places: tuple[Place, ...] = ()
    ) -> None:
        self.parse, self.reader, self.judge, self.cues, self.places = parse, reader, judge, cues, places

    def weigh(self, settled: list[Settled]) -> list[Settled]:
        """The acts that the rules read, each with the type that both together hold for likely; the unlikely left out."""
        read: dict[tuple[int, str, str], dict[str, float]] = {}
        for each in settled:
            of_pair = read.setdefault((each.act.head.sentence.index, *each.pair), {})
            of_pair[each.act.type] = max(each.confidence, of_pair.get(each.act.type, 0.0))
        kept = []
        for each in settled:
            judgement = self._judgement(each)
            if judgement is None:
                kept.append(each)
                continue
            self._weigh(each, judgement, read[(each.act.head.sentence.index, *each.pair)])
            if each.confidence >= weights().keep:
                kept.append(each)
        return kept

    def _weigh(self, each: Settled, judgement: Judgement, read: dict[str, float]) -> None:
        act, pooled = each.act, pool(judgement, read)
        ranked = pooled.ranked()
        best, chance = ranked[0]
        rules = act.chain
        if best != act.type and chance > pooled.types[act.type] and best not in read:
            lost = Alternative(act.type, round(pooled.types[act.type], 2), rules)
            each.alternatives = (lost, *(other for other in each.alternatives if other.type != best))
            act.type, act.modes, act.cameo = best, judgement.modes_of(best), None
            act.chain = (*rules, self.judge.name)
        else:
            others = tuple(
                Alternative(kind, round(value, 2), (self.judge.name,))
                for kind, value in ranked
                if kind != act.type and value >= _NEAR
            )
            each.alternatives = (*each.alternatives, *others)
            if judgement.best() == act.type:
                act.chain = (*rules, self.judge.name)
        each.confidence = round(pooled.types[act.type], 2)

    def _judgement(self, each: Settled) -> Judgement | None:
        sentence = each.act.head.sentence
        sources, targets = each.sources, each.targets
        if not targets and len(sources) > 1:
            sources, targets = sources[:1], sources[1:]
        source, target = self._place(sources, sentence), self._place(targets, sentence)
        if source is None and target is None:
            return None
        return self.judge.judge(self._text(sentence), source, target)

    def _text(self, sentence: Sentence) -> str:
        return self.parse.text[sentence.start : sentence.end]

    def _place(self, refs: Iterable[ActorRef], sentence: Sentence) -> Range | None:
        """Where the sentence names the first of these that it names, counted from its start."""
        for ref in refs:
            if sentence.start <= ref.start and ref.end <= sentence.end:
                inside = self.parse.tokens_in(ref.start, ref.end)
                head = next((token for token in inside if token.head not in inside or token.is_root), inside[0])
                start, end = shown(head, ref)
                return start - sentence.start, end - sentence.start
        return None

    def propose(self, settled: list[Settled]) -> Iterator[Settled]:
        """Pairs that no rule has read and between whom the classifier sees an event, sentence by sentence."""
        read: dict[tuple[int, str, str], set[str]] = {}
        for each in settled:
            for pair in _pairs(each):
                read.setdefault((each.act.head.sentence.index, *pair), set()).add(each.act.type)
        for sentence in self.parse.sentences:
            for candidate in candidates(sentence, self.reader.refer, self.cues, self.places):
                source, target = _actors(candidate)
                if (sentence.index, source, target) in read or score(candidate) < weights().ask:
                    continue
                proposal = self._proposal(sentence, candidate)
                backwards = read.get((sentence.index, target, source), ())
                if proposal is not None and proposal.act.type not in backwards:
                    yield proposal

    def _proposal(self, sentence: Sentence, candidate: Candidate) -> Settled | None:
        judgement = self.judge.judge(self._text(sentence), *self._spans(sentence, candidate))
        pooled = pool(judgement, {})
        kind, chance = pooled.ranked()[0]
        if chance < weights().propose or (candidate.target.place is not None and kind not in FALLING):
            return None
        act = self._act(candidate, kind, judgement)
        others = tuple(
            Alternative(other, round(value, 2), (self.judge.name,))
            for other, value in pooled.ranked()[1:]
            if value >= _NEAR
        )
        target = candidate.target
        struck = target.refs[0] if target.place is None else self.reader.cast.locate(*target.place)
        return Settled(act, [candidate.source.refs[0]], [struck], round(chance, 2), others)

    def _spans(self, sentence: Sentence, candidate: Candidate) -> tuple[Range, Range]:
        source, target = candidate.source, candidate.target
        return (
            (source.start - sentence.start, source.end - sentence.start),
            (target.start - sentence.start, target.end - sentence.start),
        )

    def _act(self, candidate: Candidate, kind: str, judgement: Judgement) -> Act:
        trigger: Token = candidate.trigger
        return Act(
            head=trigger, type=kind, modes=judgement.modes_of(kind), contexts=(), cameo=None,
            sources=[candidate.source.token], targets=[candidate.target.token], objects=[], chain=(self.judge.name,),
            trigger=[trigger], negated=judgement.negated > 0.5, nominal=trigger.is_noun,
            modality=max(judgement.modality, key=lambda name: judgement.modality[name]),
        )  # fmt: skip


def _actors(candidate: Candidate) -> tuple[str, str]:
    """Both actors of a candidate by id; the second is empty where the target is only a place."""
    target = candidate.target.refs
    return candidate.source.refs[0].actor, target[0].actor if target else ""


def _pairs(each: Settled) -> Iterator[tuple[str, str]]:
    """All ordered pairs that an act joins."""
    if each.targets:
        yield from ((source.actor, target.actor) for source in each.sources for target in each.targets)
    else:
        yield from ((one.actor, other.actor) for one in each.sources for other in each.sources if one is not other)


def with_proposals(read: list[Settled], proposed: list[Settled]) -> list[Settled]:
    """Both, less the one-sided readings of rules whose other side the classifier has found."""
    filled = {(each.act.type, each.sources[0].actor, each.act.head.sentence.index) for each in proposed}
    kept = [
        each
        for each in read
        if each.targets or len(each.sources) != 1
        or (each.act.type, each.sources[0].actor, each.act.head.sentence.index) not in filled
    ]  # fmt: skip
    return [*kept, *proposed]
