"""``dateline statements``: who said what."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .listing import Column, field, id_column, list_rows, shown
from .options import (
    AllVersionsOption,
    ConfidenceOption,
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


def statements(
    speaker: Annotated[
        list[str] | None, typer.Option("--speaker", help='Who speaks: "RUS", "RUS GOV", part of a name, or an id.')
    ] = None,
    act: Annotated[
        list[str] | None, typer.Option("--act", help="What is done in speaking, such as say, deny, warn.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="direct, indirect or mixed.")] = None,
    country: CountryOption = None,
    sector: SectorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    report: ReportOption = None,
    min_confidence: ConfidenceOption = None,
    contains: ContainsOption = None,
    all_versions: AllVersionsOption = False,
    output: FormatOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
) -> None:
    """List statements: who said what, in what way. --since and --until go by the day of publication.

    \b
    dateline statements --speaker "RUS GOV" --act deny
    dateline statements --contains ceasefire --format csv > ceasefire.csv
    """
    from ..store import Filters, queries

    filters = Filters(
        speaker=chosen(speaker),
        act=chosen(act),
        type=chosen(kind),
        country=chosen(country),
        sector=chosen(sector),
        since=since,
        until=until,
        outlet=chosen(outlet),
        report=chosen(report),
        min_confidence=min_confidence,
        contains=contains,
        all_versions=all_versions,
    )
    list_rows(lambda: queries.statements(filters), _COLUMNS, noun="statements", store=store, output=output, limit=limit)


def _speakers(row: dict[str, Any]) -> str:
    parts = zip(row["speakers"], row["speaker_codes"], strict=False)
    return "; ".join(f"{name} ({code})" if code else name for name, code in parts)


_COLUMNS = (
    id_column(),
    Column("published", lambda row: shown(row["published"])[:10], whole=True),
    Column("speaker", _speakers, narrow=lambda row: shown(row["speakers"])),
    Column("act", lambda row: f"{row['act']}, {row['kind']}"),
    Column("content", lambda row: " … ".join(row["content"])),
    field("outlet"),
)
