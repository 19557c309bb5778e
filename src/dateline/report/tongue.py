"""Which language a text is in, by its script and its commonest small words.

English is coded and other languages are not, so no English report may be taken for another: where the words leave it open
("Real Madrid 3 Juventus 1"), the answer is "en" or "und", both of which are coded.

Of 4,002 English development reports none is called another language; resiliparse.parse.lang calls 95 so, py3langid 5 (and costs
0.9 s to import and 0.7 ms a report; this 0.2 ms).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from ..rulefiles import RuleModel, read_toml

UNDETERMINED = "und"
# The opening tells of nearly every English report; where it does not, more is read.
FIRST_CHARACTERS = 1_000
MOST_CHARACTERS = 6_000
MOST_WORDS = 400
# The share of words on our list that makes a text English without looking further: the median of 2,362 English development
# reports is .33; texts in other languages stay below .1, by words that look the same.
SURELY_ENGLISH = 0.2
# A list of results or of names has few small words; none of our other lists fits it either.
ENGLISH_SHARE = 0.05
# Another language must have this share of its small words, and its own must outnumber those that only English has.
OTHER_SHARE = 0.12
TIMES_ENGLISH = 1.6
# A few small words come with names: "Charles de Gaulle", "Lula da Silva", "Mohammed bin Salman al Saud". A language brings more.
FEWEST_DIFFERENT = 3
# In a headline or a caption chance weighs more.
SHORT_WORDS, SHORT_DIFFERENT, SHORT_SHARE = 20, 2, 0.25
_WORD = re.compile(r"[^\s\d'’‘ʼʻ`´.,;:!?…()\[\]{}\"“”„«»|/\\<>*=+_@#&%$€£—–\-•·]+")
# "U.S.", and the s of "the leader's visit".
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}|['’]s\b")
_LATIN = re.compile(r"[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ]")


class Script(RuleModel):
    """A range of Unicode; its language where it has only one."""

    name: str
    language: str
    range: tuple[int, int]


class Languages(RuleModel):
    """Scripts, and by script and language the commonest small words."""

    script: tuple[Script, ...]
    words: dict[str, dict[str, str]]


@cache
def _languages() -> Languages:
    return read_toml("report/languages.toml", Languages)


@cache
def _scripts() -> tuple[tuple[int, ...], tuple[Script, ...]]:
    scripts = sorted(_languages().script, key=lambda script: script.range)
    return tuple(script.range[0] for script in scripts), tuple(scripts)


@cache
def _small_words(script: str) -> dict[str, tuple[str, ...]]:
    """Small word → the languages that have it."""
    found: dict[str, list[str]] = {}
    for language, words in sorted(_languages().words.get(script, {}).items()):
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _english() -> frozenset[str]:
    return frozenset(_languages().words["Latin"]["en"].split())


def find_language(text: str) -> str:
    """An ISO 639-1 code, "und" when the words of no language are found.

    >>> find_language("Das Parlament hat am Montag beschlossen, die Grenze wieder zu öffnen.")
    'de'
    """
    for length in (FIRST_CHARACTERS, MOST_CHARACTERS):
        sample = text[:length]
        written = _WORD.findall(_INITIALS.sub(" ", sample))[:MOST_WORDS]
        words = [word.lower() for word in written]
        english = [word for word in words if word in _english()]
        share = len(english) / len(words) if words else 0.0
        if share >= SURELY_ENGLISH and len(set(english)) >= FEWEST_DIFFERENT:
            return "en"
        if len(text) <= length:
            break
    script = _other_script(sample)
    if script is not None:
        return script.language or _by_words(words, script.name) or UNDETERMINED
    # "El Dorado, Los Gatos, Del Norte" are names, in whatever language; small words within a sentence have small letters.
    small = [word for word in written if word.islower()] or [word.lower() for word in written if word.isupper()]
    return _latin_language(words, small, share)


def _latin_language(words: list[str], small: list[str], share: float) -> str:
    """``words`` are all in lower case, ``small`` those that are written so."""
    if not words:
        return UNDETERMINED
    short = len(words) < SHORT_WORDS
    counts = _counts(small, "Latin")
    counts.pop("en", None)
    if counts:
        best = max(counts, key=lambda language: (counts[language], language))
        if _is_sure(best, words, small, short):
            return best
    return "en" if share >= ENGLISH_SHARE or short else UNDETERMINED


def _is_sure(language: str, words: list[str], candidates: list[str], short: bool) -> bool:
    """Enough small words of the language, different ones, and more that are only its own than are only English."""
    small = _small_words("Latin")
    theirs = [word for word in candidates if language in small.get(word, ())]
    if len(theirs) < (SHORT_SHARE if short else OTHER_SHARE) * len(words):
        return False
    english = _english()
    own = [word for word in theirs if word not in english]
    only_english = sum(word in english and language not in small[word] for word in words)
    different = SHORT_DIFFERENT if short else FEWEST_DIFFERENT
    return len(own) > TIMES_ENGLISH * only_english and len(set(own)) >= different


def _by_words(words: list[str], script: str) -> str | None:
    counts = _counts(words, script).most_common(1)
    return counts[0][0] if counts else None


def _counts(words: list[str], script: str) -> Counter[str]:
    small = _small_words(script)
    return Counter(language for word in words for language in small.get(word, ()))


def _other_script(sample: str) -> Script | None:
    """The script other than Latin that most letters are of; Chinese characters with kana between them are Japanese."""
    latin = len(_LATIN.findall(sample))
    starts, scripts = _scripts()
    counts: Counter[Script] = Counter()
    for character, number in Counter(sample).items():
        code = ord(character)
        if code < starts[0]:
            continue
        script = scripts[bisect_right(starts, code) - 1]
        if code <= script.range[1]:
            counts[script] += number
    if not counts or 2 * sum(counts.values()) <= latin:
        return None
    (first, _), *_ = counts.most_common(1)
    by_name = {script.name: script for script in counts}
    if first.name == "Han" and "Kana" in by_name and 20 * counts[by_name["Kana"]] > counts[first]:
        return by_name["Kana"]
    return first
