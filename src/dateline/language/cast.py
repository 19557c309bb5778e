"""What the later stages need to know of the actors of a report, without importing the room that finds them."""

from __future__ import annotations

from typing import Protocol

from ..records import Actor, ActorId, ActorRef, Place, Span
from .parse import Token


class Cast(Protocol):
    """The actors of one report and the words that point to them."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor found, the unnamed ones too, in order of first mention."""
        ...

    def actor(self, actor_id: ActorId) -> Actor:
        """The actor with this id; ``KeyError`` if there is none."""
        ...

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        """The actor that the noun phrase headed by ``token`` stands for, with the phrase as its span.

        "Iran's nuclear sites" gives Iran with the whole phrase; "the ministry's spokesman" the spokesman. A pronoun gives
        the actor it points back to. Conjuncts are not followed. Empty when the phrase names no actor.
        """
        ...

    def locate(self, place: Place, span: Span) -> ActorRef:
        """The people and authorities of a place that an act falls on ("shelled Aleppo", "a curfew in Basra"), as an actor.

        It has the country of the place and no sector. ``span`` is one mention of the place.
        """
        ...
