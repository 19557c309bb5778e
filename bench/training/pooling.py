"""Finds the weights with which rules and classifier are pooled, on sentences of the corpus that neither was made from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from unittest import mock

from scipy.optimize import minimize

from dateline.events import Judge, Judgement, weighing
from dateline.events.dyads import combining
from dateline.events.dyads.classifier import NOTHING
from dateline.events.dyads.combining import CombiningFile, Pooled
from dateline.events.dyads.judgement import Range
from dateline.language.model import Parser
from dateline.pipeline import Coder

from .instances import Instance

# Nothing is trusted beyond this: a few dozen sentences cannot show it.
LARGEST = 6.0


# A text and the two ranges asked about.
Question = tuple[str, Range | None, Range | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair that the running program asked about: the classifier's judgement, the rules' readings, and the truth."""

    judgement: Judgement
    read: dict[str, float]
    truth: frozenset[str]


class _Recorder:
    """A judge that remembers what it was asked."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._last: Question | None = None
        self.name = judge.name
        self.found: list[tuple[Question, Judgement, dict[str, float]]] = []

    def judge(self, text: str, source: Range | None, target: Range | None) -> Judgement:
        self._last = (text, source, target)
        return self._judge.judge(text, source, target)

    def pool(self, judgement: Judgement, read: dict[str, float]) -> Pooled:
        assert self._last is not None
        self.found.append((self._last, judgement, dict(read)))
        return combining.pool(judgement, read)


def asked(judge: Judge, instances: Sequence[Instance]) -> list[Asked]:
    """What the program asks about the sentences of these pairs, each as a report of its own."""
    by_text: dict[str, list[Instance]] = {}
    for each in instances:
        by_text.setdefault(each.text, []).append(each)
    rows: list[Asked] = []
    recorder = _Recorder(judge)
    coder = Coder(Parser.load(), judge=recorder)
    with mock.patch.object(weighing, "pool", recorder.pool):
        for text, pairs in by_text.items():
            recorder.found.clear()
            coder.code(text)
            for (sentence, source, target), judgement, read in recorder.found:
                start = text.find(sentence)
                truth = {label.type for pair in pairs if _meets(pair, source, target, start) for label in pair.labels}
                rows.append(Asked(judgement, read, frozenset(truth) or frozenset({NOTHING})))
    return rows


def _meets(pair: Instance, source: Range | None, target: Range | None, start: int) -> bool:
    return _overlap(pair.source, source, start) and _overlap(pair.target, target, start)


def _overlap(gold: Range | None, found: Range | None, start: int) -> bool:
    if gold is None or found is None:
        return True  # a side that one of them leaves open is no disagreement
    return gold[0] < found[1] + start and found[0] + start < gold[1]


def learn(rows: Sequence[Asked], now: CombiningFile) -> dict[str, float]:
    """The four weights under which the truth is the least surprising."""

    def surprise(values: Sequence[float]) -> float:
        alpha, rule, confidence, silence = values
        total = 0.0
        by = now.model_copy(
            update={"alpha": max(0.05, alpha), "rule": rule, "rule_confidence": confidence, "silence": silence}
        )
        with mock.patch.object(combining, "weights", return_value=by):
            for row in rows:
                pooled = combining.pool(row.judgement, row.read)
                chances = {**pooled.types, NOTHING: pooled.nothing}
                total -= math.log(max(1e-9, sum(chances.get(kind, 0.0) for kind in row.truth)))
        return total / len(rows) + 1e-4 * sum(value * value for value in values)

    start = [now.alpha, now.rule, now.rule_confidence, now.silence]
    best = minimize(surprise, start, method="Nelder-Mead", options={"maxiter": 160, "xatol": 0.01, "fatol": 1e-4})
    values = [max(-LARGEST, min(LARGEST, float(value))) for value in best.x]
    return dict(zip(("alpha", "rule", "rule_confidence", "silence"), values, strict=True))
