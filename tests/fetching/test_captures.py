"""What was fetched is kept whole: read back as it was, cut clean after a kill, and never mixed with something else."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ConfigError, StoreError
from dateline.fetching import CaptureFile, Fetched, Fetcher

LATIN = st.text(st.characters(codec="latin-1"), max_size=20)
Make = Callable[..., Fetcher]
PAGE = "<html><head><title>Talks</title></head><body><p>The ministers met “again” in Harbourtown.</p></body></html>"


def page(number: int = 1, data: bytes = b"<p>Hello.</p>", **fields: Any) -> Fetched:
    url = f"http://news.example/{number}"
    given = {
        "url": url, "requested_url": url, "status": 200, "data": data, "content_type": "text/html", "charset": None, "etag": None,
        "last_modified": None, "fetched_at": "2024-03-06T09:30:00Z", "reason": "OK",
        "headers": (("Content-Type", "text/html"),), "address": "192.0.2.1",
    }  # fmt: skip
    return Fetched(**{**given, **fields})


def records(path: Path) -> list[tuple[str, str | None, bytes]]:
    """Kind, address and payload of each record, as another program (fastwarc) reads them, digests checked."""
    from fastwarc.warc import ArchiveIterator

    found = []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True, verify_digests=False):
            kind = str(record.record_type).rpartition(".")[2]
            found.append((kind, record.headers.get("WARC-Target-URI"), record.reader.read()))
    return found


def pages(path: Path) -> list[bytes]:
    return [data for kind, _, data in records(path) if kind == "response"]


def test_pages_are_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1))
        captures.write(page(2, b""))
        captures.write(page(3, os.urandom(100_000)))
        third = pages(path)[2]
    with CaptureFile(path) as captures:
        captures.write(page(4))
    found = records(path)
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "response", "response", "response"]
    assert [url for _, url, _ in found[1:]] == [f"http://news.example/{number}" for number in (1, 2, 3, 4)]
    assert pages(path) == [b"<p>Hello.</p>", b"", third, b"<p>Hello.</p>"]
    assert found[0][2].startswith(b"software: dateline/")


def test_digests_are_those_that_another_program_computes(tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator

    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1, PAGE.encode()))
    checked = []
    for parse_http in (False, True):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=parse_http):
                if record.headers["WARC-Type"] != "response":
                    continue
                checked.append(record.verify_payload_digest() if parse_http else record.verify_block_digest())
                assert record.headers["WARC-Date"] == "2024-03-06T09:30:00Z"
                assert record.headers["WARC-IP-Address"] == "192.0.2.1"
    assert checked == [True, True]


def test_payload_is_stored_unpacked_and_the_packing_still_told(site: Any, fetcher: Make, tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    packed = gzip.compress(PAGE.encode())
    url = site.page("/a", packed, Content_Encoding="gzip", X_Note="a")
    with CaptureFile(path) as captures:
        fetcher(captures=captures).fetch(url)
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    assert PAGE in text
    assert "\r\nX-Archive-Orig-Content-Encoding: gzip\r\n" in text
    assert "\r\nContent-Encoding" not in text
    assert f"\r\nContent-Length: {len(PAGE.encode())}\r\n\r\n{PAGE}" in text
    assert "\r\nX-Note: a\r\n" in text
    assert pages(path) == [PAGE.encode()]


def test_address_that_was_asked_for_is_kept_beside_the_one_that_answered(
    site: Any, fetcher: Make, tmp_path: Path
) -> None:
    path = tmp_path / "captures.warc.gz"
    site.page("/a")
    url = site.page("/moved", b"", 301, Location="/a")
    with CaptureFile(path) as captures:
        fetcher(captures=captures).fetch(url)
    found = records(path)
    assert found[1][:2] == ("response", f"{site.url}/a")
    assert found[2] == ("metadata", f"{site.url}/a", f"via: {url}\r\n".encode())


def test_only_pages_are_kept(site: Any, fetcher: Make, tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    site.page("/robots.txt", "User-agent: *\n")
    with CaptureFile(path) as captures:
        polite = fetcher(captures=captures, robots=True)
        polite.fetch(site.page("/feed", b"", 304), etag="1")
        with pytest.raises(Exception, match="404"):
            polite.fetch(f"{site.url}/gone")
    assert not path.exists()


def test_page_torn_by_a_kill_is_cut_off_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        for number in (1, 2, 3):
            captures.write(page(number, os.urandom(50)))
        whole = path.stat().st_size
        kept = pages(path)
        captures.write(page(4, os.urandom(50)))
    data = path.read_bytes()
    for cut in range(whole, len(data)):
        path.write_bytes(data[:cut])
        with CaptureFile(path) as captures:
            captures.write(page(5))
        assert len(path.read_bytes()) < len(data)
    assert pages(path) == [*kept, b"<p>Hello.</p>"]


@pytest.mark.parametrize("tail", [b"\0" * 500, "zeros for the last page"])
def test_page_that_a_loss_of_power_left_unwritten_is_cut_off(tmp_path: Path, tail: bytes | str) -> None:
    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1))
        whole = path.stat().st_size
        captures.write(page(2))
    data = path.read_bytes()
    path.write_bytes(data[:whole] + tail if isinstance(tail, bytes) else data[:-150] + b"\0" * 150)
    with CaptureFile(path) as captures:
        captures.write(page(3))
    assert [url for _, url, _ in records(path)[1:]] == ["http://news.example/1", "http://news.example/3"]


def test_killed_writer_leaves_a_file_that_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    code = f"""
import os, sys
from dateline.fetching import CaptureFile, Fetched
captures = CaptureFile({str(path)!r})
for n in range(20):
    url = f"http://news.example/{{n}}"
    captures.write(Fetched(url=url, requested_url=url, status=200, data=b"a" * 1000, content_type="", charset=None, etag=None,
                           last_modified=None, fetched_at="2024-03-06T09:30:00Z"))
