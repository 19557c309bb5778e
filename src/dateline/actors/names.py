"""Known names in the text: longest match at word boundaries, one sense chosen for each."""

from __future__ import annotations

from dataclasses import dataclass

from ..language.parse import Parse, Token
from .lexicon import Lexicon, Reading, Use


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``first`` to ``last`` (both included) read as an entry of the lexicon."""

    first: int
    last: int
    reading: Reading
    found_by: tuple[str, ...]


def find_names(parse: Parse, lexicon: Lexicon) -> dict[int, Name]:
    """Every token that stands inside a known name → that name. The longest match from the left wins."""
    starts = {token.start: token.index for token in parse.tokens}
    ends = {token.end: token.index for token in parse.tokens}
    spans: list[tuple[int, int, int]] = []
    for pattern, start, end in lexicon.automaton.find_matches_as_indexes(parse.text, overlapping=True):
        first, last = starts.get(start), ends.get(end)
        if first is not None and last is not None:
            spans.append((first, -last, pattern))
    spans.sort()
    found: dict[int, Name] = {}
    free_from = 0
    for first, minus_last, pattern in spans:
        last = -minus_last
        if first < free_from or parse.tokens[first].sentence is not parse.tokens[last].sentence:
            continue
        if _inside_longer_name(parse, first, last, lexicon, lexicon.readings[pattern][0].use):
            continue
        name = _choose(parse.text, first, last, lexicon.forms[pattern], lexicon.readings[pattern], lexicon)
        for index in range(first, last + 1):
            found[index] = name
        free_from = last + 1
    return found


def _inside_longer_name(parse: Parse, first: int, last: int, lexicon: Lexicon, use: Use) -> bool:
    """ "Jordan" in "Michael Jordan" or "Jordan Henderson" and "Paris" in "Paris Hilton" are parts of another name."""
    if first != last:
        return False
    token = parse.tokens[first]
    if not token.is_proper:
        return False
    before = parse.tokens[first - 1] if first else None
    if before is not None and before.tag == "NNP" and before.text in lexicon.given and before.head is token:
        return True
    if (
        use == "city"
        and before is not None
        and before.tag == "NNP"
        and before.head is token
        and before.dep == "compound"
    ):
        return before.lower not in lexicon.roles  # "Kashim Bello" is no town
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    return (
        token.text in lexicon.given
        and after is not None
        and after.tag == "NNP"
        and token.head is after
        and after.lower not in lexicon.roles
    )


def _choose(text: str, first: int, last: int, form: str, readings: tuple[Reading, ...], lexicon: Lexicon) -> Name:
    """One sense: by the words of the report that speak for it, else the first that the files give."""
    if len(readings) == 1:
        return Name(first, last, readings[0], (f"lexicon:{readings[0].known.id}",))
    by_id = {reading.known.id: reading for reading in readings}
    hints = lexicon.hints.get(form, ())
    best, best_words = by_id[hints[0].known] if hints else readings[0], list[str]()
    for hint in hints:
        words = [word for word in hint.words if word in text]
        if hint.known in by_id and (len(words) > len(best_words)):
            best, best_words = by_id[hint.known], words
    others = ", ".join(reading.known.id for reading in readings if reading is not best)
    why = f"beside {', '.join(best_words[:3])}" if best_words else "the usual sense"
    return Name(
        first, last, best, (f"lexicon:{best.known.id}", f"ambiguous: {form} is {best.known.id} ({why}), not {others}")
    )


def is_nationality_of_other(parse: Parse, name: Name) -> bool:
    """True in "Syrian-backed rebels", "pro-Russian separatists", "anti-American protests": the word says whose side, not whose."""
    tokens = parse.tokens
    after = tokens[name.last + 1] if name.last + 1 < len(tokens) else None
    if after is not None and after.text == "-" and name.last + 2 < len(tokens):
        follower = tokens[name.last + 2]
        if follower.tag in {"VBN", "VBD", "JJ", "VBG"} and name_free(follower):
            return True
    if name.first >= 2 and tokens[name.first - 1].text == "-":
        return tokens[name.first - 2].lower in {"pro", "anti", "non", "ex", "post"}
    return False


def name_free(token: Token) -> bool:
    """Lower-case words are no names: "backed" in "Syrian-backed", but not "Russian" in "US-Russian"."""
    return token.text[:1].islower()
