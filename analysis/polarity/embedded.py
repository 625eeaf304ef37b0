"""The embedded model: polarity toward a marked target, from all-MiniLM-L6-v2 fine-tuned.

The target's mentions are set between two marker tokens and given the second token type; the
mentions' tokens, averaged, and [CLS] go through a small head into three classes.  Markers and
pooling are those of relation classification (Baldini Soares et al., *Matching the Blanks*, ACL
2019; Wu and He, *R-BERT*, CIKM 2019); the task and its data are NewsMTSC's (Hamborg and Donnay,
EACL 2021).

Only what was trained is stored.  The word embeddings, half of the encoder, were frozen and are
taken from the base encoder's package.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from analysis import encoder
from analysis.polarity.scorer import LABELS, Item, ModelError, sentence_starts, softmax

FOLDER = Path(__file__).resolve().parents[1] / "models" / "polarity"
FROZEN = "bert.embeddings.word_embeddings.weight"
OPEN, CLOSE, NAME = "[unused0]", "[unused1]", "[unused2]"
MENTIONS = 8  # at most so many mentions are marked, the nearest to the first
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_SMALL = frozenset(
    {"a", "al", "and", "at", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "for",
     "in", "la", "le", "of", "on", "the", "van", "von"}
)  # fmt: skip
_PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself",
     "they", "them", "their", "theirs", "themselves", "i", "me", "my", "mine", "myself",
     "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "yourselves",
     "who", "whom", "whose", "this", "that", "these", "those"}
)  # fmt: skip


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


def merge(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and join those that overlap."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def window(text: str, offsets: Sequence[tuple[int, int]], mention: tuple[int, int], room: int):
    """Token range [low, high) of at most `room` tokens around a mention.

    The whole text when it fits; else the mention's sentence and as many whole sentences around it
    as fit, the one before first (it is where a pronoun's antecedent stands); else, when that
    sentence alone is too long, as many words on either side of the mention.

    Parameters
    ----------
    offsets : sequence of (start, end)
        Character offsets of the tokens.
    mention : (first, last)
        Token range of the mention.
    """
    n = len(offsets)
    if n <= room:
        return 0, n
    starts = [start for start, _ in offsets]
    cuts = [*(bisect_left(starts, start) for start in sentence_starts(text)), n]
    first = max(bisect_right(cuts, mention[0]) - 1, 0)
    last = min(bisect_left(cuts, max(mention[1], mention[0] + 1)), len(cuts) - 1)
    if cuts[last] - cuts[first] > room:
        spare = max(room - (mention[1] - mention[0]), 0)
        low = max(cuts[first], min(mention[0] - spare // 2, cuts[last] - room))
        return low, low + room
    grown = True
    while grown:
        grown = False
        if first > 0 and cuts[last] - cuts[first - 1] <= room:
            first, grown = first - 1, True
        if last < len(cuts) - 1 and cuts[last + 1] - cuts[first] <= room:
            last, grown = last + 1, True
    return cuts[first], cuts[last]


def is_name(surface: str) -> bool:
    """Whether a mention is a name: every word that can be is capitalised, and none is a pronoun."""
    words = [word for word in _WORD.findall(surface) if word.lower() not in _SMALL]
    return bool(words) and all(
        word != word.lower() and word.lower() not in _PRONOUNS for word in words
    )


def encode(
    items: Sequence[Item], room: int = 128, mask_names: bool = False
) -> tuple[list[dict[str, list[int]]], list[tuple[int, int]]]:
    """Token ids with the mentions marked, and the stretch of each text that they cover.

    Parameters
    ----------
    items : sequence of Item
    room : int
        The window: at most so many tokens, markers included.
    mask_names : bool
        Put one placeholder for each mention that is a name, so that who it is cannot matter.

    Returns
    -------
    rows : list of dict
        ``input_ids`` and ``mention`` (1 on mentions and their markers), equally long.
    read : list of (start, end)
        Character offsets of what is inside the window.
    """
    if not items:
        return [], []
    tokenizer = encoder.tokenizer()
    cls, sep = tokenizer.cls_token_id, tokenizer.sep_token_id
    opened, closed, name = tokenizer.convert_tokens_to_ids([OPEN, CLOSE, NAME])
    batch = tokenizer(
        [item.text for item in items],
        add_special_tokens=False,
        return_offsets_mapping=True,
        verbose=False,
    )
    rows, read = [], []
    for item, ids, offsets in zip(items, batch["input_ids"], batch["offset_mapping"], strict=True):
        starts = [start for start, _ in offsets]
        ends = [end for _, end in offsets]

        def tokens(span: tuple[int, int], starts=starts, ends=ends) -> tuple[int, int]:
            return bisect_right(ends, span[0]), bisect_left(starts, span[1])

        first = tokens(item.spans[0])
        near = sorted(item.spans, key=lambda span: abs(span[0] - item.spans[0][0]))[:MENTIONS]
        low, high = window(item.text, offsets, first, room - 2 - 2 * len(near))
        out, mask, at = [cls], [0], low
        for span in merge(near):
            start, end = tokens(span)
            start, end = max(start, at), min(end, high)  # two spans can share a token
            if start > end or (start == end and not low <= start <= high):
                continue
            inside = ids[start:end]
            if mask_names and is_name(item.text[slice(*span)]):
                inside = [name]
            out += [*ids[at:start], opened, *inside, closed]
            mask += [0] * (start - at) + [1] * (len(inside) + 2)
            at = end
        out += [*ids[at:high], sep]
        mask += [0] * (high - at + 1)
        rows.append({"input_ids": out, "mention": mask})
        read.append((starts[low], ends[high - 1]) if high > low else (0, len(item.text)))
    return rows, read


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
        self.model = self.config["name"]
        # The settings change what the same weights say, so they are part of the revision.
        settings = {key: self.config[key] for key in ("temperature", "mask_names", "window")}
        version = encoder.sha256(folder / "model.safetensors") + json.dumps(settings)
        self.revision = hashlib.sha256(version.encode()).hexdigest()[:12]
        self.network = TargetClassifier()
        stored = load_file(folder / "model.safetensors")
        stored = {key: value.float() for key, value in stored.items()}
        missing, unexpected = self.network.load_state_dict(stored, strict=False)
        if set(missing) != {FROZEN} or unexpected:
            raise ModelError(
                f"Model {folder}: model.safetensors does not hold this network's weights. "
                "Restore it, or train the model again."
            )
        self.network.eval()

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive toward each item's target.

        A text longer than the window is read around its first mention (see `reads`).
        """
        rows, _ = self._encode(items)
        logits = encoder.run(self.network, rows, progress=progress, description="polarity")
        return softmax(np.array(logits).reshape(-1, len(LABELS)) / self.config["temperature"])

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that are inside the model's window."""
        return self._encode(items)[1]

    def _encode(self, items: Sequence[Item]):
        return encode(items, self.config["window"], self.config["mask_names"])
