"""A sequence classifier of any kind, run on texts, or on pairs of texts, that fit its window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import logging

from analysis import encoder
from analysis.polarity.hub import Files, first_line
from analysis.polarity.scorer import Item, ModelError

_LONGEST = 512


class Classifier:
    """Tokenizer and network of a model, and the names of its classes.

    Parameters
    ----------
    files : Files
        As `hub.fetch` gives them.

    Raises
    ------
    ModelError
        When transformers cannot load it without running code of its own, or would put something
        made up in the place of a tokenizer or of weights that are not there.
    """

    def __init__(self, files: Files) -> None:
        self.name, self.revision = files.name, files.revision
        options = {"local_files_only": True, "trust_remote_code": False}
        verbosity = logging.get_verbosity()
        logging.set_verbosity_error()  # its report of the weights would drown the one line below
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(files.folder, **options)
            network, report = AutoModelForSequenceClassification.from_pretrained(
                files.folder, use_safetensors=True, dtype=torch.float32,
                ignore_mismatched_sizes=True, output_loading_info=True, **options,
            )  # fmt: skip
        except Exception as error:  # transformers raises a dozen kinds for a folder that is off
            raise ModelError(
                f"Model {self.name}: it cannot be loaded ({first_line(error)}). It has to be a "
                "sequence classifier that transformers knows, with its tokenizer and no own code."
            ) from error
        finally:
            logging.set_verbosity(verbosity)
        self._network = network.eval()
        self._whole(files.folder, report)
        if self._tokenizer.pad_token_id is None:
            raise ModelError(
                f"Model {self.name}: its tokenizer has no padding token. Set pad_token in "
                "tokenizer_config.json, or choose another model."
            )
        names = self._network.config.id2label
        self.classes = [str(names[index]).strip().lower() for index in sorted(names)]

    def _whole(self, folder: Path, report: dict) -> None:
        """See that tokenizer and weights came from the folder.

        transformers makes an empty tokenizer where there is none, which reads every text alike, and
        draws by chance the weights that are missing or of another size.
        """
        names = [*self._tokenizer.vocab_files_names.values()]  # none of a tokenizer of bytes
        if names and not any((folder / name).is_file() for name in names):
            raise ModelError(
                f"Model {self.name}: its tokenizer is missing; there is no {' or '.join(names)}. "
                "Put the tokenizer's files beside the weights, those that it was trained with."
            )
        absent = {*report["missing_keys"], *(key for key, *_ in report["mismatched_keys"])}
        if absent:
            first = min(absent, key=lambda key: (not key.startswith("classifier"), key))
            raise ModelError(
                f"Model {self.name}: its files lack {len(absent)} of the weights that its "
                f"config.json asks for, or have them in another size, such as {first}. Choose a "
                "model that was trained to classify, not the base of one, or restore the folder."
            )

    def logits(
        self, pairs: Sequence[tuple[str, str | None]], progress: bool = True, description: str = ""
    ) -> np.ndarray:
        """Logits [n, classes] of texts, each with the second text that goes with it, or None."""
        rows = []
        for first, second in pairs:
            row = self._tokenizer(first, second, verbose=False)
            rows.append({k: list(row[k]) for k in ("input_ids", "token_type_ids") if k in row})
        said = encoder.run(
            lambda **features: self._network(**features).logits,
            rows,
            padding={"input_ids": self._tokenizer.pad_token_id},
            progress=progress,
            description=description or self.name,
        )
        return np.array(said).reshape(-1, len(self.classes))

    def cut(self, item: Item, low: int, high: int, second: str | None = None) -> tuple[int, int]:
        """Characters of `item.text[low:high]` to show: all, or as many words around the mention.

        Raises
        ------
        ModelError
            When the mention alone is longer than the window.
        """
        first, last = item.spans[0]
        room = self._room()

        def fits(start: int, end: int) -> bool:
            ids = self._tokenizer(item.text[start:end], second, verbose=False)["input_ids"]
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
                f"Model {self.name}: the mention {item.surface[:40]!r} alone is longer "
                f"than its window of {room} tokens. Shorten the span."
            )
        return start, end

    def _room(self) -> int:
        # RoBERTa keeps two positions for itself, and some tokenizers name no limit of their own.
        positions = getattr(self._network.config, "max_position_embeddings", None) or _LONGEST + 2
        limit = min(self._tokenizer.model_max_length, positions - 2, _LONGEST)
        return limit - limit % encoder.STEP
