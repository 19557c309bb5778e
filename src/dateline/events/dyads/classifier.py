"""Runs the bundled encoder: int8 ONNX, one pair at a time.

The activations of an int8 model are scaled by what else is in the batch, so pairs are never batched: a pair's judgement
depends on its own text alone, in whatever order, company or process it is asked for.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ModelError
from ...records import Modality
from ...rulefiles import RuleModel
from .judgement import Judgement, Range
from .markup import encode, prepare

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

NOTHING = "NONE"
MODALITIES: tuple[Modality, ...] = ("asserted", "future", "hypothetical", "historical")
BUNDLED = "dyads-en"


class ModelFile(RuleModel):
    """``model.json`` of a classifier: what its outputs mean, how they are calibrated, and the digests of its files."""

    name: str
    version: str
    types: tuple[str, ...]
    modes: tuple[str, ...]
    temperature: float
    sha256: dict[str, str]


class DyadClassifier:
    """A loaded classifier; see ``Judge``."""

    def __init__(self, about: ModelFile, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._about = about
        self._session = session
        self._tokenizer = prepare(tokenizer)

    @property
    def name(self) -> str:
        return f"{self._about.name}-{self._about.version}"

    def judge(self, text: str, source: Range | None, target: Range | None) -> Judgement:
        """See ``Judge.judge``."""
        import numpy

        encoded = encode(self._tokenizer, text, source, target)
        kinds, status, modes = self._session.run(
            None,
            {
                "input_ids": numpy.array([encoded.ids], dtype=numpy.int64),
                "source_at": numpy.array([encoded.source_at], dtype=numpy.int64),
                "target_at": numpy.array([encoded.target_at], dtype=numpy.int64),
            },
        )
        return self._read(kinds[0].tolist(), status[0].tolist(), modes[0].tolist())

    def _read(self, kinds: list[float], status: list[float], modes: list[float]) -> Judgement:
        chances = dict(zip(self._about.types, softmax(value / self._about.temperature for value in kinds), strict=True))
        nothing = chances.pop(NOTHING)
        return Judgement(
            types=chances,
            nothing=nothing,
            modality=dict(zip(MODALITIES, softmax(status[: len(MODALITIES)]), strict=True)),
            negated=sigmoid(status[len(MODALITIES)]),
            modes=dict(zip(self._about.modes, map(sigmoid, modes), strict=True)),
        )


def softmax(values: Iterable[float]) -> list[float]:
    """Probabilities of logits."""
    numbers = list(values)
    top = max(numbers)
    powers = [math.exp(number - top) for number in numbers]
    total = sum(powers)
    return [power / total for power in powers]


def sigmoid(value: float) -> float:
    """Probability of one logit."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


@cache
def load_classifier(folder: str | None = None) -> DyadClassifier:
    """The bundled classifier, or the one in a folder made by ``bench/train_events.py``.

    Raises ``ModelError`` when a file is missing, is not the one that ``model.json`` pins, or cannot be run.
    """
    where = Path(folder) if folder else Path(str(files("dateline") / "models" / BUNDLED))
    try:
        about = ModelFile.model_validate(json.loads((where / "model.json").read_text(encoding="utf-8")))
        content = {name: _checked(where / name, digest) for name, digest in about.sha256.items()}
        return DyadClassifier(about, _session(content["model.onnx"]), _tokenizer(content["tokenizer.json"]))
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(
            f"the event classifier in {where} cannot be loaded ({error}); reinstall dateline, or code without it (--fast)"
        ) from error


def _checked(path: Path, digest: str) -> bytes:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(f"{path} is not the file that model.json pins: its SHA-256 is another; reinstall dateline")
    return content


def _session(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes share the work, threads fight over it
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _tokenizer(content: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(content)
