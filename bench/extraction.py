#!/usr/bin/env python3
"""Measures how well and how fast the body of a report is taken out of its page, by ours and by others' readers, in one run.

    python bench/extraction.py --gold extraction/dev.jsonl --evals evals/extraction/score.py [--limit 20] [--keep FOLDER]

A gold line holds an id, ``html_path`` (from the gold file's folder), the url and the text. Each page goes to every reader
in turn, so that a busy machine slows all alike; a turn takes in the parse of the HTML. Prints one line a reader: the
scorer's figures, pages per CPU-second, and how many times trafilatura's default that is.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

Reader = Callable[[str, str | None], str]

OURS = {"dateline fast": "dateline.report.pages.fast", "dateline precise": "dateline.report.pages.precise"}
MARKS = "dateline.report.pages.marks"
FIGURES = ("f1", "precision", "recall", "accuracy", "empty")
YARDSTICK = "trafilatura default"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--evals", type=Path, required=True, help="the scorer")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many pages")
    parser.add_argument("--keep", type=Path, help="write each reader's output into this folder")
    parser.add_argument("--only", nargs="+", help="only these readers (and the yardstick)")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # the readers' remarks on odd pages
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = rows[: arguments.limit]
    pages = [(arguments.gold.parent / row["html_path"]).read_text(encoding="utf-8", errors="replace") for row in rows]
    readers = {
        name: read
        for name, read in {**other_readers(), **our_readers()}.items()
        if not arguments.only or name in {YARDSTICK, *arguments.only}
    }
    for read in readers.values():
        read(pages[0], rows[0].get("url"))  # imports, tables and patterns are loaded once a run
    found, seconds = read_all(readers, rows, pages)
    print(", ".join(f"{name} {version(name)}" for name in ("trafilatura", "resiliparse")), f"· {len(rows)} pages")
    print(f"{'':24}" + "".join(f"{figure:>11}" for figure in FIGURES) + f"{'pages/CPU-s':>13}{'times':>8}")
    for name in readers:
        result = score(arguments, rows, found[name], name)
        figures = "".join(f"{result[figure]:>11}" for figure in FIGURES)
        print(f"{name:24}{figures}{len(rows) / seconds[name]:>13.1f}{seconds[YARDSTICK] / seconds[name]:>8.1f}")


def read_all(
    readers: dict[str, Reader], rows: list[dict[str, Any]], pages: list[str]
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """What each reader took out of every page, and the processor time that it spent on them."""
    found: dict[str, list[str]] = {name: [] for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for row, page in zip(rows, pages, strict=True):
        for name, read in readers.items():
            start = time.process_time()
            text = read(page, row.get("url"))
            seconds[name] += time.process_time() - start
            found[name].append(text)
    return found, seconds


def other_readers() -> dict[str, Reader]:
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    def default(html: str, url: str | None) -> str:
        return trafilatura.extract(html, url=url, include_comments=False) or ""

    def precise(html: str, url: str | None) -> str:
        return trafilatura.extract(html, url=url, include_comments=False, favor_precision=True) or ""

    def plain(html: str, _url: str | None) -> str:
        return extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False, comments=False)

    return {YARDSTICK: default, "trafilatura precision": precise, "resiliparse": plain}


def our_readers() -> dict[str, Reader]:
    """Ours: the body alone, as the others do; and with all that the page says of its report, as ``dateline ingest`` does."""
    from resiliparse.parse.html import HTMLTree

    from dateline.report.pages.body import PageFacts

    def body_of(module: str, with_marks: bool) -> Reader:
        find_body = importlib.import_module(module).find_body
        find_marks = importlib.import_module(MARKS).find_marks if with_marks else None
        nothing = PageFacts((), None, ())

        def read(html: str, url: str | None) -> str:
            tree = HTMLTree.parse(html)
            facts = find_marks(html, tree, url) if find_marks else nothing
            body = find_body(html, tree, url, facts)
            return "\n".join(body.paragraphs) if body else ""

        return read

    found = {}
    for name, module in OURS.items():
        for label, with_marks in ((name, False), (f"{name}, marks", True)):
            try:
                found[label] = body_of(module, with_marks)
            except (ImportError, AttributeError) as error:
                print(f"{label}: left out, {module} or {MARKS} cannot be used yet ({error})", file=sys.stderr)
    return found


def score(arguments: argparse.Namespace, rows: list[dict[str, Any]], texts: list[str], name: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        gold, mine = Path(folder) / "gold.jsonl", place / f"{name.replace(' ', '-').replace(',', '')}.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        lines = (json.dumps({"id": row["id"], "text": text}) for row, text in zip(rows, texts, strict=True))
        mine.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        command = [sys.executable, str(arguments.evals), str(gold), str(mine), "--bootstrap", "1"]
        answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return answer


if __name__ == "__main__":
    main()
