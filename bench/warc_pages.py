"""A crawl made up for measuring: news pages of invented sentences with the furniture of real ones, as a WARC.gz.

Everything follows from the seed: same seed, same bytes. ``write_crawl`` says what it wrote, record by record, so that a
reader's counts can be held against the truth.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20261123
_PLACES = [
    "Aldmoor",
    "Brenwick",
    "Corvale",
    "Dunmere",
    "Eastholt",
    "Farrow Bay",
    "Gellin",
    "Harnsey",
    "Istria Point",
    "Jorvale",
]
_PEOPLE = [
    "Ada Merrin",
    "Boris Halden",
    "Carla Voss",
    "Dmitri Oake",
    "Elin Sarto",
    "Farid Lorne",
    "Greta Moll",
    "Hugo Penn",
]
_BODIES = ["the harbour authority", "the finance ministry", "the teachers' union", "the coast guard", "the regional council",
           "the water board", "the electoral commission", "the central bank", "the border police", "the dockers' union"]  # fmt: skip
_DEEDS = ["signed an agreement with", "rejected the demands of", "opened talks with", "filed a complaint against",
          "promised new funds to", "suspended its work with", "accused", "thanked"]  # fmt: skip
_MATTERS = ["the grain corridor", "the flood defences", "next year's budget", "the ferry timetable", "the disputed pier",
            "the pay scales of nurses", "the reservoir at the upper dam", "the census", "fishing rights in the strait"]  # fmt: skip
_SENTENCES = [
    "{Body} {deed} {other} over {matter} on {day}, {person} told reporters in {place}.",
    "“We have waited {number} weeks for an answer on {matter},” said {person}, who speaks for {body}.",
    "The decision follows {number} days of meetings in {place}, where {body} and {other} had disagreed about {matter}.",
    "About {number} people gathered outside the town hall of {place} to hear what {body} would say.",
    "According to {person}, the cost of {matter} has risen by {number} percent since the last count.",
    "A spokesman for {body} declined to comment, and {other} did not answer calls made on {day}.",
    "In {place}, where {matter} has divided families for years, the news was met with silence.",
    "{Person} added that {body} would publish the figures before the end of the month, “whatever {other} may think of them”.",
]  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_SECTIONS = ["World", "Politics", "Business", "Region", "Culture", "Sport", "Science", "Opinion", "Weather", "Travel"]
_COMMENTS = ["I do not believe a word of it.", "Well said, and high time too.", "First they close the ferry and now this?",
             "My grandmother would have known what to do.", "Please write more about the dam.", "Fake figures again."]  # fmt: skip
# The weight of real pages: of 102 news pages looked at, half have more than 119,000 characters, more than half of these in
# scripts and styles, and more than 1,500 tags.
_STYLES, _CALLS = 400, 3_600
# Pages are stored as servers sent them: mostly plain, some packed, some in an older encoding.
_SENT_AS = ("plain",) * 6 + ("gzip", "chunked", "latin")
# After so many pages comes a record that is no page.
_ASIDE_EVERY = 12
_ASIDES = ("picture", "redirect", "gone", "robots", "request")


@dataclass(frozen=True, slots=True)
class Page:
    """One made-up page and what is in it."""

    url: str
    headline: str
    paragraphs: tuple[str, ...]
    markup: str


@dataclass(frozen=True, slots=True)
class Written:
    """One record as it stands in the file: what it is ("page", "gone" and so on), and its bytes."""

    kind: str
    start: int
    end: int


def make_page(number: int, seed: int = SEED) -> Page:
    """The page of that number."""
    chance = random.Random(seed * 1_000_003 + number)
    headline = f"{chance.choice(_BODIES).capitalize()} {chance.choice(_DEEDS)} {chance.choice(_BODIES)} over {chance.choice(_MATTERS)}"
    paragraphs = tuple(
        " ".join(_sentence(chance) for _ in range(chance.randint(2, 4))) for _ in range(chance.randint(8, 22))
    )
    url = f"https://ledger{chance.randint(1, 40)}.example/{chance.choice(_SECTIONS).lower()}/{number:07d}.html"
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=11 * number)
    template = _TEMPLATES[number % len(_TEMPLATES)]
    return Page(url, headline, paragraphs, template(chance, url, headline, paragraphs, moment))


def write_crawl(path: Path, pages: int, *, seed: int = SEED) -> list[Written]:
    """Writes a crawl of so many pages, a gzip member a record, and says what it wrote."""
    written: list[Written] = []
    with path.open("wb") as out:
        for kind, record in _records(pages, seed):
            start = out.tell()
            out.write(packed(record))
            written.append(Written(kind, start, out.tell()))
    return written


def packed(record: bytes) -> bytes:
    """One gzip member, the same on every machine of one zlib."""
    return gzip.compress(record, compresslevel=6, mtime=0)


def with_false_length(record: bytes, by: int) -> bytes:
    """The record, plain, with a length that is wrong by so many bytes."""
    head, _, rest = record.partition(b"\r\n\r\n")
    lines = [
        b"Content-Length: %d" % (int(line.split(b":")[1]) + by) if line.startswith(b"Content-Length:") else line
        for line in head.split(b"\r\n")
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest


def _records(pages: int, seed: int) -> Iterator[tuple[str, bytes]]:
    yield "warcinfo", _record("warcinfo", None, "application/warc-fields", b"software: made up for measuring\r\n", 0)
    for number in range(pages):
        page = make_page(number, seed)
        yield "page", page_record(page, number)
        if number % _ASIDE_EVERY == _ASIDE_EVERY - 1:
            kind = _ASIDES[number // _ASIDE_EVERY % len(_ASIDES)]
            yield kind, _aside(kind, page, number)


def page_record(page: Page, number: int) -> bytes:
    """The page as a response record."""
    sent_as = _SENT_AS[number % len(_SENT_AS)]
    charset = "windows-1252" if sent_as == "latin" else "utf-8"
    body = page.markup.encode(charset, "xmlcharrefreplace")
    headers = {"Content-Type": f"text/html; charset={charset}", "Server": "made-up/1.0", "Vary": "Accept-Encoding"}
    if sent_as == "gzip":
        body, headers["Content-Encoding"] = packed(body), "gzip"
    elif sent_as == "chunked":
        body, headers["Transfer-Encoding"] = _chunked(body), "chunked"
    else:
        headers["Content-Length"] = str(len(body))
    return _response(page.url, 200, headers, body, number)


def _aside(kind: str, page: Page, number: int) -> bytes:
    if kind == "picture":
        noise = random.Random(number).randbytes(6000)
        return _response(page.url + ".jpg", 200, {"Content-Type": "image/jpeg"}, b"\xff\xd8\xff" + noise, number)
    if kind == "redirect":
        return _response(
            page.url + "?old", 301, {"Content-Type": "text/html", "Location": page.url}, b"<p>Moved</p>", number
        )
    if kind == "gone":
        return _response(page.url + "?gone", 410, {"Content-Type": "text/html"}, b"<p>Gone</p>", number)
    if kind == "robots":
        url = page.url.split("/", 3)
        return _response(
            "/".join(url[:3]) + "/robots.txt", 200, {"Content-Type": "text/plain"}, b"User-agent: *\n", number
        )
    request = f"GET /{number} HTTP/1.1\r\nHost: ledger.example\r\n\r\n".encode()
    return _record("request", page.url, "application/http; msgtype=request", request, number)


def _response(url: str, status: int, headers: dict[str, str], body: bytes, number: int) -> bytes:
    lines = [f"HTTP/1.1 {status} Made Up", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return _record("response", url, "application/http; msgtype=response", head + body, number)


def _record(kind: str, url: str | None, media_type: str, block: bytes, number: int) -> bytes:
    moment = datetime(2024, 6, 1, tzinfo=UTC) + timedelta(seconds=number)
    name = zlib.crc32(f"{kind}{url}{number}".encode())
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}",
             f"WARC-Record-ID: <urn:uuid:{name:08x}-0000-4000-8000-{number:012x}>"]  # fmt: skip
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"Content-Type: {media_type}", f"Content-Length: {len(block)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _chunked(body: bytes, size: int = 4096) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


# -- what pages are made of ------------------------------------------------------------------


def _sentence(chance: random.Random) -> str:
    body, other = chance.sample(_BODIES, 2)
    person = chance.choice(_PEOPLE)
    return chance.choice(_SENTENCES).format(
        Body=body.capitalize(), body=body, other=other, deed=chance.choice(_DEEDS), matter=chance.choice(_MATTERS),
        day=chance.choice(_DAYS), person=person, Person=person, place=chance.choice(_PLACES), number=chance.randint(3, 900),
    )  # fmt: skip


def _structured(url: str, headline: str, moment: datetime, author: str) -> str:
    facts = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "mainEntityOfPage": url,
        "datePublished": moment.isoformat(), "author": [{"@type": "Person", "name": author}],
        "publisher": {"@type": "Organization", "name": "The Daily Ledger"},
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


def _head(url: str, headline: str, moment: datetime, author: str, rich: bool) -> str:
    title = html.escape(headline)
    rules = "".join(f".c{at}{{margin:{at}px;padding:0 {at}px;color:#{at:06x}}}" for at in range(_STYLES))
    marks = (
        f'<meta property="og:title" content="{title}"><meta property="og:url" content="{url}">'
        f'<meta property="article:published_time" content="{moment.isoformat()}">'
        f'<meta name="author" content="{author}">{_structured(url, headline, moment, author)}'
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | The Daily Ledger</title><link rel="canonical" href="{url}">'
        f"{marks if rich else ''}<style>{rules}</style>"
        f"<script>var q=q||[];{''.join(f'q.push([{at},{at * 7919 % 1000}]);' for at in range(_CALLS))}</script></head>"
    )


def _menu() -> str:
    links = "".join(
        f'<li class="c{at}"><a href="/{each.lower()}/">{each}</a><ul class="sub">{_sub_menu(each)}</ul></li>'
        for at, each in enumerate(_SECTIONS)
    )
    return (
        f'<header><nav class="menu"><ul>{links}</ul></nav><form><input name="q"><button>Search</button></form></header>'
    )


def _sub_menu(section: str) -> str:
    return "".join(
        f'<li><a href="/{section.lower()}/{place.lower().replace(" ", "-")}/">{place}</a></li>' for place in _PLACES
    )


def _related(chance: random.Random, count: int) -> str:
    rows = (
        f'<li><a href="/{chance.randrange(10**6)}.html"><img src="/t/{at}.jpg" alt="">'
        f"{chance.choice(_BODIES).capitalize()} {chance.choice(_DEEDS)} {chance.choice(_BODIES)}</a></li>"
        for at in range(count)
    )
    return f'<aside class="related"><h3>Related stories</h3><ul>{"".join(rows)}</ul></aside>'


def _comments(chance: random.Random, count: int) -> str:
    rows = (
        f'<div class="comment" id="c{at}"><b>reader{chance.randrange(9999)}</b><p>{chance.choice(_COMMENTS)}</p></div>'
        for at in range(count)
    )
    return f'<section class="comments"><h3>Comments</h3>{"".join(rows)}</section>'


def _footer() -> str:
    links = "".join(f'<a href="/about/{at}">{each} desk</a> ' for at, each in enumerate(_SECTIONS * 36))
    return f"<footer><p>Copyright 2024 The Daily Ledger. All rights reserved.</p>{links}<p>Sign up for our newsletter</p></footer>"


_AD = '<div class="ad-slot" data-slot="mid"><span>Advertisement</span><script>ad.show("mid")</script></div>'


def _paragraphs(paragraphs: tuple[str, ...], between: str, every: int) -> str:
    parts = []
    for at, paragraph in enumerate(paragraphs, start=1):
        parts.append(f"<p>{html.escape(paragraph, quote=False)}</p>")
        if at % every == 0:
            parts.append(between)
    return "\n".join(parts)


def _plain_article(
    chance: random.Random, url: str, headline: str, paragraphs: tuple[str, ...], moment: datetime
) -> str:
    author = chance.choice(_PEOPLE)
    return (
        f"{_head(url, headline, moment, author, True)}<body>{_menu()}<main><article><h1>{html.escape(headline)}</h1>"
        f'<p class="byline">By {author}</p><time datetime="{moment.isoformat()}">{moment:%d %B %Y}</time>'
        f'<figure><img src="/p.jpg"><figcaption>The pier at {chance.choice(_PLACES)}. Photo: Ledger</figcaption></figure>'
        f"{_paragraphs(paragraphs, _AD, 5)}</article>{_related(chance, 12)}{_comments(chance, 15)}</main>{_footer()}</body></html>"
    )


def _nested_boxes(chance: random.Random, url: str, headline: str, paragraphs: tuple[str, ...], moment: datetime) -> str:
    author = chance.choice(_PEOPLE)
    return (
        f'{_head(url, headline, moment, author, True)}<body><div id="page"><div class="top">{_menu()}</div>'
        f'<div class="row"><div class="col left">{_related(chance, 20)}</div><div class="col mid"><div class="story">'
        f'<h1 class="hl">{html.escape(headline)}</h1><div class="meta"><span>{author}</span> | <span>{moment:%B %d, %Y}</span>'
        f'</div><div class="story-body">{_paragraphs(paragraphs, _AD, 4)}</div>'
        f'<div class="share"><a href="#">Share</a><a href="#">Tweet</a><a href="#">Mail</a></div></div></div>'
        f'<div class="col right"><h4>Most read</h4>{_related(chance, 10)}</div></div>{_comments(chance, 30)}{_footer()}</div></body></html>'
    )


def _old_tables(chance: random.Random, url: str, headline: str, paragraphs: tuple[str, ...], moment: datetime) -> str:
    author = chance.choice(_PEOPLE)
    return (
        f'{_head(url, headline, moment, author, False)}<body><table width="100%"><tr><td colspan="2">{_menu()}</td></tr>'
        f'<tr><td width="20%">{_related(chance, 15)}</td><td><h2>{html.escape(headline)}</h2><i>By {author}, {moment:%d.%m.%Y}</i>'
        f'{_paragraphs(paragraphs, "<hr>", 6)}</td></tr><tr><td colspan="2">{_footer()}</td></tr></table></body></html>'
    )


def _wire_story(chance: random.Random, url: str, headline: str, paragraphs: tuple[str, ...], moment: datetime) -> str:
    place, author = chance.choice(_PLACES), chance.choice(_PEOPLE)
    first = f"{place.upper()}, {moment:%B} {moment.day} (Harbour Wire) - {paragraphs[0]}"
    return (
        f'{_head(url, headline, moment, author, True)}<body>{_menu()}<section id="content"><h1>{html.escape(headline)}</h1>'
        f'<div itemprop="articleBody">{_paragraphs((first, *paragraphs[1:]), _related(chance, 3), 7)}'
        f"<p>(Reporting by {author}; editing by {chance.choice(_PEOPLE)})</p></div></section>{_related(chance, 18)}"
        f"{_comments(chance, 8)}{_footer()}</body></html>"
    )


_TEMPLATES = (_plain_article, _nested_boxes, _old_tables, _wire_story)
