"""Text files that news databases export (LexisNexis, Nexis Uni, Factiva, ProQuest): several documents in one file.

The lines between documents and the labels within are listed in ``rules/intake/exports.toml``. The words of a document's
text are kept as they stand, line breaks included; what stands before and after it is read as marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import IntakeError
from ..formats import Input, Items, rejection
from ..rows.decoded_lines import DecodedLines, Line
from .export_labels import ExportTable, export_table
from .export_parts import find_parts


@dataclass(slots=True)
class _Document:
    """The lines of one document, and what the lines around it say."""

    lines: list[Line]
    id: str | None = None
    announced: bool = False
    too_long: bool = False


def read_lexisnexis(source: Input) -> Items:
    """A report for each document that holds one; a rejection, naming its number, for each that does not."""
    table, lines, number = export_table(), DecodedLines(source), 0
    for document in _documents(source, lines, table):
        if not document.too_long and not document.announced and _is_cover(document.lines, table):
            continue
        number += 1
        name, raw_sha256 = f"{source.name} document {number}", lines.digest(document.lines)
        try:
            if document.too_long:
                raise IntakeError(
                    f"{name} is longer than {source.limits.text_bytes:,} characters; no line says where it ends"
                )
            lines.check(name, document.lines)
            parts = find_parts(name, [line.words for line in document.lines], table)
            yield parts.item(source, name, raw_sha256, document.id, lines.encoding, lines.warnings(document.lines))
        except IntakeError as error:
            yield rejection(name, error, raw_sha256)
    if not number:
        raise IntakeError(
            f"{source.name} holds no document; documents are parted by lines like '1 of 20 DOCUMENTS' or 'End of Document'"
        )


def _documents(source: Input, lines: DecodedLines, table: ExportTable) -> Iterator[_Document]:
    """The documents in order, each with its lines; of one that is too long only the first are kept."""
    found, size = _Document([]), 0
    while (line := lines.read()) is not None:
        words = line.words.strip() if len(line.words) < 400 else ""
        begins = bool(words) and table.begins.fullmatch(words) is not None
        ends = bool(words) and table.ends.fullmatch(words) is not None
        id_line = table.ends_with_id.fullmatch(words) if words and not begins else None
        if not (begins or ends or id_line):
            size += len(line.words)
            found.too_long = found.too_long or size > source.limits.text_bytes
            if not found.too_long:
                found.lines.append(line)
            continue
        if id_line:
            found.id, found.announced = id_line[1], True
        if _has_words(found.lines) or found.too_long:
            yield found
            found, size = _Document([]), 0
        if begins:
            found.announced = True
    if _has_words(found.lines) or found.too_long:
        yield found


def _has_words(lines: list[Line]) -> bool:
    return any(line.words.strip() for line in lines)


def _is_cover(lines: list[Line], table: ExportTable) -> bool:
    """A page that lists the search and its results, or what the database says of itself at the end."""
    first = next((line.words.strip() for line in lines if line.words.strip()), "")
    return table.cover.fullmatch(first) is not None
