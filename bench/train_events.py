"""Trains the event classifier that dateline ships, from the corpus in this repository. Needs ``dateline[train]``.

    python bench/train_events.py all --student DIR [--teacher DIR] [--work DIR] [--out DIR]
        [--seeds 1 2] [--unlabelled FILE.jsonl ...] [--pairs FILE.jsonl] [--learn-pairs]
    python bench/train_events.py screen          # only the weights of the screen, from the corpus
    python bench/train_events.py export --student DIR --work DIR --out DIR
    python bench/train_events.py pool            # prints the weights of the pool that surprise the least

TEACHER and STUDENT are folders with a base encoder (all-mpnet-base-v2, all-MiniLM-L6-v2). One teacher a seed learns from
the corpus; their mean opinion of corpus and unlabelled pairs ("text" of each line) is what the student learns, beside the
annotator's word (Hinton, Vinyals and Dean 2015). Without a teacher the annotator is all. ``--pairs`` is a file of given
pairs to measure on after every epoch, and with ``--learn-pairs`` to learn from too. What is finished lies in WORK and is not
done again.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
from torch import Tensor

from dateline.events import load_classifier
from dateline.events.dyads.combining import weights
from training import exporting, pooling, screen, unlabelled
from training.calibration import temperature_of
from training.encoder import PairEncoder, encode_all, padding_of, predict, tokenizer_of
from training.fitting import STUDENT, TEACHER, Lesson, fit, labelled, lesson, opinion
from training.instances import ROOT, Instance, corpus, given_pairs, sample
from training.measuring import given_pair_scores, pair_scores, status_scores

SCREEN = ROOT / "src/dateline/rules/en/dyads/screen.tsv"
BUNDLED = ROOT / "src/dateline/models/dyads-en"
# Pairs without an event for each with one, in training.
EMPTY = 0.7
EMPTY_HELD_OUT = 2.0
# Below this chance for what the annotator says, the teacher is not heard.
TRUSTED = 0.1


class Training:
    """The stages, each with its file in the working folder."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.work = options, Path(options.work)
        self.work.mkdir(parents=True, exist_ok=True)
        found = list(corpus())
        self.taught = [each for each in found if not each.held_out]
        self.held = sample([each for each in found if each.held_out], EMPTY_HELD_OUT, random.Random(0))
        self.pairs = list(given_pairs(Path(options.pairs))) if options.pairs else []
        if options.learn_pairs:
            self.taught += self.pairs
        print(f"{len(self.taught):,} pairs to learn from, {len(self.held):,} held out", flush=True)

    def teachers(self) -> list[Path]:
        """The trained teachers, one a seed."""
        paths: list[Path] = []
        if not self.options.teacher:
            return paths
        base = Path(self.options.teacher)
        for seed in self.options.seeds:
            path = self.work / f"teacher-{seed}.pt"
            if not path.exists():
                fit(base, self._lessons(base, seed), TEACHER, seed, log, self._after(base, path))
            paths.append(path)
        return paths

    def _lessons(self, base: Path, seed: int) -> Callable[[int], Sequence[Lesson]]:
        def lessons(epoch: int) -> Sequence[Lesson]:
            return labelled(base, sample(self.taught, EMPTY, random.Random(100 * seed + epoch)))

        return lessons

    def _after(self, base: Path, path: Path) -> Callable[[PairEncoder, bool], None]:
        """Measures after each epoch and keeps the weights: beside the path until the last, so that a torn run is not taken for done."""

        def after(model: PairEncoder, last: bool) -> None:
            torch.save(model.state_dict(), path if last else path.with_suffix(".part"))
            self.measure(model, base)

        return after

    def measure(self, model: PairEncoder, base: Path) -> None:
        """Prints the scores on held-out sentences of the corpus and on the given pairs."""
        tokenizer = tokenizer_of(base)
        types, status, _ = predict(model, encode_all(tokenizer, self.held), padding_of(tokenizer))
        log(f"held out: {pair_scores(self.held, types)} {status_scores(self.held, status)}")
        if self.pairs:
            types, _, _ = predict(model, encode_all(tokenizer, self.pairs), padding_of(tokenizer))
            log(f"given pairs: {given_pair_scores(self.pairs, types.softmax(-1))}")

    def opinions(self, teachers: Sequence[Path], instances: Sequence[Instance]) -> Tensor:
        """The teachers' mean chances of the types, shape (pairs, types)."""
        base = Path(self.options.teacher)
        tokenizer = tokenizer_of(base)
        rows = encode_all(tokenizer, instances)
        total = torch.zeros(())
        for path in teachers:
            model = PairEncoder(base)
            model.load_state_dict(torch.load(path))
            total = total + predict(model, rows, padding_of(tokenizer))[0].softmax(-1)
        return total / len(teachers)

    def student(self, teachers: Sequence[Path]) -> PairEncoder:
        """The trained student, from the working folder where it is there."""
        base, path = Path(self.options.student), self.work / "student.pt"
        model = PairEncoder(base)
        if path.exists():
            model.load_state_dict(torch.load(path))
            return model
        seed = self.options.seeds[0]
        if teachers:
            pile = self._judged(teachers)
            log(f"{len(pile):,} lessons")
            lessons: Callable[[int], Sequence[Lesson]] = lambda epoch: pile  # noqa: E731
        else:
            lessons = self._lessons(base, seed)
        return fit(base, lessons, STUDENT, seed, log, self._after(base, path))

    def _judged(self, teachers: Sequence[Path]) -> list[Lesson]:
        rng, tokenizer = random.Random(7), tokenizer_of(Path(self.options.student))
        known = sample(self.taught, EMPTY, rng)
        files = [Path(name) for name in self.options.unlabelled]
        free = list(unlabelled.pairs_of(unlabelled.read_texts(files), rng))
        free = rng.sample(free, min(len(free), self.options.most))
        soft = self.opinions(teachers, [*known, *free]).tolist()
        rows = encode_all(tokenizer, [*known, *free])
        pile = [
            lesson(row, each, chances if _agree(each, chances) else None)
            for row, each, chances in zip(rows, known, soft, strict=False)
        ]
        return pile + [
            opinion(row, chances) for row, chances in zip(rows[len(known) :], soft[len(known) :], strict=True)
        ]

    def export(self, model: PairEncoder) -> None:
        """Calibrates on held-out pairs and writes the folder that ships."""
        base = Path(self.options.student)
        tokenizer = tokenizer_of(base)
        types, _, _ = predict(model, encode_all(tokenizer, self.held), padding_of(tokenizer))
        temperature = temperature_of(types, self.held)
        log(f"temperature {temperature:.3f}")
        exporting.export(
            model, base, Path(self.options.out), name="dyads-en", version=self.options.version, temperature=temperature
        )


