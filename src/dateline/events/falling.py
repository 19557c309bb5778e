"""Where no actor is named, the place that an act falls on stands for its people: "shelled Aleppo", "a curfew in Basra"."""

from __future__ import annotations

from ..language import Cast, Parse, Token
from ..language.clauses import phrase_span
from ..records import ActorRef, Place, Span
from .acts import Act
from .dating import Clock

# Acts that are done to wherever they are done. Words (ACCUSE, REQUEST) and meetings are not.
FALLING = frozenset(
    {"AID", "RETREAT", "CONCEDE", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "THREATEN", "AGREE"}
)
# Those that need no doer: "a curfew in Basra", "the bombing of Aleppo".
_UNSIGNED = frozenset({"COERCE", "ASSAULT"})
_COARSE = {"point": 0, "city": 1, "admin": 2, "country": 3, None: 4}


def falls(act: Act, has_source: bool) -> bool:
    """Whether the act is one that falls on a place."""
    return act.type in (FALLING if has_source else _UNSIGNED)


def fallen_on(act: Act, parse: Parse, cast: Cast, clock: Clock, places: tuple[Place, ...]) -> list[ActorRef]:
    """The places in the act's own objects, else the place where it happened; none where no place is tied to the act."""
    named = [_inside(phrase_span(parse, thing), places) for thing in act.objects]
    found = list(dict.fromkeys(each for each in named if each is not None))
    if found:
        return [cast.locate(*each) for each in found]
    place, token, _ = clock.place_of(act, {each.index for each in act.sources})
    if place is None or token is None:
        return []
    return [cast.locate(place, _mention(place, token))]


def _inside(span: Span, places: tuple[Place, ...]) -> tuple[Place, Span] | None:
    """The finest place that the words name, with its mention."""
    found = [
        (place, mention)
        for place in places
        for mention in place.mentions
        if span.start <= mention.start and mention.end <= span.end
    ]
    return min(found, key=lambda each: (_COARSE[each[0].precision], each[1].start), default=None)


def _mention(place: Place, token: Token) -> Span:
    for mention in place.mentions:
        if mention.start < token.end and token.start < mention.end:
            return mention
    return place.mentions[0]
