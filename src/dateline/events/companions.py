"""What shows only once an act is read whole: the second act that its words name, who of host and visitor acts, how many meet."""

from __future__ import annotations

from ..language.clauses import prepositions
from .acts import Act
from .frames import base_act, fits
from .modality import modality_of
from .reading import Reader
from .rules import Trigger


def complete(acts: list[Act], reader: Reader) -> list[Act]:
    """Turns and counts the parties of these acts in place, and gives the further acts that their words name."""
    for act in acts:
        _turn(act, reader)
        _count_parties(act, reader)
    return [each for act in acts for each in _companions(act, reader)]


def _turn(act: Act, reader: Reader) -> None:
    """The visitor acts and not the host, once the visit is made; an intention to receive is the host's own."""
    base = _base(act)
    frame = reader.book.by_id.get(act.chain[0]) if base is not None else None
    if frame is not None and frame.turned and act.type == frame.type and act.targets and not modality_of(act.head)[1]:
        act.sources, act.targets = act.targets, act.sources


def _count_parties(act: Act, reader: Reader) -> None:
    base = _base(act)
    frame = reader.book.by_id.get(act.chain[0]) if base is not None else None
    if frame is None or not frame.many or act.modes or act.type != frame.type:
        return
    parties = set()
    for token in (*act.sources, *act.targets):
        owners = prepositions(token).get("of", []) if token.tag == "NNS" else []
        for each in owners if len(owners) > 1 else [token]:
            for ref in reader.refer(each):
                actor = reader.cast.actor(ref.actor)
                if actor.country or actor.code or each.is_proper:  # "the two countries" are those named elsewhere
                    parties.add(actor.country or actor.code or actor.id)
    if len(parties) > 2:
        act.modes, act.cameo = (frame.many,), None


def _base(act: Act) -> Act | None:
    """The base act, where nothing but a light verb stands around it."""
    if any(kind != "do" for kind in act.operators):
        return None
    while act.inner is not None:
        act = act.inner
    return act


def _companions(act: Act, reader: Reader) -> list[Act]:
    """The further acts that its words name: who extradites a man to another state works with that state, and deports him."""
    base = _base(act)
    frame = reader.book.by_id.get(act.chain[0])
    if base is None or frame is None:
        return []
    found = []
    for name in frame.also:
        other, slots = reader.book.by_id[name], reader.slots(base.head)
        second = (
            base_act(Trigger((), other), base.head, slots, reader.is_actor, reader.book)
            if fits(other, slots, reader.book, reader.is_actor)
            else None
        )
        if second is not None and second.targets:
            second.negated = act.negated
            second.sources = second.sources or list(act.sources)
        if second is not None and second.targets and (second.sources or not second.nominal):
            found.append(second)
    return found
