"""How well events are coded, end to end: codes a gold file and scores the records with a folder of scorers.

    python bench/events.py GOLD.jsonl --evals FOLDER [--limit N] [--task pair] [--errors N] [--keep FOLDER]

GOLD.jsonl has one row a line with "id" and "text" ("date" or "dct" where known). FOLDER holds ``as_input.py`` (gold
rows to input lines), ``from_record.py`` (records to predictions) and ``<room>/score.py``. Other rooms are scored the
same way: ``--room attribution``, ``--room places``, ``--room times``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dateline

ROOMS = ["events", "attribution", "places", "times", "coreference"]


def run(*command: str | Path) -> str:
    """What a scorer script prints; its own message and exit status if it fails."""
    done = subprocess.run([sys.executable, *map(str, command)], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout


def inputs(gold: Path, evals: Path) -> Iterator[dict[str, Any]]:
    for line in run(evals / "as_input.py", gold).splitlines():
        yield json.loads(line)


def code(reports: list[dict[str, Any]], path: Path) -> float:
    """Writes the records of these reports to a file; returns the processor seconds it took."""
    coder = dateline.load()
    start = time.process_time()
    with path.open("w", encoding="utf-8") as out:
        for record in coder.pipe(reports, batch_size=32):
            out.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--evals", type=Path, required=True, help="the folder with as_input.py and from_record.py")
    parser.add_argument("--room", choices=ROOMS, default="events")
    parser.add_argument("--task", help="passed on to the scorer")
    parser.add_argument("--errors", type=int, help="passed on to the scorer: show this many wrong rows")
    parser.add_argument("--limit", type=int, help="only the first rows")
    parser.add_argument("--keep", type=Path, help="leave records and predictions in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        gold, records, predictions = folder / "gold.jsonl", folder / "records.jsonl", folder / "predictions.jsonl"
        rows = arguments.gold.read_text(encoding="utf-8").splitlines()[: arguments.limit]
        gold.write_text("\n".join(rows) + "\n", encoding="utf-8")
        reports = list(inputs(gold, arguments.evals))
        spent = code(reports, records)
        predictions.write_text(run(arguments.evals / "from_record.py", arguments.room, records), encoding="utf-8")
        options = [
            f"--{name}={value}" for name in ("task", "errors") if (value := getattr(arguments, name)) is not None
        ]
        print(f"{len(reports)} reports coded in {spent:.1f} processor seconds", file=sys.stderr)
        print(run(arguments.evals / arguments.room / "score.py", gold, predictions, *options), end="")


if __name__ == "__main__":
    main()
