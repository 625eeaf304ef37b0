"""The embedded model: polarity toward a marked target, from all-MiniLM-L6-v2 fine-tuned.

The target's mentions are set between two marker tokens and given the second token type; the
mentions' tokens, averaged, and [CLS] go through a small head into three classes.  Markers and
pooling are those of relation classification (Baldini Soares et al., *Matching the Blanks*, ACL
2019; Wu and He, *R-BERT*, CIKM 2019); the task and its data are NewsMTSC's (Hamborg and Donnay,
EACL 2021).

Only what was trained is stored.  The word embeddings, half of the encoder, are taken from the base
encoder's package, and what training changed in them is added (`analysis.polarity.words`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from analysis import encoder
from analysis.polarity import words
from analysis.polarity.marking import encode
from analysis.polarity.scorer import LABELS, Item, ModelError, softmax

FOLDER = Path(__file__).resolve().parents[1] / "models" / "polarity"
WORDS = "bert.embeddings.word_embeddings.weight"
SETTINGS = ("temperature", "mask_names", "window", "narration")


class TargetClassifier(nn.Module):
    """Encoder, pooling and head: token ids to logits of negative, neutral, positive."""

    def __init__(self, dropout: float = 0.1, **config: object) -> None:
        super().__init__()
        self.bert = encoder.base_model(**config)
        width = self.bert.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(2 * width, width),
            nn.Tanh(),
            nn.Dropout(dropout),
            nn.Linear(width, len(LABELS)),
        )

    def forward(
        self, input_ids: torch.Tensor, mention: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Logits [batch, 3] from ids, mention mask and attention mask, each [batch, length]."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=mention
        ).last_hidden_state
        weight = mention.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weight).sum(1) / weight.sum(1)
        return self.head(torch.cat([hidden[:, 0], pooled], dim=-1))


class EmbeddedScorer:
    """The shipped model, or another made by the same training.

    Parameters
    ----------
    folder : Path, optional
        Where ``config.json`` and ``model.safetensors`` are.

    Raises
    ------
    ModelError
        When a file is missing or the model was made from another base encoder.
    """

    target_aware = True

    def __init__(self, folder: str | Path = FOLDER) -> None:
        folder = Path(folder)
        for file in ("config.json", "model.safetensors"):
            if not (folder / file).is_file():
                raise ModelError(
                    f"Model {folder}: {file} is missing. Restore it, or train the model: "
                    "python -m analysis.models.training.polarity --data DIR --out DIR"
                )
        self.config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        made_from = self.config["base"]["sha256"]
        if made_from != encoder.SHA256:
            raise ModelError(
                f"Model {folder}: it was made from another base encoder (SHA-256 "
                f"{made_from[:12]}, here {encoder.SHA256[:12]}). Train it again on this one."
            )
        self.model = self.config["name"] if folder == FOLDER else folder.resolve().name
        # The settings change what the same weights say, so they are part of the revision.
        settings = {key: self.config[key] for key in SETTINGS}
        version = encoder.sha256(folder / "model.safetensors") + json.dumps(settings)
        self.revision = hashlib.sha256(version.encode()).hexdigest()[:12]
        self.network = TargetClassifier()
        base = self.network.state_dict()[WORDS]
        try:
            stored = load_file(folder / "model.safetensors")
            stored[WORDS] = words.unpack(base, stored)
            self.network.load_state_dict({key: value.float() for key, value in stored.items()})
        except (SafetensorError, RuntimeError, KeyError, IndexError):  # cut short, or of another
            raise ModelError(
                f"Model {folder}: model.safetensors does not hold this network's weights. "
                "Restore it, or train the model again."
            ) from None
        self.network.eval()

    @property
    def narration(self) -> tuple[float, ...]:
        """What is added to the logits of negative, neutral and positive in what is narrated."""
        return tuple(self.config["narration"])

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive toward each item's target.

        A text longer than the window is read around its first mention (see `reads`).  Of what is
        narrated, each class's logit is shifted by the setting ``narration``: sentences chosen for
        their polarity, which trained the model, would have it find judgement in most of the news.
        """
        rows, _ = self._encode(items)
        logits = encoder.run(self.network, rows, progress=progress, description="polarity")
        logits = np.array(logits).reshape(-1, len(LABELS)) / self.config["temperature"]
        narrated = np.array([item.narrated for item in items], dtype=bool)
        logits[narrated] += np.array(self.narration, dtype=logits.dtype)
        return softmax(logits)

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that are inside the model's window."""
        return self._encode(items)[1]

    def _encode(self, items: Sequence[Item]):
        return encode(items, self.config["window"], self.config["mask_names"])
