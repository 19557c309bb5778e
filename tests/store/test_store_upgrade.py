from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, insert

from dateline import store as store_room
from dateline.errors import StoreError
from dateline.records import Record
from dateline.store import Filters, Store, open_library, queries
from dateline.store.rows import record_digest, rows_of
from dateline.store.tables import metadata
from dateline.store.versions import SCHEMA_VERSION

NEW_TABLES = {"report_authors", "report_marks", "retractions", "feeds", "feed_entries"}


def make_old_store(path: Path, records: list[Record]) -> None:
    """A store as the first release left it: its tables alone, with rows."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode = WAL").close())
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(store_room.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        known = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(reports)")}
        for record in records:
            rows = rows_of(record)
            for table in metadata.sorted_tables:
                for row in rows.get(table.name, []) if table.name not in NEW_TABLES else []:
                    kept = {name: value for name, value in row.items() if table.name != "reports" or name in known}
                    connection.execute(insert(table).prefix_with("OR IGNORE"), kept)
    engine.dispose()


@pytest.fixture
def old_store(tmp_path, make_record) -> Path:
    path = tmp_path / "old.db"
    make_old_store(path, [make_record(1), make_record(2)])
    return path


def version_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return version


def test_opening_upgrades_an_old_store_and_keeps_its_rows(old_store, make_record):
    assert version_of(old_store) == "0001"
    with Store.open(old_store) as store:
        assert store.record("r_0001") == make_record(1)
    assert version_of(old_store) == SCHEMA_VERSION
    with open_library(old_store) as library:
        assert library.record("r_0002") == make_record(2)
        rows = list(library.rows(queries.reports(Filters())))
        assert [(row["article"], row["current"], row["retracted"]) for row in rows] == [(None, True, False)] * 2
        assert library.count(queries.events(Filters())) == 2
        assert list(library.fetch("PRAGMA integrity_check", {})) == [("ok",)]


def test_upgraded_store_has_the_tables_and_indexes_of_a_new_one(old_store, empty_store):
    Store.open(old_store).close()
    shapes = []
    for path in (old_store, empty_store):
        connection = sqlite3.connect(path)
        columns = 'SELECT m.name, c.name, c.type, c."notnull" FROM sqlite_master m, pragma_table_info(m.name) c'
        names = "SELECT type, name FROM sqlite_master"
        shapes.append((set(connection.execute(columns)), set(connection.execute(names))))
        connection.close()
    assert shapes[0] == shapes[1]


def test_upgraded_store_takes_new_records(old_store, make_record):
    again = make_record(1)
    again = replace(again, report=replace(again.report, article="port", authors=("Kari Holm",)))
    assert record_digest(again) != record_digest(make_record(1))
    with Store.open(old_store) as store:
        assert store.write([again, make_record(2), make_record(3)]).changed == 2
        assert store.record("r_0001") == again


def test_reader_of_an_old_store_says_that_an_ingest_upgrades_it(old_store):
    with pytest.raises(
        StoreError, match=rf"version 0001, this one reads {SCHEMA_VERSION}.\nAny ingest.*keeps its rows"
    ):
        open_library(old_store)
    assert version_of(old_store) == "0001"


def test_upgrade_that_fails_leaves_the_old_store_whole(old_store):
    connection = sqlite3.connect(old_store)
    connection.execute("CREATE TABLE feed_entries (mine TEXT)")  # the last table that the upgrade makes
    connection.commit()
    before = set(connection.execute("SELECT type, name FROM sqlite_master"))
    with pytest.raises(StoreError, match="cannot open the store"):
        Store.open(old_store)
    assert version_of(old_store) == "0001"
    assert set(connection.execute("SELECT type, name FROM sqlite_master")) == before
    assert "article" not in {row[1] for row in connection.execute("PRAGMA table_info(reports)")}
    connection.close()
