"""Confidence that means what it says: one temperature for the logits (Guo et al., ICML 2017)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from .instances import Instance

GRID = [0.4 + 0.02 * step for step in range(81)]


def temperature_of(logits: Tensor, instances: Sequence[Instance]) -> float:
    """The temperature under which the held-out truth is the least surprising; logits of shape (pairs, types)."""
    truth = torch.tensor([each.types() for each in instances])
    return min(GRID, key=lambda value: float(-(truth * (logits / value).log_softmax(-1)).sum(-1).mean()))
