"""From attributions to statements: actors, dates and places looked up, ids given."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.cast import Cast
from ..language.clauses import RELATIVE_PRONOUNS
from ..language.parse import Parse, Token
from ..records import (
    ActorId,
    ActorRef,
    EventDate,
    Place,
    PlaceId,
    Report,
    Span,
    Statement,
    StatementId,
    Timex,
    content_id,
)
from .attributions import Attribution, Scene
from .content import is_mark, kind_of
from .speakers import is_time_of_act, phrase

_PLACING = frozenset({"in", "at", "from"})
# How often a statement found this way was right (content and speaker each at least half) in PolNeAR's training part,
# rounded to .05 (November 2026): clause .75, before .91, inside .73, quote .66, adjunct .80, colon .44, hearsay .25 …
CONFIDENCE = {
    "clause": 0.75, "before": 0.9, "inside": 0.75, "quote": 0.65, "adjunct": 0.8, "colon": 0.45, "hearsay": 0.5,
    "obj": 0.5, "inf": 0.55, "small": 0.6, "obj+as": 0.65, "obj+inf": 0.6, "obj+for": 0.75, "obj+of": 0.8,
    "on+inf": 0.9, "pass+inf": 0.7, "pass+of": 0.75, "pass+clause": 0.65, "noun": 0.4, "adjective": 0.45,
}  # fmt: skip
OTHER_CONFIDENCE = 0.5
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
MAX_DEPTH = 4  # "He said, “I said, ‘I …’”": how far first persons are followed outwards
ALONE_PENALTY = 0.2  # taken off when nobody is named as speaker


class Settings:
    """The times and places of a report, found by where they stand."""

    def __init__(self, times: Sequence[Timex], places: Sequence[Place]) -> None:
        self.times = sorted(times, key=lambda timex: timex.start)
        self.places = sorted((mention.start, mention.end, place.id) for place in places for mention in place.mentions)

    def date(self, attribution: Attribution) -> EventDate | None:
        """The date that hangs on the cue: "said on Thursday"."""
        ranges = _circumstances(attribution)
        for timex in self.times if ranges else ():
            if timex.type in {"DATE", "TIME"} and any(low <= timex.start and timex.end <= high for low, high in ranges):
                return EventDate(timex.value, timex.earliest, timex.latest, timex.id)
        return None

    def place(self, attribution: Attribution) -> PlaceId | None:
        """The place that hangs on the cue: "told reporters in Geneva"."""
        ranges = _circumstances(attribution, _PLACING)
        for start, end, place in self.places if ranges else ():
            if any(low <= start and end <= high for low, high in ranges):
                return place
        return None


def _circumstances(attribution: Attribution, prepositions: frozenset[str] | None = None) -> list[tuple[int, int]]:
    """Ranges of the adverbials of the cue word that are not content."""
    ranges = []
    if attribution.frame == "adjunct":
        return []
    word = attribution.word
    hung_on_speaker = [
        child
        for head in attribution.speakers
        if head.index > word.index
        for child in head.children
        if is_time_of_act(child, head)
    ]
    for child in [*word.children, *hung_on_speaker]:
        fits = (
            child.dep == "prep" and child.lower in prepositions
            if prepositions
            else child.dep in {"prep", "npadvmod", "advmod", "nmod"} or child in hung_on_speaker
        )
        if not fits:
            continue
        words = child.subtree()
        start, end = words[0].start, words[-1].end
        if not any(low < end and start < high for low, high in attribution.content):
            ranges.append((start, end))
    return ranges


class Builder:
    """Turns the attributions of one report into statements."""

    def __init__(self, report: Report, parse: Parse, cast: Cast, scene: Scene, settings: Settings) -> None:
        self._report = report
        self._parse = parse
        self._cast = cast
        self._quoted = scene.quoted
        self._settings = settings
        self._all = list(scene.found.values())

    def build(self, attribution: Attribution) -> Statement | None:
        """The statement of one attribution; ``None`` when no content is left."""
        content = tuple(self._parse.span(start, end) for start, end in sorted(attribution.content) if start < end)
        if not content:
            return None
        speakers = tuple(ref for head in attribution.speakers for ref in self._speaker(head, attribution.word))
        cue = tuple(_joined(self._parse, attribution.cue))
        confidence = CONFIDENCE.get(attribution.frame, OTHER_CONFIDENCE) - (0 if speakers else ALONE_PENALTY)
        spans = ((span.start, span.end) for span in (*cue, *content, *speakers))
        return Statement(
            id=StatementId(content_id("s", self._report.id, "statement", *spans)),
            speakers=speakers,
            cue=cue,
            content=content,
            kind=kind_of(self._parse.text, [(span.start, span.end) for span in content], self._quoted),
            act=attribution.act,
            relayed_by=self._actors(attribution.relays),
            addressees=self._actors(attribution.addressees),
            date=self._settings.date(attribution),
            place=self._settings.place(attribution),
            found_by=(attribution.rule, *dict.fromkeys(attribution.rules)),
            confidence=round(confidence, 2),
        )

    def _speaker(self, head: Token, cue: Token) -> list[ActorRef]:
        """The actor behind a speaker's words, with the whole noun phrase as its span."""
        span = self._parse.span_of(_unbroken(phrase(head, cue), head))
        return [ActorRef(span.start, span.end, span.text, actor) for actor in self._actors([head])[:1]]

    def _actors(self, heads: Sequence[Token], depth: int = 0) -> tuple[ActorId, ...]:
        found: dict[ActorId, None] = {}
        for head in heads:
            referred = [ref.actor for ref in self._cast.refer(head)]
            if not referred and depth < MAX_DEPTH:
                referred = list(self._actors(self._stands_for(head), depth + 1))
            found.update(dict.fromkeys(referred))
        return tuple(found)

    def _stands_for(self, head: Token) -> list[Token]:
        """Whom "who" or, inside somebody's words, "I" and "we" stand for, when the cast does not say."""
        if head.lower in RELATIVE_PRONOUNS:
            clause = next((above for above in head.ancestors() if above.dep == "relcl"), None)
            return [clause.head] if clause is not None else []
        if head.lower not in FIRST_PERSON:
            return []
        holders = [each for each in self._all if any(start <= head.start < end for start, end in each.content)]
        holders = [each for each in holders if head not in each.speakers]
        return (
            min(holders, key=lambda each: sum(end - start for start, end in each.content)).speakers if holders else []
        )


def _unbroken(words: list[Token], head: Token) -> list[Token]:
    """The part of a phrase around its head that no other word interrupts."""
    while words and not any(character.isalnum() for character in words[-1].text):
        words.pop()
    kept = {word.index for word in words} | {head.index}
    low = high = head.index
    tokens, base = head.sentence.tokens, head.sentence.tokens[0].index
    while low - 1 in kept or (low - 2 in kept and is_mark(tokens[low - 1 - base])):
        low -= 1
    while high + 1 in kept or (high + 2 in kept and is_mark(tokens[high + 1 - base])):
        high += 1
    return [word for word in words if low <= word.index <= high] or [head]


def _joined(parse: Parse, words: Sequence[Token]) -> list[Span]:
    """One span for each run of neighbouring words."""
    spans: list[Span] = []
    run: list[Token] = []
    for word in sorted({word.index: word for word in words}.values(), key=lambda each: each.index):
        if run and word.index != run[-1].index + 1:
            spans.append(parse.span_of(run))
            run = []
        run.append(word)
    if run:
        spans.append(parse.span_of(run))
    return spans
