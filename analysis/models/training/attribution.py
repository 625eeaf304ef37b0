"""Train the attribution tagger on PolNeAR.

    python -m analysis.models.training.attribution --data DIR/train

A window is a run of whole paragraphs; where the runs begin changes from epoch to epoch.  The loss
is that of the random field over tags plus that of the pointers (cross-entropy over the words of the
window).  Lower layers learn more slowly than upper ones (Howard and Ruder, ACL 2018), and the
weights that are kept are an exponential moving average (Polyak and Juditsky, 1992).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn import functional

from analysis import encoder
from analysis.attribution import tagger
from analysis.attribution.decode import BEGIN, INSIDE, LEGAL, LEGAL_FIRST, TAGS
from analysis.attribution.spans import Span
from analysis.attribution.tagger import FROZEN, WINDOW, Network, Words
from analysis.models.training import polnear

IGNORE = -100
HELD_OUT = 40  # articles of the training folder kept out of training, to tune decoding on
NONE = -1


@dataclass(frozen=True)
class Example:
    """An article's words with their gold tags [n] and heads [2, n].

    A head is the first word of the cue (row 0, for content) or of the source (row 1, for a cue),
    `NONE` where there is none, `IGNORE` where none is asked for.
    """

    words: Words
    tags: np.ndarray
    heads: np.ndarray


def example(article: polnear.Article) -> Example:
    """Give each word its tag and heads; where spans overlap, the later role and span win."""
    words = tagger.read(article.text)
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
    return Example(words, tags, heads)


def _range(words: Words, span: Span) -> tuple[int, int]:
    """Words that a character span touches, end exclusive."""
    a = int(np.searchsorted(words.begins, span[0], side="right")) - 1
    if a < 0 or words.spans[a][1] <= span[0]:
        a += 1
    return a, int(np.searchsorted(words.begins, span[1]))


def cut(words: Words, size: int, rng: random.Random) -> list[tuple[int, int]]:
    """Ranges of words, each a run of whole paragraphs of at most `size` pieces.

    The first range is cut short at a random paragraph, so that windows differ between epochs.  A
    paragraph longer than `size` is cut where it must be.
    """
    piece = [*words.first.tolist(), len(words.pieces)]
    edges = [*np.flatnonzero(words.starts).tolist(), len(words.spans)]
    room = rng.randint(size // 4, size)
    out = []
    low = 0
    for a, b in pairwise(edges):
        if a > low and piece[b] - piece[low] > room:
            out.append((low, a))
            low, room = a, size
        while piece[b] - piece[low] > size:
            middle = int(np.searchsorted(words.first, piece[low] + size, side="right")) - 1
            out.append((low, middle))
            low, room = middle, size
    out.append((low, len(words.spans)))
    return [(a, b) for a, b in out if b > a]


def batches(
    examples: Sequence[Example], size: int, rng: random.Random
) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of windows of similar length, in random order."""
    cuts = [(example, a, b) for example in examples for a, b in cut(example.words, WINDOW - 2, rng)]
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
    """Tensors of a batch: pieces [b, p], words [b, w] and, of the windows' words, gold."""
    rows, first, tags, starts, heads = [], [], [], [], ([], [])
    for item, a, b in group:
        words = item.words
        low = int(words.first[a])
        high = int(words.first[b]) if b < len(words.first) else len(words.pieces)
        rows.append(tagger.row(words, low, high))
        first.append((words.first[a:b] - low + 1).tolist())
        tags.append(item.tags[a:b].tolist())
        starts.append(words.starts[a:b].astype(int).tolist())
        for relation in range(2):
            gold = item.heads[relation, a:b]
            outside = (gold != IGNORE) & ((gold < a) | (gold >= b))
            heads[relation].append(np.where(outside, NONE, gold - a * (gold >= 0)).tolist())
    width = max(map(len, first))
    return {
        "input_ids": encoder.pad([row["input_ids"] for row in rows]),
        "quoted": encoder.pad([row["quoted"] for row in rows]),
        "attention_mask": encoder.pad([[1] * len(row["input_ids"]) for row in rows]),
        "first": encoder.pad(first),
        "words": encoder.pad([[1] * len(f) for f in first]).bool(),
        "tags": encoder.pad(tags),
        "starts": encoder.pad(starts).bool(),
        "heads": torch.stack([encoder.pad(h, width, IGNORE) for h in heads]),
    }


