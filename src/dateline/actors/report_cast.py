"""The finished cast of one report."""

from __future__ import annotations

from ..language.parse import Token
from ..records import Actor, ActorId, ActorRef, Mention, Place, PlaceId, ReportId, Span, content_id


class ReportCast:
    """What ``find_actors`` gives: see ``language.cast.Cast``."""

    def __init__(self, report: ReportId, actors: tuple[Actor, ...], refs: dict[int, tuple[ActorRef, ...]]) -> None:
        self._report = report
        self._by_id = {actor.id: actor for actor in actors}
        self._refs = refs
        self._located: dict[PlaceId, ActorId] = {}

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(self._by_id.values())

    def actor(self, actor_id: ActorId) -> Actor:
        return self._by_id[actor_id]

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        return self._refs.get(token.index, ())

    def locate(self, place: Place, span: Span) -> ActorRef:
        mention = Mention(span.start, span.end, span.text, "metonym")
        actor_id = self._located.get(place.id)
        mentions: tuple[Mention, ...] = (mention,)
        if actor_id is None:
            actor_id = self._located[place.id] = ActorId(content_id("a", self._report, "place", place.id))
        elif mention not in (mentions := self._by_id[actor_id].mentions):
            mentions = tuple(sorted((*mentions, mention), key=lambda each: each.start))
        where = f"in {place.country}" if place.country else "in no known country"
        self._by_id[actor_id] = Actor(
            id=actor_id, name=place.name, country=place.country, code=None, sectors=(), role=None, known_as=None,
            mentions=mentions, found_by=(f"place: {place.name} is {where}",),
        )  # fmt: skip
        return ActorRef(span.start, span.end, span.text, actor_id)
