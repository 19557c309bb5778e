from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Mark, RawItem, Report
from dateline.report import build_report
from dateline.report.articles import article_id, normal_address
from dateline.report.fields import Fields, choose_fields, marks_of_input
from dateline.report.headlines import choose_headline, without_outlet
from dateline.report.pages.meta_tags import meta_names
from dateline.report.pages.schema_org import schema_org
from dateline.report.people import read_signed
from dateline.report.precedence import PAGE_PLACES, orders

URL = "https://www.dailyledger.example/world/crossing"
TEXT = "Ghana and Togo met on Monday and agreed to reopen the crossing at Aflao.\n\nIt was closed in May."


def mark(field: Any, words: str, found_in: str, value: str | None = None) -> Mark:
    return Mark(field, words, words if value is None else value, found_in)


def item(**fields: Any) -> RawItem:
    return RawItem(**{"name": "test", "kind": "text", "content": TEXT, "raw_sha256": "", **fields})


def chosen(*marks: Mark, byline: str | None = None, **fields: Any) -> Fields:
    raw = item(**fields)
    return choose_fields(raw, marks_of_input(raw) + marks, byline=byline)


def built(**fields: Any) -> tuple[Report, tuple[str, ...]]:
    return build_report(item(**fields))


# -- who wrote it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "people", "agencies"),
    [
        ("By Jane Doe, Reuters", ["Jane Doe"], ["Reuters"]),
        ("By JANE DOE, AP Auto Writer", ["Jane Doe"], ["AP"]),
        ("JANE O'DOE and JOHN McROE", ["Jane O'Doe", "John McRoe"], []),
        ("Jane Doe, John Roe & Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"], []),
        ("Jane Doe Associated Press", ["Jane Doe"], ["AP"]),
        ("Jane Doe of the Associated Press in Cairo", ["Jane Doe"], ["AP"]),
        ("Jane Doe | The Daily Ledger", ["Jane Doe"], []),
        ("By Jane Doe - Jun 7, 2021, 10:31 pm", ["Jane Doe"], []),
        ("Jane Doe (@janedoe), Senior Correspondent", ["Jane Doe"], []),
        ("Written by: Dr. Jane A. Doe Jr.", ["Dr. Jane A. Doe Jr."], []),
        ("Doe, Jane", ["Jane Doe"], []),
        ("Ludwig van Doe", ["Ludwig van Doe"], []),
        ("Petra Roe", ["Petra Roe"], []),
        ("Иван Доев", ["Иван Доев"], []),
        ("Jane &amp; <b>John Roe</b>", ["John Roe"], []),
        ("Reuters", [], ["Reuters"]),
        ("Reuters Staff", [], ["Reuters"]),
        ("AFP, Washington", [], ["AFP"]),
        *[
            (words, [], [])
            for words in (
                "The Editorial Board", "BBC News", "Staff Reporter", "Our Correspondent", "admin", "Ledger Online Desk",
                "New Delhi", "By CNN",
                "jane.doe@ledger.example", "@janedoe", "https://social.example/jane", "ledger.example", "", "7 June 2021", "Jane", "...",
            )
        ],
    ],
)  # fmt: skip
def test_bylines_part_people_from_agencies_and_desks(words: str, people: list[str], agencies: list[str]) -> None:
    signed = read_signed(words)
    assert (list(signed.people), list(signed.agencies)) == (people, agencies)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["By", "Jane", "Doe", ",", "and", "Reuters", "(", "Staff", "in", "—", "McX"])).map(
        " ".join
    )
)
def test_any_byline_gives_names_or_none(words: str) -> None:
    for name in read_signed(words, lone=True).people:
        assert any(character.isalpha() for character in name)
        assert "@" not in name


def test_one_word_is_a_name_only_where_a_person_is_expected() -> None:
    assert read_signed("Madonna", lone=True).people == ("Madonna",)
    assert read_signed("山田太郎", lone=True).people == ("山田太郎",)
    assert read_signed("admin", lone=True).people == ()


def test_people_outlet_and_agency_are_kept_apart() -> None:
    fields = chosen(
        mark("author", "The Daily Ledger", "json-ld"),
        mark("author", "Ledger", "json-ld"),
        mark("author", "Jane Doe", "meta"),
        mark("outlet", "The Daily Ledger", "json-ld"),
        mark("agency", "Reuters", "json-ld"),
    )
    assert (fields.authors, fields.outlet, fields.agency) == (("Jane Doe",), "The Daily Ledger", "Reuters")


def test_visible_byline_fills_in_where_nothing_is_marked() -> None:
    assert chosen(byline="By Jane Doe in Cairo").authors == ("Jane Doe",)
    assert chosen(mark("author", "John Roe", "json-ld"), byline="By Jane Doe in Cairo").authors == ("John Roe",)


