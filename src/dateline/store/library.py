"""A store open for reading, through Python's own sqlite3: safe while another process writes, and open at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from ..errors import StoreError
from ..records import Record, Rejection
from .queries import FINDING_TABLES, LIST_SEPARATOR, Query
from .reading import read_record
from .rows import rejection_row
from .versions import SCHEMA_VERSION, UPGRADED, needs_upgrade, not_a_store, wrong_version

# A reader waits only for a checkpoint, never for a writing transaction.
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """A row that an id, or the beginning of one, stands for."""

    table: str
    id: str
    report: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a report still counts: the current version of its article, if that is another one, and its retraction."""

    superseded_by: str | None = None
    retracted: str | None = None
    retracted_at: str | None = None


def open_library(location: str | Path) -> Library:
    """The store at this path, read-only; raises ``StoreError`` with the next step when there is none."""
    path = Path(location)
    if "://" in str(location):
        raise StoreError(f"cannot query {location}: queries read SQLite files for now.\nGive a path with --store.")
    if not path.is_file():
        raise StoreError(
            f"there is no store at {path}.\nMake one with: dateline ingest FILE… --store {path} (or try: dateline demo)"
        )
    try:
        return Library(_connect(path), str(path))
    except sqlite3.DatabaseError as error:
        raise StoreError(f"cannot read the store {path}: {error}.\n{not_a_store(path)}") from error


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        return _checked(uri, path)
    except sqlite3.OperationalError:
        # On a read-only disk SQLite cannot make its shared-memory file. If nothing waits in the log, the main file is whole.
        log = Path(f"{path}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _checked(f"{uri}&immutable=1", path)


def _checked(uri: str, path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('alembic_version', 'reports')"
        if connection.execute(tables).fetchone()[0] != 2:
            raise StoreError(not_a_store(path))
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        version = str(row[0]) if row else "0000"
        if version in UPGRADED:
            raise StoreError(needs_upgrade(path, version))
        if version != SCHEMA_VERSION:
            raise StoreError(wrong_version(path, version))
    except BaseException:
        connection.close()
        raise
    return connection


class Library:
    """A store open for reading. ``with open_library("news.db") as library: library.rows(events(Filters()))``."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        self.location = location

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def fetch(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
        """The rows of a SELECT with ``:name`` parameters."""
        try:
            # Not "yield from": a reader who stops half-way would close the cursor, after the connection perhaps.
            for row in self._connection.execute(sql, dict(parameters)):  # noqa: UP028
                yield row
        except sqlite3.DatabaseError as error:
            raise StoreError(f"cannot read the store {self.location}: {error}") from error

    def rows(self, query: Query, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a named query, in its order, one dict each; list columns are lists."""
        names = [name for name, _ in query.columns]
        for values in self.fetch(query.sql(limit), query.parameters):
            row = dict(zip(names, values, strict=True))
            for name in query.lists:
                row[name] = row[name].split(LIST_SEPARATOR) if row[name] else []
            for name in query.flags:
                row[name] = bool(row[name])
            yield row

    def count(self, query: Query) -> int:
        """How many rows the query has without a limit."""
        (row,) = self.fetch(query.count_sql(), query.parameters)
        return int(row[0])

    def sets_aside(self, query: Query) -> int:
        """How many rows the query lacks because they are of older versions of an article, or were taken back."""
        sql = "SELECT EXISTS (SELECT 1 FROM reports WHERE is_current = 0 OR retraction IS NOT NULL)"
        if not next(self.fetch(sql, {}))[0]:
            return 0
        return self.count(query.with_all_versions()) - self.count(query)

    def record(self, report_id: str) -> Record | None:
        """The record of this report, equal to the one that was written; ``None`` if there is none."""
        self._connection.execute("BEGIN")  # one snapshot for all of its tables
        try:
            return read_record(self.fetch, report_id)
        finally:
            self._connection.execute("COMMIT")

    def reports_of(self, raw_sha256: str) -> list[str]:
        """The reports whose raw bytes have this digest."""
        sql = "SELECT id FROM reports WHERE raw_sha256 = :raw ORDER BY id"
        return [key for (key,) in self.fetch(sql, {"raw": raw_sha256})]

    def reports_from(self, source: str) -> list[str]:
        """The reports that were read from a place of this name."""
        sql = "SELECT id FROM reports WHERE capture_source = :source ORDER BY id"
        return [key for (key,) in self.fetch(sql, {"source": source})]

    def has_rejection(self, rejection: Rejection) -> bool:
        """Whether the same input was refused before, for the same reason."""
        sql = "SELECT 1 FROM rejections WHERE id = :id"
        return any(True for _ in self.fetch(sql, {"id": rejection_row(rejection)["id"]}))

    def standing(self, report_id: str) -> Standing:
        """Whether this report is the current version of its article, and whether it was taken back."""
        sql = (
            "SELECT (SELECT n.id FROM reports n WHERE n.article = r.article AND n.is_current AND n.id <> r.id), "
            "k.reason, k.at FROM reports r LEFT JOIN retractions k ON k.id = r.retraction WHERE r.id = :report"
        )
        for row in self.fetch(sql, {"report": report_id}):
            return Standing(*row)
        return Standing()

    def find(self, prefix: str, limit: int = 6) -> list[Found]:
        """The findings and reports whose id is ``prefix``, or else begins with it, ``limit`` at most."""
        found = []
        for table in FINDING_TABLES:
            column = "id" if table == "reports" else "report"
            sql = f"SELECT id, {column} FROM {table} WHERE id >= :start AND id < :stop ORDER BY id LIMIT {limit + 1}"
            # Ids hold only letters, digits and "_", so "~" sorts after anything that may follow the prefix.
            parameters = {"start": prefix, "stop": prefix + "~"}
            found += [Found(table, key, report) for key, report in self.fetch(sql, parameters)]
        exact = [each for each in found if each.id == prefix]
        return (exact or found)[:limit]
