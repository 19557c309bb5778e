"""The database of records: tables, writing, reading, named queries.

Reading needs Python's own sqlite3 alone, so that a query answers at once; SQLAlchemy and Alembic load with ``Store``,
on the first use of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .library import Library, open_library
from .queries import Filters, Query

if TYPE_CHECKING:
    from .writing import SetAside, Store, Written

__all__ = ["Filters", "Library", "Query", "SetAside", "Store", "Written", "open_library"]


def __getattr__(name: str) -> object:
    if name in {"SetAside", "Store", "Written"}:
        from . import writing

        return getattr(writing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
