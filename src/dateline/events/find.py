"""From the acts of a report to its events: roles to actors, intention and negation, date, place, statement, evidence."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import Cast, Parse, Token
from ..language.clauses import prepositions
from ..records import (
    ActorId,
    ActorRef,
    Alternative,
    Event,
    EventId,
    EventObject,
    Evidence,
    Place,
    Report,
    Span,
    Statement,
    Timex,
    content_id,
)
from .acts import Act
from .companions import complete
from .confidence import confidence_of
from .contexts import contexts_of
from .dating import Clock, carrier, is_past
from .duties import duties
from .dyads import Judge
from .falling import fallen_on, falls
from .merging import merge_repeats
from .modality import condition_subjects, modality_of, negated_above, obliged
from .objects import objects_of
from .ontology import code_of, composed_modes, composition
from .operators import effective_kind
from .reading import Reader
from .rules import rulebook
from .stance import stance_of
from .weighing import Settled, Weigher, with_proposals

MAX_ALTERNATIVES = 4
_HOSTILE_TYPES = frozenset({"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST", "THREATEN"})
_ADDRESSED = frozenset({"REJECT", "THREATEN", "REQUEST"})
_PRONOUNS = frozenset({"PRP", "PRP$"})


def find_events(
    report: Report,
    parse: Parse,
    cast: Cast,
    statements: tuple[Statement, ...],
    times: tuple[Timex, ...],
    places: tuple[Place, ...],
    judge: Judge | None = None,
) -> tuple[Event, ...]:
    """The events of one report in text order, each with its evidence; the same act told twice is one event.

    With a ``judge`` every reading of the rules is weighed against the classifier's, and pairs are found that no rule reads.
    """
    reader = Reader(parse, cast, rulebook())
    cues = {
        token.index
        for statement in statements
        for cue in statement.cue
        for token in parse.tokens_in(cue.start, cue.end)
    }
    clock = Clock(report, parse, times, places, cues)
    finder = _Finder(report, parse, reader, clock, statements, times, places)
    acts = [act for sentence in parse.sentences for act in reader.sentence_acts(sentence)]
    acts = [*acts, *complete(acts, reader), *duties(parse, statements, reader, acts)]
    settled = [each for act in acts if (each := finder.settle(act))]
    if judge is not None:
        weigher = Weigher(parse, reader, judge, cues, places)
        read = weigher.weigh(settled)
        settled = with_proposals(read, list(weigher.propose(settled)))
    return merge_repeats([finder.written(each) for each in settled])


class _Finder:
    def __init__(
        self,
        report: Report,
        parse: Parse,
        reader: Reader,
        clock: Clock,
        statements: tuple[Statement, ...],
        times: tuple[Timex, ...],
        places: tuple[Place, ...],
    ) -> None:
        self.times = times
        self.places = places
        self.report = report
        self.parse = parse
        self.reader = reader
        self.clock = clock
        self.statements = statements

    def settle(self, act: Act) -> Settled | None:
        """The act with its parties and modality decided; ``None`` where nobody takes part in it."""
        sources = self._refs(act.sources)
        statement = carrier(self.statements, act.head.start, act.head.end)
        if act.spoken and not sources and statement is not None:
            sources = list(statement.speakers)
        if act.spoken and not sources:
            return None
        demanded = self._demand(act, sources, statement)
        if demanded:
            sources, act.targets = demanded, act.sources
        else:
            self._decide_modality(act, sources, statement)
        targets = self._refs(act.targets)
        if not targets and act.type in _ADDRESSED:
            targets = self._refs(condition_subjects(act.head))
        targets = [ref for ref in targets if ref.actor not in {each.actor for each in sources}]
        if not targets and falls(act, bool(sources)) and not (act.reciprocal and len(sources) > 1):
            targets = fallen_on(act, self.parse, self.reader.cast, self.clock, self.places)
        if not sources and not targets:
            return None
        if act.jointly and self._countries(sources) > 1:
            act.type, act.modes, act.cameo = act.jointly, (), None
        if act.nominal and act.operators and act.inner is None and not sources and "investigate" not in act.operators:
            return None  # a bare "threat" or "charge" of nobody
        confidence = confidence_of(act, bool(sources), bool(targets), act.head.sentence.section)
        return Settled(act, sources, targets, confidence, self._alternatives(act))

    def written(self, settled: Settled) -> Event:
        """The event of an act whose parties and modality are decided."""
        act, sources, targets = settled.act, settled.sources, settled.targets
        statement = carrier(self.statements, act.head.start, act.head.end)
        date, timex, date_reason = self.clock.date_of(act)
        modality = act.modality
        if modality == "asserted" and is_past(date, self.report.published):
            modality = "historical"
        taken = {token.index for token in (*act.sources, *act.targets)}
        place, place_token, place_reason = self.clock.place_of(act, taken)
        coding = code_of(act.type, act.modes, act.cameo)
        trigger = self._trigger(act)
        sentence = act.head.sentence
        return Event(
            id=EventId(
                content_id(
                    "e", self.report.id, act.type, act.modes, trigger.start, trigger.end, _ids(sources), _ids(targets)
                )
            ),
            type=act.type,
            modes=act.modes,
            contexts=contexts_of(act, sentence),
            cameo=coding.cameo,
            quad=coding.quad,
            score=coding.score,
            score_scale=coding.scale,
            trigger=trigger,
            sentence=self.parse.span(sentence.start, sentence.end),
            source_actors=tuple(sources),
            target_actors=tuple(targets),
            objects=self._objects(act, targets),
            place=place.id if place else None,
            place_reason=place_reason,
            date=date,
            date_reason=date_reason,
            negated=act.negated,
            modality=modality,
            statement=statement.id if statement else None,
            attribution=_attribution(statement),
            stance=stance_of(statement.act) if statement else "asserts",
            evidence=self._evidence(act, sources, targets, timex, place_token, statement),
            found_by=act.chain,
            confidence=settled.confidence,
            alternatives=settled.alternatives[:MAX_ALTERNATIVES],
        )

    def _objects(self, act: Act, targets: list[ActorRef]) -> tuple[EventObject, ...]:
        """The things the act was done with or to; time words in a slot ("on Monday") and places that are targets are none."""
        taken = {(ref.start, ref.end) for ref in targets}
        return tuple(
            each
            for each in objects_of(self.parse, act)
            if not any(time.start < each.end and each.start < time.end for time in self.times)
            and ((each.start, each.end) not in taken or each.quantity is not None)
        )

    def _refs(self, tokens: Iterable[Token]) -> list[ActorRef]:
        found: dict[ActorId, ActorRef] = {}
        for token in tokens:
            for each in self._parties(token):
                for ref in self.reader.refer(each):
                    found.setdefault(ref.actor, self._named(ref, each))
        return list(found.values())

    def _parties(self, token: Token) -> list[Token]:
        """Those a plural stands for: "the ministers of Turkey and Ukraine" are two parties, and nobody else is one noun."""
        if token.tag == "NNS":
            owners = prepositions(token).get("of", [])
            if len(owners) > 1 and all(self.reader.is_actor(each) for each in owners):
                return owners
        return [token]

    def _countries(self, refs: list[ActorRef]) -> int:
        return len(
            {actor.country or actor.code or actor.id for actor in (self.reader.cast.actor(ref.actor) for ref in refs)}
        )

    def _named(self, ref: ActorRef, token: Token) -> ActorRef:
        """For a pronoun the words that it points back to, when the same sentence holds them: "the army said it fired"."""
        if token.tag not in _PRONOUNS:
            return ref
        sentence = token.sentence
        for mention in self.reader.cast.actor(ref.actor).mentions:
            if sentence.start <= mention.start and mention.end <= token.start and mention.kind != "pronoun":
                return ActorRef(mention.start, mention.end, mention.text, ref.actor)
        return ref

    def _decide_modality(self, act: Act, sources: list[ActorRef], statement: Statement | None) -> None:
        modality, own_intention = modality_of(act.head)
        if (act.inner is None and not act.nominal) or act.operators in {("do",), ("attempt",)} or act.operators:
            act.negated = act.negated or negated_above(act.head)
        if modality == "asserted":
            return
        speaks_of_others = (
            statement is not None and bool(statement.speakers) and not self._same_side(sources, statement)
        )
        if own_intention and not act.static and not speaks_of_others and self._intend(act):
            return
        act.modality = modality

    def _demand(self, act: Act, sources: list[ActorRef], statement: Statement | None) -> list[ActorRef]:
        """Who demands the act, when a speaker says that another must do it; nobody otherwise."""
        if (
            statement is None
            or not statement.speakers
            or not sources
            or not obliged(act.head)
            or self._same_side(sources, statement)
        ):
            return []
        negated = act.negated or negated_above(act.head)
        held_back = negated and act.type in _HOSTILE_TYPES
        row = composition("demand", "RETREAT", ()) if held_back else composition("demand", act.type, act.modes)
        if row is None or (negated and not held_back):
            return []
        act.modes = composed_modes(row, "RETREAT" if held_back else act.type, () if held_back else act.modes)
        act.type, act.cameo, act.negated = row.type, None, False
        act.operators = (*act.operators, "demand")
        act.chain = (*act.chain, "operator.demand.auxiliary")
        return list(statement.speakers)

    def _same_side(self, sources: list[ActorRef], statement: Statement) -> bool:
        """The speaker speaks for the source: the same actor, the same country, or nobody else is named."""
        cast = self.reader.cast
        if not sources:
            return True
        said = [cast.actor(ref.actor) for ref in statement.speakers]
        done = [cast.actor(ref.actor) for ref in sources]
        return any(a.id == b.id or (a.country or a.code) == (b.country or b.code) for a in said for b in done)

    def _intend(self, act: Act) -> bool:
        """ "will meet" is AGREE, "will not meet" REJECT, "will bomb" THREATEN; False when the act has no such form."""
        kind, _ = effective_kind("intend", act, False)
        row = composition(kind, act.type, act.modes)
        if row is None:
            return False
        if act.negated and kind == "intend":
            return False  # "will not bomb": the act stays, negated and in the future
        act.modes = composed_modes(row, act.type, act.modes)
        act.type, act.cameo, act.negated = row.type, None, False
        act.operators = (*act.operators, kind)
        act.chain = (*act.chain, f"operator.{kind}.auxiliary")
        return True

    def _trigger(self, act: Act) -> Span:
        """The outermost predicate with what belongs to it, cut to the words that stand together."""
        own = sorted(act.trigger, key=lambda token: token.index)
        kept = [act.head]
        for token in own:
            if abs(token.index - act.head.index) <= 3 and token is not act.head:
                kept.append(token)
        return self.parse.span_of(kept)

    def _evidence(
        self, act: Act, sources: list[ActorRef], targets: list[ActorRef], timex: Timex | None, place: Token | None,
        statement: Statement | None,
    ) -> tuple[Evidence, ...]:  # fmt: skip
        text = self.parse.text
        found: list[Evidence] = []

        def add(start: int, end: int, role: str) -> None:
            item = Evidence(start, end, text[start:end], role)  # type: ignore[arg-type]
            if item not in found:
                found.append(item)

        for token in sorted({*act.trigger, *act.cues}, key=lambda each: each.index):
            add(token.start, token.end, "trigger")
        for ref in sources:
            add(ref.start, ref.end, "source")
        for ref in targets:
            add(ref.start, ref.end, "target")
        for role, tokens in (("source", act.sources), ("target", act.targets)):
            for token in tokens:
                if token.tag in _PRONOUNS:
                    add(token.start, token.end, role)
        if timex is not None:
            add(timex.start, timex.end, "date")
        if place is not None:
            add(place.start, place.end, "place")
        for cue in statement.cue if statement else ():
            add(cue.start, cue.end, "cue")
        return tuple(found)

    def _alternatives(self, act: Act) -> tuple[Alternative, ...]:
        lost = self.reader.alternatives.get(act.head.index, [])
        found: dict[tuple[str, tuple[str, ...]], Alternative] = {}
        for other in lost:
            if other.type == act.type and other.modes == act.modes:
                continue
            weight = confidence_of(other, bool(other.sources), bool(other.targets), act.head.sentence.section)
            found.setdefault((other.type, other.chain), Alternative(other.type, weight, other.chain))
        return tuple(sorted(found.values(), key=lambda each: -each.confidence)[:MAX_ALTERNATIVES])


def _ids(refs: list[ActorRef]) -> str:
    return ",".join(sorted(ref.actor for ref in refs))


def _attribution(statement: Statement | None) -> tuple[ActorId, ...]:
    if statement is None:
        return ()
    return tuple(dict.fromkeys([*(ref.actor for ref in statement.speakers), *statement.relayed_by]))
