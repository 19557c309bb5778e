"""Writes records into the store, one transaction per batch.

Coding a report again replaces its findings. A record that says what is stored already is left alone, row for row,
the time of its first coding too. With each batch the versions of the articles that it touches are put in order anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Table, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from ..errors import StoreError
from ..records import Record, Rejection, Retraction
from .articles import TakenBack, latest, matched_by, settle, slices
from .checking import find_fault
from .engine import first_line, open_engine
from .reading import read_record
from .rows import Rows, record_digest, rejection_row, retraction_row, rows_of
from .tables import coders, metadata, rejections, reports, retractions

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Written:
    """What one call of ``Store.write`` did: records new or changed, records already stored as they are, and refusals.

    ``refused`` are records that the store would not take (they are stored as rejections).
    """

    changed: int
    unchanged: int
    refused: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """How many reports of the store the default views leave out: older versions of articles, and what was taken back."""

    older: int
    retracted: int


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store held of a report before the batch."""

    digest: str
    article: str | None
    last_captured: str | None


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

    def write(
        self,
        records: Iterable[Record] = (),
        refusals: Iterable[Rejection] = (),
        taken_back: Iterable[Retraction] = (),
    ) -> Written:
        """Stores one batch in one transaction: all of it or, after an error, none of it.

        A record that breaks its own rules (a span that quotes nothing, an id that points nowhere) becomes a rejection.
        A retraction marks what it speaks of, whether that is stored already or arrives later.
        """
        sound, refused, captured = _sort_out(records)
        retracted = [retraction_row(each) for each in taken_back]
        try:
            with self._engine.begin() as connection:
                stored = _stored(connection, sound)
                changed = [each for each in sound if _is_changed(each, stored.get(each.report.id))]
                _forget(connection, [record.report.id for record in changed])
                _insert_all(connection, changed)
                _forget_rejections(connection, [record.report.raw_sha256 for record in sound])
                _insert_rejections(connection, [*refusals, *refused])
                _insert_new(connection, retractions, retracted)
                seen_later = _note_captures(connection, sound, captured, stored)
                _settle(connection, changed, stored, seen_later, retracted)
        except SQLAlchemyError as error:
            raise StoreError(f"cannot write to the store {self.location}: {first_line(error)}") from error
        return Written(len(changed), len(sound) - len(changed), tuple(refused))

    def set_aside(self) -> SetAside:
        """What the default views of this store leave out."""
        older = select(func.count()).where(reports.c.is_current.is_(False), reports.c.retraction.is_(None))
        retracted = select(func.count()).where(reports.c.retraction.is_not(None))
        with self._engine.connect() as connection:
            return SetAside(connection.scalar(older) or 0, connection.scalar(retracted) or 0)

    def record(self, report_id: str) -> Record | None:
        """The record of this report, equal to the one that was written; ``None`` if there is none."""
        with self._engine.connect() as connection:

            def fetch(sql: str, parameters: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
                yield from connection.execute(text(sql), parameters)

            return read_record(fetch, report_id)


def _sort_out(records: Iterable[Record]) -> tuple[list[Record], list[Rejection], dict[str, str | None]]:
    """Sound records, the last of each report; a rejection for each of the others; when each report was last captured."""
    sound: dict[str, Record] = {}
    refused: list[Rejection] = []
    captured: dict[str, str | None] = {}
    for record in records:
        fault = find_fault(record)
        if fault is None:
            key, capture = record.report.id, record.report.capture
            sound[key] = record
            captured[key] = latest(captured.get(key), capture.captured if capture else None)
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
    return list(sound.values()), refused, captured


def _stored(connection: Connection, records: Sequence[Record]) -> dict[str, _Stored]:
    columns = (reports.c.id, reports.c.record_sha256, reports.c.article, reports.c.last_captured)
    stored = {}
    for ids in slices([record.report.id for record in records]):
        for key, *held in connection.execute(select(*columns).where(reports.c.id.in_(ids))):
            stored[key] = _Stored(*held)
    return stored


def _is_changed(record: Record, stored: _Stored | None) -> bool:
    return stored is None or stored.digest != record_digest(record)


def _note_captures(
    connection: Connection,
    records: Sequence[Record],
    captured: Mapping[str, str | None],
    stored: Mapping[str, _Stored],
) -> list[str]:
    """Keeps the latest time at which each report was fetched; gives the reports of which that is news."""
    later: list[str] = []
    for record in records:
        key, capture = record.report.id, record.report.capture
        held = stored.get(key)
        last = latest(held.last_captured if held else None, captured[key])
        written = capture.captured if capture else None
        in_row = written if held is None or _is_changed(record, held) else held.last_captured
        if last != in_row:
            connection.execute(update(reports).where(reports.c.id == key).values(last_captured=last))
            later.append(key)
    return later


def _settle(
    connection: Connection,
    changed: Sequence[Record],
    stored: Mapping[str, _Stored],
    seen_later: Sequence[str],
    retracted: Sequence[dict[str, Any]],
) -> None:
    """Puts the versions in order of all articles that this batch touches."""
    touched = {record.report.id for record in changed} | set(seen_later)
    names = TakenBack.__dataclass_fields__
    touched |= matched_by(connection, (TakenBack(**{name: row[name] for name in names}) for row in retracted))
    # A report that was read anew may have left its article; what stays there is put in order too.
    left: Collection[str] = {held.article for key, held in stored.items() if key in touched and held.article}
    settle(connection, touched, left)


def _forget(connection: Connection, report_ids: Sequence[str]) -> None:
    """Deletes these reports; the database deletes their findings with them."""
    for ids in slices(report_ids):
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
    for ids in slices(list(wanted)):
        for (key,) in connection.execute(select(table.c.id).where(table.c.id.in_(ids))):
            del wanted[key]
    if wanted:
        connection.execute(insert(table), list(wanted.values()))


def _forget_rejections(connection: Connection, digests: Sequence[str]) -> None:
    """An input that could be coded after all is no longer rejected."""
    for some in slices(digests):
        connection.execute(delete(rejections).where(rejections.c.raw_sha256.in_(some)))
