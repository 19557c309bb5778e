"""Pages per processor second and memory of reading a web archive, and what is read of the same archive when it is broken.

    python bench/warc.py                              # 20,000 made-up pages in a temporary file
    python bench/warc.py --pages 2000                 # a quick look
    python bench/warc.py --file crawl.warc.gz         # an archive of your own; no broken copies of it are read
    python bench/warc.py --keep /tmp/crawl.warc.gz    # keep the made-up archive

Extraction is measured with dateline's fast and precise paths and, on the same sample of pages in the same run, with
trafilatura's ``bare_extraction`` as it comes. "Body" is the paragraphs alone; a whole report has headline, dates, authors, outlet,
language and the parts of its text. Each count of a broken archive stands beside what the generator knows of it.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import platform
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dateline.errors import IntakeError
from dateline.intake import read_source
from dateline.records import RawItem, Rejection, Retraction
from dateline.report import build_report
from dateline.report.pages.body import PageFacts
from warc_pages import Written, make_page, packed, page_record, with_false_length, write_crawl

PAGES = 20_000
SAMPLE = 1_000
WARM_UP = 50
LIE = 5_000
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


class Spliced(io.RawIOBase):
    """Stretches of a file and other bytes, one after the other, read as one stream: a broken copy that needs no disk."""

    def __init__(self, path: Path, parts: list[tuple[int, int] | bytes]) -> None:
        self._file = path.open("rb")
        self._parts = [part for part in parts if isinstance(part, bytes) or part[0] < part[1]]

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        if not self._parts:
            return 0
        part = self._parts[0]
        if isinstance(part, bytes):
            data, rest = part[: len(buffer)], part[len(buffer) :]
            self._parts[:1] = [rest] if rest else []
        else:
            self._file.seek(part[0])
            data = self._file.read(min(len(buffer), part[1] - part[0]))
            start = part[0] + len(data)
            self._parts[:1] = [(start, part[1])] if data and start < part[1] else []
        buffer[: len(data)] = data
        return len(data)


def resident_mb() -> float:
    """Memory that this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_SIZE / 1e6


# -- reading and extracting ------------------------------------------------------------------


