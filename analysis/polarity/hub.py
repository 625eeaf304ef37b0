"""Any sequence classifier, from a local folder or the model hub, behind the one interface.

Nothing of a model is run but its numbers: safetensors only, no code from the repository, and a hub
model has to be pinned to a commit, so that the same command scores the same way next year.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from huggingface_hub import snapshot_download
from huggingface_hub.utils import logging as hub_logging
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from analysis import encoder
from analysis.polarity.scorer import LABELS, Item, ModelError, sentence_starts, softmax

FAMILIES = ("sentence", "pair")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_HUB_ID = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
_NAMES = {
    "negative": 0, "neg": 0, "neutral": 1, "neu": 1, "positive": 2, "pos": 2,
}  # fmt: skip
_LONGEST = 512


class HubScorer:
    """A classifier of sentences, or of pairs of text and target.

    Parameters
    ----------
    name : str or Path
        Local folder or hub id, the latter as ``owner/name@REVISION`` or with `revision`.
    revision : str, optional
        Full commit hash of a hub model; for a folder, the hash that it is expected to have.
    labels : sequence of str or str, optional
        Classes in order, where the model does not name them itself.
    family : {"sentence", "pair"}
        "sentence" scores the sentence around the first mention, whoever it is about; "pair" asks
        for the polarity of the text toward the mention, as models of aspect-based sentiment do.

    Raises
    ------
    ModelError
        When the model is not pinned, cannot be had, or has other classes; one line.

    Notes
    -----
    Two classes are taken as negative and positive, with neutral 0.
    """

    def __init__(
        self,
        name: str | Path,
        revision: str | None = None,
        labels: Sequence[str] | str | None = None,
        family: str = "sentence",
    ) -> None:
        if family not in FAMILIES:
            raise ModelError(f"Model {name}: family is {' or '.join(FAMILIES)}, not {family!r}.")
        self.family = family
        self.target_aware = family == "pair"
        folder, self.model, self.revision = _locate(name, revision)
        options = {"local_files_only": True, "trust_remote_code": False}
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(folder, **options)
            self._network = AutoModelForSequenceClassification.from_pretrained(
                folder, use_safetensors=True, dtype=torch.float32, **options
            ).eval()
        except Exception as error:  # transformers raises a dozen kinds for a folder that is off
            raise ModelError(
                f"Model {self.model}: it cannot be loaded ({_first_line(error)}). It has to be a "
                "sequence classifier that transformers knows, with its tokenizer and no own code."
            ) from error
        if self._tokenizer.pad_token_id is None:
            raise ModelError(
                f"Model {self.model}: its tokenizer has no padding token. Set pad_token in "
                "tokenizer_config.json, or choose another model."
            )
        self._order = _order(self.model, self._network.config.id2label, labels)

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive."""
        out = np.zeros((len(items), len(LABELS)))
        if not items:
            return out
        rows = [self._row(item) for item in items]
        logits = encoder.run(
            lambda **features: self._network(**features).logits,
            rows,
            padding={"input_ids": self._tokenizer.pad_token_id},
            progress=progress,
            description=self.model,
        )
        out[:, self._order] = softmax(np.array(logits))
        return out

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that the model is shown."""
        return [self._stretch(item) for item in items]

    def _row(self, item: Item) -> dict[str, list[int]]:
        start, end = self._stretch(item)
        row = self._tokenizer(item.text[start:end], self._target(item), verbose=False)
        return {k: list(row[k]) for k in ("input_ids", "token_type_ids") if k in row}

    def _target(self, item: Item) -> str | None:
        return item.text[slice(*item.spans[0])] if self.target_aware else None

    def _stretch(self, item: Item) -> tuple[int, int]:
        """Characters to show: the sentence, or for a pair the text, cut around the mention."""
        starts = sentence_starts(item.text)
        first, last = item.spans[0]
        low, high = 0, len(item.text)
        if not self.target_aware:
            low = max(start for start in starts if start <= first)
            high = min((start for start in starts if start >= last), default=high)
        target, room = self._target(item), self._room()

        def fits(start: int, end: int) -> bool:
            ids = self._tokenizer(item.text[start:end], target, verbose=False)["input_ids"]
            return len(ids) <= room

        if fits(low, high):
            return low, high
        words = [match.span() for match in re.finditer(r"\S+", item.text[low:high])]
        words = [(low + start, low + end) for start, end in words]
        left = next(i for i, (_, end) in enumerate(words) if end > first)
        right = next((i for i, (_, end) in enumerate(words) if end >= last), len(words) - 1)
        few, many = 0, len(words)  # so many words on either side fit, so many do not
        while many - few > 1:
            middle = (few + many) // 2
            start = words[max(left - middle, 0)][0]
            if fits(start, words[min(right + middle, len(words) - 1)][1]):
                few = middle
            else:
                many = middle
        start, end = words[max(left - few, 0)][0], words[min(right + few, len(words) - 1)][1]
        if not fits(start, end):
            raise ModelError(
                f"Model {self.model}: the mention {item.text[first:last][:40]!r} alone is longer "
                f"than its window of {room} tokens. Shorten the span."
            )
        return start, end

    def _room(self) -> int:
        # RoBERTa keeps two positions for itself, and some tokenizers name no limit of their own.
        positions = getattr(self._network.config, "max_position_embeddings", None) or _LONGEST + 2
        limit = min(self._tokenizer.model_max_length, positions - 2, _LONGEST)
        return limit - limit % encoder.STEP


def _locate(name: str | Path, revision: str | None) -> tuple[Path, str, str]:
    """Folder with the model's files, its name and its revision."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        hashes = [encoder.sha256(path) for path in _weights(folder, str(name))]
        several = hashlib.sha256("".join(hashes).encode()).hexdigest()
        found = hashes[0] if len(hashes) == 1 else several
        if revision and not found.startswith(revision):
            raise ModelError(
                f"Model {name}: its weights have revision {found[:12]}, not {revision}. "
                "Leave the revision out, or restore the folder."
            )
        return folder, folder.resolve().name, found[:12]
    hub_id, _, pinned = str(name).partition("@")
    if isinstance(name, Path) or not _HUB_ID.fullmatch(hub_id):
        raise ModelError(f"Model {name}: there is no such folder. Check the path.")
    if revision and pinned and revision != pinned:
        raise ModelError(f"Model {name}: two revisions are given, {pinned} and {revision}.")
    revision = revision or pinned
    if not _COMMIT.fullmatch(revision):
        raise ModelError(
            f"Model {hub_id}: there is no such folder, and a model from the hub has to be pinned "
            f"to a commit: {hub_id}@REVISION, with the 40 hexadecimal digits of its commit."
        )
    hub_logging.set_verbosity_error()  # its retries would drown the one line below
    try:
        folder = Path(
            snapshot_download(
                hub_id, revision=revision, allow_patterns=_FILES, ignore_patterns=["*/*"]
            )
        )
    except Exception as error:  # of the connection, the hub, the repository or the cache
        raise ModelError(
            f"Model {hub_id}@{revision[:12]}: the hub did not give it ({_first_line(error)}). "
            "Check name, revision and connection (HF_HUB_OFFLINE, HF_ENDPOINT), or download the "
            "model elsewhere and name its folder."
        ) from error
    _weights(folder, hub_id)
    return folder, hub_id, revision


def _weights(folder: Path, name: str) -> list[Path]:
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelError(
            f"Model {name}: it has no safetensors, and other formats can run code when loaded. "
            "Convert it, or choose a revision that has model.safetensors."
        )
    return files


def _order(model: str, id2label: dict[int, str], labels: Sequence[str] | str | None) -> list[int]:
    """Column of negative, neutral, positive for each of the model's classes."""
    given = labels.split(",") if isinstance(labels, str) else labels
    names = list(given) if given else [id2label[i] for i in sorted(id2label)]
    order = [_NAMES.get(str(name).strip().lower()) for name in names]
    if len(names) != len(id2label):
        raise ModelError(
            f"Model {model}: it has {len(id2label)} classes, but {len(names)} labels are given."
        )
    if None in order or len(set(order)) < len(order) or not {0, 2} <= set(order):
        raise ModelError(
            f"Model {model}: its classes are {', '.join(map(str, names))}. Say which is which, "
            "in the model's order: --labels negative,neutral,positive (or negative,positive)."
        )
    return order


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}"
