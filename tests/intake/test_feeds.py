"""Feeds and sitemaps: what they say of an article, summaries and whole articles, broken and hostile ones."""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import IntakeError
from dateline.intake.feeds.feed import is_partial, read_feed
from dateline.intake.feeds.feed_entry import FeedEntry, read_date
from dateline.intake.feeds.fragment import plain_text
from dateline.intake.feeds.sitemap import read_sitemap
from dateline.intake.formats import Input, Items
from dateline.intake.limits import Limits
from dateline.intake.sniffing import find_format
from dateline.records import Mark, RawItem, Rejection, Retraction

LONG = "The ministers of both states met in the harbour town and agreed to open the bridge again. " * 8
DATES = "<pubDate>Thu, 28 Mar 2024 10:00:00 +0000</pubDate>"
ITEM = f"""<item><title>Bridge opens &amp; trade resumes</title><link>https://daily-ledger.example/bridge</link>
<guid isPermaLink="false">ledger-17</guid>{DATES}<dc:creator>Mara Lind</dc:creator><category>World</category>
<source url="https://wire.example/feed">Harbour Wire</source><enclosure url="https://daily-ledger.example/b.mp3" type="audio/mpeg"/>
<content:encoded><![CDATA[<p>{LONG}</p><p>Trade &mdash; resumes.</p><script>x()</script>]]></content:encoded></item>"""
RSS2 = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Daily Ledger</title><link>https://daily-ledger.example/</link><language>en-GB</language>{ITEM}</channel></rss>"""
RSS091 = f"""<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Daily Ledger</title><item><title>Bridge opens &amp; trade resumes</title>
<link>https://daily-ledger.example/bridge</link><description>{LONG}&nbsp;</description></item></channel></rss>"""
RSS1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://daily-ledger.example/"><title>The Daily Ledger</title></channel>
<item rdf:about="https://daily-ledger.example/bridge"><title>Bridge opens &amp; trade resumes</title>
<link>https://daily-ledger.example/bridge</link><description>{LONG}</description><dc:date>2024-03-28T10:00:00Z</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://daily-ledger.example/"><title>The Daily Ledger</title>
<entry><title type="html">Bridge opens &amp;amp; trade resumes</title><link href="bridge"/><id>tag:ledger,2024:17</id>
<link rel="enclosure" href="b.mp3"/><published>2024-03-28T10:00:00Z</published><updated>2024-03-28T12:30:00Z</updated>
<author><name>Mara Lind</name></author><category term="world" label="World"/>
<source><title>Harbour Wire</title><link href="https://wire.example/"/></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p><p>Trade resumes.</p></div></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "The Daily Ledger", "language": "en",
        "items": [{
            "id": "17", "url": "https://daily-ledger.example/bridge", "title": "Bridge opens & trade resumes",
            "content_html": f"<p>{LONG}</p>", "date_published": "2024-03-28T10:00:00Z", "authors": [{"name": "Mara Lind"}],
            "tags": ["World"], "date_modified": "2024-03-28T12:30:00Z", "external_url": "https://wire.example/1",
            "attachments": [{"url": "https://daily-ledger.example/b.mp3"}],
        }],
    }
)  # fmt: skip
FEEDS = {"rss 2.0": RSS2, "rss 0.91": RSS091, "rss 1.0": RSS1, "atom": ATOM, "json feed": JSON}


def read(data: str | bytes, reader: Callable[[Input], Items] = read_feed, **fields: Any) -> list[Any]:
    raw = data.encode() if isinstance(data, str) else data
    return list(reader(Input("feed.xml", io.BytesIO(raw), Limits(), **fields)))


def words(marks: tuple[Mark, ...], field: str) -> list[str]:
    return [mark.words for mark in marks if mark.field == field]


