#!/usr/bin/env python3
"""Measures find_places against gold toponyms: runs the parser and the stage, then the given scorer, on each gold file.

    python bench/places.py --gold lgl.jsonl gwn.jsonl --evals evals/places/score.py [--errors 40] [--limit 100]

Prints one line of figures a file: recognition F1 (strict, overlap), accuracy within 161 km over strictly found gold
toponyms, end-to-end F1, and the stage's CPU time a report, warm and cold together.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dateline.language.model import Parser
from dateline.places import find_places
from dateline.records import RawItem
from dateline.report import build_report


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gold", type=Path, nargs="+", required=True)
    arguments.add_argument("--evals", type=Path, required=True, help="the scorer")
    arguments.add_argument(
        "--errors", type=int, default=0, help="print so many frequent misses, false finds and wrong readings"
    )
    arguments.add_argument("--limit", type=int, default=None, help="only the first so many reports")
    args = arguments.parse_args()
    parser = Parser.load()
    for gold in args.gold:
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()][: args.limit]
        predictions, seconds = predict(parser, rows)
        print(
            gold.stem,
            json.dumps(score(args.evals, rows, predictions)),
            f"ms_per_report={1000 * seconds / len(rows):.2f}",
        )
        if args.errors:
            show_errors(rows, predictions, args.errors)


def predict(parser: Parser, rows: list[dict[str, Any]]) -> tuple[dict[str, list[dict[str, Any]]], float]:
    reports = []
    for row in rows:
        digest = hashlib.sha256(row["text"].encode()).hexdigest()
        published = (row.get("date") or "")[:10] or None
        item = RawItem(
            name=row["id"],
            kind="text",
            content=row["text"],
            raw_sha256=digest,
            published=published,
            published_from=published and "given",
        )
        reports.append(build_report(item)[0])
    found, seconds = {}, 0.0
    for row, report, parse in zip(rows, reports, parser.parse_all(reports), strict=True):
        start = time.process_time()
        places = find_places(report, parse)
        seconds += time.process_time() - start
        found[row["id"]] = [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "lat": p.lat,
                "lon": p.lon,
                "country": p.country,
                "admin1": p.admin1,
                "reason": p.reason,
            }
            for p in places
            for m in p.mentions
        ]
    return found, seconds


def score(scorer: Path, rows: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        gold, mine = Path(folder) / "gold.jsonl", Path(folder) / "mine.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        mine.write_text(
            "".join(json.dumps({"id": key, "toponyms": found}) + "\n" for key, found in predictions.items()),
            encoding="utf-8",
        )
        result = subprocess.run(
            [sys.executable, str(scorer), str(gold), str(mine)], capture_output=True, text=True, check=True
        )
    full = json.loads(result.stdout)
    brief = {
        name: {part: full["recognition"][name][part] for part in ("p", "r", "f1")} for name in ("strict", "overlap")
    }
    return {**brief, **full["resolution"], "end_to_end_f1": full["end_to_end"]["f1"], "given_gold": full["given_gold"]}


def show_errors(rows: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]], count: int) -> None:
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    example: dict[tuple[str, str], str] = {}
    for row in rows:
        gold = {(each["start"], each["end"]): each for each in row["toponyms"]}
        mine = {(each["start"], each["end"]): each for each in predictions[row["id"]]}
        for kind, names, spans in (
            ("missed", missed, gold.keys() - mine.keys()),
            ("false", false, mine.keys() - gold.keys()),
        ):
            for start, end in sorted(spans):
                name = row["text"][start:end]
                names[name] += 1
                example[kind, name] = row["text"][max(start - 40, 0) : end + 40].replace("\n", " ")
        for span in sorted(gold.keys() & mine.keys()):
            one, two = gold[span], mine[span]
            if one["lat"] is not None and (
                two["lat"] is None or abs(one["lat"] - two["lat"]) > 1.45 or abs(one["lon"] - two["lon"]) > 2
            ):
                name = row["text"][span[0] : span[1]]
                wrong[name] += 1
                example["wrong", name] = (
                    f"{row['id']} gold {one['lat']},{one['lon']} found {two['lat']},{two['lon']} {two['country']}: {two['reason']}"
                )
    for kind, names in (("missed", missed), ("false", false), ("wrong", wrong)):
        print(f"-- {kind}: {sum(names.values())}")
        for name, number in names.most_common(count):
            print(f"{number:4} {name!r}: {example[kind, name]}")


if __name__ == "__main__":
    main()