def test_authors_of_one_place_are_taken_together() -> None:
    fields = chosen(
        mark("author", "Jane Doe", "json-ld"), mark("author", "John Roe", "json-ld"), mark("author", "X Y", "meta")
    )
    assert fields.authors == ("Jane Doe", "John Roe")
    assert [each.value for each in fields.marks if each.chosen] == ["Jane Doe", "John Roe"]


def test_authors_of_a_feed_are_read_as_bylines() -> None:
    report, _ = built(marks=(mark("author", "By Jane Doe, Reuters", "feed"),), format="feed")
    assert (report.authors, report.agency) == (("Jane Doe",), "Reuters")


# -- outlet and headline ---------------------------------------------------------------------


def test_agency_as_publisher_gives_way_to_the_outlet_and_stays_the_agency() -> None:
    fields = chosen(mark("outlet", "Associated Press", "json-ld"), mark("outlet", "The Daily Ledger", "open graph"))
    assert (fields.outlet, fields.agency, fields.warnings) == ("The Daily Ledger", "AP", ())


def test_address_decides_between_two_outlets_and_the_other_is_told() -> None:
    fields = chosen(mark("outlet", "Big Media Group", "json-ld"), mark("outlet", "Daily Ledger", "open graph"), url=URL)
    assert fields.outlet == "Daily Ledger"
    assert fields.warnings == (
        "the page gives two outlets: 'Daily Ledger' (open graph), 'Big Media Group' (json-ld); the first was taken",
    )


def test_given_outlet_wins_and_the_page_that_names_another_is_told() -> None:
    page = mark("outlet", "The Daily Ledger", "open graph")
    assert chosen(page, outlet="Daily Ledger").warnings == ()
    fields = chosen(page, outlet="Evening Gazette")
    assert fields.outlet == "Evening Gazette"
    assert "two outlets" in fields.warnings[0]


def test_outlet_is_never_guessed_from_the_address_alone() -> None:
    assert chosen(url=URL).outlet is None
    titled = chosen(mark("headline", "Talks resume - The Daily Ledger", "title"), url=URL)
    assert (titled.outlet, [each.found_in for each in titled.marks if each.chosen and each.field == "outlet"]) == (
        "The Daily Ledger",
        ["title"],
    )


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Talks resume - The Daily Ledger", "Talks resume"),
        ("Talks resume | World | Daily Ledger", "Talks resume | World"),
        ("Daily Ledger: Talks resume", "Talks resume"),
        ("Talks resume – again – The Daily Ledger Online", "Talks resume – again"),
        ("What the Daily Ledger says of Togo - and why", "What the Daily Ledger says of Togo - and why"),
        ("The Daily Ledger", "The Daily Ledger"),
    ],
)
def test_headline_loses_the_outlet(title: str, bare: str) -> None:
    assert without_outlet(title, frozenset({"dailyledger", "thedailyledger"})) == bare


def test_visible_heading_is_the_headline_when_another_mark_bears_it_out() -> None:
    other = mark("headline", "Togo reopens the Aflao crossing, minister says - Daily Ledger", "open graph")
    heading = mark("headline", "Minister: Aflao crossing reopens", "text")
    found = choose_headline((other, heading), URL)
    assert found is not None
    assert found[0] == "Minister: Aflao crossing reopens"
    found = choose_headline((other, mark("headline", "Subscribe to our newsletter", "text")), URL)
    assert found is not None
    assert found[0] == "Togo reopens the Aflao crossing, minister says"


def test_wholly_different_headlines_are_told() -> None:
    fields = chosen(mark("headline", "Water runs low at the dam", "open graph"), headline="Talks resume in Accra")
    assert fields.headline == "Talks resume in Accra"
    assert "two headlines" in fields.warnings[0]


# -- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "winner"),
    [
        (["url", "time element", "meta", "open graph", "microdata", "json-ld"], "json-ld"),
        (["text", "url", "time element", "meta", "open graph"], "open graph"),
        (["text", "url", "time element", "meta"], "meta"),
        (["text", "url", "time element"], "time element"),
        (["text", "url"], "url"),
        (["json-ld", "ninjs: versioncreated"], "ninjs: versioncreated"),
        (["json-ld", "ninjs", "feed"], "feed"),
        (["json-ld", "feed", "given"], "given"),
    ],
)
def test_date_is_taken_from_the_most_trusted_place(places: list[str], winner: str) -> None:
    fields = chosen(*(mark("published", f"2021-06-0{n}", place) for n, place in enumerate(places, start=1)))
    assert [each.found_in for each in fields.marks if each.chosen] == [winner]
    assert fields.published_from == ("page" if winner in PAGE_PLACES else "feed" if winner == "feed" else "given")


def test_unreadable_date_is_kept_as_a_mark_and_passed_over() -> None:
    unread = Mark("published", "soon", None, "json-ld")
    fields = chosen(unread, mark("published", "2021-06-07", "meta"))
    assert fields.published == "2021-06-07"
    assert unread in fields.marks


