from __future__ import annotations

import json
import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resiliparse.parse.html import HTMLTree

from dateline.records import Mark
from dateline.report.moments import read_moment
from dateline.report.pages.body import PageFacts
from dateline.report.pages.marks import MOST_MARKS, find_marks
from dateline.report.url_dates import date_in_url

URL = "https://ledger.example/world/crossing"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ghana and Togo to reopen crossing",
    "datePublished": "2021-06-07T08:00:00+02:00",
    "dateModified": "2021-06-07T10:30:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe, Reuters"}],
    "publisher": {"@type": "Organization", "name": "The Daily Ledger"},
    "articleSection": "World",
    "mainEntityOfPage": {"@type": "WebPage", "@id": URL},
    "inLanguage": "en-GB",
    "articleBody": "The crossing reopens.<br>It was closed in May.",
    "image": {"@type": "ImageObject", "caption": "The crossing in May"},
}


def facts(head: str = "", body: str = "", url: str | None = URL) -> PageFacts:
    html = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return find_marks(html, HTMLTree.parse(html), url)


def script(content: object) -> str:
    words = content if isinstance(content, str) else json.dumps(content)
    return f'<script type="application/ld+json">{words}</script>'


def values(found: PageFacts, field: str, place: str | None = None) -> list[str | None]:
    return [mark.value for mark in found.marks if mark.field == field and place in (None, mark.found_in)]


# -- JSON-LD ---------------------------------------------------------------------------------


def test_json_ld_says_every_field() -> None:
    found = facts(script(ARTICLE))
    assert {
        mark.field: mark.value for mark in found.marks if mark.found_in == "json-ld" and mark.field != "author"
    } == {
        "headline": "Ghana and Togo to reopen crossing",
        "published": "2021-06-07T08:00:00+02:00",
        "modified": "2021-06-07T10:30:00Z",
        "agency": "Reuters",
        "outlet": "The Daily Ledger",
        "section": "World",
        "language": "en-GB",
        "url": URL,
    }
    assert values(found, "author") == ["Jane Doe", "John Roe"]
    assert found.article_body == "The crossing reopens.\nIt was closed in May."
    assert found.captions == ("The crossing in May",)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda article: [article],
        lambda article: {"@graph": [{"@type": "WebSite", "name": "The Daily Ledger"}, article]},
        lambda article: {"@type": "WebPage", "mainEntity": article},
        lambda article: [[{"@type": "BreadcrumbList"}, article]],
        lambda article: {**article, "@type": ["Article", "http://schema.org/NewsArticle"]},
        lambda article: [{"@type": "NewsArticle", "headline": "Another story", "datePublished": "2001-01-01"}, article],
        lambda article: {**article, "hasPart": {"@type": "NewsArticle", "datePublished": "2001-01-01"}},
    ],
)
def test_article_is_found_wherever_it_stands(wrap: object) -> None:
    assert callable(wrap)
    assert values(facts(script(wrap(ARTICLE))), "published", "json-ld") == ["2021-06-07T08:00:00+02:00"]


@pytest.mark.parametrize(
    "content",
    [
        '<!-- {"@type": "NewsArticle", "datePublished": "2021-06-07"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2021-06-07"}\n//]]>',
        '{"@type": "NewsArticle", "datePublished": "2021-06-07",}',
        '{"@type": "NewsArticle", "datePublished": "2021-06-07", "author": ["Jane Doe",],};',
        '{"@type": "NewsArticle", "headline": "A\nline\tend", "datePublished": "2021-06-07"}',
        '{"@type": "NewsArticle", "headline": "Minister\\\'s talk", "datePublished": "2021-06-07"}',
        '{"@type": "NewsArticle", "datePublished": "2021-06-07"} {"@type": "Organization"}',
        '{"@type": "NewsArticle", "datePublished": "2021-06-07", "articleBody": "it breaks "here", and',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;datePublished&quot;: &quot;2021-06-07&quot;}",
        '\ufeff{"@type": "NewsArticle"\n "datePublished": "2021-06-07"}',
    ],
)
def test_broken_json_is_mended(content: str) -> None:
    assert values(facts(script(content)), "published") == ["2021-06-07"]


