"""One document of a database export taken apart: what stands before its text, the text, and what stands after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...errors import ConfigError, IntakeError
from ...records import Mark, MarkField, RawItem
from ..decoding import unwritable, writable
from ..formats import Input, is_address
from ..rows.cells import date_of
from .export_labels import ExportField, ExportTable

_MARKED: dict[str, MarkField] = {
    "author": "author", "section": "section", "language": "language", "agency": "agency", "dateline": "dateline",
}  # fmt: skip
_RIGHTS = re.compile(r"\s*(?:(?:all material )?copyright\b|©|\(c\)|all rights reserved)", re.IGNORECASE)
_WORD_COUNT = re.compile(r"[\d,.]{1,9} words\Z", re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?((?:[a-z]{3,9}\.? \d{1,2}, ?\d{4})|(?:\d{1,2} [a-z]{3,9}\.?,? \d{4}))\b.{0,60}\Z",
    re.IGNORECASE,
)
_EDITION = re.compile(r".{0,60}\bedition\b.{0,20}\Z|\d{1,2}:\d\d.{0,12}\Z", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,10}\Z")
_LONGEST_LABEL_VALUE = 2_000
_MOST_TITLE_LINES = 30


@dataclass(slots=True)
class Parts:
    """What was found in a document: values by field, each with the name that it stood under, and the text."""

    style: str
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    text: str = ""
    warnings: list[str] = field(default_factory=list)

    def put(self, name: ExportField | str, label: str, words: str) -> None:
        if words := " ".join(writable(words).split())[:_LONGEST_LABEL_VALUE]:
            self.values.setdefault(name, []).append((label, words))

    def first(self, name: str) -> str | None:
        return next((words for _, words in self.values.get(name, ())), None)

    def item(
        self,
        source: Input,
        name: str,
        raw_sha256: str,
        document_id: str | None,
        charset: str,
        warnings: tuple[str, ...],
    ) -> RawItem:
        """The raw item of the document. Raises ``IntakeError`` where it has no text."""
        text = self.text
        if not text.strip() and (summary := self.first("summary")):
            text = summary
            self.warnings.append("only a summary was there; it was read as the text")
        if not text.strip():
            seen = ", ".join(label for found in self.values.values() for label, _ in found) or "none"
            raise IntakeError(
                f"{name} has no text below its labels ({seen:.100}); export the full text of the documents"
            )
        if count := unwritable(text):
            self.warnings.append(f"{count} characters that cannot be stored were replaced by U+FFFD")
        published, captured = self._date("published"), self._date("captured")
        url = self.first("url")
        return RawItem(
            name=name,
            kind="text",
            content=writable(text),
            raw_sha256=raw_sha256,
            external_id=document_id or self.first("id"),
            url=url if url and is_address(url) else source.url,
            outlet=self.first("outlet") or source.outlet,
            headline=self.first("headline"),
            published=published or source.published,
            published_from="given" if published or source.published else None,
            format="lexisnexis",
            charset=charset,
            captured=captured or source.captured,
            marks=tuple(self._marks(published)),
            warnings=(*warnings, *dict.fromkeys(self.warnings)),
        )

    def _date(self, name: str) -> str | None:
        for _, words in self.values.get(name, ()):
            if (found := _day_in(words)) is not None:
                return found
            self.warnings.append(f"the date {words[:60]!r} cannot be read; it was left out")
        return None

    def _marks(self, published: str | None) -> list[Mark]:
        marks = []
        for name, chosen in (("headline", "headline"), ("outlet", "outlet")):
            for number, (label, words) in enumerate(self.values.get(name, ())):
                marks.append(Mark(chosen, words, words, f"{self.style}: {label}", chosen=number == 0))  # type: ignore[arg-type]
        for label, words in self.values.get("published", ()):
            value = _day_in(words)
            marks.append(
                Mark(
                    "published", words, value, f"{self.style}: {label}", chosen=value is not None and value == published
                )
            )
        for name, marked in _MARKED.items():
            marks += [
                Mark(marked, words, words, f"{self.style}: {label}") for label, words in self.values.get(name, ())
            ]
        return marks


def find_parts(name: str, lines: Sequence[str], table: ExportTable) -> Parts:
    """The parts of the document in these lines, whichever database wrote it."""
    del name
    tags = [match[1] for line in lines if (match := table.tagged(line))]
    if "HD" in tags and ("LP" in tags or "TD" in tags):
        return _tagged(lines, table)
    if not any(table.labelled(line) for line in lines[:_MOST_TITLE_LINES]) and any(
        _WORD_COUNT.match(line.strip()) for line in lines
    ):
        return _counted(lines)
    return _labelled(lines, table)


# -- Factiva ---------------------------------------------------------------------------------


def _tagged(lines: Sequence[str], table: ExportTable) -> Parts:
    """A document with a tag before each piece: "HD  Talks resume", then "LP" and "TD" with the text."""
    parts, kind, tag = Parts("Factiva"), "none", ""
    held: dict[str, list[str]] = {}
    for line in lines:
        match = table.tagged(line)
        # Within the text only tags that come after it end it: "IN  THE CITY" may be a line of verse.
        if match and not (kind == "text" and table.tags[match[1]] not in ("text", "none", "id")):
            tag, kind = match[1], table.tags[match[1]]
            held.setdefault(tag, []).append(match[2] or "")
        elif tag:
            held[tag].append(line)
    for each, found in held.items():
        if table.tags[each] == "id":
            found = [re.sub(r"\A\s*document\s+", "", found[0], flags=re.IGNORECASE), *found[1:]]
        if table.tags[each] not in ("text", "none"):
            parts.put(table.tags[each], each, " ".join(found))
    parts.text = "\n\n".join(text for each in ("LP", "TD") if (text := _joined(held.get(each, []))))
    return parts


def _counted(lines: Sequence[str]) -> Parts:
    """A document without tags: headline, byline, "412 words", date, outlet, its code, language, rights, then the text."""
    parts = Parts("Factiva")
    count = next(number for number, line in enumerate(lines) if _WORD_COUNT.match(line.strip()))
    above = [line.strip() for line in lines[:count] if line.strip()]
    if above:
        byline = (
            above.pop() if len(above) > 1 and len(above[-1]) <= 80 and not above[-1].endswith((".", "?", "!")) else None
        )
        parts.put("headline", "first line", " ".join(above))
        parts.put("author", "line above the count", byline or "")
    dated, end = False, count
    for number in range(count + 1, min(len(lines), count + _MOST_TITLE_LINES)):
        words = lines[number].strip()
        if not words and not dated:
            continue
        if not dated and _day_in(words):
            parts.put("published", "line below the count", words)
            dated = True
        elif dated and "outlet" not in parts.values and words and not _EDITION.match(words):
            parts.put("outlet", "line below the date", words)
        end = number
        if _RIGHTS.match(words) or (dated and not words and "outlet" in parts.values):
            break
    parts.text = _joined(lines[end + 1 :])
    return parts


# -- LexisNexis, Nexis Uni, ProQuest ---------------------------------------------------------


def _labelled(lines: Sequence[str], table: ExportTable) -> Parts:
    """A document with labels: lines that name outlet, date and headline, labels, the text, labels again."""
    explicit = next((number for number, line in enumerate(lines) if _opens_text(line, table)), None)
    full_text = explicit is not None and (table.label(lines[explicit]) or "") == "full text"
    parts = Parts(
        "ProQuest" if full_text or any(table.label(line) == "proquest document id" for line in lines) else "LexisNexis"
    )
    end = _tail(lines, table, 0 if explicit is None else explicit + 1)
    start = _head_end(lines[:end], table) if explicit is None else explicit
    _read_labels(parts, lines[:start], table, titles=True)
    _read_labels(parts, lines[end:], table, titles=False)
    body = list(lines[start:end])
    if explicit is not None and body:
        match = table.labelled(body[0])
        body[0] = match[2] if match else ""
    parts.text = _joined(body)
    return parts


def _opens_text(line: str, table: ExportTable) -> bool:
    match = table.labelled(line)
    if match:
        return table.labels[match[1].casefold()] == "text"
    return table.headings.get(line.strip().casefold()) == "text"


def _head_end(lines: Sequence[str], table: ExportTable) -> int:
    """Where the text begins that no label announces: at the first unlabelled paragraph below the last label of the head."""
    seen = gap = False
    for number, line in enumerate(lines):
        if table.labelled(line):
            seen, gap = True, False
        elif not line.strip():
            gap = True
        elif _RIGHTS.match(line):
            gap = False
        elif seen and gap:
            return number
    return len(lines) if seen else 0


def _tail(lines: Sequence[str], table: ExportTable, first: int) -> int:
    """Where the labels below the text begin: all paragraphs from there on have one, or speak of rights."""
    stop = next(
        (n for n in range(first, len(lines)) if table.headings.get(lines[n].strip().casefold()) == "none"), len(lines)
    )
    end = stop
    number = stop - 1
    while number >= first:
        while number >= first and not lines[number].strip():
            number -= 1
        last = number
        while number >= first and lines[number].strip():
            number -= 1
        head = lines[number + 1] if last >= first else ""
        if not head or not (_RIGHTS.match(head) or (table.labelled(head) and not _opens_text(head, table))):
            break
        end = number + 1
    return end


def _read_labels(parts: Parts, lines: Sequence[str], table: ExportTable, *, titles: bool) -> None:
    """The labelled values, each up to the next label or empty line; before them stand the lines of the title."""
    above: list[str] = []
    label, held = "", [""]
    for line in (*lines, ""):
        match = table.labelled(line)
        if match or not line.strip():
            if label:
                parts.put(table.labels[label], label, " ".join(held))
            label, held = (match[1].casefold(), [match[2]]) if match else ("", [""])
        elif label:
            held.append(line)
        elif not _RIGHTS.match(line):
            above.append(line.strip())
    if titles:
        _read_titles(parts, above[:_MOST_TITLE_LINES])


def _read_titles(parts: Parts, lines: list[str]) -> None:
    """Outlet, date, edition and headline, which have no labels: the outlet stands above the date, the headline first or below."""
    dated = next((number for number, words in enumerate(lines) if _day_in(words)), None)
    if dated is None:
        if lines:
            parts.put("headline", "title line", lines[0])
        return
    parts.put("published", "title line", lines[dated])
    above = lines[:dated]
    below = [words for words in lines[dated + 1 :] if not _EDITION.match(words) and not _CODE.match(words)]
    if above:
        parts.put("outlet", "title line", above[-1])
    title = " ".join(below) if below else " ".join(above[:-1])
    if "headline" not in parts.values:
        parts.put("headline", "title line", title)


def _day_in(words: str) -> str | None:
    """The date that the line is, or begins with: "March 28, 2019 Thursday, First Edition"."""
    try:
        return date_of(words)
    except ConfigError:
        pass
    match = _DAY.match(words) if len(words) <= 120 else None
    try:
        return date_of(match[1]) if match else None
    except ConfigError:
        return None


def _joined(lines: Sequence[str]) -> str:
    """The lines as they stand, without empty ones around them."""
    text = "".join(line if line.endswith(("\n", "\r")) else f"{line}\n" for line in lines)
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", text).rstrip()