# -- what a feed says ------------------------------------------------------------------------


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_kind_of_feed_gives_headline_address_and_words(feed: str) -> None:
    (item,) = read(feed)
    assert isinstance(item, RawItem)
    assert (item.kind, item.format, item.headline) == ("text", "feed", "Bridge opens & trade resumes")
    assert item.url == "https://daily-ledger.example/bridge"
    assert item.outlet == "The Daily Ledger"
    assert item.content.startswith(f"Bridge opens & trade resumes\n\n{LONG.strip()}")
    assert not any("summary" in warning for warning in item.warnings)


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_kind_of_feed_is_known_by_its_content(feed: str) -> None:
    assert find_format(feed.encode()[:4096], ".txt") == "feed"


@pytest.mark.parametrize("name", ["rss 2.0", "rss 1.0", "atom", "json feed"])
def test_published_is_that_of_the_feed(name: str) -> None:
    (item,) = read(FEEDS[name])
    assert (item.published, item.published_from) == ("2024-03-28T10:00:00Z", "feed")


@pytest.mark.parametrize("name", ["rss 2.0", "atom", "json feed"])
def test_people_sections_origin_and_enclosures_are_marks(name: str) -> None:
    (item,) = read(FEEDS[name])
    assert words(item.marks, "author") == ["Mara Lind"]
    assert words(item.marks, "section") == ["World"]
    assert words(item.marks, "enclosure") == ["https://daily-ledger.example/b.mp3"]
    assert "wire.example" in words(item.marks, "origin")[0]
    assert words(item.marks, "language")[0].startswith("en")
    assert {mark.found_in for mark in item.marks} == {"feed"}


def test_an_update_is_a_mark_and_the_version() -> None:
    (item,) = read(ATOM)
    assert item.version == "2024-03-28T12:30:00Z"
    assert Mark("modified", "2024-03-28T12:30:00Z", "2024-03-28T12:30:00Z", "feed") in item.marks


def test_scripts_are_no_words_and_paragraphs_stay_apart() -> None:
    (item,) = read(RSS2)
    assert item.content.endswith(f"{LONG.strip()}\n\nTrade — resumes.")


def test_given_outlet_comes_before_the_title_of_the_feed() -> None:
    assert read(RSS2, outlet="Ledger")[0].outlet == "Ledger"


def test_a_date_that_cannot_be_read_is_a_warning() -> None:
    (item,) = read(RSS2.replace("Thu, 28 Mar 2024 10:00:00 +0000", "last Thursday"))
    assert item.published is None
    assert any("last Thursday" in warning for warning in item.warnings)


def test_the_same_entry_has_the_same_digest_however_the_feed_is_laid_out() -> None:
    spaced = RSS2.replace("<category>", "\n\n <category>").replace("</channel>", "<ttl>60</ttl></channel>")
    assert read(spaced)[0].raw_sha256 == read(RSS2)[0].raw_sha256
    assert read(RSS2.replace("resumes.", "stops."))[0].raw_sha256 != read(RSS2)[0].raw_sha256


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<link>/a/1</link>", "https://daily-ledger.example/a/1"),
        ("<guid>https://daily-ledger.example/g</guid>", "https://daily-ledger.example/g"),
        ('<guid isPermaLink="false">https://daily-ledger.example/g</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
    ],
)
def test_addresses_are_whole_and_of_the_web(link: str, expected: str | None) -> None:
    feed = f"<rss><channel><item><title>T</title>{link}<description>{LONG}</description></item></channel></rss>"
    assert read(feed, url="https://daily-ledger.example/feeds/world.xml")[0].url == expected


@pytest.mark.parametrize(
    "status", ['"pubStatus": "canceled"', '"pubstatus": "cancelled"'],
)  # fmt: skip
def test_a_cancelled_item_is_a_retraction(status: str) -> None:
    feed = f'{{"version": "https://jsonfeed.org/version/1", "items": [{{"id": "1", "url": "https://a.example/1", {status}}}]}}'
    (retraction,) = read(feed)
    assert isinstance(retraction, Retraction)
    assert (retraction.external_id, retraction.url) == ("1", "https://a.example/1")


