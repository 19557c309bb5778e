"""Matches runs of capitalised words against the gazetteer, longest first, and reads what a place is said to lie in."""

from __future__ import annotations

from ..language.parse import Parse, Sentence, Token
from .gazetteer import key_of, look_up
from .rules import Entry, admin1, words
from .toponym import Toponym, is_capitalised, lies_in

MAX_WORDS = 6
GREAT_CITY = 500_000
# A bare name, with no place word around it, is read as a place from this many inhabitants on.
BARE_POPULATION = 100_000
# "The Hague" is a name with its article; "The Band" is not, though a hamlet is called so.
THE_POPULATION = 50_000
CONNECTORS = frozenset("of a de la del della da do dos di al el upon on the and sur en am - – & le les der den".split())


def match_names(parse: Parse, sentence: Sentence) -> list[Toponym]:
    tokens = sentence.tokens
    found: list[Toponym] = []
    position = 0
    while position < len(tokens):
        toponym = _longest(parse.text, tokens, position) if is_capitalised(tokens[position]) else None
        if toponym is None:
            position += 1
            continue
        found.append(toponym)
        position += len(toponym.tokens)
    return found


def _longest(text: str, tokens: list[Token], first: int) -> Toponym | None:
    last = _reach(tokens, first)
    start = tokens[first].start
    for end in range(last, first, -1):
        final = tokens[end - 1]
        if (
            final.lower in CONNECTORS
            or final.text in {"'s", "’s"}
            or not (final.text[0].isalnum() or final.text == ".")
        ):
            continue
        key = key_of(text[start : final.end])
        if not key or (final.text == "." and not _is_abbreviation(text[start : final.start], key)):
            continue
        entries = look_up(key)
        if entries and _may_name(tokens[first:end], key, entries):
            return Toponym(tokens[first:end], key, entries)
    return None


def _is_abbreviation(stem: str, key: str) -> bool:
    """True when a final point belongs to the name: "Ky.", "W.Va."; not "He left Sudan."."""
    return key in words().rarely or ("." in stem and len(key) <= 5)


def _reach(tokens: list[Token], first: int) -> int:
    """One past the last token that a name from ``first`` could reach."""
    end = first + 1
    while end < len(tokens) and end - first < MAX_WORDS:
        token = tokens[end]
        if (
            token.lower not in CONNECTORS
            and not is_capitalised(token)
            and token.text != "."
            and token.lower not in _TAILS
        ):
            break
        end += 1
        if token.text == ".":
            break
    return end


# Common nouns that end a known name in lower case: "Gaza strip", "Zaporizhzhia nuclear power plant".
_TAILS = frozenset("strip peninsula nuclear power plant crossing region state prison base air".split())


def _may_name(tokens: list[Token], key: str, entries: tuple[Entry, ...]) -> bool:
    """False for matches that are ordinary words, codes or bare abbreviations."""
    if tokens[0].lower == "the" and not any(
        entry.name.startswith("The ") and entry.population >= THE_POPULATION for entry in entries
    ):
        return False
    if key in words().never or (len(tokens) > 2 and tokens[0].lower in words().bodies and tokens[1].lower == "of"):
        return False
    if key in words().rarely and tokens[-1].text.endswith("."):
        return True
    if len(tokens) > 1 and tokens[-1].text != ".":
        return not all(token.lower in words().never for token in tokens) or entries[0].feature not in {"PPL", "ADM2"}
    token = tokens[0]
    if token.lower in words().never:
        return False
    if len(key) < 3:
        return (
            token.text.isupper()
            and (entries[0].feature in {"PCLI", "ADM1"})
            and (key != "us" or token.text in {"US", "U.S."})
        )
    if token.tag in {"PRP", "DT", "IN", "CC", "MD", "RB", "TO", "UH", "WP", "WDT", "WRB", "VBD", "VBZ", "VBP", "CD"}:
        return entries[0].feature in {"PCLI", "ADM1"} or entries[0].population > 1_000_000
    if not token.is_proper and token.tag in {"JJ", "VB", "VBG", "VBN", "NN", "NNS"}:
        return entries[0].feature not in {"PPL", "ADM2"} or entries[0].population >= BARE_POPULATION
    return True


def read_containment(sentence: Sentence, here: list[Toponym]) -> None:
    """Reads "Paris, Texas", "Cambridge, Mass.", "Springfield, IL" and "Kyoto (Japan)"; adds postal codes as toponyms."""
    tokens = sentence.tokens
    base = tokens[0].index
    starts = {toponym.tokens[0].index: toponym for toponym in here}
    for toponym in list(here):
        after = toponym.tokens[-1].index + 1 - base
        if after + 1 >= len(tokens) or tokens[after].text not in {",", "("}:
            continue
        following = tokens[after + 1]
        other = starts.get(following.index)
        state = admin1().get(("USA", following.text))
        if other is None and state is not None and len(following.text) == 2:
            other = Toponym([following], state.key, (state,), "strong")
            here.append(other)
        if other is not None:
            regions = (entry for entry in other.entries if entry.feature in {"PCLI", "ADM1", "ADM2"})
            held = [region for region in regions if any(lies_in(place, region) for place in toponym.entries)]
            toponym.within = [region for region in held if not _is_list(toponym, other, region)]
    here.sort(key=lambda each: each.start)


def _is_list(toponym: Toponym, other: Toponym, region: Entry) -> bool:
    """Two great cities side by side, not one in the other: "Washington, New York and Chicago"."""
    if region.feature not in {"ADM1", "ADM2"} or not any(
        entry.feature == "PPL" and entry.population >= GREAT_CITY for entry in other.entries
    ):
        return False
    great = [entry for entry in toponym.entries if entry.feature == "PPLC" or entry.population >= GREAT_CITY]
    return bool(great) and not any(lies_in(entry, region) for entry in great)


def find_unknown(parse: Parse, sentence: Sentence, here: list[Toponym]) -> list[Toponym]:
    """Names that no gazetteer holds but the words call a place: "the village of X", "in X, Ukraine"."""
    tokens, base = sentence.tokens, sentence.tokens[0].index
    covered = {token.index for toponym in here if toponym.standing != "no" for token in toponym.tokens}
    starts = {toponym.tokens[0].index for toponym in here if toponym.standing != "no"}
    found = []
    for position in range(1, len(tokens)):
        before = tokens[position - 1]
        if before.lower not in {"of", "in", "near", "outside"} or not tokens[position].is_proper:
            continue
        end = position
        while (
            end < len(tokens)
            and tokens[end].is_proper
            and is_capitalised(tokens[end])
            and tokens[end].index not in covered
        ):
            end += 1
        if not 0 < end - position <= 3 or (end < len(tokens) and tokens[end].is_proper):
            continue
        settled = before.lower == "of" and position > 1 and tokens[position - 2].lower in words().settlements
        contained = (
            before.lower != "of" and end + 1 < len(tokens) and tokens[end].text == "," and base + end + 1 in starts
        )
        if settled or contained:
            name = tokens[position:end]
            if not any(token.lower in words().never for token in name):
                found.append(Toponym(name, key_of(parse.text[name[0].start : name[-1].end]), (), "strong"))
    return found
