"""A record as a page to read: each event and statement as a line, with the sentence that says so under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Event, Record, Report, Statement
from .highlight import event_marks, highlighted, legend
from .terminal import print_wrapped, visible
from .wording import Phrases, act, standing, when

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_INDENT = "    "
_EVENT_ROLES = ("source", "act", "target", "object", "place", "date", "cue")
# A statement's content is printed whole up to here; "dateline explain" and the JSON forms give all of it.
_CONTENT_SHOWN = 600


def print_record(console: Console, record: Record) -> None:
    """Prints one record: the report's head, its events, its statements, and what was left out."""
    phrases = Phrases(record)
    _print_head(console, record.report)
    if record.uncoded_reason:
        _print_heading(console, f"not coded: {visible(record.uncoded_reason)}")
        return
    _print_heading(console, f"{_count(record.events, 'event')}")
    for event in sorted(record.events, key=lambda each: (each.sentence.start, each.trigger.start)):
        print_event(console, event, phrases)
    if record.events and (line := legend(console, _EVENT_ROLES)) is not None:
        print_wrapped(console, line, first=_INDENT, rest=_INDENT)
    _print_heading(console, f"{_count(record.statements, 'statement')}")
    for statement in record.statements:
        print_statement(console, statement, phrases)
    _print_foot(console, record)


def _count(items: tuple[object, ...], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}" if items else f"no {noun}s"


def _print_head(console: Console, report: Report) -> None:
    from rich.text import Text

    title = report.headline.text if report.headline else next(iter(report.text.strip().splitlines()), "(no text)")
    console.print()
    console.print(Text(visible(title.strip()), style="bold"))
    published = f"{report.published} ({report.published_from})" if report.published_from else report.published
    parts = [
        report.outlet,
        report.agency if report.agency != report.outlet else None,
        published or "no publication date",
        report.dateline.text if report.dateline else None,
        report.byline.text if report.byline else None,
        report.url,
    ]
    print_wrapped(console, Text(visible(" · ".join(part for part in parts if part)), style="dim"))


def _print_heading(console: Console, title: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(title[0].upper() + title[1:], style="underline"))


def event_line(event: Event, phrases: Phrases) -> Text:
    """ "who → did what → to whom · when · where · according to whom · confidence" """
    from rich.text import Text

    line = Text()
    for mark in standing(event):
        line.append(f"[{mark}]", style="bold red")
        line.append(" ")
    who = phrases.parties([ref.actor for ref in event.source_actors]) or "(nobody named)"
    line.append(visible(who), style="bold cyan")
    line.append(" → ")
    line.append(visible(act(event)), style="bold yellow")
    line.append(visible(f" “{event.trigger.text}”"), style="yellow")
    if event.objects:
        line.append(visible(" " + ", ".join(each.text for each in event.objects)), style="green")
    if event.target_actors:
        line.append(" → ")
        line.append(visible(phrases.parties([ref.actor for ref in event.target_actors])), style="bold magenta")
    said_by = phrases.said_by(event)
    details = [
        when(event.date) or "no date",
        phrases.where(event.place),
        f"according to {said_by}" if said_by else "the report's own words",
        f"{event.confidence:.2f}",
    ]
    line.append(visible(" · " + " · ".join(part for part in details if part)))
    return line


def print_event(console: Console, event: Event, phrases: Phrases) -> None:
    """The event in a line and, under it, its sentence with the words of each role marked."""

    line = event_line(event, phrases)
    line.append(f"  {event.id[:10]}", style="dim")
    print_wrapped(console, line, first="• ", rest="  ")
    record = phrases.record
    sentence = highlighted(console, record.report.text, event.sentence, event_marks(event, record))
    print_wrapped(console, sentence, first=_INDENT, rest=_INDENT)
    console.print()


def print_statement(console: Console, statement: Statement, phrases: Phrases) -> None:
    """Who says it and how, then what is said."""
    from rich.text import Text

    line = Text()
    speakers = phrases.parties([ref.actor for ref in statement.speakers]) or "(speaker not named)"
    line.append(visible(speakers), style="bold cyan")
    line.append(f" · {statement.act}, {statement.kind}")
    if statement.cue:
        line.append(" · ")
        line.append(visible("“" + " … ".join(span.text for span in statement.cue) + "”"), style="italic yellow")
    for label, keys in (("relayed by", statement.relayed_by), ("to", statement.addressees)):
        if keys:
            line.append(visible(f" · {label} {phrases.parties(list(keys))}"))
    if dated := when(statement.date):
        line.append(f" · {dated}")
    line.append(f" · {statement.confidence:.2f}")
    line.append(f"  {statement.id[:10]}", style="dim")
    print_wrapped(console, line, first="• ", rest="  ")
    content = " … ".join(span.text for span in statement.content)
    if len(content) > _CONTENT_SHOWN:
        content = f"{content[:_CONTENT_SHOWN]} … ({len(content):,} characters; dateline explain shows all)"
    print_wrapped(console, Text(visible(content)), first=_INDENT, rest=_INDENT)
    console.print()


def _print_foot(console: Console, record: Record) -> None:
    from rich.text import Text

    residue = record.report.residue
    notes = []
    if residue:
        reasons = ", ".join(dict.fromkeys(each.reason for each in residue if each.reason))
        size = sum(each.end - each.start for each in residue)
        passages = f"{len(residue)} passage{'' if len(residue) == 1 else 's'}"
        notes.append(
            f"Not coded: {passages} of page furniture, {size:,} characters" + (f" ({reasons})." if reasons else ".")
        )
    notes += [f"Warning: {warning}" for warning in record.warnings]
    for note in notes:
        console.print(Text(visible(note), style="dim" if note.startswith("Not") else "bold red"))
    if notes:
        console.print()