def test_a_deleted_entry_is_a_retraction() -> None:
    deleted = (
        '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:1" when="2024-03-29T00:00:00Z"/>'
    )
    retraction = read(ATOM.replace("</feed>", f"{deleted}</feed>"))[-1]
    assert isinstance(retraction, Retraction)
    assert (retraction.external_id, retraction.at) == ("tag:1", "2024-03-29T00:00:00Z")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Thu, 28 Mar 2024 10:00:00 GMT", "2024-03-28T10:00:00Z"),
        ("28 Mar 24 10:00 +0100", "2024-03-28T10:00:00+01:00"),
        ("2024-03-28", "2024-03-28"),
        ("yesterday", None),
        ("9" * 5000, None),
    ],
)
def test_dates_of_feeds(given: str, expected: str | None) -> None:
    assert read_date(given) == expected


# -- summaries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "whole", "partial"),
    [
        (LONG, True, False),
        (LONG, False, False),
        ("A short wire story, whole as it is.", True, False),
        ("A short summary.", False, True),
        (f"{LONG} The talks …", True, True),
        (f"{LONG} The talks [...]", False, True),
        (f"{LONG} Read more", False, True),
        (f"{LONG}\n\nContinue reading “Bridge opens”", True, True),
        (f"{LONG} People who read more papers know.", True, False),
    ],
)
def test_how_a_summary_is_told_from_an_article(body: str, whole: bool, partial: bool) -> None:
    assert is_partial(FeedEntry(body=body, whole=whole)) is partial


SUMMARY = RSS2.replace("content:encoded", "description").replace(LONG, "Both states agreed.")
PAGE = RawItem(
    name="page", kind="html", content="<p>Whole.</p>", raw_sha256="p", url="https://daily-ledger.example/bridge?x"
)


def test_a_summary_is_coded_with_a_warning() -> None:
    (item,) = read(SUMMARY)
    assert any("only the feed's summary" in warning for warning in item.warnings)


def test_the_article_of_a_summary_is_fetched_where_that_is_allowed() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Items:
        asked.append(url)
        yield PAGE

    (item,) = read(SUMMARY, fetch=fetch, fetch_rows=True)
    assert asked == ["https://daily-ledger.example/bridge"]
    assert (item.content, item.url, item.external_id) == (PAGE.content, PAGE.url, "ledger-17")
    assert (item.published, item.published_from) == ("2024-03-28T10:00:00Z", "feed")
    assert words(item.marks, "headline") == ["Bridge opens & trade resumes"]
    assert words(item.marks, "origin") == ["Harbour Wire <https://wire.example/feed>"]
    assert read(SUMMARY, fetch=fetch)[0].content != PAGE.content
    assert read(RSS2, fetch=fetch, fetch_rows=True)[0].content != PAGE.content
    assert len(asked) == 1


def test_a_summary_stands_in_for_an_article_that_cannot_be_had() -> None:
    def fetch(url: str) -> Items:
        yield Rejection(name=url, stage="intake", error="IntakeError", message="the server answered 503")

    (item,) = read(SUMMARY, fetch=fetch, fetch_rows=True)
    assert isinstance(item, RawItem)
    assert any("503" in warning for warning in item.warnings)


def test_an_entry_without_words_is_rejected_with_the_next_step() -> None:
    (refused,) = read("<rss><channel><item><title>Bridge opens</title></item></channel></rss>")
    assert isinstance(refused, Rejection)
    assert "Bridge opens" in refused.message
    assert "--fetch" in refused.message


