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


def built(html: str, **fields: str) -> Report:
    return build_report(RawItem(name="page.html", kind="html", content=html, raw_sha256="", **fields))[0]


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
    assert (report.published, report.published_from, report.outlet) == ("2021-06-07", "page", "The Daily Ledger")


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
