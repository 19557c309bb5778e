"""The report in a web page: the article's text without the page around it, and what the page says of itself.

trafilatura finds the article, with precision favoured; with the residue left out, the paragraphs of the 102 development
pages of the article extraction benchmark reach F1 .954. It is given the page as text: nothing is fetched or executed.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from ..errors import IntakeError

# The largest of the 102 development pages has 1.4 million bytes, most of it script.
MOST_CHARACTERS = 10_000_000
# A shorter extract is a menu, a notice or a login form.
FEWEST_WORDS = 12
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_SEPARATORS = re.compile(r" [|–—:·-] ")
_WEB = re.compile(r"https?://[^\s]{4,2000}")

# Without a handler the libraries' remarks on odd pages would go to standard error through logging's last resort.
for _name in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a web page; ``text`` is the headline, where there is one, and the paragraphs, parted by blank lines."""

    text: str
    headline: str | None
    captions: frozenset[str]
    published: str | None
    outlet: str | None
    url: str | None


def read_page(name: str, html: str, url: str | None, headline: str | None) -> Page:
    """The article in the page. Raises ``IntakeError`` when the page is too large or holds no article."""
    if len(html) > MOST_CHARACTERS:
        raise IntakeError(f"{name}: the HTML has {len(html):,} characters; pages up to {MOST_CHARACTERS:,} are read")
    document, captions = _extract(name, html, url)
    body = _LINE_BREAKS.sub("\n\n", (document.text or "").strip()) if document else ""
    if document is None or len(body.split()) < FEWEST_WORDS:
        raise IntakeError(
            f"{name}: no article was found in the HTML; give a page with a news report on it, or the report's text as .txt or JSON Lines"
        )
    outlet = _clean(document.sitename)
    headline = _clean(headline) or _without_outlet(_clean(document.title), outlet)
    first = body.split("\n", 1)[0]
    text = body if headline is None or _clean(first) == headline else f"{headline}\n\n{body}"
    return Page(text, headline, captions, document.date, outlet, _web_address(url or document.url))


def _extract(name: str, html: str, url: str | None) -> tuple[trafilatura.settings.Document | None, frozenset[str]]:
    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            return None, frozenset()
        captions = frozenset(_captions(tree))
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            # No date from the running text and no clock: the page's own marks only, and the same answer on any day.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-12-31"},
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        # Pages are hostile: what the parsers below cannot bear is a bad input, not a fault of the run.
        raise IntakeError(f"{name}: the HTML cannot be read ({type(error).__name__}: {error!s:.120})") from error
    if isinstance(document, dict):
        raise TypeError("trafilatura gave a dict where a Document was asked for")
    return document, captions


def _captions(tree: HtmlElement) -> list[str]:
    found = []
    for element in tree.iter("figcaption"):
        words = " ".join(str(element.text_content()).split())
        if words:
            found.append(words)
    return found


def _clean(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name that pages put after it: "Talks resume - The Daily Ledger"."""
    head, separator, tail = (title or "").rpartition(next(iter(_SEPARATORS.findall(title or "")[-1:]), "\0"))
    if separator and head and outlet and (tail.casefold() in outlet.casefold() or outlet.casefold() in tail.casefold()):
        return head
    return title


def _web_address(url: str | None) -> str | None:
    return url if url and _WEB.fullmatch(url) else None
