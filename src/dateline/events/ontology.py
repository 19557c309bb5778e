"""PLOVER's types and modes with their scores, quad classes and CAMEO codes, and what operators make of acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from ..errors import RuleError
from ..rulefiles import RuleModel, read_table, read_toml

TargetRule = Literal["addressee", "inner-target", "inner-source"]
OperatorKind = Literal[
    "intend",
    "offer",
    "announce",
    "threaten",
    "expect",
    "demand",
    "own-peace",
    "rally",
    "refuse",
    "not-refuse",
    "stop",
    "ease",
    "allow",
    "accuse",
    "investigate",
    "praise",
    "criticise",
    "attempt",
    "do",
]


class ModeEntry(RuleModel):
    """A mode: its PLOVER score and the nearest CAMEO code."""

    score: float
    cameo: str


class TypeEntry(RuleModel):
    """An event type: quad class, base score, nearest CAMEO code and modes."""

    quad: str
    score: float
    cameo: str
    modes: dict[str, ModeEntry] = Field(default_factory=dict)


class OntologyFile(RuleModel):
    """``rules/ontology/plover.toml``: ``version`` names the editions, ``score_scale`` the table of the scores."""

    version: str
    score_scale: str
    type: dict[str, TypeEntry]


class Composition(RuleModel):
    """One row of the composition table: ``on`` lists "TYPE", "TYPE/mode" or "*"."""

    operator: OperatorKind
    on: tuple[str, ...]
    type: str
    modes: tuple[str, ...] = ()
    modes_from: dict[str, str] = Field(default_factory=dict)
    target: tuple[TargetRule, ...]
    keeps_inner: bool = False
    modality: Literal["hypothetical", "future"] | None = None


class CompositionFile(RuleModel):
    """``rules/ontology/composition.toml``."""

    compose: tuple[Composition, ...]


@cache
def cameo_types() -> dict[str, frozenset[str]]:
    """CAMEO code of three or four digits → the PLOVER types that it stands for; none for comments and appeals (01, 02)."""
    columns = ("code", "crosswalk", "also", "note")
    return {
        row["code"]: frozenset(name for name in (row["crosswalk"], row["also"]) if name != "-")
        for row in read_table("ontology/cameo.tsv", columns)
    }


@cache
def ontology() -> OntologyFile:
    """Types, modes, scores and codes; raises ``RuleError`` for a CAMEO code that does not exist or stands for another type."""
    found = read_toml("ontology/plover.toml", OntologyFile)
    for name, entry in found.type.items():
        for code in (entry.cameo, *(mode.cameo for mode in entry.modes.values())):
            if name not in cameo_types().get(code, ()):
                raise RuleError(
                    f"rules/ontology/plover.toml: {name} has the CAMEO code {code}, which is not one of its own"
                )
    return found


@cache
def _compositions() -> dict[str, tuple[Composition, ...]]:
    found: dict[str, list[Composition]] = {}
    for row in read_toml("ontology/composition.toml", CompositionFile).compose:
        found.setdefault(row.operator, []).append(row)
    return {operator: tuple(rows) for operator, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Coding:
    """The numbers and codes that follow from type and modes. ``score`` is on PLOVER's scale, -10 to 10."""

    quad: str
    score: float
    scale: str
    cameo: str


def code_of(event_type: str, modes: tuple[str, ...], cameo: str | None = None) -> Coding:
    """Quad class, score and CAMEO code; the first mode decides, then the type's base values."""
    entry = ontology().type[event_type]
    mode = entry.modes.get(modes[0]) if modes else None
    score = mode.score if mode else entry.score
    return Coding(entry.quad, score, ontology().score_scale, cameo or (mode.cameo if mode else entry.cameo))


# An operator with rows of its own for some acts, and those of a more general one for the rest.
_GENERAL_KIND = {"offer": "intend", "announce": "do", "rally": "demand", "own-peace": "demand", "threaten": "intend"}


def composition(operator: str, event_type: str, modes: tuple[str, ...]) -> Composition | None:
    """The first row of the table that covers this operator on an act of this type and these modes."""
    wanted = {"*", event_type, *(f"{event_type}/{mode}" for mode in modes)}
    for row in _compositions().get(operator, ()):
        if wanted.intersection(row.on):
            return row
    general = _GENERAL_KIND.get(operator)
    return composition(general, event_type, modes) if general else None


def composed_modes(row: Composition, event_type: str, modes: tuple[str, ...]) -> tuple[str, ...]:
    """The modes of the composed act: fixed, taken from the act inside, or the act's own when the type stays."""
    if row.type == "same" or (row.type == event_type and not row.modes and not row.modes_from):
        return modes
    for mode in modes:
        if f"{event_type}/{mode}" in row.modes_from:
            return (row.modes_from[f"{event_type}/{mode}"],)
    if event_type in row.modes_from:
        return (row.modes_from[event_type],)
    return row.modes
