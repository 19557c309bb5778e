"""Which name of a row is read as what: every known source, the plain names, ninjs, dateline's own records."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ConfigError
from dateline.intake import FORMATS, Limits, read_source
from dateline.intake.exports.export_labels import ExportRules
from dateline.intake.rows.fields import FIELDS, field_table, plain_name, plan_for
from dateline.records import RawItem, Rejection, Retraction
from dateline.report import build_report
from dateline.rulefiles import read_toml

ROOT = Path(__file__).parents[2]
URL = "https://ledger.example/1"
TEXT = "Ministers met on Monday.\n\nThey agreed to meet again on Friday, the host said."


def read(*rows: Mapping[str, Any], **options: Any) -> list[RawItem | Rejection | Retraction]:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    return list(read_source("-", stdin=io.BytesIO(data), input_format="jsonl", **options))


def item(row: Mapping[str, Any], **options: Any) -> RawItem:
    (found,) = read(row, **options)
    assert isinstance(found, RawItem), found
    return found


def refusal(row: Mapping[str, Any], **options: Any) -> str:
    (found,) = read(row, **options)
    assert isinstance(found, Rejection), found
    return found.message


def marked(found: RawItem, field: str) -> list[str]:
    return [mark.words for mark in found.marks if mark.field == field]


SOURCES: dict[str, dict[str, Any]] = {
    "schema.org": {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Talks resume", "articleBody": TEXT,
        "datePublished": "2019-03-28T10:00:00Z", "dateModified": "2019-03-29", "url": "https://ledger.example/1",
        "author": [{"@type": "Person", "name": "Jane Doe"}], "publisher": {"@type": "Organization", "name": "The Daily Ledger"},
        "isBasedOn": {"@type": "NewsArticle", "url": "https://wire.example/9"}, "version": "https://json-ld.example",
        "identifier": {"@type": "PropertyValue", "value": "7"}, "articleSection": "World", "inLanguage": "en",
    },
    "news-please": {
        "maintext": TEXT, "title": "Talks resume", "date_publish": "2019-03-28 10:00:00", "date_modify": "2019-03-29",
        "date_download": "2019-03-30 00:00:00", "source_domain": "The Daily Ledger", "authors": ["Jane Doe"],
        "url": "https://ledger.example/1", "language": "en", "description": "Short.", "filename": "x.json", "text": None,
    },
    "fundus": {
        "title": "Talks resume", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": TEXT.split("\n\n")}]},
        "publishing_date": "2019-03-28 10:00:00+00:00", "authors": ["Jane Doe"], "lang": "en", "topics": ["World"],
        "publisher": "The Daily Ledger", "html": {"requested_url": "https://ledger.example/1", "crawl_date": "2019-03-30"},
        "free_access": True,
    },
    "Media Cloud": {
        "stories_id": 7, "publish_date": "2019-03-28 10:00:00", "media_name": "The Daily Ledger", "title": "Talks resume",
        "url": "https://ledger.example/1", "story_text": TEXT, "language": "en", "media_id": 3, "themes": "x",
    },
    "NewsAPI": {
        "source": {"id": None, "name": "The Daily Ledger"}, "author": "Jane Doe", "title": "Talks resume", "description": "Short.",
        "url": "https://ledger.example/1", "urlToImage": None, "publishedAt": "2019-03-28T10:00:00Z", "content": TEXT,
    },
    "The Guardian": {
        "id": "world/7", "webPublicationDate": "2019-03-28T10:00:00Z", "webUrl": "https://ledger.example/1", "webTitle": "Talks",
        "sectionName": "World",
        "fields": {"headline": "Talks resume", "bodyText": TEXT, "byline": "Jane Doe", "publication": "The Daily Ledger"},
    },
    "WordPress": {
        "id": 7, "date": "2019-03-28T11:00:00", "date_gmt": "2019-03-28T10:00:00", "link": "https://ledger.example/1",
        "title": {"rendered": "Talks resume"}, "content": {"rendered": "<p>" + TEXT.replace("\n\n", "</p>\n<p>") + "</p>\n"}, "author": 3,
        "excerpt": {"rendered": "<p>Short.</p>"},
    },
    "NGEC": {"id": "7", "event_text": TEXT, "date": "2019-03-28", "headline": "Talks resume", "publisher": "The Daily Ledger"},
    "Giveme5W1H": {
        "dId": "7", "text": TEXT, "title": "Talks resume", "description": "Short.", "date": "2019-03-28",
        "url": "https://ledger.example/1", "publisher": "The Daily Ledger",
    },
    "CC-News": {
        "title": "Talks resume", "text": TEXT, "domain": "The Daily Ledger", "date": "2019-03-28 10:00:00", "description": "Short.",
        "url": "https://ledger.example/1", "image_url": "https://ledger.example/1.jpg",
    },
    "plain": {
        "Article Text": TEXT, "Headline": "Talks resume", "Publication Date": "28 March 2019", "Newspaper": "The Daily Ledger",
        "Link": "https://ledger.example/1", "byline": "Jane Doe", "Section": "World",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
def test_report_of_a_known_source_is_read_whole(name: str) -> None:
    row = SOURCES[name]
    found = item(row)
    assert plan_for(row).source == name
    assert (found.kind, found.content) == ("text", TEXT)
    assert found.headline == "Talks resume"
    assert found.outlet == "The Daily Ledger" or name == "WordPress"
    assert (found.published or "")[:10] == "2019-03-28"
    assert found.published_from == "given"
    assert found.url == "https://ledger.example/1" or name == "NGEC"
    assert marked(found, "author") == (["Jane Doe"] if "Jane Doe" in json.dumps(row) else [])
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("name", "field", "words", "found_in"),
    [
        ("schema.org", "origin", "https://wire.example/9", "schema.org: isBasedOn"),
        ("schema.org", "modified", "2019-03-29", "schema.org: dateModified"),
        ("schema.org", "language", "en", "schema.org: inLanguage"),
        (
            "news-please",
            "text",
            "Ministers met on Monday.\n\nThey agreed to meet again on Frida",
            "news-please: maintext",
        ),
        ("fundus", "url", "https://ledger.example/1", "fundus: html.requested_url"),
        ("NewsAPI", "outlet", "The Daily Ledger", "NewsAPI: source.name"),
        ("plain", "published", "28 March 2019", "given: Publication Date"),
        ("plain", "section", "World", "given: Section"),
    ],
)
def test_what_was_taken_from_where_is_marked(name: str, field: str, words: str, found_in: str) -> None:
    assert [(mark.words, mark.found_in) for mark in item(SOURCES[name]).marks if mark.field == field] == [
        (words, found_in)
    ]


def test_ids_versions_and_dates_of_download_are_kept() -> None:
    assert item(SOURCES["schema.org"]).external_id == "7"
    assert item(SOURCES["schema.org"]).version is None
    assert item(SOURCES["Media Cloud"]).external_id == "7"
    assert item(SOURCES["news-please"]).captured == "2019-03-30T00:00:00"
    assert item({"text": TEXT, "version": 3, "_id": {"$oid": "ab12"}}).version == "3"
    assert item({"text": TEXT, "version": 3, "_id": {"$oid": "ab12"}}).external_id == "ab12"


def test_own_names_need_no_mark_and_come_before_plain_ones() -> None:
    found = item(
        {"text": TEXT, "body": "Other.", "headline": "A", "title": "B", "published": "2019-03-28", "date": "2018-01-01"}
    )
    assert (found.content, found.headline, found.published, found.marks) == (TEXT, "A", "2019-03-28", ())


def test_names_differ_only_by_their_letters() -> None:
    assert plain_name("Publication_Date") == plain_name("publicationDate") == plain_name("PUBLICATION DATE")
    assert item({"FULL-TEXT": TEXT}).content == TEXT


def test_caller_says_which_name_holds_what() -> None:
    row = {"text": "Other.", "Was drin steht": TEXT, "Am": "28.03.2019", "id": "7"}
    found = item(row, fields={"text": "Was drin steht", "published": "Am"})
    assert (found.content, found.published, found.external_id) == (TEXT, "2019-03-28", "7")


@pytest.mark.parametrize(
    ("fields", "words"), [({"body": "x"}, "unknown field 'body'"), ({"text": " "}, "was given no name")]
)
def test_unknown_field_stops_the_run(fields: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_source("-", stdin=io.BytesIO(b""), fields=fields)


def test_row_without_a_text_names_what_it_has_and_the_way_out() -> None:
    assert refusal({"colour": "red", "size": 3}) == (
        'standard input line 1 has no report: give its words under "text", or a page under "html". Its names are colour, size; '
        "which are read is in docs/formats.md, and --field text=NAME names another"
    )


@pytest.mark.parametrize(
    "row",
    [
        {"GLOBALEVENTID": 1, "SOURCEURL": "https://a.example/1", "Actor1Name": "X"},
        {"GLOBALEVENTID": 1, "MentionIdentifier": "https://a.example/1", "MentionSourceName": "a.example"},
        {"GKGRECORDID": "2019-1", "DocumentIdentifier": "https://a.example/1"},
        {"url": "https://a.example/1", "seendate": "20190328T100000Z", "domain": "a.example", "title": "Talks"},
        {"id": 7, "media_name": "Ledger", "publish_date": "2019-03-28", "url": "https://a.example/1", "title": "Talks"},
        {"url": "https://a.example/1"},
        {"title": "Talks", "link": "https://a.example/1", "text": ""},
        {"title": "Talks", "link": "https://a.example/1", "article": "https://a.example/1"},
    ],
    ids=[
        "GDELT events",
        "GDELT mentions",
        "GDELT knowledge graph",
        "GDELT documents",
        "Media Cloud",
        "bare",
        "empty text",
        "address for a text",
    ],
)
def test_row_with_only_an_address_is_not_fetched_unasked(row: dict[str, Any]) -> None:
    assert refusal(row) == "standard input line 1 has only an address (https://a.example/1): give --fetch to fetch it"


def test_notes_of_acled_are_a_text_and_the_day_of_the_event_is_no_day_of_publication() -> None:
    found = item(
        {
            "event_id_cnty": "YEM1",
            "event_date": "28 March 2019",
            "notes": TEXT,
            "source": "Ledger",
            "timestamp": 1553767200,
        }
    )
    assert (found.content, found.external_id, found.published, found.outlet) == (TEXT, "YEM1", None, None)
    assert marked(found, "origin") == ["Ledger"]
    assert [mark.value for mark in found.marks if mark.field == "modified"] == ["2019-03-28T10:00:00Z"]


@pytest.mark.parametrize(
    "row",
    [
        {"Event ID": 1, "CAMEO Code": "010", "Event Text": "Make statement", "Source Name": "X", "Story ID": 5},
        {"Event ID": 1, "Event Type": "AGREE", "Actor Name": "X", "Recipient Name": "Y", "Source": "Ledger"},
    ],
    ids=["ICEWS", "POLECAT"],
)
def test_tables_of_coded_events_hold_no_text(row: dict[str, Any]) -> None:
    assert "has no report" in refusal(row)


def test_summary_is_read_only_where_there_is_no_text() -> None:
    found = item({"title": "Talks", "description": "Ministers met.", "date": "2019-03-28"})
    assert found.content == "Ministers met."
    assert found.warnings == ("only a summary was there ('description'); it was read as the text",)


def test_text_that_the_source_cut_off_says_so() -> None:
    found = item(SOURCES["NewsAPI"] | {"content": "Ministers met on… [+5123 chars]"})
    assert found.warnings == ("the source cut the text off, as its end says: 'inisters met on… [+5123 chars]'",)


@pytest.mark.parametrize(
    ("row", "kind", "content"),
    [
        ({"html": "<p>Hello.</p>"}, "html", "<p>Hello.</p>"),
        ({"text": " ", "html": "<p>Hello.</p>"}, "html", "<p>Hello.</p>"),
        ({"body": "<!DOCTYPE html><html><p>Hello.</p></html>"}, "html", "<!DOCTYPE html><html><p>Hello.</p></html>"),
        ({"body": "<p>Hello &amp; bye.</p><p>More.</p>"}, "text", "Hello & bye.\n\nMore."),
        ({"body": "3 < 4 & 5 > 2"}, "text", "3 < 4 & 5 > 2"),
        ({"content_html": "<p>Hello.</p>"}, "text", "Hello."),
        ({"raw_html": "<html><p>Hello.</p></html>"}, "html", "<html><p>Hello.</p></html>"),
        ({"paragraphs": ["One.", "Two."]}, "text", "One.\n\nTwo."),
        ({"content": [{"type": "p", "text": "One."}, {"type": "p", "text": "Two."}]}, "text", "One.\n\nTwo."),
    ],
)
def test_pages_pieces_of_pages_and_paragraphs_are_told_apart(row: dict[str, Any], kind: str, content: str) -> None:
    found = item(row)
    assert (found.kind, found.content) == (kind, content)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1553767200, "2019-03-28T10:00:00Z"),
        (1553767200000, "2019-03-28T10:00:00Z"),
        ("1553767200", "2019-03-28T10:00:00Z"),
        (1553767200.5, "2019-03-28T10:00:00Z"),
        (20190328, "2019-03-28"),
        ("20190328100000", "2019-03-28T10:00:00"),
        ({"$date": "2019-03-28T10:00:00Z"}, "2019-03-28T10:00:00Z"),
    ],
)
def test_dates_may_count_seconds_or_stand_in_an_object(value: Any, expected: str) -> None:
    assert item({"text": TEXT, "date": value}).published == expected


def test_date_of_another_name_that_cannot_be_read_is_a_warning_and_the_next_is_tried() -> None:
    found = item({"text": TEXT, "date": "last week", "created_at": "2019-03-28"})
    assert found.published == "2019-03-28"
    assert found.warnings == ("the date 'last week' cannot be read ('date'); it was left out",)
    assert [(mark.words, mark.value, mark.chosen) for mark in found.marks if mark.field == "published"] == [
        ("last week", None, False),
        ("2019-03-28", "2019-03-28", True),
    ]


@pytest.mark.parametrize("nothing", [None, "", "NaN", "null", float("nan"), [], {}])
def test_what_stands_for_nothing_is_nothing(nothing: Any) -> None:
    found = item({"text": TEXT, "title": nothing, "date": nothing, "source": nothing, "author": nothing})
    assert (found.headline, found.published, found.outlet, found.marks) == (None, None, None, ())


# -- ninjs -----------------------------------------------------------------------------------

NINJS_2: dict[str, Any] = {
    "uri": "urn:wire:7", "type": "text", "version": "3", "versioncreated": "2019-03-29T08:00:00Z", "firstcreated": "2019-03-28T10:00:00Z",
    "pubstatus": "usable", "language": "en", "by": "Jane Doe", "located": "Vienna",
    "headlines": [{"role": "sub", "value": "Short"}, {"role": "main", "value": "Talks resume"}],
    "bodies": [{"contenttype": "text/html", "value": "<p>Not this.</p>"}, {"contenttype": "text/plain", "value": TEXT}],
    "infosources": [{"name": "Sample Wire", "role": "originator"}], "renditions": [{"name": "thumb"}],
}  # fmt: skip
CAMEL = {
    "versioncreated": "versionCreated",
    "firstcreated": "firstCreated",
    "pubstatus": "pubStatus",
    "infosources": "infoSources",
}
NINJS_3 = {CAMEL.get(key, key): value for key, value in NINJS_2.items()}
NINJS_1 = {
    "uri": "urn:wire:7", "type": "text", "version": "3", "versioncreated": "2019-03-29T08:00:00Z", "firstcreated": "2019-03-28T10:00:00Z",
    "pubstatus": "usable", "language": "en", "byline": "Jane Doe", "located": "Vienna", "headline": "Talks resume",
    "body_html": "<p>" + TEXT.replace("\n\n", "</p><p>") + "</p>", "infosource": [{"name": "Sample Wire", "role": "originator"}],
}  # fmt: skip


@pytest.mark.parametrize("row", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
def test_ninjs_is_read_in_all_versions(row: dict[str, Any]) -> None:
    found = item(row)
    assert (found.content, found.headline) == (TEXT, "Talks resume")
    assert (found.external_id, found.version, found.published) == ("urn:wire:7", "3", "2019-03-28T10:00:00Z")
    assert marked(found, "author") == ["Jane Doe"]
    assert marked(found, "origin") == ["Sample Wire"]
    assert marked(found, "dateline") == ["Vienna"]
    assert [mark.value for mark in found.marks if mark.field == "modified"] == ["2019-03-29T08:00:00Z"]
    assert all(mark.found_in.startswith("ninjs: ") for mark in found.marks)


@pytest.mark.parametrize("key", ["pubstatus", "pubStatus"])
def test_cancelled_ninjs_item_takes_the_article_back(key: str) -> None:
    (found,) = read({"uri": "urn:wire:7", key: "canceled", "versioncreated": "2019-03-29T08:00:00Z"})
    assert isinstance(found, Retraction)
    assert (found.external_id, found.at) == ("urn:wire:7", "2019-03-29T08:00:00Z")


def test_withheld_ninjs_item_is_refused_and_an_embargo_is_told() -> None:
    assert refusal(NINJS_2 | {"pubstatus": "withheld"}) == (
        "standard input line 1 is withheld by its agency (pubstatus 'withheld') and not for use: urn:wire:7"
    )
    for key in ("embargoed", "embargoedUntil"):
        assert item(NINJS_2 | {key: "2030-01-01T00:00:00Z"}).warnings == (
            "the agency put an embargo on it until 2030-01-01T00:00:00Z; do not publish from it before",
        )
    assert "of type 'picture' without a body" in refusal({"uri": "urn:1", "type": "picture", "pubstatus": "usable"})


def test_row_with_a_uri_alone_is_no_ninjs() -> None:
    assert item({"uri": "https://a.example/1", "text": TEXT}).url == "https://a.example/1"


# -- records that dateline wrote -------------------------------------------------------------


def record_of(found: RawItem) -> dict[str, Any]:
    from dateline.records import SCHEMA_VERSION, Provenance, Record

    report, _ = build_report(found)
    return Record(SCHEMA_VERSION, report, (), (), (), (), (), Provenance("0", "1", "x", "y", "z")).to_dict()


@pytest.mark.parametrize("name", ["plain", "news-please", "NGEC", "Giveme5W1H"])
def test_record_read_again_gives_the_same_report(name: str) -> None:
    first = record_of(item(SOURCES[name]))
    again = record_of(item(first))
    for field in ("id", "text", "url", "outlet", "published", "external_id"):
        assert again["report"][field] == first["report"][field]


def test_record_of_a_page_read_again_gives_the_same_report() -> None:
    sentence = "Ministers met on Monday and agreed to meet again on Friday, the host of the talks said on Tuesday. "
    page = (
        '<html><head><title>Talks resume</title><meta property="og:site_name" content="The Daily Ledger">'
        '<meta property="article:published_time" content="2019-03-28T10:00:00Z"></head><body><article><h1>Talks resume in Vienna</h1>'
        f"<p>By Jane Doe</p><p>VIENNA, March 28 - {sentence * 2}</p><p>{sentence * 2}</p></article></body></html>"
    )
    first = record_of(item({"html": page, "url": URL}))
    again = record_of(item(first))
    changed = {field for field in first["report"] if first["report"][field] != again["report"][field]}
    assert first["report"]["published_from"] == "page"
    assert changed <= {"raw_sha256", "capture"}


def test_record_without_a_text_is_refused() -> None:
    assert refusal({"schema_version": "1.1", "report": {"id": "r_1"}}) == (
        'standard input line 1 is a record without a text: its "report" has no "text"'
    )


# -- the tables and the document -------------------------------------------------------------


def test_every_source_in_the_table_recognises_itself() -> None:
    for source in field_table().source:
        for line in source.recognised_by:
            row: dict[str, Any] = {}
            for name in line:
                outer, _, inner = name.partition(".")
                row[outer] = {inner: "x"} if inner else row.get(outer, "x")
            assert plan_for(row).source != "plain", (source.name, line)


def test_every_name_of_the_tables_and_every_format_is_in_the_document() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    quoted = set(re.findall(r"`([^`\n]+)`", text))
    table = field_table()
    names = {
        name
        for fields in (table.plain.fields, *(source.fields for source in table.source))
        for known in fields.values()
        for name in known
    }
    names |= (
        {name for source in table.source for line in source.recognised_by for name in line}
        | set(table.wrappers.names)
        | set(FIELDS)
    )
    exports = read_toml("intake/exports.toml", ExportRules)
    names |= {
        name
        for rows in (exports.label, exports.heading, exports.tag)
        for row in rows
        if row.field != "none"
        for name in row.names
    }
    assert sorted(names - quoted) == []
    assert sorted(set(FORMATS) - quoted) == []
    assert [source.name for source in table.source if source.name not in text] == []


# -- addresses that are fetched when asked for -----------------------------------------------


def test_addresses_of_rows_are_fetched_when_asked_for() -> None:
    from dateline.intake.formats import Input, Items
    from dateline.intake.rows.json_files import read_json

    asked: list[str] = []

    def fetch(url: str) -> Items:
        asked.append(url)
        yield RawItem(name=url, kind="html", content="<p>Hello.</p>", raw_sha256="0", url=url)

    rows = [
        {"media_name": "Ledger", "publish_date": "2019-03-28", "url": "https://a.example/1", "id": 7, "title": "Talks"},
        {"text": TEXT, "url": "https://a.example/2"},
        {"SOURCEURLS": "https://a.example/3<UDIV>https://a.example/4", "CAMEOEVENTIDS": "1"},
        SOURCES["NewsAPI"] | {"content": "Ministers… [+5123 chars]"},
    ]
    source = Input("rows", io.BytesIO(json.dumps(rows).encode()), Limits(), fetch=fetch, fetch_rows=True)
    found = [each for each in read_json(source) if isinstance(each, RawItem)]
    assert asked == ["https://a.example/1", "https://a.example/3", "https://a.example/4", "https://ledger.example/1"]
    assert (found[0].external_id, found[0].outlet, found[0].published, found[0].headline) == ("7", None, None, None)
    assert {(mark.field, mark.words, mark.chosen) for mark in found[0].marks} >= {
        ("outlet", "Ledger", False),
        ("published", "2019-03-28", False),
    }
    assert found[1].content == TEXT
