#!/usr/bin/env python3
"""Measures what is read of a page's own marks: fill rates of each field, ours and trafilatura's, and where ours were found.

    python bench/pages.py FOLDER [--extractor fast] [--fields FILE]

FOLDER holds dev.jsonl, lines with "id", "html_path" and "url", and the pages. ``--fields`` writes our fields of every page as
JSON Lines, for checking by hand. Prints one line a field and the processor time of the marks a page.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from resiliparse.parse.html import HTMLTree
from trafilatura.metadata import extract_metadata

from dateline.errors import IntakeError
from dateline.records import RawItem, Report
from dateline.report import build_report
from dateline.report.pages.marks import find_marks

# Our field → trafilatura's.
FIELDS = {
    "headline": "title",
    "published": "date",
    "authors": "author",
    "outlet": "sitename",
    "section": "categories",
    "canonical_url": "url",
    "modified": None,
    "agency": None,
}
MARK_FIELDS = {"authors": "author", "canonical_url": "url"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--extractor", choices=("precise", "fast"), default="precise")
    arguments.add_argument("--fields", type=Path, default=None, help="write our fields here, one page a line")
    args = arguments.parse_args()
    rows = [json.loads(line) for line in (args.folder / "dev.jsonl").read_text(encoding="utf-8").splitlines() if line]
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    places: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    seconds, lines = 0.0, []
    for row in sorted(rows, key=lambda row: str(row["id"])):
        html = (args.folder / row["html_path"]).read_text(encoding="utf-8", errors="replace")
        seconds += marks_time(html, row["url"])
        report, warnings = report_of(row, html, args.extractor)
        found = fields_of(report)
        metadata = extract_metadata(html, default_url=row["url"])
        for field, name in FIELDS.items():
            ours[field] += bool(found[field])
            theirs[field] += bool(name and metadata is not None and getattr(metadata, name))
            if report is not None and found[field]:
                chosen = [m for m in report.marks if m.chosen and m.field == MARK_FIELDS.get(field, field)]
                places[field][chosen[0].found_in if chosen else "report's text"] += 1
        lines.append(
            json.dumps({"id": row["id"], "url": row["url"], **found, "warnings": warnings}, ensure_ascii=False)
        )
    for field, name in FIELDS.items():
        where = ", ".join(f"{place} {count}" for place, count in places[field].most_common())
        peer = f"{theirs[field]:4}/{len(rows)}" if name else "        -"
        print(f"{field:14} dateline {ours[field]:4}/{len(rows)}   trafilatura {peer}   {where}")
    print(f"marks: {1000 * seconds / len(rows):.2f} ms a page")
    if args.fields:
        args.fields.write_text("\n".join(lines) + "\n", encoding="utf-8")


def marks_time(html: str, url: str) -> float:
    tree = HTMLTree.parse(html)
    start = time.process_time()
    find_marks(html, tree, url)
    return time.process_time() - start


def report_of(row: dict[str, Any], html: str, extractor: str) -> tuple[Report | None, tuple[str, ...]]:
    item = RawItem(name=row["id"], kind="html", content=html, raw_sha256="", url=row["url"], format="html")
    try:
        return build_report(item, extractor=extractor)
    except IntakeError as error:
        return None, (str(error),)


def fields_of(report: Report | None) -> dict[str, Any]:
    if report is None:
        return dict.fromkeys(FIELDS)
    found: dict[str, Any] = {field: getattr(report, field) for field in FIELDS}
    found["headline"] = report.headline.text if report.headline else None
    return found


if __name__ == "__main__":
    main()
