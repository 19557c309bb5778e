"""From sources to records, for the commands that read reports. The language model loads with the first report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ..records import RawItem, Record, Rejection
from .options import InputFormat

if TYPE_CHECKING:
    from ..pipeline import Coder

# Reports go to the parser together; larger batches were slower and took more memory.
BATCH_SIZE = 32


def read_sources(
    sources: Iterable[str], *, input_format: InputFormat, published: str | None, outlet: str | None
) -> Iterator[RawItem | Rejection]:
    """The items of all sources, one source after the other."""
    from ..intake import read_source

    for source in sources:
        yield from read_source(source, input_format=input_format.value, published=published, outlet=outlet)


def load_coder(model: str | None) -> Coder:
    """The coder; imports spaCy, which takes a second or two."""
    import dateline

    return dateline.load(model)


def code_items(items: Iterable[RawItem | Rejection], model: str | None) -> Iterator[Record | Rejection]:
    """A record or a rejection for each item, in order. With nothing but rejections the model is never loaded."""
    coder: Coder | None = None
    stream = iter(items)
    while batch := list(islice(stream, BATCH_SIZE)):
        if coder is None and all(isinstance(item, Rejection) for item in batch):
            yield from (item for item in batch if isinstance(item, Rejection))
            continue
        coder = coder or load_coder(model)
        yield from coder.pipe_items(batch, batch_size=BATCH_SIZE)
