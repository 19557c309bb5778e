"""Learns the weights of the screen (``dateline.events.dyads.screening``) from the corpus of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dateline.actors import find_actors
from dateline.events.dyads.candidates import candidates
from dateline.events.dyads.screening import BIAS, features_of
from dateline.events.reading import Reader
from dateline.events.rules import rulebook
from dateline.language.model import Parser
from dateline.records import HANDED_OVER, RawItem
from dateline.report import build_report

from .instances import Instance

RAREST = 4
SMALLEST = 0.08
STRENGTH = 0.1
BATCH = 200


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one candidate, and whether an event of the corpus joins the two."""

    features: tuple[str, ...]
    joined: bool
    held_out: bool


def examples(instances: Sequence[Instance]) -> Iterator[Example]:
    """The candidates of every sentence of the corpus, found by the shipped parser and actors."""
    by_text: dict[str, list[Instance]] = {}
    for each in instances:
        by_text.setdefault(each.text, []).append(each)
    parser, texts = Parser.load(), list(by_text)
    for at in range(0, len(texts), BATCH):
        part = texts[at : at + BATCH]
        items = [RawItem(name="text", kind="text", content=text, raw_sha256="", format=HANDED_OVER) for text in part]
        reports = [build_report(item, extractor="precise")[0] for item in items]
        for text, report, parse in zip(part, reports, parser.parse_all(reports), strict=True):
            pairs = [each for each in by_text[text] if each.labels and each.source and each.target]
            reader = Reader(parse, find_actors(report, parse), rulebook())
            for sentence in parse.sentences:
                for candidate in candidates(sentence, reader.refer, set()):
                    source, target = candidate.source, candidate.target
                    joined = any(
                        source.start < pair.source[1] and pair.source[0] < source.end
                        and target.start < pair.target[1] and pair.target[0] < target.end
                        for pair in pairs if pair.source and pair.target
                    )  # fmt: skip
                    yield Example(tuple(features_of(candidate)), joined, by_text[text][0].held_out)


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
