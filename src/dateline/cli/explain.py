"""``dateline explain``: why a row is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..settings import Settings
from .options import StoreOption
from .terminal import fail, page

if TYPE_CHECKING:
    from ..store import Library
    from ..store.library import Found

_MATCHES_SHOWN = 6


def explain(
    row_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of any row, or enough of its beginning to be the only one.")
    ],
    store: StoreOption = None,
) -> None:
    """Show why a row is there: the words, the rules, how actors, date and place were found, and what was refused.

    Takes an event (e_…), statement (s_…), actor (a_…), place (p_…), time (t_…) or report (r_…).

    \b
    dateline explain e_1f3a5520
    """
    from ..store import open_library
    from .explanation import print_explanation

    with open_library(Settings.from_environment().store_at(store)) as library:
        found = _the_one(library, row_id)
        record = library.record(found.report)
        standing = library.standing(found.report)
    if record is None:
        fail(f"report {found.report} has gone from the store since; look again")
    print_explanation(page(), record, found.table, found.id, standing)


def _the_one(library: Library, row_id: str) -> Found:
    found = library.find(row_id, _MATCHES_SHOWN) if len(row_id) > 1 else []
    if not found:
        fail(
            f"no row of {library.location} has an id that begins with {row_id!r}.\n"
            "Ids stand in the first column of: dateline events, statements, actors, places, reports"
        )
    if len(found) > 1:
        some = ", ".join(each.id for each in found[:_MATCHES_SHOWN])
        fail(
            f"{row_id!r} begins more than one id: {some}{' …' if len(found) == _MATCHES_SHOWN else ''}\nGive more of it."
        )
    return found[0]