@pytest.mark.parametrize(
    "content", ["", "{", "null", "[1, 2", '"x"', "[" * 100_000, '{"@type":' * 3_000, "{" + "x" * 500]
)
def test_hopeless_json_says_nothing(content: str) -> None:
    found = facts(script(content))
    assert [mark for mark in found.marks if mark.found_in == "json-ld"] == []


def test_author_by_reference_is_looked_up() -> None:
    graph = [
        {"@type": "WebPage", "datePublished": "2021-06-07", "author": {"@id": "#jane"}},
        {"@type": ["Person"], "@id": "#jane", "name": "Jane Doe"},
    ]
    assert values(facts(script({"@graph": graph})), "author") == ["Jane Doe"]


def test_article_at_the_address_of_the_page_wins() -> None:
    teasers = [{"@type": "NewsArticle", "url": f"{URL}-{n}", "datePublished": f"2001-01-0{n}"} for n in range(1, 4)]
    assert values(facts(script([*teasers, {**ARTICLE, "url": URL}])), "published", "json-ld") == [
        "2021-06-07T08:00:00+02:00"
    ]


# -- other marks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "field", "value", "place"),
    [
        ('<meta property="article:published_time" content="2021-06-07T08:00:00Z">', "published", "2021-06-07T08:00:00Z", "open graph"),
        ('<meta name="DC.date.issued" content="2021-06-07">', "published", "2021-06-07", "meta"),
        ('<meta name="parsely-pub-date" content="Mon, 07 Jun 2021 08:00:00 +0000">', "published", "2021-06-07T08:00:00Z", "meta"),
        ('<meta name="citation_author" content="Doe, Jane">', "author", "Jane Doe", "meta"),
        ('<meta name="author" content="Jane Doe and John Roe">', "author", "Jane Doe", "meta"),
        ('<meta property="og:site_name" content="The Daily Ledger">', "outlet", "The Daily Ledger", "open graph"),
        ('<meta property="og:site_name" content="https://ledger.example">', "outlet", None, "open graph"),
        ('<meta property="article:section" content="World">', "section", "World", "open graph"),
        ('<meta property="og:locale" content="en_GB">', "language", "en-GB", "open graph"),
        ('<meta name="source" content="Agence France-Presse">', "agency", "AFP", "meta"),
        ('<link rel="canonical" href="/world/crossing?x=1">', "url", "https://ledger.example/world/crossing?x=1", "link"),
        ("<title>Crossing &amp; dam - The Daily Ledger</title>", "headline", "Crossing & dam - The Daily Ledger", "title"),
    ],
)  # fmt: skip
def test_head_is_read(head: str, field: str, value: str | None, place: str) -> None:
    assert value in values(facts(head), field, place)


@pytest.mark.parametrize(
    ("body", "field", "value", "place"),
    [
        ('<time datetime="2021-06-07T08:00Z">Monday</time>', "published", "2021-06-07T08:00:00Z", "time element"),
        ('<p>Updated <time datetime="2021-06-08">Tuesday</time></p>', "modified", "2021-06-08", "time element"),
        ('<p>Updated on <time datetime="2021-06-08"> </time></p>', "modified", "2021-06-08", "time element"),
        ('<p>By <a rel="author" href="/jane">Jane Doe</a></p>', "author", "Jane Doe", "text"),
        ('<p class="byline">By <b>JANE DOE</b><i>Associated Press</i></p>', "agency", "AP", "text"),
        ('<p class="byline">By <b>JANE DOE</b><i>Associated Press</i></p>', "author", "Jane Doe", "text"),
        ('<div><h1>Talks resume</h1><p>By Jane Doe, John Roe on June 7, 2021</p></div>', "author", "John Roe", "text"),
        ('<div><h1>Talks resume</h1><p>By Jane Doe on June 7, 2021</p></div>', "published", "2021-06-07", "text"),
        ('<span class="post-date">7 June 2021, 10:02</span>', "published", "2021-06-07", "text"),
        ("<h1>Talks <b>resume</b></h1>", "headline", "Talks resume", "text"),
    ],
)  # fmt: skip
def test_what_readers_see_is_read(body: str, field: str, value: str, place: str) -> None:
    assert value in values(facts(body=body), field, place)


