"""Reads times that are no single date: durations, sets, and words that only point ("now", "recently")."""

from __future__ import annotations

import re

from .dates import Fields, weekday_number
from .numbers import amount, duration, unit_letter
from .relative import pointing
from .rules import references, words
from .story import Reading, Setting

_TITLE_AFTER = re.compile(r"\s+[A-Z]")  # "the party daily Granma"
_ARTICLES = frozenset({"a", "an"})
_HOW_OFTEN = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "npadvmod"})


def read_duration(fields: Fields, at: Setting) -> Reading | None:
    """ "three weeks"; with "a" it is a rate after a number ("$3 a day") and no time at all in "a second chance"."""
    number_words, unit = fields["num"].lower(), fields["unit"].lower()
    text = at.parse.text[at.start : at.end].lower()
    if at.parse.text[at.start].isdigit() and fields["unit"][0].isupper():
        return None  # the title of a programme: "60 Minutes"
    if unit == "second" and (number_words in _ARTICLES | {"one", "another"} or not text.endswith("seconds")):
        return None
    if unit in {"quarter", "night", "weekend", "minute"} and number_words in _ARTICLES and unit != "minute":
        return None
    if unit in {"quarter"} and not text.endswith("quarters"):
        return None
    if number_words in _ARTICLES and "approx" not in fields and _is_rate(at):
        return None
    if "-quarters" in text:
        return None
    half = "num2" in fields or ("and a half" in text and "num2" not in fields)
    number = amount(number_words, half and number_words not in {"one and a half"})
    return Reading("DURATION", duration(number, unit), _granularity(unit))


def _granularity(unit: str) -> str:
    name = unit.lower().removesuffix("s")
    return {"fortnight": "week", "night": "day", "centurie": "century"}.get(name, name)


def _is_rate(at: Setting) -> bool:
    """ "$3 a day", "four times a year": the unit hangs on the number or the counted noun before it."""
    token = at.parse.token_at(at.end - 1)
    if token is None or token.dep != "npadvmod":
        return False
    head = token.head
    return (
        head.index < token.index
        and (head.is_noun or head.tag in {"CD", "$"})
        and head.dep in _HOW_OFTEN | {"nummod", "conj", "dep", "ROOT"}
    )


def read_open_duration(fields: Fields, at: Setting) -> Reading | None:
    unit = fields["openunit"].lower()
    return Reading("DURATION", duration(None, unit), _granularity({"centuries": "century"}.get(unit, unit)))


def read_every(fields: Fields, at: Setting) -> Reading | None:
    """ "every Tuesday", "each year", "every four years": a set, by its pattern or its period."""
    if "weekday" in fields:
        part = f"T{words().parts[fields['part'].lower()]}" if "part" in fields else ""
        return Reading("SET", f"XXXX-WXX-{weekday_number(fields)}{part}", "day")
    if "month" in fields:
        day = f"-{int(fields['day']):02d}" if "day" in fields else ""
        return Reading(
            "SET", f"XXXX-{words().any_month[fields['month'].lower().rstrip('.')]:02d}{day}", "day" if day else "month"
        )
    if "season" in fields:
        return Reading("SET", f"XXXX-{words().seasons[fields['season'].lower()]}", "season")
    if "part" in fields:
        return Reading("SET", f"XXXX-XX-XXT{words().parts[' '.join(fields['part'].lower().split())]}", "part-of-day")
    unit = fields["unit"].lower()
    if unit_letter(unit) in {"TS", "WE"}:
        return None
    number = amount(fields.get("num", "one"))
    return Reading("SET", duration(number * 2 if number and "other" in fields else number, unit), _granularity(unit))


def read_weekly(fields: Fields, at: Setting) -> Reading | None:
    name = fields["weekdays"][:-1] if "weekdays" in fields else fields["weekday"]
    part = f"T{words().parts[fields['part'].lower()]}" if "part" in fields else ""
    return Reading("SET", f"XXXX-WXX-{words().weekdays[name.lower()]}{part}", "day")


def read_often(fields: Fields, at: Setting) -> Reading | None:
    """ "daily", "annually"; a newspaper's name ("the Daily Star") is none."""
    word = fields["often"]
    token = at.parse.token_at(at.start)
    if _TITLE_AFTER.match(at.text_after()):
        return None
    if token is not None and ((token.is_proper and word[0].isupper()) or (token.tag == "NN" and token.dep != "amod")):
        return None
    value = words().adverbs[word.lower()]
    return Reading("SET", value, {"H": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}[value[-1]])


def read_rate(fields: Fields, at: Setting) -> Reading | None:
    return Reading("SET", duration(1, fields["unit"]), _granularity(fields["unit"]))


def read_reference(fields: Fields, at: Setting) -> Reading | None:
    listed = references()[" ".join(fields["reference"].lower().split())]
    token = at.parse.token_at(at.start)
    if token is None or (listed.needs == "ADJ" and not (token.is_adjective and token.dep == "amod")):
        return None
    if listed.needs == "ADV" and not token.tag.startswith("RB"):
        return None
    return pointing(listed.value, at)
