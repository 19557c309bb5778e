from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resiliparse.parse.html import HTMLTree

from dateline.records import Mark
from dateline.report.pages.body import Body, PageFacts
from dateline.report.pages.cutting import cut
from dateline.report.pages.fast import find_body
from dateline.report.pages.names import BODY, COMMENTS, FURNITURE, page_rules, role_of

NOTHING = PageFacts((), None, ())
FIRST = "The foreign ministers of Ghana and Togo met on Monday and agreed to reopen the crossing at Aflao."
SECOND = "Officials from both sides said that the crossing would open to lorries first and to families a week later."
THIRD = "The crossing was closed in May, when the two governments quarrelled over the price of water from the dam."
FOURTH = "Traders in Lomé said that they had lost half of their income, and asked both capitals for compensation."
STORY = (FIRST, SECOND, THIRD, FOURTH)
TEASER = "Water runs low at the dam, and the engineers who keep it fear for the turbines if the rains are late again."


def body_of(html: str, facts: PageFacts = NOTHING) -> Body | None:
    return find_body(html, HTMLTree.parse(html), None, facts)


def paragraphs_of(html: str, facts: PageFacts = NOTHING) -> list[str]:
    body = body_of(html, facts)
    return list(body.paragraphs) if body else []


def in_paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(inside: str, around: str = "{}") -> str:
    whole = around.format(f"<div class='page'><div>{inside}</div></div>")
    return f"<!DOCTYPE html><html><head><title>Crossing - The Daily Ledger</title></head><body>{whole}</body></html>"


# -- where the report is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        in_paragraphs(*STORY),
        "<article>" + in_paragraphs(*STORY) + "</article>",
        "".join(f"<div class='paragraph'>{text}</div>" for text in STORY),
        "<div class='story'>" + "<br><br>".join(STORY) + "</div>",
        "<div class='story'>" + "<br>\n".join(STORY) + "</div>",
        "".join(f"<section><div><p>{text}</p></div></section>" for text in STORY),
        f"<p>{FIRST}</p><div class='paywall'>{in_paragraphs(*STORY[1:])}</div>",
        "<form action='/page.aspx'>" + in_paragraphs(*STORY) + "</form>",
        "<table><tr><td>Menu</td><td>" + in_paragraphs(*STORY) + "</td></tr></table>",
        f"<main><div>{in_paragraphs(FIRST, SECOND)}</div><div class='ad'>Ad</div><div>{in_paragraphs(THIRD, FOURTH)}</div></main>",
        "<div style='display:none'>" + in_paragraphs(*STORY) + "</div>",
        "<DIV CLASS=Story><P>" + "<P>".join(STORY) + "</DIV>",
    ],
    ids=[
        "bare",
        "article",
        "div for p",
        "two line breaks",
        "one line break",
        "a section each",
        "wall",
        "page in a form",
        "page in a table",
        "parted by an advert",
        "hidden until a script runs",
        "old HTML",
    ],
)
def test_report_is_found_however_its_paragraphs_are_marked(inside: str) -> None:
    assert paragraphs_of(page(inside)) == list(STORY)


