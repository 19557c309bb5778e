"""Writes records into the store, one transaction per batch.

Coding a report again replaces its findings. A record that says what is stored already is left alone, row for row,
the time of its first coding too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Table, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from ..errors import StoreError
from ..records import Record, Rejection
from .checking import find_fault
from .engine import first_line, open_engine
from .reading import read_record
from .rows import Rows, record_digest, rejection_row, rows_of
from .tables import coders, metadata, rejections, reports

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# SQLite takes up to 32,766 parameters in a statement; ids go in well below that.
_IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What one call of ``Store.write`` did: records new or changed, records already stored as they are, and refusals.

    ``refused`` are records that the store would not take (they are stored as rejections).
    """

    changed: int
    unchanged: int
    refused: tuple[Rejection, ...]


class Store:
    """A database open for writing. ``with Store.open("news.db") as store: store.write(records)``."""

    def __init__(self, engine: Engine, location: str) -> None:
        self._engine = engine
        self.location = location

    @classmethod
    def open(cls, location: str | Path) -> Self:
        """The store at a path (made if absent) or an SQLAlchemy URL; raises ``StoreError`` saying what to do."""
        return cls(open_engine(location), str(location))

    def close(self) -> None:
        """Closes the file; what was written is there already."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, records: Iterable[Record] = (), refusals: Iterable[Rejection] = ()) -> Written:
        """Stores one batch in one transaction: all of it or, after an error, none of it.

        A record that breaks its own rules (a span that quotes nothing, an id that points nowhere) becomes a rejection.
        """
        sound, refused = _sort_out(records)
        try:
            with self._engine.begin() as connection:
                changed = _changed(connection, sound)
                _forget(connection, [record.report.id for record in changed])
                _insert_all(connection, changed)
                _forget_rejections(connection, [record.report.raw_sha256 for record in sound])
                _insert_rejections(connection, [*refusals, *refused])
        except SQLAlchemyError as error:
            raise StoreError(f"cannot write to the store {self.location}: {first_line(error)}") from error
        return Written(len(changed), len(sound) - len(changed), tuple(refused))

    def record(self, report_id: str) -> Record | None:
        """The record of this report, equal to the one that was written; ``None`` if there is none."""
        with self._engine.connect() as connection:

            def fetch(sql: str, parameters: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
                yield from connection.execute(text(sql), parameters)

            return read_record(fetch, report_id)


def _sort_out(records: Iterable[Record]) -> tuple[list[Record], list[Rejection]]:
    """Sound records, the last of each report, and a rejection for each of the others."""
    sound: dict[str, Record] = {}
    refused = []
    for record in records:
        fault = find_fault(record)
        if fault is None:
            sound[record.report.id] = record
        else:
            refused.append(
                Rejection(
                    name=record.report.external_id or record.report.url or record.report.id,
                    stage="store",
                    error="StoreError",
                    message=f"the record of report {record.report.id} was not stored: {fault}",
                    raw_sha256=record.report.raw_sha256,
                )
            )
    return list(sound.values()), refused


def _slices(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _IDS_AT_ONCE):
        yield items[start : start + _IDS_AT_ONCE]


def _changed(connection: Connection, records: Sequence[Record]) -> list[Record]:
    stored: dict[str, str] = {}
    for ids in _slices([record.report.id for record in records]):
        query = select(reports.c.id, reports.c.record_sha256).where(reports.c.id.in_(ids))
        stored.update((key, digest) for key, digest in connection.execute(query))
    return [record for record in records if stored.get(record.report.id) != record_digest(record)]


def _forget(connection: Connection, report_ids: Sequence[str]) -> None:
    """Deletes these reports; the database deletes their findings with them."""
    for ids in _slices(report_ids):
        connection.execute(delete(reports).where(reports.c.id.in_(ids)))


def _insert_all(connection: Connection, records: Sequence[Record]) -> None:
    rows: Rows = {}
    for record in records:
        for name, some in rows_of(record).items():
            rows.setdefault(name, []).extend(some)
    _insert_new(connection, coders, rows.pop("coders", []))
    for table in metadata.sorted_tables:
        if rows.get(table.name):
            connection.execute(insert(table), rows[table.name])


def _insert_rejections(connection: Connection, refusals: Sequence[Rejection]) -> None:
    _insert_new(connection, rejections, [rejection_row(each) for each in refusals])


def _insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts the rows whose id is not there yet."""
    wanted = {row["id"]: row for row in rows}
    for ids in _slices(list(wanted)):
        for (key,) in connection.execute(select(table.c.id).where(table.c.id.in_(ids))):
            del wanted[key]
    if wanted:
        connection.execute(insert(table), list(wanted.values()))


def _forget_rejections(connection: Connection, digests: Sequence[str]) -> None:
    """An input that could be coded after all is no longer rejected."""
    for some in _slices(digests):
        connection.execute(delete(rejections).where(rejections.c.raw_sha256.in_(some)))
