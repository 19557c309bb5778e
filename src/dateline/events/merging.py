"""One happening, one event: the same act of the same pair told again in a report adds evidence, not a row."""

from __future__ import annotations

from dataclasses import replace

from ..records import Event, Evidence


def merge_repeats(events: list[Event]) -> tuple[Event, ...]:
    """Events in text order with repeats folded into the surest telling. Tellings by different speakers stay apart."""
    tellings: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        told = tellings.setdefault(_key(event), [])
        for position, earlier in enumerate(told):
            if _same_day(earlier, event):
                told[position] = _merged(earlier, event)
                break
        else:
            told.append(event)
    kept = [event for told in tellings.values() for event in told]
    return tuple(sorted(kept, key=lambda event: (event.trigger.start, event.type, event.id)))


def _same_day(first: Event, second: Event) -> bool:
    """False when both tellings give dates and the dates differ: Monday's raid and Tuesday's are two."""
    if first.date is None or second.date is None or first.date.timex is None or second.date.timex is None:
        return True
    return first.date.value == second.date.value


def _key(event: Event) -> tuple[object, ...]:
    """What makes two tellings the same: type, roles, polarity, and who says so. A one-sided act also needs the same date."""
    sources = tuple(sorted(ref.actor for ref in event.source_actors))
    targets = tuple(sorted(ref.actor for ref in event.target_actors))
    day = None if (sources and targets) or event.date is None else event.date.value
    place = None if sources and targets else event.sentence.start
    said = event.attribution or event.statement
    return (event.type, event.modes, sources, targets, event.negated, event.modality, event.stance, said, day, place)


def _merged(first: Event, second: Event) -> Event:
    surer, other = (second, first) if second.confidence > first.confidence else (first, second)
    trigger = Evidence(other.trigger.start, other.trigger.end, other.trigger.text, "trigger")
    extra = tuple(item for item in (trigger, *other.evidence) if item not in surer.evidence)
    rules = tuple(dict.fromkeys((*surer.found_by, *other.found_by)))
    if surer.date is None or surer.date.timex is None:
        dated = other if other.date is not None and other.date.timex is not None else surer
    else:
        dated = surer
    placed = surer if surer.place is not None else other
    held = [(each.start, each.end) for each in surer.objects]
    added = (each for each in other.objects if (each.start, each.end) not in held)
    objects = tuple(sorted((*surer.objects, *added), key=lambda each: (each.start, each.end)))
    return replace(
        surer, objects=objects, evidence=surer.evidence + extra, found_by=rules, date=dated.date, date_reason=dated.date_reason,
        place=placed.place, place_reason=placed.place_reason,
    )  # fmt: skip
