"""``dateline reports``: what was read."""

from __future__ import annotations

from .listing import Column, field, id_column, list_rows, shown
from .options import (
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


def reports(
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    report: ReportOption = None,
    contains: ContainsOption = None,
    output: FormatOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
) -> None:
    """List the reports in the store, the latest first.

    \b
    dateline reports --outlet "Harbour Wire" --since 2024-03-01
    dateline reports --contains sanctions --format csv > reports.csv
    """
    from ..store import Filters, queries

    filters = Filters(since=since, until=until, outlet=chosen(outlet), report=chosen(report), contains=contains)
    list_rows(lambda: queries.reports(filters), _COLUMNS, noun="reports", store=store, output=output, limit=limit)


_COLUMNS = (
    id_column(),
    Column("published", lambda row: shown(row["published"])[:16].replace("T", " ")),
    field("outlet"),
    field("headline"),
    field("events", numeric=True),
    field("statements", numeric=True),
)
