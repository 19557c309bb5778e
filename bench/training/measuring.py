"""Scores of a classifier's judgements: macro-F1 over classes, and what users ask of "no event"."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from dateline.events.dyads.classifier import MODALITIES, NOTHING
from dateline.events.ontology import ontology

from .instances import TYPES, YIELD, Instance

HOSTILE = ("verbal_conflict", "material_conflict")


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> tuple[float, dict[str, float]]:
    """The mean F1 over the gold classes, and each."""
    each = {}
    for name in sorted(set(gold)):
        right = sum(g == name == s for g, s in zip(gold, said, strict=True))
        total = gold.count(name) + said.count(name) if isinstance(gold, list) and isinstance(said, list) else 0
        each[name] = 2 * right / total if total else 0.0
    return sum(each.values()) / len(each), each


def given_pair_scores(instances: Sequence[Instance], chances: Tensor) -> dict[str, float]:
    """Root (CONCEDE and RETREAT as one), quad and binary macro-F1 where there is an event between the two for sure."""
    gold = [_folded(each.labels[0].type) for each in instances]
    said = [_best(row) for row in chances.tolist()]
    quads = {name: entry.quad for name, entry in ontology().type.items()} | {"YIELD": ontology().type["RETREAT"].quad}
    scores = {"root": macro_f1(gold, said)[0]}
    scores["quad"] = macro_f1([quads[g] for g in gold], [quads[s] for s in said])[0]
    sides = [[str(quads[name] in HOSTILE) for name in names] for names in (gold, said)]
    scores["binary"] = macro_f1(*sides)[0]
    scores["accuracy"] = sum(g == s for g, s in zip(gold, said, strict=True)) / len(gold)
    return {name: round(value, 4) for name, value in scores.items()}


def _folded(name: str) -> str:
    return "YIELD" if name in YIELD else name


def _best(chances: list[float]) -> str:
    folded: dict[str, float] = {}
    for name, chance in zip(TYPES, chances, strict=True):
        if name != NOTHING:
            folded[_folded(name)] = folded.get(_folded(name), 0.0) + chance
    return max(folded, key=lambda name: folded[name])


def pair_scores(instances: Sequence[Instance], chances: Tensor) -> dict[str, float]:
    """Over all pairs, those without an event too: how often what is said is right, found, and rightly silent."""
    gold = [{label.type for label in each.labels} or {NOTHING} for each in instances]
    said = [TYPES[index] for index in chances.argmax(-1).tolist()]
    spoken = [(g, s) for g, s in zip(gold, said, strict=True) if s != NOTHING]
    silent = [g for g, s in zip(gold, said, strict=True) if s == NOTHING]
    full = [(g, s) for g, s in zip(gold, said, strict=True) if NOTHING not in g]
    return {
        "pairs": len(gold),
        "precision": round(sum(s in g for g, s in spoken) / max(1, len(spoken)), 4),
        "recall": round(sum(s in g for g, s in full) / max(1, len(full)), 4),
        "no-event precision": round(sum(NOTHING in g for g in silent) / max(1, len(silent)), 4),
    }


def status_scores(instances: Sequence[Instance], status: Tensor) -> dict[str, float]:
    """How often modality and negation of the pairs with an event are right."""
    rows = [at for at, each in enumerate(instances) if each.labels and each.labels[0].modality is not None]
    kinds = status[:, : len(MODALITIES)].argmax(-1).tolist()
    negated = (status[:, len(MODALITIES)] > 0).tolist()
    labels = [(at, instances[at].labels[0]) for at in rows]
    return {
        "modality": round(sum(MODALITIES[kinds[at]] == label.modality for at, label in labels) / max(1, len(rows)), 4),
        "negation": round(sum(negated[at] == label.negated for at, label in labels) / max(1, len(rows)), 4),
    }
