"""Fixtures that every room shares: the parser, loaded once, and a short way from a text to its report and parse."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

# One BLAS thread: the model is small, and threads fight over the cores when pytest runs with workers.
# Set before numpy is first imported, which is the only time that it is read.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from dateline.records import RawItem, Report

if TYPE_CHECKING:
    from dateline.events import Judgement
    from dateline.language.model import Parser
    from dateline.language.parse import Parse
    from dateline.pipeline import Coder

# The same examples on every machine, so that a change is judged by what it changes; DATELINE_EXPLORE=1 looks for new ones.
settings.register_profile("repeatable", derandomize=True)
if not os.environ.get("DATELINE_EXPLORE"):
    settings.load_profile("repeatable")

ParseText = Callable[..., tuple[Report, "Parse"]]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The language model, loaded once for the whole run (about two seconds)."""
    from dateline.language.model import Parser

    return Parser.load()


@pytest.fixture(scope="session")
def rule_coder(parser: Parser) -> Coder:
    """A coder by rules alone, as ``dateline.load(fast=True)`` gives it."""
    from dateline.pipeline import Coder

    return Coder(parser)


class StandInJudge:
    """A judge without a model: what it says of a pair is drawn from the digest of text and spans, and so is always the same."""

    name = "stand-in-judge-1"

    def judge(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Judgement:
        from dateline.events import Judgement
        from dateline.events.ontology import ontology

        drawn = hashlib.sha256(repr((text, source, target)).encode("utf-8", "surrogatepass")).digest()
        kinds = sorted(ontology().type)
        chances = dict.fromkeys(kinds, 0.2 / len(kinds))
        silent = drawn[0] % 2 == 0
        if not silent:
            chances[kinds[drawn[1] % len(kinds)]] += 0.7
        return Judgement(
            types=chances,
            nothing=0.8 if silent else 0.1,
            modality={"asserted": 0.7, "future": 0.1, "hypothetical": 0.1, "historical": 0.1},
            negated=drawn[2] / 255,
            modes={f"{kind}/{mode}": drawn[3] / 255 for kind in kinds for mode in ontology().type[kind].modes},
        )


@pytest.fixture(scope="session")
def judge() -> StandInJudge:
    return StandInJudge()


@pytest.fixture(scope="session")
def weighing_coder(parser: Parser, judge: StandInJudge) -> Coder:
    """A coder that weighs its rules against the stand-in judge."""
    from dateline.pipeline import Coder

    return Coder(parser, judge=judge)


@pytest.fixture(scope="session")
def report_from() -> Callable[..., Report]:
    """``report_from(text, published="2024-03-04", …)``: the report of a plain text, without a parse."""
    from dateline.report import build_report

    def build(text: str, **fields: Any) -> Report:
        fields.setdefault("kind", "text")
        if "published" in fields:
            fields.setdefault("published_from", "given")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        item = RawItem(name="test", content=text, raw_sha256=digest, **fields)
        report, _warnings = build_report(item)
        return report

    return build


@pytest.fixture(scope="session")
def parse_text(parser: Parser, report_from: Callable[..., Report]) -> ParseText:
    """``report, parse = parse_text(text, published="2024-03-04", …)``: a plain text as a parsed report.

    Keyword arguments are fields of ``RawItem``: ``published``, ``outlet``, ``headline``, ``url``, ``kind`` …
    """

    def parse(text: str, **fields: Any) -> tuple[Report, Parse]:
        report = report_from(text, **fields)
        return report, parser.parse(report)

    return parse


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes by the name of their argument: packed ones hold the time, and the workers must agree on the names of tests."""
    return argname if isinstance(val, bytes) and (len(val) > 24 or not val.isascii()) else None
