"""Predicate frames and operators: their schema, and the index from a word to the rules that it may trigger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pydantic import Field

from ..errors import RuleError
from ..rulefiles import RuleModel, read_toml, rules_root
from .ontology import OperatorKind, ontology

FOLDER = "en/events"
# Prepositions that join the words of a trigger: its head stands before them.
_LINKS = frozenset({"of", "to", "on", "in", "from", "into", "for", "with", "unto", "under"})


class Frame(RuleModel):
    """One base act: the words that name it, what must fill its slots, and where its roles stand.

    Slots: "subject", "object", "indirect", "clause", a preposition ("on", "against"), and for nouns "poss", "modifier" and "link" (the
    preposition before the noun: "at the request of"). "subject-modifier" is what stands before the filler of a slot, its "not" included.
    ``when`` asks for one of the listed lemmas (or a "@set") as head of a slot; ``unless`` refuses them; ``needs`` asks that one of the
    slots be filled at all. A verb may carry a particle or preposition ("call off"), a noun its modifiers ("military option").
    """

    id: str
    type: str = ""
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    needs: tuple[str, ...] = ()
    needs_actor: tuple[str, ...] = ()  # one of these slots must be filled by an actor
    without: tuple[str, ...] = ()  # slots that must be empty
    near: tuple[
        str, ...
    ] = ()  # one of these words must stand somewhere below the predicate: "on a peacekeeping mission"
    source: tuple[str, ...] = ("subject",)
    target: tuple[str, ...] = ("object",)
    noun_source: tuple[str, ...] = ("by", "poss", "modifier", "from", "of")
    noun_target: tuple[str, ...] = ("against", "on", "of", "with", "to", "at", "for", "in")
    reciprocal: bool = False  # parties named together share the act
    together: bool = False  # only several can do it: "the two ministers discussed the border"
    jointly: str = ""  # the type when parties of two countries do it side by side: manoeuvres become COOPERATE
    spoken: bool = False  # the source is whoever says so: "the rebels were responsible, the minister said"
    also: tuple[str, ...] = ()  # ids of frames that the same words name beside this one, when they fit
    many: str = ""  # the mode when three parties or more do it
    turned: bool = False  # whom it is done to is the one who acts: a host receives, and the visitor is the source
    static: bool = False  # a state ("keep forces in"): "will" does not make it a threat or a promise
    verb_only_passive: bool = False
    weight: float = 1.0
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


class FrameFile(RuleModel):
    """A file of frames of one PLOVER type."""

    type: str
    frame: tuple[Frame, ...]


class Fallback(RuleModel):
    """What the operator means when no known act stands inside it."""

    type: str
    modes: tuple[str, ...] = ()
    needs_actor: tuple[str, ...] = ("addressee",)


class Operator(RuleModel):
    """Words that do something to an act: where the act stands (``act`` slots) and whom they address."""

    id: str
    kind: OperatorKind
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    act: tuple[str, ...] = ("clause", "object")
    addressee: tuple[str, ...] = ()
    source: tuple[str, ...] = ("subject",)
    noun_source: tuple[str, ...] = ("by", "poss", "modifier", "from", "of")
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    unless: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    infinitive: bool = False  # only a "to" clause is meant: "told Iran to leave", but not "told Iran that …"
    undergoes: bool = (
        False  # the subject is the target of the act inside: "faced criticism from", "received support from"
    )
    fallback: Fallback | None = None
    weight: float = 1.0
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


class OperatorFile(RuleModel):
    """A file of operators."""

    operator: tuple[Operator, ...]


class SetsFile(RuleModel):
    """``sets.toml``: word classes that rules name as "@set"."""

    sets: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to name a rule: the head lemma, its part of speech, and words that must stand below it."""

    extra: tuple[str, ...]
    rule: Frame | Operator


@dataclass(slots=True)
class Rulebook:
    """All rules, found by part of speech ("verb", "noun", "adjective") and lemma."""

    frames: tuple[Frame, ...]
    operators: tuple[Operator, ...]
    sets: dict[str, frozenset[str]]
    triggers: dict[tuple[str, str], list[Trigger]] = field(default_factory=dict)
    by_id: dict[str, Frame] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[Frame | Operator, ...]:
        return (*self.frames, *self.operators)

    def lemmas(self, words: tuple[str, ...]) -> frozenset[str]:
        """The lemmas that a ``when`` or ``unless`` list stands for, its "@sets" opened."""
        found = self._opened.get(words)
        if found is None:
            opened: set[str] = set()
            for word in words:
                opened |= self.sets[word[1:]] if word.startswith("@") else {word}
            found = self._opened[words] = frozenset(opened)
        return found

    _opened: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False)


