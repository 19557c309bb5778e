"""A quick look at a candidate pair before the encoder is asked: a linear score of the predicate and of the two paths to it.

Path features between two names are the classic ones of relation extraction (Bunescu and Mooney, HLT 2005). The weights
(``rules/en/dyads/screen.tsv``) are learned from the corpus of events by ``bench/train_events.py screen``. The threshold
(``ask`` in ``combining.toml``) trades pairs that are never asked about for time; docs/benchmarks.md says how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ...language import Token
from ...rulefiles import read_table
from .candidates import Candidate

BIAS = "bias"
MAX_STEPS = 6
COLUMNS = ("feature", "weight")


def features_of(candidate: Candidate) -> Iterator[str]:
    """The features of a candidate as strings."""
    trigger, source, target = candidate.trigger, candidate.source.token, candidate.target.token
    word = f"{trigger.lemma}/{trigger.tag[0]}"
    from_source, from_target = path(source, trigger), path(target, trigger)
    order = "st" if source.index < target.index else "ts"
    yield BIAS
    yield f"w {word}"
    yield f"s {from_source}"
    yield f"t {from_target}"
    yield f"st {from_source} {from_target}"
    yield f"wt {word} {from_target}"
    yield f"ws {word} {from_source}"
    yield f"o {order} {min(4, abs(source.index - target.index) // 5)}"
    yield f"k {source.tag[:3]} {target.tag[:3]}"
    yield f"r {trigger.dep} {trigger.is_root}"


def path(token: Token, top: Token) -> str:
    """The labels from a word up to the predicate, prepositions by name: "pobj>against"."""
    steps: list[str] = []
    for _ in range(MAX_STEPS):
        if token is top:
            return ">".join(steps)
        steps.append(token.lower if token.dep in {"prep", "agent"} else token.dep)
        if token.head is token:
            break
        token = token.head
    return "far" if token is not top else ">".join(steps)


@cache
def weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("en/dyads/screen.tsv", COLUMNS)}


def score(candidate: Candidate) -> float:
    """The higher, the more probable an event: the logarithm of its odds."""
    known = weights()
    return sum(known.get(feature, 0.0) for feature in features_of(candidate))
