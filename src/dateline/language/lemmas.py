"""Lemmas by the pipeline's own rules and exception lists, looked up once for each word form and tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MAX_CACHED = 200_000

_POS = {"NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV"}
_CLASSES = ("noun", "verb", "adj", "adv")
_VERBAL = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_CONTRACTIONS = {
    "n't": "not",
    "n’t": "not",
    "'ve": "have",
    "'re": "be",
    "'m": "be",
    "'ll": "will",
    "ca": "can",
    "wo": "will",
}


class Lemmatizer:
    """Word form and Penn tag → lower-case lemma."""

    def __init__(self, nlp: Language) -> None:
        component = nlp.get_pipe("lemmatizer")
        lookups = component.lookups  # type: ignore[attr-defined]
        rules, index, exceptions = (lookups.get_table(f"lemma_{part}") for part in ("rules", "index", "exc"))
        self._rules = {name: tuple((str(old), str(new)) for old, new in rules[name]) for name in _CLASSES}
        self._index = {name: frozenset(index[name]) for name in _CLASSES}
        self._exceptions = {name: exceptions[name] for name in _CLASSES}
        self._known: dict[tuple[str, str], str] = {}

    def lemma(self, lower: str, tag: str) -> str:
        key = (lower, tag)
        found = self._known.get(key)
        if found is None:
            found = _CONTRACTIONS.get(lower) or self._look_up(lower, tag)
            if len(self._known) >= MAX_CACHED:
                self._known.clear()
            self._known[key] = found
        return found

    def _look_up(self, lower: str, tag: str) -> str:
        pos = "VERB" if tag in _VERBAL else _POS.get(tag)
        if pos is None or tag in {"NN", "VB", "JJ", "RB"}:
            return lower
        name = pos.lower()
        exceptions = self._exceptions[name].get(lower)
        if exceptions:
            return str(exceptions[0])
        index = self._index[name]
        unknown: str | None = None
        for old, new in self._rules[name]:
            if lower.endswith(old):
                form = lower[: len(lower) - len(old)] + new
                if form in index:
                    return form
                if unknown is None and form:
                    unknown = form
        return unknown or lower
