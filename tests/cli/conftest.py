"""A coder that needs no model, and a way to run commands with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.cli.coding import Coding
from dateline.errors import IntakeError
from dateline.records import (
    Actor,
    ActorId,
    ActorRef,
    Alternative,
    Capture,
    Event,
    EventDate,
    Evidence,
    Mention,
    Provenance,
    RawItem,
    Record,
    Rejection,
    Report,
    ReportId,
    Residue,
    Retraction,
    Span,
    Statement,
    StatementId,
    Timex,
    TimexId,
    content_id,
)

Run = Callable[..., Any]


class StandInCoder:
    """Codes "X sent Y to Z" and "X said" by eye.

    Anything with "unreadable" in it cannot be coded; what begins with "Nein" is in a language that is not coded.
    """

    def __init__(self, coding: Coding) -> None:
        self.pipeline = "stand-in 1" if coding.fast else "stand-in 1, judge 1"

    def code(self, text: str, *, published: str | None = None) -> Record:
        return self.code_item(RawItem(name="text", kind="text", content=text, raw_sha256=text, published=published))

    def pipe_items(
        self, items: Iterable[RawItem | Rejection | Retraction], batch_size: int = 32
    ) -> Iterator[Record | Rejection | Retraction]:
        for item in items:
            if not isinstance(item, RawItem):
                yield item
                continue
            try:
                yield self.code_item(item)
            except IntakeError as error:
                yield Rejection(
                    name=item.name, stage="report", error="IntakeError", message=str(error), raw_sha256=item.raw_sha256
                )

    def code_item(self, item: RawItem) -> Record:
        text = item.content
        if "unreadable" in text:
            raise IntakeError(f"{item.name} cannot be read: it says so; give another")
        key = content_id("r", text, item.outlet, item.external_id)
        sentence = Span.of(text, 0, len(text.rstrip()))
        report = Report(
            id=ReportId(key),
            external_id=item.external_id,
            url=item.url,
            outlet=item.outlet,
            agency=None,
            published=item.published,
            published_from="given" if item.published else None,
            language="en",
            text=text,
            text_sha256="t",
            raw_sha256=item.raw_sha256,
            paragraphs=(sentence,),
            residue=tuple(Residue(at, at + 5, "Share", "share bar") for at in [text.find("Share")] if at >= 0),
            article=item.url,
            version=item.version,
            modified=next((mark.value for mark in item.marks if mark.field == "modified"), None),
            marks=item.marks,
            capture=Capture(item.name, item.format, item.charset, "text", "1", item.captured),
        )
        if text.startswith("Nein"):
            made = Provenance("0.1.0", "1", self.pipeline, "abc", datetime.now(UTC).isoformat())
            return Record("1.1", report, (), (), (), (), (), made, (), "the text is in German (de)")
        actors, refs = self._actors(text, key)
        times = self._times(text, key)
        provenance = Provenance("0.1.0", "1", self.pipeline, "abc", datetime.now(UTC).isoformat())
        statements = self._statements(text, key, refs)
        events = self._events(text, key, sentence, refs, times, statements)
        return Record("1.1", report, actors, events, statements, times, (), provenance)

    def _actors(self, text: str, key: str) -> tuple[tuple[Actor, ...], dict[str, ActorRef]]:
        names = {"Norway": "NOR", "Latvia": "LVA", "Holm": None}
        actors, refs = [], {}
        for name, country in names.items():
            if (at := text.find(name)) >= 0:
                actor = ActorId(content_id("a", key, name))
                mention = Mention(at, at + len(name), name, "name")
                actors.append(Actor(actor, name, country, None, ("GOV",), None, None, (mention,), ("lexicon",)))
                refs[name] = ActorRef(at, at + len(name), name, actor)
        return tuple(actors), refs

    def _times(self, text: str, key: str) -> tuple[Timex, ...]:
        at = text.find("Monday")
        if at < 0:
            return ()
        day = "2024-03-04"
        return (
            Timex(
                *(at, at + 6, "Monday"),
                **{"id": TimexId(content_id("t", key, at)), "type": "DATE", "value": day, "granularity": "day"},
                **{"earliest": day, "latest": day, "anchor": "published", "reason": None},
            ),
        )

    def _statements(self, text: str, key: str, refs: dict[str, ActorRef]) -> tuple[Statement, ...]:
        at = text.find("said")
        if at < 0 or "Holm" not in refs:
            return ()
        cue = Span.of(text, at, at + 4)
        content = Span.of(text, 0, max(text.find(","), 1))
        said = StatementId(content_id("s", key, at))
        speaker = (refs["Holm"],)
        return (
            Statement(said, speaker, (cue,), (content,), "indirect", "say", (), (), None, None, ("cue.say",), 0.97),
        )

    def _events(self, text, key, sentence, refs, times, statements) -> tuple[Event, ...]:
        at = text.find("sent ")
        if at < 0:
            return ()
        trigger = Span.of(text, at, at + 4)
        date = EventDate(times[0].value, times[0].earliest, times[0].latest, times[0].id) if times else None
        return (
            Event(
                *(content_id("e", key, at), "MOBILIZE", ("troops",), ("military",), "155", "material_conflict", -6.5),
                *("plover-2024", trigger, sentence),
                *(tuple(refs[name] for name in ("Norway",) if name in refs),),
                *(tuple(refs[name] for name in ("Latvia",) if name in refs), ()),
                *(None, "no place in the sentence", date, None if date else "no date in the text"),
                *("not" in text.split(), "future" if "will" in text else "asserted"),
                *(
                    statements[0].id if statements else None,
                    tuple(ref.actor for ref in statements[0].speakers) if statements else (),
                ),
                *(
                    "asserts",
                    (Evidence(trigger.start, trigger.end, trigger.text, "trigger"),),
                    ("en.mobilize.send",),
                    0.93,
                ),
                *((Alternative("AID", 0.31, ("en.aid.send",)),),),
            ),
        )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``run("code", "a.txt")``: the command's result, in an empty folder and without a model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr("dateline.cli.coding.load_coder", StandInCoder)

    def command(*arguments: str, **options: object) -> Any:
        return CliRunner().invoke(app, [str(each) for each in arguments], **options)

    return command


REPORTS = {
    "one.txt": "Norway sent 200 soldiers to Latvia on Monday, Holm said.\nShare",
    "two.txt": "Norway will have sent ships to Latvia.",
    "three.txt": "Norway has not sent money to Latvia.",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three small reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
