"""How a pair is shown to the encoder: its words between markers, cut to the window that holds both.

Training and running share this file, so that the model is asked in just the form in which it was taught.
Entity markers with the start markers' states as the pair's representation follow Baldini Soares et al. (ACL 2019)
and Zhou and Chen (AACL 2022).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .judgement import Range

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Entries of the encoder's vocabulary that no text uses: source opens, source closes, target opens, target closes.
MARKERS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
MAX_TOKENS = 112
# Words that the tokenizer would take for tokens of its own; a text that holds them must not move the markers.
_OWN = re.compile(r"\[(?=(?:unused\d+|PAD|UNK|CLS|SEP|MASK)\])")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of a marked text, and where the markers that open source and target stand (0, the first token, for none)."""

    ids: tuple[int, ...]
    source_at: int
    target_at: int


def prepare(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with the markers as whole tokens, without cutting and padding of its own."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.add_special_tokens(list(MARKERS))
    return tokenizer


def mark(text: str, source: Range | None, target: Range | None) -> str:
    """The text with markers around both spans; what looks like a marker in the text itself is disarmed."""
    text = _OWN.sub("(", text)
    cuts: list[tuple[int, int, str]] = []
    for span, opens, closes in ((source, *MARKERS[:2]), (target, *MARKERS[2:])):
        if span is not None:
            cuts.append((span[0], 1, opens))
            cuts.append((span[1], 0, closes))
    cuts.sort(key=lambda cut: cut[:2])
    pieces, done = [], 0
    for at, _, marker in cuts:
        pieces.append(f"{text[done:at]} {marker} ")
        done = at
    return "".join(pieces) + text[done:]


def encode(tokenizer: Tokenizer, text: str, source: Range | None, target: Range | None) -> Encoded:
    """The marked text as ids. A text of more than ``MAX_TOKENS`` is cut to a window around the markers."""
    ids = tokenizer.encode(mark(text, source, target)).ids
    marks = [tokenizer.token_to_id(marker) for marker in MARKERS]
    if len(ids) > MAX_TOKENS:
        at = [index for index, each in enumerate(ids) if each in marks] or [0]
        room = MAX_TOKENS - (at[-1] - at[0])
        first = max(0, min(at[0] - room // 2, len(ids) - MAX_TOKENS)) if room > 0 else at[0]
        ids = ids[first : first + MAX_TOKENS]
    return Encoded(
        tuple(ids),
        ids.index(marks[0]) if marks[0] in ids else 0,
        ids.index(marks[2]) if marks[2] in ids else 0,
    )
