"""Reads the acts of a sentence from its tree: every predicate once, operators around the acts inside them."""

from __future__ import annotations

from ..language import Cast, Parse, Sentence, Token
from ..language.clauses import is_negated
from ..records import ActorRef
from .acts import Act
from .frames import base_act, fits, part_of_speech, triggers_at
from .operators import defier_of, operator_acts
from .rules import Frame, Operator, Rulebook, Trigger
from .slots import Slots, slots_of

MAX_DEPTH = 10
# Nouns that only relate one thing to another: "in favour of the motion", "for his part", "on behalf of".
_RELATIONS = frozenset(
    "absence addition aftermath behalf case course eve exchange face favor favour front light middle midst name order part place presence "
    "regard response return sake spite term terms view wake".split()
)
_SHARED_SLOTS = ("from", "with", "to", "for", "against", "on", "over", "between", "at")
# Verbs that say nothing of their own: the act is in their infinitive ("managed to", "moved to", "is to").
_TRANSPARENT_VERBS = frozenset(
    "manage move happen proceed rush be have get come go help use serve need dare fail join take make do keep work act see".split()
)


class Reader:
    """The acts of one report, read on demand and kept. ``alternatives`` holds the readings that lost, by token index."""

    def __init__(self, parse: Parse, cast: Cast, book: Rulebook) -> None:
        self.parse = parse
        self.cast = cast
        self.book = book
        self.alternatives: dict[int, list[Act]] = {}
        self._acts: dict[int, list[Act]] = {}
        self._slots: dict[int, Slots] = {}
        self._refs: dict[int, tuple[ActorRef, ...]] = {}
        self._open: set[int] = set()

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        found = self._refs.get(token.index)
        if found is None:
            found = self._refs[token.index] = () if token.lemma in _RELATIONS else self.cast.refer(token)
        return found

    def is_actor(self, token: Token) -> bool:
        return bool(self.refer(token))

    def slots(self, token: Token) -> Slots:
        found = self._slots.get(token.index)
        if found is None:
            found = self._slots[token.index] = slots_of(token)
        return found

    def sentence_acts(self, sentence: Sentence) -> list[Act]:
        """The acts that stand on their own in the sentence: those an operator has taken up are left to it."""
        order = self._outermost_first(sentence)
        taken: set[int] = set()
        found: list[Act] = []
        for token in order:
            if token.index in taken:
                continue
            for act in self.acts_of(token):
                found.append(act)
                _take(act, taken)
        return found

    def _outermost_first(self, sentence: Sentence) -> list[Token]:
        order: list[Token] = list(sentence.roots)
        for token in order:
            order.extend(token.children)
        return [token for token in order if part_of_speech(token) is not None]

    def acts_of(self, token: Token, depth: int = 0) -> list[Act]:
        """The acts that this predicate names, outermost reading first; none for a word that no rule knows."""
        known = self._acts.get(token.index)
        if known is not None:
            return known
        if token.index in self._open or depth > MAX_DEPTH:
            return []
        self._open.add(token.index)
        found = self._read(token, depth)
        self._open.discard(token.index)
        self._acts[token.index] = found
        return found

    def _read(self, token: Token, depth: int) -> list[Act]:
        triggers = triggers_at(self.book, token)
        if not triggers:
            return self._through(token, depth)
        readings: list[list[Act]] = []
        slots = self.slots(token)
        within_reach = self._reach(token, slots)
        for trigger in triggers:
            if not fits(trigger.rule, within_reach, self.book, self.is_actor):
                continue
            if isinstance(trigger.rule, Frame):
                if trigger.rule.near and not any(each.lemma in trigger.rule.near for each in token.subtree()):
                    continue
                act = base_act(trigger, token, slots, self.is_actor, self.book)
                acts = [act] if act is not None else []
            else:
                acts = self._operate(trigger, token, slots, depth)
            if acts:
                readings.append(acts)
        if not readings:
            return self._through(token, depth)
        readings.sort(key=lambda acts: (-max(act.score for act in acts), acts[0].chain))
        best = readings[0]
        for act in best:
            act.negated = act.negated or (not act.operators and is_negated(token))
            if act.nominal and not act.targets and act.type == "REQUEST":
                act.targets = [each for each in defier_of(token) if self.is_actor(each) and each not in act.sources]
        self.alternatives[token.index] = [act for acts in readings[1:] for act in acts]
        return best

    def _reach(self, token: Token, slots: Slots) -> Slots:
        """What may fill the slots of a noun: the phrases of its verb too ("sent condolences to the family")."""
        if not token.is_noun or token.dep not in {"dobj", "nsubjpass"} or not token.head.is_verb:
            return slots
        above = self.slots(token.head).fillers
        held = {name: above[name] for name in _SHARED_SLOTS if name in above}
        return Slots({**held, **slots.fillers}, slots.passive, slots.sentence)

    def _operate(self, trigger: Trigger, token: Token, slots: Slots, depth: int) -> list[Act]:
        rule = trigger.rule
        assert isinstance(rule, Operator)
        inner: list[Act] = []
        for slot in rule.act:
            for filler in slots.get(slot):
                if rule.infinitive and slot == "clause" and not any(each.tag == "TO" for each in filler.children):
                    continue
                if filler.index != token.index:
                    inner.extend(self._acts_inside(filler, depth + 1))
            if inner:
                break
        if rule.kind == "do":
            inner = [act for act in inner if act.nominal or act.operators or "clause" in rule.act]
        return operator_acts(trigger, token, slots, inner, self.is_actor)

    def _acts_inside(self, filler: Token, depth: int) -> list[Act]:
        """Acts of a complement, of the verbs conjoined with it, and of what a noun measures out ("a series of attacks")."""
        found = list(self.acts_of(filler, depth))
        if filler.is_verb or filler.is_adjective:
            for child in filler.children:
                if child.dep == "conj" and child.is_verb:
                    found.extend(self._acts_inside(child, depth + 1))
        elif filler.is_noun and not found:
            for name in ("of", "for", "to", "on", "about", "over"):
                for inside in self.slots(filler).get(name):
                    if inside.is_noun or inside.tag == "VBG":
                        found.extend(self.acts_of(inside, depth + 1))
                if found:
                    break
            for clause in [] if found else self.slots(filler).get("clause"):
                found.extend(self.acts_of(clause, depth + 1))
        return found

    def _through(self, token: Token, depth: int) -> list[Act]:
        """A verb without a rule passes on what its infinitive or its adjective says: "managed to free", "is ready to talk"."""
        if not token.is_verb or token.lemma not in _TRANSPARENT_VERBS:
            return []
        found: list[Act] = []
        for child in token.children:
            if child.dep in {"xcomp", "acomp", "oprd"} or (child.dep == "attr" and token.lemma == "be"):
                found.extend(self.acts_of(child, depth + 1))
        negated = is_negated(token)
        if negated:
            for act in found:
                act.negated = not act.negated if not act.operators else True
        return found


def _take(act: Act, taken: set[int]) -> None:
    """The words of an act and of all acts inside it are spent, but for those that the operator presupposes."""
    taken.update(token.index for token in act.trigger)
    inner, presupposed = act.inner, act.keeps_inner
    while inner is not None:
        if not presupposed:
            taken.update(token.index for token in inner.trigger)
        presupposed = presupposed or inner.keeps_inner
        inner = inner.inner
