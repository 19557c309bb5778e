"""The actors that dateline knows by name and the words for kinds of actor, read from ``rules/actors/``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from ..errors import RuleError
from ..rulefiles import read_table

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
CODES = frozenset("IGO UNO EUR NGO ISM IMG MNC".split())
# Offices that a person leaves: afterwards PLOVER calls the person ELI.
OFFICE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})

Kind = Literal["country", "government", "body", "person", "place"]
Use = Literal["name", "people", "adjective", "capital", "seat", "city"]
RoleKind = Literal["person", "body", "title"]


@dataclass(frozen=True, slots=True)
class Term:
    """One office or side of an actor, from one day to another (ISO, both included; empty: open)."""

    role: str | None
    sectors: tuple[str, ...]
    start: str
    end: str
    country: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the lexicon."""

    id: str
    name: str
    kind: Kind
    country: str | None
    code: str | None
    terms: tuple[Term, ...]
    gender: str = ""

    def on(self, date: str | None) -> tuple[Term, str]:
        """What it was on that day (the latest known without one), and why."""
        if date is None or (len(self.terms) == 1 and not (self.terms[0].start or self.terms[0].end)):
            return self.terms[-1], ""
        day = date[:10]
        for term in reversed(self.terms):
            if (not term.start or term.start <= day) and (not term.end or day <= term.end):
                return term, f"in office on {day}" if self.kind == "person" else f"as of {day}"
        last = self.terms[-1]
        if last.end and day > last.end and self.kind == "person":
            sectors = ("ELI",) if OFFICE_SECTORS.intersection(last.sectors) else last.sectors
            role = f"former {last.role}" if last.role else None
            return Term(role, sectors, last.end, "", last.country, last.code), f"out of office on {day}"
        if self.kind == "person":
            first = self.terms[0]
            return Term(None, (), "", "", first.country, first.code), f"not yet in office on {day}"
        return last, f"no entry for {day}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sense of a form: "Russian" is country.RUS used as an adjective."""

    known: Known
    use: Use


