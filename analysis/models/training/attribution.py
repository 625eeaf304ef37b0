"""Train the attribution tagger on PolNeAR.

    python -m analysis.models.training.attribution --data DIR/train
    python -m analysis.models.training.attribution --data DIR/train --out OUT --start FOLDER

A window is a run of whole paragraphs; where the runs begin changes from epoch to epoch.  The loss
is that of the random field over tags plus that of the pointers (cross-entropy over the words of the
window).  Lower layers learn more slowly than upper ones (Howard and Ruder, ACL 2018), and the
weights that are kept are an exponential moving average (Polyak and Juditsky, 1992).

Some pieces are hidden in every batch, and galleries and transcripts are added to the articles
(`attribution_forms`).  Annotators differ in what they count to a cue or a content, so the network
is told in half of the windows whose marks it is shown, by a vector added to each piece (`Hands`);
that vector is not kept, and in use nobody's hand is named.  A run may start from another's weights;
`attribution_average` makes one tagger of several such runs.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

from analysis.attribution import tagger
from analysis.attribution.decode import LEGAL, LEGAL_FIRST, TAGS
from analysis.attribution.network import FROZEN, SHAPES, Network
from analysis.attribution.words import WINDOW
from analysis.models.training import polnear
from analysis.models.training.attribution_confidence import calibrate
from analysis.models.training.attribution_data import IGNORE, NONE, batches, example, hide
from analysis.models.training.attribution_forms import forms

#: How readily each role begins, found by hand on the held-out articles.
BIAS = {"source": 0.7, "cue": 0.0, "content": -0.4}


class Hands(nn.Module):
    """Embedding of a piece's shape, and with it of the annotator who marked its window.

    A shape s under annotator h is numbered ``s + SHAPES * h``; annotator 0 is nobody.
    """

    def __init__(self, shape: nn.Embedding, hands: int) -> None:
        super().__init__()
        self.shape = shape
        self.hand = nn.Embedding(hands + 1, shape.embedding_dim, padding_idx=0)
        nn.init.zeros_(self.hand.weight)

    def forward(self, index: torch.Tensor) -> torch.Tensor:
        """Vectors [..., hidden] of numbered shapes [...]."""
        return self.shape(index % SHAPES) + self.hand(index // SHAPES)


def bare(network: Network) -> Network:
    """A copy of the network without the annotators."""
    out = copy.deepcopy(network)
    out.shape = out.shape.shape
    return out


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
    outputs = network(batch["input_ids"], batch["quoted"], batch["shape"], batch["attention_mask"])
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


def sign(batch: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """The batch with the annotators of a random share of its windows made known (`Hands`)."""
    hand = batch["hand"] * (torch.rand(len(batch["hand"])) < share)
    return {**batch, "shape": batch["shape"] + SHAPES * hand.unsqueeze(1)}


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
    (folder / "model.safetensors").chmod(0o644)  # save_file leaves it to its owner alone
    (folder / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def train(articles: Sequence[polnear.Article], out: Path, options: argparse.Namespace) -> Network:
    """Train, and save the averaged weights after every epoch."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    anew = forms(articles, min(options.forms, len(articles)), random.Random(options.seed))
    hands = {name: i for i, name in enumerate(sorted({a.annotator for a in articles}), start=1)}
    examples = [example(article, hands[article.annotator]) for article in [*articles, *anew]]
    network = Network(attention_probs_dropout_prob=0.0).train()
    if options.start:
        network.load_state_dict(tagger.Tagger.load(options.start).network.state_dict())
    network.shape = Hands(network.shape, len(hands))
    optimiser = torch.optim.AdamW(parameters(network, options.rate, options.decay), fused=True)
    pieces = sum(len(item.words.pieces) for item in examples)
    steps = max(2, int(options.epochs * pieces / (options.batch * (WINDOW - 2) * 0.735)))
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.02, 1 - (k - warm) / (steps - warm)))
    )
    average = copy.deepcopy(network)
    step, begun = 0, time.time()
    sums = np.zeros(3)
    while step < steps:
        for batch in batches(examples, options.batch, rng):
            if step == steps:
                break
            parts = loss(network, sign(hide(batch, options.mask), options.hands))
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
                print(f"{step}/{steps} {time.time() - begun:.0f}s {shown}", flush=True)
        # Paths are this machine's and say nothing of the model.
        recipe = {k: v for k, v in vars(options).items() if not isinstance(v, Path)}
        fixed = {"pointer_width": network.width, "bias": BIAS}
        save(bare(average), out, {**fixed, **recipe, "steps_done": step})
    return bare(average)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training folder")
    parser.add_argument("--out", type=Path, default=tagger.FOLDER)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--batch", type=int, default=8, help="windows a step")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--decay", type=float, default=0.85, help="of the rate, per layer down")
    parser.add_argument("--tags", type=float, default=2.0, help="weight of the tags' loss")
    parser.add_argument("--average", type=float, default=0.995)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--mask", type=float, default=0.06, help="share of pieces that are hidden")
    parser.add_argument("--hands", type=float, default=0.5, help="share of windows with annotator")
    parser.add_argument("--forms", type=int, default=120, help="galleries and transcripts added")
    parser.add_argument("--start", type=Path, help="folder of the weights to start from")
    options = parser.parse_args()
    articles, held = polnear.split(polnear.read(options.data))
    names = {article.name for article in articles}
    articles = [a for a in polnear.read(options.data, every=True) if a.name in names]
    train(articles, options.out, options)
    print(calibrate(options.out, held))


if __name__ == "__main__":
    main()
