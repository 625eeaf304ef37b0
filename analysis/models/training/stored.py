"""Write a trained polarity model, and average several that were written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file

from analysis import encoder
from analysis.polarity import words
from analysis.polarity.embedded import WORDS, EmbeddedScorer, TargetClassifier
from analysis.polarity.scorer import LABELS


def averaged(folders: Sequence[Path]) -> TargetClassifier:
    """Mean of the weights of several runs from one initialisation (a model soup)."""
    stored = [EmbeddedScorer(folder).network.state_dict() for folder in folders]
    network = TargetClassifier()
    # In double precision the mean of equal words is these words, so that no change is stored.
    means = {k: torch.stack([s[k].double() for s in stored]).mean(0).float() for k in stored[0]}
    network.load_state_dict(means)
    return network.eval()


def save(network: TargetClassifier, out: Path, **facts: object) -> None:
    """Write ``model.safetensors`` and ``config.json``.

    The layers and the head in fp16; of the word embeddings what changed (`polarity.words`).

    Parameters
    ----------
    **facts
        The rest of the configuration; the scorer needs those in `SETTINGS`.
    """
    out.mkdir(parents=True, exist_ok=True)
    state = network.state_dict()
    weights = {key: value.half().contiguous() for key, value in state.items() if key != WORDS}
    weights |= words.pack(TargetClassifier().state_dict()[WORDS], state[WORDS])
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # save_file leaves it to its owner alone
    config = {
        "name": "polarity-minilm",
        "architectures": ["TargetClassifier"],
        "model_type": "bert",
        "id2label": dict(enumerate(LABELS)),
        "label2id": {label: index for index, label in enumerate(LABELS)},
        "dtype": "float16",
        "base": {
            "package": encoder.PACKAGE,
            "version": encoder.VERSION,
            "sha256": encoder.SHA256,
        },
        **facts,
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
