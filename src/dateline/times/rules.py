"""Loads and checks the data under ``rules/en/times/`` and builds the patterns from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from ..errors import RuleError
from ..rulefiles import RuleModel, read_table, read_toml
from .holidays import is_holiday_rule

FOLDER = "en/times"
MACRO = re.compile(r"\{([a-z]+[0-9]?)\}")
NAMED_GROUP = re.compile(r"\(\?P<(\w+)>")
# A space of a pattern, with the "?" that may follow; look-behinds and character classes are left as they are.
SPACE = re.compile(r"(?P<kept>\(\?<[=!][^()]*\)|\[[^\]]*\])| (?P<optional>\??)")
NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?(?: \d/\d)?"


class Words(RuleModel):
    """The words of ``words.toml``, by kind."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    seasons: dict[str, str]
    parts: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    amounts: dict[str, int]
    decades: dict[str, int]
    units: dict[str, str]
    adverbs: dict[str, str]
    zones: dict[str, str]
    shares: dict[str, tuple[float, float]]
    counted: tuple[str, ...]
    triggers: dict[str, tuple[str, ...]]

    @cached_property
    def any_month(self) -> dict[str, int]:
        return {**self.months, **self.month_abbreviations}

    @cached_property
    def any_weekday(self) -> dict[str, int]:
        return {**self.weekdays, **self.weekday_abbreviations}


class Tense(RuleModel):
    """The words of ``tense.toml`` that say which way a time points."""

    future_auxiliaries: tuple[str, ...]
    forward: tuple[str, ...]
    backward: tuple[str, ...]
    moving: tuple[str, ...]
    moving_prepositions: tuple[str, ...]
    ahead: tuple[str, ...]
    until: tuple[str, ...]
    arranged: tuple[str, ...]

    @cached_property
    def future_words(self) -> frozenset[str]:
        return frozenset(self.future_auxiliaries)

    @cached_property
    def forward_words(self) -> frozenset[str]:
        return frozenset(self.forward)

    @cached_property
    def arranged_words(self) -> frozenset[str]:
        return frozenset(self.arranged)

    @cached_property
    def backward_words(self) -> frozenset[str]:
        return frozenset(self.backward)


class PatternRule(RuleModel):
    """One entry of ``patterns.toml`` as it is written there."""

    id: str
    reads: str
    needs: tuple[str, ...]
    also: tuple[str, ...] = ()
    pattern: str
    value: str | None = None
    matches: tuple[tuple[str, str, str], ...]
    rejects: tuple[str, ...] = ()


