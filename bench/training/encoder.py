"""The network: an encoder, the states at the two opening markers beside the mean of all, and three linear heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from dateline.events.dyads.classifier import MODALITIES
from dateline.events.dyads.markup import Encoded, encode, prepare

from .instances import MODES, TYPES, Instance

DROPOUT = 0.2
# Lengths are padded to a multiple of this, so that the CPU kernels are made for few shapes.
ROUNDING = 8


class PairEncoder(nn.Module):
    """Logits of type, of modality and negation, and of modes for marked pairs."""

    def __init__(self, base: Path, frozen_layers: int = 0) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        width = 3 * self.encoder.config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.types = nn.Linear(width, len(TYPES))
        self.status = nn.Linear(width, len(MODALITIES) + 1)
        self.modes = nn.Linear(width, len(MODES))
        self.encoder.embeddings.word_embeddings.requires_grad_(
            False
        )  # half the weights, and most words are not in the corpus
        for layer in self.encoder.encoder.layer[:frozen_layers]:
            layer.requires_grad_(False)

    def forward(
        self, input_ids: Tensor, mask: Tensor, source_at: Tensor, target_at: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder(input_ids=input_ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        rows = torch.arange(states.shape[0])
        shown = torch.cat([states[rows, source_at], states[rows, target_at], mean], dim=-1)
        shown = self.dropout(shown.float())
        return self.types(shown), self.status(shown), self.modes(shown)

    def heads(self) -> list[nn.Parameter]:
        return [weight for name, weight in self.named_parameters() if not name.startswith("encoder.")]

    def body(self) -> list[nn.Parameter]:
        named = self.named_parameters()
        return [weight for name, weight in named if name.startswith("encoder.") and weight.requires_grad]


def tokenizer_of(base: Path) -> Tokenizer:
    return prepare(Tokenizer.from_file(str(base / "tokenizer.json")))


def padding_of(tokenizer: Tokenizer) -> int:
    """The id that fills up a batch; BERT and MPNet name it differently."""
    return int(tokenizer.token_to_id("[PAD]") or tokenizer.token_to_id("<pad>") or 0)


def encode_all(tokenizer: Tokenizer, instances: Sequence[Instance]) -> list[Encoded]:
    return [encode(tokenizer, each.text, each.source, each.target) for each in instances]


def collate(rows: Sequence[Encoded], padding: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids and mask of shape (rows, longest length rounded up), and the two marker positions of each row."""
    length = -(-max(len(row.ids) for row in rows) // ROUNDING) * ROUNDING
    ids = torch.tensor([[*row.ids, *[padding] * (length - len(row.ids))] for row in rows])
    mask = torch.tensor([[1] * len(row.ids) + [0] * (length - len(row.ids)) for row in rows])
    return ids, mask, torch.tensor([row.source_at for row in rows]), torch.tensor([row.target_at for row in rows])


@torch.no_grad()
def predict(model: PairEncoder, rows: Sequence[Encoded], padding: int, batch: int = 32) -> list[Tensor]:
    """The three logits for all rows, in their order; computed in bfloat16, the longest last."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].ids))
    parts: list[tuple[Tensor, ...]] = []
    for at in range(0, len(order), batch):
        with torch.autocast("cpu", torch.bfloat16):
            outputs = model(*collate([rows[index] for index in order[at : at + batch]], padding))
        parts.append(tuple(each.float() for each in outputs))
    back = torch.tensor(order).argsort()
    return [torch.cat(each)[back] for each in zip(*parts, strict=True)]
