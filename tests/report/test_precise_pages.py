from __future__ import annotations

import re

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from resiliparse.parse.html import HTMLTree

from dateline.errors import IntakeError
from dateline.records import Mark
from dateline.report.pages import layout, precise
from dateline.report.pages.article import is_prose
from dateline.report.pages.asides import Line, aside_rules, leads_away, opens_links
from dateline.report.pages.body import Body, PageFacts
from dateline.report.pages.layout import Block, find_layout

FIRST = "The envoys of both countries met in the harbour town of Dorn on Monday and agreed to talk again."
SECOND = "They will come back to the table next week, a spokesman for the foreign ministry said, and bring a map."
THIRD = "Two earlier rounds of talks in the spring ended without a word on the prisoners, and the border stayed shut."
STORY = [FIRST, SECOND, THIRD]
NO_FACTS = PageFacts((), None, ())


def page_of(*parts: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def body_of(html: str, facts: PageFacts = NO_FACTS) -> Body | None:
    return precise.find_body(html, HTMLTree.parse(html), None, facts)


def paragraphs_of(html: str, facts: PageFacts = NO_FACTS) -> list[str]:
    body = body_of(html, facts)
    assert body is not None
    return list(body.paragraphs)


def links(number: int) -> str:
    return "".join(
        f"<li><a href='/{n}'>Ministers of the league meet for talk number {n}</a></li>" for n in range(number)
    )


# -- what stays out --------------------------------------------------------------------------

FURNITURE = {
    "menu": "<nav><ul>" + links(3) + "</ul></nav>",
    "caption": "<figure><img src='x.png'><figcaption>The harbour of Dorn, where the envoys met on Monday.</figcaption></figure>",
    "named caption": "<div class='photo__caption'>The harbour of Dorn, where the envoys met on Monday.</div>",
    "related stories by name": "<div class='story-related'>"
    + p("The river towns wait for the flood that all of them fear.")
    + "</div>",
    "related stories by their heading": "<h4>You may also like</h4><ul>" + links(3) + "</ul>",
    "a linked line": "<p><a href='/a'>Dorn counts its ships after the long storm of March</a></p>",
    "a line that leads away": "<p>READ MORE: <a href='/a'>Dorn counts its ships</a></p>",
    "a newsletter form": "<div class='newsletter-signup'><p>All the news of the harbour, every morning, in your own inbox.</p></div>",
    "an advertisement": "<div class='ad-slot'>Advertisement</div>",
    "a hidden part": "<div style='display: none'><p>This text is for machines alone and nobody should ever see it.</p></div>",
    "a photograph's credit": "<p>© Jane Doe The harbour of Dorn on the morning of the talks between them.</p>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE)
def test_furniture_inside_the_story_is_left_out(furniture: str) -> None:
    more = [
        f"On day {n} of the talks the ministers spoke of grain, of the ferry and of {n} old ships." for n in range(8)
    ]
    html = page_of("<div class='x1'>", p(FIRST, SECOND), furniture, p(THIRD, *more), "</div>")
    assert paragraphs_of(html) == [*STORY, *more]


END = {
    "share buttons": "<ul class='share-bar'><li><a href='#'>Share on Facebook</a></li><li>Print</li></ul>",
    "an invitation": "<p>Follow us on Twitter for more of this.</p>",
    "the writer": "<p>Jane Doe writes on the sea and the towns by it. Follow her on Twitter.</p>",
    "a bare heading": "<h3>Story so far</h3>",
    "tags": "<p>Tags:</p><p><a href='/t/dorn'>Dorn</a></p>",
    "comments": "<div id='comments'>" + p("I was there and saw nothing of the kind, whatever they say.") + "</div>",
}


@pytest.mark.parametrize("end", END.values(), ids=END)
def test_furniture_after_the_story_is_left_out(end: str) -> None:
    assert paragraphs_of(page_of("<article>", p(*STORY), end, "</article>")) == STORY


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Envoys meet in Dorn", "Envoys meet in Dorn"),
        ("Envoys meet in Dorn | The Daily Ledger", "Envoys Meet in Dorn"),
        ("The Daily Ledger", "Envoys meet in Dorn"),
    ],
)
def test_headline_is_no_paragraph(title: str, headline: str) -> None:
    facts = PageFacts((Mark("headline", "Envoys meet in Dorn", "Envoys meet in Dorn", "meta", True),), None, ())
    html = page_of(f"<div><div class='top'>{headline}</div>", p(*STORY), "</div>", title=title)
    assert paragraphs_of(html, facts) == STORY


