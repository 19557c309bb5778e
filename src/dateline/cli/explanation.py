"""The page of ``dateline explain``: one finding with everything that led to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..records import Actor, ActorRef, Event, EventDate, Place, Record, Span, Statement, Timex
from .highlight import Mark, event_marks, highlighted, legend, statement_marks
from .origin import Line, origin_lines, report_lines
from .record_page import event_line, print_record
from .terminal import print_wrapped, visible
from .wording import Phrases, when

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ..store.library import Standing

# Characters of the report shown on either side of words that stand in no coded sentence.
_AROUND = 160
_LABEL_WIDTH = 16


def print_explanation(console: Console, record: Record, table: str, key: str, standing: Standing) -> None:
    """Explains the finding with this id. ``table`` is where it is stored, ``standing`` whether its report still counts."""
    sheet = _Sheet(console, record)
    if table == "reports":
        sheet.title(f"Report {key}")
        sheet.lines(origin_lines(record, standing))
        sheet.lines(report_lines(record.report))
        print_record(console, record)
        return
    explain = _EXPLAIN[table]
    explain(sheet, key)
    sheet.lines(origin_lines(record, standing))


class _Sheet:
    """A page of labelled lines about one record."""

    def __init__(self, console: Console, record: Record) -> None:
        self.console = console
        self.record = record
        self.phrases = Phrases(record)

    def title(self, words: str) -> None:
        from rich.text import Text

        self.console.print()
        self.console.print(Text(visible(words), style="bold"))

    def lines(self, lines: Iterable[Line]) -> None:
        for label, words in lines:
            self.line(label, words)

    def line(self, label: str, words: str | Text | None) -> None:
        """One labelled line; nothing at all when there is nothing to say."""
        from rich.text import Text

        if not words:
            return
        text = Text(visible(words)) if isinstance(words, str) else words
        print_wrapped(self.console, text, first=f"{label:<{_LABEL_WIDTH}}", rest=" " * _LABEL_WIDTH)

    def passage(self, span: Span, marks: Iterable[Mark], label: str = "") -> None:
        self.line(label, highlighted(self.console, self.record.report.text, span, marks))

    def around(self, span: Span) -> Span:
        """The words with some of what stands around them, whole words only and within their paragraph."""
        text = self.record.report.text
        start = max(span.start - _AROUND, text.rfind("\n", 0, span.start) + 1, 0)
        stop = text.find("\n", span.end)
        end = min(span.end + _AROUND, len(text) if stop < 0 else stop)
        if start and not text[start - 1].isspace():
            start = min((text.find(" ", start, span.start) + 1) or span.start, span.start)
        if end < len(text) and not text[end].isspace():
            end = max(text.rfind(" ", span.end, end), span.end)
        return Span.of(text, start, end)


def _where(span: Span) -> str:
    return f"“{span.text}” [{span.start}, {span.end})"


def _explain_event(sheet: _Sheet, key: str) -> None:
    event = next(each for each in sheet.record.events if each.id == key)
    sheet.title(f"Event {event.id}")
    sheet.line("", event_line(event, sheet.phrases))
    sheet.passage(event.sentence, event_marks(event, sheet.record), "sentence")
    sheet.line("", legend(sheet.console, ("source", "act", "target", "object", "place", "date", "cue")))
    _explain_coding(sheet, event)
    for role, refs in (("source actor", event.source_actors), ("target actor", event.target_actors)):
        for ref in refs:
            sheet.line(role, _role(sheet, ref))
            sheet.line("", _resolution(sheet, sheet.phrases.actor(ref.actor)))
        if not refs:
            sheet.line(role, "none: the words connect no actor to this role")
    for each in event.objects:
        count = "" if each.quantity is None else f", {'about ' if each.approximate else ''}{each.quantity:g}"
        sheet.line("object", f"{_where(each)}: {each.kind}{count}")
    _explain_date(sheet, event.date, event.date_reason)
    _explain_event_place(sheet, event)
    _explain_standing(sheet, event)
    for evidence in event.evidence:
        sheet.line("evidence", f"{evidence.role}: {_where(evidence)}")
    for other in event.alternatives:
        sheet.line("refused", f"{other.type} at {other.confidence:.2f}, by {', '.join(other.found_by) or 'no rule'}")
    if not event.alternatives:
        sheet.line("refused", "no other reading was in play")


def _explain_coding(sheet: _Sheet, event: Event) -> None:
    sheet.line("found by", ", ".join(event.found_by))
    sheet.line("trigger", _where(event.trigger))
    contexts = f"; contexts {', '.join(event.contexts)}" if event.contexts else ""
    modes = f", mode {', '.join(event.modes)}" if event.modes else ""
    sheet.line("type", f"{event.type}{modes}{contexts}")
    score = "none" if event.score is None else f"{event.score:+.1f}"
    sheet.line("scales", f"CAMEO {event.cameo or 'none'}; {event.quad}; score {score} ({event.score_scale})")
    sheet.line("confidence", f"{event.confidence:.2f}")


def _explain_standing(sheet: _Sheet, event: Event) -> None:
    sheet.line(
        "standing", f"{'negated, ' if event.negated else ''}{event.modality}; the nearest speaker {event.stance} it"
    )
    statement = sheet.phrases.statement(event.statement)
    if statement is None:
        sheet.line("carried by", "the report's own words")
        return
    speakers = sheet.phrases.parties([ref.actor for ref in statement.speakers]) or "a speaker who is not named"
    sheet.line("carried by", f"statement {statement.id}: {speakers}, {statement.act}")
    sheet.line("vouched for by", sheet.phrases.said_by(event))


def _role(sheet: _Sheet, ref: ActorRef) -> str:
    return f"{_where(ref)} → {sheet.phrases.name(ref.actor)} {ref.actor}"


def _resolution(sheet: _Sheet, actor: Actor | None) -> str | None:
    """How the words were taken for this actor."""
    if actor is None:
        return None
    known = f"known as {actor.known_as}; " if actor.known_as else ""
    role = f"{actor.role}; " if actor.role else ""
    words = ", ".join(dict.fromkeys(f"“{mention.text}” ({mention.kind})" for mention in actor.mentions[:6]))
    more = f" and {len(actor.mentions) - 6} more" if len(actor.mentions) > 6 else ""
    return f"{role}{known}by {', '.join(actor.found_by) or 'no rule'}; mentioned as {words}{more}"


def _explain_date(sheet: _Sheet, date: EventDate | None, reason: str | None) -> None:
    sheet.line("date", when(date) or f"none: {reason or 'no reason was given'}")
    if date is None:
        return
    sheet.line("", reason)
    for timex in sheet.record.times:
        if timex.id == date.timex:
            sheet.line("", f"from {_timex(timex)}")


def _timex(timex: Timex) -> str:
    counted = f", counted from: {timex.anchor}" if timex.anchor else ""
    reason = f" ({timex.reason})" if timex.reason else ""
    return f"{_where(timex)}, a {timex.type} of granularity {timex.granularity}, value {timex.value or 'none'}{counted}{reason}"


def _explain_event_place(sheet: _Sheet, event: Event) -> None:
    place = sheet.phrases.place(event.place)
    if place is None:
        sheet.line("place", f"none: {event.place_reason or 'no reason was given'}")
        return
    sheet.line("place", f"{sheet.phrases.where(place.id)} {place.id}")
    sheet.line("", event.place_reason)
    _explain_resolution(sheet, place)


def _explain_resolution(sheet: _Sheet, place: Place) -> None:
    """Which gazetteer entry a place is, why, and which others its name could have meant."""
    if place.lat is not None and place.lon is not None:
        entry = f"GeoNames {place.geonames_id}" if place.geonames_id else "no gazetteer id"
        parts = (entry, place.feature, f"{place.lat:.4f} {place.lon:.4f}", place.precision, place.admin1, place.country)
        sheet.line("entry", ", ".join(part for part in parts if part))
    sheet.line("reason", place.reason)
    for candidate in place.candidates[:8]:
        people = f", {candidate.population:,} people" if candidate.population else ""
        where = ", ".join(part for part in (candidate.admin1, candidate.country) if part)
        sheet.line("candidate", f"{candidate.name}, {where}{people} (GeoNames {candidate.geonames_id or 'none'})")
    if len(place.candidates) > 8:
        sheet.line("", f"and {len(place.candidates) - 8} more candidates")


def _explain_statement(sheet: _Sheet, key: str) -> None:
    statement: Statement = next(each for each in sheet.record.statements if each.id == key)
    sheet.title(f"Statement {statement.id}")
    spans = (*statement.speakers, *statement.cue, *statement.content)
    if spans:
        whole = Span(min(each.start for each in spans), max(each.end for each in spans), "")
        content = [Mark(span.start, span.end, "content") for span in statement.content]
        sheet.passage(sheet.around(whole), [*content, *statement_marks(statement)], "words")
        sheet.line("", legend(sheet.console, ("speaker", "cue")))
    sheet.line("found by", ", ".join(statement.found_by))
    sheet.line("act", f"{statement.act}, {statement.kind}; confidence {statement.confidence:.2f}")
    for ref in statement.speakers:
        sheet.line("speaker", _role(sheet, ref))
        sheet.line("", _resolution(sheet, sheet.phrases.actor(ref.actor)))
    if not statement.speakers:
        sheet.line("speaker", "none: the words name nobody")
    for label, keys in (("relayed by", statement.relayed_by), ("addressee", statement.addressees)):
        for actor in keys:
            sheet.line(label, f"{sheet.phrases.name(actor)} {actor}")
    for label, found in (("cue", statement.cue), ("content", statement.content)):
        for span in found:
            sheet.line(label, _where(span))
    if statement.date:
        _explain_date(sheet, statement.date, None)
    sheet.line("place", sheet.phrases.where(statement.place))
    for event in sheet.record.events:
        if event.statement == key:
            sheet.line("carries", event_line(event, sheet.phrases).append(f"  {event.id}", style="dim"))


def _explain_actor(sheet: _Sheet, key: str) -> None:
    actor: Actor = next(each for each in sheet.record.actors if each.id == key)
    sheet.title(f"Actor {actor.id}: {sheet.phrases.name(actor.id)}")
    sheet.line("country, code", ", ".join(part for part in (actor.country, actor.code) if part) or "none")
    sheet.line("sectors", ", ".join(actor.sectors) or "none")
    sheet.line("role", actor.role)
    sheet.line("lexicon entry", actor.known_as or "none")
    sheet.line("found by", ", ".join(actor.found_by))
    for mention in actor.mentions:
        role = Mark(mention.start, mention.end, "source")
        sheet.passage(sheet.around(mention), [role], mention.kind)
    for event in sheet.record.events:
        if any(ref.actor == key for ref in (*event.source_actors, *event.target_actors)):
            sheet.line("event", event_line(event, sheet.phrases).append(f"  {event.id}", style="dim"))
    for statement in sheet.record.statements:
        if any(ref.actor == key for ref in statement.speakers):
            sheet.line("says", f"{statement.act}, {statement.kind}  {statement.id}")


def _explain_place(sheet: _Sheet, key: str) -> None:
    place: Place = next(each for each in sheet.record.places if each.id == key)
    sheet.title(f"Place {place.id}: {sheet.phrases.where(place.id)}")
    _explain_resolution(sheet, place)
    for mention in place.mentions:
        sheet.passage(sheet.around(mention), [Mark(mention.start, mention.end, "place")], "mention")
    for event in sheet.record.events:
        if event.place == key:
            sheet.line("event", event_line(event, sheet.phrases).append(f"  {event.id}", style="dim"))


def _explain_time(sheet: _Sheet, key: str) -> None:
    timex: Timex = next(each for each in sheet.record.times if each.id == key)
    sheet.title(f"Time {timex.id}")
    sheet.passage(sheet.around(timex), [Mark(timex.start, timex.end, "date")], "words")
    sheet.line("reading", _timex(timex))
    sheet.line("days", f"{timex.earliest or 'open'} to {timex.latest or 'open'}")
    sheet.line("published", sheet.record.report.published or "not known")


_EXPLAIN: dict[str, Callable[[_Sheet, str], None]] = {
    "events": _explain_event,
    "statements": _explain_statement,
    "actors": _explain_actor,
    "places": _explain_place,
    "times": _explain_time,
}
