"""Arrow files and streams, also called Feather and IPC (``pip install "dateline[parquet]"``): batch by batch, known columns only."""

from __future__ import annotations

from ..formats import Input, Items
from .apart import read_apart


def read_arrow(source: Input) -> Items:
    """A report for each row that holds one; a rejection, naming file and row, for each that does not."""
    return read_apart(source, "arrow")
