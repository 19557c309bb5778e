"""``dateline doctor``: what is installed, what works, what is missing and how to mend it."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typer

from .. import __version__
from ..errors import DatelineError
from ..settings import Settings
from .options import ModelOption, StoreOption
from .terminal import visible

_PACKAGES = (
    *("spacy", "ahocorasick-rs", "trafilatura", "resiliparse", "lxml", "brotli", "protego"),
    *("onnxruntime", "tokenizers", "sqlalchemy", "alembic", "pydantic", "typer", "rich"),
)
# What only some inputs need.
_EXTRAS = {"pyarrow": ("Parquet and Arrow files", 'pip install "dateline[parquet]"')}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what to do if it is not."""

    state: Literal["ok", "note", "fault"]
    about: str
    words: str
    mend: str | None = None


def doctor(store: StoreOption = None, model: ModelOption = None) -> None:
    """Look at versions, language model, rules and store; say what is missing and how to mend it.

    Ends with 0 if dateline can work and 1 if something that it needs is broken.

    \b
    dateline doctor --store news.db
    """
    settings = Settings.from_environment()
    location = settings.store_at(store)
    faults = 0
    for look in (_versions, _rules, lambda: _model(model or settings.model), lambda: _store(location)):
        for finding in _safely(look):
            faults += finding.state == "fault"
            typer.echo(visible(f"{finding.state:<6}{finding.about:<10}{finding.words}"))
            if finding.mend:
                typer.echo(visible(f"{'':<16}mend: {finding.mend}"))
    typer.echo("dateline can work." if not faults else f"{faults} fault{'' if faults == 1 else 's'} to mend.")
    if faults:
        raise typer.Exit(1)


def _safely(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a look finds. Whatever breaks in it is a finding too: that is what this command is for."""
    try:
        yield from look()
    except DatelineError as error:
        yield Finding("fault", "", " ".join(str(error).split()))
    except Exception as error:
        yield Finding(
            "fault",
            "",
            f"{type(error).__name__}: {error}",
            "install dateline again: pip install --force-reinstall dateline",
        )


def _versions() -> Iterator[Finding]:
    from importlib import metadata

    yield Finding("ok", "dateline", __version__)
    yield Finding("ok", "python", platform.python_version())
    yield Finding("ok", "sqlite", sqlite3.sqlite_version)
    for name in _PACKAGES:
        try:
            yield Finding("ok", "package", f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding("fault", "package", f"{name} is not installed", f"pip install {name}")
    for name, (use, mend) in _EXTRAS.items():
        try:
            yield Finding("ok", "package", f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding("note", "package", f"{name} is not installed; only {use} need it", mend)


def _rules() -> Iterator[Finding]:
    from ..rulefiles import rules_digest, rules_root

    root = rules_root()
    if not root.is_dir():
        yield Finding(
            "fault",
            "rules",
            "the rule files are missing",
            "install dateline again: pip install --force-reinstall dateline",
        )
        return
    folders = {
        entry.name: _count_files(entry) for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("_")
    }
    counts = ", ".join(f"{name} {count}" for name, count in sorted(folders.items()))
    yield Finding("ok", "rules", f"digest {rules_digest()[:12]}; files: {counts}")


def _count_files(folder: object) -> int:
    total = 0
    for entry in folder.iterdir():  # type: ignore[attr-defined]
        total += _count_files(entry) if entry.is_dir() else entry.name.endswith((".toml", ".tsv", ".pack", ".filter"))
    return total


def _model(name: str | None) -> Iterator[Finding]:
    """Whether the model loads and the whole pipeline codes a sentence."""
    from .coding import Coding, load_coder

    record = load_coder(Coding(model=name)).code(
        "Norway sent 200 soldiers to Latvia on Monday.", published="2024-03-06"
    )
    yield Finding("ok", "model", record.provenance.pipeline)
    if record.events:
        yield Finding("ok", "coding", f"a test sentence gave {', '.join(event.type for event in record.events)}")
    else:
        yield Finding(
            "note", "coding", "a test sentence gave no event", "try another --model, or install dateline again"
        )


def _store(location: str) -> Iterator[Finding]:
    from ..store import Filters, open_library, queries
    from ..store.versions import SCHEMA_VERSION

    path = Path(location)
    if not path.exists():
        folder = path.absolute().parent
        if folder.is_dir() and os.access(folder, os.W_OK):
            yield Finding("note", "store", f"none at {path} yet", f"dateline ingest FILE… --store {path} makes it")
        else:
            yield Finding("fault", "store", f"{folder} cannot be written to", "give another file with --store")
        return
    with open_library(path) as library:
        counts = [
            (query.__name__, library.count(query(Filters())))
            for query in (queries.reports, queries.events, queries.rejections)
        ]
    words = ", ".join(f"{count:,} {noun}" for noun, count in counts)
    yield Finding("ok", "store", f"{path}: tables version {SCHEMA_VERSION}; {words}")
    if not os.access(path, os.W_OK):
        yield Finding(
            "note",
            "store",
            f"{path} is read-only: queries work, ingest does not",
            "give another file with --store to ingest",
        )
