"""The finished cast of one report."""

from __future__ import annotations

from ..language.parse import Token
from ..records import Actor, ActorId, ActorRef


class ReportCast:
    """What ``find_actors`` gives: see ``language.cast.Cast``."""

    def __init__(self, actors: tuple[Actor, ...], refs: dict[int, tuple[ActorRef, ...]]) -> None:
        self._actors = actors
        self._by_id = {actor.id: actor for actor in actors}
        self._refs = refs

    @property
    def actors(self) -> tuple[Actor, ...]:
        return self._actors

    def actor(self, actor_id: ActorId) -> Actor:
        return self._by_id[actor_id]

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        return self._refs.get(token.index, ())