os.kill(os.getpid(), 9)
"""
    source = str(Path(sys.modules["dateline"].__file__ or "").parents[1])
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": source}, check=False, timeout=30
    )
    assert run.returncode == -9
    with CaptureFile(path) as captures:
        captures.write(page())
    assert len(pages(path)) == 21


@pytest.mark.parametrize(
    "content", [b"no capture at all, but notes", gzip.compress(b"another archive", mtime=0), b"PK\x03\x04" + b"a" * 100]
)
def test_file_of_another_kind_is_never_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "captures.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="holds something else"):
        CaptureFile(path).write(page())
    assert path.read_bytes() == content


def test_damage_in_the_middle_cuts_nothing_off(tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1))
        middle = path.stat().st_size
        captures.write(page(2))
        captures.write(page(3))
    data = bytearray(path.read_bytes())
    data[middle : middle + 4] = b"XXXX"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=f"at byte {middle:,}"):
        CaptureFile(path).write(page())
    assert path.read_bytes() == data


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_end_of_a_file_is_refused_or_cut_off_behind_the_whole_pages(
    tmp_path_factory: Any, tail: bytes, cut: int
) -> None:
    path = tmp_path_factory.mktemp("c") / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1))
        captures.write(page(2))
    data = path.read_bytes()
    whole = data[: len(data) - cut] if cut < 200 else data
    path.write_bytes(whole + tail)
    try:
        with CaptureFile(path) as captures:
            captures.write(page(3))
    except ConfigError:
        assert path.read_bytes() == whole + tail
        return
    found = [url for _, url, _ in records(path)[1:]]
    assert found[-1] == "http://news.example/3"
    assert set(found[:-1]) <= {"http://news.example/1", "http://news.example/2"}


def test_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    for numbers in ((1, 2, 3), (4, 5)):
        with CaptureFile(path, most_bytes=1_500) as captures:
            for number in numbers:
                captures.write(page(number, os.urandom(500)))
    files = sorted(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    assert [file.name for file in files] == ["captures.warc.gz", "captures-2.warc.gz", "captures-3.warc.gz"]
    assert [len(pages(file)) for file in files] == [2, 2, 1]
    assert all(records(file)[0][0] == "warcinfo" for file in files)


def test_two_writers_of_one_file_are_told(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    path = tmp_path / "captures.warc.gz"
    with CaptureFile(path) as captures:
        captures.write(page(1))
        with pytest.raises(ConfigError, match="is being written by another dateline"):
            CaptureFile(path).write(page(2))
    assert len(pages(path)) == 1


def test_name_says_what_the_file_is(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ends in \.warc\.gz"):
        CaptureFile(tmp_path / "captures.txt")


def test_place_that_cannot_be_written_stops_the_run_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be kept in"):
        CaptureFile(tmp_path / "nowhere" / "captures.warc.gz").write(page())


def test_full_disk_leaves_whole_pages_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "captures.warc.gz"
    written = os.write

    def full(handle: int, data: Any) -> int:
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return written(handle, bytes(data[:50]))

    with CaptureFile(path) as captures:
        captures.write(page(1))
        size = path.stat().st_size
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(StoreError, match="No space left"):
                captures.write(page(2))
        assert path.stat().st_size == size
        captures.write(page(3))
    assert len(pages(path)) == 2


@settings(max_examples=60)
@given(
    st.lists(st.tuples(LATIN.filter(bool), LATIN)),
    st.binary(max_size=100),
)  # fmt: skip
def test_any_headers_and_body_make_a_record_that_is_read_back(headers: list[tuple[str, str]], data: bytes) -> None:
    from dateline.fetching.captures import _record

    members = gzip.decompress(_record(page(1, data, headers=tuple(headers))))
    stream = io.BytesIO(members)
    head = stream.read(members.index(b"\r\n\r\n") + 4)
    length = int(head.rpartition(b"Content-Length: ")[2])
    block = stream.read(length)
    assert block.endswith(b"\r\n\r\n" + data)
    assert stream.read() == b"\r\n\r\n"
