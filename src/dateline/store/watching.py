"""What ``dateline watch`` remembers between polls and between runs, as plain rows of the feed tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table, and_, delete, func, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError

from ..errors import StoreError
from .articles import slices
from .engine import first_line
from .tables import feed_entries, feeds

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from .writing import Store

Row = dict[str, Any]
Result = TypeVar("Result")


class WatchRows:
    """The rows of feeds and of their entries. Times are UTC, "2024-03-06T09:30:00Z", and so in order as text."""

    def __init__(self, store: Store) -> None:
        self._engine = store._engine  # the same database, open already
        self._location = store.location

    def feed(self, url: str) -> Row | None:
        """What is known of the feed at this address."""
        found = self._rows(select(feeds).where(feeds.c.url == url))
        return found[0] if found else None

    def entries(self, feed: str, keys: Collection[str]) -> list[Row]:
        """What is known of these entries of the feed."""
        return [
            row
            for some in slices(sorted(keys))
            for row in self._rows(
                select(feed_entries).where(feed_entries.c.feed == feed, feed_entries.c.entry.in_(some))
            )
        ]

    def at(self, url: str) -> list[Row]:
        """What is known of entries that lead to this address, in whatever feed."""
        return self._rows(select(feed_entries).where(feed_entries.c.url == url))

    def due(self, watched: Collection[str], now: str, most: int) -> list[Row]:
        """The entries of these feeds whose article is to be looked at again by now, the most overdue first."""
        query = select(feed_entries).where(feed_entries.c.next_check_at <= now, _of(watched))
        return self._rows(query.order_by(feed_entries.c.next_check_at, feed_entries.c.entry).limit(most))

    def next_check(self, watched: Collection[str]) -> str | None:
        """When the next article of these feeds is to be looked at again."""
        found = self._rows(select(func.min(feed_entries.c.next_check_at).label("at")).where(_of(watched)))
        at: str | None = found[0]["at"]
        return at

    def save(self, feed_rows: Iterable[Row], entry_rows: Iterable[Row]) -> None:
        """Replaces what was known of these feeds and entries, all of it or, after an error, nothing."""

        def replace(connection: Connection) -> None:
            _put(connection, feeds, ("url",), list(feed_rows))
            _put(connection, feed_entries, ("feed", "entry"), list(entry_rows))

        self._do(replace)

    def _rows(self, query: Select[Any]) -> list[Row]:
        return self._do(lambda connection: [dict(row) for row in connection.execute(query).mappings()])

    def _do(self, work: Callable[[Connection], Result]) -> Result:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise StoreError(f"cannot use the store {self._location} to watch feeds: {first_line(error)}") from error


def _of(watched: Collection[str]) -> Any:
    return or_(*(feed_entries.c.feed.in_(some) for some in slices(sorted(watched))))


def _put(connection: Connection, table: Table, key: tuple[str, ...], rows: list[Row]) -> None:
    wanted = {tuple(row[name] for name in key): row for row in rows}
    for values in wanted:
        same = and_(*(table.c[name] == value for name, value in zip(key, values, strict=True)))
        connection.execute(delete(table).where(same))
    if wanted:
        connection.execute(insert(table), list(wanted.values()))
