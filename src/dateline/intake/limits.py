"""How much an input may cost. Everything from outside is hostile until it has been measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one input. A JSON Lines file may be of any length: it is read line by line."""

    text_bytes: int = 4_000_000  # a text file; a million characters of report are read in the pipeline, in any script
    html_bytes: int = 20_000_000  # a saved or fetched page
    line_bytes: int = 20_000_000  # one line of JSON Lines, which may hold a page
    fetch_seconds: float = 30.0  # a whole download, redirects included
    redirects: int = 5
