"""A web page read: the body of the report on it, and what the page says of that report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resiliparse.parse.html import HTMLTree

from ...errors import IntakeError
from .body import Body, PageFacts
from .marks import find_marks

# The largest of the 102 development pages has 1.4 million bytes, most of it script.
MOST_CHARACTERS = 10_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Page:
    """The body of the report on a page, and the page's facts."""

    body: Body
    facts: PageFacts


def read_page(name: str, html: str, url: str | None, *, extractor: str) -> Page:
    """The report on the page. ``extractor`` is "precise", or "fast", which leaves to the other what it cannot read.

    Raises ``IntakeError`` when the page is too large or holds no article.
    """
    if len(html) > MOST_CHARACTERS:
        raise IntakeError(f"{name}: the HTML has {len(html):,} characters; pages up to {MOST_CHARACTERS:,} are read")
    html = _SURROGATE.sub("\ufffd", html)
    tree = HTMLTree.parse(html)
    facts = find_marks(html, tree, url)
    try:
        body = _find_body(html, tree, url, facts, extractor)
    except IntakeError as error:
        raise IntakeError(f"{name}: {error}") from error  # an extractor does not know what the page is called
    if body is None:
        raise IntakeError(
            f"{name}: no article was found in the HTML; give a page with a news report on it, or the text of the report"
        )
    return Page(body, facts)


def _find_body(html: str, tree: HTMLTree, url: str | None, facts: PageFacts, extractor: str) -> Body | None:
    """The body by the extractor that was asked for; what the fast one does not find, the precise one is asked for."""
    if extractor == "fast":
        from . import fast

        body = fast.find_body(html, tree, url, facts)
        if body is not None:
            return body
    # The precise one imports trafilatura, which takes half a second; archives read fast never need it.
    from . import precise

    return precise.find_body(html, tree, url, facts)
