"""What comes of a fetch: the page, or the reason, whatever the server does."""

from __future__ import annotations

import gzip
import http.client
import re
import zlib
from collections.abc import Callable
from email.utils import formatdate
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ConfigError, IntakeError
from dateline.fetching import Fetched, Fetcher, FetchError
from dateline.fetching.addresses import follow, parse_address
from dateline.fetching.answers import read_retry_after
from dateline.fetching.packing import PackingError, Packings
from dateline.intake import Limits

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)  # surrogates too, as broken file names hold them
Make = Callable[..., Fetcher]
PAGE = "<html><head><title>Talks</title></head><body><p>The ministers met “again” in Harbourtown.</p></body></html>"
BODY = PAGE.encode()


def refused(fetcher: Fetcher, url: str, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, **options)
    return caught.value


# -- pages as they should be -----------------------------------------------------------------


def test_page_comes_with_what_the_server_said_of_it(site: Any, fetcher: Make) -> None:
    url = site.page("/a", kind="text/html; charset=utf-8", ETag='"v1"', Last_Modified="Mon, 04 Mar 2024 10:00:00 GMT")
    assert fetcher().fetch(f"{url}?x=1#top") == Fetched(
        url=f"{url}?x=1", requested_url=f"{url}?x=1#top", status=200, data=BODY, content_type="text/html", charset="utf-8",
        etag='"v1"', last_modified="Mon, 04 Mar 2024 10:00:00 GMT", fetched_at="2023-11-14T22:13:20Z", reason="OK",
        headers=fetcher().fetch(f"{url}?x=1").headers, address="127.0.0.1",
    )  # fmt: skip


def test_request_names_dateline_and_keeps_no_cookie(site: Any, fetcher: Make) -> None:
    url = site.page("/a", Set_Cookie="id=1; Path=/")
    named = fetcher(contact="desk@paper.example")
    named.fetch(url)
    named.fetch(url)
    assert re.fullmatch(r"dateline/\d+\.\d+\.\d+ \(\+desk@paper\.example\)", site.headers[1]["user-agent"])
    assert not {"cookie", "authorization", "referer"} & set(site.headers[1])


@pytest.mark.parametrize("words", ["dateline\r\nX-Evil: 1", "dateline „π“"])
def test_user_agent_that_no_header_can_hold_is_refused(words: str) -> None:
    with pytest.raises(ConfigError, match="user agent"):
        Fetcher(Limits(), user_agent=words)


def test_type_is_empty_where_the_server_gives_none(site: Any, fetcher: Make) -> None:
    found = fetcher().fetch(site.page("/a", b"\x00\x01\x02", kind=None))
    assert (found.content_type, found.charset, found.data) == ("", None, b"\x00\x01\x02")


raw_deflate = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("packing", "data"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:50]) + gzip.compress(BODY[50:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 20),
        ("GZIP", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate.compress(BODY) + raw_deflate.flush()),
        ("identity", BODY),
        ("", BODY),
    ],
)
def test_packing_is_taken_off(site: Any, fetcher: Make, packing: str, data: bytes) -> None:
    assert fetcher().fetch(site.page("/a", data, Content_Encoding=packing)).data == BODY


def test_brotli_is_read_and_limited_where_it_is_advertised(site: Any, fetcher: Make) -> None:
    brotli = pytest.importorskip("brotli", minversion="1.2")
    assert "br" in Packings().accepted
    assert fetcher().fetch(site.page("/a", brotli.compress(BODY), Content_Encoding="br")).data == BODY
    bomb = site.page("/bomb", brotli.compress(b"a" * 5_000_000), Content_Encoding="br")
    assert "larger than 100,000 bytes" in str(refused(fetcher(), bomb))
    assert "packing is broken" in str(refused(fetcher(), site.page("/bad", b"....", Content_Encoding="br")))
    half = site.page("/half", brotli.compress(BODY)[:-9], Content_Encoding="br")
    assert "ended before the page did" in str(refused(fetcher(), half))