def test_teasers_comments_and_sidebars_say_nothing() -> None:
    elsewhere = (
        '<aside><time datetime="2001-01-01">x</time><a rel="author">Rita Roe</a></aside>'
        '<div class="comments"><time datetime="2001-01-02">x</time><span class="author">Carl Coe</span></div>'
        '<footer><time datetime="2001-01-03">x</time></footer>'
    )
    found = facts(body=elsewhere)
    assert values(found, "published") == []
    assert values(found, "author") == []


def test_list_of_times_counts_after_the_one_of_the_report() -> None:
    body = '<ul><li><time datetime="2001-01-01">x</time></li></ul><time datetime="2021-06-07">y</time>'
    assert values(facts(body=body), "published", "time element") == ["2021-06-07", "2001-01-01"]


def test_microdata_of_the_article_counts_and_that_of_teasers_does_not() -> None:
    body = (
        '<div itemscope itemtype="http://schema.org/NewsArticle"><h2 itemprop="headline">Another story</h2></div>'
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Talks resume</h1>'
        '<meta itemprop="dateCreated" content="2021-06-01"><meta itemprop="datePublished" content="2021-06-07">'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jane Doe</b> (2 stories)</span>'
        '<div itemprop="articleBody">They met.</div></article>'
    )
    found = facts(body=body)
    assert values(found, "headline", "microdata") == ["Talks resume"]
    assert values(found, "published", "microdata") == ["2021-06-07", "2021-06-01"]
    assert values(found, "author", "microdata") == ["Jane Doe"]


def test_captions_are_listed() -> None:
    body = (
        "<figure><img><figcaption>The <i>dam</i>\n in May</figcaption></figure><p class='wp-caption-text'>A lorry</p>"
    )
    assert facts(body=body).captions == ("The dam in May", "A lorry")


# -- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2021-06-07", "2021-06-07"),
        ("20210607", "2021-06-07"),
        ("2021/6/7", "2021-06-07"),
        ("2021-06-07T08:00:00.123Z", "2021-06-07T08:00:00Z"),
        ("2021-06-07T08:00:00+0530", "2021-06-07T08:00:00+05:30"),
        ("2021-06-07 8:05:00 -0800", "2021-06-07T08:05:00-08:00"),
        ("2021-06-07 8:05 PM EDT", "2021-06-07T20:05:00-04:00"),
        ("2021-06-07 08:05:00 IST", "2021-06-07T08:05:00"),
        ("20210607T080000Z", "2021-06-07T08:00:00Z"),
        ("Mon, 07 Jun 2021 08:00:00 GMT", "2021-06-07T08:00:00Z"),
        ("Mon Jun 07 2021 08:00:00 GMT+0200 (CEST)", "2021-06-07T08:00:00+02:00"),
        ("June 7, 2021 10:02 AM", "2021-06-07"),
        ("Published: 7 June 2021", "2021-06-07"),
        ("1623052800", "2021-06-07T08:00:00Z"),
        ("1623052800000", "2021-06-07T08:00:00Z"),
        ("31.05.2021", "2021-05-31"),
        ("05/31/2021", "2021-05-31"),
    ],
)
def test_dates_are_read_with_their_offset(words: str, iso: str) -> None:
    assert read_moment(words) == iso


