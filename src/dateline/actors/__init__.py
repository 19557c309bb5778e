"""Mentions → actors: who is named, described or pointed to in a report, with country, PLOVER code and sectors."""

from __future__ import annotations

from ..language.parse import Parse
from ..records import Report
from .casting import Casting
from .lexicon import load_lexicon
from .report_cast import ReportCast

__all__ = ["ReportCast", "find_actors"]


def find_actors(report: Report, parse: Parse) -> ReportCast:
    """Every actor of the report with all its mentions, and what each noun phrase refers to.

    A state by its bare name ("Russia says") has no sector: it is the state as a whole. Its government, capital or
    palace as an actor ("Washington", "the Kremlin", "the Russian government") has GOV.
    """
    return Casting(report, parse, load_lexicon()).run()
