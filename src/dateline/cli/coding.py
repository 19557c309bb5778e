"""From sources to records, for the commands that read reports. The language model loads with the first report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..records import RawItem, Record, Rejection, Retraction
from .options import ExtractorName, InputFormat

if TYPE_CHECKING:
    from ..pipeline import Coder

# Reports go to the parser together; larger batches were slower and took more memory.
BATCH_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How sources are read, as the options of a command say. ``fields`` are "text=Body" and the like."""

    input_format: InputFormat = InputFormat.AUTO
    published: str | None = None
    outlet: str | None = None
    fields: list[str] | None = None
    fetch: bool = False
    captures: Path | None = None
    contact: str | None = None
    archived_feeds: bool = False

    def named_fields(self) -> dict[str, str]:
        """The columns that the user named, by field."""
        pairs = (each.partition("=") for each in self.fields or ())
        return {name.strip(): column.strip() for name, _, column in pairs}


def read_sources(sources: Iterable[str], reading: Reading) -> Iterator[RawItem | Rejection | Retraction]:
    """The items of all sources, one source after the other."""
    from ..intake import read_source

    for source in sources:
        yield from read_source(
            source,
            input_format=reading.input_format.value,
            published=reading.published,
            outlet=reading.outlet,
            fields=reading.named_fields() or None,
            fetch_rows=reading.fetch,
            captures=reading.captures,
            contact=reading.contact,
            archived_feeds=reading.archived_feeds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How reports are coded, as the options of a command and the settings say."""

    model: str | None = None
    extractor: ExtractorName = ExtractorName.PRECISE
    fast: bool = False
    min_confidence: float = 0.0


def load_coder(coding: Coding) -> Coder:
    """The coder; imports spaCy, which takes a second or two."""
    import dateline

    return dateline.load(
        coding.model, fast=coding.fast, extractor=coding.extractor.value, min_confidence=coding.min_confidence
    )


def code_items(
    items: Iterable[RawItem | Rejection | Retraction], coding: Coding
) -> Iterator[Record | Rejection | Retraction]:
    """A record or a rejection for each item, in order; retractions as they are. Without a report no model is loaded."""
    coder: Coder | None = None
    stream = iter(items)
    while batch := list(islice(stream, BATCH_SIZE)):
        if coder is None and not any(isinstance(item, RawItem) for item in batch):
            yield from (item for item in batch if not isinstance(item, RawItem))
            continue
        coder = coder or load_coder(coding)
        yield from coder.pipe_items(batch, batch_size=BATCH_SIZE)
