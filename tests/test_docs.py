"""The documents keep up with the code: links lead somewhere, every field and command is described."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from dateline import errors, records

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
RECORD_KINDS = [
    records.Record, records.Report, records.Dateline, records.Residue, records.Actor, records.Mention, records.Event,
    records.EventObject, records.EventDate, records.Evidence, records.Alternative, records.Statement, records.Timex,
    records.Place, records.Provenance,
]  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_to_files(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_the_record_is_described(kind: type) -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    described = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert [field.name for field in dataclasses.fields(kind) if field.name not in described] == []


def test_every_command_is_in_the_readme_or_changelog() -> None:
    from dateline.cli import app

    commands = {command.name for command in app.registered_commands}
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert commands
    assert [command for command in sorted(filter(None, commands)) if f"`{command}`" not in text] == []


def test_commands_that_the_readme_shows_exist() -> None:
    from dateline.cli import app

    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    shown = set(re.findall(r"^dateline (\w+)", "\n".join(blocks), flags=re.MULTILINE))
    assert shown
    assert shown <= {command.name for command in app.registered_commands}


def test_error_tree_is_drawn_whole() -> None:
    drawn = set(re.findall(r"\w+Error", errors.__doc__ or ""))
    assert drawn == {name for name, value in vars(errors).items() if isinstance(value, type)}