@dataclass(frozen=True, slots=True)
class Role:
    """A word or phrase for a kind of actor; ``follows`` are the words after its head ("secretary of state")."""

    phrase: str
    kind: RoleKind
    sectors: tuple[str, ...]
    of_owner: bool
    gender: str
    before: tuple[str, ...]
    head: str
    follows: tuple[str, ...]
    plural: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """One sense of an ambiguous form and the words in a report that speak for it."""

    known: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the room looks up. Forms are case-sensitive; role phrases are lower case."""

    forms: list[str]
    readings: list[tuple[Reading, ...]]
    automaton: AhoCorasick
    known: dict[str, Known]
    roles: dict[str, tuple[Role, ...]]
    given: dict[str, str]
    hints: dict[str, tuple[Hint, ...]]


class _Forms:
    """Collects the senses of each form while the files are read."""

    def __init__(self) -> None:
        self.senses: dict[str, list[Reading]] = {}

    def add(self, form: str, known: Known, use: Use) -> None:
        if not form:
            return
        for variant in {form, form.replace("'", "’")}:
            senses = self.senses.setdefault(variant, [])
            if all(reading.known.id != known.id for reading in senses):
                senses.append(Reading(known, use))


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell: "a|b"."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def sectors_of(cell: str, where: str) -> tuple[str, ...]:
    """The sector codes of a cell: "GOV,MIL"; an unknown one is a ``RuleError``."""
    sectors = tuple(item.strip() for item in cell.split(",") if item.strip())
    wrong = [item for item in sectors if item not in SECTORS]
    if wrong:
        raise RuleError(
            f"rules/actors/{where}: unknown sectors {wrong}; the known ones are {' '.join(sorted(SECTORS))}"
        )
    return sectors


COUNTRY_COLUMNS = ("code", "name", "forms", "adjectives", "people", "capital", "seats")
ACTOR_COLUMNS = ("id", "name", "forms", "country", "code", "sectors", "from", "to")
PERSON_COLUMNS = ("id", "name", "forms", "gender", "country", "code", "sectors", "role", "from", "to")
ROLE_COLUMNS = ("phrase", "kind", "sectors", "gender")


def _read_countries(forms: _Forms, known: dict[str, Known]) -> None:
    for row in read_table("actors/countries.tsv", COUNTRY_COLUMNS):
        code = row["code"]
        state = Known(f"country.{code}", row["name"], "country", code, None, (Term(None, (), "", "", code),))
        rulers = Known(
            f"government.{code}",
            f"government of {row['name']}",
            "government",
            code,
            None,
            (Term(None, ("GOV",), "", "", code),),
        )
        known[state.id], known[rulers.id] = state, rulers
        for form in (row["name"], *listed(row["forms"])):
            forms.add(form, state, "name")
        for form in listed(row["adjectives"]):
            forms.add(form, state, "adjective")
        for form in listed(row["people"]):
            forms.add(form, state, "people")
        for form in listed(row["capital"]):
            forms.add(form, rulers, "capital")
        for form in listed(row["seats"]):
            forms.add(form, rulers, "seat")


def _read_actors(file: str, forms: _Forms, known: dict[str, Known]) -> None:
    for row in read_table(f"actors/{file}", ACTOR_COLUMNS):
        sectors = sectors_of(row["sectors"], f"{file}, {row['id']}")
        term = Term(None, sectors, row["from"], row["to"], row["country"] or None, row["code"] or None)
        _add_term(known, forms, row, "body", term)


def _read_people(forms: _Forms, known: dict[str, Known]) -> None:
    for row in read_table("actors/people.tsv", PERSON_COLUMNS):
        sectors = sectors_of(row["sectors"], f"people.tsv, {row['id']}")
        term = Term(row["role"] or None, sectors, row["from"], row["to"], row["country"] or None, row["code"] or None)
        _add_term(known, forms, row, "person", term)


def _add_term(known: dict[str, Known], forms: _Forms, row: dict[str, str], kind: Kind, term: Term) -> None:
    earlier = known.get(row["id"])
    if earlier is not None:
        terms = tuple(sorted((*earlier.terms, term), key=lambda each: each.start))
        # A frozen entry that readings already point to: its terms grow while the files are read, never after.
        object.__setattr__(earlier, "terms", terms)
        return
    code = row.get("code") or None
    if code is not None and code not in CODES:
        raise RuleError(
            f"rules/actors: {row['id']} has the code {code!r}; the known ones are {' '.join(sorted(CODES))}"
        )
    entry = Known(row["id"], row["name"], kind, row["country"] or None, code, (term,), row.get("gender", ""))
    known[entry.id] = entry
    for form in (row["name"], *listed(row["forms"])):
        forms.add(form, entry, "name")


def _read_cities(forms: _Forms, known: dict[str, Known]) -> None:
    for row in read_table("actors/cities.tsv", ("name", "country")):
        entry = known[f"country.{row['country']}"]
        if row["name"] not in forms.senses:
            forms.add(row["name"], entry, "city")


def plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith("man") and word not in {"german", "human", "shaman"}:
        return word[:-3] + "men"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def split_words(phrase: str) -> list[str]:
    """Words as the tokenizer cuts them: "vice-president" is three, "world's" two."""
    spaced = phrase.replace("’", "'").replace("-", " - ").replace("'s ", " 's ").replace("s' ", "s ' ")
    return spaced.split()


def _roles_of(row: dict[str, str]) -> Iterator[Role]:
    words = split_words(row["phrase"])
    split = next((at for at, word in enumerate(words) if at and word in {"of", "for", "in"}), len(words))
    before, head, follows = tuple(words[: split - 1]), words[split - 1], tuple(words[split:])
    sectors = row["sectors"].split(",") if row["sectors"] else []
    of_owner = "owner" in sectors
    codes = sectors_of(",".join(each for each in sectors if each != "owner"), f"roles.tsv, {row['phrase']}")
    kind: RoleKind = "title" if row["kind"] == "title" else "person" if row["kind"] == "person" else "body"
    already_plural = head in PLURAL_HEADS
    yield Role(row["phrase"], kind, codes, of_owner, row["gender"], before, head, follows, already_plural)
    if kind != "title" and not already_plural:
        yield Role(row["phrase"], kind, codes, of_owner, row["gender"], before, plural(head), follows, True)


# Nouns that are plural as they stand.
PLURAL_HEADS = frozenset(
    (
        "police troops forces people men women children servicemen servicewomen personnel authorities joint "
        "marines airmen tribesmen herdsmen fishermen firemen businessmen businesspeople policemen militiamen "
        "gunmen clergymen staff guards countries nations powers services paratroops rebels militants "
        "extremists fighters locals youths babies families crowds warplanes jets"
    ).split()
)


def _read_roles() -> dict[str, tuple[Role, ...]]:
    by_head: dict[str, list[Role]] = {}
    for row in read_table("actors/roles.tsv", ROLE_COLUMNS):
        for role in _roles_of(row):
            by_head.setdefault(role.head, []).append(role)
    longest_first = {
        head: tuple(sorted(roles, key=lambda role: -(len(role.before) + len(role.follows))))
        for head, roles in by_head.items()
    }
    return longest_first


def _read_hints() -> dict[str, tuple[Hint, ...]]:
    hints: dict[str, tuple[Hint, ...]] = {}
    for row in read_table("actors/ambiguous.tsv", ("form", "known", "words")):
        hints[row["form"]] = (*hints.get(row["form"], ()), Hint(row["known"], listed(row["words"])))
    return hints


@cache
def load_lexicon() -> Lexicon:
    """All of ``rules/actors``, read once; raises ``RuleError`` for a row that cannot be right."""
    forms = _Forms()
    known: dict[str, Known] = {}
    _read_countries(forms, known)
    _read_actors("organisations.tsv", forms, known)
    _read_actors("media.tsv", forms, known)
    _read_people(forms, known)
    hints = _read_hints()
    for form, senses in hints.items():
        for hint in senses:
            if hint.known not in known:
                raise RuleError(f"rules/actors/ambiguous.tsv: {form} points to {hint.known!r}, which is in no file")
            # A sense beside a capital's is a capital's sense too: "in Brussels" is not the European Union.
            capital = any(reading.use == "capital" for reading in forms.senses.get(form, ()))
            forms.add(form, known[hint.known], "capital" if capital else "name")
    _read_cities(forms, known)
    given = {row["name"]: row["gender"] for row in read_table("actors/given_names.tsv", ("name", "gender"))}
    names = sorted(forms.senses)
    readings = [tuple(forms.senses[name]) for name in names]
    return Lexicon(names, readings, AhoCorasick(names), known, _read_roles(), given, hints)