def test_dates_a_day_apart_agree_and_others_are_told() -> None:
    first = mark("published", "2021-06-07T23:30:00-05:00", "json-ld")
    assert chosen(first, mark("published", "2021-06-08", "meta")).warnings == ()
    assert chosen(first, mark("published", "2021-06-08T04:30:00Z", "meta")).warnings == ()
    assert chosen(first, mark("published", "2021-06-12", "time element")).warnings == (
        "the page gives two publication dates: '2021-06-07T23:30:00-05:00' (json-ld), '2021-06-12' (time element); the first was taken",
    )


def test_given_date_wins_and_the_page_that_differs_is_told() -> None:
    fields = chosen(mark("published", "2021-06-07", "json-ld"), published="2019-03-28", published_from="given")
    assert (fields.published, fields.published_from) == ("2019-03-28", "given")
    assert "two publication dates" in fields.warnings[0]


def test_same_clock_in_two_zones_is_settled_by_the_visible_day() -> None:
    local, utc = (
        mark("published", "2019-11-20T04:31:13-06:00", "json-ld"),
        mark("published", "2019-11-20T04:31:13Z", "open graph"),
    )
    assert chosen(local, utc).published == local.value
    assert chosen(local, utc, mark("published", "2019-11-19", "text")).published == "2019-11-19"  # in UTC a day later
    assert chosen(local, utc, mark("published", "2019-11-20", "text")).published == local.value


@pytest.mark.parametrize(
    ("instant", "day", "published"),
    [
        ("2019-11-20T01:53:14Z", "2019-11-19", "2019-11-19"),  # an evening in California
        ("2019-11-18T22:10:00Z", "2019-11-19", "2019-11-19"),  # a morning in Tokyo
        ("2019-11-20T01:53:14Z", "2019-11-20", "2019-11-20T01:53:14Z"),
        ("2019-11-20T18:00:00Z", "2019-11-19", "2019-11-20T18:00:00Z"),  # nowhere still the day before
        ("2019-11-20T01:53:14-05:00", "2019-11-19", "2019-11-20T01:53:14-05:00"),  # local already
        ("2019-11-20T01:53:14Z", "2019-11-17", "2019-11-20T01:53:14Z"),
    ],
)
def test_day_in_the_address_is_the_outlets_own(instant: str, day: str, published: str) -> None:
    assert chosen(mark("published", instant, "json-ld"), mark("published", day, "url")).published == published


def test_date_after_the_capture_is_refused() -> None:
    fields = chosen(
        mark("published", "2030-01-01", "json-ld"),
        mark("published", "2021-06-07", "meta"),
        captured="2021-06-08T00:00:00Z",
    )
    assert fields.published == "2021-06-07"
    assert "after the capture" in fields.warnings[0]


def test_modification_before_publication_is_left_out_and_told() -> None:
    published = mark("published", "2021-06-07T10:00:00Z", "json-ld")
    early = chosen(published, mark("modified", "2021-06-07T09:00:00Z", "json-ld"))
    assert early.modified is None
    assert "before the publication" in early.warnings[0]
    late = chosen(
        published, mark("modified", "2021-06-07T09:00:00Z", "json-ld"), mark("modified", "2021-06-08", "meta")
    )
    assert (late.modified, late.warnings) == ("2021-06-08", ())


# -- addresses and articles ------------------------------------------------------------------


def test_front_page_and_another_sites_page_do_not_pass_for_the_canonical_address() -> None:
    own = mark("url", URL, "open graph")
    assert chosen(mark("url", "https://www.dailyledger.example/", "link"), own, url=URL).canonical_url == URL
    assert chosen(mark("url", "https://social.example/ledger", "link"), own, url=URL).canonical_url == URL
    copied = chosen(mark("url", "https://gazette.example/original", "link"), url=URL)
    assert copied.canonical_url == "https://gazette.example/original"


@pytest.mark.parametrize(
    "url",
    [
        "http://dailyledger.example/world/crossing",
        "https://WWW.dailyledger.example/world/crossing/",
        "https://m.dailyledger.example/world/crossing",
        "https://amp.dailyledger.example/world/crossing",
        "https://www.dailyledger.example:443/world//crossing#top",
        "https://www.dailyledger.example/world/crossing?utm_source=x&utm_medium=y&fbclid=z&gclid=1&ref=a&cmp=b",
        "https://www.dailyledger.example/world/crossing/amp",
        "https://www.dailyledger.example/world/crossing/amp/",
        "https://www.dailyledger.example/world/crossing?amp=1",
        "https://www.dailyledger.example/world/crossing/index.html",
        "https://www.dailyledger.example/world/cross%69ng",
    ],
)
def test_one_article_has_one_identity(url: str) -> None:
    assert article_id(url, None, None, None) == article_id(URL, None, "any", "7")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.dailyledger.example/archives/4711",
        "https://www.dailyledger.example/story.php?s=4711",
        "https://www.dailyledger.example/topics/crossing",
        "https://www.dailyledger.example/world/crossing-2",
        "https://www.dailyledger.example/world/crossing?id=2",
        "https://news.dailyledger.example/world/crossing",
        "https://gazette.example/world/crossing",
    ],
)
def test_other_articles_have_others(url: str) -> None:
    assert article_id(url, None, None, None) not in (None, article_id(URL, None, None, None))


