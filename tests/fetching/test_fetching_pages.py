"""Web addresses: servers on this machine stand in for the web; ``allow_private`` lets tests, and only tests, reach them."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from dateline.fetching import is_public
from dateline.intake import Limits, read_source
from dateline.records import RawItem, Rejection, Retraction

PAGE = "<html><head><title>Talks</title></head><body><p>The ministers met “again”.</p></body></html>"
QUICK = Limits(fetch_seconds=2, fetch_bytes=100_000)


def read(url: str, **options: Any) -> list[RawItem | Rejection | Retraction]:
    return list(read_source(url, limits=QUICK, allow_private=True, **options))


def refusal(url: str, **options: Any) -> str:
    (found,) = list(read_source(url, limits=QUICK, **options))
    assert isinstance(found, Rejection)
    assert (found.stage, found.error) == ("intake", "FetchError")
    return found.message


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [("text/html", "utf-8"), ("text/html; charset=windows-1252", "cp1252"), (None, "utf-8"), ("image/png", "utf-8")],
)
def test_page_is_read_in_its_encoding_whatever_its_type(site: Any, kind: str | None, encoding: str) -> None:
    url = site.page("/page", PAGE.encode(encoding), kind=kind)
    (found,) = read(f"{url}#top")
    assert isinstance(found, RawItem)
    assert (found.kind, found.content, found.url) == ("html", PAGE, url)


def test_redirect_is_followed_and_the_last_address_kept(site: Any) -> None:
    site.page("/page")
    (found,) = read(site.page("/moved", b"", 302, Location="/page?from=moved"))
    assert isinstance(found, RawItem)
    assert found.url == f"{site.url}/page?from=moved"


def test_json_lines_may_be_fetched(site: Any) -> None:
    rows = b'{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n'
    found = read(site.page("/rows", rows, kind="application/x-ndjson"))
    assert [each.external_id for each in found if isinstance(each, RawItem)] == ["1", "2"]


def test_page_that_is_no_report_is_rejected(site: Any) -> None:
    (found,) = read(site.page("/pdf", b"%PDF-1.7 ...", kind="application/pdf"))
    assert isinstance(found, Rejection)
    assert "is a PDF" in found.message


def test_page_that_cannot_be_had_is_rejected_with_the_reason(site: Any) -> None:
    assert "the server answered 404 Not Found" in refusal(f"{site.url}/nowhere", allow_private=True)


def test_one_address_that_a_person_gave_is_read_whatever_robots_txt_says(site: Any) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n")
    (found,) = read(site.page("/page"))
    assert isinstance(found, RawItem)
    assert site.asked == ["/page"]


def test_raw_digest_of_a_page_and_of_its_capture_are_the_same(site: Any, tmp_path: Path) -> None:
    path = tmp_path / "captures.warc.gz"
    urls = [
        site.page("/packed", gzip.compress(PAGE.encode()), kind="text/html; charset=utf-8", Content_Encoding="gzip"),
        site.page("/latin", PAGE.encode("cp1252"), kind="text/html; charset=windows-1252"),
        site.raw("/chunks", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                 b"6\r\n<html>\r\n", b"13\r\n<p>Hello, you.</p>\n\r\n0\r\n\r\n"),
    ]  # fmt: skip
    live = [item for url in urls for item in read(url, captures=path)]
    again = list(read_source(path))
    assert [type(item) for item in live] == [RawItem] * 3
    for fields in ("raw_sha256", "content", "url", "kind", "captured"):
        assert [getattr(item, fields) for item in again] == [getattr(item, fields) for item in live]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "10.0.0.1",
             "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]",
             "[fec0::1]", "192.0.0.192", "168.63.129.16"],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    assert "not a public address" in refusal(f"http://{host}:9/secret")


def test_private_address_behind_a_redirect_is_refused(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.fetching import fetcher

    checked = []

    def check(target: Any, *, seconds: float, allow_private: bool) -> list[str]:
        checked.append(target.url)
        # The site passes for public, as a stranger's server would; what it points to does not.
        return original(target, seconds=seconds, allow_private=len(checked) == 1)

    original = fetcher.checked_addresses
    monkeypatch.setattr(fetcher, "checked_addresses", check)
    url = site.page("/moved", b"", 302, Location="/page")
    assert "not a public address" in refusal(url)
    assert checked == [url, f"{site.url}/page"]
    assert site.asked == ["/moved"]


def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "is at 10.0.0.1" in refusal("http://news.example/")


def test_connection_goes_to_the_address_that_was_checked(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.url.rpartition(":")[2])
    site.page("/page")
    calls = []

    def resolve(host: str, *_: object, **__: object) -> list[Any]:
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
    assert site.headers[0]["host"] == f"news.example:{port}"


def test_next_address_of_a_host_is_tried_when_one_is_dead(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.url.rpartition(":")[2])
    site.page("/page")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.9", "127.0.0.1")]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: found if host == "news.example" else real(host, *a, **k)
    )
    (item,) = read(f"http://news.example:{port}/page")
    assert isinstance(item, RawItem)


def test_name_that_is_never_resolved_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait(10) and [])
    (found,) = read_source("http://news.example/", limits=Limits(fetch_seconds=0.2))
    release.set()
    assert isinstance(found, Rejection)
    assert "took longer than 0.2 seconds" in found.message


def test_mail_and_other_services_are_not_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 25))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "port 25 belongs to another service" in refusal("http://mail.example:25/")


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
