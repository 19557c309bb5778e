"""Attributions whose cue is a verb with its complement: "said that", "It would stay, he said", "accused Iran of"."""

from __future__ import annotations

from ..language.parse import Token
from .attributions import Attribution, Scene
from .content import is_mark, runs
from .frames import Frame, is_infinitive, verb_frame, verb_group, verb_lemma
from .lexicon import Cue, Lexicon
from .speakers import is_passive_cue, phrase, relays, verb_speakers

_ADDED = frozenset(
    {
        "advmod",
        "npadvmod",
        "prep",
        "dative",
        "dobj",
        "nsubj",
        "nsubjpass",
        "aux",
        "auxpass",
        "neg",
        "prt",
        "agent",
        "advcl",
    }
)
_BARE_FRAMES = frozenset({"before", "clause", "quote", "addressee"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
REACH = 24  # words looked at for a subject that the tree does not show
_BREAKS = frozenset(",;:—–-()")


def cue_of(verb: Token, lexicon: Lexicon) -> Cue | None:
    """The cue word that this verb is, with its particle or without."""
    return lexicon.verbs.get(verb_lemma(verb)) or lexicon.verbs.get(verb.lemma)


def add_verbs(scene: Scene, lexicon: Lexicon) -> None:
    """Adds every verb cue whose complement the tree shows."""
    for token in scene.parse.tokens:
        if token.tag[:2] == "VB" and token.lemma in lexicon.heads:
            cue = cue_of(token, lexicon)
            if cue is not None:
                _add_verb(scene, token, cue)


def _add_verb(scene: Scene, verb: Token, cue: Cue) -> None:
    frame = verb_frame(verb)
    passive = is_passive_cue(verb)
    speakers = verb_speakers(verb)
    if not speakers and not passive and verb.tag in _FINITE and verb.dep != "relcl":
        speakers = _speaker_beside(scene, verb, frame)
    group = verb_group(verb) + frame.cue
    name = frame.name
    if passive and name not in {"before", "inside"}:
        name = "pass+" + name.removeprefix("prep:").removeprefix("obj+")
    parenthetical = _parenthetical(scene, verb, frame, speakers) if cue.frames & {"before", "inside"} else None
    if parenthetical is not None:
        name, content = parenthetical
        content = content if name in cue.frames else []
    elif name in cue.frames or (passive and name == "pass+clause" and "clause" in cue.frames):
        content = _content(scene, verb, frame, passive, speakers, group)
    else:
        return
    if not speakers and not name.startswith("pass+") and name != "clause":
        return  # nobody says it: most often a noun or an adjective that the tagger took for a verb
    attribution = Attribution(
        verb, group, speakers, content, cue.act, f"en.{cue.word}.{name}", name, relays(verb), frame.addressees
    )
    scene.add(attribution)


def _speaker_beside(scene: Scene, verb: Token, frame: Frame) -> list[Token]:
    """The speaker where the tree shows no subject: "added another envoy", "about two-thirds, 67 percent, say"."""
    if frame.name == "before":
        after = verb.child("dobj", "attr", "npadvmod")
        if after is not None and after.index > verb.index and (after.is_noun or after.tag == "PRP"):
            return [after]
    tokens = verb.sentence.tokens
    for token in reversed(tokens[max(verb.index - tokens[0].index - REACH, 0) : verb.index - tokens[0].index]):
        if scene.quoted.at(token.start) is not None or token.is_verb or token.tag in {"WDT", "MD"}:
            break
        if token.is_noun or token.tag in {"PRP", "CD"}:
            while (
                token.head is not token
                and (token.head.is_noun or token.head.tag == "CD")
                and token.head.index < verb.index
            ):
                token = token.head
            if token.dep not in {"pobj", "poss"}:
                return [token]
    return []


def _content(
    scene: Scene, verb: Token, frame: Frame, passive: bool, speakers: list[Token], group: list[Token]
) -> list[tuple[int, int]]:
    heads = list(frame.heads)
    if passive and frame.name not in {"clause", "before"}:
        subject = verb.child("nsubjpass")
        if subject is not None:
            heads.append(subject)
    probe = Attribution(verb, group, speakers, [], "", "", "")
    barred = group if passive else group + probe.speaker_words()
    return scene.spans(heads, barred)


def _parenthetical(
    scene: Scene, verb: Token, frame: Frame, speakers: list[Token]
) -> tuple[str, list[tuple[int, int]]] | None:
    """("before" | "inside", content) when the cue clause is set off at the end or in the midst of what is attributed."""
    if (
        not speakers
        or is_infinitive(verb)
        or verb.tag == "VBG"
        or verb.dep in {"relcl", "advcl", "acl", "pcomp", "xcomp"}
    ):
        return None
    clause = _cue_clause(verb, frame, speakers)
    tokens = scene.parse.tokens
    first, last = clause[0], clause[-1]
    opening, closing = verb.sentence.tokens[0].index, verb.sentence.tokens[-1].index
    if first.index == opening or not _sets_off(scene, tokens[first.index - 1]):
        return None
    before = [token for token in verb.sentence.tokens if token.index < first.index]
    beside = scene.quoted.at(first.start - 1) or scene.quoted.at(first.start - 2) or scene.quoted.at(first.start - 3)
    rest = [token for token in verb.sentence.tokens if not first.index <= token.index <= last.index]
    if beside is None and (
        frame.name not in _BARE_FRAMES or not any(token.is_verb or token.tag == "MD" for token in rest)
    ):
        return None
    before = _up_to_quotation(scene, before, first)
    after_comma = last.index < closing and tokens[last.index + 1].text in _BREAKS
    own = [head for head in frame.heads if head.index > last.index and head not in clause]
    if last.index >= closing or all(is_mark(token) for token in tokens[last.index + 1 : closing + 1]):
        return "before", runs(scene.parse, before, clause, scene.quoted)
    if after_comma and (
        beside is not None
        or any(head.subtree()[0].index < first.index for head in own)
        or verb.dep in {"parataxis", "ccomp"}
    ):
        return "inside", runs(
            scene.parse, [token for token in verb.sentence.tokens if token not in clause], clause, scene.quoted
        )
    if frame.name == "before":
        return "before", runs(scene.parse, before, clause, scene.quoted)
    if beside is not None and not own:
        return "before", runs(scene.parse, before, clause, scene.quoted)
    return None


def _up_to_quotation(scene: Scene, before: list[Token], first: Token) -> list[Token]:
    """Without the words between a closed quotation and the cue clause: "“…,” the envoy, Ana Ruiz said"."""
    if not before:
        return before
    ended = [
        quotation
        for quotation in scene.quoted.within(before[0].start, first.start)
        if quotation.closed and quotation.end <= first.start
    ]
    if not ended or scene.parse.text[ended[-1].end - 2] not in ",?!":
        return before
    between = [token for token in before if token.start >= ended[-1].end]
    return (
        before
        if any(token.tag in {"VBD", "VBZ", "VBP", "MD"} for token in between)
        else [token for token in before if token.end <= ended[-1].end]
    )


def _sets_off(scene: Scene, token: Token) -> bool:
    return token.text in _BREAKS or token.tag in {"''", "``"} or is_mark(token)


def _cue_clause(verb: Token, frame: Frame, speakers: list[Token]) -> list[Token]:
    """The words of the cue clause, without what it attributes: "a spokesman for the army said on Friday"."""
    kept = {verb.index: verb}
    content = {id(head) for head in frame.heads} if frame.name not in {"obj", "addressee"} else set()
    for child in verb.children:
        if child.dep in _ADDED and id(child) not in content:
            for token in child.subtree():
                kept[token.index] = token
    for head in speakers:
        for token in phrase(head, verb):
            kept[token.index] = token
    indices = _run_around(sorted(kept), verb.index, verb)
    return [verb.sentence.tokens[index - verb.sentence.tokens[0].index] for index in indices]


def _run_around(indices: list[int], center: int, verb: Token) -> list[int]:
    """The unbroken run of indices around one, commas inside it allowed."""
    base = verb.sentence.tokens[0].index
    words = set(indices)
    low = high = center
    while low - 1 in words or (
        low - 2 in words
        and low - 1 >= base
        and is_mark(verb.sentence.tokens[low - 1 - base])
        and _same_phrase(verb, low - 2, base)
    ):
        low -= 1
    while high + 1 in words or (high + 2 in words and is_mark(verb.sentence.tokens[high + 1 - base])):
        high += 1
    return list(range(low, high + 1))


def _same_phrase(verb: Token, index: int, base: int) -> bool:
    """True when the word at an index belongs to the subject of the verb: "Smith, the minister, said"."""
    token: Token = verb.sentence.tokens[index - base]
    return any(above.head is verb and above.dep in {"nsubj", "nsubjpass"} for above in (token, *token.ancestors()))
