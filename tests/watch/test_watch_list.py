"""The file of feeds, the times of polls and checks, the order of pages, and the rows in the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.fetching import moment
from dateline.intake.feeds.feed_entry import FeedEntry
from dateline.store import Store
from dateline.store.watching import WatchRows
from dateline.watch import read_watch_list
from dateline.watch.jobs import Job, Jobs
from dateline.watch.schedule import next_check, next_poll, seconds
from dateline.watch.watch_list import WatchedFeed

LIST = """
[watch]
contact = "desk@daily-ledger.example"
captures = "captures.warc.gz"
interval = "10m"
recheck = "1d"

[[feed]]
url = "https://daily-ledger.example/world.xml"
outlet = "The Daily Ledger"
interval = 120
full_text = "always"

[[feed]]
url = "https://harbour-wire.example/feed"
language = "en"
"""


def test_a_feed_says_what_differs_from_the_others(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(LIST, encoding="utf-8")
    watched = read_watch_list(path)
    assert [watched.interval_of(feed) for feed in watched.feed] == [120, 600]
    assert [watched.full_text_of(feed) for feed in watched.feed] == ["always", "auto"]
    assert (watched.watch.recheck, watched.feed[1].language) == (86_400, "en")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "[[feed]]\nurl = 'https://a.example/'\nkind = 'rss'",
            ["feed.number 1.kind", "no such key", "url, outlet, interval"],
        ),
        ("[watch]\nspeed = 1\n[[feed]]\nurl = 'https://a.example/'", ["watch.speed", "no such key", "contact"]),
        ("[feeds]\nurl = 'x'", ["feeds", "no such key", "watch, feed"]),
        ("[watch]", ["[[feed]]"]),
        ("feed = []", ["[[feed]]"]),
        ("[[feed]]\nurl = 'a.example/feed'", ["feed.number 1.url", "http://", "a.example/feed"]),
        ("[[feed]]\nurl = 'https://a.example/'\ninterval = '1s'", ["interval", "once a minute"]),
        ("[[feed]]\nurl = 'https://a.example/'\ninterval = 'soon'", ["interval", "15m", "soon"]),
        ("[[feed]]\nurl = 'https://a.example/'\nfull_text = 'yes'", ["full_text", "never", "yes"]),
        ("[[feed]]\nurl = 'https://a.example/'\n[[feed]]\nurl = 'https://a.example/'", ["given twice"]),
        ("[[feed]", ["not valid TOML"]),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_place_and_what_would_be_right(
    tmp_path: Path, text: str, parts: list[str]
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_watch_list(path)
    message = str(caught.value)
    assert [part for part in [str(path), *parts] if part not in message] == []
    assert len(message.splitlines()) <= 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.toml cannot be read"):
        read_watch_list(tmp_path / "feeds.toml")


# -- times -----------------------------------------------------------------------------------

NOW = 1_711_620_000.0


@given(st.integers(60, 1_000_000), st.integers(0, 2000), st.one_of(st.none(), st.floats(0, 86_400)))
def test_the_next_poll_is_never_early_and_at_most_a_day_late(
    interval: int, failures: int, wished: float | None
) -> None:
    wait = (seconds(next_poll(NOW, interval, failures, wished)) or 0) - NOW
    assert wait >= max(interval, wished or 0)
    assert wait <= max(interval, 86_400, wished or 0) + 1


def test_each_failure_doubles_the_wait() -> None:
    assert [next_poll(NOW, 900, failures)[11:16] for failures in (0, 1, 2, 3)] == ["10:15", "10:30", "11:00", "12:00"]


@given(st.floats(0, 500_000), st.integers(0, 400_000))
def test_checks_end_with_the_window(age: float, window: int) -> None:
    at = next_check(NOW + age, NOW, window)
    assert at is None or age < (seconds(at) or 0) - NOW <= window + 1
    if age + 1800 > window:
        assert at is None


@given(st.integers(0, 4_000_000_000))
def test_moments_keep_whole_seconds(at: int) -> None:
    assert seconds(moment(at)) == at


def test_what_is_no_time_is_none() -> None:
    assert seconds("soon") is None
    assert seconds(None) is None


# -- the order of pages ----------------------------------------------------------------------


def job(host: str, number: int) -> Job:
    return Job(
        feed=WatchedFeed(url="https://a.example/feed"), key=f"{host}{number}", url=f"https://{host}.example/{number}",
        entry=FeedEntry(), digest=None, kind="new",
    )  # fmt: skip


def test_hosts_take_turns_and_the_busy_one_waits() -> None:
    waits = {"a": 0.0, "b": 0.0, "c": 5.0}
    jobs = Jobs(lambda url: waits[url[8]])
    for host in "aabbc":
        jobs.add(job(host, len(waits)))
    taken = []
    while jobs:
        assert jobs.wait() == (0.0 if len(taken) < 4 else 5.0)
        taken.append(jobs.take().url[8])
    assert taken == ["a", "b", "a", "b", "c"]
    assert not jobs.leads_to("https://a.example/3")


# -- rows ------------------------------------------------------------------------------------


def entry_row(key: str, **changed: Any) -> dict[str, Any]:
    row = dict.fromkeys(
        "feed entry url digest said etag last_modified seen_at checked_at next_check_at status".split(), None
    )
    return {**row, "feed": "f", "entry": key, "url": f"https://a.example/{key}", **changed}


def test_rows_come_back_as_they_were_saved_and_are_replaced(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        rows = WatchRows(store)
        feed = {"url": "f", "etag": '"1"', "last_modified": None, "failures": 2, "status": "read"}
        feed |= {"polled_at": None, "next_poll_at": "2024-03-28T10:00:00Z"}
        assert rows.feed("f") is None
        rows.save([feed], [entry_row("1"), entry_row("2", next_check_at="2024-03-28T10:00:00Z")])
        rows.save([{**feed, "failures": 0}], [entry_row("1", status="gone", next_check_at="2024-03-28T09:00:00Z")])
        assert rows.feed("f") == {**feed, "failures": 0}
        assert [row["status"] for row in rows.entries("f", ["1", "2", "3"])] == ["gone", None]
        assert rows.entries("g", ["1"]) == rows.entries("f", []) == []
        assert [row["entry"] for row in rows.at("https://a.example/2")] == ["2"]
        assert [row["entry"] for row in rows.due(["f"], "2024-03-28T10:00:00Z", 5)] == ["1", "2"]
        assert [row["entry"] for row in rows.due(["f"], "2024-03-28T09:30:00Z", 5)] == ["1"]
        assert rows.due(["g"], "2024-03-28T10:00:00Z", 5) == []
        assert rows.next_check(["f"]) == "2024-03-28T09:00:00Z"
        assert rows.next_check(["g"]) is None