def chain_loss(network: Network, emissions: torch.Tensor, batch: dict) -> torch.Tensor:
    """Negative log-likelihood of the gold tags under the random field, per word.

    Parameters
    ----------
    emissions : Tensor [batch, words, 7]
    """
    far = torch.tensor(-1e4)
    moves = torch.where(torch.from_numpy(LEGAL), network.transitions, far)
    first = torch.where(torch.from_numpy(LEGAL_FIRST), network.first, far)
    mask, tags = batch["words"], batch["tags"]
    starts = batch["starts"].clone()
    # A window may begin within a paragraph; its first word then carries on from what is not seen.
    opening = torch.where(batch["starts"][:, :1], first, torch.zeros_like(first))
    starts[:, 0] = True
    alpha = opening + emissions[:, 0]
    for t in range(1, emissions.shape[1]):
        anew = alpha.logsumexp(1, keepdim=True) + first
        on = (alpha.unsqueeze(2) + moves).logsumexp(1)
        step = torch.where(starts[:, t, None], anew, on) + emissions[:, t]
        alpha = torch.where(mask[:, t, None], step, alpha)
    gold = emissions.gather(2, tags.unsqueeze(2)).squeeze(2)
    move = torch.where(starts[:, 1:], first[tags[:, 1:]], moves[tags[:, :-1], tags[:, 1:]])
    path = (gold * mask).sum() + (move * mask[:, 1:]).sum()
    path = path + opening.gather(1, tags[:, :1]).sum()
    return (alpha.logsumexp(1).sum() - path) / mask.sum()


def loss(network: Network, batch: dict) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Losses of the tags, of the pointers from content to cue, and from cue to source."""
    outputs = network(batch["input_ids"], batch["quoted"], batch["attention_mask"])
    index = batch["first"].unsqueeze(-1).expand(-1, -1, outputs.shape[-1])
    outputs = outputs.gather(1, index)
    parts = [chain_loss(network, outputs[..., : len(TAGS)], batch)]
    nowhere = functional.pad(~batch["words"], (0, 1), value=False).unsqueeze(1)
    for relation in range(2):
        scores = network.point(outputs, relation).masked_fill(nowhere, -1e4)
        gold = batch["heads"][relation]
        gold = torch.where(gold == NONE, scores.shape[-1] - 1, gold)
        asked = (gold != IGNORE).sum().clamp(min=1)
        total = functional.cross_entropy(
            scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum"
        )
        parts.append(total / asked)
    return tuple(parts)


def parameters(network: Network, rate: float, decay: float) -> list[dict]:
    """Parameter groups: the heads at 3 times `rate`, each layer below by `decay` more slowly."""
    layers = network.bert.config.num_hidden_layers
    groups = []
    for name, parameter in network.named_parameters():
        if name == FROZEN:
            parameter.requires_grad_(False)
            continue
        if name.startswith("bert.encoder.layer."):
            mine = rate * decay ** (layers - 1 - int(name.split(".")[3]))
        elif name.startswith("bert."):
            mine = rate * decay**layers
        else:
            mine = rate * (30 if name in ("transitions", "first") else 3)
        weight_decay = 0.01 if parameter.ndim > 1 and name != "transitions" else 0.0
        groups.append({"params": [parameter], "lr": mine, "weight_decay": weight_decay})
    return groups


def save(network: Network, folder: Path, settings: dict) -> None:
    """Write what was trained, in fp16, and its settings."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        name: weight.detach().half().contiguous()
        for name, weight in network.state_dict().items()
        if name != FROZEN
    }
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def split(
    articles: Sequence[polnear.Article],
) -> tuple[list[polnear.Article], list[polnear.Article]]:
    """Articles to train on, and those held out; always the same ones."""
    order = list(articles)
    random.Random(0).shuffle(order)
    return order[HELD_OUT:], order[:HELD_OUT]


def train(articles: Sequence[polnear.Article], out: Path, options: argparse.Namespace) -> Network:
    """Train, and save the averaged weights after every epoch."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    examples = [example(article) for article in articles]
    network = Network(attention_probs_dropout_prob=0.0).train()
    for matrix in (network.none,):
        torch.nn.init.normal_(matrix, std=0.02)
    optimiser = torch.optim.AdamW(parameters(network, options.rate, options.decay), fused=True)
    pieces = sum(len(item.words.pieces) for item in examples)
    steps = int(options.epochs * pieces / (options.batch * (WINDOW - 2) * 0.7))
    warm = steps // 12
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.02, 1 - (k - warm) / (steps - warm)))
    )
    average = copy.deepcopy(network)
    step, begun = 0, time.time()
    sums = np.zeros(3)
    for epoch in range(options.epochs):
        for batch in batches(examples, options.batch, rng):
            parts = loss(network, batch)
            total = options.tags * parts[0] + parts[1] + parts[2]
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            follow = min(options.average, step / (step + 10))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - follow)
            sums = 0.98 * sums + 0.02 * np.array([float(p.detach()) for p in parts])
            if step % 20 == 0:
                shown = " ".join(f"{x:.4f}" for x in sums / (1 - 0.98**step))
                print(f"{epoch} {step}/{steps} {time.time() - begun:.0f}s {shown}", flush=True)
        settings = {"pointer_width": network.width, "epochs": epoch + 1, **vars(options)}
        settings = {k: str(v) if isinstance(v, Path) else v for k, v in settings.items()}
        save(average, out, settings)
    return average


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training folder")
    parser.add_argument("--out", type=Path, default=tagger.FOLDER)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=8, help="windows a step")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--decay", type=float, default=0.85, help="of the rate, per layer down")
    parser.add_argument("--tags", type=float, default=2.0, help="weight of the tags' loss")
    parser.add_argument("--average", type=float, default=0.995)
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    articles, _ = split(polnear.read(options.data))
    train(articles, options.out, options)


if __name__ == "__main__":
    main()
