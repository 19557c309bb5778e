"""Pairs of unlabelled news text for a teacher to judge: those that the screen would let through, and some beside them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.events.dyads.screening import score

from .instances import Instance
from .reading import ReadSentence, read

MAX_CHARACTERS = 12_000
# Shorter ones are fragments, longer ones lists.
SENTENCE_CHARACTERS = range(25, 330)
LOWEST_SCORE = -3.0
BEST, OTHERS = 2, 1


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The "text" of every line, its beginning for very long ones."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text")
                if text:
                    yield text[:MAX_CHARACTERS]


def pairs_of(texts: Iterable[str], rng: random.Random) -> Iterator[Instance]:
    """A few pairs of every sentence with candidates: the likeliest to hold an event, and one of the rest."""
    seen = set[str]()
    for sentences in read(texts):
        for sentence in sentences:
            if len(sentence.text) in SENTENCE_CHARACTERS and sentence.text not in seen:
                seen.add(sentence.text)
                yield from _of_sentence(sentence, rng)


def _of_sentence(sentence: ReadSentence, rng: random.Random) -> Iterator[Instance]:
    ranked = [(score(each), each) for each in sentence.candidates]
    ranked = sorted((each for each in ranked if each[0] > LOWEST_SCORE), key=lambda each: -each[0])
    rest, start, report = ranked[BEST:], sentence.sentence.start, sentence.report.id
    for _, each in ranked[:BEST] + rng.sample(rest, min(OTHERS, len(rest))):
        source = (each.source.start - start, each.source.end - start)
        target = (each.target.start - start, each.target.end - start)
        yield Instance(sentence.text, source, target, (), report, report)