@pytest.mark.parametrize(
    "beside",
    [
        "<nav><ul>"
        + "<li><a href='/'>Home and all that there is of it in this country and abroad</a></li>" * 9
        + "</ul></nav>",
        "<div class='cards'>" + f"<div><a href='/a'><h3>Dam</h3></a><div><p>{TEASER}</p></div></div>" * 6 + "</div>",
        "<div id='comments'>" + in_paragraphs(*[f"{number} {TEASER}" for number in range(20)]) + "</div>",
        "<div class='cookie-notice'>"
        + in_paragraphs(TEASER, "We use cookies for all sorts of things that you may read about here.")
        + "</div>",
        "<aside>" + in_paragraphs(TEASER) + "</aside>",
        f"<footer>{in_paragraphs(TEASER)}</footer>",
        "<div class='most-read'><ol>" + f"<li><a href='/a'>{TEASER}</a></li>" * 5 + "</ol></div>",
        f"<template>{in_paragraphs(*[TEASER] * 9)}</template>",
        f"<noscript>{in_paragraphs(TEASER)}</noscript>",
        f"<script type='text/template'>{in_paragraphs(*[TEASER] * 9)}</script>",
        f"<script>var a = '<style></style><p>{TEASER}</p>';</script>",
        f"<!-- {in_paragraphs(TEASER)} -->",
        f"<select><option>{TEASER}</option></select>",
        f"<svg><text>{TEASER}</text></svg>",
    ],
    ids="menu cards comments cookies aside footer most-read template noscript template-script script comment select svg".split(),
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_what_stands_beside_the_report_is_left_out(beside: str, first: bool) -> None:
    around = beside.replace("{", "{{").replace("}", "}}")
    html = page(in_paragraphs(*STORY), around + "{}" if first else "{}" + around)
    assert paragraphs_of(html) == list(STORY)


def test_page_without_a_report_has_no_body() -> None:
    assert body_of("<html></html>") is None
    assert body_of(page("<p>Log in</p><form><input name='a'></form>")) is None


# -- what is in the report ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='newsletter-signup'><p>Get the morning letter with all that matters, sent to you at six each day.</p></div>",
        "<div class='relatedArticles'><p>Engineers fear for the turbines if the rains are late again this year.</p></div>",
        "<ul><li><a href='/a'>Water runs low at the dam</a></li><li><a href='/b'>Rains are late again</a></li></ul>",
        "<h3>Related news</h3><ul><li><a href='/a'>Water runs low at the dam</a></li></ul>",
        "<p><a href='/a'>Engineers fear for the turbines if the rains are late again</a></p>",
        "<figure><img src='a.jpg'><figcaption>A lorry waits at the crossing in Aflao on Monday.</figcaption></figure>",
        "<div class='wp-caption'><p class='wp-caption-text'>A lorry waits at the crossing in Aflao on Monday.</p></div>",
        "<div class='share-bar'>Share this report with friends and all who may want it.</div>",
        "<div class='author-bio'><p>Jane Doe writes about borders and those who live beside them for this paper.</p></div>",
        "<div>Advertisement</div>",
        "<button>Show all of this report in large letters.</button>",
        "<div hidden>Shown to nobody unless a script asks for it, which none does here.</div>",
        "<article class='teaser'><p>Another report altogether, of which only the first words are shown here.</p></article>",
    ],
    ids="letter related links heading-of-links link-line caption wp-caption share author advert button hidden article".split(),
)
def test_furniture_between_paragraphs_is_left_out(furniture: str) -> None:
    html = page(f"<article>{in_paragraphs(FIRST, SECOND)}{furniture}{in_paragraphs(THIRD, FOURTH)}</article>")
    assert paragraphs_of(html) == list(STORY)


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        ("<h2>What happens next</h2>", ["What happens next"]),
        (
            "<ul><li>Lorries on Monday.</li><li>Families a week later.</li></ul>",
            ["Lorries on Monday.", "Families a week later."],
        ),
        ("<blockquote><p>We are glad.</p></blockquote>", ["We are glad."]),
        ("<div class='social-embed'><blockquote><p>We are glad.</p></blockquote></div>", ["We are glad."]),
        ("<table><tr><td>Lorries</td><td>1,200</td></tr></table>", ["Lorries", "1,200"]),
        ("<p>He <b>said</b>: “<a href='/a'>No</a>”<!-- x -->.</p>", ["He said: “No”."]),
        ("<p>Fish &amp; chips&nbsp;cost &lt;5 euros.</p>", ["Fish & chips cost <5 euros."]),
        ("<p><a href='https://ledger.example/a'>ledger.example/a</a></p>", ["ledger.example/a"]),
        ("<p>A line that a<br>break cuts.</p>", ["A line that a break cuts."]),
        ("<p>One line.<br>Another line.</p>", ["One line.", "Another line."]),
        ("<p>See it<span class='sr-only'>opens in a new window</span>.</p>", ["See it."]),
        ("<p>An <x-term>odd</x-term> element.</p>", ["An odd element."]),
    ],
)
def test_parts_of_the_report_are_kept(part: str, texts: list[str]) -> None:
    html = page(f"<article>{in_paragraphs(FIRST, SECOND)}{part}{in_paragraphs(THIRD, FOURTH)}</article>")
    assert paragraphs_of(html) == [FIRST, SECOND, *texts, THIRD, FOURTH]


def test_entries_of_a_live_report_are_kept() -> None:
    entries = "".join(f"<article class='entry-{number}'><p>{text}</p></article>" for number, text in enumerate(STORY))
    assert paragraphs_of(page(f"<article><p>{TEASER}</p>{entries}</article>")) == [TEASER, *STORY]


def test_other_posts_inside_an_article_are_left_out() -> None:
    posts = f"<article class='post hentry'><p>{TEASER}</p></article>" * 5
    assert paragraphs_of(page(f"<article>{in_paragraphs(*STORY)}{posts}</article>")) == list(STORY)


def test_headline_is_no_paragraph() -> None:
    html = page(
        f"<h1>Crossing to reopen</h1><h2>Crossing</h2><div>Crossing to reopen soon!</div>{in_paragraphs(*STORY)}"
    )
    facts = PageFacts((Mark("headline", "Crossing to reopen soon", None, "og:title", False),), None, ())
    assert paragraphs_of(html, facts) == list(STORY)


def test_paragraph_that_is_a_caption_is_marked() -> None:
    caption = "A lorry waits at the crossing in Aflao on Monday (AFP)."
    html = page(f"<article>{in_paragraphs(FIRST, SECOND, caption, THIRD, FOURTH)}</article>")
    body = body_of(html, PageFacts((), None, (caption, "Another picture.")))
    assert body is not None
    assert caption in body.paragraphs
    assert body.captions == {caption}


