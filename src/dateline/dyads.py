"""The types of what one given span does to another: what the rules read between just these two, weighed with the classifier."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import ConfigError
from .events import Judge, Range
from .events.dyads.combining import pool
from .language import Sentence
from .records import ActorId, ActorRef, Event, Record

# Confidences are given to this many places, and rounded down, so that they never sum to more than 1.
_PLACES = 4
_ROUND_OFF = 1e-6


@dataclass(frozen=True, slots=True)
class DyadType:
    """One type that the event between two spans may have. ``confidence`` is in 0–1; ``found_by`` as in an event."""

    type: str
    confidence: float
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadItem:
    """One pair that is asked about. ``name`` is how a person would point to it: "pairs.jsonl line 12"."""

    name: str
    text: str
    source: Range | None
    target: Range | None
    published: str | None = None
    external_id: str | int | None = None


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text as the rules alone code it, and where its sentences stand."""

    record: Record
    sentences: tuple[Range, ...]

    @classmethod
    def of(cls, record: Record, sentences: Iterable[Sentence]) -> CodedText:
        return cls(record, tuple((each.start, each.end) for each in sentences))


def check_spans(text: str, source: Range | None, target: Range | None) -> None:
    """Raises ``ConfigError`` that says which span is wrong, where, and why."""
    if source is None and target is None:
        raise ConfigError("source and target are both missing; give the (start, end) of at least one in the text")
    for name, span in (("source", source), ("target", target)):
        if span is not None:
            _check(text, name, span)
    if (
        source and target and tuple(source) == tuple(target)
    ):  # one inside the other is fine: "Iraqi" in "Iraqi fighters"
        words = [f"{start}–{end} ({text[start:end]!r})" for start, end in (source, target)]
        raise ConfigError(f"source {words[0]} and target {words[1]} are the same; give two spans")


def _check(text: str, name: str, span: Range) -> None:
    if not _is_range(span):
        raise ConfigError(f"{name} is {span!r:.60}; give (start, end), two whole numbers, or None")
    start, end = span
    if start > end:
        raise ConfigError(f"{name} {start}–{end} ends before it starts; give (start, end)")
    if not 0 <= start <= end <= len(text):
        raise ConfigError(f"{name} {start}–{end} is not in the text, which has {len(text):,} characters (code points)")
    if not text[start:end].strip():
        raise ConfigError(f"{name} {start}–{end} holds no words; give the first character and the one after the last")


def _is_range(span: object) -> bool:
    return isinstance(span, tuple | list) and len(span) == 2 and all(type(each) is int for each in span)


def rank(coded: CodedText, source: Range | None, target: Range | None, judge: Judge | None) -> tuple[DyadType, ...]:
    """The types from the most to the least probable; what their confidences lack to 1 is "no event"."""
    readings = _readings(coded, source, target)
    read = {kind: confidence for kind, (confidence, _) in readings.items()}
    if judge is None:
        chances = _at_most_one(read)
    else:
        start, end = _stretch(coded, source, target)
        shown = coded.record.report.text[start:end]
        chances = pool(judge.judge(shown, _moved(source, start), _moved(target, start)), read).types
    asked = (judge.name,) if judge else ()
    found = [
        DyadType(kind, confidence, (*(readings[kind][1] if kind in readings else ()), *asked))
        for kind, chance in chances.items()
        if (confidence := math.floor(chance * 10**_PLACES + _ROUND_OFF) / 10**_PLACES) > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.confidence, each.type)))


def _at_most_one(read: dict[str, float]) -> dict[str, float]:
    """Chances of readings that exclude each other: of independent ones, given that no two are right.

    A single reading keeps its confidence. Of 0.8 and 0.5 the first gets 0.67 and the second 0.17.
    """
    odds = {kind: confidence / (1 - confidence) for kind, confidence in read.items() if confidence < 1}
    total = 1 + sum(odds.values())
    return {kind: each / total for kind, each in odds.items()}


def _readings(coded: CodedText, source: Range | None, target: Range | None) -> dict[str, tuple[float, tuple[str, ...]]]:
    """For each type that the rules read between the two: the confidence of the surest reading, and the rules behind it."""
    found: dict[str, tuple[float, tuple[str, ...]]] = {}
    match = _Match(coded.record, _stretch(coded, source, target))
    for event in coded.record.events:
        if match.joins(event, source, target) and event.confidence > found.get(event.type, (0.0, ()))[0]:
            found[event.type] = (event.confidence, event.found_by)
    return found


class _Match:
    """Whether events join two spans: by the words in their roles, or by who those words are, in the sentences of the spans."""

    def __init__(self, record: Record, stretch: Range) -> None:
        self._mentions = {actor.id: actor.mentions for actor in record.actors}
        self._stretch = stretch

    def joins(self, event: Event, source: Range | None, target: Range | None) -> bool:
        """A side without a span is not asked about. Parties of a reciprocal event fill both sides, each one of them."""
        if event.target_actors or len(event.source_actors) < 2:
            return self._fits(event, "source", event.source_actors, source) and self._fits(
                event, "target", event.target_actors, target
            )
        parties = event.source_actors
        ones = {ref.actor for ref in parties if self._fits(event, "source", (ref,), source, alone=True)}
        others = {ref.actor for ref in parties if self._fits(event, "source", (ref,), target, alone=True)}
        return bool(ones and others) and len(ones | others) > 1

    def _fits(
        self, event: Event, role: str, refs: tuple[ActorRef, ...], span: Range | None, *, alone: bool = False
    ) -> bool:
        if span is None:
            return True
        if any(_overlap((ref.start, ref.end), span) for ref in refs):
            return True
        if not alone and any(each.role == role and _overlap((each.start, each.end), span) for each in event.evidence):
            return True
        near = _overlap((event.trigger.start, event.trigger.end), self._stretch)
        return near and any(self._stands_for(ref.actor, span) for ref in refs)

    def _stands_for(self, actor: ActorId, span: Range) -> bool:
        return any(_overlap((each.start, each.end), span) for each in self._mentions.get(actor, ()))


def _stretch(coded: CodedText, source: Range | None, target: Range | None) -> Range:
    """The sentences that hold the spans and what is between them: the classifier is asked about no more than it must see."""
    spans = [span for span in (source, target) if span is not None]
    touched = [each for each in coded.sentences if any(_overlap(each, span) for span in spans)]
    if not touched:
        return 0, len(coded.record.report.text)
    reach = [*touched, *spans]
    return min(start for start, _ in reach), max(end for _, end in reach)


def _moved(span: Range | None, by: int) -> Range | None:
    return None if span is None else (span[0] - by, span[1] - by)


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