def test_subheading_with_a_headline_s_rank_stays() -> None:
    html = page_of(
        "<h1>Envoys meet</h1><div>", p(FIRST), "<h1>Next week</h1>", p(SECOND, THIRD), "</div>", title="Envoys meet"
    )
    assert paragraphs_of(html) == [FIRST, "Next week", SECOND, THIRD]


def test_what_readers_wrote_is_not_the_story_though_it_is_longer() -> None:
    said = [
        f"I have lived in Dorn for {n} years and never saw an envoy do anything but eat and sleep."
        for n in range(9, 40)
    ]
    html = page_of("<div>", p(*STORY), "</div><div class='comments'>", p(*said), "</div>")
    assert paragraphs_of(html) == STORY


def test_teasers_of_other_stories_are_left_out() -> None:
    teasers = "".join(
        f"<article class='card'><h3><a href='/{n}'>Flood {n}</a></h3><p>The river rose by {n} feet in a night …</p></article>"
        for n in range(2, 6)
    )
    assert (
        paragraphs_of(page_of("<main><article><h1>Envoys</h1>", p(*STORY), "</article>", teasers, "</main>")) == STORY
    )


def test_words_that_show_only_when_pointed_at_are_left_out() -> None:
    card = "<span class='rollover'><a href='/b'>Jan Bor</a><span class='rollover-block'>Jan BorMinister of ports</span></span>"
    html = page_of(
        "<div>", p(f"The minister, {card}, was not there on Monday, nor was he asked to come.", *STORY), "</div>"
    )
    assert paragraphs_of(html)[0] == "The minister, Jan Bor, was not there on Monday, nor was he asked to come."


def test_a_copy_for_other_programs_is_not_read_again() -> None:
    copy = f"<div itemprop='description'>{' '.join(STORY)}</div><div>2021-06-07T10:02:00Z</div>"
    html = page_of("<div class='outer'><div class='inner'>", p(*STORY), "</div><div>", copy, "</div></div>")
    assert paragraphs_of(html) == STORY


# -- what stays in ---------------------------------------------------------------------------

LAST = "The harbour stays open to the ships of both countries, and to those of the league, until then."
CELLS = "<tr><td>Dorn</td><td>4</td></tr><tr><td>Alm</td><td>2</td></tr>"
POST = "We go on. — Jan Bor (@bor) May 3, 2021"
NAMED = "A third round was not ruled out on Monday night."

LAYOUTS = {
    "paragraphs": (p(*STORY), STORY),
    "bare divisions": ("".join(f"<div>{line}</div>" for line in STORY), STORY),
    "line breaks in a cell": (f"<table><tr><td>{'<br><br>'.join(STORY)}</td></tr></table>", STORY),
    "a line break in a sentence": (
        p(*STORY, "The ferry goes at noon and<br>comes at four."),
        [*STORY, "The ferry goes at noon and comes at four."],
    ),
    "preformatted text": (f"<pre>{FIRST}\n\n{SECOND}\n \n{THIRD}</pre>", STORY),
    "a list": (
        p(*STORY) + "<ul><li>one map</li><li>two flags</li></ul>" + p(LAST),
        [*STORY, "one map", "two flags", LAST],
    ),
    "a table": (p(*STORY) + f"<table>{CELLS}</table>" + p(LAST), [*STORY, "Dorn 4", "Alm 2", LAST]),
    "a subheading": (p(FIRST) + "<h2>Next week</h2>" + p(SECOND, THIRD), [FIRST, "Next week", SECOND, THIRD]),
    "a quotation": (p(FIRST) + f"<blockquote><p>{SECOND}</p></blockquote>" + p(THIRD), STORY),
    "a post": (
        p(*STORY) + f"<div class='social-embed'><blockquote>{POST}</blockquote></div>" + p(LAST),
        [*STORY, POST, LAST],
    ),
    "words that only an element parts": (
        p(*STORY, f"<cite>Dorn (Ledger)</cite>{NAMED}"),
        [*STORY, f"Dorn (Ledger) {NAMED}"],
    ),
    "a first letter set apart": (f"<p><span class='cap'>T</span>{FIRST[1:]}</p>" + p(SECOND, THIRD), STORY),
}


