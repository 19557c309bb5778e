"""Whatever once crashed or came out oddly in a fuzz run comes out as items and rejections now, in every format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dateline.fetching import Fetched, FetchError
from dateline.intake import FORMATS, Limits, read_source
from dateline.intake.web import Web
from dateline.records import RawItem, Rejection, Retraction

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
APART = ("arrow", "parquet")
LIMITS = Limits(unpacked_free=4_000_000, spooled_bytes=4_000_000)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Web, url: str) -> Fetched:
        raise FetchError("nothing is fetched here")

    monkeypatch.setattr(Web, "fetch_named", refuse)
    monkeypatch.setattr(Web, "fetch_followed", refuse)


def test_every_format_has_a_seed() -> None:
    names = {path.name.split("-")[0] for path in CORPUS}
    assert names >= {*FORMATS, "rss", "gz", "bz2", "xz", "zip", "tar", "mbox"} - {"feed"}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_corpus_is_read_in_every_format_without_a_crash(path: Path) -> None:
    data = path.read_bytes()
    for input_format in ("auto", *FORMATS):
        if input_format in APART and not path.name.startswith(input_format):
            continue  # each is read in a process of its own; one seed that is none of theirs is enough
        found = list(read_source("-", stdin=io.BytesIO(data), input_format=input_format, limits=LIMITS))
        assert all(isinstance(item, RawItem | Rejection | Retraction) for item in found)


@pytest.mark.parametrize("input_format", APART)
def test_text_is_refused_as_a_table(input_format: str) -> None:
    (found,) = read_source("-", stdin=io.BytesIO(b"They met."), input_format=input_format, limits=LIMITS)
    assert isinstance(found, Rejection)


@pytest.mark.parametrize("path", [path for path in CORPUS if "-" not in path.name], ids=lambda path: path.name)
def test_sound_seeds_are_known_by_their_content(path: Path) -> None:
    found = list(read_source("-", stdin=io.BytesIO(path.read_bytes()), limits=LIMITS))
    expected = Rejection if path.name in ("urls", "sitemap", "tsv") else RawItem
    assert isinstance(found[0], expected), found[0]