# -- broken and hostile ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "fixed"),
    [
        ("<i>unclosed", "Both"),
        ("AT&T and others", "AT&T and others"),
        ("&nbsp;&eacute;t&eacute; &unknown;", "été &unknown;"),
        ("\x0b\x1f", "Both"),
        ("&#0;&#x1F;", "Both"),
        ("&#55296; &#xDFFF &#99999999999;", "Both"),
        ("<p>one<p>two", "one\n\ntwo"),
    ],
)
def test_a_fault_in_one_entry_leaves_it_and_the_others_readable(fault: str, fixed: str) -> None:
    broken = f"<item><title>Broken</title><description>Both {fault} {LONG}</description><link>https://a.example/b</link></item>"
    items = read(RSS2.replace("<item>", f"{broken}<item>"))
    assert [item.headline for item in items] == ["Broken", "Bridge opens & trade resumes"]
    assert fixed in items[0].content
    assert items[0].url == "https://a.example/b"
    assert LONG.strip() in items[1].content


def test_a_feed_that_is_cut_off_gives_its_whole_entries_and_counts_the_other() -> None:
    items = read(RSS2.replace("</channel></rss>", "") + ITEM[:300])
    assert [type(item) for item in items] == [RawItem, Rejection]
    assert any("broken XML" in warning for warning in items[0].warnings)
    assert "cut off" in items[1].message


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ("<html><p>Hello</p></html>", "is no feed"),
        ("<rss><channel></channel></rss>", "without entries"),
        ("<rss><channel><b", "broken XML"),
        ('{"version": "https://jsonfeed.org/version/1"}', "no JSON Feed"),
        ('{"version": ', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("<!DOCTYPE rss [ <rss>", "never ends"),
        ("", "is empty"),
        (b"<?xml version='1.0' encoding='utf-8'?><rss>" + b"\xff\xfe" * 200, "not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_its_reason(data: str | bytes, part: str) -> None:
    with pytest.raises(IntakeError, match=part):
        read(data)


LAUGHS = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY a "<b>lol</b>">{LAUGHS}]>',
        f'<!DOCTYPE rss [<!ENTITY a "lol">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!-- ]> --><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x">',
    ],
)
def test_entities_are_never_expanded_and_nothing_is_opened(doctype: str) -> None:
    feed = (
        f"{doctype}<rss><channel><item><title>T &i;</title><description>{LONG}&i;</description></item></channel></rss>"
    )
    start = time.process_time()
    (item,) = read(feed)
    assert time.process_time() - start < 1
    assert item.headline == "T &i;"
    assert item.content.endswith("&i;")


@pytest.mark.parametrize(
    "piece",
    ["\n", "<", "<a ", "&", "<a>", "<![CDATA[", "<!--", "<!DOCTYPE a>", "<item>", "<item></item>", "a@b.", "]]>"],
)
def test_time_grows_no_faster_than_a_hostile_feed(piece: str) -> None:
    for feed in (
        f"{piece * 40_000}<rss><channel>",
        f"<rss><channel>{piece * 40_000}",
        f"<rss><channel><item><description>x</description><author>{piece * 40_000}</author></item></channel></rss>",
    ):
        start = time.process_time()
        with contextlib.suppress(IntakeError):
            read(feed)
        assert time.process_time() - start < 3


def test_a_feed_of_too_many_entries_is_read_up_to_the_limit_and_says_so() -> None:
    feed = RSS2.replace(ITEM, ITEM * 5)
    items = list(read_feed(Input("f", io.BytesIO(feed.encode()), Limits(feed_entries=3))))
    assert [type(item) for item in items] == [RawItem] * 3 + [Rejection]
    assert "more than 3 entries" in items[-1].message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_that_of_the_mark_or_the_declaration(encoding: str) -> None:
    feed = RSS2.replace("utf-8", encoding).replace("Bridge", "Brücke")
    assert read(feed.encode(encoding))[0].headline.startswith("Brücke")


PIECES = st.sampled_from(
    [
        *RSS2.split("<"),
        "<item>",
        "</item>",
        "<rss>",
        "<feed>",
        "&",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "{",
        '"items": [',
        "\0",
        "é",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda parts: "<".join(parts).encode())))
