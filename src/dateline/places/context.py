"""How sure the words around a name make it that a place is meant."""

from __future__ import annotations

from ..language.parse import Sentence, Token
from .gazetteer import look_up
from .rules import words
from .toponym import Standing, Toponym, is_capitalised


def standing(sentence: Sentence, toponym: Toponym, here: list[Toponym]) -> Standing:
    if toponym.standing == "strong":
        return "strong"
    tokens, base = sentence.tokens, sentence.tokens[0].index
    first, last = toponym.tokens[0].index - base, toponym.tokens[-1].index - base
    last = _drop_city(tokens, last, toponym)
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if (
        toponym.key in words().rarely
        and not _follows_place(before, here)
        and not _is_placed_abbreviation(toponym, before)
    ):
        return "no"
    if _is_part(tokens, first, last, toponym):
        return "no"
    blocked = _blocked_left(before, toponym, here) or _blocked_right(after, toponym)
    if blocked:
        return "no"
    if toponym.within or (_follows_place(before, here) and any(toponym.entries[0] in other.within for other in here)):
        return "strong"
    return _by_syntax(tokens, first, toponym, here, before, after)


def _drop_city(tokens: list[Token], last: int, toponym: Toponym) -> int:
    """Reads "Dublin City Council"" as of Dublin: the shorter name is kept where it is known."""
    follows = last + 1 < len(tokens) and tokens[last + 1].is_proper and is_capitalised(tokens[last + 1])
    if follows and len(toponym.tokens) > 1 and tokens[last].lower == "city":
        key = toponym.key.removesuffix(" city")
        if look_up(key) and all(entry.other_name or entry.feature == "ADM2" for entry in toponym.entries):
            toponym.tokens, toponym.key, toponym.entries = toponym.tokens[:-1], key, look_up(key)
            return last - 1
    return last


def _is_part(tokens: list[Token], first: int, last: int, toponym: Toponym) -> bool:
    """Part of another name: "Stevens & Wilkinson", "News-Leader", "St. Patrick's Day"; or a thing: "the Delta"."""
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if (before is not None and before.text in {"&", "+"}) or (after is not None and after.text in {"&", "+"}):
        return True
    if (
        before is not None
        and before.text == "-"
        and before.end == toponym.start
        and first > 1
        and tokens[first - 2].end == before.start
    ):
        return toponym.entries[0].feature != "PCLI" or tokens[first - 2].lower == "mid"
    if after is not None and after.text == "-" and after.start == toponym.end:
        glued = last + 2 < len(tokens) and is_capitalised(tokens[last + 2]) and tokens[last + 2].start == after.end
        return glued and toponym.entries[0].feature == "PPL"
    if toponym.key.startswith("st ") and after is not None and (after.text in {"'s", "’s"} or is_capitalised(after)):
        return True
    article = before is not None and before.lower in {"the", "a", "an", "every", "this", "that"}
    town = toponym.entries[0].feature in {"PPL", "ADM2"} and len(toponym.tokens) == 1
    return article and town and toponym.head.dep not in {"compound", "nmod", "poss", "amod"}


def _is_placed_abbreviation(toponym: Toponym, before: Token | None) -> bool:
    """As in "in Ky. jail" and "western Mass.", with no town before it."""
    if before is None or not toponym.tokens[-1].text.endswith("."):
        return False
    return before.lower in words().locative or before.lower in words().directions


def _follows_place(before: Token | None, here: list[Toponym]) -> bool:
    return (
        before is not None
        and before.text in {",", "("}
        and any(other.tokens[-1].index == before.index - 1 for other in here)
    )


def _blocked_left(before: Token | None, toponym: Toponym, here: list[Toponym]) -> bool:
    """A proper noun right before: "Michael Jordan", "Sheriff Henry", "University of Texas"."""
    if before is None:
        return False
    if before.lower == "of":
        body = before.head
        named = body.is_proper and is_capitalised(body) and body.index == before.index - 1
        return named and body.lower in words().bodies
    if not (before.is_proper and is_capitalised(before)) or before.lower in words().directions:
        return False
    if any(other.tokens[-1] is before and other.standing != "no" for other in here):
        return False
    return before.lower not in words().never or before.lower in words().person_titles


def _blocked_right(after: Token | None, toponym: Toponym) -> bool:
    """A proper noun right after: "Paris Hilton", "Washington Post", "Dublin Road"; "Texas Governor" and "Basra Airport" pass."""
    if after is None or not is_capitalised(after) or not after.is_proper:
        return False
    word = after.lower
    if word in words().place_heads or word in words().person_titles:
        return False
    if toponym.entries[0].feature in {"PCLI", "ADM1"} and word in words().civic:
        return False
    if word in words().organisation_words or word in words().area_nouns:
        return True
    if toponym.entries[0].feature == "PCLI":
        return toponym.key in words().given_names
    return not _is_civic(after)


def _is_civic(token: Token) -> bool:
    """The name goes on to a public body of the place: "Dayton Fire Department", "Ohio National Guard"."""
    siblings = token.sentence.tokens
    position = token.index - siblings[0].index
    for step in range(position, min(position + 5, len(siblings))):
        if not (siblings[step].is_proper and is_capitalised(siblings[step])):
            return False
        if siblings[step].lower in words().civic:
            return True
    return False


def _by_syntax(
    tokens: list[Token], first: int, toponym: Toponym, here: list[Toponym], before: Token | None, after: Token | None
) -> Standing:
    if _opens_report(first, toponym, after) or _follows_age(tokens, first):
        return "strong"
    step = first - 1
    while step >= 0 and tokens[step].lower in words().directions | {"the", "'s", "’s"}:
        step -= 1
    word = tokens[step].lower if step >= 0 else ""
    if word in words().locative or (
        before is not None and before.lower in words().directions and toponym.tokens[0].is_proper
    ):
        return "strong"
    if word == "of" and step and tokens[step - 1].lower in _PARTS:
        return "strong"
    if word in words().motion:
        return "weak"
    if (after is not None and after.text == "-") or (after is not None and after.lower in words().place_heads):
        return "strong"
    head = toponym.head
    if head.dep in {"compound", "nmod", "amod"} and head.head.is_noun and not head.head.is_proper:
        return "weak"
    if head.dep == "conj":
        if head.head.head.lower in words().locative:
            return "strong"
        return "weak" if any(head.head in other.tokens for other in here) else "bare"
    return "bare"


_PARTS = frozenset(
    "north south east west northeast northwest southeast southwest city town village capital outskirts suburb suburbs state "
    "province region county district outside part parts port streets centre center island coast republic municipality "
    "border mayor governor people".split()
)


def _opens_report(first: int, toponym: Toponym, after: Token | None) -> bool:
    """A dateline that the report's own reading missed: "TORRINGTON — A fire …"."""
    shouted = len(toponym.key) > 3 and all(token.text.isupper() for token in toponym.tokens)
    return first == 0 and shouted and after is not None and after.text in {"—", "–", "-", "--", "("}


def _follows_age(tokens: list[Token], first: int) -> bool:
    """Where a person lives: "Jane Doe, 41, Grapeland"."""
    return (
        first > 2 and tokens[first - 1].text == "," and tokens[first - 2].tag == "CD" and tokens[first - 3].text == ","
    )
