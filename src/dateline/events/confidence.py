"""How sure a reading is, from what is known of readings of its kind."""

from __future__ import annotations

from .acts import Act


def confidence_of(act: Act, has_source: bool, has_target: bool, section: str) -> float:
    """A number in 0–1: higher with both roles filled from slots of the rule, lower for bare nouns, loose roles and long chains."""
    value = 0.5 + 0.15 * has_source + 0.2 * has_target
    if act.loose:
        value -= 0.12
    if act.nominal and "do" not in act.operators:
        value -= 0.12
    value -= 0.03 * max(0, len(act.operators) - 1)
    if act.operators and act.inner is None:
        value -= 0.1  # an operator whose content no rule knows
    if act.modality == "hypothetical":
        value -= 0.1
    if section == "headline":
        value -= 0.05
    return round(min(0.97, max(0.05, value * act.weight)), 2)
