"""What a person may set once instead of on every command line, with the defaults in plain sight."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. Each comes from the environment variable that its comment names."""

    store: str = "dateline.db"  # DATELINE_STORE: the database that ingest writes and queries read
    model: str | None = None  # DATELINE_MODEL: an installed spaCy pipeline; None means the one that comes with dateline
    contact: str | None = None  # DATELINE_CONTACT: an address of yours that hosts are told when pages are fetched

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The settings that the environment gives; an empty variable counts as unset."""
        plain = cls()
        return cls(
            store=environment.get("DATELINE_STORE") or plain.store,
            model=environment.get("DATELINE_MODEL") or plain.model,
            contact=environment.get("DATELINE_CONTACT") or plain.contact,
        )

    def store_at(self, given: Path | None) -> str:
        """The store to use: the one given on the command line, or else the set one."""
        return str(given) if given is not None else self.store
