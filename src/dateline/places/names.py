"""Place names as look-up keys: one key for "São Paulo" and "Sao Paulo", "Saint Louis" and "St. Louis"."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ə": "a", "ħ": "h",
        "ʻ": "", "ʼ": "", "'": "", "’": "", "‘": "", "`": "", "´": "", ".": "", "-": " ", "–": " ", "‐": " ", "‑": " ", ",": " ",
        "/": " ", "(": " ", ")": " ",
    }
)  # fmt: skip
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "&": "and"}
_ASCII_KEY = re.compile(r"[a-z0-9 ]+")


def fold(name: str) -> str:
    """The look-up key of a name: lower case, no marks, no points, "saint" as "st", single spaces, no leading "the"."""
    if not name.isascii():
        name = "".join(each for each in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(each))
    words = name.lower().translate(_LETTERS).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_SHORT.get(word, word) for word in words)


def is_latin_key(key: str) -> bool:
    """True when a folded name is written in plain Latin letters."""
    return _ASCII_KEY.fullmatch(key) is not None
