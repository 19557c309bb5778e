"""PLOVER contexts: what an event is about, from the frame and from the words of its sentence."""

from __future__ import annotations

from functools import cache

from ..language import Sentence
from ..rulefiles import RuleModel, read_toml
from .acts import Act


class ContextFile(RuleModel):
    """``words`` maps a context to the lemmas that show it."""

    words: dict[str, tuple[str, ...]]


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for context, words in read_toml("en/events/contexts.toml", ContextFile).words.items():
        for word in words:
            found.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in found.items()}


def contexts_of(act: Act, sentence: Sentence) -> tuple[str, ...]:
    """The frame's own contexts first, then those that the sentence's words show, in text order."""
    found = dict.fromkeys(act.contexts)
    words = _by_word()
    for token in sentence.tokens:
        for context in words.get(token.lemma, ()):
            found.setdefault(context)
    return tuple(found)
