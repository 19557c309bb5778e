"""What he, she, they and it point back to: the nearest fitting actor, subjects first."""

from __future__ import annotations

from ..language.parse import Parse, Token
from .drafts import Draft, current

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
THIRD_PERSON = MASCULINE | FEMININE | NEUTER | PLURAL
REACH = 4  # sentences back
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})


def fits(pronoun: str, draft: Draft) -> bool:
    """Gender, number and kind allow it."""
    if pronoun in MASCULINE or pronoun in FEMININE:
        if draft.plural or draft.sort not in {"person", "unknown"} or (draft.sort == "unknown" and not draft.named):
            return False
        return not draft.gender or draft.gender == ("m" if pronoun in MASCULINE else "f")
    if pronoun in NEUTER:
        return not draft.plural and draft.sort in {"country", "government", "body", "unknown"}
    return draft.plural or draft.sort in {"group", "body", "government"}


def antecedent(pronoun: Token, parse: Parse, drafts: list[Draft]) -> tuple[Draft, int] | None:
    """The draft that the pronoun points to, and the token of the mention that won."""
    if pronoun.dep == "expl" or (pronoun.lower == "it" and _is_dummy(pronoun)):
        return None
    best: tuple[float, int, Draft] | None = None
    for draft in drafts:
        if draft.merged_into is not None or not fits(pronoun.lower, draft):
            continue
        for at in draft.at:
            score = _score(pronoun, parse.tokens[at], draft, at)
            if score is not None and (best is None or (score, at) > (best[0], best[1])):
                best = (score, at, draft)
    return None if best is None else (current(best[2]), best[1])


def _score(pronoun: Token, mention: Token, draft: Draft, at: int) -> float | None:
    if at >= pronoun.index or pronoun.sentence.index - mention.sentence.index > REACH:
        return None
    if pronoun.sentence.paragraph - mention.sentence.paragraph > 2:
        return None
    score = -3.0 * (pronoun.sentence.index - mention.sentence.index)
    if at in draft.subject_at:
        score += 2.5
        if mention.sentence is pronoun.sentence and mention.head in pronoun.ancestors():
            score += 1.0
    elif mention.dep == "poss":
        score -= 0.5
    if mention.head is pronoun.head and pronoun.dep == "dobj" and not pronoun.lower.endswith("sel"):
        return None  # "Trump met him": not himself
    score += min(len(draft.at), 6) * 0.3
    if draft.named:
        score += 0.5
    if pronoun.lower in MASCULINE | FEMININE and not draft.gender and draft.sort != "person":
        score -= 2.0
    score -= (pronoun.index - at) * 0.01
    return score


def _is_dummy(pronoun: Token) -> bool:
    """ "it" in "it is unclear", "it rained", "it seems that"."""
    verb = pronoun.head
    if verb.lemma in {"seem", "appear", "rain", "snow", "happen", "turn", "emerge"} and pronoun.dep == "nsubj":
        return True
    if verb.lemma == "be" and pronoun.dep in {"nsubj", "nsubjpass"}:
        complement = verb.child("acomp", "attr")
        if complement is None:
            return False
        return any(
            child.dep in {"ccomp", "xcomp", "advcl", "csubj", "relcl"}
            for child in (*verb.children, *complement.children)
        )
    return False
