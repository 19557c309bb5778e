"""What reports come packed in: peeled off whatever the format, with damage, bombs and hostile names survived."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Limits, read_source
from dateline.intake.archives.packings import zstd_module
from dateline.records import RawItem, Rejection, Retraction

TEXT = b"The ministers met on Monday.\n\nThey agreed to meet again.\n"
ROWS = b'{"text": "One."}\n{"text": "Two."}\n'
PAGE = b"<html><body><p>Hello there.</p></body></html>"
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: bytes(zstd_module().compress(data)),
}


class Pipe(io.RawIOBase):
    """Standard input as it mostly is: it cannot be searched and comes in small pieces."""

    def __init__(self, data: bytes, piece: int = 700) -> None:
        self._inner, self._piece = io.BytesIO(data), piece

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self._inner.read(min(len(buffer), self._piece))
        buffer[: len(data)] = data
        return len(data)


def read(data: bytes, **options: object) -> list[RawItem | Rejection | Retraction]:
    return list(read_source("-", stdin=io.BytesIO(data), **options))  # type: ignore[arg-type]


def contents(found: list[RawItem | Rejection | Retraction]) -> list[str]:
    return [item.content if isinstance(item, RawItem) else f"{item.error}" for item in found]  # type: ignore[union-attr]


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(*files: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, form: int = tarfile.GNU_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size, info.type = (len(data), kind) if kind == tarfile.REGTYPE else (0, kind)
            archive.addfile(info, io.BytesIO(data) if info.size else None)
    return out.getvalue()


# -- packed streams --------------------------------------------------------------------------


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("name", ["reports.dat", "reports.jsonl", "reports"])
def test_packed_input_is_known_by_its_content(tmp_path: Path, packing: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKED[packing](ROWS))
    found = list(read_source(path))
    assert contents(found) == ["One.", "Two."]
    assert found[1].name == f"{path} line 2"
    assert contents(list(read_source(path, input_format="text"))) == [ROWS.decode()]


@pytest.mark.parametrize("packing", PACKED)
def test_members_one_after_the_other_are_one_stream(packing: str) -> None:
    assert contents(read(PACKED[packing](ROWS) + PACKED[packing](ROWS))) == ["One.", "Two."] * 2


@pytest.mark.parametrize("packing", PACKED)
def test_what_can_be_read_of_a_stream_that_is_cut_off_is_read(packing: str) -> None:
    packed = PACKED[packing](ROWS) + PACKED[packing](ROWS * 3000)
    *rows, last = read(packed[:-20])
    assert contents(rows)[:2] == ["One.", "Two."]
    assert isinstance(last, Rejection)
    assert last.error == "CutOffError"
    assert "what came before was read" in last.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08...", "is damaged in the gzip that begins at byte 0"),
        (gzip.compress(b""), "with nothing in it"),
        (gzip.compress(ROWS) + b"junk", "has bytes at"),
        (b"\x28\xb5\x2f\xfd" + b"\xff" * 40, "is damaged in the zstd"),
    ],
)
def test_damage_in_a_stream_is_refused_with_its_place(data: bytes, words: str) -> None:
    last = read(data)[-1]
    assert isinstance(last, Rejection)
    assert words in last.message


def test_zeros_after_the_last_member_are_no_damage() -> None:
    assert contents(read(gzip.compress(ROWS) + bytes(700))) == ["One.", "Two."]


def test_damage_in_the_middle_keeps_what_came_before() -> None:
    lines = b"".join(b'{"text": "Line %d of many: %d"}\n' % (at, at * 7919 % 1000) for at in range(8_000))
    packed = bytearray(gzip.compress(lines))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    found = read(bytes(packed))
    kinds = Counter(type(item).__name__ for item in found)
    assert kinds["RawItem"] > 3600
    assert found[-1].error == "DamagedError"  # type: ignore[union-attr]


@pytest.mark.parametrize("packing", PACKED)
def test_bomb_is_stopped(packing: str) -> None:
    limits = Limits(unpacked_free=1_000_000, unpacked_ratio=20)
    found = read(PACKED[packing](b'{"text": "' + b"0" * 3_000_000 + b'"}\n'), limits=limits)
    assert [item.error for item in found if isinstance(item, Rejection)][-1] == "TooMuchError"


def test_packed_again_and_again_is_stopped() -> None:
    data = TEXT
    for _ in range(12):
        data = gzip.compress(data)
    (found,) = read(data)
    assert isinstance(found, Rejection)
    assert "packed 6 times over" in found.message
    assert contents(read(gzip.compress(bz2.compress(zipped(("a.txt", TEXT)))))) == [TEXT.decode()]


# -- archives --------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [zipped, tarred])
def test_files_of_an_archive_are_read_in_its_order_by_the_rules_of_a_folder(make) -> None:
    data = make(
        ("b.html", PAGE), ("a/rows.jsonl", ROWS), ("c.css", b"p{}"), (".hidden.txt", TEXT), ("x/.git/y.txt", TEXT),
        ("__MACOSX/b.html", PAGE), ("rows", ROWS), ("LICENSE", TEXT), ("news.2019.gz", gzip.compress(TEXT)), ("é.txt", TEXT),
    )  # fmt: skip
    found = read(data)
    assert [item.name.removeprefix("standard input: ") for item in found] == [
        "b.html", "a/rows.jsonl line 1", "a/rows.jsonl line 2", "rows line 1", "rows line 2", "news.2019.gz", "é.txt",
    ]  # fmt: skip
    assert not [item for item in found if isinstance(item, Rejection)]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_hostile_names_are_shown_harmless_and_nothing_is_written(make, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = read(make(("../../etc/a.txt", TEXT), ("/abs/b.txt", TEXT), ("c\x1b[2J.txt", TEXT)))
    assert contents(found) == [TEXT.decode()] * 3
    assert "\x1b" not in found[2].name
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [zipped, tarred])
def test_archive_without_reports_says_what_is_in_it(make) -> None:
    (found,) = read(make(("a.css", b"p{}"), ("b.css", b"p{}"), ("c.js", b"x")))
    assert isinstance(found, Rejection)
    assert "is an archive without reports (2 .css, 1 .js)" in found.message


@pytest.mark.parametrize("make", [zipped, tarred])
def test_archive_out_of_a_pipe_is_read(make) -> None:
    found = list(read_source("-", stdin=io.BufferedReader(Pipe(make(("a.txt", TEXT), ("b.jsonl", ROWS))))))
    assert contents(found) == [TEXT.decode(), "One.", "Two."]


def test_zip_out_of_a_pipe_may_not_fill_the_disk() -> None:
    pipe = io.BufferedReader(Pipe(zipped(("a.txt", os.urandom(9000)), method=zipfile.ZIP_STORED)))
    (found,) = read_source("-", stdin=pipe, limits=Limits(spooled_bytes=5000))
    assert isinstance(found, Rejection)
    assert "comes out of a pipe" in found.message


def test_archives_in_archives_are_read_to_a_depth() -> None:
    inner = zipped(("a.txt", TEXT))
    assert contents(read(tarred(("inner.zip", inner), ("b.txt", TEXT)))) == [TEXT.decode()] * 2
    for at in range(6):
        inner = tarred((f"{at}.tar", inner))
    assert contents(read(inner)) == ["TooMuchError"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_too_many_files_are_not_read(make) -> None:
    data = make(*((f"{at}.txt", TEXT) for at in range(20)))
    found = contents(read(data, limits=Limits(members=10)))
    assert found == [TEXT.decode()] * 10 + ["TooMuchError"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_zip_methods_are_read(method: int) -> None:
    assert contents(read(zipped(("a.txt", TEXT), ("b.txt", TEXT), method=method))) == [TEXT.decode()] * 2


def test_zip_of_large_numbers_is_read() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as file,
    ):
        file.write(TEXT)
    assert contents(read(out.getvalue())) == [TEXT.decode()]


def test_zip_that_is_cut_off_is_read_from_the_front() -> None:
    data = zipped(("a.txt", TEXT), ("b.jsonl", ROWS), ("c.txt", os.urandom(3000)))
    found = read(data[:-3000])
    assert contents(found)[:3] == [TEXT.decode(), "One.", "Two."]
    assert "its directory at the end is missing" in found[-1].message  # type: ignore[union-attr]


def streamed_zip() -> bytes:
    """A zip as pipes write it: sizes and checksums stand after each file."""

    class NoWayBack(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.data += data
            return len(data)

    out = NoWayBack()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    return bytes(out.data)


def test_zip_written_to_a_pipe_is_read_also_without_its_end() -> None:
    data = streamed_zip()
    assert contents(read(data)) == [TEXT.decode()] * 2
    assert contents(read(data[: data.index(b"PK\1\2")])) == [TEXT.decode()] * 2 + ["CutOffError"]


def changed_entry(data: bytes, at: int, value: bytes) -> bytes:
    """The zip with bytes of its first directory entry replaced."""
    place = data.index(b"PK\1\2") + at
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (8, b"\x01\x00", "is encrypted"),
        (10, struct.pack("<H", 14), "is packed with LZMA"),
        (10, struct.pack("<H", 77), "is packed with method 77"),
        (16, b"\0\0\0\0", "its checksum does not fit"),
        (24, struct.pack("<L", 5), "says that it has 5 bytes"),
        (42, struct.pack("<L", 9), "is not at byte 9"),
    ],
)
def test_bad_file_in_a_zip_is_refused_and_the_next_is_read(at: int, value: bytes, words: str) -> None:
    found = read(changed_entry(zipped(("a.txt", TEXT), ("b.txt", TEXT)), at, value))
    assert [words in item.message for item in found if isinstance(item, Rejection)] == [True]
    assert found[-1].name.endswith("b.txt")
    assert isinstance(found[-1], RawItem)


def test_links_and_devices_in_archives_are_passed_over() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(zipped(("a.txt", TEXT)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert contents(read(out.getvalue())) == [TEXT.decode()]
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
        assert contents(read(tarred(("x.txt", b""), kind=kind)[:512] + tarred(("a.txt", TEXT)))) == [TEXT.decode()]


def test_zip_whose_files_overlap_is_stopped() -> None:
    data = zipped(("a.txt", os.urandom(2000)), method=zipfile.ZIP_STORED)
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entry = data[start:end]
    count = 50
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry) * count, start, 0)
    assert contents(read(data[:start] + entry * count + tail))[-1] == "TooMuchError"


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_office_document_is_named_as_such(first: str) -> None:
    (found,) = read(zipped((first, b"x"), ("word/document.xml", b"<x/>")))
    assert isinstance(found, Rejection)
    assert "save it as text or HTML first" in found.message


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_long_names_in_tar_archives_are_read(form: int) -> None:
    name = "folder/" * 20 + "report.txt"
    assert read(tarred((name, TEXT), form=form))[0].name == f"standard input: {name}"


def test_damage_in_a_tar_archive_costs_one_file() -> None:
    data = bytearray(tarred(*((f"{at}.txt", TEXT) for at in range(4))))
    data[1024 + 3] ^= 0xFF
    assert contents(read(bytes(data))) == [TEXT.decode(), "DamagedError", TEXT.decode(), TEXT.decode()]
    assert contents(read(bytes(data[:1500]))) == [TEXT.decode(), "CutOffError"]
    cut = tarred(("a.txt", TEXT), ("b.txt", TEXT * 20))[: 1024 + 512 + 600]
    assert contents(read(cut))[::2] == [TEXT.decode(), "CutOffError"]


# -- folders ---------------------------------------------------------------------------------


def test_folder_holds_packed_files_and_files_without_a_suffix(tmp_path: Path) -> None:
    for name, data in {
        "a.txt.gz": gzip.compress(TEXT), "b.zip": zipped(("x.txt", TEXT)), "c": PAGE, "d": b"plain words", "e.js.gz": b"",
        ".f.zip": b"", "g.tgz": gzip.compress(tarred(("y.txt", TEXT))),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    names = [item.name.removeprefix(f"{tmp_path}/") for item in read_source(tmp_path)]
    assert names == ["a.txt.gz", "b.zip: x.txt", "c", "g.tgz: y.txt"]


# -- anything at all -------------------------------------------------------------------------

SEEDS = [
    zipped(("a.txt", TEXT), ("b.jsonl", ROWS)), tarred(("a.txt", TEXT), ("b.jsonl", ROWS)), streamed_zip(),
    *(pack(ROWS * 3) for pack in PACKED.values()), gzip.compress(tarred(("a.txt", TEXT))),
]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 2**20), st.binary(max_size=6)), max_size=4), st.data())
def test_no_bytes_crash_a_container(seed: bytes, changes: list[tuple[int, bytes]], data) -> None:
    changed = bytearray(seed)
    for place, value in changes:
        at = place % (len(changed) + 1)
        changed[at : at + data.draw(st.integers(0, 6))] = value
    for item in read(bytes(changed), limits=Limits(unpacked_free=2_000_000)):
        assert isinstance(item, RawItem | Rejection | Retraction)
