"""What a clause does to the act inside it: promise, demand, refuse, stop, allow, accuse, praise …"""

from __future__ import annotations

from collections.abc import Callable

from ..language import Token
from ..language.clauses import is_negated, prepositions, subjects
from .acts import Act
from .frames import IsActor, loose_targets, score
from .ontology import composed_modes, composition
from .rules import Operator, Trigger
from .slots import Slots

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE", "RETREAT", "CONCEDE"})
_HOSTILE = frozenset({"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST", "THREATEN"})
_INTENTIONS = frozenset({"intend", "offer", "announce", "threaten"})
# "despite the US call for their removal", "at the US request": whoever acts in answer to a demand is the one it is put to.
_IN_ANSWER = frozenset({"despite", "amid", "against", "over", "after", "following", "at", "upon", "under"})

ActsOf = Callable[[Token], list[Act]]


def operator_acts(trigger: Trigger, token: Token, slots: Slots, inner_acts: list[Act], is_actor: IsActor) -> list[Act]:
    """The acts that an operator makes of the acts inside it, or its own meaning when nothing known stands there."""
    rule = trigger.rule
    assert isinstance(rule, Operator)
    names = rule.noun_source if token.is_noun else rule.source
    sources = [each for each in _first_actors(names, slots, is_actor) if each not in slots.get("clause")]
    addressees = [each for each in _first_actors(rule.addressee, slots, is_actor) if each not in sources]
    if rule.undergoes:
        sources, addressees = addressees, sources
    if rule.kind == "demand" and not token.is_noun and any(_is_question(clause) for clause in slots.get("clause")):
        return []
    words = [
        token,
        *[child for word in trigger.extra for child in token.children if word in (child.lower, child.lemma)],
    ]
    found = []
    for inner in inner_acts:
        act = _compose(rule, token, inner, sources, addressees, is_negated(token), words)
        if (
            act is not None
            and rule.kind in {"do", "announce"}
            and not act.targets
            and not (act.reciprocal and len(act.sources) > 1)
        ):
            act.targets = loose_targets(token, slots, is_actor, act.sources)
            act.loose = act.loose or bool(act.targets)
        if act is not None and (act.targets or not _empty(inner) or (not act.nominal and rule.kind != "do")):
            found.append(act)
    if not found and rule.fallback is not None:
        act = _fallback(rule, token, slots, sources, addressees, words, is_actor)
        if act is not None:
            found.append(act)
    return found


def _first_actors(names: tuple[str, ...], slots: Slots, is_actor: IsActor) -> list[Token]:
    for name in names:
        found = [token for token in slots.get(name) if is_actor(token)]
        if found:
            return found
    return []


def effective_kind(kind: str, inner: Act, negated: bool) -> tuple[str, bool]:
    """The operator that is really meant, and whether the outcome is itself negated.

    "pledged not to attack" gives in, "will not attend" refuses, "did not rule out force" threatens, "did not allow" refuses.
    """
    if kind in _INTENTIONS and inner.negated != negated and inner.type in _COOPERATIVE:
        return "refuse", False  # "pledged not to sign", "has no plans to meet"
    if negated and kind == "refuse" and inner.type in _HOSTILE:
        return "not-refuse", False
    if negated and kind == "allow":
        return "refuse", False
    return kind, negated


def _compose(
    rule: Operator,
    token: Token,
    inner: Act,
    sources: list[Token],
    addressees: list[Token],
    negated: bool,
    words: list[Token],
) -> Act | None:
    kind, outcome_negated = effective_kind(rule.kind, inner, negated)
    event_type, inner_modes = inner.type, inner.modes
    if inner.negated and event_type in _HOSTILE and kind in _INTENTIONS | {"demand"}:
        event_type, inner_modes = "RETREAT", ()  # "urged Iran not to attack", "pledged not to attack": holding back
    if kind == "demand" and event_type == "SANCTION" and inner.targets and not addressees and not inner.sources:
        kind = "rally"  # "called for sanctions against the regime": nobody is asked, somebody is pointed at
    if kind == "demand" and "ceasefire" in inner_modes and not addressees and _own_war(inner, sources):
        kind = "own-peace"
    row = composition(kind, event_type, inner_modes)
    if row is None:
        return None
    same = row.type == "same"
    if not sources:
        sources = (
            list(inner.sources)
            if same or kind in _INTENTIONS | {"expect", "stop", "refuse", "not-refuse", "attempt", "ease"}
            else []
        )
    targets = addressees if rule.undergoes else _targets(row.target, inner, sources, addressees)
    if not targets and kind == "do" and inner.reciprocal and not rule.undergoes:
        targets = [each for each in inner.sources if each not in sources]  # "attended a meeting of the council"
    act = Act(
        head=token, type=inner.type if same else row.type, modes=composed_modes(row, event_type, inner_modes), contexts=inner.contexts,
        cameo=inner.cameo if same else None, jointly=inner.jointly if same else "", sources=sources, targets=targets,
        objects=inner.objects, chain=(*inner.chain, rule.id),
        trigger=[*words, *inner.trigger] if kind == "do" else words, cues=inner.cues if kind == "do" else [*inner.trigger, *inner.cues],
        negated=outcome_negated or (inner.negated and kind in {"do", "attempt"}), 
        modality=row.modality or (inner.modality if same else "asserted"),
        operators=(*inner.operators, kind), static=inner.static and same, nominal=token.is_noun, reciprocal=inner.reciprocal and same,
        weight=rule.weight * inner.weight, loose=inner.loose, inner=inner, keeps_inner=row.keeps_inner, target_slots=inner.target_slots,
    )  # fmt: skip
    act.score = score(act) + 0.4 + max(0.0, inner.score - score(inner))
    return act


