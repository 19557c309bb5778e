"""Who did what to whom: events from predicate frames, composed by operators. Rules are data under rules/en/events."""

from .find import find_events

__all__ = ["find_events"]
