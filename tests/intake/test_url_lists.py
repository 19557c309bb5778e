"""Lists of addresses: every page is fetched in order and politely, and what cannot be had is counted."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import Limits, read_source, web
from dateline.intake.sniffing import find_format
from dateline.records import RawItem, Rejection, Retraction

PAGES = {
    "/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /private\n"),
    "/a": (200, "text/html", "<html><p>The ministers met in Harbourtown.</p></html>"),
    "/b.txt": (200, "text/plain", "The envoys met in Northport."),
    "/gone": (410, "text/html", ""),
    "/lost": (404, "text/html", ""),
    "/broken": (500, "text/html", ""),
    "/private": (200, "text/html", "<p>Hush.</p>"),
}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site whose list, at /list, names all of its pages and the list itself."""
    # The pauses are shown in tests/fetching; here they would only take time.
    made = web.Fetcher
    monkeypatch.setattr(
        web, "Fetcher", lambda *args, **options: made(*args, **options, delay_s=0.0, sleep=lambda _: None)
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, text = PAGES.get(self.path, (404, "text/plain", ""))
            if self.path == "/list":
                status, kind, text = 200, "text/plain", "".join(f"{url}{path}\n" for path in ("/a", "/list", "/b.txt"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield url
    server.shutdown()
    server.server_close()
    thread.join(2)


def read(data: str | bytes, **options: Any) -> list[RawItem | Rejection | Retraction]:
    data = data.encode() if isinstance(data, str) else data
    limits = Limits(fetch_seconds=5)
    return list(read_source("-", stdin=io.BytesIO(data), limits=limits, allow_private=True, **options))


def test_pages_of_a_list_come_in_order(site: str) -> None:
    found = read(f"# from the desk\n\n{site}/a#top  # the talks\r\n  {site}/b.txt\n")
    assert all(isinstance(item, RawItem) for item in found)
    assert [(item.name, item.kind, item.url) for item in found] == [
        (f"{site}/a#top", "html", f"{site}/a"),
        (f"{site}/b.txt", "text", f"{site}/b.txt"),
    ]


def test_what_cannot_be_had_is_counted_with_its_reason_and_the_rest_is_read(site: str) -> None:
    paths = ("/gone", "/broken", "/private", "/lost", "/a")
    found = read("".join(f"{site}{path}\n" for path in paths))
    assert [type(item).__name__ for item in found] == ["Retraction", "Rejection", "Rejection", "Retraction", "RawItem"]
    gone, broken, barred, lost, _ = found
    assert isinstance(gone, Retraction)
    assert (gone.name, gone.url, gone.reason) == (f"{site}/gone", f"{site}/gone", "the server answered 410")
    assert gone.at is not None
    assert isinstance(lost, Retraction)
    assert lost.reason == "the server answered 404"
    assert isinstance(broken, Rejection)
    assert (broken.name, broken.error) == (f"{site}/broken", "FetchError")
    assert "the server answered 500" in broken.message
    assert isinstance(barred, Rejection)
    assert "robots.txt bars programs" in barred.message


def test_line_that_is_no_address_is_rejected_by_its_number(site: str) -> None:
    found = read(f"{site}/a\nnews.example/talks\n{site}/b.txt and more\n", input_format="urls")
    assert [type(item).__name__ for item in found] == ["RawItem", "Rejection", "Rejection"]
    assert "line 2 is no web address: 'news.example/talks'" in str(found[1])
    assert "line 3 is no web address" in str(found[2])


def test_address_in_a_list_twice_is_fetched_once(site: str) -> None:
    assert len(read(f"{site}/a\n{site}/a\n{site}/a#end\n")) == 1


def test_list_that_names_itself_ends(site: str) -> None:
    found = list(read_source(f"{site}/list", allow_private=True))
    assert sorted(str(item.url) for item in found if isinstance(item, RawItem)) == [f"{site}/a", f"{site}/b.txt"]
    assert len(found) == 2


def test_private_addresses_of_a_list_are_refused(site: str) -> None:
    (found,) = list(read_source("-", stdin=io.BytesIO(f"{site}/a\n".encode())))
    assert isinstance(found, Rejection)
    assert "not a public address" in found.message


def test_password_in_a_list_is_never_repeated() -> None:
    (found,) = read("http://desk:hushhush@news.example/a\n")
    assert "hushhush" not in str(found)


def test_pages_of_a_list_are_kept_when_wished(site: str, tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    live = read(f"{site}/a\n{site}/gone\n", captures=path)
    assert path.exists()
    again = [item for item in read_source(path) if isinstance(item, RawItem)]
    assert [(item.raw_sha256, item.url, item.content) for item in again] == [
        (item.raw_sha256, item.url, item.content) for item in live if isinstance(item, RawItem)
    ]


@pytest.mark.parametrize("data", ["", "# nothing\n", "\n\n"])
def test_list_without_an_address_is_rejected(data: str) -> None:
    (found,) = read(data, input_format="urls")
    assert isinstance(found, Rejection)
    assert "holds no address" in found.message


def test_list_in_utf16_is_rejected_with_a_way_out() -> None:
    (found,) = read("http://news.example/a\n".encode("utf-16"), input_format="urls")
    assert isinstance(found, Rejection)
    assert "save it so first" in found.message


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"https://news.example/a\nhttp://news.example/b\n", "urls"),
        (b"\xef\xbb\xbf# ours\r\nHTTPS://news.example/a", "urls"),
        (b"https://news.example/" + b"a" * 100 + b"\n" + b"https://news.example/a\n" * 300, "urls"),
        (b"https://news.example/a\nSee above.", "text"),
        (b"https://news.example/a is where it stood.\n", "text"),
        (b"# a heading\n\nThe ministers met.\n", "text"),
        (b"# nothing but a heading\n", "text"),
        (b"ftp://news.example/a\n", "text"),
        (b"", "text"),
    ],
)
def test_list_is_known_by_its_content(head: bytes, expected: str) -> None:
    assert find_format(head, ".txt") == expected


@given(st.binary(max_size=300))
def test_any_bytes_come_out_as_rejections(data: bytes) -> None:
    found = list(read_source("-", stdin=io.BytesIO(data.replace(b"://", b"")), input_format="urls"))
    assert found
    assert all(isinstance(item, Rejection) for item in found)


def test_line_without_end_is_cut_and_counted_once() -> None:
    (found,) = read(b"x" * 100_000, input_format="urls")
    assert isinstance(found, Rejection)
    assert len(found.message) < 300
