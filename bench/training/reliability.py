"""How far a confidence is what it says."""

from __future__ import annotations

from collections.abc import Sequence


def reliability(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[tuple[float, float, int]]:
    """For each tenth of the scale with anything in it: mean confidence, share that is right, how many."""
    rows = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [
            at for at, chance in enumerate(chances) if low <= chance < high or (number == bins - 1 and chance == 1)
        ]
        if inside:
            sure = sum(chances[at] for at in inside) / len(inside)
            rows.append((sure, sum(right[at] for at in inside) / len(inside), len(inside)))
    return rows