class PatternFile(RuleModel):
    """The whole of ``patterns.toml``."""

    macros: dict[str, str]
    pattern: tuple[PatternRule, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: ``fields`` maps each group to the field that it fills."""

    rule: PatternRule
    regex: re.Pattern[str]
    fields: dict[str, str]
    needs: frozenset[str]
    also: frozenset[str]

    def read(self, match: re.Match[str]) -> dict[str, str]:
        """The fields that this match filled."""
        return {self.fields[name]: text for name, text in match.groupdict().items() if text is not None}


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that only points: its value, and what the parse must say of it ("ADJ", "ADV" or "-")."""

    value: str
    needs: str


@cache
def words() -> Words:
    return read_toml(f"{FOLDER}/words.toml", Words)


@cache
def tense_words() -> Tense:
    return read_toml(f"{FOLDER}/tense.toml", Tense)


@cache
def references() -> dict[str, Reference]:
    rows = read_table(f"{FOLDER}/references.tsv", ("phrase", "value", "needs"))
    return {row["phrase"]: Reference(row["value"], row["needs"]) for row in rows}


@cache
def holidays() -> dict[str, str]:
    found = {row["name"]: row["date"] for row in read_table(f"{FOLDER}/holidays.tsv", ("name", "date"))}
    for name, rule in found.items():
        if not is_holiday_rule(rule):
            raise RuleError(
                f"rules/{FOLDER}/holidays.tsv, {name}: {rule!r} is no date; write 12-25, 11:4:4 or easter+1"
            )
    return found


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns in the order of the file."""
    written = read_toml(f"{FOLDER}/patterns.toml", PatternFile)
    macros = {**_word_macros(), **written.macros}
    return tuple(_compile(rule, macros) for rule in written.pattern)


@cache
def word_kinds() -> dict[str, frozenset[str]]:
    """Lower-case word → the kinds of time word that it can be; a pattern runs only where its kinds occur."""
    listed = words()
    kinds: dict[str, set[str]] = {}
    groups: dict[str, Iterable[str]] = {
        "month": (*listed.months, *listed.month_abbreviations),
        "weekday": (*listed.weekdays, *listed.weekday_abbreviations),
        "weekdays": (f"{each}s" for each in listed.weekdays),
        "season": listed.seasons,
        "part": (word for part in listed.parts for word in re.split(r"[- ]", part)),
        "decade": listed.decades,
        "unit": (f"{each}{end}" for each in listed.units for end in ("", "s")),
        "often": listed.adverbs,
        "holiday": (re.split(r"\W", name.removeprefix("the "))[0] for name in holidays()),
        "holiday end": (re.findall(r"[a-z]+", name)[-1] for name in holidays()),
        "reference": (name.split()[-1] for name in references()),
    }
    for kind, members in (*groups.items(), *listed.triggers.items()):
        for word in members:
            kinds.setdefault(word, set()).add(kind)
    return {word: frozenset(found) for word, found in kinds.items()}


def _alternatives(members: Iterable[str]) -> str:
    """Longest first, so that "sept" is not read as "sep"."""
    return "|".join(
        re.escape(each).replace(r"\ ", " ").replace(r"\-", "-")
        for each in sorted(members, key=lambda each: (-len(each), each))
    )


def _capitalised(members: Iterable[str]) -> str:
    names = _alternatives(form for each in members for form in (each.title(), each.upper()))
    return f"(?-i:(?:{names}))"


def _word_macros() -> dict[str, str]:
    listed = words()
    small = [each for each in listed.numbers if each not in {"hundred", "thousand"}]
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    number = rf"(?:(?:{_alternatives(small)})(?:[- ](?:{_alternatives(small)}))?|hundred|thousand)(?: (?:hundred|thousand)){{0,2}}\b"
    month = rf"(?:{_capitalised(listed.months)}\b|{_capitalised(listed.month_abbreviations)}(?:\.|\b))"
    amounts = _alternatives(listed.amounts)
    digits, teens = _alternatives(small[1:10]), _alternatives(small[1:20])
    return {
        "month": f"(?P<month>{month})",
        "weekday": rf"(?P<weekday>{_capitalised(listed.weekdays)})\b",
        "weekabbr": f"(?P<weekday>{_capitalised(listed.weekday_abbreviations)})\\b\\.?",
        "season": rf"(?P<season>{_alternatives(listed.seasons)})\b",
        "part": rf"(?P<part>{_alternatives(listed.parts)})\b",
        "unit": rf"(?P<unit>{_alternatives(list(listed.units))}|centurie)",
        "num": rf"(?P<num>{NUMBER}|(?:{amounts})\b|one and a half|half an?\b|an? hundred|an additional|another|an?\b|(?:{number}))",
        "numto": rf"(?P<numto>{NUMBER}|{number})",
        "counted": r"(?:full|whole|straight|consecutive|more|trading|business|working|successive|fiscal)",
        "dayord": rf"(?P<dayord>{_alternatives(listed.ordinals)})\b",
        "ordinalwords": _alternatives(listed.ordinals),
        "quarterword": r"(?P<quarter>first|second|third|fourth|last|final|1st|2nd|3rd|4th)",
        "decadewords": _alternatives(listed.decades),
        "adverbs": _alternatives(listed.adverbs),
        "zonewords": _alternatives(listed.zones),
        "holidays": _alternatives(
            {name.title().replace("'S", "'s").replace(" Of ", " of ") for name in holidays()}
            | {name.upper() for name in holidays()}
        ),
        "references": _alternatives(references()),
        "yearword": rf"(?P<yearword>(?:nineteen|eighteen) (?:{tens})(?:[- ](?:{digits}))?"
        rf"|two thousand(?: (?:and )?(?:{teens}))?)\b",
    }


def _compile(rule: PatternRule, macros: dict[str, str]) -> Pattern:
    try:
        source = _expanded(rule.pattern, macros)
        fields: dict[str, str] = {}

        def number_group(found: re.Match[str]) -> str:
            name = found[1] if found[1] not in fields else f"{found[1]}__{len(fields)}"
            fields[name] = found[1]
            return f"(?P<{name}>"

        source = NAMED_GROUP.sub(number_group, source)
        # A time begins and ends at a word's edge, whatever the pattern says inside.
        regex = re.compile(rf"(?<!\w)(?:{SPACE.sub(_wide_space, source)})(?!\w)", re.IGNORECASE)
    except (re.error, KeyError) as error:
        raise RuleError(f"rules/{FOLDER}/patterns.toml, {rule.id}: the pattern cannot be built: {error}") from error
    return Pattern(rule, regex, fields, frozenset(rule.needs), frozenset(rule.also))


def _wide_space(found: re.Match[str]) -> str:
    return found["kept"] or (" {0,3}" if found["optional"] else " {1,3}")


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda found: macros[found[1]], pattern)
    return pattern
