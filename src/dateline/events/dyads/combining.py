"""Rules and classifier together: a log-linear pool of what each says of a pair.

The chance of a type is what the classifier gives it, raised to ``alpha``, and weighed up where a rule reads just this type;
"no event" is weighed by ``silence`` where no rule reads anything (Genest and Zidek, Statistical Science 1986, on pooling).
The weights stand in ``rules/en/dyads/combining.toml``, with how they were chosen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from ...rulefiles import RuleModel, read_toml
from .judgement import Judgement

_FLOOR = 1e-6


class CombiningFile(RuleModel):
    """``combining.toml``: the weights of the pool, the chances below which nothing is written, and the screen's score to be asked."""

    alpha: float = Field(gt=0)
    rule: float
    rule_confidence: float
    silence: float
    keep: float = Field(ge=0, le=1)
    propose: float = Field(ge=0, le=1)
    ask: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """Chances of the types of one pair; they sum with ``nothing`` to 1."""

    types: dict[str, float]
    nothing: float

    def ranked(self) -> list[tuple[str, float]]:
        """Types from the most to the least probable."""
        return sorted(self.types.items(), key=lambda each: (-each[1], each[0]))


@cache
def weights() -> CombiningFile:
    return read_toml("en/dyads/combining.toml", CombiningFile)


def pool(judgement: Judgement, read: dict[str, float]) -> Pooled:
    """``read`` gives the confidence of the rules for each type that they read of this pair; empty where they are silent."""
    by = weights()
    scores = {kind: by.alpha * math.log(max(chance, _FLOOR)) for kind, chance in judgement.types.items()}
    for kind, confidence in read.items():
        scores[kind] += by.rule + by.rule_confidence * (confidence - 0.8)
    nothing = by.alpha * math.log(max(judgement.nothing, _FLOOR)) + (0.0 if read else by.silence)
    top = max(nothing, *scores.values())
    powers = {kind: math.exp(value - top) for kind, value in scores.items()}
    total = sum(powers.values()) + math.exp(nothing - top)
    return Pooled({kind: value / total for kind, value in powers.items()}, math.exp(nothing - top) / total)