def _own_war(inner: Act, sources: list[Token]) -> bool:
    """The words make the war that of whoever speaks: "its war", "a truce with Serbia" of which no other party is named."""
    others = [token for token in inner.sources if token not in sources and token.tag != "PRP$"]
    if others:
        return False
    words = [token for token in (*inner.trigger, *inner.cues) if token.is_noun]
    if any(child.tag == "PRP$" for token in words for child in token.children):
        return True
    with_whom = [each for token in words for each in prepositions(token).get("with", ())]
    return bool(with_whom) and all(each in with_whom for each in inner.targets)


def _empty(act: Act) -> bool:
    """An operator's noun that holds neither an act nor anybody, an inquiry apart: "showed rejection"."""
    return (
        act.inner is None
        and bool(act.operators)
        and act.nominal
        and not act.targets
        and act.operators != ("investigate",)
    )


def _targets(rules: tuple[str, ...], inner: Act, sources: list[Token], addressees: list[Token]) -> list[Token]:
    given = {"addressee": addressees, "inner-target": inner.targets, "inner-source": inner.sources}
    if inner.loose and "addressee" in rules and any(token not in sources for token in addressees):
        rules = ("addressee",)  # "threatened Turkey with sanctions over a purchase": a loosely read target gives way
    for rule in rules:
        found = [token for token in given[rule] if token not in sources]
        if found:
            return found
    return []


def _fallback(
    rule: Operator,
    token: Token,
    slots: Slots,
    sources: list[Token],
    addressees: list[Token],
    words: list[Token],
    is_actor: IsActor,
) -> Act | None:
    assert rule.fallback is not None
    if rule.kind == "demand" and any(_is_question(clause) for clause in slots.get("clause")):
        return None
    if rule.infinitive and not any(each.tag == "TO" for clause in slots.get("clause") for each in clause.children):
        return None
    targets = list(addressees)
    loose = False
    if not targets:
        targets = [each for each in _inside_content(rule, slots, is_actor) if each not in sources]
        loose = bool(targets)
    carried = token.is_noun and token.dep in {
        "dobj",
        "nsubjpass",
        "conj",
        "pobj",
    }  # "voiced criticism of": the verb gives the source
    wanted = rule.fallback.needs_actor
    alone = not targets and (len(sources) < 2 or rule.fallback.type != "AGREE")  # several who agree need no addressee
    if not carried and (("source" in wanted and not sources) or ("addressee" in wanted and alone)):
        return None
    objects = [each for slot in rule.act for each in slots.get(slot) if each.is_noun and each not in targets]
    act = Act(
        head=token, type=rule.fallback.type, modes=rule.fallback.modes, contexts=(), cameo=None, sources=sources, targets=targets,
        objects=objects, chain=(rule.id,), trigger=words, operators=(rule.kind,), nominal=token.is_noun,
        weight=0.8 * rule.weight, loose=loose,
    )  # fmt: skip
    act.score = score(act) - 0.1
    return act


def _is_question(clause: Token) -> bool:
    """ "asked why they left", "asked whether it was true": a question, no demand."""
    return any(
        child.tag in {"WRB", "WP", "WDT"} or (child.dep == "mark" and child.lower in {"if", "whether"})
        for child in clause.children
    )


def _inside_content(rule: Operator, slots: Slots, is_actor: IsActor) -> list[Token]:
    """Actors of what the operator is about, when no known act stands there: "rejected the election results of …"."""
    for slot in rule.act:
        for filler in slots.get(slot):
            own = rule.kind in _INTENTIONS and any(
                child.tag == "PRP$" for child in filler.children
            )  # "extend their mission in Chad"
            if filler.is_noun and is_actor(filler) and not own:
                return [filler]
            found = _actors_below(filler, is_actor, 0)
            if found:
                return found
    return []


def _actors_below(filler: Token, is_actor: IsActor, depth: int) -> list[Token]:
    order = ["nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss"] if filler.is_verb else ["poss", "pobj"]
    near = [child for child in filler.children if child.dep in order]
    near += [
        inside
        for child in filler.children
        if child.dep in {"prep", "agent", "dative"}
        for inside in child.children
        if inside.dep == "pobj"
    ]
    objects = [child for child in filler.children if child.dep == "dobj"]
    near += [
        inside
        for each in objects
        for child in each.children
        if child.dep == "prep"
        for inside in child.children
        if inside.dep == "pobj"
    ]
    for wanted in order:
        for each in near:
            if each.dep == wanted and is_actor(each):
                return [each]
    # "a proposal put forward by the rebels", "allow the airline to land", "appeals against the demolition of a village"
    deeper = [child for child in filler.children if child.dep in {"ccomp", "xcomp", "acl", "relcl"}]
    deeper += [each for each in near if each.is_noun and each.dep in {"dobj", "pobj"}]
    for each in deeper if depth < 3 else ():
        found = _actors_below(each, is_actor, depth + 1)
        if found:
            return found
    return []


def defier_of(token: Token) -> list[Token]:
    """The subject of the clause that answers this demand: "it will stay despite the US call", "left at the US request"."""
    if token.dep == "pobj" and token.head.lower in _IN_ANSWER and token.head.head.is_verb:
        return subjects(token.head.head)
    return []
