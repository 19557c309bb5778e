"""Which names of a row are read as which field of a report: the table of ``rules/intake/fields.toml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ...errors import ConfigError, RuleError
from ...rulefiles import RuleModel, read_toml

FIELDS = (
    "text", "html", "summary", "id", "published", "modified", "headline", "url", "outlet", "author",
    "section", "language", "agency", "origin", "version", "captured", "canonical", "dateline",
)  # fmt: skip
PLAIN = "plain"
# Rows with more names than this are planned each time anew: a table of them would be filled by a hostile file.
_KEPT_NAMES = 500
_LONGEST_NAME = 100


class Plain(RuleModel):
    """The names that hold for every row."""

    about: str
    fields: dict[str, tuple[str, ...]]


class Source(RuleModel):
    """The names that one known source uses. ``only`` says that plain names mean other things there."""

    name: str
    about: str
    recognised_by: tuple[tuple[str, ...], ...]
    fields: dict[str, tuple[str, ...]]
    blocked: tuple[str, ...] = ()
    only: bool = False


class Headerless(RuleModel):
    """A table without a line of names, known by its number of columns."""

    name: str
    columns: int
    names: dict[int, str]


class Wrappers(RuleModel):
    """Names under which a document keeps its list of reports."""

    names: tuple[str, ...]


class FieldTable(RuleModel):
    """The whole file."""

    plain: Plain
    source: tuple[Source, ...]
    headerless: tuple[Headerless, ...]
    wrappers: Wrappers


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in a row: the row's own name, and the names within that lead on to it."""

    name: str
    within: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return ".".join((self.name, *self.within))


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows with these names are read: the source they are of, and the places of each field in order."""

    source: str
    places: Mapping[str, tuple[Place, ...]]

    def of(self, field: str) -> tuple[Place, ...]:
        return self.places.get(field, ())


@cache
def field_table() -> FieldTable:
    """The rule file, checked. Raises ``RuleError`` when it names a field that reports do not have."""
    table = read_toml("intake/fields.toml", FieldTable)
    for name, fields in ((PLAIN, table.plain.fields), *((source.name, source.fields) for source in table.source)):
        if unknown := sorted(fields.keys() - set(FIELDS)):
            raise RuleError(
                f"rules/intake/fields.toml, {name}: unknown fields {unknown}; there are {', '.join(FIELDS)}"
            )
    return table


def plain_name(name: str) -> str:
    """The letters and digits of a name, in small letters: names that differ otherwise are the same."""
    return _plain_name(name) if len(name) <= _LONGEST_NAME else name


@lru_cache(maxsize=10_000)
def _plain_name(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def check_fields(fields: Mapping[str, str] | None) -> None:
    """Raises ``ConfigError`` for a field that reports do not have."""
    for field, name in (fields or {}).items():
        if field not in FIELDS:
            raise ConfigError(f"unknown field {field!r} (for {name!r}); fields are {', '.join(FIELDS)}")
        if not name.strip():
            raise ConfigError(f"the field {field!r} was given no name; write it as {field}=NAME, e.g. {field}=Body")


def plan_for(row: Mapping[str, object], fields: Mapping[str, str] | None = None) -> Plan:
    """How this row is read. ``fields`` are the caller's own words on it, and come first."""
    names = tuple(row)
    given = tuple(sorted((fields or {}).items()))
    inner = _inner_names(row)
    if len(names) > _KEPT_NAMES or sum(map(len, names)) > 40 * _KEPT_NAMES:
        return _plan(names, inner, given)
    return _kept_plan(names, inner, given)


def _inner_names(row: Mapping[str, object]) -> frozenset[str]:
    """Those dotted names of the table by which a source is recognised that this row has."""
    return frozenset(
        dotted for dotted, outer, inner in _dotted()
        for name, value in row.items()
        if isinstance(value, dict) and plain_name(name) == outer and any(plain_name(str(key)) == inner for key in value)
    )  # fmt: skip


@cache
def _dotted() -> tuple[tuple[str, str, str], ...]:
    names = {name for source in field_table().source for line in source.recognised_by for name in line if "." in name}
    return tuple((name, *(plain_name(part) for part in name.split(".", 1))) for name in sorted(names))  # type: ignore[misc]


def _plan(names: tuple[str, ...], inner: frozenset[str], given: tuple[tuple[str, str], ...]) -> Plan:
    here: dict[str, str] = {}
    for name in names:
        here.setdefault(plain_name(name), name)
    source = _source(here, inner)
    table = field_table()
    wanted: dict[str, list[str]] = {field: [name] for field, name in given}
    if source is not None:
        for field, known in source.fields.items():
            wanted.setdefault(field, []).extend(known)
    if source is None or not source.only:
        blocked = {plain_name(name) for name in source.blocked} if source else set()
        for field, known in table.plain.fields.items():
            wanted.setdefault(field, []).extend(name for name in known if plain_name(name) not in blocked)
    exact = frozenset(names)
    places = {field: tuple(_places(known, here, exact)) for field, known in wanted.items()}
    return Plan(source.name if source else PLAIN, {field: found for field, found in places.items() if found})


_kept_plan = lru_cache(maxsize=256)(_plan)


def _places(wanted: Iterable[str], here: Mapping[str, str], names: Collection[str]) -> Iterable[Place]:
    seen: set[Place] = set()
    for name in wanted:
        whole = name if name in names else here.get(plain_name(name))
        place = None
        if whole is not None:
            place = Place(whole)
        elif "." in name:
            first, *rest = name.split(".")
            outer = here.get(plain_name(first))
            place = Place(outer, tuple(rest)) if outer is not None else None
        if place is not None and place not in seen:
            seen.add(place)
            yield place


def _source(here: Mapping[str, str], inner: frozenset[str]) -> Source | None:
    for source in field_table().source:
        for line in source.recognised_by:
            if all(name in inner or plain_name(name) in here for name in line):
                return source
    return None


def _all_fields() -> tuple[dict[str, tuple[str, ...]], ...]:
    table = field_table()
    return (table.plain.fields, *(source.fields for source in table.source))


@cache
def text_names() -> frozenset[str]:
    """Plain forms of all names that hold a text, a page or an address: what makes a line of names one of reports."""
    return frozenset(
        plain_name(name)
        for fields in _all_fields()
        for field in ("text", "html", "url", "summary")
        for name in fields.get(field, ())
    )


@cache
def known_names() -> frozenset[str]:
    """Plain forms of all names in the table."""
    return frozenset(plain_name(name) for fields in _all_fields() for names in fields.values() for name in names)


@cache
def column_names() -> tuple[str, ...]:
    """Plain forms of the names, or of what they begin with, that any source uses: other columns need not be read."""
    signs = (name for source in field_table().source for line in source.recognised_by for name in line)
    named = (name for fields in _all_fields() for known in fields.values() for name in known)
    return tuple(sorted({plain_name(name.split(".")[0]) for name in (*named, *signs)}))


@cache
def wrapper_names() -> frozenset[str]:
    return frozenset(plain_name(name) for name in field_table().wrappers.names)


@cache
def headerless_tables() -> Mapping[int, Headerless]:
    """The tables without a line of names, by their number of columns."""
    return {table.columns: table for table in field_table().headerless}
