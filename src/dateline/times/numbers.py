"""Number words and TIMEX3 durations: "two and a half years" is 2.5 and P2Y6M."""

from __future__ import annotations

import re

from .rules import words

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: +(\d)/(\d))?$")
_ONE = frozenset({"a", "an", "one", "another", "an additional"})
# What half of a unit is, in the next smaller one.
_HALVES = {"Y": ("M", 6), "TH": ("M", 30), "TM": ("S", 30), "D": ("TH", 12)}
_YEARS = {"E": 10, "C": 100}


def amount(text: str, half: bool = False) -> float | None:
    """The number that these words say, or ``None`` for one left open ("several"); ``half`` adds "and a half"."""
    found = _whole(" ".join(text.lower().split()))
    return found + 0.5 if found is not None and half else found


def _whole(text: str) -> float | None:
    if text in _ONE:
        return 1.0
    if text in {"half a", "half an"}:
        return 0.5
    if text == "one and a half":
        return 1.5
    listed = words().amounts.get(text)
    if listed is not None:
        return float(listed) if listed >= 0 else None
    if digits := _DIGITS.match(text):
        part = int(digits[2]) / int(digits[3]) if digits[2] and int(digits[3]) else 0.0
        return float(digits[1].replace(",", "")) + part
    return _spelled(text)


def _spelled(text: str) -> float | None:
    total = 0
    for word in re.split(r"[- ]", text):
        value = 1 if word in {"a", "an"} else words().numbers.get(word)
        if value is None:
            return None
        total = max(total, 1) * value if value >= 100 else total + value
    return float(total)


def unit_letter(unit: str) -> str:
    """The TIMEX3 letter of a unit, singular or plural: "weeks" is W, "hours" is TH."""
    listed = words().units
    name = unit.lower()
    return listed.get(name) or listed.get(name.removesuffix("s")) or listed["century"]


def duration(number: float | None, unit: str) -> str:
    """The TIMEX3 duration: P3W, PT90M, P2Y6M; X for a number left open."""
    letter = unit_letter(unit)
    if letter == "F":
        number, letter = (number * 2 if number is not None else None), "W"
    if number is not None and letter in _YEARS:
        number, letter = number * _YEARS[letter], "Y"
    clock = "T" if letter.startswith("T") else ""
    bare = letter.removeprefix("T")
    if number is None:
        return f"P{clock}X{bare}"
    whole = int(number)
    if number == whole:
        return f"P{clock}{whole}{bare}"
    if number - whole == 0.5 and letter in _HALVES:
        smaller, count = _HALVES[letter]
        lead = f"{whole}{bare}" if whole else ""
        if smaller.startswith("T"):
            return f"P{lead}T{count}{smaller[1:]}"
        return f"P{clock}{lead}{count}{smaller}"
    return f"P{clock}{number:g}{bare}"
