"""Learns the weights of the screen (``dateline.events.dyads.screening``) from the corpus of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dateline.events.dyads.candidates import Candidate
from dateline.events.dyads.screening import BIAS, features_of

from .instances import Instance
from .reading import read

RAREST = 4
SMALLEST = 0.08
STRENGTH = 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one candidate, and whether an event of the corpus joins the two."""

    features: tuple[str, ...]
    joined: bool
    held_out: bool


def examples(instances: Sequence[Instance]) -> Iterator[Example]:
    """The candidates of every sentence of the corpus, as the running program finds them."""
    by_text: dict[str, list[Instance]] = {}
    for each in instances:
        by_text.setdefault(each.text, []).append(each)
    for (_, pairs), sentences in zip(by_text.items(), read(by_text), strict=True):
        joined = [each for each in pairs if each.labels]
        for sentence in sentences:
            for candidate in sentence.candidates:
                yield Example(tuple(features_of(candidate)), _is_joined(candidate, joined), pairs[0].held_out)


def _is_joined(candidate: Candidate, pairs: Sequence[Instance]) -> bool:
    return any(
        pair.source is not None
        and pair.target is not None
        and candidate.source.start < pair.source[1]
        and pair.source[0] < candidate.source.end
        and candidate.target.start < pair.target[1]
        and pair.target[0] < candidate.target.end
        for pair in pairs
    )


def learn(found: Sequence[Example]) -> dict[str, float]:
    """Weights by logistic regression on what is not held out; rare features and small weights are dropped."""
    taught = [each for each in found if not each.held_out]
    counts = Counter(feature for each in taught for feature in set(each.features))
    kept = {feature for feature, count in counts.items() if count >= RAREST}
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{name: 1 for name in each.features if name in kept} for each in taught])
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(rows, [each.joined for each in taught])
    weights = {
        str(name): float(weight)
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST
    }
    weights[BIAS] = weights.get(BIAS, 0.0) + float(model.intercept_[0])
    return weights


def passing(weights: dict[str, float], found: Sequence[Example], least: float) -> tuple[float, float]:
    """Of the held-out candidates, the share that passes a threshold, and of those with an event the share that passes."""
    held = [each for each in found if each.held_out]
    passed = numpy.array([sum(weights.get(name, 0.0) for name in each.features) >= least for each in held])
    joined = numpy.array([each.joined for each in held])
    return float(passed.mean()), float(passed[joined].mean())


def write(weights: dict[str, float], path: Path) -> None:
    lines = [
        "# Weights of the screen (events/dyads/screening.py), learned from corpus/events by",
        "# `python bench/train_events.py screen`; not by hand.",
        "feature\tweight",
        *(f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
