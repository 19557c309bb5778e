"""One row, JSON line or JSON object made into an item: its fields are found by name, whatever the format it came in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from ...errors import ConfigError, IntakeError
from ...records import Mark, MarkField, RawItem
from ..decoding import unwritable, writable
from ..formats import Input, Items, is_address, printable, rejection
from ..published import parse_published
from .cells import date_of, is_cut, is_page, text_of, value_at, without_markup, words_of
from .coded import is_coded, read_coded
from .fields import PLAIN, Place, Plan, plan_for
from .ninjs import is_ninjs, read_ninjs

# What dateline itself calls its fields: a value of the wrong kind there is a mistake to be told, and not to be passed over.
_OWN = frozenset({"text", "html", "id", "published", "headline", "url", "outlet"})
_MARKED: dict[str, MarkField] = {
    "author": "author", "section": "section", "language": "language", "agency": "agency", "origin": "origin", "canonical": "url",
    "dateline": "dateline",
}  # fmt: skip
_SHOWN = 60
_LONGEST_MARK = 2_000
_SEVERAL = "<UDIV>"  # GDELT 1.0 puts several addresses into one place

assert set(_MARKED.values()) <= set(get_args(MarkField))


class Rows:
    """Reads the rows of one input, each to its item, rejection or retraction."""

    def __init__(self, source: Input, input_format: str) -> None:
        self._source = source
        self._format = input_format

    def read(
        self,
        name: str,
        row: Mapping[str, Any],
        raw_sha256: str,
        *,
        charset: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> Items:
        """What the row holds. Raises nothing: a row that cannot be read comes out as a rejection."""
        try:
            for item in self._read(name, row, raw_sha256):
                if isinstance(item, RawItem):
                    item = replace(item, charset=item.charset or charset, warnings=(*warnings, *item.warnings))
                yield item
        except IntakeError as error:
            yield rejection(name, error, raw_sha256)

    def _read(self, name: str, row: Mapping[str, Any], raw_sha256: str) -> Items:
        if is_coded(row):
            yield read_coded(name, row, raw_sha256, self._format)
            return
        if is_ninjs(row) and not self._source.fields:
            yield read_ninjs(self._source, name, row, raw_sha256, self._format)
            return
        reading = _Reading(name, row, plan_for(row, self._source.fields), self._source)
        kind, content = reading.content()
        url = reading.url()
        fetchable = self._source.fetch_rows and self._source.fetch is not None
        if url and (not content or (kind != "html" and fetchable and reading.cut)):
            if not fetchable:
                raise IntakeError(f"{name} has only an address ({url:.200}): give --fetch to fetch it")
            for address in reading.addresses:
                yield from self._fetch(address, reading)
            return
        if not content:
            raise IntakeError(_no_report(name, row))
        yield reading.item(kind, content, url, raw_sha256, self._format)

    def _fetch(self, url: str, reading: _Reading) -> Items:
        """The page at the address of a row, with what the row says of it as marks. Many rows may name one page: it is read once."""
        if self._source.fetch is None:
            return
        marks, external_id = reading.hints(), reading.external_id()
        for item in self._source.fetch(url):
            if isinstance(item, RawItem):
                item = replace(item, marks=(*item.marks, *marks), external_id=item.external_id or external_id)
            yield item


class _Reading:
    """One row, while it is read: what was found of it so far, and what was odd about it."""

    def __init__(self, name: str, row: Mapping[str, Any], plan: Plan, source: Input) -> None:
        self._name = name
        self._row = row
        self._plan = plan
        self._source = source
        self._found_in = "given" if plan.source == PLAIN else plan.source
        self.addresses: tuple[str, ...] = ()
        self._warnings: list[str] = []
        self._marks: list[Mark] = []
        self._marks_own = False
        self.cut = False

    def content(self) -> tuple[str, str | None]:
        """Whether it is "text" or "html", and the text: the first that holds something."""
        found = [(place, self._text(place)) for field in ("text", "html") for place in self._plan.of(field)[:20]]
        place, text = next(((place, text) for place, text in found if text), (None, None))
        kind = "html" if place is not None and place in self._plan.of("html") else "text"
        if text is None and not (self._source.fetch_rows and self.url()):
            place, text = next(
                ((place, text) for place in self._plan.of("summary") if (text := self._text(place))), (None, None)
            )
            if place is not None:
                self._warnings.append(f"only a summary was there ({place.label!r:.60}); it was read as the text")
        if text is None or place is None:
            return kind, None
        if is_page(text):
            kind = "html"
        elif kind == "text" or not self._is_own(place):
            kind, text = "text", without_markup(text) or text
        if is_cut(text):
            self.cut = True
            self._warnings.append(f"the source cut the text off, as its end says: {text[-30:].strip()!r}")
        self._mark("text", text[:_SHOWN], text[:_SHOWN], place, chosen=True)
        return kind, text

    def item(self, kind: str, content: str, url: str | None, raw_sha256: str, input_format: str) -> RawItem:
        if count := unwritable(content):
            self._warnings.append(f"{count} characters that cannot be stored were replaced by U+FFFD")
        external_id = self.external_id()
        outlet, headline = self._words("outlet"), self._words("headline")
        published = self._date("published") or self._source.published
        captured, version = self._date("captured", marked=False), self._words("version")
        return RawItem(
            name=self._name,
            kind="html" if kind == "html" else "text",
            content=writable(content),
            raw_sha256=raw_sha256,
            external_id=external_id,
            url=url or self._source.url,
            outlet=outlet or self._source.outlet,
            headline=headline,
            published=published,
            published_from="given" if published else None,
            format=input_format,
            captured=captured or self._source.captured,
            version=version,
            marks=self.marks(),
            warnings=tuple(dict.fromkeys(self._warnings)),
        )

    def marks(self) -> tuple[Mark, ...]:
        """What was found so far, and all else that the row says of the report."""
        self._date("modified")
        for field, marked in _MARKED.items():
            for place in self._plan.of(field):
                if found := list(words_of(value_at(self._row, place))):
                    for words in found:
                        self._mark(marked, words, words, place)
                    break
        return tuple(dict.fromkeys(self._marks))

    def hints(self) -> tuple[Mark, ...]:
        """All that the row says of a page that is fetched; none of it is chosen over what the page itself says."""
        self._marks_own = True
        self.url()
        self._words("outlet")
        self._words("headline")
        self._date("published")
        return tuple(dict.fromkeys(replace(mark, chosen=False) for mark in self.marks() if mark.field != "text"))

    def url(self) -> str | None:
        """The first address that is one of the web."""
        for place in self._plan.of("url"):
            value = value_at(self._row, place)
            self._check_own(place, value)
            found = [address for words in words_of(value) for address in words.split(_SEVERAL)]
            self.addresses = tuple(address for address in found if is_address(address))
            if self.addresses:
                self._mark("url", self.addresses[0], self.addresses[0], place, chosen=True)
                return self.addresses[0]
            self._warnings += (
                f"the url {words[:60]!r} is no http or https address and was left out" for words in found
            )
        return None

    def external_id(self) -> str | None:
        for place in self._plan.of("id"):
            value = value_at(self._row, place)
            if place == Place("id") and self._plan.source == PLAIN and not _is_id(value):
                raise IntakeError(f'{self._name}: "id" must be a string or a number, not {_shown(value)}')
            if place == Place("id") and isinstance(value, str | int | float) and value != "" and not _is_nan(value):
                return writable(str(value))
            if found := next(words_of(value), None):
                return found
        return None

    def _text(self, place: Place) -> str | None:
        value = value_at(self._row, place)
        self._check_own(place, value)
        text = text_of(value)
        # A column called "article" may hold the address of one.
        return text if text is None or self._is_own(place) or not is_address(text.strip()) else None

    def _words(self, field: str) -> str | None:
        for place in self._plan.of(field):
            value = value_at(self._row, place)
            self._check_own(place, value)
            if found := next(words_of(value), None):
                if field in ("outlet", "headline"):
                    self._mark("outlet" if field == "outlet" else "headline", found, found, place, chosen=True)
                return found
        return None

    def _date(self, field: str, *, marked: bool = True) -> str | None:
        """The first date that can be read. One under dateline's own name must be a date, others are left with a warning."""
        for place in self._plan.of(field):
            value = value_at(self._row, place)
            words = next(words_of(value), None)
            if words is None:
                continue
            try:
                found = date_of(value)
            except ConfigError as error:
                if self._is_own(place):
                    raise IntakeError(f"{self._name}: {_date_error(words)}") from error
                self._warnings.append(f"{error} ({place.label!r:.60}); it was left out")
                if marked:
                    self._mark("modified" if field == "modified" else "published", words[:200], None, place)
                continue
            if marked:
                chosen = field == "published"
                self._mark("published" if chosen else "modified", words[:200], found, place, chosen=chosen)
            return found
        return None

    def _mark(self, field: MarkField, words: str, value: str | None, place: Place, *, chosen: bool = False) -> None:
        if self._marks_own or not self._is_own(place):
            found_in = writable(f"{self._found_in}: {place.label[:100]}")
            words, value = writable(words[:_LONGEST_MARK]), writable(value[:_LONGEST_MARK]) if value else None
            self._marks.append(Mark(field, words, value, found_in, chosen))

    def _is_own(self, place: Place) -> bool:
        return self._plan.source == PLAIN and not place.within and place.name in _OWN

    def _check_own(self, place: Place, value: Any) -> None:
        if self._is_own(place) and value is not None and not isinstance(value, str) and not _is_nan(value):
            raise IntakeError(f'{self._name}: "{place.name}" must be a string, not {_shown(value)}')


def _date_error(words: str) -> str:
    try:
        parse_published(words)
    except ConfigError as error:
        return str(error)
    return f"the publication date {words[:60]!r} cannot be read"


def _is_id(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _shown(value: Any) -> str:
    try:
        return f"{json.dumps(value, default=str):.60}"
    except (RecursionError, ValueError):
        return f"a {type(value).__name__} of many levels"


def _no_report(name: str, row: Mapping[str, Any]) -> str:
    seen = ", ".join(_names(row)) or "none"
    return (
        f'{name} has no report: give its words under "text", or a page under "html". Its names are {seen}; '
        "which are read is in docs/formats.md, and --field text=NAME names another"
    )


def _names(row: Mapping[str, Any], most: int = 12) -> Iterator[str]:
    for number, key in enumerate(row):
        if number == most:
            yield f"and {len(row) - most:,} more"
            return
        shown = printable(str(key)[:30])
        yield shown or '""'
