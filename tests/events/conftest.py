"""From one sentence to the events that the whole pipeline finds in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dateline.pipeline import Coder
from dateline.records import Event, Record

if TYPE_CHECKING:
    from dateline.language.model import Parser


@pytest.fixture(scope="session")
def record_of(parser: Parser) -> Callable[[str], Record]:
    """The record of a text, coded once for the whole run."""
    coder = Coder(parser, clock=lambda: "2024-05-06T07:08:09Z")
    return cache(lambda text: coder.code(text))


@pytest.fixture(scope="session")
def events_in(record_of: Callable[[str], Record]) -> Callable[[str], tuple[Event, ...]]:
    return lambda text: record_of(text).events


@pytest.fixture(scope="session")
def told(record_of: Callable[[str], Record]) -> Callable[[str], list[str]]:
    """Events as short lines: "RUS > AID > UKR", "not IRN > CONSULT/visit > USA", with countries or names of actors."""

    def lines(text: str) -> list[str]:
        record = record_of(text)
        names = {actor.id: actor.country or actor.code or actor.name for actor in record.actors}

        def side(refs: tuple[object, ...]) -> str:
            return "+".join(dict.fromkeys(names[ref.actor] for ref in refs)) or "-"  # type: ignore[attr-defined]

        return [
            ("not " if event.negated else "")
            + ("" if event.modality == "asserted" else f"{event.modality} ")
            + f"{side(event.source_actors)} > {'/'.join((event.type, *event.modes))} > {side(event.target_actors)}"
            for event in record.events
        ]

    return lines
