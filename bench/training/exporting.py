"""From a trained network to the folder that ``load_classifier`` reads: int8 ONNX, tokenizer, ``model.json``."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from .encoder import PairEncoder
from .instances import MODES, TYPES

OPSET = 17


class _OnePass(nn.Module):
    """The network as it is run: no padding, no dropout."""

    def __init__(self, model: PairEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, source_at: Tensor, target_at: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        outputs: tuple[Tensor, Tensor, Tensor] = self.model(input_ids, torch.ones_like(input_ids), source_at, target_at)
        return outputs


def export(model: PairEncoder, base: Path, folder: Path, *, name: str, version: str, temperature: float) -> None:
    """Writes the folder. Weights are quantized per channel, word vectors too; activations at run time, per pair."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.randint(1000, 2000, (2, 24))
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        torch.onnx.export(
            _OnePass(model), (ids, torch.tensor([3, 4]), torch.tensor([9, 11])), str(whole), opset_version=OPSET,
            input_names=["input_ids", "source_at", "target_at"], output_names=["types", "status", "modes"],
            dynamic_axes={"input_ids": {0: "pairs", 1: "tokens"}, "source_at": {0: "pairs"}, "target_at": {0: "pairs"}},
            dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(folder / "model.onnx"))
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    digests = {
        each: hashlib.sha256((folder / each).read_bytes()).hexdigest() for each in ("model.onnx", "tokenizer.json")
    }
    about = {
        "name": name, "version": version, "types": TYPES, "modes": MODES, "temperature": temperature, "sha256": digests,
    }  # fmt: skip
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
