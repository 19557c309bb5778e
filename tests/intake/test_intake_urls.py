"""Web addresses: servers on this machine stand in for the web; ``allow_private`` lets tests, and only tests, reach them."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.intake import Limits, read_source
from dateline.intake.urls import is_public
from dateline.records import RawItem, Rejection

PAGE = "<html><head><title>Talks</title></head><body><p>The ministers met “again”.</p></body></html>"
QUICK = Limits(fetch_seconds=2, html_bytes=100_000)


class Site(BaseHTTPRequestHandler):
    """A few pages, good and bad."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers.get("Host")))  # type: ignore[attr-defined]
        path = self.path.partition("?")[0].strip("/")
        getattr(self, f"give_{path}", self.give_missing)()

    def answer(self, data: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def give_missing(self) -> None:
        self.answer(b"gone", status=404)

    def give_page(self) -> None:
        self.answer(PAGE.encode())

    def give_latin(self) -> None:
        self.answer(PAGE.encode("cp1252"), "text/html; charset=windows-1252")

    def give_packed(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def give_bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 20_000_000), Content_Encoding="gzip")

    def give_brotli(self) -> None:
        self.answer(b"....", Content_Encoding="br")

    def give_large(self) -> None:
        self.answer(b"<p>" + b"a" * 200_000)

    def give_pdf(self) -> None:
        self.answer(b"%PDF-1.7 ...", "application/pdf")

    def give_rows(self) -> None:
        self.answer(b'{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n', "application/x-ndjson")

    def give_moved(self) -> None:
        self.answer(b"", status=302, Location="/page?from=moved")

    def give_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def give_tofile(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/hostname")

    def give_half(self) -> None:
        self.answer(PAGE.encode(), Content_Length="5000")

    def give_halfpacked(self) -> None:
        self.answer(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip")

    def give_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"a")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(url: str, limits: Limits = QUICK) -> list[RawItem | Rejection]:
    return list(read_source(url, limits=limits, allow_private=True))


def refusal(url: str, limits: Limits = QUICK, **options: bool) -> str:
    (found,) = list(read_source(url, limits=limits, **options))
    assert isinstance(found, Rejection)
    assert found.stage == "intake"
    return found.message


@pytest.mark.parametrize("path", ["page", "latin", "packed"])
def test_page_is_fetched_in_its_encoding(site: str, path: str) -> None:
    (found,) = read(f"{site}/{path}#top")
    assert isinstance(found, RawItem)
    assert (found.kind, found.content, found.url) == ("html", PAGE, f"{site}/{path}")


def test_redirect_is_followed_and_the_last_address_kept(site: str) -> None:
    (found,) = read(f"{site}/moved")
    assert isinstance(found, RawItem)
    assert found.url == f"{site}/page?from=moved"


def test_json_lines_may_be_fetched(site: str) -> None:
    assert [found.external_id for found in read(f"{site}/rows") if isinstance(found, RawItem)] == ["1", "2"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere", "the server answered 404"),
        ("large", "is larger than 100,000 bytes"),
        ("bomb", "is larger than 100,000 bytes"),
        ("brotli", "packed as 'br'"),
        ("pdf", "is a PDF"),
        ("half", "ended before the page did"),
        ("halfpacked", "ended before the page did"),
        ("loop", "was redirected more than 5 times"),
        ("tofile", "is no web address"),
    ],
)
def test_page_that_cannot_be_had_is_refused_with_the_reason(site: str, path: str, words: str) -> None:
    assert words in refusal(f"{site}/{path}", allow_private=True)


def test_slow_server_is_cut_at_the_time_limit(site: str) -> None:
    start = time.monotonic()
    message = refusal(f"{site}/drip", Limits(fetch_seconds=0.5), allow_private=True)
    assert "took longer than 0.5 seconds" in message
    assert time.monotonic() - start < 3


def test_silent_server_is_cut_at_the_time_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert "took longer than 0.3 seconds" in refusal(url, Limits(fetch_seconds=0.3), allow_private=True)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "10.0.0.1",
             "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]"],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    assert "not a public address" in refusal(f"http://{host}:9/secret")


def test_private_address_behind_a_redirect_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import dateline.intake.urls as urls

    # The site passes for public, as a stranger's server would; what it points to does not.
    monkeypatch.setattr(urls, "is_public", lambda address: False)
    checked = []

    def check(url: str, parts: object, allow_private: bool) -> tuple[str, int]:
        checked.append(url)
        return original(url, parts, len(checked) == 1)  # type: ignore[arg-type]

    original = urls._checked_address
    monkeypatch.setattr(urls, "_checked_address", check)
    assert "not a public address" in refusal(f"{site}/moved")
    assert len(checked) == 2


def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "is at 10.0.0.1" in refusal("http://news.example/")


def test_connection_goes_to_the_address_that_was_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    calls = []

    def resolve(host: str, *_: object, **__: object) -> list:
        calls.append(host)
        # A second look at the name would lead elsewhere, as a rebinding server's does.
        address = "127.0.0.1" if len(calls) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: real(host, *a, **k) if host == "127.0.0.1" else resolve(host)
    )
    (found,) = read(f"http://news.example:{port}/page")
    assert isinstance(found, RawItem)
    assert calls == ["news.example"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://", "names no host"),
        ("http://a b/", "is no web address"),
        ("http://user:word@news.example/", "holds a user name or password"),
        ("http://news.invalid/", "could not be fetched"),
        ("http://news.example:99999/", "could not be fetched"),
    ],
)
def test_address_that_makes_no_sense_is_refused(url: str, words: str) -> None:
    message = refusal(url)
    assert words in message
    assert "word@" not in message


def test_password_in_an_address_is_never_repeated() -> None:
    (found,) = list(read_source("http://user:hushhush@news.example/"))
    assert "hushhush" not in str(found)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("::ffff:93.184.216.34", True), ("::ffff:10.0.0.1", False),
     ("2002:7f00:1::", False), ("2001:0:4136:e378:8000:63bf:80ff:fffe", False), ("::", False), ("ff02::1", False),
     ("240.0.0.1", False), ("255.255.255.255", False), ("172.16.0.1", False)],
)  # fmt: skip
def test_public_addresses_are_told_from_the_rest(address: str, expected: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is expected
