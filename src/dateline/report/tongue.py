"""Which language a text is in, by its commonest words; enough to say that a report is not in English."""

from __future__ import annotations

import re

from .rules import stop_words

# Shorter texts (a name, a headline) tell too little.
FEWEST_WORDS = 20
MOST_WORDS = 400
# Of 2,362 English development reports of 20 words and more the median share of words on our list is .33, the least .116.
ENGLISH_SHARE = 0.11
UNDETERMINED = "und"
_WORD = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str:
    """An ISO 639 code: "en" unless the text is clearly in another language, "und" when no list fits."""
    words = _WORD.findall(text[:6000].lower())[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return "en"
    shares = {code: sum(word in known for word in words) / len(words) for code, known in stop_words().items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    if shares["en"] >= ENGLISH_SHARE and shares["en"] >= 0.8 * shares[best]:
        return "en"
    return best if best != "en" and shares[best] >= ENGLISH_SHARE else UNDETERMINED