def _agree(instance: Instance, chances: Sequence[float]) -> bool:
    """The teacher gives the annotator's word some chance; else one of them slipped, and the annotator is believed."""
    return sum(share * chance for share, chance in zip(instance.types(), chances, strict=True)) >= TRUSTED


def log(words: str) -> None:
    print(words, flush=True)


def learn_screen() -> None:
    """Learns the weights of the screen and prints what passes at several thresholds."""
    found = list(screen.examples(list(corpus())))
    weights = screen.learn(found)
    screen.write(weights, SCREEN)
    for least in (-3.0, -2.5, -2.0, -1.5, -1.0):
        passed, recall = screen.passing(weights, found, least)
        print(f"from {least}: {passed:.1%} of the held-out candidates, {recall:.1%} of those with an event")


def learn_pool(folder: str) -> None:
    """Prints the weights with which rules and the exported classifier together are least surprised by the held-out sentences."""
    rows = pooling.asked(load_classifier(folder), [each for each in corpus() if each.held_out])
    print(f"{len(rows):,} pairs asked about, {sum(bool(row.read) for row in rows):,} of them read by a rule")
    for name, value in pooling.learn(rows, weights()).items():
        print(f"{name} = {value:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["all", "teach", "screen", "export", "pool"])
    parser.add_argument("--teacher", help="folder of the teacher's base encoder")
    parser.add_argument("--student", help="folder of the student's base encoder")
    parser.add_argument("--work", default="build/train", help="folder for what is finished")
    parser.add_argument("--out", default=str(BUNDLED), help="folder of the exported classifier")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--unlabelled", nargs="*", default=[], help="JSON Lines with a text each")
    parser.add_argument("--most", type=int, default=15_000, help="unlabelled pairs at most")
    parser.add_argument("--pairs", help="JSON Lines of given pairs")
    parser.add_argument("--learn-pairs", action="store_true")
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    if options.stage == "screen":
        learn_screen()
        return
    if options.stage == "pool":
        learn_pool(options.out)
        return
    training = Training(options)
    teachers = [] if options.stage == "export" else training.teachers()
    if options.stage != "teach":
        training.export(training.student(teachers))


if __name__ == "__main__":
    main()
