"""What a report has said of time so far: its publication day, the date last mentioned, and how it tells its story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from ..language.parse import Parse, Sentence
from ..records import Report, TimexId
from .periods import Period
from .rules import Tense
from .tense import Direction, Way, direction

NO_PUBLICATION = "no publication date was given or found"
TimexKind = Literal["DATE", "TIME", "DURATION", "SET"]
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A text is a history, not news, when it gives this many full years and news words for days are a small share beside them.
YEAR_DAYS = 365
HISTORY_YEARS = 6
ASIDE_YEARS = 2  # "as in 1812" in the story of 1920 does not move the story
HISTORY_SHARE = 0.25
_YEARS = re.compile(r"(?<![\d$£€,.])1[0-9]\d\d(?![\d,%-])|(?<![\d$£€,.])20[0-4]\d(?![\d,%-])|\b\d{2,4} BC\b")
_NUMBERS = re.compile(r"\d\d+")
_NEWS_DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|[Tt]omorrow|(?:[Ll]ast|[Tt]his) (?:week|month|year))\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one time mean; the fields are those of a ``Timex``. ``period`` is what later words count from."""

    type: TimexKind
    value: str | None
    granularity: str
    earliest: date | None = None
    latest: date | None = None
    anchor: str | None = None
    reason: str | None = None
    period: Period | None = None


@dataclass(slots=True)
class Story:
    """The state of one report while its times are read in order."""

    published: date | None
    anchor: str | None
    hour: str | None
    history: bool
    last: Period | None = None
    last_id: TimexId | None = None
    thread: Period | None = None
    last_day: Period | None = None
    last_day_sentence: int = -1
    quarter: Period | None = None
    quarter_paragraph: int = -2

    @classmethod
    def of(cls, report: Report) -> Story:
        published, anchor = _publication_day(report)
        hour = report.published[11:16] if report.published and len(report.published) > 15 else None
        return cls(published, anchor, hour, _is_history(report.text))

    def tell(self, reading: Reading, timex_id: TimexId, sentence: Sentence) -> None:
        """Remembers a time, so that "two days later" can count from it."""
        period = reading.period
        if period is None or reading.type not in {"DATE", "TIME"}:
            return
        self.last, self.last_id = period, timex_id
        if self._carries_on(period, reading.anchor):
            self.thread = period
        if period.granularity == "day":
            self.last_day, self.last_day_sentence = period, sentence.index
        if period.granularity == "quarter" and (
            self.published is None or abs((self.published - period.last).days) < YEAR_DAYS
        ):
            self.quarter, self.quarter_paragraph = period, sentence.paragraph

    def _carries_on(self, period: Period, anchor: str | None) -> bool:
        """Whether a history goes on from this date: a day or month does, a year far from the thread is an aside."""
        if anchor in {"published", "dateline"}:
            return False
        if self.thread is None or period.granularity in {"day", "month"}:
            return True
        return abs(period.first.year - self.thread.first.year) <= ASIDE_YEARS


def _is_history(text: str) -> bool:
    if len(_NUMBERS.findall(text)) < HISTORY_YEARS:
        return False  # the search for years takes longer
    years = len(_YEARS.findall(text))
    return years >= HISTORY_YEARS and len(_NEWS_DAYS.findall(text)) <= years * HISTORY_SHARE


def _publication_day(report: Report) -> tuple[date | None, str | None]:
    """The day to count from, and whether it is the publication date's or the dateline's."""
    dateline = report.dateline.date if report.dateline is not None else None
    for given, anchor in ((report.published, "published"), (dateline, "dateline")):
        if given and _FULL_DAY.match(given):
            try:
                return datetime.fromisoformat(given[:10]).date(), anchor
            except ValueError:
                continue
    return None, None


@dataclass(slots=True)
class Setting:
    """One match in its place: what stands around it, and the story so far."""

    story: Story
    parse: Parse
    sentence: Sentence
    start: int
    end: int
    pattern: str
    tense: Tense
    value: str | None = None
    _direction: list[Direction | None] = field(default_factory=list)

    @property
    def governed(self) -> Direction | None:
        """Which way the governing verb points; a headline's present tense is past."""
        if not self._direction:
            found = direction(self.parse, self.start, self.end, self.tense)
            if found is not None and found.way == "present" and self.sentence.section == "headline":
                found = Direction("past", found.near)
            self._direction.append(found)
        return self._direction[0]

    @property
    def direction(self) -> Way | None:
        """Which way the governing verb points, however far it is."""
        return self.governed.way if self.governed is not None else None

    @property
    def near_direction(self) -> Way | None:
        """Which way the verb points that governs the time itself."""
        return self.governed.way if self.governed is not None and self.governed.near else None

    @property
    def published(self) -> date | None:
        return self.story.published

    @property
    def narrative(self) -> tuple[date | None, str | None]:
        """The day that "later", "that" and "the next" count from: the last date told, or the publication date."""
        if self.story.last is not None:
            return self.story.last.first, f"text:{self.story.last_id}"
        return self.story.published, self.story.anchor

    def text_before(self, length: int = 24) -> str:
        return self.parse.text[max(self.sentence.start, self.start - length) : self.start]

    def text_after(self, length: int = 24) -> str:
        return self.parse.text[self.end : min(self.sentence.end, self.end + length)]


def of_period(
    period: Period, anchor: str | None, *, reason: str | None = None, bounds: tuple[date, date] | None = None
) -> Reading:
    """A DATE with this period's value; ``bounds`` when the words leave only a part of it."""
    first, last = bounds or (period.first, period.last)
    return Reading("DATE", period.value, period.granularity, first, last, anchor, reason, period)


def unanchored(value: str, granularity: str, kind: TimexKind = "DATE") -> Reading:
    """A time that counts from a publication date which is not known."""
    return Reading(kind, value, granularity, reason=NO_PUBLICATION)
