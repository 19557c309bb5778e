"""The cue words and what their acts do to the event inside: ``rules/en/statements/cues.tsv`` and ``acts.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..errors import RuleError
from ..rulefiles import read_table

CUE_FILE = "en/statements/cues.tsv"
ACT_FILE = "en/statements/acts.tsv"
STANCES = frozenset({"asserts", "denies", "doubts", "demands", "plans", "speculates", "asks", "alleges", "proposes"})
SAY_FRAMES = ("clause", "before", "inside", "quote")
FRAME = re.compile(r"say|clause|before|inside|quote|inf|ing|small|obj|(obj|on|to|pass)\+[a-z]+|prep:[a-z]+")
PARTS = ("verb", "noun", "adjective")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word: how it may take what is attributed (``frames``) and which act it is."""

    word: str
    part: str
    frames: frozenset[str]
    act: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cue words by part of speech, and the stance of each act."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    stances: dict[str, str]
    heads: frozenset[str]  # lemmas of verb cues without their particles, to pass over other words quickly


@cache
def load_lexicon() -> Lexicon:
    """The English lexicon; raises ``RuleError`` for an unknown part of speech, frame, act or stance."""
    stances: dict[str, str] = {}
    for row in read_table(ACT_FILE, ("act", "stance", "meaning")):
        if row["stance"] not in STANCES:
            raise RuleError(
                f"rules/{ACT_FILE}: {row['act']} has stance {row['stance']!r}; use one of {', '.join(sorted(STANCES))}"
            )
        stances[row["act"]] = row["stance"]
    by_part: dict[str, dict[str, Cue]] = {part: {} for part in PARTS}
    for row in read_table(CUE_FILE, ("word", "pos", "frames", "act")):
        if row["pos"] not in by_part:
            raise RuleError(f"rules/{CUE_FILE}: {row['word']} is a {row['pos']!r}; use one of {', '.join(PARTS)}")
        if row["act"] not in stances:
            raise RuleError(
                f"rules/{CUE_FILE}: {row['word']} has act {row['act']!r}, which rules/{ACT_FILE} does not list"
            )
        if row["word"] in by_part[row["pos"]]:
            raise RuleError(f"rules/{CUE_FILE}: {row['word']} ({row['pos']}) stands twice; join the two rows")
        frames = set(row["frames"].split())
        wrong = sorted(frame for frame in frames if not FRAME.fullmatch(frame))
        if wrong:
            raise RuleError(
                f"rules/{CUE_FILE}: {row['word']} has the unknown frame {wrong[0]!r}; statements/frames.py names them"
            )
        if "say" in frames:
            frames = frames - {"say"} | set(SAY_FRAMES)
        by_part[row["pos"]][row["word"]] = Cue(row["word"], row["pos"], frozenset(frames), row["act"])
    heads = frozenset(word.split("_")[0] for word in by_part["verb"])
    return Lexicon(by_part["verb"], by_part["noun"], by_part["adjective"], stances, heads)


def stance_of(act: str) -> str:
    """What a speaker does to the event inside a statement of this act; "asserts" for an act that the table lacks."""
    return load_lexicon().stances.get(act, "asserts")
