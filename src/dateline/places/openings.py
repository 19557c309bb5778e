"""Reads the places of a dateline, which is not part of the parse: "TBILISI, Georgia (Agency) —"."""

from __future__ import annotations

import re

from ..language.parse import Parse, Sentence, Token
from ..records import Dateline

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|[,/.-]")
_ASIDE = re.compile(r"\([^)]*\)?")


def dateline_sentence(parse: Parse, dateline: Dateline) -> Sentence:
    """The words of a dateline as proper nouns of a sentence of their own; what stands in brackets is left out."""
    sentence = Sentence(-1, dateline.start, dateline.end, "dateline", -1)
    text = parse.text[dateline.start : dateline.end]
    asides = [match.span() for match in _ASIDE.finditer(text)]
    for match in _WORD.finditer(text):
        if any(start <= match.start() < end for start, end in asides):
            continue
        word, start = match.group(), dateline.start + match.start()
        tag = "NNP" if word[0].isupper() else word if word in ",." else "NN"
        token = Token(
            len(sentence.tokens), start, start + len(word), word, word.lower(), word.lower(), tag, "ROOT", sentence
        )
        token.head = token
        sentence.tokens.append(token)
    return sentence
