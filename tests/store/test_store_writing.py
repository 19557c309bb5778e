from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import StoreError
from dateline.records import EventId, PlaceId, Rejection, Span
from dateline.store import Filters, Store, open_library, queries


def _dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, row numbers too."""
    with sqlite3.connect(store.location) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        rows = {name: connection.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid").fetchall() for name in tables}
    connection.close()
    return rows


def test_record_comes_back_equal(store, make_record):
    record = make_record()
    store.write([record])
    assert store.record("r_0001") == record
    with open_library(store.location) as library:
        assert library.record("r_0001") == record
        assert library.record("r_0002") is None


def test_same_records_again_change_no_row(store, make_record):
    records = [make_record(number) for number in range(1, 6)]
    refusal = Rejection(
        name="empty.txt", stage="intake", error="IntakeError", message="empty.txt is empty", raw_sha256="e"
    )
    store.write(records, [refusal])
    before = _dump(store)
    later = [make_record(number, coded_at="2025-01-01T00:00:00Z") for number in range(1, 6)]
    written = store.write(later, [refusal])
    assert (written.changed, written.unchanged) == (0, 5)
    assert _dump(store) == before
    assert len(before["rejections"]) == 1


def test_coding_again_replaces_all_findings(store, make_record):
    store.write([make_record(1), make_record(2)])
    again = make_record(1, statement=False, dated=False, id=EventId("e_other"), type="AID")
    assert store.write([again]).changed == 1
    assert store.record("r_0001") == again
    assert store.record("r_0002") == make_record(2)
    rows = _dump(store)
    assert len(rows["events"]) == 2
    assert {row[1] for row in rows["statements"]} == {"s_0002"}
    assert not [row for row in rows["evidence"] if "e_0001" in row]


def test_last_of_two_codings_in_one_batch_stays(store, make_record):
    store.write([make_record(1), make_record(1, type="AID")])
    assert store.record("r_0001").events[0].type == "AID"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"trigger": Span(0, 4, "sent")}, "does not quote"),
        ({"trigger": Span(0, 4000, "sent")}, "does not quote"),
        ({"place": PlaceId("p_elsewhere")}, "points to p_elsewhere"),
        ({"id": EventId("a_0001n")}, "two findings have the id"),
    ],
)
def test_unsound_record_becomes_a_rejection_and_the_others_are_stored(store, make_record, fields, fault):
    written = store.write([make_record(1, **fields), make_record(2)])
    assert written.changed == 1
    assert fault in written.refused[0].message
    assert store.record("r_0001") is None
    assert store.record("r_0002") is not None
    with open_library(store.location) as library:
        (row,) = library.rows(queries.rejections(Filters()))
    assert (row["stage"], row["name"]) == ("store", "input-1")


def test_half_a_surrogate_pair_is_refused_not_raised(store, make_record):
    record = make_record(1)
    broken = replace(record, report=replace(record.report, outlet="Wire \ud83d"))
    assert "surrogate" in store.write([broken]).refused[0].message
    assert store.record("r_0001") is None


def test_rejection_goes_when_its_input_is_coded_after_all(store, make_record):
    store.write([], [Rejection(name="a", stage="report", error="IntakeError", message="m", raw_sha256="raw1")])
    store.write([make_record(1)])
    assert _dump(store)["rejections"] == []


def test_file_name_that_is_not_unicode_can_be_rejected(store):
    store.write([], [Rejection(name="caf\udce9.txt", stage="intake", error="IntakeError", message="no")])
    assert _dump(store)["rejections"][0][2] == "caf\\udce9.txt"


def test_batch_that_fails_leaves_nothing(store, make_record):
    first, second = make_record(1), make_record(2)
    # The same place id in two reports cannot be stored; the first record of the batch must not stay behind.
    clashing = replace(second, places=(replace(second.places[0], id=first.places[0].id),))
    clashing = replace(
        clashing,
        report=replace(clashing.report, dateline=None),
        events=(replace(second.events[0], place=None),),
        statements=(replace(second.statements[0], place=None),),
    )
    with pytest.raises(StoreError, match="cannot write"):
        store.write([first, clashing])
    assert _dump(store)["reports"] == []


def test_killed_writer_leaves_whole_batches_only(tmp_path, make_record):
    """A process that dies inside a transaction leaves what was committed before, and the file opens again."""
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        store.write([make_record(1)])
    script = f"""
        import os, sqlite3
        connection = sqlite3.connect({str(path)!r}, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE reports SET outlet = 'half done'")
        connection.execute("DELETE FROM events")
        os.kill(os.getpid(), 9)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False).returncode != 0
    with Store.open(path) as store:
        assert store.record("r_0001") == make_record(1)


def test_readers_see_whole_batches_while_another_writes(store, make_record):
    store.write([make_record(1)])
    seen: set[int] = set()
    stop = threading.Event()
    failures: list[BaseException] = []

    def read() -> None:
        try:
            with open_library(store.location) as library:
                while not stop.is_set():
                    seen.add(library.count(queries.reports(Filters())))
        except BaseException as error:
            failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for start in range(2, 42, 10):
        store.write([make_record(number) for number in range(start, start + 10)])
    stop.set()
    reader.join()
    assert not failures
    assert seen <= {1, 11, 21, 31, 41}


def test_two_writers_take_turns(tmp_path, make_record):
    path = tmp_path / "news.db"
    Store.open(path).close()
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with Store.open(path) as store:
                for number in range(first, first + 5):
                    store.write([make_record(number)])
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(first,)) for first in (100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    with open_library(path) as library:
        assert library.count(queries.reports(Filters())) == 10


def test_a_reader_leaves_the_file_alone(store, make_record, tmp_path: Path):
    store.write([make_record(1)])
    with open_library(store.location) as library, pytest.raises(StoreError, match="readonly"):
        list(library.fetch("DELETE FROM reports", {}))
