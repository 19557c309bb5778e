"""Time words → TIMEX3 values, the days that they span, and what they were counted from.

``anchor`` is one of: "given" (the words say it all), "published" (counted from the publication date), "dateline" (from the
dateline's date, where no publication date is known), "text:t_…" (from that earlier time of the report), or ``None`` (nothing
to count from: durations, sets, and times left partial, which say why in ``reason``).
"""

from __future__ import annotations

from datetime import date

from ..language.parse import Parse, Sentence
from ..records import Report, Timex, TimexId, content_id
from .readings import READINGS
from .rules import tense_words
from .scan import Candidate, candidates, pieces
from .story import Reading, Setting, Story

__all__ = ["find_times"]

OUT_OF_RANGE = "outside the years 1 to 9999"


def find_times(report: Report, parse: Parse) -> tuple[Timex, ...]:
    """Every time of the dateline and the parsed sentences, in text order and free of overlaps. Uses no clock."""
    story = Story.of(report)
    found: list[Timex] = []
    done = 0
    if report.dateline is not None:
        line = Sentence(-1, report.dateline.start, report.dateline.end, "dateline", -1)
        found.extend(_in_sentence(line, line.start, story, parse, report))
        done = line.end if found else 0
    for sentence in parse.sentences:
        position = done if sentence.start < done < sentence.end else sentence.start
        found.extend(_in_sentence(sentence, position, story, parse, report))
    return tuple(sorted(found, key=lambda timex: timex.start))


def _in_sentence(sentence: Sentence, position: int, story: Story, parse: Parse, report: Report) -> list[Timex]:
    """The times of one sentence from ``position`` on, the best candidate at each place."""
    found: list[Timex] = []
    if position < sentence.end:
        for candidate in candidates(parse.text[sentence.start : sentence.end], sentence.start):
            if candidate.start >= position:
                read = _read(candidate, story, parse, sentence, report)
                found.extend(read)
                position = candidate.end if read else position
    return found


def _read(candidate: Candidate, story: Story, parse: Parse, sentence: Sentence, report: Report) -> list[Timex]:
    found = []
    rule = candidate.pattern.rule
    for start, end, fields in pieces(candidate):
        at = Setting(story, parse, sentence, start, end, rule.id, tense_words(), rule.value)
        try:
            reading = READINGS[rule.reads](fields, at)
        except (ValueError, OverflowError):  # "9,999 years ago": the calendar has no such day
            reading = Reading("DATE", None, "day", reason=OUT_OF_RANGE)
        if reading is not None:
            timex = _timex(report, start, end, reading)
            story.tell(reading, timex.id, sentence)
            found.append(timex)
    return found


def _timex(report: Report, start: int, end: int, reading: Reading) -> Timex:
    return Timex(
        start,
        end,
        report.text[start:end],
        id=TimexId(content_id("t", report.id, start, end)),
        type=reading.type,
        value=reading.value,
        granularity=reading.granularity,
        earliest=_iso(reading.earliest),
        latest=_iso(reading.latest),
        anchor=reading.anchor,
        reason=reading.reason,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