@cache
def rulebook() -> Rulebook:
    """The rules of ``rules/en/events``; raises ``RuleError`` for an unknown key, type, mode or set, or an id used twice."""
    sets = {name: frozenset(words) for name, words in read_toml(f"{FOLDER}/sets.toml", SetsFile).sets.items()}
    frames: list[Frame] = []
    operators: list[Operator] = []
    for entry in sorted((rules_root() / FOLDER).iterdir(), key=lambda each: each.name):
        if entry.name.startswith("operators") and entry.name.endswith(".toml"):
            operators.extend(read_toml(f"{FOLDER}/{entry.name}", OperatorFile).operator)
        elif entry.name.endswith(".toml") and entry.name not in {"sets.toml", "contexts.toml"}:
            file = read_toml(f"{FOLDER}/{entry.name}", FrameFile)
            frames.extend(frame.model_copy(update={"type": frame.type or file.type}) for frame in file.frame)
    book = Rulebook(tuple(frames), tuple(operators), sets, by_id={frame.id: frame for frame in frames})
    _check(book)
    for rule in book.rules:
        _index(book, rule)
    return book


def _index(book: Rulebook, rule: Frame | Operator) -> None:
    for part, words in (("verb", rule.verbs), ("noun", rule.nouns), ("adjective", rule.adjectives)):
        for word in words:
            for pieces in _spellings(word.split(), part):
                _file(book, part, pieces, rule)


def _spellings(pieces: list[str], part: str) -> list[list[str]]:
    """A hyphenated word as it is written and as the tokenizer cuts it: "sit-in" is "in" with "sit" before it."""
    if not any("-" in piece.strip("-") for piece in pieces):
        return [pieces]
    cut: list[str] = []
    for at, piece in enumerate(pieces):
        parts = [each for each in piece.split("-") if each]
        if at == 0 and part == "verb":
            cut.extend((parts[-1], *parts[:-1]))
        elif at == len(pieces) - 1 and part == "noun":
            cut.extend(parts)
        else:
            cut.append(parts[-1])
    return [pieces, cut]


def _file(book: Rulebook, part: str, pieces: list[str], rule: Frame | Operator) -> None:
    """One trigger: its head word, the words that stand below it, and a phrase after it ("of emergency")."""
    link = next((at for at in range(1, len(pieces) - 1) if pieces[at] in _LINKS), len(pieces))
    phrase = [" ".join(pieces[link:])] if link < len(pieces) else []
    lemma = pieces[0] if part == "verb" else pieces[link - 1]
    extra = (*(pieces[1:link] if part == "verb" else pieces[: link - 1]), *phrase)
    book.triggers.setdefault((part, lemma), []).append(Trigger(extra, rule))


def _check(book: Rulebook) -> None:
    seen: set[str] = set()
    types = ontology().type
    for rule in book.rules:
        if rule.id in seen:
            raise RuleError(f"event rule {rule.id!r} is defined twice in rules/{FOLDER}; give one of them another id")
        seen.add(rule.id)
        for words in (*rule.when.values(), *rule.unless.values()):
            for word in words:
                if word.startswith("@") and word[1:] not in book.sets:
                    raise RuleError(
                        f"event rule {rule.id!r} names the unknown set {word!r}; sets are {sorted(book.sets)}"
                    )
        event_type, modes = (rule.type, rule.modes) if isinstance(rule, Frame) else _meaning(rule)
        if isinstance(rule, Frame):
            modes = (*modes, rule.many) if rule.many else modes
            unknown = [each for each in rule.also if each not in book.by_id]
            if unknown:
                raise RuleError(f"event rule {rule.id!r} names the unknown rules {unknown} under 'also'")
        if event_type and (event_type not in types or not set(modes) <= set(types[event_type].modes)):
            raise RuleError(f"event rule {rule.id!r} has the unknown type or mode {event_type} {list(modes)}")


def _meaning(rule: Operator) -> tuple[str, tuple[str, ...]]:
    return (rule.fallback.type, rule.fallback.modes) if rule.fallback else ("", ())
