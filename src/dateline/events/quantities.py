"""How many: the number that counts a noun, read from digits, number words and vague plurals ("dozens")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language import Token
from ..rulefiles import RuleModel, read_toml

_DIGITS = re.compile(r"^(\d[\d,]*(?:\.\d+)?)-?([a-z]*)$")
_NUMBER_DEPS = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "det", "advmod", "predet", "cc", "conj"})
_ARTICLES = frozenset({"a", "an"})
_THOUSANDS = re.compile(r"^\d{3}$")
# What may stand between a number and the noun that it counts without being part of either.
_BEFORE = frozenset({"advmod", "amod", "quantmod", "det", "predet", "nummod", "prep"})


class WordList(RuleModel):
    """A plain list."""

    words: tuple[str, ...]


class Units(RuleModel):
    """Words that make a number no count of the noun, and signs of money."""

    refused: frozenset[str]
    currencies: frozenset[str]


class NumberFile(RuleModel):
    """``rules/en/objects/numbers.toml``."""

    words: dict[str, float]
    multiples: dict[str, float]
    suffixes: dict[str, float]
    vague: dict[str, float]
    about: WordList
    units: Units


@cache
def numbers() -> NumberFile:
    return read_toml("en/objects/numbers.toml", NumberFile)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and whether it is said, or read, to be approximate."""

    value: float
    approximate: bool


def is_number(token: Token) -> bool:
    """A number by itself: digits, "twelve", "dozens", "a thousand"."""
    return token.tag == "CD" or token.lower in numbers().vague or token.lower in numbers().multiples


def quantity_of(token: Token) -> Quantity | None:
    """The number that counts a noun, or that the token is; ``None`` for "several", "many", a share or an age."""
    if token.lower in numbers().units.refused or any(
        child.lower in numbers().units.refused for child in token.children
    ):
        return None
    words = number_words(token)
    if not words:
        return None
    known = numbers()
    values = _values(_joined(words))
    if not values:
        return None
    vague = any(word.lower in known.vague for word in words)
    said = any(_is_about(word) for word in words)
    return Quantity(min(values), vague or said or len(values) > 1)


def _is_about(token: Token) -> bool:
    return token.lower in numbers().about.words


def number_words(token: Token) -> list[Token]:
    """The words of the number expression that counts a noun, in text order: "at least 12", "between 20 and 30"."""
    found: dict[int, Token] = {}
    nodes = [token] if is_number(token) else []
    for child in token.children:
        if child.index < token.index and child.dep in _BEFORE | {"compound", "nmod"} and is_number(child):
            nodes.append(child)
    for node in nodes:
        found[node.index] = node
        for each in _below(node):
            found[each.index] = each
    if not found:
        return []
    for child in token.children:  # "some 200 people", "more than a dozen soldiers": words that hang on the noun
        if child.index < max(found) and (_is_about(child) or child.lower in _ARTICLES):
            for each in (child, *child.children):
                found.setdefault(each.index, each)
    return [found[index] for index in sorted(found) if index <= max(token.index, *found)]


def _below(node: Token) -> list[Token]:
    found: list[Token] = []
    for child in node.children:
        if child.dep in _NUMBER_DEPS or (child.dep == "prep" and child.index < node.index) or child.tag == "CD":
            if child.dep == "conj" and not is_number(child):
                continue
            found.append(child)
            found.extend(_below(child))
        elif child.dep == "pobj" and node.dep == "prep" and is_number(child):
            found.extend((child, *_below(child)))
    if node.lower in numbers().vague:  # "hundreds of thousands"
        for child in node.children:
            if child.dep == "prep" and child.lower == "of":
                found.extend(each for each in child.children if each.lower in numbers().vague)
    return found


def _joined(words: list[Token]) -> list[str]:
    """The words in lower case, with "20, 000" taken for one number."""
    found: list[str] = []
    last: Token | None = None
    for word in words:
        if last is not None and _THOUSANDS.match(word.text) and last.text.isdigit() and _comma_between(last, word):
            found[-1] += word.lower
        else:
            found.append(word.lower)
        last = word
    return found


def _comma_between(first: Token, second: Token) -> bool:
    tokens = first.sentence.tokens
    return second.index == first.index + 2 and tokens[first.index + 1 - tokens[0].index].text == ","


def _values(words: list[str]) -> list[float]:
    """One number, or the two ends of a range ("20 to 30", "two or three"); numbers joined by "and" are added."""
    runs: list[list[str]] = [[]]
    for word in words:
        if _is_numeral(word):
            if runs[-1] and _starts_anew(runs[-1][-1], word):
                runs.append([])
            runs[-1].append(word)
        elif word not in {"of", "-", *_ARTICLES} and runs[-1]:
            runs.append([])
    parts = [run for run in runs if run]
    values = [_value(run) for run in parts]
    factor = numbers().multiples.get(parts[-1][-1]) if len(parts) > 1 else None
    if factor and values[0] < values[-1] and not any(word in numbers().multiples for word in parts[0]):
        values[0] *= factor  # "two to three million"
    if "and" in words and "between" not in words:
        return [sum(values)] if values else []  # "a hundred and twenty", "12 Somali and 11 Yemeni pirates"
    return values


def _starts_anew(last: str, word: str) -> bool:
    """ "20", "30" side by side are two numbers; "twenty", "five" and "3", "million" are one."""
    digits = _DIGITS.match(word) is not None
    return digits and last not in numbers().vague


def _is_numeral(word: str) -> bool:
    known = numbers()
    return word in known.words or word in known.multiples or word in known.vague or _digits(word) is not None


def _digits(word: str) -> float | None:
    match = _DIGITS.match(word)
    if match is None:
        return None
    value = float(match[1].replace(",", ""))
    if not match[2]:
        return value
    factor = numbers().suffixes.get(match[2]) or numbers().multiples.get(match[2])
    return value * factor if factor else None


def _value(words: list[str]) -> float:
    known = numbers()
    total: float | None = None
    for word in words:
        digits = _digits(word)
        factor = known.multiples.get(word) or known.vague.get(word)
        if digits is not None:
            total = digits
        elif factor is not None:
            total = (total or 1) * factor
        else:
            total = (total or 0) + known.words[word]
    return total or 0.0
