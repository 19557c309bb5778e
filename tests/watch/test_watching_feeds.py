"""What a watcher makes of feeds and servers as they are."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from dateline.records import Mark, RawItem, Rejection, Retraction
from dateline.watch.schedule import seconds
from dateline.watch.state import Said

START = 1_711_620_000.0  # 2024-03-28T10:00:00Z, where the clock of these tests begins


def entry_of(site: Any, number: int = 1, body: str = "Both states agreed.", *, extra: str = "") -> str:
    """An entry of an RSS feed that leads to the page /a1; a short body is a summary."""
    return (
        f"<item><title>Story {number}</title><link>{site.url(f'/a{number}')}</link><guid isPermaLink='false'>g{number}</guid>"
        f"<pubDate>Thu, 28 Mar 2024 09:00:00 GMT</pubDate><description>{body}</description>{extra}</item>"
    )


def rss(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>The Daily Ledger</title>{''.join(entries)}</channel></rss>"


WHOLE = "The ministers of both states met in the harbour town and agreed to open the bridge again. " * 8
PAGE = "<html><body><article><p>{}</p></article></body></html>"


def page(words: str = "Whole story.") -> str:
    return PAGE.format(words)


def urls(items: list[Any]) -> list[str]:
    return [item.url for item in items]


# -- feeds -----------------------------------------------------------------------------------


def test_whole_entries_are_read_once_and_their_pages_left_alone(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1, WHOLE), entry_of(site, 2, WHOLE)))
    assert urls(desk.watch(feed)) == [site.url("/a2"), site.url("/a1")]
    assert desk.watch(feed) == []
    assert site.paths() == ["/feed", "/feed"]


def test_a_feed_is_asked_whether_it_changed(site: Any, desk: Any) -> None:
    feed = site.put(
        "/feed", {"body": rss(entry_of(site, 1, WHOLE)), "headers": {"ETag": '"1"', "Last-Modified": "then"}}
    )
    desk.watch(feed)
    assert desk.watch(feed) == []
    assert site.asked[-1][1]["if-none-match"] == '"1"'
    assert site.asked[-1][1]["if-modified-since"] == "then"
    assert "unchanged" in desk.lines[-1]


def test_feeds_are_polled_at_their_intervals(site: Any, desk: Any) -> None:
    slow = site.put("/slow", rss(entry_of(site, 1, WHOLE)))
    quick = site.put("/quick", rss(entry_of(site, 2, WHOLE)))
    desk.watch({"url": slow, "interval": "1h"}, {"url": quick, "interval": "30m"}, hours=2.1, recheck=0)
    assert site.paths().count("/slow") == 3
    assert site.paths().count("/quick") == 5


def test_an_entry_that_changed_is_read_again_as_another_version(site: Any, desk: Any) -> None:
    feed = site.put(
        "/feed", rss(entry_of(site, 1, WHOLE)), rss(entry_of(site, 1, f"Corrected. {WHOLE}", extra=UPDATED), entry_of(site, 2, WHOLE))
    )  # fmt: skip
    (first,) = desk.watch(feed)
    new, changed = desk.watch(feed)
    assert urls([new, changed]) == [site.url("/a2"), first.url]
    assert changed.external_id == first.external_id
    assert changed.version == "2024-03-28T12:00:00Z"
    assert "1 new, 1 changed" in desk.lines[-1]


UPDATED = "<modified xmlns='http://purl.org/dc/terms/'>2024-03-28T12:00:00Z</modified>"


def test_a_feed_that_fails_is_asked_ever_more_seldom(site: Any, desk: Any) -> None:
    feed = site.put("/feed", {"status": 404})
    state, waits = None, []
    for _ in range(9):
        desk.watch({"url": feed, "interval": "1h"})
        state = desk.memory.feed(feed)
        waits.append(round(seconds(state.next_poll_at) - desk.clock.now) / 3600)
        desk.clock.now = seconds(state.next_poll_at)
    assert [round(wait) for wait in waits] == [2, 4, 8, 16, 24, 24, 24, 24, 24]
    assert state.failures == 9
    site.put("/feed", rss(entry_of(site, 1, WHOLE)))
    assert len(desk.watch(feed)) == 1
    assert desk.memory.feed(feed).failures == 0


def test_a_feed_that_failed_is_left_alone_until_its_time_even_once(site: Any, desk: Any) -> None:
    feed = site.put("/feed", {"status": 404})
    desk.watch(feed)
    desk.watch(feed)
    assert site.paths() == ["/feed"]


def test_a_host_that_names_a_time_is_not_asked_before_it(site: Any, desk: Any) -> None:
    feed = site.put("/feed", {"status": 429, "headers": {"Retry-After": "7200"}}, rss(entry_of(site, 1, WHOLE)))
    assert desk.watch({"url": feed, "interval": "1m"}, hours=1.9) == []
    assert site.paths() == ["/feed"]
    assert len(desk.watch({"url": feed, "interval": "1m"}, hours=0.2)) == 1


BOMB = gzip.compress(b"\0" * 30_000_000)
FAULTS = {
    "broken": ({"body": "<rss><channel><item><ti"}, "never ends"),
    "bomb": ({"body": BOMB, "headers": {"Content-Encoding": "gzip"}}, "larger than"),
    "slow": ({"body": b"<rss>" * 100, "slow_s": 0.05}, "longer than"),
    "circle": ({"status": 302, "headers": {"Location": "/circle"}}, "circle"),
    "page": ({"body": "<html><p>Not found</p></html>"}, "no feed"),
    "empty": ({"body": ""}, ""),
    "laughs": ({"body": '<!DOCTYPE r [<!ENTITY a "<b/>"> ' + "<!-- " + "]><rss/>"}, "never ends"),
    "private": ({"status": 301, "headers": {"Location": "file:///etc/passwd"}}, "no web address"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_server_that_misbehaves_spoils_its_own_feed_only(site: Any, desk: Any, name: str) -> None:
    answer, words = FAULTS[name]
    bad, good = site.put(f"/{name}", answer), site.put("/feed", rss(entry_of(site, 1, WHOLE)))
    found = desk.watch(bad, good)
    assert [type(each) for each in found if each.name.startswith(good)] == [RawItem]
    assert any(
        words in text for text in [*desk.lines, *(each.message for each in found if isinstance(each, Rejection))]
    )


def test_a_feed_of_broken_entries_gives_the_others_and_one_line(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1, WHOLE), "<item><title>Cut"))
    found = desk.watch(feed)
    assert sorted(type(each).__name__ for each in found) == ["RawItem", "Rejection"]
    assert len(desk.lines) == 1
    assert "broken XML" in desk.lines[0]


def test_a_feed_that_moved_is_read_there_and_the_person_told(site: Any, desk: Any) -> None:
    site.put("/new", rss(entry_of(site, 1, WHOLE)))
    feed = site.put("/feed", {"status": 301, "headers": {"Location": "/new"}})
    assert len(desk.watch(feed)) == 1
    assert f"moved for good to {site.url('/new')}" in desk.lines[0]


def test_a_cancelled_item_is_taken_back_once(site: Any, desk: Any) -> None:
    item = f'{{"id": "1", "url": "{site.url("/a1")}", "title": "Story", "content_text": "{WHOLE}"}}'
    start = '{"version": "https://jsonfeed.org/version/1.1", "items": ['
    feed = site.put("/feed", f"{start}{item}]}}", f"{start}{item[:-1]}, {CANCELLED}}}]}}")
    (first,) = desk.watch(feed)
    (back,) = desk.watch(feed)
    assert isinstance(back, Retraction)
    assert (back.url, back.external_id, back.at) == (first.url, "1", "2024-03-28T10:00:00Z")
    assert desk.watch(feed) == []


CANCELLED = '"pubStatus": "canceled", "date_modified": "2024-03-01T00:00:00Z"'


# -- pages -----------------------------------------------------------------------------------


def test_the_page_of_a_summary_is_read_with_what_the_feed_says(site: Any, desk: Any) -> None:
    extra = "<source url='https://wire.example/'>Harbour Wire</source><enclosure url='https://a.example/1.mp3'/>"
    feed = site.put("/feed", rss(entry_of(site, 1, extra=extra)))
    site.put("/a1", page())
    (item,) = desk.watch({"url": feed, "outlet": "Daily Ledger", "language": "en"})
    assert (item.kind, item.content, item.url) == ("html", page(), site.url("/a1"))
    assert (item.external_id, item.outlet, item.published) == ("g1", "Daily Ledger", "2024-03-28T09:00:00Z")
    assert item.captured == "2024-03-28T10:00:00Z"
    said = {mark.field: mark.words for mark in item.marks}
    assert said["origin"] == "Harbour Wire <https://wire.example/>"
    assert said["enclosure"] == "https://a.example/1.mp3"
    assert Mark("language", "en", "en", "given") in item.marks


@pytest.mark.parametrize(
    ("full_text", "body", "fetched"),
    [("auto", "Short.", True), ("auto", WHOLE, False), ("always", WHOLE, True), ("never", "Short.", False)],
)
def test_full_text_says_whether_pages_are_fetched(
    site: Any, desk: Any, full_text: str, body: str, fetched: bool
) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1, body)))
    site.put("/a1", page())
    (item,) = desk.watch({"url": feed, "full_text": full_text})
    assert (item.kind == "html") is fetched
    assert ("/a1" in site.paths()) is fetched


def test_robots_txt_is_obeyed_and_the_summary_taken(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page())
    site.put("/robots.txt", "User-agent: *\nDisallow: /a")
    (item,) = desk.watch({"url": feed, "interval": "6h"}, hours=2)
    assert item.content == "Story 1\n\nBoth states agreed."
    assert any("robots.txt" in warning for warning in item.warnings)
    assert [state.next_check_at for state in desk.memory.known.values()] == [None]
    assert "/a1" not in site.paths()


def test_a_host_is_not_hurried(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(*(entry_of(site, number) for number in range(1, 6))))
    for number in range(1, 6):
        site.put(f"/a{number}", page())
    desk.delay_s = 2.0
    desk.watch(feed)
    assert desk.clock.passed >= 10


def test_one_page_of_two_feeds_is_fetched_once(site: Any, desk: Any) -> None:
    site.put("/a1", page())
    world, top = site.put("/world", rss(entry_of(site, 1))), site.put("/top", rss(entry_of(site, 1)))
    assert len(desk.watch(world, top)) == 1
    assert len(desk.watch(world, top, site.put("/late", rss(entry_of(site, 1))))) == 0
    assert site.paths().count("/a1") == 1


def same_id(site: Any, *bodies: str) -> str:
    """A feed that writes one id into each of its entries."""
    entries = [entry_of(site, number, body) for number, body in enumerate(bodies, start=1)]
    return rss(*(each.replace(f">g{number}<", ">17<") for number, each in enumerate(entries, start=1)))


def test_entries_that_share_an_id_are_read_each(site: Any, desk: Any) -> None:
    feed = site.put("/feed", same_id(site, *(f"Story {number}. {WHOLE}" for number in range(3))))
    assert sorted(urls(desk.watch(feed))) == [site.url(f"/a{number}") for number in (1, 2, 3)]
    assert desk.watch(feed) == []


def test_of_entries_that_share_an_id_only_the_one_whose_page_is_gone_is_taken_back(site: Any, desk: Any) -> None:
    feed = site.put("/feed", same_id(site, "Both agreed.", "Both left."))
    site.put("/a1", page(), {"status": 410})
    site.put("/a2", page("Another story."))
    found = desk.watch({"url": feed, "outlet": "The Daily Ledger"}, hours=3)
    (back,) = (item for item in found if isinstance(item, Retraction))
    assert (back.url, back.external_id) == (site.url("/a1"), None)


def test_an_entry_that_changes_while_its_page_waits_to_be_looked_at_survives_a_kill(site: Any, desk: Any) -> None:
    feed = {"url": site.put("/feed", rss(entry_of(site, 1)), rss(entry_of(site, 1, "Changed."))), "interval": "1h"}
    site.put("/a1", page(), page("Corrected story."))
    desk.watch(feed)
    desk.clock.now += 7200
    desk.clock.end = desk.clock.now + 60
    watcher = desk.watcher([feed])
    assert watcher._add_due_articles()
    for batch in watcher._poll(watcher._feeds[feed["url"]]):
        desk.take(batch)
    desk.take(watcher._ready.take())  # and now it is killed, before the pages are fetched
    (item,) = desk.watch(feed)
    assert item.content == page("Corrected story.")


def test_a_page_that_fails_gives_the_summary_now_and_the_article_later(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1, extra="<category>World</category>")))
    site.put("/a1", {"status": 503}, page())
    summary, article = desk.watch(feed, hours=3)
    assert any("503" in warning for warning in summary.warnings)
    assert (article.content, article.external_id, article.url) == (page(), summary.external_id, summary.url)
    assert {mark.words for mark in article.marks if mark.field == "section"} == {"World"}


def test_an_entry_without_words_is_rejected_only_when_its_page_is_given_up(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(f"<item><title>Bare</title><link>{site.url('/a1')}</link></item>"))
    site.put("/a1", {"status": 503})
    assert desk.watch({"url": feed, "interval": "6h"}, hours=20) == []
    (refused,) = desk.watch({"url": feed, "interval": "6h"}, hours=40)
    assert isinstance(refused, Rejection)
    assert "503" in refused.message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"body": b"%PDF-1.7 ..."}, "a PDF"),
        ({"status": 302, "headers": {"Location": "/"}}, "front page"),
        ({"body": gzip.compress(b"x" * 30_000_000), "headers": {"Content-Encoding": "gzip"}}, "larger than"),
        ({"body": page() * 50, "slow_s": 0.05}, "longer than"),
    ],
    ids=["pdf", "front page", "bomb", "slow"],
)
def test_a_page_that_is_no_article_leaves_the_summary(site: Any, desk: Any, answer: dict[str, Any], words: str) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", answer)
    site.put("/", page("Front page."))
    (item,) = desk.watch(feed)
    assert item.kind == "text"
    assert any(words in warning for warning in item.warnings)


# -- looking again ---------------------------------------------------------------------------


def test_articles_are_looked_at_again_ever_more_seldom_for_two_days(site: Any, desk: Any) -> None:
    feed = site.put("/feed", {"body": rss(entry_of(site, 1)), "headers": {"ETag": '"f"'}})
    site.put("/a1", {"body": page(), "headers": {"ETag": '"a"'}})
    checks = []
    answer = site.answer

    def note(path: str, headers: dict[str, str]) -> Any:
        if path == "/a1":
            checks.append((round((desk.clock.now - START) / 1800), headers.get("if-none-match")))
        return answer(path, headers)

    site.answer = note  # type: ignore[method-assign]
    assert len(desk.watch({"url": feed, "interval": "6h"}, hours=72)) == 1
    assert checks == [(0, None), *((each, '"a"') for each in (1, 2, 4, 8, 16, 32, 64))]


def test_a_page_that_changed_is_another_version_of_the_same_article(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page(), page(), page("Corrected story."))
    first, second = desk.watch(feed, hours=5)
    assert second.content == page("Corrected story.")
    assert (first.url, first.external_id, first.outlet) == (second.url, second.external_id, second.outlet)
    assert first.marks == second.marks
    assert any("another than before" in line for line in desk.lines)


def test_a_page_that_is_gone_is_taken_back_at_once(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page(), {"status": 410})
    item, back = desk.watch(feed, hours=3)
    assert isinstance(back, Retraction)
    assert (back.url, back.reason) == (item.url, "the server answered 410")
    assert back.at > item.captured
    assert desk.watch({"url": feed, "interval": "6h"}, hours=40) == []


def test_a_page_that_is_not_found_is_taken_back_when_that_is_confirmed(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page(), {"status": 404})
    first = desk.watch(feed, hours=0.7)
    assert [type(each) for each in first] == [RawItem]
    (back,) = desk.watch(feed, hours=2)
    assert isinstance(back, Retraction)
    assert back.reason == "the server answered 404 twice"


def test_a_page_that_can_no_longer_be_had_leaves_the_article_as_it_was(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)), rss(entry_of(site, 1, "Both states agreed again.")))
    site.put("/a1", page(), {"status": 403})
    found = desk.watch({"url": feed, "interval": "6h"}, hours=72)
    assert [type(each) for each in found] == [RawItem]
    assert any("403" in line for line in desk.lines)


def test_a_page_that_comes_back_is_not_taken_back(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page(), {"status": 404}, {"status": 500}, page())
    assert [type(each) for each in desk.watch({"url": feed, "interval": "6h"}, hours=60)] == [RawItem]


def test_a_redirected_article_is_taken_back_from_where_it_was_found(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", {"status": 302, "headers": {"Location": "/2024/story"}})
    site.put("/2024/story", page(), {"status": 410})
    item, back = desk.watch(feed, hours=3)
    assert item.url == back.url == site.url("/2024/story")


def test_nothing_is_looked_at_again_when_that_is_not_wished(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(entry_of(site, 1)))
    site.put("/a1", page(), {"status": 410})
    assert len(desk.watch({"url": feed, "interval": "6h"}, hours=60, recheck=0)) == 1
    assert site.paths().count("/a1") == 1


# -- stopping and going on -------------------------------------------------------------------


def test_a_watch_goes_on_where_another_one_stopped(site: Any, desk: Any) -> None:
    feed = site.put("/feed", {"body": rss(entry_of(site, 1), entry_of(site, 2, WHOLE)), "headers": {"ETag": '"f"'}})
    site.put("/a1", {"body": page(), "headers": {"ETag": '"a"'}})
    assert len(desk.watch(feed, hours=0.1)) == 2
    assert desk.watch(feed, hours=0.1) == []
    assert site.paths().count("/feed") == 1  # its interval is not over
    assert desk.watch(feed, hours=1) == []
    assert site.asked[-1][1]["if-none-match"] in {'"f"', '"a"'}


def test_what_was_not_saved_is_read_again(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(*(entry_of(site, number) for number in range(1, 41))))
    for number in range(1, 41):
        site.put(f"/a{number}", page(f"Story {number}."))
    desk.clock.end = START + 60
    batches = desk.watcher([{"url": feed}]).run(once=True)
    desk.take(next(batches))
    next(batches)  # read, and lost with what ran it
    batches.close()
    found = {item.url for item in desk.items} | {item.url for item in desk.watch(feed)}
    assert found == {site.url(f"/a{number}") for number in range(1, 41)}
    assert len(desk.items) == 40


def test_a_wish_to_stop_ends_the_watch_with_what_was_read(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(*(entry_of(site, number) for number in range(1, 11))))
    for number in range(1, 11):
        site.put(f"/a{number}", page())
    desk.delay_s = 20.0
    found = desk.watch(feed)  # a minute: time for three requests
    assert 0 < len(found) < 10
    assert desk.memory.feed(feed) is None
    desk.delay_s = 0.0
    assert len(desk.watch(feed)) == 10 - len(found)


def test_what_was_read_last_comes_out_when_the_watch_is_stopped(site: Any, desk: Any) -> None:
    feed = site.put("/feed", rss(*(entry_of(site, number) for number in range(1, 11))))
    for number in range(1, 11):
        site.put(f"/a{number}", page())
    desk.delay_s = 0.9  # too short a wait to write in
    desk.clock.end = START + 5
    batches = list(desk.watcher([{"url": feed}]).run())
    assert [len(batch.items) for batch in batches] == [sum(path.startswith("/a") for path in site.paths())]
    assert 0 < len(batches[0].items) < 10


def test_a_feed_of_very_many_pages_is_read_in_several_polls(
    site: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.watch.watcher.MOST_PAGES", 3)
    feed = site.put(
        "/feed", {"body": rss(*(entry_of(site, number) for number in range(1, 8))), "headers": {"ETag": '"f"'}}
    )
    for number in range(1, 8):
        site.put(f"/a{number}", page(f"Story {number}."))
    assert len(desk.watch({"url": feed, "interval": "6h"}, hours=0.1)) == 7
    assert site.paths().count("/feed") == 3
    assert "4 left" in desk.lines[0]


def test_an_older_kind_of_state_can_be_read() -> None:
    said = Said.from_json(
        '{"entry": {"external_id": "1", "authors": ["A"], "unheard_of": 1}, "found_at": "https://a.example/"}'
    )
    assert (said.entry.external_id, said.entry.authors, said.found_at) == ("1", ("A",), "https://a.example/")
    assert Said.from_json(said.to_json()) == said
