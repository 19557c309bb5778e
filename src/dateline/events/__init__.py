"""Who did what to whom: events from predicate frames, composed by operators, weighed against a small classifier.

Rules are data under rules/en/events; the classifier is the folder ``dyads``.
"""

from .dyads import Judge, Judgement, Range, load_classifier
from .find import find_events

__all__ = ["Judge", "Judgement", "Range", "find_events", "load_classifier"]
