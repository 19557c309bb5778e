"""The headline: the first short line that does not end as a sentence, followed by the body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Span
from .lines import QUOTES_TABLE, UNSEEN_TABLE, Block

MOST_WORDS = 30
# "Ministers Meet Again Over Water." is a headline with a stop; a sentence has fewer capitals.
TITLE_SHARE = 0.7
# What is longer is no headline; to look for one of a megabyte would take a minute.
_LONGEST = 2000
_FINAL = re.compile("[.…][\"'”’)]*$|[:,;]$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def find_given(text: str, headline: str) -> Span | None:
    """Where the text says the headline that its input gave, white space and kind of quotes aside; near the top only."""
    if headline and text.startswith(headline) and not text[len(headline) : len(headline) + 1].strip():
        return Span.of(text, 0, len(headline))  # as in every page, whose text begins with its headline
    words = _plain(headline).split() if len(headline) <= _LONGEST else []
    if not words:
        return None
    spaces = r"[\s\u00ad\u200b]+"
    pattern = spaces.join(re.escape(word).replace("'", "['‘’′]").replace('"', '["“”]') for word in words)
    match = re.compile(pattern, re.IGNORECASE).search(text, 0, len(headline) + 600)
    return Span.of(text, match.start(), match.end()) if match else None


def looks_like_headline(block: Block, following: Sequence[Block]) -> bool:
    """The block reads as a headline over the blocks that follow it."""
    if not following or not 2 <= block.words <= MOST_WORDS or len(block.plain) > 240:
        return False
    if not any(after.words > block.words or after.is_sentence for after in following[:6]):
        return False
    if not any(character.isalpha() for character in block.plain):
        return False
    return not _FINAL.search(block.plain) or (block.plain.endswith(".") and _is_title_case(block.plain))


def shares_words(headline: str, block: Block) -> bool:
    """At least half of the long words of the given headline stand in the block."""
    given = {word.lower() for word in _LONG_WORD.findall(_plain(headline))}
    return bool(given) and 2 * sum(word in block.lower for word in given) >= len(given)


def _is_title_case(plain: str) -> bool:
    words = _LONG_WORD.findall(plain)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words)


def _plain(words: str) -> str:
    return " ".join(words.translate(UNSEEN_TABLE).translate(QUOTES_TABLE).split())
