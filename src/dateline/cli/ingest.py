"""``dateline ingest``: reports into the store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..records import Record, Rejection, Retraction
from ..settings import Settings
from .options import (
    CapturesOption,
    ContactOption,
    ExtractorName,
    ExtractorOption,
    FastOption,
    FetchOption,
    FieldOption,
    InputFormat,
    InputFormatOption,
    LeastConfidenceOption,
    ModelOption,
    OutletNameOption,
    PublishedOption,
    SourcesArgument,
    StoreOption,
    StrictOption,
)
from .terminal import counted, refusal, say
from .wording import REJECTED

if TYPE_CHECKING:
    from ..store import SetAside, Store

# Records written in one transaction. A kill loses at most these, and the next run codes them again.
_WRITTEN_AT_ONCE = 64
# Rejections told one by one before the summary and "dateline rejections" have to do.
_REJECTIONS_TOLD = 20
# Formats whose files hold one report each.
_ONE_EACH = frozenset({"eml", "html", "mhtml", "text"})


def ingest(
    sources: SourcesArgument,
    store: StoreOption = None,
    input_format: InputFormatOption = InputFormat.AUTO,
    published: PublishedOption = None,
    outlet: OutletNameOption = None,
    named: FieldOption = None,
    fetch: FetchOption = False,
    captures: CapturesOption = None,
    contact: ContactOption = None,
    extractor: ExtractorOption = ExtractorName.PRECISE,
    model: ModelOption = None,
    fast: FastOption = False,
    min_confidence: LeastConfidenceOption = 0.0,
    strict: StrictOption = False,
) -> None:
    """Code reports into a database. Running it again changes nothing; a report coded otherwise replaces its old rows.

    An input that cannot be coded is stored as a rejection with the reason, and the others are still done. It may be
    stopped at any time and run again; other commands may read the database meanwhile.

    \b
    dateline ingest reports/ --store news.db
    dateline ingest export.csv --field text=Body --outlet "Harbour Wire"
    dateline ingest CC-NEWS.warc.gz --extractor fast
    dateline ingest feed.xml --fetch --captures kept.warc.gz
    zcat dump.jsonl.gz | dateline ingest - --input-format jsonl
    """
    from ..store import Store
    from .coding import Coding, Reading, code_items, read_sources

    settings = Settings.from_environment()
    location = settings.store_at(store)
    reading = Reading(
        input_format=input_format,
        published=published,
        outlet=outlet,
        fields=named,
        fetch=fetch,
        captures=captures,
        contact=contact or settings.contact,
    )
    coding = Coding(model=model or settings.model, extractor=extractor, fast=fast, min_confidence=min_confidence)
    items = read_sources(sources, reading)
    tally = Tally()
    with Store.open(location) as opened:
        try:
            with progress(sources, input_format) as advance:
                write_all(opened, code_items(items, coding), tally, advance)
        finally:
            say(tally.summary(location, opened.set_aside()))
    if strict and tally.rejections:
        raise typer.Exit(1)


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    reports: int = 0
    changed: int = 0
    unchanged: int = 0
    events: int = 0
    statements: int = 0
    retractions: int = 0
    uncoded: Counter[str] = field(default_factory=Counter)
    rejections: Counter[tuple[str, str]] = field(default_factory=Counter)

    def summary(self, location: str, aside: SetAside) -> str:
        """The counts for a person: reports and findings, what was not coded and why, then rejections by stage and kind."""
        rejected = sum(self.rejections.values())
        coded = self.reports - self.uncoded.total()
        # A report that comes twice in one batch is written once, and counts as neither changed nor unchanged.
        twice = self.reports - self.changed - self.unchanged
        repeated = f", {twice:,} given more than once" if twice else ""
        lines = [
            f"Coded {counted(coded, 'report')}: {counted(self.events, 'event')}, "
            f"{counted(self.statements, 'statement')}; {rejected:,} rejected.",
            f"Store {location}: {counted(self.changed, 'report')} new or changed, {self.unchanged:,} as before{repeated}.",
        ]
        lines += [f"  {count:,} not coded: {reason}" for reason, count in sorted(self.uncoded.items())]
        if self.retractions:
            lines.append(f"  {counted(self.retractions, 'retraction')} read.")
        if aside.older or aside.retracted:
            lines.append(
                f"  The store holds {counted(aside.older, 'older version')} of articles and "
                f"{counted(aside.retracted, 'retracted report')}; --all-versions lists them too."
            )
        lines += [
            f"  {count:,} rejected at {stage}: {REJECTED.get(error, error)}"
            for (stage, error), count in sorted(self.rejections.items())
        ]
        if rejected:
            lines.append(f"See why with: dateline rejections --store {location}")
        return "\n".join(lines)


def write_all(
    store: Store, results: Iterable[Record | Rejection | Retraction], tally: Tally, advance: Callable[[int], None]
) -> None:
    """Writes all results, batch by batch, and counts them."""
    stream = iter(results)
    while batch := list(islice(stream, _WRITTEN_AT_ONCE)):
        records = [each for each in batch if isinstance(each, Record)]
        refusals = [each for each in batch if isinstance(each, Rejection)]
        taken_back = [each for each in batch if isinstance(each, Retraction)]
        written = store.write(records, refusals, taken_back)
        refusals += written.refused
        tally.retractions += len(taken_back)
        tally.uncoded.update(record.uncoded_reason for record in records if record.uncoded_reason)
        tally.reports += len(records) - len(written.refused)
        tally.changed += written.changed
        tally.unchanged += written.unchanged
        tally.events += sum(len(record.events) for record in records)
        tally.statements += sum(len(record.statements) for record in records)
        for rejection in refusals:
            told = sum(tally.rejections.values())
            if told < _REJECTIONS_TOLD:
                say(refusal(rejection))
            elif told == _REJECTIONS_TOLD:
                say("dateline: more inputs were rejected; they are all stored.")
            tally.rejections[rejection.stage, rejection.error] += 1
        advance(len(batch))


@contextmanager
def progress(sources: list[str], input_format: InputFormat) -> Iterator[Callable[[int], None]]:
    """A bar on standard error with the rate and the time left, if a person is watching."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("coding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=count_items(sources, input_format), rate="")

        def advance(count: int) -> None:
            bar.advance(task, count)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, rate=f"{speed:.1f} reports/s" if speed else "")

        yield advance


