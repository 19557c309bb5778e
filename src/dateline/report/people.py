"""Who signs a report: the words of a byline parted into people, news agencies, and desks or outlets.

"By Jane Doe and John Roe, Reuters"   → people Jane Doe, John Roe; agency Reuters
"Tom Roe, AP Auto Writer"             → people Tom Roe; agency AP
"The Editorial Board"                 → an organisation
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

from ..rulefiles import RuleModel, read_toml
from .dateline import agency_name
from .rules import agencies as agency_forms
from .rules import agency_pattern, dateline_places

LONGEST = 400
MOST_PEOPLE = 12
NAME_WORDS = range(2, 7)
_TAG = re.compile(r"<[^<>]{0,300}>")
# Addresses and accounts: "jane@ledger.example", "@janedoe", "https://…", "ledger.example/jane".
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[^\s(),;<>@]{0,80}@[^\s(),;<>@]+|\b[\w-]+\.(?:com|org|net|co\.uk|info|tv)\b\S*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:[,;|•·–—()\[\]\n/]|\s-\s|:\s|(?<!\S)(?:and|und|et|with|&|\+)(?!\S))\s*", re.IGNORECASE)
# "Jane Doe in Cairo", "Jane Doe for Reuters", "Jane Doe of the Associated Press".
_PLACED = re.compile(r"\s+(?:in|for|of|at|from)\s+(?:the\s+)?", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]{2,}")
_MARKS = re.compile(r"[.'’‘`-]")


class NotPeople(RuleModel):
    """Words of bylines that are no person's name."""

    organisation: tuple[str, ...]
    foreign: tuple[str, ...]
    alone: tuple[str, ...]
    before: tuple[str, ...]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """Whom a byline names, each kind in order and once."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], re.Pattern[str]]:
    rules = read_toml("report/not_people.toml", NotPeople)
    before = "|".join(re.escape(words) for words in sorted(rules.before, key=len, reverse=True))
    return (
        frozenset(rules.organisation + rules.foreign),
        frozenset(rules.alone),
        frozenset(rules.particles),
        re.compile(rf"(?:(?:{before})(?:(?<=:)|(?!\S)):?\s*)+", re.IGNORECASE),
    )


def read_signed(words: str, *, lone: bool = False) -> Signed:
    """People, agencies and others in the words of a byline. ``lone`` takes a single word for a name: "Madonna"."""
    plain = " ".join(_ADDRESS.sub(" , ", _TAG.sub(" ", html.unescape(words[:LONGEST]))).split())
    plain = _words()[3].sub("", plain, count=1) if _words()[3].match(plain) else plain
    parts = [part for part in _PARTS.split(plain) if part and any(character.isalpha() for character in part)]
    people: dict[str, None] = {}
    agencies: dict[str, None] = {}
    others: dict[str, None] = {}
    if name := _turned(plain, parts):
        return Signed(people=(name,))
    for part in parts[: 2 * MOST_PEOPLE]:
        part = _words()[3].sub("", part, count=1) if _words()[3].match(part) else part
        part, *places = _PLACED.split(part)
        agencies.update((agency, None) for place in places if (agency := agency_name(place)))
        if tail := _agency_tail().fullmatch(part):
            agencies[agency_name(tail["agency"]) or ""] = None
            part = tail["name"]
        if agency := agency_name(part) or _agency_desk(part):
            agencies[agency] = None
        elif is_person(part, lone=lone):
            people[_said(part)] = None
        else:
            others[part] = None
    return Signed(tuple(people)[:MOST_PEOPLE], tuple(agencies), tuple(others))


def _said(name: str) -> str:
    """The name as it is said: "JANE O'DOE" is Jane O'Doe; mixed words and initials stay."""
    if not name.endswith((" Jr.", " Sr.")):
        name = name.strip(" .") if not re.search(r"\b[A-Z]\.$", name) else name
    if not all(token.isupper() or token[2:].isupper() for token in name.split()):
        return name
    return " ".join(
        token if len(token.strip(".")) < 3 or "." in token[:-1] or token in ("III",) else _CAPITALS.sub(_lowered, token)
        for token in name.split()
    )


def _lowered(match: re.Match[str]) -> str:
    word = match.group()
    start = 3 if word.startswith(("Mc", "MC")) and len(word) > 4 else 1
    return (word[0] + "c" + word[2] if start == 3 else word[0]) + word[start:].lower()


def is_person(name: str, *, lone: bool = False) -> bool:
    """The words read as a person's name rather than a desk's, a job's, an outlet's or a place's."""
    organisation, alone, particles, _before = _words()
    tokens = name.split()
    folded = name.casefold().strip(" .")
    if folded in alone or folded in dateline_places() or any(character.isdigit() for character in name):
        return False
    if len(tokens) not in NAME_WORDS and not (lone and len(tokens) == 1 and _is_lone(name)):
        return False
    plain = [_MARKS.sub("", token) for token in tokens]
    if plain[0].casefold() == "the" or any(token.casefold() in organisation for token in plain):
        return False
    shouted = all(token.isupper() or token[2:].isupper() or token in particles for token in plain if token)
    return all(
        _is_name_word(token, particles) and (shouted or not (len(token) >= 3 and token.isupper() and token != "III"))
        for token in plain
        if token
    )


def _is_name_word(token: str, particles: frozenset[str]) -> bool:
    if not token.isalpha() and not any(character.isalpha() for character in token):
        return False
    return not token[0].islower() or token in particles or any(character.isupper() for character in token[1:3])


def _is_lone(name: str) -> bool:
    """One word that may be a name: with a capital and small letters, or in a script without either."""
    return (
        len(name) >= 3
        and name.isalpha()
        and (name.istitle() or (not (name.islower() or name.isupper()) and not name.isascii()))
    )


@cache
def _desk() -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?P<agency>{agency_pattern()})\b.*\s(?P<job>[\w-]+)", re.IGNORECASE)


@cache
def _agency_tail() -> re.Pattern[str]:
    """A name with its agency and nothing between them: "Jane Doe Associated Press"; of one word only what is no name."""
    long = "|".join(
        re.escape(form) for form in sorted(agency_forms(), key=len, reverse=True) if " " in form or form == "Reuters"
    )
    return re.compile(rf"(?P<name>\S+ .*\S) (?:The )?(?P<agency>{long})")


def _agency_desk(part: str) -> str | None:
    """The agency of a desk or a job: "AP Auto Writer", "Reuters Staff", but not of "Petra Roe"."""
    match = _desk().fullmatch(part)
    if match is None or match["job"].casefold() not in _words()[0]:
        return None
    return agency_name(match["agency"]) or agency_name(match["agency"].upper())


def _turned(plain: str, parts: list[str]) -> str | None:
    """The name that a list gives surname first, "Doe, Jane", as it is said."""
    if len(parts) != 2 or any(len(part.split()) != 1 for part in parts) or "," not in plain:
        return None
    name = f"{parts[1]} {parts[0]}"
    if any(agency_name(part) or part.casefold() in dateline_places() for part in parts):
        return None
    return name if is_person(name) and not any(part.isupper() for part in parts) else None
