from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from dateline.errors import StoreError
from dateline.store import Store, open_library
from dateline.store.tables import metadata
from dateline.store.versions import SCHEMA_VERSION


def test_migrations_make_exactly_the_tables(tmp_path):
    Store.open(tmp_path / "news.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'news.db'}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []


def test_schema_version_is_that_of_the_last_migration():
    from dateline import store

    folder = Path(store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == SCHEMA_VERSION


def test_file_is_set_up_for_one_writer_and_many_readers(store):
    with store._engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30_000}


def test_opening_again_keeps_what_is_there(tmp_path, make_record):
    for _ in range(2):
        with Store.open(tmp_path / "news.db") as store:
            store.write([make_record(1)])
    with open_library(tmp_path / "news.db") as library:
        assert library.record("r_0001") == make_record(1)


@pytest.mark.parametrize(("version", "age"), [("0000", "an older"), ("9999", "a newer")])
def test_store_of_another_version_is_refused_with_the_next_step(tmp_path, version, age):
    path = tmp_path / "news.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    for opening in (Store.open, open_library):
        with pytest.raises(StoreError, match=rf"{age} dateline(.|\n)*--store"):
            opening(path)


def test_foreign_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE goods (name TEXT)")
    connection.close()
    for opening in (Store.open, open_library):
        with pytest.raises(StoreError, match="not a dateline store"):
            opening(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("goods",)]
    connection.close()


@pytest.mark.parametrize("opening", [Store.open, open_library])
def test_file_that_is_no_database_is_refused(tmp_path, opening):
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, and not a database at all. " * 50)
    with pytest.raises(StoreError, match=r"--store|another file"):
        opening(path)
    assert path.read_text().startswith("These are notes")


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match="Make the folder"):
        Store.open(tmp_path / "absent" / "news.db")


def test_missing_store_tells_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="dateline ingest"):
        open_library(tmp_path / "absent.db")
    assert not (tmp_path / "absent.db").exists()


def test_path_with_odd_characters_opens(tmp_path, make_record):
    path = tmp_path / "a b%20?#'ü.db"
    with Store.open(path) as store:
        store.write([make_record(1)])
    with open_library(path) as library:
        assert library.record("r_0001") is not None


def test_queries_need_neither_sqlalchemy_nor_spacy(tmp_path):
    script = (
        "import sys; import dateline.store, dateline.store.queries, dateline.cli;"
        "heavy = {'sqlalchemy', 'alembic', 'spacy', 'pydantic', 'trafilatura', 'numpy', 'rich'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
