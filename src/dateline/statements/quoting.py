"""Direct quotations: which cue a quotation hangs on, and whose words a quotation without one goes on with."""

from __future__ import annotations

from ..language.clauses import SUBJECTS
from ..language.parse import Sentence, Token
from .attributions import Attribution, Scene
from .content import is_mark
from .frames import verb_group
from .lexicon import Lexicon
from .quotations import Quotation
from .speakers import relays, verb_speakers
from .verbs import cue_of

# Words looked at on either side of a quotation; "said Ana Ruiz, a lawyer for the families of the dead" fits.
REACH = 24
# A shorter quotation without a reporting comma is a phrase that the reporter quotes, not an utterance.
MIN_FREE_WORDS = 4
_REPORTING_ENDS = frozenset(",?!—–-…")


def add_quotations(scene: Scene, lexicon: Lexicon) -> None:
    """Gives each quotation that no complement holds to the cue beside it, or to the statement that it goes on with."""
    last: Attribution | None = None
    last_sentence = -1
    by_sentence: dict[int, Attribution] = {}
    for attribution in scene.found.values():
        _remember(attribution, by_sentence)
    quotations = scene.quoted.all
    waiting: list[Quotation] = []  # paragraphs of a running quotation whose cue has not come yet
    for quotation in quotations:
        tokens = scene.parse.tokens_in(quotation.start, quotation.end)
        if not tokens:
            continue
        opening, closing = tokens[0].sentence, tokens[-1].sentence
        holder = _holder(scene, quotation, by_sentence, opening, closing)
        if holder is None:
            holder = _after(scene, quotation, tokens[-1], lexicon) or _before(scene, quotation, tokens[0], lexicon)
        if holder is None and _stands_free(scene, quotation, tokens, opening, closing):
            holder = _continued(scene, opening, by_sentence, last, last_sentence, lexicon)
            if holder is not None:
                holder.rules.append("en.quote.continued")
        if holder is None and quotation.continues:
            waiting.append(quotation)
            continue
        if holder is not None:
            for earlier in waiting:
                _attach(scene, holder, earlier)
            _attach(scene, holder, quotation)
            by_sentence[closing.index] = holder
            last, last_sentence = holder, max(closing.index, holder.word.sentence.index)
        waiting = []


def _remember(attribution: Attribution, by_sentence: dict[int, Attribution]) -> None:
    number = attribution.word.sentence.index
    known = by_sentence.get(number)
    if known is None or (
        attribution.frame in {"before", "inside", "clause"} and known.frame not in {"before", "inside", "clause"}
    ):
        by_sentence[number] = attribution


def _holder(
    scene: Scene, quotation: Quotation, by_sentence: dict[int, Attribution], opening: Sentence, closing: Sentence
) -> Attribution | None:
    """The attribution whose content already holds this quotation."""
    for sentence in (closing, opening):
        for token in sentence.tokens:
            attribution = scene.found.get(token.index)
            if (
                attribution is not None
                and any(start < quotation.end and quotation.start < end for start, end in attribution.content)
                and not quotation.start <= attribution.word.start < quotation.end
            ):
                return attribution
    return None


def _after(scene: Scene, quotation: Quotation, closing: Token, lexicon: Lexicon) -> Attribution | None:
    """ "“…,” said Ruiz", "“…,” Ruiz said"."""
    text = scene.parse.text
    mark = text[quotation.end - 2 : quotation.end - 1]
    following = [token for token in closing.sentence.tokens if token.start >= quotation.end]
    if following and following[0].text == ",":
        mark, following = ",", following[1:]
    if mark not in _REPORTING_ENDS and mark != ".":
        return None
    for token in following[:REACH]:
        if scene.quoted.at(token.start) is not None:
            return None
        if token.tag[:2] == "VB":
            made = _quote_cue(scene, token, lexicon)
            if made is not None or (token.child(*SUBJECTS) is not None and token.dep not in {"relcl", "acl"}):
                return made
    return None


