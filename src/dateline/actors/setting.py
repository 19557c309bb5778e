"""Which country a report is about, around any of its words: for offices and groups whose own words name none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from ..language.parse import Parse, Token
from ..records import Report
from .lexicon import Lexicon
from .names import Name, is_nationality_of_other


@dataclass(frozen=True, slots=True)
class Setting:
    """Countries named in the report, by token, and the one that its dateline stands in."""

    dateline: str | None
    dateline_words: str
    at: tuple[int, ...]
    countries: tuple[str, ...]
    subjects: tuple[bool, ...]
    paragraphs: tuple[int, ...]
    located: tuple[bool, ...]
    most: str | None

    def country_near(self, token: Token) -> tuple[str | None, str]:
        """The country that an office or group at this token most likely belongs to, and why; ``None`` if none is named.

        In the middle of a sentence it goes by the state named last ("Peru's president and the head of Congress"); the
        one who speaks or acts first, by the dateline, then by the last state that acted.
        """
        index, paragraph = token.index, token.sentence.paragraph
        before = bisect_left(self.at, index)
        speaks = token.dep in {"nsubj", "nsubjpass"} and token.head.dep in {"ROOT", "ccomp"}
        if not speaks and before and self.at[before - 1] >= token.sentence.tokens[0].index:
            return self.countries[before - 1], "country named before it in the sentence"
        if self.dateline is not None:
            return self.dateline, f"country from dateline {self.dateline_words}"
        for position in range(before - 1, max(before - 12, -1), -1):
            if self.subjects[position] and paragraph == self.paragraphs[position]:
                return self.countries[position], "country of the nearest subject before"
        located = self._located(token)
        if located is not None:
            return located, "country of the place in the sentence"
        if self.most is not None:
            return self.most, "country named most in the report"
        return None, "no country is named"

    def country_around(self, token: Token) -> tuple[str | None, str]:
        """The same for people of no office: only where the sentence or the dateline places them."""
        located = self._located(token)
        if located is not None:
            return located, "country of the place in the sentence"
        if self.dateline is not None:
            return self.dateline, f"country from dateline {self.dateline_words}"
        return None, "no place is named with it"

    def _located(self, token: Token) -> str | None:
        first, last = token.sentence.tokens[0].index, token.sentence.tokens[-1].index
        for position in range(bisect_left(self.at, first), len(self.at)):
            if self.at[position] > last:
                break
            if self.located[position]:
                return self.countries[position]
        return None


def read_setting(report: Report, parse: Parse, names: dict[int, Name], lexicon: Lexicon) -> Setting:
    """The countries of the report in text order."""
    at: list[int] = []
    countries: list[str] = []
    subjects: list[bool] = []
    paragraphs: list[int] = []
    located: list[bool] = []
    seen = -1
    for index, name in sorted(names.items()):
        country = name.reading.known.country
        if name.first <= seen or country is None:
            continue
        seen = name.last
        if is_nationality_of_other(parse, name):
            continue
        token = parse.tokens[name.last]
        at.append(index)
        countries.append(country)
        subjects.append(token.dep in {"nsubj", "nsubjpass"} or (token.dep == "compound" and token.head.dep == "nsubj"))
        paragraphs.append(token.sentence.paragraph)
        located.append(token.dep == "pobj" and token.head.lower in {"in", "across", "inside"})
    tally = Counter(countries)
    most = max(tally, key=lambda each: (tally[each], -countries.index(each))) if tally else None
    dateline, words = _dateline_country(report, lexicon)
    return Setting(
        dateline, words, tuple(at), tuple(countries), tuple(subjects), tuple(paragraphs), tuple(located), most
    )


def _dateline_country(report: Report, lexicon: Lexicon) -> tuple[str | None, str]:
    if report.dateline is None:
        return None, ""
    words = report.dateline.text
    best: tuple[int, int, str | None] = (-1, 0, None)
    for candidate in (words, words.title()):
        for pattern, start, end in lexicon.automaton.find_matches_as_indexes(candidate, overlapping=True):
            whole = not candidate[max(start - 1, 0) : start].isalpha() and not candidate[end : end + 1].isalpha()
            reading = lexicon.readings[pattern][0]
            if whole and reading.known.country is not None and end - start > best[0]:
                best = (end - start, start, reading.known.country)
    return best[2], words.strip(" .,—–-")
