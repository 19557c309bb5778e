"""Parquet and Arrow files: rows a few at a time, known columns only, hostile bytes survived."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.intake import Limits, read_source
from dateline.intake.rows.cells import date_of, text_of
from dateline.intake.rows.columnar import Row, Task, read_rows
from dateline.records import RawItem, Rejection, Retraction

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

TEXTS = [f"Ministers met on day {number}." for number in range(300)]


def read(data: bytes, **options: Any) -> list[RawItem | Rejection | Retraction]:
    return list(read_source("-", stdin=io.BytesIO(data), **options))


def values(data: bytes) -> list[dict[str, Any]]:
    """The rows as the other process gives them, read in this one: the tests that start one take most of the time."""
    task = Task("parquet", "here", ("content", "text", "date"), (), 10**9, 10**9, 10**9, 10**9)
    return [json.loads(each.json) for each in read_rows(task, io.BytesIO(data)) if isinstance(each, Row)]


def parquet(table: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def arrow(table: Any, *, stream: bool = False, rows: int = 100, **options: Any) -> bytes:
    out = io.BytesIO()
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    with make(out, table.schema, **options) as writer:
        writer.write_table(table, max_chunksize=rows)
    return out.getvalue()


@pytest.fixture
def table() -> Any:
    moments = pa.array([dt.datetime(2019, 3, 28, 10, 0, 0, 5)] * 300, pa.timestamp("us")).cast(pa.timestamp("ns"))
    return pa.table(
        {"doc_id": list(range(300)), "body": TEXTS, "date": moments, "source": pa.array(["The Daily Ledger"] * 300).dictionary_encode(),
         "authors": [["Jane Doe", "John Roe"]] * 300, "embedding": [[0.5] * 16] * 300}
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrow stream"])
def test_rows_come_out_as_they_went_in(table: Any, kind: str, tmp_path: Path) -> None:
    data = parquet(table, row_group_size=100) if kind == "parquet" else arrow(table, stream="stream" in kind)
    path = tmp_path / ("a.parquet" if kind == "parquet" else "a.arrow")
    path.write_bytes(data)
    found = [each for each in read_source(path) if isinstance(each, RawItem)]
    assert [each.content for each in found] == TEXTS
    assert found[150].name == f"{path} row 151"
    assert (found[7].external_id, found[7].outlet, found[7].published) == (
        "7",
        "The Daily Ledger",
        "2019-03-28T10:00:00.000005",
    )
    assert [mark.words for mark in found[7].marks if mark.field == "author"] == ["Jane Doe", "John Roe"]
    assert found[7].format == kind.split()[0]


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_packed_feather_files_are_read(table: Any, compression: str) -> None:
    data = arrow(table, options=pa.ipc.IpcWriteOptions(compression=compression))
    assert [each.content for each in read(data) if isinstance(each, RawItem)] == TEXTS


@pytest.mark.parametrize(
    ("column", "content"),
    [
        (lambda: pa.array([b"Bytes."], pa.binary()), "Bytes."),
        (lambda: pa.array(["Large."], pa.large_string()), "Large."),
        (lambda: pa.array([["One.", "Two."]]), "One.\n\nTwo."),
        (lambda: pa.array([{"summary": [], "sections": [{"headline": [], "paragraphs": ["One."]}]}]), "One."),
    ],
    ids=["bytes", "large", "list", "struct"],
)
def test_columns_of_many_types_hold_texts(column: Any, content: str) -> None:
    (row,) = values(parquet(pa.table({"content": column()})))
    assert text_of(row["content"]) == content


def test_dates_of_many_types_are_read() -> None:
    columns = {
        "day": (pa.array([dt.date(2019, 3, 28)]), "2019-03-28"),
        "zone": (pa.array([dt.datetime(2019, 3, 28, 10)], pa.timestamp("ms", "UTC")), "2019-03-28T10:00:00Z"),
        "far": (pa.array([1553767200123456789], pa.timestamp("ns")), "2019-03-28T10:00:00.123456"),
        "seconds": (pa.array([1553767200]), "2019-03-28T10:00:00Z"),
    }
    for column, expected in columns.values():
        (row,) = values(parquet(pa.table({"text": ["One."], "date": column})))
        assert date_of(row["date"]) == expected


def test_moment_that_python_cannot_hold_costs_the_date_and_not_the_row() -> None:
    (found,) = read(parquet(pa.table({"text": ["One."], "date": pa.array([2**62], pa.timestamp("us"))})))
    assert isinstance(found, RawItem), found
    assert found.published is None
    assert "the value of 'date' cannot be read" in found.warnings[0]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"colour": ["red"], "embedding": [[0.5]]}, "standard input has no column that is read; its columns are 'colour, embedding', "
         "those read are in docs/formats.md, and --field text=NAME names another"),
        ({"url": ["https://a.example/1"]}, "standard input row 1 has only an address (https://a.example/1): give --fetch to fetch it"),
        ({"text": pa.array([], pa.string())}, "standard input has no rows; a report is one row"),
        ({"text": [""]}, 'standard input row 1 has no report: give its words under "text", or a page under "html". Its names are text; '
         "which are read is in docs/formats.md, and --field text=NAME names another"),
    ],
)  # fmt: skip
def test_table_without_reports_says_why(columns: dict[str, Any], message: str) -> None:
    (found,) = read(parquet(pa.table(columns)))
    assert isinstance(found, Rejection), found
    assert found.message == message


def test_column_that_the_caller_names_is_read() -> None:
    (found,) = read(parquet(pa.table({"inhalt": ["One."], "x": [1]})), fields={"text": "inhalt"})
    assert isinstance(found, RawItem), found
    assert found.content == "One."


def test_file_cut_off_is_refused_and_a_stream_cut_off_is_read_to_there(table: Any) -> None:
    (found,) = read(parquet(table)[:-50])
    assert isinstance(found, Rejection), found
    assert found.message.startswith("standard input is no whole Parquet file (")
    data = arrow(table, stream=True)
    *rows, last = read(data[: len(data) * 2 // 3], input_format="arrow")
    assert [each.content for each in rows if isinstance(each, RawItem)] == TEXTS[: len(rows)]
    assert isinstance(last, Rejection), last
    assert f"from row {len(rows) + 1:,} on cannot be read: the file is damaged there" in last.message


def test_damaged_row_group_costs_its_rows_and_not_the_next(table: Any) -> None:
    data = bytearray(parquet(table, row_group_size=100, compression="gzip"))
    start = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(1).data_page_offset
    data[start : start + 400] = b"\xff" * 400
    found = read(bytes(data))
    faults = [each.message for each in found if isinstance(each, Rejection)]
    assert len(faults) == 1
    assert "rows 101 to 200 cannot be read: the file is damaged there" in faults[0]
    assert [each.content for each in found if isinstance(each, RawItem)] == TEXTS[:100] + TEXTS[200:]


def test_row_group_that_unpacks_to_too_much_is_refused(table: Any) -> None:
    (found,) = read(
        parquet(pa.table({"text": ["x" * 100_000] * 3}), use_dictionary=False), limits=Limits(row_group_bytes=100_000)
    )
    assert isinstance(found, Rejection), found
    assert found.message.startswith("standard input rows 1 to 3 cannot be read: they unpack to 300,")


def test_one_long_text_on_many_rows_is_held_a_few_at_a_time() -> None:
    import tracemalloc

    data = parquet(pa.table({"text": pa.array(["x" * 1_000_000] * 40).dictionary_encode()}))
    assert len(data) < 200_000
    tracemalloc.start()
    count = sum(isinstance(each, RawItem) for each in read_source("-", stdin=io.BytesIO(data)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40
    assert peak < 20_000_000


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrow stream"])
def test_no_bytes_crash_the_readers(table: Any, kind: str) -> None:
    dice = random.Random(7)
    part = table.slice(0, 20)
    data = bytearray(parquet(part) if kind == "parquet" else arrow(part, stream="stream" in kind))
    for place in dice.sample(range(8, len(data)), 10):
        data[place] = dice.randrange(256)
    assert read(bytes(data), input_format=kind.split()[0])
    (found,) = read(b"no table at all", input_format=kind.split()[0])
    assert isinstance(found, Rejection)


def test_reader_that_breaks_down_costs_one_file_and_not_the_run(table: Any, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(table))
    (tmp_path / "b.txt").write_text("Ministers met.", encoding="utf-8")
    first, second = read_source(tmp_path, limits=Limits(columnar_memory=30_000_000))  # too little for pyarrow to begin
    assert isinstance(first, Rejection)
    assert "cannot be read from row 1 on: what reads it broke down (" in first.message
    assert isinstance(second, RawItem)


def test_without_pyarrow_the_message_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(pa.table({"text": ["One."]})))
    code = """
import sys
sys.modules["pyarrow"] = None
from dateline.intake import read_source
for found in read_source(sys.argv[1]):
    sys.stdout.write(found.message)
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.parquet")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout == (
        f'{tmp_path / "a.parquet"} is a Parquet file, and what reads those is not installed; pip install "dateline[parquet]"'
    )


def test_pyarrow_is_not_loaded_for_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    code = "import sys; from dateline.intake import read_source; list(read_source(sys.argv[1])); assert 'pyarrow' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")], check=True, timeout=60)


def test_rows_without_end_in_a_small_file_are_given_up_with_the_reason() -> None:
    data = parquet(pa.table({"text": pa.nulls(500_000, pa.string())}), compression="zstd")
    found = read(data, limits=Limits(unpacked_free=10_000, unpacked_ratio=1))
    assert len(found) < 20_000
    assert isinstance(found[-1], Rejection)
    assert "as bombs do" in found[-1].message