def test_chunks_are_put_together(site: Any, fetcher: Make) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = site.raw("/a", head, b"5;x=y\r\nhello\r\n", b"1\r\n!\r\n", b"0\r\nTrailer: x\r\n\r\n", pause=0.01)
    assert fetcher().fetch(url).data == b"hello!"


def test_body_ends_where_its_length_says(site: Any, fetcher: Make) -> None:
    assert fetcher().fetch(site.page("/a", "hello, world", Content_Length="5")).data == b"hello"


# -- what has not changed --------------------------------------------------------------------


def test_unchanged_page_is_not_sent_again(site: Any, fetcher: Make) -> None:
    url = site.page("/feed", b"", 304, ETag='"v2"')
    found = fetcher().fetch(url, etag='"v1"', last_modified="Mon, 04 Mar 2024 10:00:00 GMT")
    assert (found.status, found.data, found.etag) == (304, b"", '"v2"')
    assert found.last_modified == "Mon, 04 Mar 2024 10:00:00 GMT"  # as it was, since the server is silent on it
    assert site.headers[0]["if-none-match"] == '"v1"'
    assert site.headers[0]["if-modified-since"] == "Mon, 04 Mar 2024 10:00:00 GMT"


def test_unchanged_without_being_asked_is_an_error(site: Any, fetcher: Make) -> None:
    assert refused(fetcher(), site.page("/feed", b"", 304)).status == 304


def test_tag_too_long_to_keep_is_dropped(site: Any, fetcher: Make) -> None:
    assert fetcher().fetch(site.page("/a", ETag="x" * 5000)).etag is None


# -- redirects -------------------------------------------------------------------------------


def chain(site: Any, *statuses: int) -> str:
    """Pages that redirect, one to the next, and a page at the end."""
    for number, status in enumerate(statuses):
        site.page(f"/{number}", b"", status, Location=f"/{number + 1}")
    site.page(f"/{len(statuses)}")
    return f"{site.url}/0"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((), None), ((301,), "/1"), ((308, 301), "/2"), ((302,), None), ((301, 302), "/1"), ((307, 301), None)],
)
def test_address_has_moved_for_good_as_far_as_the_server_says_so(
    site: Any, fetcher: Make, statuses: tuple[int, ...], moved: str | None
) -> None:
    found = fetcher().fetch(chain(site, *statuses))
    assert found.url == f"{site.url}/{len(statuses)}"
    assert found.moved_for_good == (moved and site.url + moved)


def test_move_from_https_to_http_is_never_for_good() -> None:
    from dateline.fetching.fetcher import _Journey, _note_move

    journey = _Journey("https://a.example/", 0.0, False, 1, {})
    _note_move(journey, 301, parse_address("https://a.example/"), "http://a.example/")
    assert journey.moved_for_good is None


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/hostname", "is no web address"),
        ("ftp://news.example/", "is no web address"),
        ("http://user:hush@news.example/", "holds a user name or password"),
        ("http://[::1", "is no web address"),
        ("http://:80/", "names no host"),
        ("/a", "in a circle"),
        ("//localhost:1/x", "port 1 belongs to another service"),
    ],
)
def test_redirect_to_where_nothing_may_be_fetched_is_refused(
    site: Any, fetcher: Make, location: str, words: str
) -> None:
    error = refused(fetcher(), site.page("/a", b"", 302, Location=location))
    assert words in str(error)
    assert "hush" not in str(error)
    assert error.status is None


def test_endless_redirects_are_given_up(site: Any, fetcher: Make) -> None:
    site.pages.update({f"/{n}": (lambda to: lambda h: h.give("", 302, Location=f"/{to}"))(n + 1) for n in range(20)})
    assert "redirected more than 5 times" in str(refused(fetcher(), f"{site.url}/0"))
    assert len(site.asked) == 6


def test_redirect_without_an_address_is_an_answer_like_another(site: Any, fetcher: Make) -> None:
    assert refused(fetcher(), site.page("/a", b"", 302)).status == 302


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("../b", "http://a.example/b"),
        (" /b c ", "http://a.example/b%20c"),
        ("//b.example/é".encode().decode("latin-1"), "http://b.example/é"),
        ("/caf\xe9", "http://a.example/café"),
        ("?page=2", "http://a.example/x/y?page=2"),
    ],
)
def test_redirects_are_read_as_browsers_read_them(location: str, expected: str) -> None:
    assert follow("http://a.example/x/y", location) == expected


