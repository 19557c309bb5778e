"""Reads the longer stretches of the calendar: seasons, quarters, halves, decades, centuries, eras, holidays, weekends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from . import periods
from .dates import Fields, modified, read_calendar, step_of, year_of
from .holidays import holiday
from .rules import holidays, words
from .story import Reading, Setting, of_period, unanchored

_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}
_ERA_BEFORE = frozenset({"bc", "bce"})
FISCAL = "a fiscal year need not be a calendar year"
WINTER = "the winter of a year can be its first months or its last"


def read_season(fields: Fields, at: Setting) -> Reading | None:
    """A season of a given year, or the one that the verb and "last", "this", "next" point to."""
    name = words().seasons[fields["season"].lower()]
    if not _is_season(fields, at):
        return None
    year = year_of(fields, at)
    if year is not None:
        return modified(fields, _season_of(year, name), at)
    base = at.narrative[0] if at.story.history else at.published
    if base is None:
        return unanchored(f"XXXX-{name}", "season")
    options = [periods.season(base.year + step, name) for step in (-2, -1, 0, 1)]
    step = step_of(fields["rel"]) if "rel" in fields else 0
    if at.story.history:
        found = options[2]
    elif step < 0 or (fields.get("rel", "this").lower() == "this" and at.direction == "past"):
        found = [each for each in options if each.last < base or (step == 0 and each.first <= base)][-1]
    else:
        ahead = [each for each in options if (each.last >= base if step == 0 else each.first > base)]
        found = (
            ahead[0]
            if fields.get("rel") or at.direction == "future"
            else min(options, key=lambda each: abs((each.first - base).days))
        )
    return modified(fields, of_period(found, at.story.anchor), at)


def _is_season(fields: Fields, at: Setting) -> bool:
    """ "fall" and "spring" are seasons as nouns with a determiner or a year; "winter" and "summer" nearly always."""
    if "rel" in fields or "mod" in fields or {"year", "yearword", "yearrel"} & fields.keys():
        return True
    token = at.parse.token_at(at.end - 1)
    if token is None or not token.is_noun or token.dep == "compound":
        return False
    if token.lower in {"fall", "spring"}:
        return any(child.lower == "the" for child in token.children) and token.dep == "pobj" and not token.child("prep")
    return True


def _season_of(year: int, name: str) -> Reading:
    found = periods.season(year, name)
    if name != "WI":
        return of_period(found, "given")
    return of_period(found, "given", reason=WINTER, bounds=(date(year, 1, 1), found.last))


def read_quarter(fields: Fields, at: Setting) -> Reading | None:
    """A numbered quarter of a given year, or the nearest one that the verb points to."""
    number = int(fields["q"]) if "q" in fields else _QUARTERS[fields["quarter"].lower()]
    year = year_of(fields, at)
    if year is not None:
        return of_period(periods.quarter(year, number), "given" if "year" in fields else at.story.anchor)
    base = at.narrative[0] if at.story.history else at.published
    if base is None:
        return unanchored(f"XXXX-Q{number}", "quarter")
    current = (base.month - 1) // 3 + 1
    if at.direction == "future" and number != current - 1:  # a quarter just over is still to be reported on
        year = base.year if number >= current else base.year + 1
    else:
        year = base.year if number <= current else base.year - 1
        if number == current + 1 and at.direction != "past":
            year = base.year
    if fields.get("age", "").lower() in {"year-ago", "year-earlier"}:
        year -= 1
    return of_period(periods.quarter(year, number), at.story.anchor)


def read_quarter_known(fields: Fields, at: Setting) -> Reading | None:
    """ "the quarter": the one last spoken of, or the last that was over at publication."""
    age = fields.get("age", "").lower()
    story = at.story
    if "year" in fields and story.quarter is not None:
        return of_period(periods.quarter(int(fields["year"]), int(story.quarter.value[-1])), f"text:{story.last_id}")
    if age == "current" and at.published is not None:
        return of_period(periods.containing("quarter", at.published), story.anchor)
    if story.quarter is not None:
        found, anchor = story.quarter, f"text:{story.last_id}"
    elif at.published is not None:
        found, anchor = (
            periods.containing("quarter", periods.containing("quarter", at.published).first - timedelta(days=1)),
            story.anchor or "",
        )
    else:
        return unanchored("XXXX-QX", "quarter")
    if age.startswith(("year", "comparable", "corresponding", "same")):
        found = periods.containing("quarter", periods.shift_months(found.first, -12))
    return replace(of_period(found, anchor), period=None) if age else of_period(found, anchor)


def read_half(fields: Fields, at: Setting) -> Reading | None:
    year = year_of({**fields, "yearrel": "this"} if fields.get("yearrel") == "the" else fields, at)
    number = 1 if fields["half"].lower() == "first" else 2
    if year is None:
        return unanchored(f"XXXX-H{number}", "half")
    return of_period(periods.half(year, number), "given" if "year" in fields else at.story.anchor)


def read_fiscal(fields: Fields, at: Setting) -> Reading | None:
    """The value of a fiscal year is its number; its days are not known."""
    return Reading("DATE", fields["year"], "year", None, None, "given", FISCAL)


def read_decade(fields: Fields, at: Setting) -> Reading | None:
    if "decade" in fields:
        year = int(fields["decade"])
    elif "shortdecade" in fields:
        year = 1900 + int(fields["shortdecade"])
    else:
        year = 1900 + words().decades[fields["decadeword"].lower()]
    return modified(fields, of_period(periods.decade(year), "given"), at)


def read_century(fields: Fields, at: Setting) -> Reading | None:
    number = int(fields["ordinal"]) if "ordinal" in fields else words().ordinals[fields["ordword"].lower()]
    if not 1 <= number <= 21:
        return None
    if "era" in fields:
        return Reading(
            "DATE", f"BC{number - 1:02d}", "century", anchor="given", reason="before the first day that ISO 8601 writes"
        )
    return modified(fields, of_period(periods.century(100 * (number - 1)), "given"), at)


def read_era(fields: Fields, at: Setting) -> Reading | None:
    year, era = int(fields["erayear"]), fields["era"].lower().replace(".", "")
    if not year:
        return None
    if era in _ERA_BEFORE:
        return Reading(
            "DATE", f"BC{year:04d}", "year", anchor="given", reason="before the first day that ISO 8601 writes"
        )
    return of_period(periods.year(year), "given")


def read_weekend(fields: Fields, at: Setting) -> Reading | None:
    """ "the weekend" is the last one unless the verb points forward; "this weekend" the coming one unless it points back."""
    if "every" in fields:
        return Reading("SET", "XXXX-WXX-WE", "weekend")
    base = at.narrative[0] if at.story.history else at.published
    if base is None:
        return unanchored("XXXX-WXX-WE", "weekend")
    this = periods.weekend(base)
    relative = fields.get("rel", "").lower()
    step = step_of(relative) if relative else 0
    if step < 0:
        found = periods.weekend(base - timedelta(days=7))
    elif step > 0:
        found = (
            periods.weekend(base + timedelta(days=7))
            if base >= this.first or (relative == "next" and base.isoweekday() < 4)
            else this
        )
    elif relative == "this":
        found = this if at.direction != "past" or base >= this.first else periods.weekend(base - timedelta(days=7))
    else:
        found = this if at.direction == "future" or base >= this.first else periods.weekend(base - timedelta(days=7))
    return of_period(found, at.story.anchor)


def read_week_of(fields: Fields, at: Setting) -> Reading | None:
    inside = read_calendar({name: text for name, text in fields.items() if name != "weekday"}, at)
    if inside is None or inside.period is None:
        return inside
    return of_period(periods.week(inside.period.first), inside.anchor)


def read_holiday(fields: Fields, at: Setting) -> Reading | None:
    """A named day of a given year, or the nearest one that the verb points to."""
    whole = " ".join(at.parse.text[at.start : at.end].lower().replace("’", "'").split())
    name = max((each for each in holidays() if each in whole), key=len)
    rule, year = holidays()[name], year_of(fields, at)
    if year is not None:
        return of_period(periods.day(holiday(rule, year)), "given" if "year" in fields else at.story.anchor)
    base = at.narrative[0] if at.story.history else at.published
    if base is None:
        return unanchored("XXXX-XX-XX", "day")
    options = [holiday(rule, base.year + step) for step in (-1, 0, 1)]
    step = step_of(fields["rel"]) if "rel" in fields else 0
    before, after = [each for each in options if each <= base], [each for each in options if each >= base]
    if at.story.history:
        found = options[1]
    elif "holweek" in fields and not step:
        found = min(options, key=lambda each: abs((each - base).days))
    elif step < 0 or (not step and at.direction == "past"):
        found = before[-1]
    elif step > 0 or at.direction == "future" or fields.get("rel"):
        found = after[0]
    else:
        found = min(options, key=lambda each: abs((each - base).days))
    if "holweek" in fields:
        return of_period(periods.week(found), at.story.anchor)
    return of_period(periods.day(found), at.story.anchor)
