"""The parts of the classifier that need no model: markers, pooling, judgements, and what a wrong folder is answered with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from dateline.errors import ModelError
from dateline.events import Judgement, load_classifier
from dateline.events.dyads.combining import pool
from dateline.events.dyads.markup import MARKERS, MAX_TOKENS, encode, mark, prepare
from dateline.events.ontology import ontology

TYPES = sorted(ontology().type)


@pytest.fixture(scope="module")
def words() -> Tokenizer:
    """A tokenizer of whole words, every unknown one the same."""
    tokenizer = Tokenizer(
        models.WordLevel({"[UNK]": 0, "Iran": 1, "Iraq": 2, **{m: 3 + i for i, m in enumerate(MARKERS)}}, "[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return prepare(tokenizer)


def judgement(**chances: float) -> Judgement:
    types = {kind: chances.get(kind, 0.001) for kind in TYPES}
    nothing = chances.get("nothing", 1 - sum(types.values()))
    return Judgement(types, nothing, {"asserted": 1.0}, 0.0, {"COERCE/arrest": 0.6, "COERCE/seize": 0.9, "AID/x": 0.9})


def test_markers_stand_around_both_spans_in_whatever_order() -> None:
    one, two, three, four = MARKERS
    assert mark("Iran hit Iraq.", (0, 4), (9, 13)) == f" {one} Iran {two}  hit  {three} Iraq {four} ."
    assert mark("Iran hit Iraq.", (9, 13), (0, 4)) == f" {three} Iran {four}  hit  {one} Iraq {two} ."
    assert mark("Iran rests.", (0, 4), None) == f" {one} Iran {two}  rests."


def test_spans_that_touch_keep_their_markers_apart() -> None:
    one, two, three, four = MARKERS
    assert mark("IranIraq", (0, 4), (4, 8)).split() == [one, "Iran", two, three, "Iraq", four]


def test_text_that_holds_a_marker_does_not_move_it(words: Tokenizer) -> None:
    text = f"[SEP] {MARKERS[0]} Iran hit Iraq [sic]"
    at = text.index("Iran")
    encoded = encode(words, text, (at, at + 4), (at + 9, at + 13))
    assert encoded.ids[encoded.source_at + 1] == 1
    assert "[sic]" in mark(text, None, None)
    assert "[SEP]" not in mark(text, None, None)


def test_encoding_says_where_the_markers_open(words: Tokenizer) -> None:
    encoded = encode(words, "Iran hit Iraq", (0, 4), (9, 13))
    assert [encoded.ids[encoded.source_at + 1], encoded.ids[encoded.target_at + 1]] == [1, 2]
    assert encode(words, "Iran rests", (0, 4), None).target_at == 0


def test_long_text_is_cut_around_the_pair(words: Tokenizer) -> None:
    text = "x " * 300 + "Iran hit Iraq" + " x" * 300
    encoded = encode(words, text, (600, 604), (609, 613))
    assert len(encoded.ids) == MAX_TOKENS
    assert encoded.ids[encoded.source_at + 1] == 1
    assert encoded.ids[encoded.target_at + 1] == 2


def test_pair_further_apart_than_the_window_keeps_its_source(words: Tokenizer) -> None:
    text = "Iran" + " x" * 400 + " Iraq"
    encoded = encode(words, text, (0, 4), (len(text) - 4, len(text)))
    assert len(encoded.ids) == MAX_TOKENS
    assert encoded.ids[encoded.source_at + 1] == 1
    assert encoded.target_at == 0


def test_modes_are_those_of_the_type_that_are_more_probable_than_not() -> None:
    assert judgement().modes_of("COERCE") == ("seize", "arrest")
    assert judgement().modes_of("ASSAULT") == ()


def test_rule_raises_its_type_and_silence_raises_none() -> None:
    seen = judgement(ASSAULT=0.4, COERCE=0.4)
    alone, ruled = pool(seen, {}), pool(seen, {"COERCE": 0.9})
    assert ruled.types["COERCE"] > alone.types["COERCE"]
    assert ruled.ranked()[0][0] == "COERCE"
    assert pool(seen, {"COERCE": 0.95}).types["COERCE"] >= pool(seen, {"COERCE": 0.5}).types["COERCE"]


@given(
    st.lists(st.floats(0, 1), min_size=len(TYPES) + 1, max_size=len(TYPES) + 1).filter(lambda found: sum(found) > 0.01),
    st.dictionaries(st.sampled_from(TYPES), st.floats(0, 1), max_size=3),
)
def test_pooled_chances_sum_to_one(values: list[float], read: dict[str, float]) -> None:
    total = sum(values)
    seen = Judgement({k: v / total for k, v in zip(TYPES, values, strict=False)}, values[-1] / total, {}, 0.0, {})
    pooled = pool(seen, read)
    assert sum(pooled.types.values()) + pooled.nothing == pytest.approx(1)


def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"--fast"):
        load_classifier(str(tmp_path))


def test_file_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"another model")
    digest = hashlib.sha256(b"the model").hexdigest()
    about = {"name": "x", "version": "1", "types": [], "modes": [], "temperature": 1, "sha256": {"model.onnx": digest}}
    (tmp_path / "model.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ModelError, match=r"model\.onnx is not the file that model\.json pins"):
        load_classifier(str(tmp_path))
