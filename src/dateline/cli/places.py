"""``dateline places``: where things happen."""

from __future__ import annotations

from typing import Annotated

import typer

from .listing import Column, field, id_column, list_rows
from .options import (
    AllVersionsOption,
    ContainsOption,
    FormatOption,
    LimitOption,
    OutletOption,
    ReportOption,
    SinceOption,
    StoreOption,
    UntilOption,
    chosen,
)


def places(
    country: Annotated[
        list[str] | None, typer.Option("--country", help="ISO alpha-3 country code of the place.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    report: ReportOption = None,
    contains: ContainsOption = None,
    all_versions: AllVersionsOption = False,
    output: FormatOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
) -> None:
    """List places over all reports, those in most reports first. The id is that of one appearance.

    \b
    dateline places --country VEN
    dateline places --contains Georgia
    """
    from ..store import Filters, queries

    filters = Filters(
        country=chosen(country),
        since=since,
        until=until,
        outlet=chosen(outlet),
        report=chosen(report),
        contains=contains,
        all_versions=all_versions,
    )
    list_rows(lambda: queries.places(filters), _COLUMNS, noun="places", store=store, output=output, limit=limit)


_COLUMNS = (
    id_column(),
    field("name"),
    field("country"),
    field("admin1", heading="region"),
    Column("position", lambda row: "" if row["lat"] is None else f"{row['lat']:.2f} {row['lon']:.2f}", whole=True),
    Column("precision", lambda row: row["precision"] or (f"unresolved: {row['reason']}" if row["reason"] else "")),
    *(field(name, numeric=True) for name in ("reports", "mentions", "events")),
)
