"""What is taken out of a web page: the body of the report, and what the page says of it."""

from __future__ import annotations

from dataclasses import dataclass

from ...records import Mark


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page says of the report: marks by field, and the body where its structured data holds it.

    ``captions`` are the words of ``figcaption`` elements and of images' own marks, with single spaces.
    """

    marks: tuple[Mark, ...]
    article_body: str | None
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of the report in order, each with single spaces, and those of them that are captions."""

    paragraphs: tuple[str, ...]
    captions: frozenset[str]
    extractor: str
    version: str
