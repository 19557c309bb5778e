"""Word vectors for the tagger and the parser: the network of the model's own "tok2vec", run for less time.

The figures are those of the stock component but for rounding in the last places. Three things make it cheap: a word form
is embedded once and remembered (the embedding of a word does not depend on its neighbours); the layers run over pieces of
text that stay in the processor's cache; and the matrix products go through numpy, whose library is about three times as
fast at them as the one that the model would use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.language import Language

    Floats = NDArray[numpy.float32]

# Word forms that are remembered, 400 bytes each; beyond that all are forgotten and embedded anew when they come.
MAX_KNOWN = 50_000
# About this many words go through the layers together: more would not stay in the processor's cache.
PIECE_WORDS = 1000
# One layer of the network that is understood here; any other network is left to its own component.
_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
_EPSILON = 1e-8


def use_quick_products(nlp: Language) -> None:
    """Lets numpy do the one large matrix product of the parser: what each word adds to a state in each of its places."""
    parser: Any = nlp.get_pipe("parser").model  # type: ignore[attr-defined]
    lower = parser.get_ref("lower") if parser.has_ref("lower") else None
    if lower is not None and getattr(lower.ops, "use_blis", False):
        lower.ops = type(lower.ops)(use_blis=False)


class Vectors:
    """Sets ``Doc.tensor`` as the "tok2vec" component does, for documents whose words carry nothing but their form."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.layers
        self._embed = embed
        self._pad = int(encode.attrs["pad"])
        self._layers = [_Layer(node) for node in encode.walk() if node.name == _LAYER]
        self._width = int(model.get_dim("nO"))
        self._known: dict[int, int] = {}
        self._rows: Floats = numpy.empty((0, self._width), dtype="float32")

    @classmethod
    def of(cls, nlp: Language) -> Vectors | None:
        """The vectors of this pipeline, or None if its network is of another kind."""
        if "tok2vec" not in nlp.pipe_names:
            return None
        model: Any = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
        if len(model.layers) != 2:
            return None
        encode = model.layers[1]
        depth = sum(node.name == _LAYER for node in encode.walk())
        if not depth or encode.name != f"with_array({'>>'.join([_LAYER] * depth)})":
            return None
        windows = {node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"}
        return cls(model) if windows == {1} else None

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The documents with their vectors set, in order; ``batch_size`` is there for likeness with spaCy's components."""
        piece: list[Doc] = []
        words = 0
        for doc in docs:
            piece.append(doc)
            words += len(doc)
            if words >= PIECE_WORDS:
                yield from self._set(piece)
                piece, words = [], 0
        yield from self._set(piece)

    def _set(self, docs: list[Doc]) -> list[Doc]:
        """One row for each word, with rows of zeros before, between and after the documents."""
        pad = self._pad
        rows = numpy.zeros((pad + sum(len(doc) + pad for doc in docs), self._width), dtype="float32")
        starts, position = [], pad
        for doc in docs:
            starts.append(position)
            rows[position : position + len(doc)] = self._embedded(doc)
            position += len(doc) + pad
        for layer in self._layers:
            layer.add(rows)
        for doc, start in zip(docs, starts, strict=True):
            doc.tensor = rows[start : start + len(doc)]
        return docs

    def _embedded(self, doc: Doc) -> Floats:
        """A word form and whether a space follows it settle the row."""
        columns: Any = doc.to_array(["ORTH", "SPACY"])  # unsigned: the key of the form, and 1 where a space follows
        keys: list[int] = (columns[:, 0] ^ columns[:, 1]).tolist()
        known = self._known
        new = {key: place for place, key in enumerate(keys) if key not in known}
        if new:
            if len(known) + len(new) > MAX_KNOWN:
                known.clear()
                self._rows = self._rows[:0]
                new = {key: place for place, key in enumerate(keys)}
            self._learn(doc, new)
        return self._rows[[known[key] for key in keys]]

    def _learn(self, doc: Doc, new: dict[int, int]) -> None:
        words = [doc[place] for place in new.values()]
        sample = Doc(doc.vocab, words=[word.text for word in words], spaces=[bool(word.whitespace_) for word in words])
        (rows,) = self._embed.predict([sample])
        first = len(self._known)
        needed = first + len(new)
        if needed > len(self._rows):
            grown = numpy.empty((max(needed, 2 * len(self._rows)), self._width), dtype="float32")
            grown[:first] = self._rows[:first]
            self._rows = grown
        self._rows[first:needed] = rows
        self._known.update(zip(new, range(first, needed), strict=True))


class _Layer:
    """One layer: each row and its two neighbours → the largest of a few affine maps, normalised, added to the row."""

    def __init__(self, node: Any) -> None:
        maxout, norm = (next(each for each in node.walk() if each.name == name) for name in ("maxout", "layernorm"))
        weights: Any = maxout.get_param("W")  # outputs × pieces × inputs
        outputs, self._pieces, inputs = weights.shape
        self._weights: Floats = numpy.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self._bias: Floats = numpy.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self._width = int(outputs)
        self._gain: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")

    def add(self, rows: Floats) -> None:
        """Adds to each row, in place."""
        width = self._width
        window = numpy.zeros((len(rows), 3 * width), dtype="float32")
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        mapped = window @ self._weights
        mapped += self._bias
        best = _largest([mapped[:, piece * width : (piece + 1) * width] for piece in range(self._pieces)])
        best -= best.mean(axis=1, keepdims=True)
        variance = numpy.einsum("ij,ij->i", best, best) / numpy.float32(width) + numpy.float32(_EPSILON)
        best *= (1 / numpy.sqrt(variance))[:, None]
        best *= self._gain
        best += self._shift
        rows += best


def _largest(pieces: Sequence[Floats]) -> Floats:
    best = pieces[0].copy()
    for piece in pieces[1:]:
        numpy.maximum(best, piece, out=best)
    return best
