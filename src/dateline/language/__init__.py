"""Sentences, words and trees. The only room that knows spaCy."""

from .cast import Cast
from .parse import Parse, Sentence, Token

__all__ = ["Cast", "Parse", "Sentence", "Token"]
