#!/usr/bin/env python3
"""Measures find_times against gold TIMEX3: runs the parser and the stage, then the given scorer, on each gold file.

    python bench/times.py --gold timebank.jsonl aquaint.jsonl --evals evals/times/score.py [--errors 40] [--limit 50]

A gold line holds an id, the text, its ``dct`` (the day or time of publication) and its timexes. Prints one line a file:
the scorer's F1 figures and the stage's processor time for 390 words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dateline.language.model import Parser
from dateline.records import RawItem, Report
from dateline.report import build_report
from dateline.times import find_times

WORDS_A_REPORT = 390
FIGURES = ("strict", "relaxed", "type", "value", "strict_value")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gold", type=Path, nargs="+", required=True)
    arguments.add_argument("--evals", type=Path, required=True, help="the scorer")
    arguments.add_argument("--errors", type=int, default=0, help="print so many wrong values")
    arguments.add_argument("--limit", type=int, default=None, help="only the first so many reports")
    args = arguments.parse_args()
    parser = Parser.load()
    for gold in args.gold:
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()][: args.limit]
        predictions, seconds = predict(parser, rows)
        scored = score(args.evals, rows, predictions, args.errors)
        words = sum(len(row["text"].split()) for row in rows)
        figures = " ".join(f"{name}={scored[name]['f1']:.3f}" for name in FIGURES)
        print(f"{gold.stem} {figures} ms_per_{WORDS_A_REPORT}_words={1000 * seconds / words * WORDS_A_REPORT:.2f}")
        for error in scored.get("errors", ()):
            print("  ", json.dumps(error, ensure_ascii=False))


def report_of(row: dict[str, Any]) -> Report:
    digest = hashlib.sha256(row["text"].encode()).hexdigest()
    item = RawItem(
        name=row["id"],
        kind="text",
        content=row["text"],
        raw_sha256=digest,
        published=row["dct"],
        published_from="given",
    )
    return build_report(item)[0]


def predict(parser: Parser, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
    """The predictions of all rows, and the processor time that the stage alone took."""
    reports = [report_of(row) for row in rows]
    parses = list(parser.parse_all(reports))
    find_times(reports[0], parses[0])  # loads the rules
    start = time.process_time()
    found = [find_times(report, parse) for report, parse in zip(reports, parses, strict=True)]
    seconds = time.process_time() - start
    predictions = [
        {
            "id": row["id"],
            "timexes": [
                {"start": timex.start, "end": timex.end, "type": timex.type, "value": timex.value} for timex in timexes
            ],
        }
        for row, timexes in zip(rows, found, strict=True)
    ]
    return predictions, seconds


def score(scorer: Path, rows: list[dict[str, Any]], predictions: list[dict[str, Any]], errors: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        paths = (Path(folder, "gold.jsonl"), Path(folder, "pred.jsonl"))
        for path, lines in zip(paths, (rows, predictions), strict=True):
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        command = [sys.executable, str(scorer), *map(str, paths), "--errors", str(errors)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    plain: dict[str, Any] = json.loads(run.stdout)
    return plain


if __name__ == "__main__":
    main()
