"""``dateline rejections``: what could not be coded."""

from __future__ import annotations

from typing import Annotated

import typer

from .listing import field, id_column, list_rows
from .options import ContainsOption, FormatOption, LimitOption, StoreOption, chosen


def rejections(
    stage: Annotated[
        list[str] | None, typer.Option("--stage", help="Where it failed: intake, report, coding or store.")
    ] = None,
    contains: ContainsOption = None,
    output: FormatOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
) -> None:
    """List the inputs that ingest could not code, each with the reason and what to do about it.

    \b
    dateline rejections --stage intake
    dateline rejections --format csv > rejected.csv
    """
    from ..store import Filters, queries

    filters = Filters(stage=chosen(stage), contains=contains)
    list_rows(lambda: queries.rejections(filters), _COLUMNS, noun="rejections", store=store, output=output, limit=limit)


_COLUMNS = (id_column(), field("stage"), field("name", heading="input"), field("message", heading="why"))
