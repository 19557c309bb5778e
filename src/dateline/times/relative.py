"""Reads times that count from another day: "two days ago", "last week", "the following year", "in recent months"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from . import periods
from .dates import Fields, modified, step_of, weekday_number
from .numbers import amount, duration, unit_letter
from .rules import words
from .story import NO_PUBLICATION, Reading, Setting, of_period, unanchored

_FROM_PUBLICATION = frozenset({"ago", "from now", "hence"})
_BACKWARD = frozenset({"ago", "earlier", "before"})
_FROM_STORY = frozenset({"that", "that same", "same", "following", "previous", "preceding"})
_BACK = frozenset({"last", "past", "this past", "previous", "preceding", "latest"})
_AHEAD = frozenset({"next", "coming", "following"})
_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "quarter": "XXXX-QX",
}
_VAGUE = {
    "recent": "PAST_REF",
    "past": "PAST_REF",
    "earlier": "PAST_REF",
    "previous": "PAST_REF",
    "coming": "FUTURE_REF",
    "future": "FUTURE_REF",
    "ahead": "FUTURE_REF",
    "to come": "FUTURE_REF",
}
VAGUE = "the words do not say how long"


def read_offset(fields: Fields, at: Setting) -> Reading | None:
    """So many units before or after the publication day or, for "later" and "earlier", the date last told."""
    way = fields["dir"].lower()
    from_publication = way in _FROM_PUBLICATION
    base, anchor = (at.published, at.story.anchor) if from_publication else at.narrative
    sign = -1 if way in _BACKWARD else 1
    number = amount(fields["num"], "num2" in fields)
    letter = unit_letter(fields["unit"])
    if number is None:
        return _open_offset(fields["unit"], sign, from_publication, at)
    if letter in {"TH", "TM", "TS"}:
        return _clock_offset(sign * number, letter, base if not from_publication else None, at)
    if letter == "WE":
        return None
    unit = periods.UNIT_OF[letter]
    count = number * (2 if letter == "F" else 10 if letter == "E" else 1)
    unit = "year" if letter == "E" else unit  # "two decades ago" names a year more or less
    if base is None:
        return unanchored(_UNKNOWN.get(unit, "XXXX-XX-XX"), unit)
    whole = int(sign * count) if count == int(count) else None
    if whole is None:
        unit, whole = {"year": ("month", int(sign * count * 12)), "decade": ("year", int(sign * count * 10))}.get(
            unit, (unit, int(sign * count))
        )
    target = periods.shifted(base, unit, whole)
    if "weekday" in fields:
        target = periods.week(target).first + timedelta(days=weekday_number(fields) - 1)
        unit = "day"
    return of_period(periods.containing("day" if "deictic" in fields else unit, target), anchor)


def _open_offset(unit: str, sign: int, from_publication: bool, at: Setting) -> Reading:
    """ "several years ago" is past; "a few days later" comes after the date last told."""
    if from_publication:
        return pointing("PAST_REF" if sign < 0 else "FUTURE_REF", at, reason=VAGUE)
    base, anchor = at.narrative
    first, last = (None, base) if sign < 0 else (base, None)
    return Reading("DURATION", duration(None, unit), unit.lower().removesuffix("s"), first, last, anchor, VAGUE)


def _clock_offset(count: float, letter: str, base: date | None, at: Setting) -> Reading:
    """Hours and minutes before publication: the minute when its clock time is known, else its day and the day beside it."""
    if base is None and at.published is None:
        return unanchored("XXXX-XX-XX", "hour", "TIME")
    seconds = count * {"TH": 3600, "TM": 60, "TS": 1}[letter]
    if base is None and at.published is not None and at.story.hour:
        when = datetime.fromisoformat(f"{at.published.isoformat()}T{at.story.hour}") + timedelta(seconds=seconds)
        return Reading("TIME", when.isoformat(timespec="minutes"), "hour", when.date(), when.date(), at.story.anchor)
    day = base or at.published or date.min
    other = day + timedelta(seconds=seconds) - timedelta(days=1 if seconds < 0 else 0)
    first, last = sorted((day, other))
    return Reading(
        "TIME", day.isoformat(), "hour", first, last, at.story.anchor, "the hour that it counts from is not known"
    )


def read_unit(fields: Fields, at: Setting) -> Reading | None:
    """The day, week, month, year … before, after or around the publication day or the date last told."""
    relative, unit = " ".join(fields["rel"].lower().split()), fields["unit"].lower()
    if unit == "day" and relative in {"past", "coming", "current", "latest", "last", "this", "this past"}:
        return None
    from_story = relative in _FROM_STORY or unit == "day" or (at.story.history and relative in {"next"})
    base, anchor = at.narrative if from_story else (at.published, at.story.anchor)
    if unit == "day" and at.story.last is not None and at.story.last.granularity not in {"day", "week", "weekend"}:
        return None  # no day was told
    if base is None:
        return unanchored(_UNKNOWN[unit], unit)
    step = -1 if relative in _BACK else 1 if relative in _AHEAD else 0
    found = periods.containing(unit, periods.shifted(base, unit, step))
    if relative in {"past", "this past"} or "past" in relative:
        return of_period(found, anchor, bounds=(periods.shifted(base, unit, -1), base))
    return modified(fields, of_period(found, anchor), at)


def read_next_day(fields: Fields, at: Setting) -> Reading | None:
    """ "the next morning", "that night": counted from the day last told, else from the publication day."""
    story = at.story
    relative = " ".join(fields["rel"].lower().split())
    if story.last_day is not None:
        base, anchor = story.last_day.first, f"text:{story.last_id}"
    elif at.published is not None:
        base, anchor = at.published, story.anchor or ""
    else:
        return unanchored("XXXX-XX-XX", "day", "TIME" if "part" in fields else "DATE")
    step = (
        1
        if "next" in relative or "following" in relative
        else -1
        if "preceding" in relative or "previous" in relative
        else 0
    )
    day = periods.day(base + timedelta(days=step))
    if "part" not in fields:
        return of_period(day, anchor)
    value = f"{day.value}T{words().parts[' '.join(fields['part'].lower().split())]}"
    return Reading("TIME", value, "part-of-day", day.first, day.last, anchor, None, day)


def read_year_ago(fields: Fields, at: Setting) -> Reading | None:
    """ "a year earlier": the same quarter of the year before where quarters are the talk, else the year before."""
    text = at.parse.text[at.start : at.end].lower()
    story, span = at.story, fields.get("span", "").lower()
    if "months" in span:
        number, unit = span.split()[0], "month"
        return Reading("DURATION", duration(amount(number), unit), "month")
    if "half" in span and at.published is not None:
        return of_period(periods.half(at.published.year - 1, 1), story.anchor)
    if story.quarter is not None and at.sentence.paragraph - story.quarter_paragraph <= 2:
        return _aside(
            of_period(
                periods.containing("quarter", periods.shift_months(story.quarter.first, -12)), f"text:{story.last_id}"
            )
        )
    if "quarter" in span and at.published is not None:
        return _aside(of_period(periods.containing("quarter", periods.shift_months(at.published, -15)), story.anchor))
    base, anchor = (at.published, story.anchor) if "ago" in text or story.last is None else at.narrative
    if base is None:
        return unanchored("XXXX", "year")
    return _aside(of_period(periods.year(base.year - 1), anchor))


def _aside(reading: Reading) -> Reading:
    """A date told only to compare with: nothing later counts from it."""
    return replace(reading, period=None)


def read_the_unit(fields: Fields, at: Setting) -> Reading | None:
    """ "for the year": the current one; "the year ended June 30" is a length."""
    unit = fields["unit"].lower()
    if "closed" in fields:
        return Reading("DURATION", duration(1, unit), unit)
    if at.story.history:
        base, anchor = at.narrative
    else:
        base, anchor = at.published, at.story.anchor
    if base is None:
        return unanchored(_UNKNOWN[unit], unit)
    return modified(fields, of_period(periods.containing(unit, base), anchor), at)


def read_year_end(fields: Fields, at: Setting) -> Reading | None:
    if at.published is None:
        return unanchored("XXXX-12-31", "day")
    if at.parse.text[at.start : at.end].lower().endswith(" year"):
        year = periods.year(at.published.year)
        return of_period(year, at.story.anchor, bounds=periods.narrowed(year, words().shares["end"]))
    year_ = at.published.year - (1 if at.direction == "past" and at.published.month < 7 else 0)
    return of_period(periods.day(date(year_, 12, 31)), at.story.anchor)


def read_span(fields: Fields, at: Setting) -> Reading | None:
    """ "the past three months": a duration whose days are known when it touches the publication day."""
    number, unit = amount(fields["num"], "num2" in fields), periods.UNIT_OF.get(unit_letter(fields["unit"]))
    value = duration(number, fields["unit"])
    granularity = fields["unit"].lower().removesuffix("s") if unit is None else unit
    step = step_of(fields.get("rel", ""))
    if at.published is None or number is None or unit is None or not step or unit == "weekend":
        reason = NO_PUBLICATION if step and at.published is None else None
        return Reading("DURATION", value, granularity, reason=reason)
    other = periods.shifted(at.published, unit, step * max(int(number), 1))
    first, last = sorted((at.published, other))
    return Reading("DURATION", value, granularity, first, last, at.story.anchor)


def read_vague_span(fields: Fields, at: Setting) -> Reading | None:
    """ "recent months", "coming weeks": before or after publication, no more is said."""
    return pointing(_VAGUE[fields["rel"].lower()], at, reason=VAGUE)


def pointing(value: str, at: Setting, reason: str | None = None) -> Reading:
    """A time that only points; its days are bounded by the publication day on one side."""
    day, anchor = at.published, at.story.anchor
    reason = reason if day is not None else NO_PUBLICATION
    first = day if value != "PAST_REF" else None
    last = day if value != "FUTURE_REF" else None
    return Reading("DATE", value, "reference", first, last, anchor, reason)
