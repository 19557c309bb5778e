"""The complements of a cue word, read from the tree and named by frame.

A frame says how a cue word takes what is attributed: ``clause`` ("said that it would stay"), ``inf`` ("promised to
stay"), ``obj+inf`` ("urged Iran to stop"), ``obj`` ("praised the deal"), ``obj+for`` ("blamed Iran for"), ``prep:for``
("called for"), ``ing`` ("denied taking"), ``small`` ("called it a coup"), ``before`` ("It would stay, he said"),
``inside`` ("It would, he said, stay"), ``quote`` (nothing but a quotation beside it).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language.clauses import SUBJECTS
from ..language.parse import Token

_VERB_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
# Times and places of the act itself, not part of what is attributed: "said on Thursday", "told reporters in Geneva".
SETTING_PREPOSITIONS = frozenset("on in at during after before since until by from via through amid last".split())
TELLING = frozenset(
    "tell remind inform assure warn ask notify brief advise promise convince persuade show teach".split()
)


@dataclass(slots=True)
class Frame:
    """One reading of a cue word: the frame's name, the heads of what is attributed and of those spoken to."""

    name: str
    heads: list[Token] = field(default_factory=list)
    addressees: list[Token] = field(default_factory=list)
    cue: list[Token] = field(default_factory=list)  # words of the cue besides the cue word: "called for"


def verb_lemma(verb: Token) -> str:
    """The lemma with its particle: "point_out"."""
    particle = verb.child("prt")
    return f"{verb.lemma}_{particle.lower}" if particle is not None else verb.lemma


def verb_group(verb: Token) -> list[Token]:
    """The verb with auxiliaries, negation and particle: "has not ruled out"."""
    return sorted([verb, *(child for child in verb.children if child.dep in _VERB_GROUP)], key=lambda each: each.index)


def is_infinitive(token: Token) -> bool:
    """True for "to stop": a verb with the particle "to"."""
    return any(child.tag == "TO" and child.dep == "aux" for child in token.children)


def verb_frame(verb: Token) -> Frame:
    """The complements of a verb."""
    clause = infinitive = gerund = small = obj = before = None
    addressees: list[Token] = []
    preps: list[Token] = []
    for child in verb.children:
        dep = child.dep
        if dep == "ccomp":
            if child.index < verb.index and child.tag != "VBG":
                before = child
                continue
            if is_infinitive(child) and child.child(*SUBJECTS) is not None:
                obj, infinitive = child, infinitive or child
            elif not child.is_verb and child.child(*SUBJECTS) is not None and child.child("cop", "mark") is None:
                small = small or child
            else:
                clause = clause or child
        elif dep == "xcomp":
            if is_infinitive(child):
                infinitive = infinitive or child
            elif child.tag == "VBG":
                gerund = gerund or child
            else:
                small = small or child
        elif dep in {"oprd", "acomp"}:
            small = small or child
        elif dep == "dobj":
            obj = obj or child
        elif dep == "dative":
            addressees.append(child if child.tag not in {"IN", "TO"} else child.child("pobj") or child)
        elif dep == "prep" and child.index > verb.index:
            preps.append(child)
    if before is not None and clause is None:
        return Frame("before", [before], addressees)
    return _frame(verb, clause, infinitive, gerund, small, obj, addressees, preps)


def _frame(
    verb: Token,
    clause: Token | None,
    infinitive: Token | None,
    gerund: Token | None,
    small: Token | None,
    obj: Token | None,
    addressees: list[Token],
    preps: list[Token],
) -> Frame:
    for prep in preps:
        if prep.lower == "to" and (clause is not None or obj is not None):
            addressees.extend(prep.children_of("pobj"))
    if clause is not None:
        if obj is not None:
            addressees.insert(0, obj)
        return Frame("clause", [clause], addressees)
    if infinitive is not None:
        if obj is not None:
            return Frame("obj+inf", [obj, infinitive], [] if obj is infinitive else [obj])
        for prep in preps:
            target = prep.child("pobj")
            if prep.lower in {"on", "to"} and target is not None and prep.index < infinitive.index:
                return Frame(f"{prep.lower}+inf", [target, infinitive], [target], [prep])
        return Frame("inf", [infinitive], addressees)
    if gerund is not None:
        return Frame("ing", [gerund], addressees)
    if small is not None:
        return Frame("small", [each for each in (obj, small) if each is not None], addressees)
    return _object_frame(verb, obj, addressees, preps)


def _object_frame(verb: Token, obj: Token | None, addressees: list[Token], preps: list[Token]) -> Frame:
    of_act = [prep for prep in preps if prep.lower not in SETTING_PREPOSITIONS or prep.child("pcomp") is not None]
    if obj is not None:
        for prep in of_act:
            if prep.lower in {"of", "for", "as", "with", "over", "about", "against", "to"} and prep.index > obj.index:
                if verb.lemma in TELLING:
                    return Frame("prep:" + prep.lower, prep.children_of("pobj", "pcomp"), [obj], [prep])
                return Frame("obj+" + prep.lower, [obj, prep], [obj] if prep.lower == "of" else [])
        if verb.lemma in TELLING and not addressees:
            return Frame("addressee", [], [obj])
        return Frame("obj", [obj], addressees)
    for prep in preps:
        heads = prep.children_of("pobj", "pcomp")
        nested = prep.child("prep")
        if not heads and nested is not None:
            prep, heads = nested, nested.children_of("pobj", "pcomp")
        if heads and (prep in of_act or prep.lower in {"on", "in", "at", "from"}):
            return Frame("prep:" + prep.lower, heads, addressees, [prep])
    return Frame("quote", [], addressees)


def noun_frame(noun: Token) -> Frame | None:
    """The complement of a noun: "the claim that", "a promise to", "criticism of"."""
    for child in noun.children:
        if child.index < noun.index:
            continue
        if (child.dep in {"acl", "ccomp", "relcl", "xcomp"} and child.is_verb) or child.dep in {"acl", "ccomp"}:
            if is_infinitive(child):
                return Frame("inf", [child])
            if any(each.dep == "mark" and each.lower == "that" for each in child.children):
                return Frame("clause", [child])
    for child in noun.children:
        if child.dep == "prep" and child.index > noun.index and child.lower not in {"by", "from", "in", "at"}:
            heads = child.children_of("pobj", "pcomp")
            if heads:
                return Frame("prep:" + child.lower, heads, [], [child])
    return None


def adjective_frame(adjective: Token) -> Frame | None:
    """The complement of a predicate adjective: "confident that", "ready to", "worried about"."""
    for child in adjective.children:
        if child.dep in {"ccomp", "xcomp"} and child.index > adjective.index:
            return Frame("inf" if is_infinitive(child) else "clause", [child])
    head = adjective.head
    if adjective.dep == "acomp":
        for child in head.children:
            if child.dep in {"ccomp", "xcomp"} and child.index > adjective.index:
                return Frame("inf" if is_infinitive(child) else "clause", [child])
    for child in adjective.children:
        if child.dep == "prep" and child.index > adjective.index:
            heads = child.children_of("pobj", "pcomp")
            if heads:
                return Frame("prep:" + child.lower, heads, [], [child])
    return None
