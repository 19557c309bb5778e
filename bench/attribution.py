#!/usr/bin/env python3
"""Measures find_statements against gold attributions: runs the stages it needs, then the given scorer, on each gold file.

    python bench/attribution.py --gold dev.jsonl --evals evals/attribution/score.py [--limit 20] [--nested]

The gold marks no attribution inside another one's content, so statements whose cue lies in the content of another are
left out of the prediction; ``--nested`` keeps them. Prints the scorer's figures and CPU time a report.
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

from dateline.actors import find_actors
from dateline.language.model import Parser
from dateline.records import RawItem, Statement
from dateline.report import build_report
from dateline.statements import find_statements

Attribution = dict[str, list[list[int]]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gold", type=Path, nargs="+", required=True)
    arguments.add_argument("--evals", type=Path, required=True, help="the scorer")
    arguments.add_argument("--limit", type=int, default=None, help="only the first so many reports")
    arguments.add_argument("--nested", action="store_true", help="keep attributions inside attributions")
    args = arguments.parse_args()
    parser = Parser.load()
    for gold in args.gold:
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()][: args.limit]
        predictions, stage, whole = predict(parser, rows, args.nested)
        figures = score(args.evals, rows, predictions)
        linked = {role: figures["linked"][role]["half"] for role in ("source_content", "source", "content")}
        print(
            json.dumps(
                {"gold": gold.stem, "linked_half": linked, "recall_by_kind": figures["recall_by_kind"]}, indent=1
            )
        )
        print(
            f"ms a report: statements {1000 * stage / len(rows):.1f}, with parse and actors {1000 * whole / len(rows):.1f}"
        )


def predict(parser: Parser, rows: list[dict[str, Any]], nested: bool) -> tuple[list[dict[str, Any]], float, float]:
    """Predictions in the scorer's form, and CPU seconds of the stage alone and with the parse and the actors."""
    predictions, stage = [], 0.0
    begin = time.process_time()
    for row in rows:
        digest = hashlib.sha256(row["text"].encode()).hexdigest()
        item = RawItem(
            name=row["id"],
            kind="text",
            content=row["text"],
            raw_sha256=digest,
            published=row.get("date"),
            published_from="given",
        )
        report, _ = build_report(item)
        parse = parser.parse(report)
        cast = find_actors(report, parse)
        started = time.process_time()
        statements = find_statements(report, parse, cast, (), ())
        stage += time.process_time() - started
        found = [plain(statement) for statement in statements]
        predictions.append({"id": row["id"], "attributions": found if nested else outermost(found)})
    return predictions, stage, time.process_time() - begin


def plain(statement: Statement) -> Attribution:
    """The three roles as lists of [start, end]."""
    roles = {"source": statement.speakers, "cue": statement.cue, "content": statement.content}
    return {role: [[span.start, span.end] for span in spans] for role, spans in roles.items()}


def outermost(found: list[Attribution]) -> list[Attribution]:
    """Those whose cue lies in no other's content."""
    return [
        one for one in found if not any(other is not one and lies_in(one["cue"], other["content"]) for other in found)
    ]


def lies_in(cue: list[list[int]], content: list[list[int]]) -> bool:
    return all(any(start <= first < end for start, end in content) for first, _ in cue)


def score(evals: Path, rows: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"]
        for path, lines in zip(paths, (rows, predictions), strict=True):
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        output = subprocess.run(
            [sys.executable, str(evals), *map(str, paths)], check=True, capture_output=True, text=True
        ).stdout
    figures: dict[str, Any] = json.loads(output)
    return figures


if __name__ == "__main__":
    main()
