"""News reports in; events and attributed statements out, each with the words that say so.

>>> import dateline
>>> coder = dateline.load()
>>> record = coder.code("Turkey sent 200 soldiers to Somalia on Monday.", published="2024-03-06")
>>> record.events[0].type
'MOBILIZE'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import (
    ConfigError,
    CutOffError,
    DamagedError,
    DatelineError,
    FalseLengthError,
    FetchError,
    IntakeError,
    LockedError,
    ModelError,
    NoRecordError,
    RuleError,
    StoreError,
    TooMuchError,
)
from .records import Actor, Event, Place, Record, Rejection, Report, Retraction, Span, Statement, Timex

if TYPE_CHECKING:
    from .dyads import DyadType
    from .pipeline import Coder, load

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Coder",
    "ConfigError",
    "CutOffError",
    "DamagedError",
    "DatelineError",
    "DyadType",
    "Event",
    "FalseLengthError",
    "FetchError",
    "IntakeError",
    "LockedError",
    "ModelError",
    "NoRecordError",
    "Place",
    "Record",
    "Rejection",
    "Report",
    "Retraction",
    "RuleError",
    "Span",
    "Statement",
    "StoreError",
    "Timex",
    "TooMuchError",
    "load",
]


def __getattr__(name: str) -> Any:
    """The coder is imported on first use, so that ``import dateline`` and the command line's queries stay quick."""
    if name in {"Coder", "load"}:
        from . import pipeline

        return getattr(pipeline, name)
    if name == "DyadType":
        from .dyads import DyadType

        return DyadType
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
