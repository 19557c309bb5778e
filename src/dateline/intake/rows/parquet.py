"""Parquet files (``pip install "dateline[parquet]"``): row group by row group, and only the columns with known names."""

from __future__ import annotations

from ..formats import Input, Items
from .apart import read_apart


def read_parquet(source: Input) -> Items:
    """A report for each row that holds one; a rejection, naming file and row, for each that does not."""
    return read_apart(source, "parquet")
