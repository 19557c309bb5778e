"""Texts as the running program reads them, up to the candidates for which the classifier may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dateline.actors import find_actors
from dateline.events.dyads.candidates import Candidate, candidates
from dateline.events.reading import Reader
from dateline.events.rules import rulebook
from dateline.language import Parse, Sentence
from dateline.language.model import Parser
from dateline.places import find_places
from dateline.records import HANDED_OVER, RawItem, Report
from dateline.report import build_report
from dateline.statements import find_statements
from dateline.times import find_times

BATCH = 100


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a report, its words, and its candidates."""

    report: Report
    sentence: Sentence
    text: str
    candidates: tuple[Candidate, ...]


def read(texts: Iterable[str]) -> Iterator[list[ReadSentence]]:
    """The sentences of each text, in order."""
    parser, stream = Parser.load(), iter(texts)
    while part := list(islice(stream, BATCH)):
        items = [RawItem(name="text", kind="text", content=each, raw_sha256="", format=HANDED_OVER) for each in part]
        reports = [build_report(item, extractor="precise")[0] for item in items]
        for report, parse in zip(reports, parser.parse_all(reports), strict=True):
            yield list(_sentences(report, parse))


def _sentences(report: Report, parse: Parse) -> Iterator[ReadSentence]:
    times, places, cast = find_times(report, parse), find_places(report, parse), find_actors(report, parse)
    statements = find_statements(report, parse, cast, times, places)
    spans = [cue for statement in statements for cue in statement.cue]
    cues = {token.index for cue in spans for token in parse.tokens_in(cue.start, cue.end)}
    reader = Reader(parse, cast, rulebook())
    for sentence in parse.sentences:
        found = tuple(candidates(sentence, reader.refer, cues, places))
        yield ReadSentence(report, sentence, report.text[sentence.start : sentence.end], found)
