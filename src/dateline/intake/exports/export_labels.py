"""The lines and labels of database exports: the table of ``rules/intake/exports.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ...rulefiles import RuleModel, read_toml

_HEAD_LINES = 120
_WORDS = re.compile(r"\s*(?:length:\s*)?[\d,.]{1,9} words\s*\Z", re.IGNORECASE)

ExportField = Literal[
    "headline", "author", "outlet", "published", "section", "dateline", "language", "id", "url", "captured", "agency",
    "summary", "text", "none",
]  # fmt: skip


class Breaks(RuleModel):
    """Lines that part documents, and pages that are none."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    ends_with_id: tuple[str, ...]
    cover: tuple[str, ...]


class Names(RuleModel):
    """The names of one field."""

    field: ExportField
    names: tuple[str, ...]


class ExportRules(RuleModel):
    """The whole file."""

    breaks: Breaks
    label: tuple[Names, ...]
    heading: tuple[Names, ...]
    tag: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """The file, ready to be matched against lines."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]
    ends_with_id: re.Pattern[str]
    cover: re.Pattern[str]
    labels: dict[str, ExportField]
    headings: dict[str, ExportField]
    tags: dict[str, ExportField]
    _label: re.Pattern[str]
    _tag: re.Pattern[str]

    def labelled(self, line: str) -> re.Match[str] | None:
        """The label that the line begins with (1) and what stands after its colon (2)."""
        return self._label.match(line.lstrip())

    def label(self, line: str) -> str | None:
        match = self.labelled(line)
        return match[1].casefold() if match else None

    def tagged(self, line: str) -> re.Match[str] | None:
        """The tag that the line begins with (1) and what stands after it (2)."""
        return self._tag.match(line.rstrip("\r\n"))


@cache
def export_table() -> ExportTable:
    """The rule file, checked."""
    rules = read_toml("intake/exports.toml", ExportRules)
    labels, headings, tags = (_by_name(names) for names in (rules.label, rules.heading, rules.tag))
    # The longest first: "document url" before "document".
    label = "|".join(re.escape(name) for name in sorted(labels, key=len, reverse=True))
    return ExportTable(
        _any(rules.breaks.begins),
        _any(rules.breaks.ends),
        _any(rules.breaks.ends_with_id),
        _any(rules.breaks.cover),
        labels,
        headings,
        tags,
        re.compile(rf"({label})[ \t]*:(?!//)[ \t]*(.*)", re.IGNORECASE | re.DOTALL),
        re.compile(rf"[ ]{{0,3}}({'|'.join(map(re.escape, tags))})(?:[ \t]{{2,}}(\S.*)|[ \t]*)\Z", re.DOTALL),
    )


def _by_name(rows: tuple[Names, ...]) -> dict[str, ExportField]:
    return {name: row.field for row in rows for name in row.names}


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def looks_like_export(head: bytes) -> bool:
    """The first bytes of a text file are surely those of an export."""
    if re.match(rb"\s*[<{\[]", head):
        return False
    table = export_table()
    lines = head.decode("utf-8", "replace").splitlines()[:_HEAD_LINES]
    first = next((line.strip() for line in lines if line.strip()), "")
    if table.begins.fullmatch(first) or (table.ends.fullmatch(first) and _labels(lines, table) >= 2):
        return True
    if sum(table.cover.fullmatch(line.strip()) is not None for line in lines[:12]) >= 2:
        return True
    if any(table.begins.fullmatch(line.strip()) for line in lines) or any(
        table.ends_with_id.fullmatch(line.strip()) for line in lines
    ):
        return True
    tags = {match[1] for line in lines if (match := table.tagged(line))}
    if {"HD", "WC", "PD"} <= tags:
        return True
    return any(_WORDS.match(line) for line in lines) and _labels(lines, table) >= 3


def _labels(lines: Sequence[str], table: ExportTable) -> int:
    return len({label for line in lines if (label := table.label(line))})