@pytest.mark.parametrize(
    "words",
    [
        "", "yesterday", "June 7", "05/06/2021", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31", "2021-02-30",
        "2021-06-07T25:00:00Z", "2021-06-07T08:00:00+99:99", "12", "1234567890123456", "7" * 5000,
    ],
)  # fmt: skip
def test_what_names_no_day_is_no_date(words: str) -> None:
    assert read_moment(words) is None


@given(st.text(max_size=100) | st.from_regex(r"\d{1,4}[-/. T:]\d{1,4}[-/. T:+]\d{1,4}.{0,20}"))
def test_any_words_give_a_date_or_none(words: str) -> None:
    found = read_moment(words)
    assert found is None or datetime.fromisoformat(found).year in range(1600, 2200)


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("/2021/06/07/crossing", "2021-06-07"),
        ("/2021/6/7/crossing", "2021-06-07"),
        ("/comment/2021/jun/07/crossing", "2021-06-07"),
        ("/2021/june/07/crossing", "2021-06-07"),
        ("/a/202106/07/WS1.html", "2021-06-07"),
        ("/2021-06/07/c_1.htm", "2021-06-07"),
        ("/n3/2021/0607/c1.html", "2021-06-07"),
        ("/crossing-2021-06-07", "2021-06-07"),
        ("/crossing-20210607.html", "2021-06-07"),
        ("/2021/06/crossing", None),
        ("/2021/13/07/crossing", None),
        ("/story-20304050", None),
        ("/story-120210607123", None),
    ],
)
def test_address_names_a_day(path: str, iso: str | None) -> None:
    found = date_in_url(f"https://ledger.example{path}")
    assert (found and found[1]) == iso


# -- hostile pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "", "<", "\0", "&" * 50_000, "<div>" * 50_000, "<meta " + "a=b " * 20_000 + ">", "<meta name=author content=x>" * 20_000,
        "<time>" * 5_000, '<b itemscope itemprop="author">' * 3_000, '<p class="byline">' * 3_000,
        "<h1>" + "By Aa, " * 5_000, "<figcaption>" * 3_000,
        script([ARTICLE] * 5_000), script({"@type": "NewsArticle", "author": ["Jane Doe"] * 9_000}),
        script('{"a": "' + "\n" * 400_000 + "x"), script('{"a" ' + " \n" * 200_000), script("<!--" * 100_000), script('{"a":"\\' * 200_000),
        script({"@type": "NewsArticle", "articleBody": " \n<p" * 100_000}), '<p class="' + "by-author " * 100_000 + '">By Jane Doe',
    ],
    ids=range(20),
)  # fmt: skip
def test_hostile_page_costs_little(html: str) -> None:
    start = time.process_time()
    found = find_marks(html, HTMLTree.parse(html), "http://[")
    assert time.process_time() - start < 2.0
    assert len(found.marks) <= MOST_MARKS


_TAGS = st.sampled_from(
    [
        "meta",
        "time",
        "h1",
        "p class=byline",
        "script type=application/ld+json",
        "title",
        "a rel=author",
        "div itemscope",
    ]
)
_ATTRIBUTES = st.sampled_from(
    ['name="author"', 'property="og:url"', 'content="x"', "datetime=2021", 'itemprop="publisher"', ""]
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(_TAGS, _ATTRIBUTES, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)), max_size=12
    ),
    st.text(max_size=30),
)
def test_no_page_crashes_the_reader(parts: list[tuple[str, str, str]], url: str) -> None:
    html = "".join(f"<{tag} {attribute}>{words}" for tag, attribute, words in parts)
    found = find_marks(html, HTMLTree.parse(html), url)
    assert all(isinstance(mark, Mark) and mark.words for mark in found.marks)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.just("NewsArticle"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*ARTICLE, "@id", "@graph", "name"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(_JSON)
def test_no_json_ld_crashes_the_reader(content: object) -> None:
    facts(script(json.dumps({"@type": "NewsArticle", "mainEntity": content, "author": content, "image": content})))
    facts(script(json.dumps(content)))
