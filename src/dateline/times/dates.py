"""Reads days, months, weekdays and clock times, and finds the year, week or day that the words leave out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from . import periods
from .periods import Period
from .rules import words
from .story import Reading, Setting, of_period, unanchored

Fields = dict[str, str]
Found = tuple[Period, str]  # a period and what it was counted from
NEAR_WEEKDAY = 7
NEAR_DAYS = 90
_NAMED_HOURS = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0)}
_AFTERNOON = frozenset({"pm", "afternoon", "evening"})
_BACK = frozenset({"last", "this past", "the past", "past", "the previous", "previous"})
_NEXT = frozenset({"next", "the next", "the coming", "coming", "this coming", "the following", "following"})
_SHARE = re.compile(r"early|beginning|start|mid|middle|late|end|close", re.IGNORECASE)
_PRECISE = re.compile(r"\b(earlier|later)\b", re.IGNORECASE)
_COUNTED_NOUN = re.compile(r"[ \-]*([A-Za-z]+)")
# Words before a number that make it a year, for numbers that are no usual year: "in 1453", "of 1066".
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|during|between|before|after|of|to|year|and|about|around|circa|c\.)\s*|[(,–-]\s*)$",
    re.IGNORECASE,
)
_MARCH_OF = re.compile(r"\s+(?:for|of the|against)\b")
_MONEY_BEFORE = re.compile(r"(?:[$£€#]|\bNo\.?|\bnumber|\broute|\bflight|\bRoom|\bUS\$)\s*$", re.IGNORECASE)


def read_calendar(fields: Fields, at: Setting) -> Reading | None:
    """A date with what it leaves out filled in, with its part of day or clock time when it has one."""
    if fields.get("weekrel") or fields.get("weekof"):
        return _weekday_of_week(fields, at)
    reading = _day_or_longer(fields, at)
    if reading is None:
        return None
    return _with_time_of_day(fields, reading, at)


def read_year(fields: Fields, at: Setting) -> Reading | None:
    """A number that is a year; counted things, sums and rare years without "in" are not."""
    if "year" in fields:
        noun = _COUNTED_NOUN.match(at.text_after())
        if _MONEY_BEFORE.search(at.text_before()) or (noun and noun[1].lower() in words().counted):
            return None
        number = int(fields["year"])
        whole = at.parse.text[at.start : at.end]
        if not 1900 <= number <= 2060 and whole == fields["year"] and not _YEAR_BEFORE.search(at.text_before()):
            return None
        token = at.parse.token_at(at.start)
        if number < 1900 and token is not None and token.dep == "nummod" and token.head.tag == "NNS":
            return None
    return read_calendar(fields, at)


def read_fixed(fields: Fields, at: Setting) -> Reading | None:
    """A date that the pattern itself names: "9/11"."""
    return of_period(periods.day(date.fromisoformat(at.value or "")), "given")


def read_slash(fields: Fields, at: Setting) -> Reading | None:
    """A date in figures; the day and the month are told apart only when one of them is over 12."""
    first, second, year = int(fields["first"]), int(fields["second"]), int(fields["year"])
    if len(fields["year"]) == 2:
        year += 1900 if year > 50 else 2000
    options = [
        date(year, m, d)
        for m, d in ((first, second), (second, first))
        if 1 <= m <= 12 and 1 <= d <= periods.month(year, m).last.day
    ]
    if not options:
        return None
    if len(set(options)) == 1:
        return of_period(periods.day(options[0]), "given")
    return of_period(
        periods.year(year),
        "given",
        reason="day and month could be either way round",
        bounds=(min(options), max(options)),
    )


def _day_or_longer(fields: Fields, at: Setting) -> Reading | None:
    if "deictic" in fields:
        return _deictic_day(fields["deictic"], at)
    if "month" in fields or "monthnum" in fields:
        has_day = "day" in fields or "dayord" in fields
        return _month_day(fields, at) if has_day else _month(fields, at)
    if "weekday" in fields:
        return _weekday(fields, at)
    if "year" in fields or "yearword" in fields:
        return _modified(fields, periods.year(year_of(fields, at) or 1), "given", at)
    return _day_told(at)


def _deictic_day(word: str, at: Setting) -> Reading:
    text = word.lower()
    offset = {"yesterday": -1, "tomorrow": 1}.get(text.split()[-1], 0)
    if text.startswith("the day"):
        offset *= 2
    if text.endswith("last night"):
        offset = -1
    if at.published is None:
        return unanchored("XXXX-XX-XX", "day")
    return of_period(periods.day(at.published + timedelta(days=offset)), at.story.anchor)


def _day_told(at: Setting) -> Reading:
    """The day that a bare "at noon" belongs to: one named in the same sentence, or the publication day."""
    story = at.story
    if story.last_day is not None and (story.last_day_sentence == at.sentence.index or story.history):
        return of_period(story.last_day, f"text:{story.last_id}")
    if at.published is None:
        return unanchored("XXXX-XX-XX", "day")
    return of_period(periods.day(at.published), story.anchor)


# -- years ------------------------------------------------------------------------------------


def year_of(fields: Fields, at: Setting) -> int | None:
    """The year that the words give, outright or as "last year"; ``None`` when they give none."""
    if "year" in fields:
        return int(fields["year"])
    if "shortyear" in fields:
        short = int(fields["shortyear"])
        return short + (1900 if short > 50 else 2000)
    if "yearword" in fields:
        return _spelled_year(fields["yearword"].lower())
    if "yearrel" in fields:
        relative = fields["yearrel"].lower()
        base = at.narrative[0] if relative in {"that", "the same", "the previous", "the following"} else at.published
        return base.year + step_of(relative) if base is not None else None
    return None


def _spelled_year(text: str) -> int:
    numbers = words().numbers
    parts = [part for part in re.split(r"[- ]+", text) if part != "and"]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(numbers[part] for part in parts[2:])
    return 100 * numbers[parts[0]] + sum(numbers[part] for part in parts[1:])


def step_of(relative: str) -> int:
    text = " ".join(relative.lower().split())
    return -1 if text in _BACK or text == "last" else 1 if text in _NEXT else 0


def _year_anchor(fields: Fields, at: Setting) -> str | None:
    if "yearrel" not in fields:
        return "given"
    return (
        at.narrative[1]
        if fields["yearrel"].lower() in {"that", "the same", "the previous", "the following"}
        else at.story.anchor
    )


# -- months and days --------------------------------------------------------------------------


def _month_number(fields: Fields) -> int:
    return int(fields["monthnum"]) if "monthnum" in fields else words().any_month[fields["month"].lower().rstrip(".")]


def _month_day(fields: Fields, at: Setting) -> Reading | None:
    month = _month_number(fields)
    day = int(fields["day"]) if "day" in fields else words().ordinals[fields["dayord"].lower()]
    year = year_of(fields, at)
    if day > 31 or (year is not None and day > periods.month(year, month).last.day):
        return None
    if year is not None:
        return of_period(periods.day(date(year, month, day)), _year_anchor(fields, at))
    base = _base_day(at)
    if base is None or "yearrel" in fields:
        return unanchored(f"XXXX-{month:02d}-{day:02d}", "day")
    options = [date(base.year + step, month, day) for step in (-1, 0, 1) if _exists(base.year + step, month, day)]
    if not options:
        return None
    weekday = words().any_weekday.get(fields.get("weekday", "").lower().rstrip("."))
    fitting = [each for each in options if each.isoweekday() == weekday] or options
    if at.story.history:
        return of_period(
            periods.day(next((each for each in options if each.year == base.year), options[0])),
            f"text:{at.story.last_id}",
        )
    return of_period(periods.day(_nearest(fitting, base, at)), at.story.anchor)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and day <= periods.month(year, month).last.day


def _base_day(at: Setting) -> date | None:
    """The day whose year fills a missing one: in a history the date last told, in news the publication day."""
    if at.story.history and at.story.thread is not None:
        return at.story.thread.first
    return at.published


def _nearest(options: list[date], base: date, at: Setting) -> date:
    """The option that the verb points to; the nearest one when the verb does not say or its option is far off."""
    nearest = min(options, key=lambda each: (abs((each - base).days), each))
    if abs((nearest - base).days) <= NEAR_DAYS:
        return nearest  # news leaves the year out of a date eleven months off only by mistake
    if at.direction == "past":
        return max((each for each in options if each <= base), default=nearest)
    if at.direction == "future":
        return min((each for each in options if each >= base), default=nearest)
    return nearest


def _month(fields: Fields, at: Setting) -> Reading | None:
    if not _is_month_name(fields, at):
        return None
    month = _month_number(fields)
    year = year_of(fields, at)
    if year is not None:
        return _modified(fields, periods.month(year, month), _year_anchor(fields, at), at)
    base = _base_day(at)
    if base is None or "yearrel" in fields:
        return unanchored(f"XXXX-{month:02d}", "month")
    return _modified(
        fields, periods.month(_year_of_month(month, base, fields.get("rel"), at), month), at.story.anchor, at
    )


def _year_of_month(month: int, base: date, relative: str | None, at: Setting) -> int:
    step = step_of(relative) if relative else 0
    if step < 0:
        return base.year if month < base.month else base.year - 1
    if step > 0:
        return base.year if month > base.month else base.year + 1
    if relative or at.story.history:
        return base.year
    if at.direction == "past":
        return base.year if month <= base.month else base.year - 1
    if at.near_direction == "future":
        return base.year if month >= base.month else base.year + 1
    return min(
        (base.year - 1, base.year, base.year + 1),
        key=lambda year: (abs(12 * (year - base.year) + month - base.month), year),
    )


def _is_month_name(fields: Fields, at: Setting) -> bool:
    """Sets "May" the month apart from "may", "March" from "march": alone they must be tagged as names."""
    name = fields["month"].lower().rstrip(".")
    if not set(fields) - {"month"} and name == "march" and _MARCH_OF.match(at.text_after()):
        return False
    if set(fields) - {"month"} or (name in words().months and name not in {"may", "march", "august"}):
        return True
    token = at.parse.token_at(at.start)
    if token is None or not token.is_noun:
        return False
    return name in words().months or fields["month"].endswith(".")


# -- weekdays ---------------------------------------------------------------------------------


def weekday_number(fields: Fields) -> int:
    return words().any_weekday[fields["weekday"].lower().rstrip(".")]


def _weekday(fields: Fields, at: Setting) -> Reading:
    number = weekday_number(fields)
    relative = " ".join(fields.get("rel", "").lower().split())
    base: date | None = at.published
    anchor = at.story.anchor
    if relative in {"the previous", "the following", "that", "that same", "the same"} or at.story.history:
        base, anchor = at.narrative
    if base is None:
        return unanchored(f"XXXX-WXX-{number}", "day")
    ahead = (number - base.isoweekday()) % NEAR_WEEKDAY
    return of_period(periods.day(base + timedelta(days=_weekday_offset(relative, ahead, at))), anchor)


def _weekday_offset(relative: str, ahead: int, at: Setting) -> int:
    """Days from the base day, ``ahead`` being those to the next such weekday (0 when it is that day itself)."""
    step = step_of(relative) if relative else 0
    back = ahead - NEAR_WEEKDAY if ahead else 0
    if step < 0:
        return back or -NEAR_WEEKDAY
    if step > 0:
        return ahead or NEAR_WEEKDAY
    if relative == "this":
        return back if at.direction == "past" else ahead
    return ahead if at.direction == "future" or at.near_direction == "present" else back


def _weekday_of_week(fields: Fields, at: Setting) -> Reading:
    number = weekday_number(fields)
    if at.published is None:
        return unanchored(f"XXXX-WXX-{number}", "day")
    monday = periods.week(at.published).first
    if "weekrel" in fields:
        return of_period(
            periods.day(monday + timedelta(days=number - 1 + 7 * step_of(fields["weekrel"]))), at.story.anchor
        )
    ahead = (number - at.published.isoweekday()) % NEAR_WEEKDAY
    offset = ahead + 7 if fields["weekof"].lower() == "week" else (ahead - 7 if ahead else 0) - 7
    return of_period(periods.day(at.published + timedelta(days=offset)), at.story.anchor)


# -- parts of a period and of a day -----------------------------------------------------------


def modified(fields: Fields, reading: Reading, at: Setting) -> Reading:
    """The reading with its bounds drawn in by "early", "the end of", "earlier", "later"."""
    if reading.period is None or "mod" not in fields:
        return reading
    bounds = _bounds(fields["mod"].lower(), reading.period, at)
    if bounds is None:
        return reading
    return of_period(reading.period, reading.anchor, reason=reading.reason, bounds=bounds)


def _modified(fields: Fields, period: Period, anchor: str | None, at: Setting) -> Reading:
    return modified(fields, of_period(period, anchor), at)


def _bounds(mod: str, period: Period, at: Setting) -> tuple[date, date] | None:
    if period.granularity == "day":
        return None
    precise = _PRECISE.search(mod)
    if precise and at.published is not None and period.first <= at.published <= period.last:
        return (period.first, at.published) if precise[1] == "earlier" else (at.published, period.last)
    share = _SHARE.search(mod)
    return periods.narrowed(period, words().shares[share[0].lower()]) if share else None


def _with_time_of_day(fields: Fields, reading: Reading, at: Setting) -> Reading | None:
    part = fields.get("part")
    if part is None and fields.get("deictic", "").lower() in {"tonight", "last night", "late last night"}:
        part = "night"
    clock = _clock(fields)
    if part is None and clock is None:
        return reading
    day = reading.value if reading.granularity == "day" else None
    if day is None:
        return None
    if clock is not None:
        value, granularity = f"{day}T{clock}", "minute" if "minute" in fields else "hour"
    else:
        value, granularity = f"{day}T{words().parts[' '.join((part or '').lower().split())]}", "part-of-day"
    return Reading(
        "TIME", value, granularity, reading.earliest, reading.latest, reading.anchor, reading.reason, reading.period
    )


def _clock(fields: Fields) -> str | None:
    if "named" in fields:
        hour, minute = _NAMED_HOURS[fields["named"].lower()]
    elif "hour" in fields:
        hour, minute = int(fields["hour"]), int(fields.get("minute", 0))
        half = fields.get("ampm", "").lower().replace(".", "")
        if half:
            hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    else:
        return None
    return f"{hour:02d}:{minute:02d}{words().zones.get(' '.join(fields.get('zone', '').lower().split()), '')}"