def test_report_that_only_structured_data_hold_is_taken_from_them() -> None:
    given = "\n\n".join([*STORY, *[f"{number}. {TEASER}" for number in range(4)]])
    html = page("<p>Please switch on scripts to read the report that we have for you here.</p>")
    escaped = given.replace("\n\n", "&lt;br&gt;")
    assert paragraphs_of(html, PageFacts((), escaped, ())) == given.split("\n\n")


def test_structured_data_do_not_replace_a_body_that_is_there() -> None:
    flat = " ".join(STORY)
    assert paragraphs_of(page(in_paragraphs(*STORY)), PageFacts((), flat, ())) == list(STORY)


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "attributes", "role"),
    [
        ("div", ' class="article-body share"', BODY),
        ("div", ' class="StoryBody"', BODY),
        ("div", ' itemprop="articleBody"', BODY),
        ("div", ' id="disqus_thread"', COMMENTS),
        ("div", ' class="relatedArticles"', FURNITURE),
        ("section", ' class="c-related_links"', FURNITURE),
        ("div", ' data-component="newsletter"', FURNITURE),
        ("div", ' style="color:red;display: none"', FURNITURE),
        ("aside", "", FURNITURE),
        ("div", ' class="shareholders upload tagline"', 0),
        ("div", ' title="related"', 0),
        ("body", ' class="single has-comments sidebar"', 0),
    ],
)
def test_names_say_what_an_element_is(tag: str, attributes: str, role: int) -> None:
    assert role_of(tag, attributes) == role


def test_words_of_names_are_sorted_and_say_one_thing() -> None:
    rules = page_rules()
    lists = [rules.body, rules.comments, rules.furniture, rules.tags, rules.whole]
    assert [list(words) for words in lists] == [sorted(words) for words in lists]
    words = [word for words in lists[:3] for word in words]
    assert len(words) == len(set(words))
    assert [word for word in words if word != word.lower() or not word.replace("-", "").isalpha()] == []


# -- hostile pages -----------------------------------------------------------------------------

SIZE = 200_000


@pytest.mark.parametrize(
    "bit",
    [
        "<div>", "<p>", "<p>a ", "<a>x", "<b>x", "<svg>", "<nav>", "<nav><svg>", "<navx>", "<br>", "<!-- ", "<!-- x -->", "<script>",
        "<script>x</script>", '<p ">', '<p ="x>z', "<select><option>x", "<table><tr><td>x", "<template>", "<template></template>",
        "<TEMPLATE>x", "<article><p>word word", "<form><input>x", "<plaintext><x", "&lt;", "\0<p>", "<a-", "<ul><li>x",
    ],
)  # fmt: skip
def test_hostile_pages_are_read_in_time_that_grows_with_their_length(bit: str) -> None:
    html = "<html><body>" + bit * (SIZE // len(bit))
    tree = HTMLTree.parse(html)
    start = time.process_time()
    find_body(html, tree, None, NOTHING)
    assert time.process_time() - start < 2  # a fifth of a second at most, where nothing else runs


def test_thousands_of_templates_inside_each_other_do_not_end_the_process() -> None:
    assert body_of("<html><body>" + "<template>x" * 100_000 + in_paragraphs(*STORY)) is None


def test_deep_nesting_hides_nothing() -> None:
    html = "<html><body>" + "<div>" * 10_000 + in_paragraphs(*STORY)
    assert paragraphs_of(html) == list(STORY)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='", "'>", "<br>", "<a href=x>", "</a>", "<article>", "</article>", "<h2>", "<ul><li>", "<!--", "-->",
     "<script>", "</script>", "<svg>", "<title>", "<template>", "</template>", "<nav>", "</nav>", "&amp;", "&#0;", '"', "<", ">", "share",
     TEASER, FIRST, "\0", "\ud7ff", "é"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=60))
def test_any_page_is_read(pieces: list[str]) -> None:
    html = "".join(pieces)
    body = body_of(html)
    if body is not None:
        assert body.paragraphs
        assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in body.paragraphs)
        assert body.captions <= set(body.paragraphs)
        assert body_of(html) == body


@given(st.lists(PIECES, max_size=40))
def test_elements_come_after_their_parents(pieces: list[str]) -> None:
    tree = HTMLTree.parse("".join(pieces))
    assert tree.body is not None
    blocks = cut(tree.body.html)
    assert len(blocks.tags) == len(blocks.parents) == len(blocks.attributes)
    assert len(blocks.texts) == len(blocks.where) == len(blocks.linked)
    assert all(above < number for number, above in enumerate(blocks.parents) if number)
    assert all(0 <= share <= 1 for share in blocks.linked)
