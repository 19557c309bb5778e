"""Records for the tests of the store: one written by hand, and any that hypothesis thinks of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.records import (
    Actor,
    ActorId,
    ActorRef,
    Alternative,
    Dateline,
    Event,
    EventDate,
    EventId,
    EventObject,
    Evidence,
    Mention,
    Place,
    PlaceCandidate,
    PlaceId,
    Provenance,
    Record,
    Report,
    ReportId,
    Residue,
    Span,
    Statement,
    StatementId,
    Timex,
    TimexId,
)
from dateline.store import Store

MakeRecord = Callable[..., Record]
PROVENANCE = Provenance("0.1.0", "1", "model 1.0", "abc", "2024-03-09T10:00:00Z")


class _Words:
    """Spans of a text by the words they quote."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, words: str, into: type[Span] = Span, /, **fields: Any) -> Any:
        start = self._text.index(words)
        return into(start=start, end=start + len(words), text=words, **fields)


def build_record(
    number: int = 1,
    *,
    published: str | None = "2024-03-08",
    outlet: str | None = "Harbour Wire",
    coded_at: str = PROVENANCE.coded_at,
    dated: bool = True,
    statement: bool = True,
    **event_fields: Any,
) -> Record:
    """A record with one of everything. ``number`` makes the report another one."""
    text = f"OSLO. Norway sent 200 soldiers to Latvia on Monday, the defence minister Kari Holm said. Number {number}.\nShare this"
    span = _Words(text)
    norway, latvia, holm = (ActorId(f"a_{number:04}{letter}") for letter in "nlh")
    place, timex, said = PlaceId(f"p_{number:04}"), TimexId(f"t_{number:04}"), StatementId(f"s_{number:04}")
    date = EventDate("2024-03-04", "2024-03-04", "2024-03-04", timex) if dated else None
    event = {
        "id": EventId(f"e_{number:04}"),
        "type": "MOBILIZE",
        "modes": ("troops",),
        "contexts": ("military",),
        "cameo": "155",
        "quad": "material_conflict",
        "score": -6.5,
        "score_scale": "plover-2024",
        "trigger": span("sent"),
        "sentence": span(
            f"Norway sent 200 soldiers to Latvia on Monday, the defence minister Kari Holm said. Number {number}."
        ),
        "source_actors": (span("Norway", ActorRef, actor=norway),),
        "target_actors": (span("Latvia", ActorRef, actor=latvia),),
        "objects": (span("200 soldiers", EventObject, kind="persons", quantity=200.0, approximate=False),),
        "place": place,
        "place_reason": None,
        "date": date,
        "date_reason": None if dated else "no date in the text",
        "negated": False,
        "modality": "asserted",
        "statement": said if statement else None,
        "attribution": (holm,) if statement else (),
        "stance": "asserts",
        "evidence": (span("sent", Evidence, role="trigger"), span("Monday", Evidence, role="date")),
        "found_by": ("en.mobilize.send", "en.second"),
        "confidence": 0.93,
        "alternatives": (Alternative("AID", 0.31, ("en.aid.send",)),),
    }
    event.update(event_fields)
    actors = (
        Actor(
            norway, "Norway", "NOR", None, ("GOV",), None, "nor", (span("Norway", Mention, kind="name"),), ("lexicon",)
        ),
        Actor(latvia, "Latvia", "LVA", None, (), None, "lva", (span("Latvia", Mention, kind="name"),), ("lexicon",)),
        Actor(
            *(holm, "Kari Holm", "NOR", None, ("GOV", "MIL"), "defence minister", None),
            (span("Kari Holm", Mention, kind="name"), span("minister", Mention, kind="nominal")),
            ("title", "apposition"),
        ),
    )
    saying = Statement(
        *(said, (span("Kari Holm", ActorRef, actor=holm),), (span("said"),), (span("Norway sent 200 soldiers"),)),
        *("indirect", "say", (latvia,), (norway,), date, place, ("cue.say",), 0.97),
    )
    report = Report(
        id=ReportId(f"r_{number:04}"),
        external_id=f"input-{number}",
        url=None,
        outlet=outlet,
        agency="AFP",
        published=published,
        published_from="given" if published else None,
        language="en",
        text=text,
        text_sha256="t",
        raw_sha256=f"raw{number}",
        headline=span("Norway sent"),
        byline=None,
        dateline=span("OSLO.", Dateline, place=place, date=None, agency=None),
        captions=(span("Latvia on Monday"),),
        paragraphs=(span("Norway sent 200 soldiers"), span("Number")),
        residue=(span("Share this", Residue, reason="share bar"),),
    )
    timexes = () if not dated else (
        span(
            *("Monday", Timex),
            **{"id": timex, "type": "DATE", "value": "2024-03-04", "granularity": "day", "anchor": "published"},
            **{"earliest": "2024-03-04", "latest": "2024-03-04", "reason": None},
        ),
    )  # fmt: skip
    oslo = Place(
        *(place, (span("OSLO"),), "Oslo", 3143244, 59.91, 10.75, "NOR", "Oslo", "PPLC", "city", "capital"),
        (PlaceCandidate(3143244, "Oslo", "NOR", None, 580000), PlaceCandidate(None, "Oslo", "USA", "Minnesota", None)),
    )
    provenance = Provenance(*("0.1.0", "1", "model 1.0", "abc", coded_at))
    found = (Event(**event),)
    return Record(
        "1.0", report, actors, found, (saying,) if statement else (), timexes, (oslo,), provenance, ("first", "second")
    )


@pytest.fixture(scope="session")
def make_record() -> MakeRecord:
    """``make_record(2, published=None)``: a whole record; see ``build_record``."""
    return build_record


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without rows, to be copied: making the tables takes longer than all that a test does with them."""
    path = tmp_path_factory.mktemp("empty") / "news.db"
    Store.open(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(shutil.copy(empty_store, tmp_path / "news.db")) as opened:
        yield opened