def _before(scene: Scene, quotation: Quotation, opening: Token, lexicon: Lexicon) -> Attribution | None:
    """ "Ruiz said, “…”", "Ruiz put it this way: “…”"."""
    preceding = [token for token in opening.sentence.tokens if token.end <= quotation.start]
    while preceding and preceding[-1].tag in {"``", "''"}:
        preceding.pop()
    if not preceding:
        return None
    colon = preceding[-1].text in {":", ",", "-", "—", "–", "--"}
    for token in reversed(preceding[-REACH:]):
        if scene.quoted.at(token.start) is not None:
            return None
        if token.tag[:2] == "VB":
            if not colon and token is not preceding[-1] and opening.head is not token:
                return None
            return _quote_cue(scene, token, lexicon)
    return None


def _quote_cue(scene: Scene, verb: Token, lexicon: Lexicon) -> Attribution | None:
    """The attribution of this verb, made now if it is a cue that takes quotations and had no complement."""
    known = scene.found.get(verb.index)
    if known is not None:
        return known if known.frame in {"before", "inside", "clause", "quote", "small", "obj"} else None
    cue = cue_of(verb, lexicon)
    if cue is None or "quote" not in cue.frames:
        return None
    speakers = verb_speakers(verb) or _beside(scene, verb)
    return Attribution(verb, verb_group(verb), speakers, [], cue.act, f"en.{cue.word}.quote", "quote", relays(verb))


def _beside(scene: Scene, verb: Token) -> list[Token]:
    """The noun next to the cue where the tree shows no subject: "said Ruiz", "Ruiz said"."""
    tokens = verb.sentence.tokens
    place = verb.index - tokens[0].index
    for token in tokens[place + 1 : place + 6]:
        if scene.quoted.at(token.start) is not None or token.tag in {"IN", "TO", ",", ":", "RB"}:
            break
        if token.is_noun or token.tag == "PRP":
            while token.dep in {"compound", "nmod"} and token.head.index > token.index:
                token = token.head
            return [token]
    for token in reversed(tokens[max(place - 3, 0) : place]):
        if scene.quoted.at(token.start) is not None:
            break
        if token.is_noun or token.tag == "PRP":
            return [token]
    return []


def _stands_free(scene: Scene, quotation: Quotation, tokens: list[Token], opening: Sentence, closing: Sentence) -> bool:
    """True for a quotation that is a whole sentence or more, with nothing of the reporter's beside it."""
    if sum(not is_mark(token) for token in tokens) < MIN_FREE_WORDS:
        return False
    ahead = scene.parse.text[opening.start : quotation.start]
    behind = scene.parse.text[quotation.end : closing.end]
    return not any(character.isalnum() for character in ahead + behind)


def _continued(
    scene: Scene,
    opening: Sentence,
    by_sentence: dict[int, Attribution],
    last: Attribution | None,
    last_sentence: int,
    lexicon: Lexicon,
) -> Attribution | None:
    """The statement of the sentence before, or the cue before a colon, whose words a free quotation goes on with."""
    if opening.index == 0:
        return None
    previous = scene.parse.sentences[opening.index - 1]
    if previous.section != opening.section:
        return None
    if scene.parse.text[previous.start : previous.end].rstrip().endswith(":"):
        for token in reversed(previous.tokens):
            if token.tag[:2] == "VB":
                made = _quote_cue(scene, token, lexicon)
                if made is not None:
                    return made
    if last is not None and last_sentence == previous.index:
        return last
    found = by_sentence.get(previous.index)
    return found if found is not None and found.speakers else None


def _attach(scene: Scene, holder: Attribution, quotation: Quotation) -> None:
    """Adds the quotation to the content; spans that it covers or touches are joined."""
    start, end = quotation.start, quotation.end
    if quotation.start <= holder.word.start < quotation.end:
        return
    kept: list[tuple[int, int]] = []
    for low, high in holder.content:
        if low < end and start < high:
            start, end = min(start, low), max(end, high)
        else:
            kept.append((low, high))
    holder.content = sorted([*kept, (start, end)])
    if holder.word.index not in scene.found:
        scene.found[holder.word.index] = holder
