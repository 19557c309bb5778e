"""Hosts are asked as seldom as they wish, and nothing that their robots.txt bars."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fetching import Fetcher, FetchError
from dateline.fetching.addresses import parse_address
from dateline.fetching.politeness import LONGEST_CLOSED_S, Turns
from dateline.fetching.robots import Robots

Make = Callable[..., Fetcher]
BARRED = "User-agent: *\nDisallow: /private\n"


def refused(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value


# -- turns -----------------------------------------------------------------------------------


def test_host_has_a_pause_between_pages_and_a_redirect_is_one_page(site: Any, fetcher: Make, times: Any) -> None:
    page, moved = site.page("/a"), site.page("/b", b"", 302, Location="/a")
    polite = fetcher(delay_s=2.0)
    polite.fetch(page)
    times.now += 0.5
    assert polite.wait_for(page) == 1.5
    polite.fetch(moved)
    polite.fetch(page)
    assert times.slept == [1.5, 2.0]


def test_other_hosts_do_not_wait(site: Any, fetcher: Make, times: Any) -> None:
    polite = fetcher(delay_s=2.0)
    polite.fetch(site.page("/a"))
    polite.fetch(site.page("/a").replace("localhost", "127.0.0.1"))
    assert times.slept == []


def test_waiting_does_not_use_up_the_time_of_a_fetch(site: Any, fetcher: Make) -> None:
    import time

    impatient = fetcher(delay_s=0.7, fetch_seconds=0.6, clock=time.time, sleep=time.sleep)
    impatient.fetch(site.page("/a"))
    assert impatient.fetch(site.page("/a")).status == 200


def test_failing_host_is_left_alone_ever_longer_until_it_answers(site: Any, fetcher: Make, times: Any) -> None:
    bad, good = site.page("/bad", b"", 500), site.page("/good")
    polite = fetcher(delay_s=1.0)
    for _ in range(4):
        assert refused(polite, bad).status == 500
    assert times.slept == [5.0, 10.0, 20.0]
    assert polite.wait_for(bad) == 40.0
    polite.fetch(good)
    assert polite.wait_for(bad) == 1.0


def test_host_that_is_closed_for_long_is_refused_at_once(site: Any, fetcher: Make, times: Any) -> None:
    url = site.page("/a", b"", 429, Retry_After="300")
    polite = fetcher()
    assert refused(polite, url).status == 429
    times.now += 100
    error = refused(polite, url)
    assert (error.status, error.retry_after_s) == (None, 200.0)
    assert "it is asked again in 200 seconds" in str(error)
    assert (site.asked, times.slept) == (["/a"], [])
    times.now += 200
    assert refused(polite, url).status == 429


def test_page_that_is_gone_is_no_failure_of_its_host(site: Any, fetcher: Make) -> None:
    polite = fetcher(delay_s=0.0)
    refused(polite, site.page("/gone", b"", 410))
    assert polite.wait_for(site.url) == 0.0


def test_server_that_cannot_be_reached_is_a_failing_host(fetcher: Make) -> None:
    polite = fetcher()
    with socket.socket() as closed:  # bound, so that nobody else listens there
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert "could not be fetched (ConnectionRefusedError" in str(refused(polite, url))
    assert polite.wait_for(url) == 5.0


@given(st.lists(st.tuples(st.sampled_from("afg"), st.floats(-1e6, 1e6), st.floats(0, 1e6)), max_size=30))
def test_no_host_is_put_off_for_good_whatever_the_clock_does(steps: list[tuple[str, float, float]]) -> None:
    turns, now = Turns(1.0), 1_700_000_000.0
    for what, passed, seconds in steps:
        now += passed
        if what == "a":
            turns.asked("h", now, delay=seconds)
        elif what == "f":
            turns.failed("h", now, min(seconds, LONGEST_CLOSED_S))
        else:
            turns.answered("h")
        assert 0 <= turns.wait("h", now) <= LONGEST_CLOSED_S


def test_hosts_that_are_remembered_are_limited() -> None:
    turns = Turns(1.0)
    for number in range(20_000):
        turns.asked(f"h{number}", float(number))
    assert len(turns._hosts) == 10_000
    assert turns.wait("h19999", 19_999.0) == 1.0


# -- robots.txt ------------------------------------------------------------------------------


def test_page_that_robots_txt_bars_is_never_asked_for(site: Any, fetcher: Make) -> None:
    site.page("/robots.txt", BARRED)
    polite = fetcher(robots=True)
    error = refused(polite, site.page("/private/a"))
    assert (error.refused_by_robots, error.status, error.retry_after_s) == (True, None, None)
    assert "/robots.txt bars programs from it" in str(error)
    assert polite.fetch(site.page("/a")).status == 200
    assert site.asked == ["/robots.txt", "/a"]


def test_page_that_a_person_asked_for_is_read_as_a_browser_would(site: Any, fetcher: Make) -> None:
    site.page("/robots.txt", BARRED)
    assert fetcher(robots=False).fetch(site.page("/private/a")).status == 200
    assert fetcher(robots=True).fetch(site.page("/private/a"), robots=False).status == 200
    assert "/robots.txt" not in site.asked


def test_barred_page_behind_a_redirect_is_refused(site: Any, fetcher: Make) -> None:
    site.page("/robots.txt", BARRED)
    site.page("/private/a")
    assert refused(fetcher(robots=True), site.page("/a", b"", 302, Location="/private/a")).refused_by_robots


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: dateline\nDisallow: /\n", False),
        ("User-agent: Dateline/2.0\nDisallow: /\n", False),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("User-agent: datelinebot\nDisallow: /\n", True),
        ("User-agent: otherbot\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: dateline\nAllow: /\n", True),
        ("user agent *\ndisallow: /*.html$\nallow: /a\n", True),
        ("\ufeffUser-agent: *  # all of you\nDisallow: /a # this too\n", False),
        ("<html><body>Not found</body></html>", True),
        ("\x00\xff\nUser-agent: *\nDisallow: /a", False),
    ],
)
def test_rules_are_read_as_the_standard_says(site: Any, fetcher: Make, rules: str, allowed: bool) -> None:
    site.page("/robots.txt", rules)
    url = site.page("/a")
    if allowed:
        assert fetcher(robots=True).fetch(url).status == 200
    else:
        assert refused(fetcher(robots=True), url).refused_by_robots


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_host_without_robots_txt_bars_nothing(site: Any, fetcher: Make, status: int) -> None:
    site.page("/robots.txt", b"", status)
    assert fetcher(robots=True).fetch(site.page("/a")).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_host_that_fails_to_give_its_robots_txt_is_left_alone_for_a_while(
    site: Any, fetcher: Make, times: Any, status: int
) -> None:
    site.page("/robots.txt", b"", status)
    polite = fetcher(robots=True, delay_s=0.0)
    error = refused(polite, site.page("/a"))
    assert (error.refused_by_robots, error.status, error.retry_after_s) == (False, None, 600.0)
    assert f"could not be had (the server answered {status})" in str(error)
    assert refused(polite, site.page("/b")).retry_after_s == 600.0
    assert site.asked == ["/robots.txt"]
    times.now += 601
    site.page("/robots.txt", BARRED)
    assert polite.fetch(site.page("/a")).status == 200


def test_robots_txt_of_a_slow_server_is_not_waited_for_twice(site: Any, fetcher: Make) -> None:
    site.raw("/robots.txt", b"HTTP/1.1 200 OK\r\n\r\n", *[b"a"] * 100, pause=0.05)
    polite = fetcher(robots=True, fetch_seconds=0.2)
    assert "could not be had (no answer)" in str(refused(polite, site.page("/a")))
    assert "could not be had (no answer)" in str(refused(polite, site.page("/b")))
    assert site.asked == ["/robots.txt"]


def test_last_rules_hold_while_new_ones_cannot_be_had(site: Any, fetcher: Make, times: Any) -> None:
    site.page("/robots.txt", BARRED)
    polite = fetcher(robots=True)
    polite.fetch(site.page("/a"))
    site.page("/robots.txt", b"", 500)
    times.now += 13 * 3600
    assert refused(polite, site.page("/private/a")).refused_by_robots
    assert polite.fetch(site.page("/a")).status == 200
    assert site.asked == ["/robots.txt", "/a", "/robots.txt", "/a"]


def test_robots_txt_is_asked_for_again_after_half_a_day(site: Any, fetcher: Make, times: Any) -> None:
    polite = fetcher(robots=True)
    for passed in (0, 11 * 3600, 2 * 3600):
        times.now += passed
        polite.fetch(site.page("/a"))
    assert site.asked.count("/robots.txt") == 2


@pytest.mark.parametrize(
    ("rule", "pause"),
    [("Crawl-delay: 7", 7.0), ("Crawl-delay: 9999", 60.0), ("Crawl-delay: -3", 1.0), ("Crawl-delay: soon", 1.0),
     ("Crawl-delay: nan", 1.0), ("Crawl-delay: inf", 1.0), ("Request-rate: 1/5s", 5.0), ("Request-rate: 0/5s", 1.0)],
)  # fmt: skip
def test_pause_that_a_host_wishes_for_is_kept_within_reason(
    site: Any, fetcher: Make, times: Any, rule: str, pause: float
) -> None:
    site.page("/robots.txt", f"User-agent: *\n{rule}\n")
    polite = fetcher(robots=True, delay_s=1.0)
    for _ in range(2):
        polite.fetch(site.page("/a"))
    assert times.slept == [pause]


def check(text: str, path: str = "/a") -> float | FetchError:
    target = parse_address(f"http://news.example{path}")
    try:
        return Robots(lambda url: text, lambda: 0.0).check(target)
    except FetchError as error:
        return error


def test_thousands_of_robots_before_thousands_of_rules_fill_no_memory() -> None:
    import tracemalloc

    hostile = "".join(f"User-agent: {n}\n" for n in range(9_000)) + "".join(f"Disallow: /{n}\n" for n in range(9_000))
    tracemalloc.start()
    assert check(hostile) == 0.0
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


@given(st.text(max_size=300) | st.lists(st.sampled_from(
    ["User-agent: *", "User-agent: dateline", "useragent", "user agent x", "Disallow: /", "Allow: /a*b$", "Crawl-delay: 1e99",
     "Request-rate: 9/0s", "Request-rate: 1/2h 0900-2500", "Visit-time: 1-2", "Host: x", ":", "Disallow: %zz%", "Disallow: *"]
), max_size=12).map("\n".join))  # fmt: skip
def test_any_robots_txt_allows_or_bars(text: str) -> None:
    found = check(text)
    assert isinstance(found, FetchError) or found >= 0


def test_rules_of_many_hosts_are_kept_within_a_limit() -> None:
    robots = Robots(lambda url: "User-agent: *\n" + "Disallow: /a\n" * 39_000, lambda: 0.0)
    for number in range(80):
        robots.knows(parse_address(f"http://h{number}.example/"))
        robots._rules_of(f"http://h{number}.example")
    assert robots._size <= 32_000_000
    assert len(robots._kept) < 80