@pytest.mark.parametrize(("story", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_story_is_read_in_every_layout(story: str, expected: list[str]) -> None:
    html = page_of(
        FURNITURE["menu"],
        "<div class='x1'>",
        story,
        "</div><footer>",
        p("All rights in these pages are ours."),
        "</footer>",
    )
    assert paragraphs_of(html) == expected


def test_story_in_several_pieces_is_read_whole() -> None:
    more = [
        f"Chapter {n} of the treaty is on the fish of the bay and on who may take them in month {n}."
        for n in range(1, 13)
    ]
    pieces = [STORY, more[:4], more[4:8], more[8:]]
    html = page_of(
        "<main>", *(f"<div class='piece'>{p(*piece)}</div><div class='ad'>Ad</div>" for piece in pieces), "</main>"
    )
    assert paragraphs_of(html) == [*STORY, *more]


def test_story_behind_a_gate_goes_on_from_its_open_part() -> None:
    more = [
        f"In hour {n} of the talks they spoke of the ferry, the mole and the light on rock {n}." for n in range(1, 9)
    ]
    html = page_of("<div class='text'>", p(*STORY), "<div class='gate'>", p(*more), "</div></div>")
    assert paragraphs_of(html) == [*STORY, *more]


@pytest.mark.parametrize("name", ["widget", "post category-comments", "gallery", "newsletter"])
def test_a_name_does_not_cost_a_page_its_only_story(name: str) -> None:
    assert paragraphs_of(page_of(f"<div class='{name}'>", p(*STORY), "</div>")) == STORY


def test_links_in_a_sentence_stay() -> None:
    linked = (
        "The <a href='/x'>first round in March</a> and the <a href='/y'>second in May</a> had ended without a word."
    )
    assert paragraphs_of(page_of("<div>", p(*STORY, linked, *STORY[:1]), "</div>"))[3] == re.sub("<[^>]+>", "", linked)


def test_story_in_the_structured_data_stands_in_for_one_that_a_script_writes() -> None:
    facts = PageFacts((), "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(STORY * 2) + "&lt;/p&gt;", ())
    assert paragraphs_of(page_of("<div id='root'></div>"), facts) == STORY * 2


def test_story_in_the_structured_data_goes_on_where_the_page_stops() -> None:
    more = [
        f"Article {n} of the treaty is on the fish of the bay and on who may take them in {n}." for n in range(1, 20)
    ]
    facts = PageFacts((), "\n".join(STORY + more), ())
    assert paragraphs_of(page_of("<div>", p(*STORY), "</div><p>Log in to read on.</p>"), facts) == STORY + more


def test_story_of_another_page_in_the_structured_data_is_not_taken() -> None:
    other = [
        f"On day {n} of the fair the goats of valley {n} were shown and given ribbons of their own."
        for n in range(1, 20)
    ]
    more = [
        f"Article {n} of the treaty is on the fish of the bay and on who may take them in {n}." for n in range(1, 8)
    ]
    facts = PageFacts((), "\n".join(other), ())
    assert paragraphs_of(page_of("<div>", p(*STORY, *more), "</div>"), facts) == STORY + more


def test_paragraph_that_the_page_calls_a_caption_is_named_as_one() -> None:
    body = body_of(page_of("<div>", p(*STORY), "</div>"), PageFacts((), None, (SECOND,)))
    assert body is not None
    assert body.captions == {SECOND}


def test_extractor_and_its_versions_are_named() -> None:
    body = body_of(page_of("<div>", p(*STORY), "</div>"))
    assert body is not None
    assert body.extractor == "precise"
    assert body.version.endswith(f"+trafilatura {trafilatura.__version__}")


# -- pages that hold nothing, or mean harm ---------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\x00",
        "<",
        "<!-- x -->",
        "<html></html>",
        page_of(FURNITURE["menu"]),
        page_of("<p>Log in to read on.</p>"),
        "{}",
    ],
)
def test_page_without_a_story_has_no_body(html: str) -> None:
    assert body_of(html) is None


@pytest.mark.parametrize("error", [ValueError, TypeError, RecursionError, AttributeError, KeyError])
def test_story_is_found_where_trafilatura_fails(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("odd page")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    html = page_of(FURNITURE["menu"], "<div>", p(*STORY), FURNITURE["related stories by name"], "</div>")
    assert paragraphs_of(html) == STORY


def test_extraction_stands_in_where_the_layout_misleads(monkeypatch: pytest.MonkeyPatch) -> None:
    more = [
        f"Article {n} of the treaty is on the fish of the bay and on who may take them in {n}." for n in range(1, 9)
    ]
    monkeypatch.setattr(precise, "_find_paragraphs", lambda *_: [FIRST])
    assert paragraphs_of(page_of("<div>", p(*STORY, *more), "</div>")) == [*STORY, *more]


def test_trafilatura_is_not_asked_about_a_page_of_too_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    monkeypatch.setattr(precise, "MOST_ELEMENTS", 50)
    row = "<nav><table><tr>" + "<td>a</td>" * 60 + "</tr></table></nav>"
    assert paragraphs_of(page_of("<div>", p(*STORY), "</div>", row)) == STORY


def test_page_of_too_many_blocks_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_PARTS", 100)
    with pytest.raises(IntakeError, match="more than 100 blocks"):
        body_of(page_of("<div></div>" * 200))


HOSTILE = {
    "elements in elements": "<div>" * 5_000 + FIRST,
    "links in links": "<a href=x>" * 5_000 + FIRST,
    "tables in tables": "<table><tr><td>" * 2_000 + FIRST,
    "long names": f"<div class='{'ad-' * 100_000}'>{p(*STORY)}</div>",
    "long style": f"<div style='{'display: ' * 50_000}'>{p(*STORY)}</div>",
    "long lines": p("sign up " * 20_000, "© " * 20_000, "more on " * 20_000),
    "one long word": p("x" * 300_000),
    "cut off": page_of(p(*STORY))[:-40],
    "controls": "\x00<p>\x0b\x0c\u2028 a\u200b</p>" * 500,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_page_is_read_or_refused(html: str) -> None:
    body = body_of(html)
    assert body is None or all(line == " ".join(line.split()) and line for line in body.paragraphs)


TAGS = [
    "div",
    "p",
    "span",
    "a",
    "table",
    "tr",
    "td",
    "li",
    "ul",
    "h1",
    "h2",
    "br",
    "article",
    "pre",
    "nav",
    "figure",
    "b",
    "script",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<div class='related'>", "<div hidden>", "<a href='/x'>", *STORY, "Read more:", "Related", "©", "&lt;", "\x00"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.one_of(st.none(), st.text(max_size=60)))
def test_any_page_gives_words_of_its_own_or_nothing(html: str, article_body: str | None) -> None:
    body = body_of(html, PageFacts((), article_body, ()))
    if body is not None:
        words = {word for line in body.paragraphs for word in re.findall(r"[A-Za-z]{3,}", line)}
        # libxml2 runs words together over an end tag that nothing opened.
        run_on = re.sub(r"<[^<>]*>", "", html)
        assert all(word in html or word in run_on or word in (article_body or "") for word in words)
        assert all(line == " ".join(line.split()) and line for line in body.paragraphs)


# -- the rules -------------------------------------------------------------------------------

LINES = aside_rules().line


def found(line: Line, words: str) -> bool:
    linked = Block(words, "p", 0, len(words.split()), len(words.split()) // 2 + 1, False)
    if line.kind == "opens":
        return opens_links(linked)
    return leads_away(linked, at_end=True)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_line_finds_its_examples_and_no_near_miss(line: Line) -> None:
    assert line.matches
    assert line.rejects
    assert [found(line, words) for words in line.matches] == [True] * len(line.matches)
    assert [found(line, words) for words in line.rejects] == [False] * len(line.rejects)
    assert all(re.match(line.pattern, words.lower()) for words in line.matches), "found by another line"


def test_lines_are_named_once_and_hold_no_groups() -> None:
    assert len({line.id for line in LINES}) == len(LINES)
    assert [line.id for line in LINES if re.compile(line.pattern).groups] == []


@pytest.mark.parametrize(
    "words", ["More than forty people were held, the ministry said.", "Follow the coast, he told them all."]
)
def test_sentence_that_opens_like_a_lead_stays(words: str) -> None:
    assert paragraphs_of(page_of("<div>", p(FIRST, words, SECOND, THIRD), "</div>")) == [FIRST, words, SECOND, THIRD]


def test_names_are_listed_once() -> None:
    names = aside_rules().names
    assert names.apart.isdisjoint(names.perhaps)
    assert all(name == name.lower() for name in names.apart | names.perhaps)


def test_blocks_know_their_links() -> None:
    html = "<div><p>The <a href='/x'>first round</a> of talks</p><p><a href='/y'>Dorn counts its ships</a></p></div>"
    document = trafilatura.load_html(page_of(html))
    assert document is not None
    first, second = find_layout(document).blocks
    assert (first.words, first.linked) == (5, 2)
    assert second.link_share == 1.0
    assert not is_prose(second)
