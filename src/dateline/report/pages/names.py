"""What the names that pages give their elements say of them: the report's body, or furniture around it; rules/report/pages.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ...rulefiles import RuleModel, read_toml

BODY = 1
FURNITURE = 2
COMMENTS = 3

_NAMED = re.compile(
    r' (?:class|id|role|itemprop|data-(?:component|component-name|module|name|qa|testid|track-component|type))="([^"]*)"'
)
_HIDDEN = re.compile(r' hidden(?:=""|(?= |$))|style="[^"]*(?:display: ?none|visibility: ?hidden)')
_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+")
# Longer ones are no names but data put into an attribute; the rest of them is not looked at.
_MOST_CHARACTERS = 1_000


class PageRules(RuleModel):
    """Words of names, and tags, by what they say."""

    body: tuple[str, ...]
    comments: tuple[str, ...]
    furniture: tuple[str, ...]
    whole: tuple[str, ...]
    tags: tuple[str, ...]


@cache
def page_rules() -> PageRules:
    return read_toml("report/pages.toml", PageRules)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one role: single words, and the rest as a pattern over words joined by hyphens, with their first words."""

    role: int
    words: frozenset[str]
    first: frozenset[str]
    phrases: re.Pattern[str]


@cache
def _names() -> tuple[_Names, ...]:
    """The names of each role, the strongest role first."""
    rules = page_rules()
    return tuple(
        _Names(
            role,
            frozenset(name for name in names if "-" not in name),
            frozenset(name.partition("-")[0] for name in names if "-" in name),
            re.compile(rf"(?<![a-z])(?:{'|'.join(name for name in names if '-' in name)})(?![a-z])"),
        )
        for role, names in ((BODY, rules.body), (COMMENTS, rules.comments), (FURNITURE, rules.furniture))
    )


@cache
def _tags() -> tuple[frozenset[str], frozenset[str]]:
    rules = page_rules()
    return frozenset(rules.whole), frozenset(rules.tags)


@lru_cache(maxsize=4096)  # the elements of a page share a few names, and so do the pages of an outlet
def role_of(tag: str, attributes: str) -> int:
    """``BODY``, ``COMMENTS``, ``FURNITURE`` or 0. A name of the body outweighs the others."""
    whole, furniture = _tags()
    if tag in whole:
        return 0
    if attributes:
        if _HIDDEN.search(attributes):
            return FURNITURE
        words = [word.lower() for word in _WORDS.findall(" ".join(_NAMED.findall(attributes))[:_MOST_CHARACTERS])]
        for names in _names() if words else ():
            if not names.words.isdisjoint(words):
                return names.role
            if not names.first.isdisjoint(words) and names.phrases.search("-".join(words)):
                return names.role
    return FURNITURE if tag in furniture else 0
