"""The frozen records that pass between stages and out of the program, one JSON object per report.

A span is a half-open range ``[start, end)`` of Unicode code points into ``Report.text``;
``report.text[start:end]`` is always the quoted ``text``::

    text  = "Moscow. Russia says it will stay."
    span  = Span(8, 14, "Russia")
    assert text[span.start:span.end] == span.text

``None`` means "absent"; where a reader would ask why, a sibling ``*_reason`` says so.
``Record.to_dict`` and ``Record.from_dict`` round-trip exactly.
"""

from __future__ import annotations

import hashlib
import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NewType, Self, Union, get_args, get_origin, get_type_hints

SCHEMA_VERSION = "1.1"

ReportId = NewType("ReportId", str)
ActorId = NewType("ActorId", str)
EventId = NewType("EventId", str)
StatementId = NewType("StatementId", str)
TimexId = NewType("TimexId", str)
PlaceId = NewType("PlaceId", str)

MentionKind = Literal["name", "nominal", "pronoun", "metonym"]
StatementKind = Literal["direct", "indirect", "mixed"]
Modality = Literal["asserted", "future", "hypothetical", "historical"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["point", "city", "admin", "country"]
PublishedFrom = Literal["given", "page", "feed", "text"]
MarkField = Literal[
    "text",
    "headline",
    "author",
    "outlet",
    "agency",
    "published",
    "modified",
    "section",
    "url",
    "language",
    "origin",
    "enclosure",
    "dateline",
]
EvidenceRole = Literal["trigger", "source", "target", "place", "date", "cue"]


# The ``RawItem.format`` of a text that a program handed over: it was never bytes in a file.
HANDED_OVER = "given"


def content_id(prefix: str, *parts: object) -> str:
    """An id derived from content alone: the same parts give the same id on any machine."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"))
    return f"{prefix}_{digest.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points in the text of one report, with the words it quotes."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        return Span(start, end, text[start:end])


# -- what comes in ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """What one place of an input says about a report: its "published" is "Thu, 28 Mar 2019", says the "json-ld".

    ``words`` are those of the input; ``value`` is what they mean (dates as ISO 8601), ``None`` when they cannot be read.
    ``chosen`` says that the report's own field was taken from here; the other marks stay, so that a disagreement shows.
    """

    field: MarkField
    words: str
    value: str | None
    found_in: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One input before it is read as a report: its decoded content and what the input said of it.

    ``name`` is how a person would point to it ("reports.jsonl line 12"); ``raw_sha256`` is of the bytes as they came,
    after packing and transfer encodings are taken off: a file, a line, the body of an archived response, a feed's entry.
    ``format`` is the reader that made it, ``charset`` the encoding its bytes were decoded from, ``captured`` when it was
    fetched or archived, ``version`` the revision that the input says it is, ``marks`` whatever else it says of the report.
    """

    name: str
    kind: Literal["text", "html"]
    content: str
    raw_sha256: str
    external_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    format: str = "text"
    charset: str | None = None
    captured: str | None = None
    version: str | None = None
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """An input that could not be coded: which, at what stage, and why, with what to do about it."""

    name: str
    stage: str
    error: str
    message: str
    raw_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """An article that its outlet took back: cancelled in a wire feed, or gone (404, 410) from where it stood.

    What was coded from it stays in the store, marked, and out of the default views. ``at`` is when this became known,
    ``article`` the id that its reports have, as far as the address or the id tells it.
    """

    name: str
    reason: str
    url: str | None = None
    external_id: str | None = None
    outlet: str | None = None
    at: str | None = None
    article: str | None = None


# -- the report ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dateline(Span):
    """The place-and-date line that opens a report: "MOSCOW, March 28 (Agency) —"."""

    place: PlaceId | None = None
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Residue(Span):
    """Left-over page furniture; nothing is coded from it."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """How the text came from the raw bytes, so that it can be derived from them again.

    ``source`` is where the bytes were, ``format`` the reader, ``charset`` the encoding they were decoded from (``None``
    for formats that fix it), ``extractor`` and ``extractor_version`` what took the text out, ``captured`` when the bytes
    were fetched or archived, if the input says so.
    """

    source: str
    format: str
    charset: str | None
    extractor: str
    extractor_version: str
    captured: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One text from one outlet, fixed once; every span of the record points into ``text``.

    ``authors`` are people; an outlet or agency in a byline is in ``outlet`` or ``agency``. ``article`` is the same for all
    versions of an article (one address, or one id of one outlet) and ``None`` when the input names neither. ``version`` is
    what the input calls this one. ``marks`` is all that the input and the page say of the report, and where.
    """

    id: ReportId
    external_id: str | None
    url: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    published_from: PublishedFrom | None
    language: str
    text: str
    text_sha256: str
    raw_sha256: str
    headline: Span | None = None
    byline: Span | None = None
    dateline: Dateline | None = None
    captions: tuple[Span, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    residue: tuple[Residue, ...] = ()
    modified: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    canonical_url: str | None = None
    article: str | None = None
    version: str | None = None
    marks: tuple[Mark, ...] = ()
    capture: Capture | None = None


# -- findings --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """Words that name or point to an actor."""

    kind: MentionKind = "name"


@dataclass(frozen=True, slots=True)
class Actor:
    """One identity in one report, with every mention of it."""

    id: ActorId
    name: str
    country: str | None
    code: str | None
    sectors: tuple[str, ...]
    role: str | None
    known_as: str | None
    mentions: tuple[Mention, ...]
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorRef(Span):
    """The words that put an actor into a role of an event or statement."""

    actor: ActorId = ActorId("")


@dataclass(frozen=True, slots=True)
class EventObject(Span):
    """What an act was done with or to, when it is no actor: equipment, persons counted, money, territory."""

    kind: str = "other"
    quantity: float | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class EventDate:
    """A resolved date: a TIMEX3 value and the days (ISO 8601, both included) that it spans."""

    value: str | None
    earliest: str | None
    latest: str | None
    timex: TimexId | None


@dataclass(frozen=True, slots=True)
class Evidence(Span):
    """Words that support one field of an event."""

    role: EvidenceRole = "trigger"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A reading of the same words that lost, or was refused, with the rules behind it."""

    type: str
    confidence: float
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom: one PLOVER event with its evidence. ``confidence`` is in 0–1."""

    id: EventId
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str | None
    quad: str
    score: float | None
    score_scale: str
    trigger: Span
    sentence: Span
    source_actors: tuple[ActorRef, ...]
    target_actors: tuple[ActorRef, ...]
    objects: tuple[EventObject, ...]
    place: PlaceId | None
    place_reason: str | None
    date: EventDate | None
    date_reason: str | None
    negated: bool
    modality: Modality
    statement: StatementId | None
    attribution: tuple[ActorId, ...]
    stance: str
    evidence: tuple[Evidence, ...]
    found_by: tuple[str, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: who (speakers), the signalling words (cue), what is attributed (content)."""

    id: StatementId
    speakers: tuple[ActorRef, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: StatementKind
    act: str
    relayed_by: tuple[ActorId, ...]
    addressees: tuple[ActorId, ...]
    date: EventDate | None
    place: PlaceId | None
    found_by: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Span):
    """Time words with their TIMEX3 value and the days (ISO 8601, both included) that it spans."""

    id: TimexId
    type: TimexType
    value: str | None
    granularity: str
    earliest: str | None
    latest: str | None
    anchor: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A gazetteer entry that the words could have meant."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    population: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym and the gazetteer entry it was resolved to, or the reason why it was not."""

    id: PlaceId
    mentions: tuple[Span, ...]
    name: str
    geonames_id: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature: str | None
    precision: Precision | None
    reason: str | None
    candidates: tuple[PlaceCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What coded the report: versions, the digest of all rules, and when (aware UTC)."""

    dateline: str
    coding_version: str
    pipeline: str
    rules_sha256: str
    coded_at: str


@dataclass(frozen=True, slots=True)
class Record:
    """What dateline writes about one report."""

    schema_version: str
    report: Report
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    times: tuple[Timex, ...]
    places: tuple[Place, ...]
    provenance: Provenance
    warnings: tuple[str, ...] = ()
    uncoded_reason: str | None = None  # why nothing was looked for, e.g. a language that is not coded yet

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of RECORD form: plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = _to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """The record that ``to_dict`` gave; raises ``ValueError`` for an unknown or missing field."""
        record: Self = _from_plain(cls, plain, "record")
        return record


# -- plain form ------------------------------------------------------------------------------


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _field_types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _to_plain(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _to_plain(getattr(value, name)) for name in _field_names(value.__class__)}
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    return value


def _from_plain(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (option for option in get_args(kind) if option is not type(None))
        return _from_plain(kind, value, where)
    if origin is tuple:
        item = get_args(kind)[0]
        return tuple(_from_plain(item, each, f"{where}[{index}]") for index, each in enumerate(value))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _field_types(kind)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            wrong = sorted(value.keys() ^ hints.keys()) if isinstance(value, dict) else value
            raise ValueError(f"{where} is not a {kind.__name__}: unknown or missing {wrong}")
        return kind(**{name: _from_plain(hint, value[name], f"{where}.{name}") for name, hint in hints.items()})
    return value
