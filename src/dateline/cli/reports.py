"""``dateline reports``: what was read."""

from __future__ import annotations

from .listing import Column, field, id_column, list_rows, shown
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


def reports(
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
    """List the reports in the store, the latest first. Of the versions of an article only the current one is shown,
    and nothing that its outlet took back; --all-versions shows these too.

    \b
    dateline reports --outlet "Harbour Wire" --since 2024-03-01
    dateline reports --contains sanctions --format csv > reports.csv
    """
    from ..store import Filters, queries

    filters = Filters(
        since=since,
        until=until,
        outlet=chosen(outlet),
        report=chosen(report),
        contains=contains,
        all_versions=all_versions,
    )
    columns = (*_COLUMNS, *(_STANDING if all_versions else ()))
    list_rows(lambda: queries.reports(filters), columns, noun="reports", store=store, output=output, limit=limit)


_COLUMNS = (
    id_column(),
    Column("published", lambda row: shown(row["published"])[:16].replace("T", " ")),
    field("outlet"),
    field("headline"),
    Column(
        "events",
        lambda row: shown(row["events"]) if row["uncoded_reason"] is None else f"– ({row['language']})",
        whole=True,
    ),
    field("statements", numeric=True),
)
_STANDING = (
    Column("current", lambda row: "yes" if row["current"] else "no", whole=True),
    Column("retracted", lambda row: shown(row["retraction_reason"])),
)
