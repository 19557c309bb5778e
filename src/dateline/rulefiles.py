"""Reads the data files under ``rules/``: TOML checked against a schema, TSV checked against its columns."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import RuleError


class RuleModel(BaseModel):
    """Base of all rule schemas: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=RuleModel)


def rules_root() -> Traversable:
    return files("dateline") / "rules"


def read_toml(path: str, schema: type[Model]) -> Model:
    """The rule file at ``rules/<path>``; raises ``RuleError`` naming the file, the place in it and the fault."""
    try:
        plain = tomllib.loads((rules_root() / path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"rules/{path} is not valid TOML: {error}") from error
    try:
        return schema.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"rules/{path}, {where}: {first['msg']} (got {first['input']!r:.80})") from error


def read_table(path: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of the tab-separated file at ``rules/<path>``: ``#`` lines are comments, the first other line names the columns."""
    header: tuple[str, ...] | None = None
    for number, line in enumerate((rules_root() / path).read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise RuleError(f"rules/{path} line {number}: columns are {header}, expected {columns}")
            continue
        if len(cells) != len(columns):
            raise RuleError(
                f"rules/{path} line {number}: {len(cells)} cells where {len(columns)} columns are named: {line!r:.80}"
            )
        yield dict(zip(columns, cells, strict=True))


def _walk(folder: Traversable, trail: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{trail}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, f"{path}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield path, entry


@cache
def rules_digest() -> str:
    """SHA-256 over every file under ``rules/``, names and bytes, in order of name."""
    digest = hashlib.sha256()
    for path, entry in _walk(rules_root()):
        digest.update(path.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()
