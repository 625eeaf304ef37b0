"""What training changed in the word embeddings, small enough to be stored.

Training moves the embeddings of the words that it meets, and those by little, so that a row of the
change needs one byte a dimension and one scale (Dettmers et al., *8-bit Optimizers*, ICLR 2022, on
scaling by blocks).
"""

from __future__ import annotations

import torch

ROWS, SCALE, CHANGE = "words.rows", "words.scale", "words.change"
MOST = 15_000  # rows that are stored: 5.9 MB; of more, those that changed most


def pack(base: torch.Tensor, trained: torch.Tensor) -> dict[str, torch.Tensor]:
    """Give the change from one embedding table [vocabulary, width] to another, by row.

    Returns
    -------
    dict
        Numbers of the rows that changed, int32 [n]; the scale of each, float32 [n]; the change in
        units of it, int8 [n, width].  Empty where nothing changed.
    """
    change = trained - base
    size = change.norm(dim=1)
    rows = size.argsort(descending=True)[: min(MOST, int((size > 0).sum()))].sort().values
    if not len(rows):
        return {}
    scale = change[rows].abs().amax(1) / 127
    return {
        ROWS: rows.to(torch.int32),
        SCALE: scale,
        CHANGE: (change[rows] / scale[:, None]).round().to(torch.int8),
    }


def unpack(base: torch.Tensor, stored: dict[str, torch.Tensor]) -> torch.Tensor:
    """Take the change out of what was stored, and give the table that it leads to."""
    table = base.clone()
    if ROWS in stored:
        rows, scale, change = (stored.pop(key) for key in (ROWS, SCALE, CHANGE))
        table[rows.long()] += change.float() * scale[:, None]
    return table
