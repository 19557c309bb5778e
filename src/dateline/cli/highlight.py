"""A passage of a report with the words of each role marked: by colour and weight, or in brackets where neither shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Event, Record, Span, Statement
from .terminal import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Weight, slant and lines tell the roles apart where colours are off.
STYLES = {
    "act": "bold reverse yellow",
    "source": "bold cyan",
    "target": "bold underline magenta",
    "object": "italic green",
    "place": "underline green",
    "date": "underline blue",
    "speaker": "bold cyan",
    "cue": "italic yellow",
    "content": "",
}
# Which mark wins where two cover the same words: the act over the roles, and the narrow over the wide.
_ORDER = ("content", "object", "place", "date", "cue", "target", "source", "speaker", "act")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that play a role, as half-open code points of the report."""

    start: int
    end: int
    role: str


def event_marks(event: Event, record: Record) -> list[Mark]:
    """What the words of an event do in it: who, what, to whom, where, when, by whose word."""
    marks = [_mark(event.trigger, "act")]
    marks += [_mark(ref, "source") for ref in event.source_actors]
    marks += [_mark(ref, "target") for ref in event.target_actors]
    marks += [_mark(each, "object") for each in event.objects]
    marks += [_mark(each, each.role) for each in event.evidence if each.role in {"place", "date", "cue"}]
    marks += [_mark(timex, "date") for timex in record.times if event.date and timex.id == event.date.timex]
    marks += [_mark(span, "place") for place in record.places if place.id == event.place for span in place.mentions]
    return [mark for mark in marks if event.sentence.start <= mark.start < event.sentence.end]


def statement_marks(statement: Statement) -> list[Mark]:
    """What the words of a statement do in it."""
    return [_mark(ref, "speaker") for ref in statement.speakers] + [_mark(span, "cue") for span in statement.cue]


def _mark(span: Span, role: str) -> Mark:
    return Mark(span.start, span.end, role)


def highlighted(console: Console, text: str, passage: Span, marks: Iterable[Mark]) -> Text:
    """The passage with its marks. Every character of it is printed, in order; control characters are made visible."""
    from rich.text import Text

    roles = _role_of_each(passage, marks)
    shown = Text()
    for start, end, role in _runs(roles):
        words = visible(text[passage.start + start : passage.start + end])
        if not role:
            shown.append(words)
        elif console.color_system is None:
            shown.append(f"[{role}: {words}]")
        else:
            shown.append(words, style=STYLES.get(role, "bold"))
    return shown


def _role_of_each(passage: Span, marks: Iterable[Mark]) -> list[str]:
    roles = [""] * (passage.end - passage.start)
    # Painted from the widest to the narrowest within a role, and from the weakest role to the strongest.
    for mark in sorted(marks, key=lambda each: (_ORDER.index(each.role), each.start - each.end)):
        for position in range(max(mark.start, passage.start), min(mark.end, passage.end)):
            roles[position - passage.start] = mark.role
    return roles


def _runs(roles: list[str]) -> Iterable[tuple[int, int, str]]:
    start = 0
    for position in range(1, len(roles) + 1):
        if position == len(roles) or roles[position] != roles[start]:
            yield start, position, roles[start]
            start = position


def legend(console: Console, roles: Iterable[str]) -> Text | None:
    """Which mark means what; ``None`` where the marks are words in brackets already."""
    from rich.text import Text

    if console.color_system is None:
        return None
    shown = Text()
    shown.append("marked: ", style="dim")
    for number, role in enumerate(roles):
        shown.append("  " if number else "")
        shown.append(role, style=STYLES[role])
    return shown
