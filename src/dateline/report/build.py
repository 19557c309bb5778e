"""A raw item made into a report."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ..errors import IntakeError
from ..records import PublishedFrom, RawItem, Report, ReportId, content_id
from .lines import UNSEEN
from .structure import Structure, find_structure
from .tongue import find_language


def build_report(item: RawItem) -> tuple[Report, tuple[str, ...]]:
    """The report in an item, and warnings about what could not be read.

    The text of a plain-text item is kept unchanged, so that offsets of the caller's stay true. Raises ``IntakeError``
    for a text without a visible character, and for HTML without an article.
    """
    if item.kind == "html":
        return _read_html(item)
    return _report(
        item, find_structure(_checked(item.name, item.content), headline=item.headline, published=item.published)
    )


def _read_html(item: RawItem) -> tuple[Report, tuple[str, ...]]:
    # trafilatura takes half a second to import; plain text does not need it.
    from .page import read_page

    page = read_page(item.name, item.content, item.url, item.headline)
    published = item.published or page.published
    published_from: PublishedFrom | None = item.published_from if item.published else "page" if page.published else None
    item = replace(
        item,
        url=item.url or page.url,
        outlet=item.outlet or page.outlet,
        headline=page.headline,
        published=published,
        published_from=published_from,
    )
    found = find_structure(
        _checked(item.name, page.text), headline=page.headline, published=published, captions=page.captions
    )
    return _report(item, found)


def _checked(name: str, text: str) -> str:
    if not text.strip().strip(UNSEEN).strip():
        raise IntakeError(f"{name}: the text is empty; a report needs at least one sentence")
    return text


def _report(item: RawItem, found: Structure) -> tuple[Report, tuple[str, ...]]:
    text = found.text
    warnings = list(found.warnings)
    published, published_from = _published(item, found)
    language = find_language(text)
    if language != "en":
        warnings.append(
            f"the text does not look English (found: {language}); only English is coded, so findings may be wrong"
        )
    if not found.paragraphs:
        warnings.append("no paragraph was found: every line of the text is a headline, a caption or page furniture")
    report = Report(
        id=ReportId(content_id("r", text, item.url, item.outlet, item.external_id)),
        external_id=item.external_id,
        url=item.url,
        outlet=item.outlet,
        agency=found.agency or found.credit,
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
    )
    return report, tuple(warnings)


def _published(item: RawItem, found: Structure) -> tuple[str | None, PublishedFrom | None]:
    if item.published:
        return item.published, item.published_from or "given"
    date = found.date or (found.dateline.date if found.dateline else None)
    return (date, "text") if date else (None, None)
