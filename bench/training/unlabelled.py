"""Pairs of unlabelled news text for a teacher to judge: those that the screen lets through, found by the shipped parser."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from dateline.actors import find_actors
from dateline.events.dyads.candidates import Candidate, candidates
from dateline.events.dyads.screening import score
from dateline.events.reading import Reader
from dateline.events.rules import rulebook
from dateline.language import Parse
from dateline.language.model import Parser
from dateline.records import HANDED_OVER, RawItem, Report
from dateline.report import build_report

from .instances import Instance

MAX_CHARACTERS = 12_000
BATCH = 40
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
    parser, seen, stream = Parser.load(), set[str](), iter(texts)
    while part := list(islice(stream, BATCH)):
        items = [RawItem(name="text", kind="text", content=each, raw_sha256="", format=HANDED_OVER) for each in part]
        reports = [build_report(item, extractor="precise")[0] for item in items]
        for report, parse in zip(reports, parser.parse_all(reports), strict=True):
            yield from _of_report(report, parse, seen, rng)


def _of_report(report: Report, parse: Parse, seen: set[str], rng: random.Random) -> Iterator[Instance]:
    reader = Reader(parse, find_actors(report, parse), rulebook())
    for sentence in parse.sentences:
        text = report.text[sentence.start : sentence.end]
        if len(text) not in SENTENCE_CHARACTERS or text in seen:
            continue
        seen.add(text)
        ranked = [(score(each), each) for each in candidates(sentence, reader.refer, set())]
        ranked = sorted((each for each in ranked if each[0] > LOWEST_SCORE), key=lambda each: -each[0])
        rest = ranked[BEST:]
        for _, each in ranked[:BEST] + rng.sample(rest, min(OTHERS, len(rest))):
            yield _instance(text, sentence.start, each, report.id)


def _instance(text: str, start: int, candidate: Candidate, report: str) -> Instance:
    source, target = candidate.source, candidate.target
    return Instance(
        text, (source.start - start, source.end - start), (target.start - start, target.end - start), (), report, report
    )