def measure(path: Path, work: Callable[[RawItem], str], pages: int) -> tuple[Counter[str], float, list[float]]:
    """Outcomes, processor seconds, and memory at the start, in the middle and at the end and most."""
    outcomes: Counter[str] = Counter()
    memory = [resident_mb()]
    started = time.process_time()
    for number, item in enumerate(read_source(path), start=1):
        outcomes[work(item) if isinstance(item, RawItem) else type(item).__name__] += 1
        if number % max(pages // 50, 1) == 0:
            memory.append(resident_mb())
    return outcomes, time.process_time() - started, [memory[0], memory[len(memory) // 2], memory[-1], max(memory)]


def unpack_only(path: Path) -> tuple[int, float]:
    """Members and processor seconds of unpacking and nothing else."""
    started, count = time.process_time(), 0
    with path.open("rb") as stream:
        inflate, data = zlib.decompressobj(31), b""
        while data := data or stream.read(1 << 15):
            inflate.decompress(data)
            data = b""
            if inflate.eof:
                data, count = inflate.unused_data, count + 1
                inflate = zlib.decompressobj(31)
    return count, time.process_time() - started


def with_fastwarc(path: Path) -> tuple[int, float]:
    """Responses and processor seconds of the library of that name, bodies read as they were sent."""
    warc = importlib.import_module("fastwarc.warc")
    started, count = time.process_time(), 0
    with path.open("rb") as stream:
        for record in warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.response):
            record.reader.read()
            count += 1
    return count, time.process_time() - started


def only_read(item: RawItem) -> str:
    return "page"


def with_extractor(extractor: str) -> Callable[[RawItem], str]:
    """Builds the report of an item by that path."""

    def work(item: RawItem) -> str:
        try:
            build_report(item, extractor=extractor)
        except IntakeError:
            return "page without an article"
        return "page"

    return work


def with_fast_body() -> Callable[[RawItem], str]:
    """The paragraphs alone, as trafilatura gives them without metadata."""
    tree_of = importlib.import_module("resiliparse.parse.html").HTMLTree.parse
    find_body = importlib.import_module("dateline.report.pages.fast").find_body
    nothing = PageFacts((), None, ())

    def work(item: RawItem) -> str:
        body = find_body(item.content, tree_of(item.content), item.url, nothing)
        return "page" if body else "page without an article"

    return work


def with_trafilatura(*, metadata: bool) -> Callable[[RawItem], str]:
    bare_extraction = importlib.import_module("trafilatura").bare_extraction

    def work(item: RawItem) -> str:
        found = bare_extraction(item.content, url=item.url, with_metadata=metadata)
        return "page" if found else "page without an article"

    return work


def time_sample(sample: list[RawItem], work: Callable[[RawItem], str]) -> float:
    for item in sample[:WARM_UP]:
        work(item)
    started = time.process_time()
    for item in sample:
        work(item)
    return time.process_time() - started


def show_speed(path: Path, pages: int, whole: bool) -> None:
    sample = [item for item in head(read_source(path), SAMPLE + SAMPLE // 8) if isinstance(item, RawItem)][:SAMPLE]
    for item in sample[:WARM_UP]:
        with_extractor("fast")(item)
    print(f"\n{'':34}{'pages':>8}{'CPU s':>9}{'pages/CPU s':>13}{'start MB':>10}{'middle':>8}{'end':>8}{'most':>8}")
    for name, count, seconds in (
        ("unpack only (zlib)", *unpack_only(path)),
        ("FastWARC, responses", *with_fastwarc(path)),
    ):
        print(f"{name:34}{count:>8,}{seconds:>9.1f}{count / seconds:>13,.0f}")
    runs: list[tuple[str, Callable[[RawItem], str]]] = [("read", only_read)]
    if whole:
        runs += [("read + body, fast", with_fast_body()), ("read + whole report, fast", with_extractor("fast"))]
    for name, work in runs:
        outcomes, seconds, memory = measure(path, work, pages)
        count = outcomes["page"] + outcomes["page without an article"]
        marks = "".join(f"{each:>{width}.0f}" for each, width in zip(memory, (10, 8, 8, 8), strict=True))
        print(f"{name:34}{count:>8,}{seconds:>9.1f}{count / seconds:>13,.0f}{marks}")
        others = {kind: number for kind, number in outcomes.items() if kind != "page"}
        print(
            f"{'':34}besides: {', '.join(f'{number:,} {kind}' for kind, number in sorted(others.items())) or 'nothing'}"
        )
    print(f"\nExtraction alone, {len(sample):,} pages of the same archive")
    trafilatura = f"trafilatura {version('trafilatura')}"
    rows = [
        (f"{trafilatura}, body", with_trafilatura(metadata=False)),
        ("dateline fast, body", with_fast_body()),
        (f"{trafilatura}, with metadata", with_trafilatura(metadata=True)),
        ("dateline fast, whole report", with_extractor("fast")),
        ("dateline precise, whole report", with_extractor("precise")),
    ]
    base = 0.0
    for name, work in rows:
        seconds = time_sample(sample, work)
        base = base or seconds
        print(f"{name:34}{len(sample):>8,}{seconds:>9.1f}{len(sample) / seconds:>13,.0f}   x {base / seconds:.1f}")


def head(items: Iterator[RawItem | Rejection | Retraction], count: int) -> Iterator[RawItem | Rejection | Retraction]:
    for _, item in zip(range(count), items, strict=False):
        yield item


# -- broken copies ---------------------------------------------------------------------------


def broken_copies(path: Path, written: list[Written]) -> Iterator[tuple[str, Spliced, int]]:
    """Copies of the archive with something wrong, and how many pages and retractions of it are left whole."""
    pages = [at for at, each in enumerate(written) if each.kind == "page"]
    whole = sum(each.kind in ("page", "gone") for each in written)
    end = written[-1].end
    yield "whole", Spliced(path, [(0, end)]), whole
    cut = written[len(written) // 2]
    middle = (cut.start + cut.end) // 2
    left = sum(each.kind in ("page", "gone") for each in written if each.end <= middle)
    yield "cut off in the middle", Spliced(path, [(0, middle)]), left
    victim = written[pages[len(pages) // 3]]
    third = (victim.start + victim.end) // 2
    yield "one member damaged", Spliced(path, [(0, third), b"\xff" * 64, (third + 64, end)]), whole - 1
    yield (
        "one member and a half lost",
        Spliced(path, [(0, third), (victim.end + 400, end)]),
        whole - lost_after(written, victim),
    )
    for name, by in (("a length too long", LIE), ("a length far too long", 10**12), ("a length too short", -LIE)):
        number = len(pages) // 2
        lying = written[pages[number]]
        false = packed(with_false_length(page_record(make_page(number), number), by))
        yield name, Spliced(path, [(0, lying.start), false, (lying.end, end)]), whole - 1
    every = [written[at] for at in pages[::100]]
    yield f"{len(every):,} members damaged", Spliced(path, damaged(every, end)), whole - len(every)


def lost_after(written: list[Written], victim: Written) -> int:
    torn = next(each for each in written if each.start < victim.end + 400 < each.end)
    return 1 + (torn.kind in ("page", "gone"))


def damaged(victims: list[Written], end: int) -> list[tuple[int, int] | bytes]:
    parts: list[tuple[int, int] | bytes] = []
    place = 0
    for each in victims:
        at = (each.start + each.end) // 2
        parts += [(place, at), b"\xff" * 8]
        place = at + 8
    return [*parts, (place, end)]


def show_broken(path: Path, written: list[Written]) -> None:
    print(f"\n{'archive':28}{'expected':>10}{'read':>10}{'CPU s':>8}   rejections by reason")
    for name, stream, expected in broken_copies(path, written):
        started = time.process_time()
        read, reasons, first = 0, Counter[str](), ""
        with io.BufferedReader(stream) as opened:
            for item in read_source("-", stdin=opened, input_format="warc"):
                if isinstance(item, Rejection):
                    reasons[item.error] += 1
                    first = first or item.message
                else:
                    read += 1
        words = ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items())) or "none"
        print(f"{name:28}{expected:>10,}{read:>10,}{time.process_time() - started:>8.1f}   {words}")
        if first:
            print(f"{'':31}{first}")


# -- running ---------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the made-up archive")
    parser.add_argument("--file", type=Path, help="read this archive instead")
    parser.add_argument("--keep", type=Path, help="where to write the made-up archive")
    parser.add_argument("--no-extract", action="store_true", help="do not extract all pages, only the sample")
    parser.add_argument("--no-broken", action="store_true", help="do not read broken copies")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    print(f"Python {platform.python_version()}, {platform.machine()}, one process")
    if options.file:
        show_speed(options.file, options.pages, not options.no_extract)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder, "crawl.warc.gz")
        started = time.process_time()
        written = write_crawl(path, options.pages)
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in Counter(each.kind for each in written).most_common())
        print(f"{path.stat().st_size / 1e6:,.0f} MB made in {time.process_time() - started:.0f} CPU s: {kinds}")
        sys.stdout.flush()
        if not options.no_broken:
            show_broken(path, written)
            sys.stdout.flush()
        show_speed(path, options.pages, not options.no_extract)


if __name__ == "__main__":
    main()
