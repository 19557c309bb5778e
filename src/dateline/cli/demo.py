"""``dateline demo``: the whole job on sample reports that come along."""

from __future__ import annotations

import hashlib
import os
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ConfigError
from ..records import RawItem, Record
from ..settings import Settings
from .options import FastOption, LeastConfidenceOption, ModelOption
from .terminal import page, say

if TYPE_CHECKING:
    from ..store import Library

DEMO_STORE = "dateline-demo.db"
# Which records are shown in full, counted from 0; the second sample is a reprint of the first. The store holds all.
_SHOWN = (0, 2)


def demo(
    store: Annotated[
        Path | None, typer.Option("--store", help=f"Where to store the samples. Default: {DEMO_STORE} here.")
    ] = None,
    model: ModelOption = None,
    fast: FastOption = False,
    min_confidence: LeastConfidenceOption = 0.0,
) -> None:
    """Code the sample reports that come with dateline, store them, show the result and what to try next.

    \b
    dateline demo
    """
    from ..store import Filters, Store, open_library, queries
    from .coding import Coding, code_items
    from .events import COLUMNS
    from .ingest import Tally, write_all
    from .listing import print_rows
    from .options import RowFormat
    from .record_page import print_record

    path = store or _demo_store()
    items = list(read_samples())
    say(f"Coding {len(items)} sample reports; the language model takes a second or two to load.")
    coding = Coding(model=model or Settings.from_environment().model, fast=fast, min_confidence=min_confidence)
    results = list(code_items(items, coding))
    tally = Tally()
    with Store.open(path) as opened:
        write_all(opened, results, tally, lambda _: None)
        aside = opened.set_aside()
    console = page()
    for position in _SHOWN:
        if position < len(results) and isinstance(record := results[position], Record):
            print_record(console, record)
    with open_library(path) as library:
        console.rule("All events of the sample reports that the reports themselves assert")
        print_rows(
            library,
            queries.events(Filters(standing=("asserted",))),
            COLUMNS,
            noun="events",
            output=RowFormat.TABLE,
            limit=12,
        )
        console.print()
        console.print(_next_steps(library, path))
    say(tally.summary(str(path), aside))


def read_samples() -> Iterator[RawItem]:
    """The sample reports, in the order of their index."""
    folder = files("dateline") / "samples"
    index: list[dict[str, Any]] = tomllib.loads((folder / "index.toml").read_text(encoding="utf-8"))["sample"]
    if not index:
        raise ConfigError("the samples that come with dateline are missing; install dateline again")
    for entry in index:
        raw = (folder / entry["file"]).read_bytes()
        yield RawItem(
            name=f"sample {entry['file']}",
            kind=entry["kind"],
            content=raw.decode("utf-8"),
            raw_sha256=hashlib.sha256(raw).hexdigest(),
            external_id=f"sample/{entry['file']}",
            url=entry.get("url"),
            outlet=entry.get("outlet"),
            published=entry.get("published"),
            published_from="given" if entry.get("published") else None,
        )


def _demo_store() -> Path:
    """A file here or, where this folder cannot be written to, in a new temporary folder."""
    if os.access(Path.cwd(), os.W_OK):
        return Path(DEMO_STORE)
    return Path(tempfile.mkdtemp(prefix="dateline-")) / DEMO_STORE


def _next_steps(library: Library, path: Path) -> str:
    """Commands that work on this store, with ids and codes that are in it."""
    from ..store import Filters, queries

    commands = []
    event = next(library.rows(queries.events(Filters()), 1), None)
    if event is not None:
        commands.append(f"dateline explain {event['id']} --store {path}")
        code = next((code.split()[0] for code in event["source_codes"] if code), None)
        commands.append(f"dateline events {f'--source {code} ' if code else ''}--store {path}")
    commands.append(f"dateline events --denied --store {path}")
    statement = next(library.rows(queries.statements(Filters()), 1), None)
    if statement is not None:
        commands.append(f"dateline explain {statement['id']} --store {path}")
    commands += [
        f"dateline statements --format csv --store {path}",
        "dateline code FILE --published 2024-03-28",
        "dateline ingest FOLDER --store news.db",
    ]
    return "What to try next:\n" + "\n".join(f"  {command}" for command in commands)
