"""A raw item made into a report."""

from __future__ import annotations

import hashlib

from .. import __version__
from ..errors import IntakeError
from ..records import HANDED_OVER, Capture, Mark, PublishedFrom, RawItem, Report, ReportId, content_id
from .articles import article_id
from .fields import Fields, choose_fields, marks_of_input
from .headlines import choose_headline
from .lines import UNSEEN
from .publication import choose_published
from .structure import Structure, find_structure
from .tongue import UNDETERMINED, find_language
from .url_dates import mark_of_url

TEXT = "text"


def build_report(item: RawItem, *, extractor: str = "precise") -> tuple[Report, tuple[str, ...]]:
    """The report in an item, and warnings about what could not be read.

    The text of a plain-text item is kept unchanged, so that offsets of the caller's stay true; ``extractor`` ("precise" or
    "fast") finds the text of a page. Raises ``IntakeError`` for a text without a visible character, and for HTML without an
    article.
    """
    marks = marks_of_input(item)
    if item.kind == "html":
        return _read_html(item, marks, extractor)
    marks += mark_of_url(item.url)
    text = _checked(item.name, item.content)
    published = _date_of(item, marks)
    found = find_structure(text, headline=item.headline or _given_headline(marks), published=published)
    return _report(item, found, marks, _capture(item, TEXT, __version__))


def _read_html(item: RawItem, marks: tuple[Mark, ...], extractor: str) -> tuple[Report, tuple[str, ...]]:
    # The parser of pages takes a while to import; plain text does not need it.
    from .pages import read_page

    page = read_page(item.name, item.content, item.url, extractor=extractor)
    marks += tuple(mark for mark in page.facts.marks if mark not in marks)
    chosen = choose_headline(marks, item.url)
    headline = item.headline or (chosen[0] if chosen else None)
    text = _page_text(headline, page.body.paragraphs)
    published = _date_of(item, marks)
    found = find_structure(
        _checked(item.name, text), headline=headline, published=published, captions=page.body.captions
    )
    return _report(item, found, marks, _capture(item, page.body.extractor, page.body.version))


def _capture(item: RawItem, extractor: str, version: str) -> Capture | None:
    """How the text came from its bytes; ``None`` for one that a program handed over, which came from none."""
    if item.format == HANDED_OVER:
        return None
    return Capture(item.name, item.format, item.charset, extractor, version, item.captured)


def _page_text(headline: str | None, paragraphs: tuple[str, ...]) -> str:
    """The text of a page's report: the headline, unless the body begins with it, and the paragraphs, parted by blank lines."""
    parts = paragraphs if headline is None or paragraphs[:1] == (headline,) else (headline, *paragraphs)
    return "\n\n".join(parts)


def _date_of(item: RawItem, marks: tuple[Mark, ...]) -> str | None:
    """The date by which the structure's own dates are read ("March 28"); its warnings come with the fields."""
    mark = choose_published(item, marks, [])
    return mark.value if mark else None


def _given_headline(marks: tuple[Mark, ...]) -> str | None:
    return next((mark.value for mark in marks if mark.field == "headline" and mark.value), None)


def _checked(name: str, text: str) -> str:
    if not text.strip().strip(UNSEEN).strip():
        raise IntakeError(f"{name}: the text is empty; a report needs at least one sentence")
    return text


def _report(
    item: RawItem, found: Structure, marks: tuple[Mark, ...], capture: Capture | None
) -> tuple[Report, tuple[str, ...]]:
    text = found.text
    fields = choose_fields(item, marks, byline=found.byline.text if found.byline else None)
    url = item.url or fields.canonical_url
    published, published_from = _published(fields, found)
    language = find_language(text)
    report = Report(
        id=ReportId(content_id("r", text, url, fields.outlet, item.external_id)),
        external_id=item.external_id,
        url=url,
        outlet=fields.outlet,
        agency=found.agency or found.credit or fields.agency,
        published=published,
        published_from=published_from,
        language=language,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        raw_sha256=item.raw_sha256,
        headline=found.headline,
        byline=found.byline,
        dateline=found.dateline,
        captions=tuple(found.captions),
        paragraphs=tuple(found.paragraphs),
        residue=tuple(found.residue),
        modified=fields.modified,
        authors=fields.authors,
        section=fields.section,
        canonical_url=fields.canonical_url,
        article=article_id(url, fields.canonical_url, fields.outlet, item.external_id),
        version=item.version,
        marks=fields.marks,
        capture=capture,
    )
    return report, _warnings(found, fields, language)


def _warnings(found: Structure, fields: Fields, language: str) -> tuple[str, ...]:
    warnings = [*found.warnings, *fields.warnings]
    if language == UNDETERMINED:
        warnings.append("no language could be made out in the text; it is read as English, so findings may be wrong")
    elif language != "en":
        warnings.append(f"the text is not in English (found: {language}); only English is coded")
    if not found.paragraphs:
        warnings.append("no paragraph was found: every line of the text is a headline, a caption or page furniture")
    return tuple(warnings)


def _published(fields: Fields, found: Structure) -> tuple[str | None, PublishedFrom | None]:
    if fields.published:
        return fields.published, fields.published_from
    date = found.date or (found.dateline.date if found.dateline else None)
    return (date, "text") if date else (None, None)
