"""PolNeAR's articles as batches for the tagger: gold tags, gold heads, windows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from analysis import encoder
from analysis.attribution.decode import BEGIN, INSIDE, LEGAL, LEGAL_FIRST
from analysis.attribution.spans import Span
from analysis.attribution.words import WINDOW, Words, read, row, windows
from analysis.models.training import polnear

IGNORE = -100
NONE = -1
SIZE = WINDOW - 2  # word pieces of a window, without the two special ones


@dataclass(frozen=True)
class Example:
    """An article's words with their gold tags [n] and heads [2, n].

    A head is the first word of the cue (row 0, for content) or of the source (row 1, for a cue),
    `NONE` where there is none, `IGNORE` where none is asked for.  `hand` is the number of the
    annotator, from 1 on; 0 where it is not known.
    """

    words: Words
    tags: np.ndarray
    heads: np.ndarray
    hand: int = 0


def example(article: polnear.Article, hand: int = 0) -> Example:
    """Give each word its tag and heads; where spans overlap, the later role and span win."""
    words = read(article.text)
    n = len(words.spans)
    tags, heads = np.zeros(n, dtype=int), np.full((2, n), IGNORE)
    for role in ("content", "source", "cue"):
        for mark in article.attributions:
            for span in getattr(mark, role):
                a, b = _range(words, span)
                tags[a:b] = INSIDE[role]
                tags[a : a + 1] = BEGIN[role]
                heads[:, a:b] = IGNORE
                if role == "content":
                    heads[0, a:b] = _range(words, mark.cue[0])[0] if mark.cue else NONE
                if role == "cue":
                    heads[1, a:b] = _range(words, mark.source[0])[0] if mark.source else NONE
    # No tag runs on from one paragraph into the next.
    for i in np.flatnonzero(words.starts & ~LEGAL_FIRST[tags]):
        tags[i] -= 1
    for i in range(1, n):
        if not LEGAL[tags[i - 1], tags[i]]:
            tags[i] -= 1
    return Example(words, tags, heads, hand)


def _range(words: Words, span: Span) -> tuple[int, int]:
    """Words that a character span touches, end exclusive."""
    a = int(np.searchsorted(words.begins, span[0], side="right")) - 1
    if a < 0 or words.spans[a][1] <= span[0]:
        a += 1
    return a, int(np.searchsorted(words.begins, span[1]))


def batches(
    examples: Sequence[Example], size: int, rng: random.Random
) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of windows of similar length, in random order."""
    # The first run is cut short at random, so that windows differ between epochs.
    cuts = [
        (example, a, b)
        for example in examples
        for a, b in windows(example.words, SIZE, rng.randint(SIZE // 4, SIZE))
    ]
    rng.shuffle(cuts)
    # Sorted in pools of 32 batches: similar lengths lie together, yet the order stays random.
    pools = [cuts[i : i + 32 * size] for i in range(0, len(cuts), 32 * size)]
    groups = []
    for pool in pools:
        pool.sort(key=lambda item: item[2] - item[1])
        groups += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)


def collate(group: Sequence[tuple[Example, int, int]]) -> dict[str, torch.Tensor]:
    """Tensors of a batch: pieces [b, p], words [b, w], hands [b] and, of the words, gold."""
    rows, first, tags, starts, heads = [], [], [], [], ([], [])
    for item, a, b in group:
        words = item.words
        low = int(words.first[a])
        high = int(words.first[b]) if b < len(words.first) else len(words.pieces)
        rows.append(row(words, low, high))
        first.append((words.first[a:b] - low + 1).tolist())
        tags.append(item.tags[a:b].tolist())
        starts.append(words.starts[a:b].astype(int).tolist())
        for relation in range(2):
            gold = item.heads[relation, a:b]
            outside = (gold != IGNORE) & ((gold < a) | (gold >= b))
            heads[relation].append(np.where(outside, NONE, gold - a * (gold >= 0)).tolist())
    width = max(map(len, first))
    return {
        "input_ids": encoder.pad([r["input_ids"] for r in rows]),
        "quoted": encoder.pad([r["quoted"] for r in rows]),
        "shape": encoder.pad([r["shape"] for r in rows]),
        "attention_mask": encoder.pad([[1] * len(r["input_ids"]) for r in rows]),
        "hand": torch.tensor([item.hand for item, _, _ in group]),
        "first": encoder.pad(first),
        "words": encoder.pad([[1] * len(f) for f in first]).bool(),
        "tags": encoder.pad(tags),
        "starts": encoder.pad(starts).bool(),
        "heads": torch.stack([encoder.pad(h, width, IGNORE) for h in heads]),
    }


def hide(batch: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """The batch with a random share of its pieces masked, so that no word is learned by heart."""
    special = encoder.tokenizer()
    ids = batch["input_ids"]
    open_to_view = torch.isin(
        ids, torch.tensor([special.pad_token_id, special.cls_token_id, special.sep_token_id])
    )
    hidden = (torch.rand(ids.shape) < share) & ~open_to_view
    return {**batch, "input_ids": torch.where(hidden, special.mask_token_id, ids)}