# -- servers that misbehave ------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing at all": (b"", "could not be fetched"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", "could not be fetched"),
    "status that is none": (b"HTTP/1.1 abc OK\r\n\r\n", "could not be fetched"),
    "headers that end early, and no body": (HEAD[:-20], ""),
    "one huge header": (HEAD + b"X-Long: " + b"a" * 70_000 + b"\r\n\r\n", "could not be fetched"),
    "headers without end": (HEAD + b"X-More: a\r\n" * 200 + b"\r\nhello", "could not be fetched"),
    "bytes for headers": (b"HTTP/1.1 200 \xff\xfe\r\n\xff\xfe: \x00\r\n\r\n", ""),
    "half a body": (HEAD + b"Content-Length: 500\r\n\r\nhello", "ended before the page did"),
    "length beyond the limit": (HEAD + b"Content-Length: 9999999999\r\n\r\nhello", "larger than 100,000 bytes"),
    "body beyond the limit": (HEAD + b"\r\n" + b"a" * 100_001, "larger than 100,000 bytes"),
    "chunk of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", "could not be fetched"),
    "chunk cut off": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello", "could not be fetched"),
    "chunk of minus five": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", "could not be fetched"),
    "chunks without end": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "could not be fetched"),
    "gzip that is none": (HEAD + b"Content-Encoding: gzip\r\n\r\n\x1fhello", "packing is broken"),
    "gzip cut off": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(BODY)[:-9], "ended before the page did"),
    "gzip in gzip": (HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n", "packed as 'gzip, gzip'"),
    "packing of its own": (HEAD + b"Content-Encoding: zpaq\r\n\r\n", "packed as 'zpaq'"),
    "gzip bomb": (
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 5_000_000), "larger than 100,000 bytes"),
    "bomb of many members": (
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 9_000) * 20, "larger than 100,000 bytes"),
    "bomb of empty members": (
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"") * 9_000, "larger than 100,000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_answer_is_refused_with_the_reason(site: Any, fetcher: Make, case: str) -> None:
    data, words = BROKEN[case]
    url = site.raw("/a", data)
    if not words:
        assert fetcher().fetch(url).status == 200
        return
    error = refused(fetcher(), url)
    assert words in str(error)
    assert str(error).startswith(url)
    assert len(str(error)) < 300


@pytest.mark.parametrize(
    ("chunks", "pause"),
    [
        ([b""], 5.0),
        ([b"H"] * 100, 0.05),
        ([HEAD, *[b"X-More: a\r\n"] * 100], 0.05),
        ([HEAD + b"\r\n", *[b"a"] * 100], 0.05),
        ([HEAD + b"Content-Length: 100\r\n\r\n", *[b"a"] * 100], 0.05),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\na\r\n"] * 100], 0.05),
        ([HEAD + b"Content-Encoding: gzip\r\n\r\n", *[gzip.compress(b"")] * 100], 0.05),
    ],
    ids=["silent", "status line", "headers", "body", "body of known length", "chunks", "gzip"],
)
def test_slow_server_is_cut_at_the_time_limit(
    site: Any, fetcher: Make, took: Callable[[], float], chunks: list[bytes], pause: float
) -> None:
    error = refused(fetcher(fetch_seconds=0.25), site.raw("/a", *chunks, pause=pause))
    assert "took longer than 0.25 seconds" in str(error)
    assert took() < 2


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", HEAD, HEAD + b"\r\n"]), st.lists(st.binary(max_size=40) | st.sampled_from(
    [b"\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"Transfer-Encoding: chunked\r\n",
     b"Content-Type: ;charset=\xff\r\n",
     b"Location: //[\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"ETag: \x00\r\n", b"HTTP/1.1 302 x\r\n", b"5\r\nhello"]
), max_size=8))  # fmt: skip
def test_any_answer_is_a_page_or_an_error(site: Any, fetcher: Make, start: bytes, rest: list[bytes]) -> None:
    url = site.raw("/a", start, *rest)
    try:
        found = fetcher(fetch_seconds=2.0).fetch(url)
    except FetchError:
        return
    assert found.status == 200


