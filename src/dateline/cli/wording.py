"""The short phrases that a page is made of: who an actor is, how an event stands, when it happened."""

from __future__ import annotations

from ..records import Actor, ActorId, Event, EventDate, Place, PlaceId, Record, Statement, StatementId

# What to say of each kind of rejection in a summary; others go by the name of their class.
REJECTED = {
    "IntakeError": "cannot be read as a report",
    "FetchError": "could not be fetched",
    "DamagedError": "damaged",
    "CutOffError": "cut off",
    "FalseLengthError": "not as long as it says",
    "NoRecordError": "bytes that belong to no record",
    "LockedError": "encrypted, or packed in a way that is not read",
    "TooMuchError": "too large, too many or too deep",
    "StoreError": "not sound enough to be stored",
}


class Phrases:
    """Phrases about the findings of one record, by id."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._actors = {actor.id: actor for actor in record.actors}
        self._places = {place.id: place for place in record.places}
        self._statements = {statement.id: statement for statement in record.statements}

    def actor(self, key: ActorId) -> Actor | None:
        return self._actors.get(key)

    def place(self, key: PlaceId | None) -> Place | None:
        return self._places.get(key) if key else None

    def statement(self, key: StatementId | None) -> Statement | None:
        return self._statements.get(key) if key else None

    def name(self, key: ActorId) -> str:
        """ "Maria Zakharova (RUS GOV)" """
        actor = self._actors.get(key)
        if actor is None:
            return key
        codes = " ".join(part for part in (actor.country or actor.code, *actor.sectors) if part)
        return f"{actor.name} ({codes})" if codes else actor.name

    def parties(self, keys: list[ActorId]) -> str:
        """Each actor once, in order."""
        return ", ".join(self.name(key) for key in dict.fromkeys(keys))

    def where(self, key: PlaceId | None) -> str | None:
        place = self.place(key)
        if place is None:
            return None
        return f"{place.name} ({place.country})" if place.country and place.country != place.name else place.name

    def said_by(self, event: Event) -> str | None:
        """Who vouches for the event, nearest first: "Maria Zakharova (RUS GOV), relayed by AFP"."""
        if not event.attribution:
            return None
        first, *rest = (self.name(key) for key in event.attribution)
        return f"{first}, relayed by {', '.join(rest)}" if rest else first


def when(date: EventDate | None) -> str | None:
    """The date as it is known: a day, the days that it spans, or what the words alone say ("XXXX-03")."""
    return None if date is None else days(date.earliest, date.latest) or date.value


def days(first: str | None, last: str | None) -> str | None:
    """ "2024-03-04", "2024-03-01 to 2024-03-31", "by 2024-03-04", "from 2024-03-04" """
    if first == last:
        return first
    if first is None:
        return f"by {last}"
    return f"from {first}" if last is None else f"{first} to {last}"


def standing(event: Event) -> list[str]:
    """The words of warning that an event carries when it is not simply said to have happened."""
    marks = []
    if event.negated:
        marks.append("NOT SO")
    if event.stance not in {"asserts", "asserted"}:
        marks.append(
            {"denies": "DENIED", "doubts": "DOUBTED", "demands": "DEMANDED"}.get(event.stance, event.stance.upper())
        )
    if event.modality != "asserted":
        marks.append({"future": "STILL TO COME"}.get(event.modality, event.modality.upper()))
    return marks


def act(event: Event) -> str:
    """ "MOBILIZE troops" """
    return " ".join((event.type, *event.modes))
