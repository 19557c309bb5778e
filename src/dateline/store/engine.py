"""Opens a database for writing: makes the file, sets it up for one writer and many readers, brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from .versions import SCHEMA_VERSION, UPGRADED, not_a_store, wrong_version

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# How long a writer waits for another one before it gives up; a batch takes well under a second.
BUSY_TIMEOUT_MS = 30_000


def open_engine(location: str | Path) -> Engine:
    """The engine for a path or an SQLAlchemy URL, its tables made; raises ``StoreError`` with the next step."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import SQLAlchemyError

    url = database_url(location)
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_at_once)
        with engine.begin() as connection:
            _bring_up_to_date(connection, location)
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise StoreError(f"cannot open the store {location}: {first_line(error)}. {_next_step(location)}") from error
    return engine


def database_url(location: str | Path) -> str:
    """An SQLAlchemy URL as it is; a path as the URL of an SQLite file."""
    text = str(location)
    if "://" in text:
        return text
    from sqlalchemy import URL

    return URL.create("sqlite", database=text).render_as_string(hide_password=False)


def first_line(error: BaseException) -> str:
    """What the database said, without the statement and parameters that SQLAlchemy adds."""
    origin = getattr(error, "orig", None) or error
    return (str(origin).strip().splitlines() or [type(error).__name__])[0]


def _next_step(location: str | Path) -> str:
    text = str(location)
    if "://" not in text and not Path(text).absolute().parent.is_dir():
        return f"Make the folder {Path(text).absolute().parent} first."
    return "Give another file with --store, or check that this one is a dateline store that you may write to."


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: _begin_at_once does, so that two writers queue up
    # instead of failing when both have read before they write.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection, location: str | Path) -> None:
    from sqlalchemy import inspect

    found = set(inspect(connection).get_table_names())
    if "alembic_version" in found:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if version == SCHEMA_VERSION:
            return
        if version is not None and version not in UPGRADED:
            raise StoreError(wrong_version(location, str(version)))
    elif found:
        raise StoreError(not_a_store(location))
    _migrate(connection)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
