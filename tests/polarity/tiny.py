"""Tiny models, made here with the base encoder's tokenizer, and what they are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from analysis import encoder
from analysis.polarity.scorer import Item

TEXT = "The mayor praised the officers. The union called his words hollow."
MAYOR = Item(TEXT, ((4, 9), (49, 52)))
UNION = Item(TEXT, ((36, 41),))
POLARITIES = ["negative", "neutral", "positive"]


def make(folder: Path, names: list[str], bias: list[float] | None = None, **config) -> Path:
    """A classifier with random weights, or one that always gives the softmax of `bias`."""
    torch.manual_seed(0)
    tokenizer = encoder.tokenizer()
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=16, initializer_range=0.3, id2label=dict(enumerate(names)), **config,
        )
    )  # fmt: skip
    if bias is not None:
        torch.nn.init.zeros_(model.classifier.weight)
        model.classifier.bias.data = torch.tensor(bias)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def one_line(error: pytest.ExceptionInfo) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message
