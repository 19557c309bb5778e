from __future__ import annotations

import pytest

from dateline.errors import IntakeError
from dateline.records import RawItem, Report
from dateline.report import build_report

FIRST = (
    "ACCRA (AFP) - The foreign ministers of Ghana and Togo met on Monday and agreed to reopen the crossing at Aflao."
)
SECOND = "Officials from both sides said that the crossing would open to lorries first and to families a week later."
THIRD = "The crossing was closed in May, when the two governments quarrelled over the price of water from the dam."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ghana and Togo to reopen crossing - The Daily Ledger</title>
<meta property="og:site_name" content="The Daily Ledger"><meta property="article:published_time" content="2021-06-07T08:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ghana and Togo to reopen crossing</h1>
<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>Read more: Water runs low at the dam</p></article>
<script>document.write("<p>Injected words</p>")</script><footer>Terms of use</footer></body></html>"""


def built(html: str, *, extractor: str = "precise", **fields: str) -> Report:
    item = RawItem(name="page.html", kind="html", content=html, raw_sha256="", **fields)
    return build_report(item, extractor=extractor)[0]


def test_page_becomes_headline_and_paragraphs() -> None:
    report = built(PAGE, url="https://ledger.example/crossing")
    assert report.headline is not None
    assert report.headline.text == "Ghana and Togo to reopen crossing"
    assert [span.text for span in report.paragraphs] == [FIRST, SECOND, THIRD]
    assert report.dateline is not None
    assert (report.dateline.text, report.agency) == ("ACCRA (AFP) -", "AFP")
    assert "Injected" not in report.text


def test_page_says_its_date_and_outlet() -> None:
    report = built(PAGE)
    assert (report.published, report.published_from, report.outlet) == (
        "2021-06-07T08:00:00Z",
        "page",
        "The Daily Ledger",
    )


def test_what_the_caller_gave_wins_over_the_page() -> None:
    report = built(PAGE, published="2021-06-08", published_from="given", outlet="Wire Desk")
    assert (report.published, report.published_from, report.outlet) == ("2021-06-08", "given", "Wire Desk")


def test_page_without_a_date_has_none() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-06-07T08:00:00Z">', "")
    assert built(page).published is None


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body><form>Log in <input name=a></form></body></html>",
        "<html><body><nav><a href=/>Home</a><a href=/w>World</a></nav></body></html>",
        "<div>" * 3000,
        "&" * 5000,
        "<",
    ],
)
def test_page_without_an_article_is_refused(html: str) -> None:
    with pytest.raises(IntakeError, match="no article"):
        built(html)


def test_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(IntakeError, match="characters"):
        built("<p>x</p>" * 1_300_000)


@pytest.mark.parametrize("extractor", ["precise", "fast"])
def test_either_extractor_gives_the_report_and_says_its_name_and_version(extractor: str) -> None:
    report = built(PAGE, extractor=extractor, url="https://ledger.example/crossing", format="html", charset="utf-8")
    assert [span.text for span in report.paragraphs] == [FIRST, SECOND, THIRD]
    assert report.headline is not None
    assert report.capture is not None
    assert (report.capture.source, report.capture.format, report.capture.charset) == ("page.html", "html", "utf-8")
    assert report.capture.extractor == extractor
    assert report.capture.extractor_version


def test_what_the_fast_extractor_does_not_find_the_precise_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.report.pages import fast

    monkeypatch.setattr(fast, "find_body", lambda *_: None)
    report = built(PAGE, extractor="fast")
    assert report.capture is not None
    assert report.capture.extractor == "precise"
    assert [span.text for span in report.paragraphs] == [FIRST, SECOND, THIRD]


def test_page_gives_people_section_canonical_address_and_marks() -> None:
    head = (
        '<link rel="canonical" href="https://ledger.example/2021/crossing"><meta property="article:section" content="World">'
        '<meta name="author" content="By Jane Doe and The Daily Ledger">'
    )
    report = built(PAGE.replace("</head>", f"{head}</head>"), url="https://www.ledger.example/crossing?utm_source=x")
    assert (report.authors, report.section) == (("Jane Doe",), "World")
    assert (report.url, report.canonical_url) == (
        "https://www.ledger.example/crossing?utm_source=x",
        "https://ledger.example/2021/crossing",
    )
    assert report.article == built(PAGE, url="http://ledger.example/2021/crossing/").article
    assert {mark.field: mark.found_in for mark in report.marks if mark.chosen} == {
        "headline": "text",
        "author": "meta",
        "outlet": "open graph",
        "published": "open graph",
        "section": "open graph",
        "url": "link",
    }


def test_half_a_surrogate_pair_in_a_page_is_replaced() -> None:
    assert "\ufffd" in built(PAGE.replace("Aflao", "Afl\ud800ao")).text
