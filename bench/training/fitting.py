"""Training of one encoder on labelled pairs, on another encoder's opinions of unlabelled ones, or on both."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as functional
from torch import Tensor

from dateline.events.dyads.classifier import MODALITIES
from dateline.events.dyads.markup import Encoded

from .encoder import PairEncoder, collate, encode_all, padding_of, tokenizer_of
from .instances import MODES, TYPES, Instance

SMOOTHING = 0.05
STATUS_WEIGHT = 0.3
MODES_WEIGHT = 2.0
WARM_UP = 0.06
CHUNK = 512
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: learning rates of encoder and heads, epochs, batch size, layers left as they are."""

    rate: float
    epochs: int
    heads_rate: float = 1e-3
    batch: int = 16
    frozen_layers: int = 0


TEACHER = Settings(rate=3e-5, epochs=2, frozen_layers=4)
STUDENT = Settings(rate=2e-4, epochs=4)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One pair to learn: its encoding and what the outputs should be. ``None`` where nobody knows."""

    encoded: Encoded
    types: list[float]
    modality: int | None
    negated: float | None
    modes: list[float] | None
    modes_mask: list[float] | None


def lesson(encoded: Encoded, instance: Instance, soft: list[float] | None = None, share: float = 0.5) -> Lesson:
    """What a pair teaches. ``soft`` are a teacher's chances of the types; they count ``share`` beside the annotator's."""
    known = instance.types()
    types = known if soft is None else [share * s + (1 - share) * k for s, k in zip(soft, known, strict=True)]
    first = instance.labels[0] if instance.labels else None
    modality = MODALITIES.index(first.modality) if first and first.modality else None  # type: ignore[arg-type]
    negated = float(first.negated) if first and first.negated is not None else None
    modes = mask = None
    if first and first.modes is not None:
        modes = [float(mode in first.modes) for mode in MODES]
        mask = [float(mode.startswith(f"{first.type}/")) for mode in MODES]
    return Lesson(encoded, types, modality, negated, modes, mask)


def opinion(encoded: Encoded, soft: list[float]) -> Lesson:
    """What a pair teaches that only a teacher has judged."""
    return Lesson(encoded, soft, None, None, None, None)


def fit(
    base: Path, lessons: Callable[[int], Sequence[Lesson]], settings: Settings, seed: int, log: Log = print,
    after: Callable[[PairEncoder, bool], None] | None = None,
) -> PairEncoder:  # fmt: skip
    """Trains on ``lessons(epoch)``; ``after`` is called after each epoch with the model, and whether it was the last."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = PairEncoder(base, settings.frozen_layers)
    padding = padding_of(tokenizer_of(base))
    steps = settings.epochs * -(-len(lessons(0)) // settings.batch)
    optimizer = torch.optim.AdamW(
        [{"params": model.body(), "lr": settings.rate}, {"params": model.heads(), "lr": settings.heads_rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for epoch in range(settings.epochs):
        model.train()
        started, total, count = time.monotonic(), 0.0, 0
        for batch in _batches(lessons(epoch), settings.batch, rng):
            with torch.autocast("cpu", torch.bfloat16):
                outputs = model(*collate([each.encoded for each in batch], padding))
            loss = loss_of(outputs, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*model.body(), *model.heads()], 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 200 == 0:
                log(f"epoch {epoch} batch {count}: loss {total / count:.3f}, {time.monotonic() - started:.0f} s")
        log(f"epoch {epoch}: loss {total / count:.3f}, {time.monotonic() - started:.0f} s")
        if after is not None:
            after(model, epoch == settings.epochs - 1)
    return model


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / max(1.0, WARM_UP * steps)) * max(0.02, 1 - step / steps)


def _batches(lessons: Sequence[Lesson], size: int, rng: random.Random) -> Iterator[list[Lesson]]:
    """Batches of about equal length, in random order."""
    order = list(lessons)
    rng.shuffle(order)
    chunks = [
        sorted(order[at : at + CHUNK], key=lambda each: len(each.encoded.ids)) for at in range(0, len(order), CHUNK)
    ]
    batches = [chunk[at : at + size] for chunk in chunks for at in range(0, len(chunk), size)]
    rng.shuffle(batches)
    yield from batches


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], batch: Sequence[Lesson]) -> Tensor:
    """Cross-entropy of the types, and of the other heads where their truth is known."""
    types, status, modes = (each.float() for each in outputs)
    wanted = torch.tensor([each.types for each in batch]) * (1 - SMOOTHING) + SMOOTHING / len(TYPES)
    loss = -(wanted * functional.log_softmax(types, -1)).sum(-1).mean()
    rows = [index for index, each in enumerate(batch) if each.modality is not None]
    if rows:
        truth = torch.tensor([batch[index].modality for index in rows])
        negated = torch.tensor([batch[index].negated for index in rows])
        kinds = len(MODALITIES)
        loss = loss + STATUS_WEIGHT * functional.cross_entropy(status[rows, :kinds], truth)
        loss = loss + STATUS_WEIGHT * functional.binary_cross_entropy_with_logits(status[rows, kinds], negated)
    rows = [index for index, each in enumerate(batch) if each.modes is not None and any(each.modes_mask or ())]
    if rows:
        truth, mask = torch.tensor([batch[i].modes for i in rows]), torch.tensor([batch[i].modes_mask for i in rows])
        each_mode = functional.binary_cross_entropy_with_logits(modes[rows], truth, reduction="none")
        loss = loss + MODES_WEIGHT * (each_mode * mask).sum() / mask.sum()
    assert math.isfinite(loss.item()), "the loss is no number: lower the learning rate"
    return loss


def labelled(base: Path, instances: Sequence[Instance]) -> list[Lesson]:
    rows = encode_all(tokenizer_of(base), instances)
    return [lesson(encoded, each) for encoded, each in zip(rows, instances, strict=True)]
