"""``dateline events``: who did what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .listing import Column, id_column, list_rows, shown
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
)

if TYPE_CHECKING:
    from ..store import Filters, Library

Actors = list[str] | None


def events(
    source: Annotated[
        Actors, typer.Option("--source", help='Who acts: "RUS", "RUS MIL", part of a name, or an id.')
    ] = None,
    target: Annotated[Actors, typer.Option("--target", help="Who is acted on, given in the same ways.")] = None,
    event_type: Annotated[Actors, typer.Option("--type", help="Event type, such as MOBILIZE or CONSULT.")] = None,
    mode: Annotated[Actors, typer.Option("--mode", help="Mode of the type, such as troops or visit.")] = None,
    country: CountryOption = None,
    sector: SectorOption = None,
    place: Annotated[
        Actors, typer.Option("--place", help="Where: an ISO alpha-3 country code or part of a name.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    asserted: Annotated[bool, typer.Option("--asserted", help="The report itself says that it happened.")] = False,
    claimed: Annotated[bool, typer.Option("--claimed", help="Somebody quoted says that it happened.")] = False,
    denied: Annotated[bool, typer.Option("--denied", help="Said not to have happened, or denied.")] = False,
    future: Annotated[bool, typer.Option("--future", help="Still to come.")] = False,
    hypothetical: Annotated[
        bool, typer.Option("--hypothetical", help="Only possible, conditional or attempted.")
    ] = False,
    historical: Annotated[bool, typer.Option("--historical", help="Told as the past behind the news.")] = False,
    outlet: OutletOption = None,
    report: ReportOption = None,
    min_confidence: ConfidenceOption = None,
    contains: ContainsOption = None,
    all_versions: AllVersionsOption = False,
    output: FormatOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
) -> None:
    """List events: who did what to whom, when, where, and how it stands.

    Several values of one option are alternatives; different options must all hold. The options from --asserted
    to --historical may be combined; with none of them all events are shown. --since and --until go by the date of
    the event, and say how many events have none.

    \b
    dateline events --source RUS --target VEN --type MOBILIZE --since 2019-03-01 --asserted
    dateline events --source "USA GOV" --denied --claimed --format csv > claims.csv
    """
    from ..store import queries

    happened = (asserted, claimed, denied, future, hypothetical, historical)
    standings = [name for name, wanted in zip(queries.STANDINGS, happened, strict=True) if wanted]
    who = {"source": source, "target": target, "country": country, "sector": sector, "place": place}
    what = {"type": event_type, "mode": mode, "standing": standings, "min_confidence": min_confidence}
    told = {
        "outlet": outlet,
        "report": report,
        "since": since,
        "until": until,
        "contains": contains,
        "all_versions": all_versions,
    }
    filters = _filters({**who, **what, **told})
    list_rows(
        lambda: queries.events(filters),
        COLUMNS,
        noun="events",
        store=store,
        output=output,
        limit=limit,
        note=lambda library: _undated(library, filters),
    )


def _filters(given: dict[str, Any]) -> Filters:
    """The filters that were given; an option that may be given several times comes as a list."""
    from ..store import Filters

    wanted: dict[str, Any] = {}
    for name, value in given.items():
        if value is not None:
            wanted[name] = tuple(value) if isinstance(value, list) else value
    return Filters(**wanted)


def _undated(library: Library, filters: Filters) -> str | None:
    """How many events the dates left out because they have none."""
    from dataclasses import replace

    from ..store import queries

    if not (filters.since or filters.until):
        return None
    count = library.count(queries.events(replace(filters, undated=True)))
    return f"{count:,} more would fit but have no date." if count else None


def _parties(row: dict[str, Any], role: str) -> str:
    parts = zip(row[f"{role}_actors"], row[f"{role}_codes"], strict=False)
    return "; ".join(f"{name} ({code})" if code else name for name, code in parts)


def _date(row: dict[str, Any]) -> str:
    from .wording import days

    return days(row["date_earliest"], row["date_latest"]) or shown(row["date"])


def _act(row: dict[str, Any]) -> str:
    return " ".join((row["type"], *row["modes"]))


COLUMNS = (
    id_column(),
    Column("date", _date, least=10),
    Column("who", lambda row: _parties(row, "source"), narrow=lambda row: shown(row["source_actors"])),
    Column("did", _act, least=10),
    Column("to whom", lambda row: _parties(row, "target"), narrow=lambda row: shown(row["target_actors"])),
    Column("where", lambda row: shown(row["place"])),
    Column("standing", lambda row: row["standing"], whole=True),
    Column("sure", lambda row: shown(row["confidence"]), numeric=True),
)