def test_endless_body_is_cut_at_the_size_limit(site: Any, fetcher: Make) -> None:
    url = site.raw("/a", HEAD + b"\r\n", *[b"a" * 10_000] * 5_000)
    assert "larger than 100,000 bytes" in str(refused(fetcher(), url))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 500, 502, 503, 204, 206])
def test_answer_that_is_no_page_is_told_with_its_number(site: Any, fetcher: Make, status: int) -> None:
    error = refused(fetcher(), site.page("/a", b"", status))
    assert (error.status, error.retry_after_s, error.refused_by_robots) == (status, None, False)
    assert f"the server answered {status} {http.client.responses.get(status, '')}".strip() in str(error)
    assert error.is_gone is (status in {404, 410})
    assert isinstance(error, IntakeError)


def test_words_of_a_server_cannot_move_a_cursor(site: Any, fetcher: Make) -> None:
    error = refused(fetcher(), site.raw("/a", b"HTTP/1.1 500 \x1b[2JOh\x07\r\n\r\n"))
    assert str(error).isprintable()
    assert "Oh" in str(error)


# -- asked to wait ---------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999", 86_400.0),
        (formatdate(1_700_000_090, usegmt=True), 90.0),
        ("soon", None),
    ],
)
def test_wish_to_be_asked_later_is_told(
    site: Any, fetcher: Make, status: int, words: str, seconds: float | None
) -> None:
    error = refused(fetcher(), site.page("/a", b"", status, Retry_After=words))
    assert (error.status, error.retry_after_s) == (status, seconds)


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,5} [A-Z][a-z]{2} \d{1,6} [\d:]{1,9} [A-Z+\d]{1,9}"))
def test_any_wish_is_read_or_passed_over(words: str) -> None:
    seconds = read_retry_after(words, 1_700_000_000.0)
    assert seconds is None or 0 <= seconds <= 86_400


# -- addresses and packings of any kind ------------------------------------------------------


@settings(max_examples=200)
@given(st.text(max_size=60).map("http://".__add__) | ANY_TEXT.map("https://a.example/".__add__))
def test_any_address_is_taken_apart_or_refused(url: str) -> None:
    try:
        target = parse_address(url)
    except FetchError:
        return
    assert target.host
    assert 0 < target.port < 65_536
    assert target.path.startswith("/")
    assert re.fullmatch(r"[\x21-\x7e]+", target.path)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://News.Example/a", "http://news.example"),
        ("https://news.example:443/a", "https://news.example"),
        ("https://news.example:8443", "https://news.example:8443"),
        ("http://[2606:2800::1]:8080/", "http://[2606:2800::1]:8080"),
        ("http://nachrichten-köln.example/", "http://xn--nachrichten-kln-ltb.example"),
    ],
)
def test_site_is_what_one_robots_file_speaks_for(url: str, site: str) -> None:
    assert parse_address(url).site == site


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate"]), st.integers(1, 500))
def test_any_packed_bytes_are_unpacked_within_the_limit_or_refused(data: bytes, packing: str, most: int) -> None:
    unpacker = Packings().unpacker(packing)
    try:
        plain = unpacker.feed(data, most)
    except PackingError:
        return
    assert len(plain) <= most


@given(st.binary(max_size=3000), st.lists(st.integers(0, 3000), max_size=5), st.sampled_from(["gzip", "deflate"]))
def test_packed_bytes_come_out_as_they_were_however_they_are_cut(data: bytes, cuts: list[int], packing: str) -> None:
    packed = gzip.compress(data) if packing == "gzip" else zlib.compress(data)
    unpacker = Packings().unpacker(packing)
    edges = sorted({0, len(packed), *(min(cut, len(packed)) for cut in cuts)})
    pieces = [packed[start:end] for start, end in pairwise(edges)]
    assert b"".join(unpacker.feed(piece, 10_000) for piece in pieces) == data
    assert unpacker.is_whole()
