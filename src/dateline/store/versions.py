"""The version of the tables, and what to say of a file that has another. Imports nothing heavy: every query checks it."""

from __future__ import annotations

from pathlib import Path

SCHEMA_VERSION = "0002"
# Versions that opening for writing brings up to date.
UPGRADED = ("0001",)


def needs_upgrade(location: str | Path, version: str) -> str:
    """What to say to a reader of a store whose tables are older than this dateline."""
    return (
        f"the store {location} is from an earlier dateline: its tables are version {version}, this one reads "
        f"{SCHEMA_VERSION}.\nAny ingest brings it up to date and keeps its rows: dateline ingest FILE… --store {location}"
    )


def wrong_version(location: str | Path, version: str) -> str:
    """What to say of a store that another version of dateline wrote."""
    age = "a newer" if version > SCHEMA_VERSION else "an older"
    return (
        f"the store {location} was written by {age} dateline: its tables are version {version}, "
        f"this one reads {SCHEMA_VERSION}.\nUse the dateline that wrote it, or ingest into a new file with --store."
    )


def not_a_store(location: str | Path) -> str:
    """What to say of a file that holds something else."""
    return f"{location} is not a dateline store.\nGive another file with --store."