@pytest.mark.parametrize(
    "url",
    [
        None, "", "x", "ftp://ledger.example/a", "https://", "http://[", "https://ledger.example", "https://ledger.example/?utm_source=x",
        "https://ledger.example/search?q=togo", "https://ledger.example/tag/togo", "https://ledger.example/world/page/2",
        "https://ledger.example/author/jane-doe/", "https://ledger.example:99999/a",
    ],
)  # fmt: skip
def test_front_pages_searches_and_lists_identify_no_article(url: str | None) -> None:
    assert article_id(url, None, "The Daily Ledger", None) is None
    assert article_id(url, None, "The Daily Ledger", "7") == article_id(None, None, "The Daily Ledger", "7") is not None


def test_address_with_half_a_surrogate_pair_stops_nothing() -> None:
    assert article_id("http://ledger.example/crossing-\ud800", None, None, None) is not None


def test_canonical_address_counts_on_the_same_site_only() -> None:
    canonical = "https://dailyledger.example/2021/crossing"
    assert article_id(URL, canonical, None, None) == article_id(canonical, None, None, None)
    assert article_id(URL, "https://gazette.example/2021/crossing", None, None) == article_id(URL, None, None, None)


@given(
    st.text(max_size=60)
    | st.from_regex(r"https?://[a-z.]{1,20}(:\d{1,5})?/[\w%/.-]{0,30}(\?[\w=&%]{0,20})?(#\w*)?", fullmatch=True)
)
def test_address_of_an_address_is_itself(url: str) -> None:
    normal = normal_address(url)
    if normal is not None:
        assert normal_address(f"https://{normal}") in (normal, None)
        assert normal.encode("utf-8", "surrogatepass")


@given(
    st.sampled_from(["utm_source=a", "fbclid=b", "gclid=c", "cmp=d", "ref=e", "UTM_Campaign=f"]),
    st.sampled_from(["", "#top", "/"]),
)
def test_tracking_never_changes_the_article(parameter: str, end: str) -> None:
    assert normal_address(f"{URL}?id=7&{parameter}{end if end == '#top' else ''}") == normal_address(f"{URL}?id=7")
    assert urlsplit(f"//{normal_address(URL + end)}").path == "/world/crossing"


# -- the report ------------------------------------------------------------------------------


def test_report_says_where_all_of_it_is_from() -> None:
    marks = (mark("section", "World", "csv"), mark("modified", "2021-06-08", "csv"), mark("author", "Jane Doe", "csv"))
    report, warnings = built(
        marks=marks, url=URL, outlet="The Daily Ledger", published="2021-06-07", published_from="given", format="csv",
        charset="utf-8", captured="2021-06-09T00:00:00Z", version="3", external_id="7",
    )  # fmt: skip
    assert warnings == ()
    assert (report.section, report.modified, report.authors, report.version) == (
        "World",
        "2021-06-08",
        ("Jane Doe",),
        "3",
    )
    assert report.capture is not None
    assert (report.capture.format, report.capture.charset, report.capture.extractor, report.capture.captured) == (
        "csv", "utf-8", "text", "2021-06-09T00:00:00Z",
    )  # fmt: skip
    assert {(each.field, each.found_in) for each in report.marks if each.chosen} == {
        ("section", "csv"), ("modified", "csv"), ("author", "csv"), ("outlet", "given"), ("published", "given"),
    }  # fmt: skip
    assert report.article == article_id(URL, None, None, None)
    assert report.text == TEXT


def test_every_place_of_the_rules_is_known_and_every_field_has_an_order() -> None:
    assert {name.found_in for name in meta_names().values()} <= PAGE_PLACES
    fields = {name.field for name in meta_names().values()} | {each.field for each in schema_org().property}
    assert fields <= orders().keys()


def test_address_dates_a_text_that_comes_without_a_date() -> None:
    dated = "https://dailyledger.example/2021/06/07/crossing"
    report, _ = built(url=dated)
    assert (report.published, report.published_from) == ("2021-06-07", "page")
    report, warnings = built(url=dated, published="2021-06-07T10:00:00Z", published_from="given")
    assert (report.published, report.published_from, warnings) == ("2021-06-07T10:00:00Z", "given", ())
