"""The stage order, readable as a table of contents, and the one place where a bad report becomes a rejection."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal, get_args

from . import __version__
from .actors import find_actors
from .dyads import CodedText, DyadItem, DyadType, check_spans, rank
from .errors import ConfigError, DatelineError, IntakeError, ModelError, RuleError
from .events import Judge, Range, find_events, load_classifier
from .intake import parse_published
from .language import Cast, Parse
from .language.model import Parser
from .places import find_places
from .records import (
    HANDED_OVER,
    SCHEMA_VERSION,
    Actor,
    ActorId,
    Event,
    Place,
    Provenance,
    RawItem,
    Record,
    Rejection,
    Report,
    Retraction,
    Statement,
)
from .report import article_id, build_report
from .rulefiles import rules_digest
from .statements import find_statements
from .times import find_times

log = logging.getLogger(__name__)

# Raised whenever the same report may give other findings; every row carries it.
CODING_VERSION = "2"
# Longer texts are books or dumps, not reports; they are rejected rather than cut.
MAX_REPORT_CHARACTERS = 1_000_000
# Languages with rules and a parser. A report in another one is kept whole and uncoded, for a pipeline to come.
CODED_LANGUAGES = frozenset({"en"})
# A text too short or too odd to tell is read as English, with a warning: better odd findings than a lost report.
UNDETERMINED = "und"

Extractor = Literal["precise", "fast"]


def _utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Coder:
    """Codes reports. Make one with ``dateline.load()`` and keep it: the language model is loaded once.

    ``judge`` is the event classifier; without one the rules decide alone. Events less sure than ``min_confidence`` are left
    out, and a warning of the record says how many. ``extractor`` takes the report out of web pages: "precise", or "fast" for
    archives of millions. ``clock`` gives ``provenance.coded_at``; nothing else depends on the time.
    """

    def __init__(
        self,
        parser: Parser,
        *,
        judge: Judge | None = None,
        extractor: Extractor = "precise",
        min_confidence: float = 0.0,
        clock: Callable[[], str] = _utc_now,
    ) -> None:
        if extractor not in get_args(Extractor):
            raise ConfigError(f"unknown extractor {extractor!r}; extractors are {', '.join(get_args(Extractor))}")
        if not 0 <= min_confidence <= 1:
            raise ConfigError(
                f"min_confidence is {min_confidence!r}; give a number from 0, which keeps all events, to 1"
            )
        self._parser = parser
        self._judge = judge
        self._extractor = extractor
        self._min_confidence = min_confidence
        self._clock = clock
        parts = (f"{parser.name} {parser.version}", judge.name if judge else "", _floor(min_confidence, "events from"))
        self._pipeline = ", ".join(part for part in parts if part)
        self._last_dyad: tuple[tuple[str, str | None], CodedText] | None = None

    def code(
        self,
        text: str,
        *,
        published: str | None = None,
        outlet: str | None = None,
        headline: str | None = None,
        url: str | None = None,
        external_id: str | None = None,
    ) -> Record:
        """The record of one plain-text report. ``published`` is an ISO 8601 date or date-time.

        Raises ``IntakeError`` for an empty or oversized text and ``ConfigError`` for a date that cannot be read.
        """
        return self.code_item(
            _text_item(
                "text", text, published=published, outlet=outlet, headline=headline, url=url, external_id=external_id
            )
        )

    def code_item(self, item: RawItem) -> Record:
        """The record of one raw item, as ``dateline.intake.read_source`` gives them; raises ``IntakeError``."""
        (result,) = self._code_batch([item], strict=True)
        assert isinstance(result, Record)  # strict raises for all else
        return result

    def code_dyad(
        self, text: str, source: Range | None, target: Range | None, *, published: str | None = None
    ) -> tuple[DyadType, ...]:
        """What ``text[source]`` does to ``text[target]``: types with confidences, the most probable first.

        Spans are half-open ranges of code points. A side that is ``None`` is not in the text. Confidences sum to at most 1;
        the rest is "no event". Without a classifier only types that a rule reads are there, perhaps none.
        Raises ``ConfigError`` for a wrong span or date and ``IntakeError`` for a text that cannot be coded.

        >>> coder.code_dyad("Turkey sent troops to Somalia.", (0, 6), (22, 29))[0].type
        'MOBILIZE'
        """
        check_spans(text, source, target)
        key = (text, published)
        if self._last_dyad is None or self._last_dyad[0] != key:  # callers ask about one pair of a text after the other
            self._last_dyad = (key, self._coded_text(_text_item("text", text, published=published)))
        return rank(self._last_dyad[1], source, target, self._judge)

    def pipe_dyads(
        self, items: Iterable[DyadItem | Rejection]
    ) -> Iterator[tuple[DyadItem, tuple[DyadType, ...]] | Rejection]:
        """Each pair with its types, or a rejection of it, in order; see ``code_dyad``. Rejections pass through."""
        for item in items:
            if isinstance(item, Rejection):
                yield item
                continue
            try:
                yield item, self.code_dyad(item.text, item.source, item.target, published=item.published)
            except (ModelError, RuleError):
                raise
            except Exception as error:
                yield _rejection(item.name, "coding", error, None)

    def _coded_text(self, item: RawItem) -> CodedText:
        """The text as the rules alone code it; the classifier is pooled with them afterwards, for the pair asked about."""
        report, warnings = _report_of(item, self._extractor)
        if not _is_coded(report):
            raise IntakeError(f"{item.name} cannot be coded: {_uncoded_reason(report)}")
        parse = self._parser.parse(report)
        coded = CodedText.of(self._record(report, parse, warnings, None, 0.0), parse.sentences)
        parse.release()
        return coded

    def pipe(self, reports: Iterable[str | Mapping[str, Any]], *, batch_size: int = 32) -> Iterator[Record]:
        """The records of many reports, in order. A report is a text, or a mapping with "text" and any of "id",
        "published", "headline", "url" and "outlet". Raises on the first bad one; use ``pipe_items`` to go on.
        """
        items = (_item_of(report, number) for number, report in enumerate(reports, start=1))
        for result in self.pipe_items(items, batch_size=batch_size, strict=True):
            if isinstance(result, Record):
                yield result

    def pipe_items(
        self, items: Iterable[RawItem | Rejection | Retraction], *, batch_size: int = 32, strict: bool = False
    ) -> Iterator[Record | Rejection | Retraction]:
        """A record or a rejection for each item, in order; retractions pass through. ``strict`` raises instead of rejecting."""
        stream = iter(items)
        while batch := list(islice(stream, batch_size)):
            yield from self._code_batch(batch, strict)

    def _code_batch(
        self, batch: list[RawItem | Rejection | Retraction], strict: bool
    ) -> Iterator[Record | Rejection | Retraction]:
        built: list[tuple[RawItem, Report, tuple[str, ...]] | Rejection | Retraction] = []
        for item in batch:
            if not isinstance(item, RawItem):
                built.append(_with_article(item) if isinstance(item, Retraction) else item)
                continue
            try:
                report, warnings = _report_of(item, self._extractor)
                built.append((item, report, warnings))
            except Exception as error:
                built.append(_rejected(item, "report", error, strict))
        parses = self._parser.parse_all(
            (entry[1] for entry in built if isinstance(entry, tuple) and _is_coded(entry[1])), batch_size=len(batch)
        )
        for entry in built:
            if not isinstance(entry, tuple):
                yield entry
                continue
            item, report, warnings = entry
            if not _is_coded(report):
                yield self._uncoded(report, warnings)
                continue
            parse = next(parses)
            try:
                result: Record | Rejection = self._record(report, parse, warnings, self._judge, self._min_confidence)
            except Exception as error:
                result = _rejected(item, "coding", error, strict)
            parse.release()
            yield result

    def _record(
        self, report: Report, parse: Parse, warnings: tuple[str, ...], judge: Judge | None, min_confidence: float
    ) -> Record:
        times = find_times(report, parse)
        places = find_places(report, parse)
        cast = find_actors(report, parse)
        statements = find_statements(report, parse, cast, times, places)
        found = find_events(report, parse, cast, statements, times, places, judge)
        events = tuple(event for event in found if event.confidence >= min_confidence)
        if left_out := len(found) - len(events):
            noun = "event" if left_out == 1 else "events"
            warnings = (*warnings, f"{left_out} {noun} {_floor(min_confidence, 'below --min-confidence')} left out")
        return Record(
            schema_version=SCHEMA_VERSION,
            report=_with_dateline_place(report, places),
            actors=_kept_actors(cast, events, statements),
            events=events,
            statements=statements,
            times=times,
            places=places,
            provenance=self._provenance(),
            warnings=warnings,
        )

    def _uncoded(self, report: Report, warnings: tuple[str, ...]) -> Record:
        """The record of a report in a language that is not coded yet: the report whole, and no finding."""
        return Record(
            schema_version=SCHEMA_VERSION,
            report=report,
            actors=(),
            events=(),
            statements=(),
            times=(),
            places=(),
            provenance=self._provenance(),
            warnings=warnings,
            uncoded_reason=_uncoded_reason(report),
        )

    def _provenance(self) -> Provenance:
        return Provenance(__version__, CODING_VERSION, self._pipeline, rules_digest(), self._clock())


def _is_coded(report: Report) -> bool:
    return report.language in CODED_LANGUAGES or report.language == UNDETERMINED


def _uncoded_reason(report: Report) -> str:
    return f"language {report.language}: only {', '.join(sorted(CODED_LANGUAGES))} is coded"


def _floor(least: float, words: str) -> str:
    """ "events from 0.60"; nothing for 0, which leaves out nothing."""
    return f"{words} {least:.2f}" if least == round(least, 2) > 0 else f"{words} {least!r}" if least else ""


def load(
    model: str | None = None, *, fast: bool = False, extractor: Extractor = "precise", min_confidence: float = 0.0
) -> Coder:
    """A coder with the default English model, or the installed spaCy pipeline that ``model`` names.

    ``fast`` codes by rules alone, without the event classifier. ``extractor`` takes the report out of web pages: "precise",
    or "fast", several times as fast and a little less exact. Events less sure than ``min_confidence`` are left out, with a
    warning. Raises ``ModelError`` when a model is not installed, ``RuleError`` when a rule file is wrong and ``ConfigError``
    for an argument that cannot be.
    """
    judge = None if fast else load_classifier()
    return Coder(Parser.load(model), judge=judge, extractor=extractor, min_confidence=min_confidence)


def _text_item(name: str, text: str, *, published: str | None, **fields: str | None) -> RawItem:
    given = None if published is None else parse_published(published)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return RawItem(
        name=name,
        kind="text",
        content=text,
        raw_sha256=digest,
        published=given,
        published_from=None if given is None else "given",
        format=HANDED_OVER,
        external_id=fields.get("external_id"),
        url=fields.get("url"),
        outlet=fields.get("outlet"),
        headline=fields.get("headline"),
    )


def _item_of(report: str | Mapping[str, Any], number: int) -> RawItem:
    name = f"report {number}"
    if isinstance(report, str):
        return _text_item(name, report, published=None)
    text = report.get("text")
    if not isinstance(text, str):
        raise ConfigError(f"{name} has no text: give a string, or a mapping with a string under 'text'")
    given = {
        key: None if report.get(key) is None else str(report[key])
        for key in ("published", "headline", "url", "outlet", "id")
    }
    return _text_item(name, text, external_id=given.pop("id"), **given)


def _report_of(item: RawItem, extractor: Extractor) -> tuple[Report, tuple[str, ...]]:
    report, warnings = build_report(item, extractor=extractor)
    if len(report.text) > MAX_REPORT_CHARACTERS:
        raise IntakeError(
            f"{item.name} holds {len(report.text):,} characters of text, more than the {MAX_REPORT_CHARACTERS:,} of one report; "
            "split it into reports, one a file or one a JSON line"
        )
    return report, item.warnings + warnings


def _with_article(retraction: Retraction) -> Retraction:
    """The retraction with the article that its address or id names, so that every way of writing the address fits."""
    article = article_id(retraction.url, None, retraction.outlet, retraction.external_id)
    return replace(retraction, article=retraction.article or article)


def _rejected(item: RawItem, stage: str, error: Exception, strict: bool) -> Rejection:
    if strict or isinstance(error, ConfigError | ModelError | RuleError):
        raise error  # a wrong rule or setting is no fault of the report: it stops the run
    return _rejection(item.name, stage, error, item.raw_sha256)


def _rejection(name: str, stage: str, error: Exception, raw_sha256: str | None) -> Rejection:
    if not isinstance(error, DatelineError):
        log.exception("%s could not be coded", name)
    message = (
        str(error) if isinstance(error, DatelineError) else f"a fault in dateline itself ({error}); please report it"
    )
    return Rejection(name=name, stage=stage, error=type(error).__name__, message=message, raw_sha256=raw_sha256)


def _with_dateline_place(report: Report, places: tuple[Place, ...]) -> Report:
    line = report.dateline
    if line is None:
        return report
    for place in places:
        if any(line.start <= mention.start < line.end for mention in place.mentions):
            return replace(report, dateline=replace(line, place=place.id))
    return report


def _kept_actors(cast: Cast, events: tuple[Event, ...], statements: tuple[Statement, ...]) -> tuple[Actor, ...]:
    """Named actors, and the unnamed ones that do, suffer or say something."""
    used: set[ActorId] = set()
    for event in events:
        used.update(ref.actor for ref in (*event.source_actors, *event.target_actors))
        used.update(event.attribution)
    for statement in statements:
        used.update(ref.actor for ref in statement.speakers)
        used.update((*statement.relayed_by, *statement.addressees))
    return tuple(actor for actor in cast.actors if actor.id in used or _named(actor))


def _named(actor: Actor) -> bool:
    return any(mention.kind in {"name", "metonym"} for mention in actor.mentions)
