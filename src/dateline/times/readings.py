"""Which function resolves which pattern: the ``reads`` of ``patterns.toml``."""

from __future__ import annotations

from collections.abc import Callable

from . import cycles, dates, durations, relative
from .dates import Fields
from .story import Reading, Setting

READINGS: dict[str, Callable[[Fields, Setting], Reading | None]] = {
    "calendar": dates.read_calendar,
    "century": cycles.read_century,
    "decade": cycles.read_decade,
    "duration": durations.read_duration,
    "era": cycles.read_era,
    "every": durations.read_every,
    "fiscal": cycles.read_fiscal,
    "fixed": dates.read_fixed,
    "half": cycles.read_half,
    "holiday": cycles.read_holiday,
    "next_day": relative.read_next_day,
    "offset": relative.read_offset,
    "often": durations.read_often,
    "open_duration": durations.read_open_duration,
    "pair": dates.read_calendar,
    "quarter": cycles.read_quarter,
    "quarter_known": cycles.read_quarter_known,
    "rate": durations.read_rate,
    "reference": durations.read_reference,
    "season": cycles.read_season,
    "slash": dates.read_slash,
    "span": relative.read_span,
    "the_unit": relative.read_the_unit,
    "unit": relative.read_unit,
    "vague_span": relative.read_vague_span,
    "week_of": cycles.read_week_of,
    "weekend": cycles.read_weekend,
    "weekly": durations.read_weekly,
    "year": dates.read_year,
    "year_ago": relative.read_year_ago,
    "year_end": relative.read_year_end,
    "yearpair": dates.read_calendar,
}
