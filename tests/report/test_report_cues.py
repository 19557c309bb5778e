from __future__ import annotations

import pytest

from dateline.report.lines import find_blocks
from dateline.report.rules import Cue, CueTable, agencies, caption_cues, dateline_places, residue_cues

TABLES = {"residue": residue_cues(), "captions": caption_cues()}
CUES = [(name, cue) for name, table in TABLES.items() for cue in table.cues]
IDS = [cue.id for _, cue in CUES]


def found(table: CueTable, words: str) -> str | None:
    (block,) = find_blocks(words)
    cue = table.find(block.lower, block.words)
    return cue.id if cue else None


@pytest.mark.parametrize(("table", "cue"), CUES, ids=IDS)
def test_cue_finds_its_own_examples(table: str, cue: Cue) -> None:
    assert cue.matches
    for words in cue.matches:
        assert found(TABLES[table], words) == cue.id, words


@pytest.mark.parametrize(("table", "cue"), CUES, ids=IDS)
def test_no_cue_finds_the_near_misses(table: str, cue: Cue) -> None:
    assert cue.rejects
    for words in cue.rejects:
        assert [found(each, words) for each in TABLES.values()] == [None, None], words


def test_cue_ids_are_not_used_twice() -> None:
    assert len(set(IDS)) == len(IDS)


def test_places_and_agencies_are_listed_once() -> None:
    assert {"moscow", "port-au-prince", "the hague"} <= dateline_places()
    assert agencies()["Associated Press"] == "AP"
