"""The part of schema.org's vocabulary that is read, from its rule file."""

from __future__ import annotations

from functools import cache

from ...records import MarkField
from ...rulefiles import RuleModel, read_toml


class Property(RuleModel):
    """The properties that say one field, the more telling first."""

    field: MarkField
    names: tuple[str, ...]


class SchemaOrg(RuleModel):
    """Types of things, and properties by field."""

    articles: tuple[str, ...]
    pages: tuple[str, ...]
    sites: tuple[str, ...]
    inside: tuple[str, ...]
    property: tuple[Property, ...]


@cache
def schema_org() -> SchemaOrg:
    return read_toml("report/schema_org.toml", SchemaOrg)


@cache
def fields_of_properties() -> dict[str, MarkField]:
    """Property → field."""
    return {name: each.field for each in schema_org().property for name in each.names}


def type_name(words: str) -> str:
    """The bare name of a type: "https://schema.org/NewsArticle" → "newsarticle"."""
    return words.strip().rstrip("/").replace("#", "/").replace(":", "/").rpartition("/")[2].lower()
