"""Attributions whose cue is no verb: "according to", "in the words of", nouns, adjectives, adverbs, a headline's colon."""

from __future__ import annotations

from ..language.clauses import subjects
from ..language.parse import Token
from .attributions import Attribution, Scene
from .content import is_mark, runs
from .frames import adjective_frame, noun_frame
from .lexicon import Lexicon
from .speakers import possessors

_HEARSAY = {"reportedly": "say", "allegedly": "claim", "supposedly": "claim", "purportedly": "claim"}
MAX_COLON_WORDS = 6


def add_phrases(scene: Scene, lexicon: Lexicon) -> None:
    """Adds every attribution that a preposition, noun, adjective, adverb or colon signals."""
    for token in scene.parse.tokens:
        if token.is_noun:
            if token.lemma in lexicon.nouns:
                _add_noun(scene, token, lexicon)
        elif token.lower == "to":
            _add_according(scene, token)
        elif token.lower == "per":
            _add_per(scene, token)
        elif token.lower in _HEARSAY:
            _add_hearsay(scene, token)
        elif token.is_adjective and token.lemma in lexicon.adjectives:
            _add_adjective(scene, token, lexicon)
    for sentence in scene.parse.sentences:
        _add_colon(scene, sentence.tokens)


def _add_according(scene: Scene, to: Token) -> None:
    tokens = to.sentence.tokens
    place = to.index - tokens[0].index
    if place == 0 or tokens[place - 1].lower != "according":
        return
    according = tokens[place - 1]
    source = to.child("pobj") or according.child("pobj") or _next_noun(tokens, place)
    if source is not None:
        _add_adjunct(scene, [according, to], according, source, "en.according-to")


def _add_per(scene: Scene, per: Token) -> None:
    source = per.child("pobj")
    previous = scene.parse.tokens[per.index - 1] if per.index else None
    if source is not None and source.is_proper and previous is not None and is_mark(previous):
        _add_adjunct(scene, [per], per, source, "en.per")


def _next_noun(tokens: list[Token], place: int) -> Token | None:
    for token in tokens[place + 1 : place + 8]:
        if token.is_noun:
            while token.dep in {"compound", "nmod", "poss"} and token.head.index > token.index:
                token = token.head
            return token
    return None


def _add_adjunct(scene: Scene, cue: list[Token], word: Token, source: Token, rule: str) -> None:
    """The clause that an adjunct stands by, the adjunct left out."""
    attribution = Attribution(word, cue, [source], [], "say", rule, "adjunct")
    speaker = source.subtree()
    barred = [*cue, *speaker]
    clause = _clause_of(word)
    words = clause.sentence.tokens if clause.is_root else clause.subtree()
    attribution.content = runs(scene.parse, words, barred, scene.quoted)
    scene.add(attribution)


def _clause_of(word: Token) -> Token:
    """The head of the clause that a word stands in, as wide as its sentence unless it is subordinate."""
    for above in word.ancestors():
        if above.is_root or above.dep in {"relcl", "advcl", "ccomp", "acl"}:
            return above
    return word


def _add_hearsay(scene: Scene, adverb: Token) -> None:
    clause = _clause_of(adverb)
    words = clause.sentence.tokens if clause.is_root else clause.subtree()
    content = runs(scene.parse, words, [adverb], scene.quoted)
    scene.add(Attribution(adverb, [adverb], [], content, _HEARSAY[adverb.lower], f"en.{adverb.lower}", "hearsay"))


def _add_noun(scene: Scene, noun: Token, lexicon: Lexicon) -> None:
    cue = lexicon.nouns[noun.lemma]
    frame = noun_frame(noun)
    if frame is None or frame.name not in cue.frames:
        return
    speakers = possessors(noun)
    if not speakers and noun.dep in {"dobj", "pobj"} and noun.head.is_verb:
        speakers = subjects(noun.head)
    words = [noun, *frame.cue]
    attribution = Attribution(noun, words, speakers, [], cue.act, f"en.{cue.word}.{frame.name}", "noun")
    attribution.content = scene.spans(frame.heads, words + attribution.speaker_words())
    scene.add(attribution)


def _add_adjective(scene: Scene, adjective: Token, lexicon: Lexicon) -> None:
    cue = lexicon.adjectives[adjective.lemma]
    frame = adjective_frame(adjective)
    if frame is None or frame.name not in cue.frames:
        return
    verb = adjective.head if adjective.dep == "acomp" else adjective
    speakers = subjects(verb)
    if not speakers:
        return
    words = ([verb] if verb is not adjective else []) + [adjective, *frame.cue]
    attribution = Attribution(adjective, words, speakers, [], cue.act, f"en.{cue.word}.{frame.name}", "adjective")
    attribution.content = scene.spans(frame.heads, words + attribution.speaker_words())
    scene.add(attribution)


def _add_colon(scene: Scene, tokens: list[Token]) -> None:
    """ "Lavrov: Troops will stay": a name before a colon that opens a headline, a caption or an exchange of words."""
    for place, token in enumerate(tokens[: MAX_COLON_WORDS + 1]):
        if token.text == ":" and 0 < place < len(tokens) - 1:
            named = tokens[:place]
            if (
                all(each.is_noun or each.tag in {"IN", "DT", "POS", "JJ", "."} for each in named)
                and named[-1].is_noun
                and any(each.is_proper for each in named)
            ):
                head = next((each for each in reversed(named) if each.head not in named), named[-1])
                content = runs(scene.parse, tokens[place + 1 :], named, scene.quoted)
                scene.add(Attribution(token, [token], [head], content, "say", "en.colon", "colon"))
            return
