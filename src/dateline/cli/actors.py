"""``dateline actors``: who appears."""

from __future__ import annotations

from .listing import field, id_column, list_rows
from .options import (
    AllVersionsOption,
    ContainsOption,
    CountryOption,
    FormatOption,
    LimitOption,
    OutletOption,
    ReportOption,
    SectorOption,
    SinceOption,
    StoreOption,
    UntilOption,
    chosen,
)


def actors(
    country: CountryOption = None,
    sector: SectorOption = None,
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
    """List actors over all reports, those in most reports first. The id is that of one appearance.

    \b
    dateline actors --country RUS --sector GOV
    dateline actors --report r_1f3a55 --format jsonl
    """
    from ..store import Filters, queries

    filters = Filters(
        country=chosen(country),
        sector=chosen(sector),
        since=since,
        until=until,
        outlet=chosen(outlet),
        report=chosen(report),
        contains=contains,
        all_versions=all_versions,
    )
    list_rows(lambda: queries.actors(filters), _COLUMNS, noun="actors", store=store, output=output, limit=limit)


_COLUMNS = (
    id_column(),
    field("name"),
    field("codes"),
    field("role"),
    field("reports", numeric=True),
    field("mentions", numeric=True),
    field("as_source", numeric=True, heading="source"),
    field("as_target", numeric=True, heading="target"),
    field("statements", numeric=True, heading="says"),
)
