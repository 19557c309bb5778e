"""An act as it is being read: what it is, who stands in its roles, and which words and rules say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language import Token
from ..records import Modality


@dataclass(slots=True, eq=False)
class Act:
    """One reading of a predicate. Roles hold the head tokens of noun phrases; ``head`` is the outermost predicate."""

    head: Token
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str | None
    sources: list[Token]
    targets: list[Token]
    objects: list[Token]
    chain: tuple[str, ...]  # rule ids, base act first, outermost operator last
    trigger: list[Token]  # the words of the outermost predicate
    cues: list[Token] = field(default_factory=list)  # words of the predicates inside
    negated: bool = False
    modality: Modality = "asserted"
    operators: tuple[str, ...] = ()  # kinds, innermost first
    static: bool = False
    nominal: bool = False
    reciprocal: bool = False
    jointly: str = ""  # its type when two countries do it together
    spoken: bool = False  # whoever says it does it
    weight: float = 1.0
    loose: bool = False  # a role was taken from a phrase that hangs on the predicate, not from a slot of the rule
    inner: Act | None = None
    keeps_inner: bool = False
    target_slots: tuple[str, ...] = ()  # where a light verb may hold the target of the noun inside
    score: float = 0.0  # orders competing readings of one predicate

    @property
    def words(self) -> set[int]:
        """Indices of all tokens that name the act."""
        return {token.index for token in (*self.trigger, *self.cues)}
