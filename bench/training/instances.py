"""Pairs to learn from and to test on: the corpus of events, sentences of the same shape elsewhere, unlabelled text."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.events.dyads.classifier import NOTHING
from dateline.events.ontology import ontology

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "events"
TYPES = (*sorted(ontology().type), NOTHING)
MODES = tuple(f"{kind}/{mode}" for kind, entry in sorted(ontology().type.items()) for mode in entry.modes)
# One group in ten is never trained on. The split is by story and frame, so that no sentence has its like on the other side.
HELD_OUT = 10
# In data that does not tell them apart.
YIELD = ("CONCEDE", "RETREAT")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """One event between the two: its type, modality, whether it is negated, and its modes ("TYPE/mode")."""

    type: str
    modality: str | None = None
    negated: bool | None = None
    modes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """An ordered pair of a text and what happens between the two; no label is "no event"."""

    text: str
    source: Span | None
    target: Span | None
    labels: tuple[Label, ...]
    group: str
    id: str

    @property
    def held_out(self) -> bool:
        return int(hashlib.sha256(self.group.encode()).hexdigest(), 16) % HELD_OUT == 0

    def types(self) -> list[float]:
        """The chance of each of ``TYPES``: all on one, or shared by the types of a pair with several."""
        names = [label.type for label in self.labels] or [NOTHING]
        shares = [0.0] * len(TYPES)
        for name in names:
            for each in YIELD if name == "YIELD" else (name,):
                shares[TYPES.index(each)] += 1 / len(names) / (2 if name == "YIELD" else 1)
        return shares


def corpus(folder: Path = CORPUS) -> Iterator[Instance]:
    """Every pair of the corpus: of those who can act with those who can act or be acted upon, and the one-sided acts."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _pairs(json.loads(line))


def _pairs(row: dict[str, Any]) -> Iterator[Instance]:
    text, things = row["text"], row.get("things", [])
    at = {words: _place(text, words) for words in [*row["actors"], *things]}
    joined: dict[tuple[str | None, str | None], list[Label]] = {}
    for event in row["events"]:
        modes = tuple(f"{event['type']}/{mode}" for mode in event["modes"])
        label = Label(event["type"], event["modality"], event["negated"], modes)
        for pair in _joined(event):
            joined.setdefault(pair, []).append(label)
    acting = {source for source, target in joined if target is not None}

    def instance(source: str | None, target: str | None) -> Instance:
        return Instance(
            text, at[source] if source else None, at[target] if target else None,
            tuple(joined.get((source, target), ())), row["group"], row["id"],
        )  # fmt: skip

    for source in row["actors"]:
        for target in [*row["actors"], *things]:
            apart = at[source][0] >= at[target][1] or at[target][0] >= at[source][1]
            if source != target and apart:
                yield instance(source, target)
        if (source, None) in joined or source not in acting:
            yield instance(source, None)
    yield from (instance(None, target) for source, target in joined if source is None)


def _joined(event: dict[str, Any]) -> Iterator[tuple[str | None, str | None]]:
    """The pairs that an event joins. One who says that "it" did something is the doer as much as the pronoun is."""
    sources, targets = list(event["source"]), event["target"]
    speaker = event.get("speaker")
    if len(sources) == 1 and sources[0].partition("#")[0].lower() in {"it", "he", "she", "they", "we", "i"} and speaker:
        sources.append(speaker)
    if targets:
        yield from ((source, target) for source in sources or [None] for target in targets if source != target)
    elif len(event["source"]) > 1:
        yield from ((one, other) for one in event["source"] for other in event["source"] if one != other)
    else:
        yield from ((source, None) for source in sources)


def _place(text: str, words: str) -> Span:
    plain, _, number = words.partition("#")
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    return places[int(number or 1) - 1]


def given_pairs(path: Path) -> Iterator[Instance]:
    """Rows of "text", "event_type", "sources" and "targets" (first spans of each), as ``code_dyad`` is asked about them."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            sides = [_first(row["sources"]), _first(row["targets"])]
            yield Instance(row["text"], sides[0], sides[1], (Label(row["event_type"]),), row["id"], row["id"])


def _first(spans: list[dict[str, Any]]) -> Span | None:
    if not spans or spans[0].get("start") is None:
        return None
    return spans[0]["start"], spans[0]["end"]


def sample(instances: Iterable[Instance], per_sentence: float, rng: random.Random) -> list[Instance]:
    """All pairs with an event, and of those without so many a sentence for each with one (at least one a sentence)."""
    by_sentence: dict[str, list[Instance]] = {}
    for each in instances:
        by_sentence.setdefault(each.id, []).append(each)
    chosen = []
    for pairs in by_sentence.values():
        full = [each for each in pairs if each.labels]
        empty = [each for each in pairs if not each.labels]
        chosen += full + rng.sample(empty, min(len(empty), max(1, round(per_sentence * len(full)))))
    return chosen