def count_items(sources: list[str], input_format: InputFormat) -> int | None:
    """About how many reports there are: files of one each, and lines of JSON Lines; ``None`` when it cannot be told cheaply."""
    total = 0
    for source in sources:
        if source == "-" or "://" in source:
            return None
        path = Path(source)
        files = (file for file in path.rglob("*") if not file.name.startswith(".")) if path.is_dir() else [path]
        for file in files:
            count = _count_in(file, input_format, given=file is path)
            if count is None:
                return None
            total += count
    return total


def _count_in(file: Path, input_format: InputFormat, *, given: bool) -> int | None:
    """The reports in a file by its name: ``None`` for one that may hold any number. ``given`` is false in a folder."""
    from ..intake.sniffing import PACKED_SUFFIXES, SUFFIXES

    suffix = file.suffix.lower()
    named = SUFFIXES.get(suffix)
    if not file.is_file() or (not given and named is None and suffix not in PACKED_SUFFIXES):
        return 0
    kind = named if input_format is InputFormat.AUTO else input_format.value
    if suffix in PACKED_SUFFIXES or suffix == ".mbox":
        return None
    return _count_lines(file) if kind == "jsonl" else 1 if kind in _ONE_EACH else None


def _count_lines(path: Path) -> int:
    count, last = 0, b"\n"
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return 1
    return count + (last != b"\n")
