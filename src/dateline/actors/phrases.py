"""Noun phrases read flat: what stands before the head (owner, nationality, title, name) and after it ("of", "in")."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from ..language.parse import Parse, Token
from .lexicon import Lexicon, Role
from .names import Name, is_nationality_of_other

LEFT_DEPS = frozenset("det amod compound poss case nummod quantmod nmod predet advmod npadvmod neg appos".split())
INNER_DEPS = LEFT_DEPS | {"conj", "cc", "punct", "pobj", "prep"}
PARTICLES = frozenset("de da do dos del della di van von der den bin ibn al el la le abu ben bint".split())
FORMER = frozenset({"former", "ex", "then", "ousted", "deposed", "late", "exiled"})
# After a role, these lead to whose it is: "spokesman for Hamas", "adviser to the king"; but an ambassador to Russia is not Russia's.
ROLE_LINKS = frozenset({"for", "to", "with"})
POSTED = frozenset(
    "ambassador envoy representative emissary visitor delegate attache consul commissioner threat".split()
)
GONE = frozenset({"former", "ex", "ousted", "deposed"})


@dataclass(slots=True)
class Phrase:
    """One noun phrase, read from the tokens ``first`` … ``head.index`` and the prepositions of its head."""

    head: Token
    first: int
    name: Name | None = None  # the lexicon's name that covers the head
    name_first: int = -1  # first token of a proper name that ends at the head, known or not
    role: Role | None = None  # what the head is, or the title before the name
    side: Role | None = None  # what stands before the role: the ministry in "Foreign Ministry spokeswoman"
    role_first: int = -1
    role_last: int = -1
    names: list[Name] = field(default_factory=list)  # known names among the modifiers
    possessor: Token | None = None  # "Iran's", "his"
    whole: Token | None = None  # the object of "of" or "by", or of "for" and "to" after a role
    within: Token | None = None  # the object of "in" or "from"
    definite: bool = False
    indefinite: bool = False
    former: bool = False
    plural: bool = False
    qualified: bool = False  # holds modifiers that tell it from others of its kind


def left_edge(tokens: list[Token], head: Token) -> int:
    """The first token of the unbroken run before ``head`` that hangs on it."""
    index = head.index
    first_of_sentence = head.sentence.tokens[0].index
    while index > first_of_sentence and _hangs_on(tokens[index - 1], head):
        index -= 1
    return index


def _hangs_on(token: Token, head: Token) -> bool:
    for _ in range(6):
        if token.head is head:
            return token.dep in LEFT_DEPS or (token.dep == "punct" and token.text in "-–—")
        if token.dep not in INNER_DEPS or token.head is token:
            return False
        token = token.head
    return False


def role_ending_at(tokens: list[Token], index: int, first: int, lexicon: Lexicon) -> tuple[Role, int, int] | None:
    """The longest role phrase whose head is this token: (role, first, last); "secretary of state" ends after its head."""
    for role in lexicon.roles.get(tokens[index].lower, ()):
        begin, end = index - len(role.before), index + len(role.follows)
        if begin < first or end >= len(tokens):
            continue
        if _read_so(tokens, begin, role.before) and _read_so(tokens, index + 1, role.follows):
            return role, begin, end
    return None


def _read_so(tokens: list[Token], first: int, words: tuple[str, ...]) -> bool:
    """The tokens from ``first`` on are these lower-case words."""
    return not words or all(tokens[at].lower == word for at, word in enumerate(words, start=first))


def read_phrase(
    parse: Parse, head: Token, names: dict[int, Name], lexicon: Lexicon, met: Container[str] = ()
) -> Phrase:
    """What the phrase around this head says; ``met`` holds the words of names met before."""
    tokens = parse.tokens
    phrase = Phrase(head, left_edge(tokens, head))
    phrase.plural = head.tag in {"NNS", "NNPS"}
    rest = _read_head(phrase, tokens, names, lexicon, met)
    if phrase.name_first >= 0:
        _read_title(phrase, tokens, rest, lexicon)
        rest = phrase.role_first if phrase.role_first >= 0 else rest
    _read_modifiers(phrase, parse, rest, names)
    _read_prepositions(phrase, head)
    return phrase


def _read_head(
    phrase: Phrase, tokens: list[Token], names: dict[int, Name], lexicon: Lexicon, met: Container[str]
) -> int:
    """Sets the name or role at the head; returns the first token that belongs to it."""
    head = phrase.head
    known = names.get(head.index)
    if known is not None:
        phrase.name, phrase.name_first = known, known.first
        phrase.first = min(phrase.first, known.first)
        return known.first
    role = role_ending_at(tokens, head.index, phrase.first, lexicon)
    if role is not None and role[0].kind != "title":
        phrase.role, phrase.role_first, phrase.role_last = role
        phrase.plural = phrase.role.plural or phrase.plural
        _read_side(phrase, tokens, lexicon)
        return phrase.role_first
    # The tagger takes some names for common nouns: "Lund left", "the FWF voted".
    if head.is_proper or (head.text[:1].isupper() and head.text in met):
        phrase.name_first = _proper_start(tokens, head.index, phrase.first, names, lexicon)
        return phrase.name_first
    return head.index


def _proper_start(tokens: list[Token], last: int, first: int, names: dict[int, Name], lexicon: Lexicon) -> int:
    """Where the run of name words that ends at ``last`` begins: not into a title, a known name or a lower-case word."""
    start = last
    while start > first:
        token = tokens[start - 1]
        if token.index in names and names[token.index].reading.use in {"name", "adjective", "people"}:
            break
        if role_ending_at(tokens, token.index, first, lexicon) is not None:
            break
        if token.text == "." and role_ending_at(tokens, token.index - 1, first, lexicon) is not None:
            break  # "Col ." where the tokenizer cut the stop off
        if token.is_proper or token.lower in PARTICLES or token.text in "-–" or token.text in {"'", "’", ".", "al-"}:
            start -= 1
            continue
        break
    while start < last and not tokens[start].text[:1].isalpha():
        start += 1
    return start


def _read_title(phrase: Phrase, tokens: list[Token], name_first: int, lexicon: Lexicon) -> None:
    """The role words right before a name: "Foreign Ministry spokeswoman Maria Zakharova"; outermost of several."""
    edge = phrase.first
    at = name_first - 1
    while at >= edge:
        if tokens[at].text == ".":
            at -= 1
            continue
        role = role_ending_at(tokens, at, edge, lexicon)
        if role is None:
            break
        if phrase.role is None or phrase.role.kind == "title":
            phrase.role, _, phrase.role_last = role
        elif phrase.side is None:
            phrase.side = role[0]
        phrase.role_first = role[1]
        at = role[1] - 1


def _read_side(phrase: Phrase, tokens: list[Token], lexicon: Lexicon) -> None:
    """The role noun right before the role: "ministry officials", "opposition leader"."""
    side = (
        role_ending_at(tokens, phrase.role_first - 1, phrase.first, lexicon)
        if phrase.role_first > phrase.first
        else None
    )
    if side is not None and tokens[phrase.role_first - 1].dep != "poss":
        phrase.side, phrase.role_first, _ = side


def _read_modifiers(phrase: Phrase, parse: Parse, end: int, names: dict[int, Name]) -> None:
    tokens = parse.tokens
    index = phrase.first
    while index < end:
        token, name = tokens[index], names.get(index)
        if (token.dep in {"det", "poss"} and token.head is phrase.head) or token.tag in {"DT", "PRP$"}:
            phrase.definite |= token.lower in {"the", "this", "that", "these", "those"} or token.tag == "PRP$"
            phrase.indefinite |= token.lower in {"a", "an", "another", "some"}
        if token.lower in FORMER:
            phrase.former |= token.lower in GONE
        elif token.tag == "CD":
            phrase.indefinite |= not phrase.definite
        elif token.tag in {"JJ", "NN", "NNS", "NNP", "NNPS", "JJR", "JJS"}:
            phrase.qualified = True
        if token.dep == "poss" and phrase.possessor is None:
            phrase.possessor = token
        if name is not None:
            last = tokens[name.last]
            if last.dep == "poss" and phrase.possessor is None:
                phrase.possessor = last
            if name not in phrase.names and not is_nationality_of_other(parse, name):
                phrase.names.append(name)
            index = name.last + 1
            continue
        index += 1


def _read_prepositions(phrase: Phrase, head: Token) -> None:
    for child in head.children:
        if child.dep not in {"prep", "agent"} or child.index < head.index:
            continue
        inner = child.child("pobj")
        if inner is None:
            continue
        if child.lower in {"of", "by"} or (phrase.role is not None and child.lower in ROLE_LINKS):
            posted = phrase.role is not None and child.lower == "to" and phrase.role.head in POSTED
            if (
                phrase.whole is None
                and not posted
                and not (phrase.role is not None and child.index <= phrase.role_last)
            ):
                phrase.whole = inner
        elif child.lower in {"in", "from", "inside", "across"} and phrase.within is None:
            phrase.within = inner