def test_no_bytes_crash_the_readers(data: bytes) -> None:
    for reader in (read_feed, read_sitemap):
        for start in (
            b"",
            b"<rss><channel><item>",
            b"<urlset><url>",
            b'{"version": "https://jsonfeed.org/version/1", "items": [',
        ):
            found: list[Any] = []
            with contextlib.suppress(IntakeError):  # what read_source makes a rejection
                found = read(start + data, reader)
            assert all(isinstance(item, RawItem | Rejection | Retraction) for item in found)


@given(st.text(max_size=200))
def test_plain_words_keep_all_their_letters(text: str) -> None:
    def letters(words: str) -> str:
        return "".join(words.split())

    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\0", "")
    assert letters(plain_text(f"<p>{escaped}</p>")) == letters(text.replace("\0", ""))


# -- sitemaps --------------------------------------------------------------------------------

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://daily-ledger.example/bridge</loc><lastmod>2024-03-29</lastmod><image:image><image:loc>https://x/1.png</image:loc></image:image>
<news:news><news:publication><news:name>The Daily Ledger</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-03-28T10:00:00Z</news:publication_date><news:title>Bridge opens</news:title></news:news></url>
<url><loc>https://daily-ledger.example/two</loc></url></urlset>"""


def test_a_sitemap_is_one_rejection_that_counts_when_nothing_may_be_fetched() -> None:
    assert find_format(SITEMAP.encode(), ".xml") == "sitemap"
    (refused,) = read(SITEMAP, read_sitemap)
    assert "2 addresses" in refused.message
    assert "--fetch" in refused.message


def test_pages_of_a_sitemap_carry_what_it_says_of_them() -> None:
    def fetch(url: str) -> Items:
        yield RawItem(name=url, kind="html", content="<p>x</p>", raw_sha256=url, url=url)

    first, second = read(SITEMAP, read_sitemap, fetch=fetch, fetch_rows=True)
    assert (first.url, first.outlet) == ("https://daily-ledger.example/bridge", "The Daily Ledger")
    assert (first.published, first.published_from) == ("2024-03-28T10:00:00Z", "feed")
    assert {mark.field: mark.words for mark in first.marks} == {
        "headline": "Bridge opens", "outlet": "The Daily Ledger", "published": "2024-03-28T10:00:00Z",
        "modified": "2024-03-29", "language": "en",
    }  # fmt: skip
    assert second.marks == ()


def test_an_index_of_sitemaps_fetches_what_it_lists() -> None:
    index = "<sitemapindex><sitemap><loc>https://daily-ledger.example/news.xml</loc></sitemap></sitemapindex>"
    assert "1 further sitemap;" in read(index, read_sitemap)[0].message
    asked: list[str] = []

    def fetch(url: str) -> Items:
        asked.append(url)
        yield from ()

    assert read(index, read_sitemap, fetch=fetch, fetch_rows=True) == []
    assert asked == ["https://daily-ledger.example/news.xml"]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (SITEMAP.replace("</urlset>", "")[:-20], "broken XML"),
        (SITEMAP.replace("https://daily-ledger.example/two", "ftp://two"), "1 of its entries"),
        (SITEMAP.replace("<urlset", f"<!DOCTYPE u [{LAUGHS}]><urlset").replace("two", "&i;"), "2 addresses"),
    ],
)
def test_a_broken_sitemap_says_what_was_not_read(data: str, part: str) -> None:
    assert any(part in each.message for each in read(data, read_sitemap))


def test_a_sitemap_without_addresses_is_refused() -> None:
    for data, part in (
        ("<urlset></urlset>", "without addresses"),
        ("<html></html>", "no sitemap"),
        ("x", "no sitemap"),
    ):
        with pytest.raises(IntakeError, match=part):
            read(data, read_sitemap)
