"""What the classifier says of one pair, and what the rest of the room needs of a classifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...records import Modality

# A half-open range of code points in the text that is judged.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Calibrated probabilities for one ordered pair. ``types`` sum with ``nothing`` to 1.

    ``types`` has every PLOVER type, ``modes`` each "TYPE/mode" given that there is an event of that type,
    ``modality`` and ``negated`` are given that there is an event.
    """

    types: dict[str, float]
    nothing: float
    modality: dict[Modality, float]
    negated: float
    modes: dict[str, float]

    def best(self) -> str:
        """The most probable type, "no event" left aside."""
        return max(self.types, key=lambda name: self.types[name])

    def modes_of(self, kind: str) -> tuple[str, ...]:
        """The modes of this type that are more probable than not, the most probable first."""
        prefix = f"{kind}/"
        found = [(chance, name) for name, chance in self.modes.items() if name.startswith(prefix) and chance >= 0.5]
        return tuple(name.removeprefix(prefix) for _, name in sorted(found, key=lambda each: (-each[0], each[1])))


class Judge(Protocol):
    """Judges ordered pairs of a text. The same pair of the same text always gets the same judgement."""

    @property
    def name(self) -> str:
        """Name and version, for ``found_by`` and provenance."""
        ...

    def judge(self, text: str, source: Range | None, target: Range | None) -> Judgement:
        """What ``text[source]`` does to ``text[target]``; a side that is ``None`` is not in the text."""
        ...
