"""The room's rule files: residue cues, caption cues, agencies, dateline places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..errors import RuleError
from ..rulefiles import RuleModel, read_table, read_toml


class Cue(RuleModel):
    """One kind of furniture: ``pattern`` must match the whole block (lower case, straight quotes, single spaces).

    ``opens`` says that short lines after it belong to it as well: a comment form's fields, a list of links.
    ``where`` keeps it to a part of the text: "below" and "end" are not before the first, and after the last paragraph.
    """

    id: str
    reason: str
    pattern: str
    max_words: int = 30
    opens: bool = False
    where: Literal["anywhere", "edges", "below", "end"] = "anywhere"
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


class Cues(RuleModel):
    """A file of cues."""

    cue: tuple[Cue, ...]


class DatelineWords(RuleModel):
    """Words that are never the place of a dateline."""

    not_places: tuple[str, ...]
    not_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueTable:
    """Cues in one pattern: the group that matched says which."""

    pattern: re.Pattern[str]
    cues: tuple[Cue, ...]
    longest: int

    def find(self, lower: str, words: int) -> Cue | None:
        """The first cue whose pattern is the whole block."""
        if words > self.longest:
            return None
        match = self.pattern.fullmatch(lower)
        if match is None or match.lastgroup is None:
            return None
        cue = self.cues[int(match.lastgroup[1:])]
        return cue if words <= cue.max_words else None


def _table(path: str) -> CueTable:
    cues = read_toml(path, Cues).cue
    for cue in cues:
        try:
            groups = re.compile(cue.pattern).groups
        except re.error as error:
            raise RuleError(f"rules/{path}, cue {cue.id}: the pattern does not compile: {error}") from error
        if groups:
            raise RuleError(f"rules/{path}, cue {cue.id}: write groups as (?:…)")
    pattern = "|".join(f"(?P<c{number}>{cue.pattern})" for number, cue in enumerate(cues))
    return CueTable(re.compile(pattern), cues, max(cue.max_words for cue in cues))


@cache
def residue_cues() -> CueTable:
    return _table("report/residue.toml")


@cache
def caption_cues() -> CueTable:
    return _table("report/captions.toml")


@cache
def dateline_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that are no place, and words that open no dateline; lower case."""
    words = read_toml("report/datelines.toml", DatelineWords)
    return frozenset(words.not_places), frozenset(words.not_first)


@cache
def dateline_places() -> frozenset[str]:
    """Places that stand alone in a dateline, in lower case."""
    return frozenset(row["place"] for row in read_table("report/dateline_places.tsv", ("place",)))


@cache
def agencies() -> dict[str, str]:
    """Every form of an agency's name → the name."""
    return {
        form: row["name"]
        for row in read_table("report/agencies.tsv", ("name", "forms"))
        for form in row["forms"].split("|")
    }


@cache
def agency_pattern() -> str:
    """All forms as a pattern, longest first, so that "Interfax-Ukraine" is not read as "Interfax"."""
    return "|".join(re.escape(form) for form in sorted(agencies(), key=lambda form: (-len(form), form)))
