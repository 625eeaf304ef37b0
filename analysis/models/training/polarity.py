"""Train the embedded polarity model: ``python -m analysis.models.training.polarity --help``.

Full fine-tuning of the base encoder under a small head.  Helped by a moving average of the weights
(Polyak and Juditsky, 1992), by names hidden, so that the verdict is learned from what is said and
not from whom it is about, and by a reader's judgements on more real news (`judged`).  Several runs
from one initialisation can be averaged into one model (Wortsman et al., *Model soups*, ICML 2022).

How often each label occurs is another in each source.  So a source's own log shares are added to
the logits while it is learned from (Menon et al., *Long-tail learning via logit adjustment*, ICLR
2021), and what the network says is for a mix such as NewsMTSC's, wherever it learned it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from analysis import encoder
from analysis.models.training.dse import read_dse
from analysis.models.training.examples import Portion, Source, aims, gather, logits_of
from analysis.models.training.metrics import coverage, fit_temperature, summary
from analysis.models.training.narration import fit_shift, sample
from analysis.models.training.newsmtsc import read_newsmtsc
from analysis.models.training.stored import averaged, save
from analysis.polarity.embedded import WORDS, EmbeddedScorer, TargetClassifier
from analysis.polarity.marking import encode
from analysis.polarity.scorer import softmax

HEAD_SEED = 0  # one initialisation for every seed: runs are averaged, so they must start together


@dataclass(frozen=True)
class Recipe:
    """Hyperparameters; stored in the model's ``config.json``.

    Of each source beside NewsMTSC: how many examples an epoch takes, and their weight.
    `word_rate` is the learning rate of the word embeddings as a share of that of the layers; at 0
    they stay the base encoder's.
    """

    learning_rate: float = 1.5e-4
    batch: int = 32
    epochs: int = 2
    warmup: float = 0.1
    weight_decay: float = 0.01
    label_smoothing: float = 0.1
    moving_average: float = 0.995
    word_rate: float = 0.0
    attention_dropout: float = 0.1
    hide_names: float = 0.5
    by_reader: float = 0.5
    news: int = 12500
    news_weight: float = 1.0
    speech: int = 9500
    speech_weight: float = 1.0
    directed: int = 3500
    directed_weight: float = 1.0
    newstsc: int = 1500
    newstsc_weight: float = 0.5
    written: int = 4000
    written_weight: float = 1.0
    held_out: float = 0.08
    window: int = 128

    def beside(self) -> dict[str, Portion]:
        """Portions of the sources beside NewsMTSC."""
        names = ("news", "speech", "directed", "newstsc", "written")
        return {n: Portion(getattr(self, n), getattr(self, f"{n}_weight")) for n in names}


def bucketed(lengths: np.ndarray, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Batches of indices in random order, each of rows about equally long (less padding)."""
    order = rng.permutation(len(lengths))
    out = []
    for start in range(0, len(order), size * 50):
        pool = order[start : start + size * 50]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        out += [pool[i : i + size] for i in range(0, len(pool), size)]
    for i in rng.permutation(len(out)):
        yield out[i]


def train(
    sources: dict[str, Source],
    recipe: Recipe,
    seed: int,
    after_epoch=None,
    start: Path | None = None,
) -> TargetClassifier:
    """Fine-tune, from the base encoder or from an earlier run; the averaged weights' network."""
    torch.manual_seed(HEAD_SEED)
    network = TargetClassifier(attention_probs_dropout_prob=recipe.attention_dropout)
    if start is not None:
        network.load_state_dict(EmbeddedScorer(start).network.state_dict())
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network.get_parameter(WORDS).requires_grad_(recipe.word_rate > 0)
    learned = {name: p for name, p in network.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in learned.items()}
    decayed = [p for name, p in learned.items() if p.ndim > 1 and name != WORDS]
    spared = [p for p in learned.values() if p.ndim == 1]
    # A word that no example has is not to decay: only what changed is stored.
    table = [p for name, p in learned.items() if name == WORDS]
    rate = recipe.learning_rate * recipe.word_rate
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": recipe.weight_decay},
            {"params": spared, "weight_decay": 0.0},
            {"params": table, "weight_decay": 0.0, "lr": rate},
        ],
        lr=recipe.learning_rate,
        fused=True,
    )
    items = [e.item for source in sources.values() for e in source.examples]
    shown, hidden = (encode(items, recipe.window, hide)[0] for hide in (False, True))
    lengths = np.array([len(row["input_ids"]) for row in shown])
    aim = torch.tensor(aims(sources, recipe.label_smoothing, recipe.by_reader), dtype=torch.float32)
    weights = torch.tensor([s.weight for s in sources.values() for _ in s.examples])
    orders = [rng.permutation(len(s.examples)) for s in sources.values()]
    firsts = np.cumsum([0, *map(len, orders)])[:-1]
    more = shifts(aim, list(map(len, orders)))
    total = recipe.epochs * -(-sum(s.each_epoch for s in sources.values()) // recipe.batch)
    rise = max(1, round(recipe.warmup * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / rise, (total - s) / max(1, total - rise))
    )
    step = 0
    for epoch in range(recipe.epochs):
        network.train()
        parts = zip(sources.values(), firsts, orders, strict=True)
        chosen = np.concatenate([first + s.of_epoch(epoch, order) for s, first, order in parts])
        for places in bucketed(lengths[chosen], recipe.batch, rng):
            members = chosen[places]
            hide = rng.random(len(members)) < recipe.hide_names
            rows = [(hidden if h else shown)[i] for i, h in zip(members, hide, strict=True)]
            ids = encoder.pad([row["input_ids"] for row in rows])
            mention = encoder.pad([row["mention"] for row in rows])
            mask = encoder.pad([[1] * len(row["input_ids"]) for row in rows])
            logits = network(ids, mention, mask) + more[members]
            losses = cross_entropy(logits, aim[members], reduction="none")
            (losses * weights[members]).mean().backward()
            torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            # A shorter memory at first, or the untrained start would stay in the average.
            keep = min(recipe.moving_average, step / (step + 10))
            for name, p in learned.items():
                average[name].lerp_(p.detach(), 1 - keep)
        if after_epoch:
            current = {name: p.detach().clone() for name, p in learned.items()}
            network.load_state_dict(average, strict=False)
            after_epoch(epoch, network)
            network.load_state_dict(current, strict=False)
    network.load_state_dict(average, strict=False)
    return network.eval()


def shifts(aim: torch.Tensor, sizes: Sequence[int]) -> torch.Tensor:
    """How much likelier each label is in an example's source than in the first one, in logits.

    Parameters
    ----------
    aim : Tensor [n, 3]
        What is to be learned, source after source.
    sizes : sequence of int
        Of the sources.
    """
    shares = torch.stack([part.mean(dim=0) for part in aim.split(list(sizes))])
    shares = shares.clamp_min(1e-6).log()  # a label that a source has never is not ruled out
    return (shares - shares[0]).repeat_interleave(torch.tensor(sizes), dim=0)


def main(argv: Sequence[str] | None = None) -> None:
    """Train or average, fit the temperature, print the figures on dev and on what is held out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="with newsmtsc, newstsc, dse, polnear"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, metavar="DIR", help="go on from this run")
    parser.add_argument("--average", type=Path, nargs="+", metavar="DIR", help="runs to average")
    for field, value in asdict(Recipe()).items():
        parser.add_argument(f"--{field.replace('_', '-')}", type=type(value), default=value)
    args = parser.parse_args(argv)
    recipe = Recipe(**{field: getattr(args, field) for field in asdict(Recipe())})
    started = time.monotonic()
    sources, held = gather(args.data, recipe.held_out, recipe.beside())
    counts = [f"{s.each_epoch} of {len(s.examples)} {name}" for name, s in sources.items()]
    print(f"an epoch: {', '.join(counts)}; held out: {len(held['newsmtsc'])}", flush=True)
    measured = {
        name: read_newsmtsc(args.data / "newsmtsc" / f"{name}.jsonl")
        for name in ("dev_rw", "dev_mt")
    } | {f"held_out_{name}": examples for name, examples in held.items()}

    def report(network: TargetClassifier, temperature: float, when: str) -> dict:
        out = {}
        for name, examples in measured.items():
            logits, labels = logits_of(network, examples, recipe.window)
            probabilities = softmax(logits / temperature)
            figures = summary(labels, probabilities)
            figures["accuracy_at_70"] = coverage(labels, probabilities)[70]
            out[name] = {key: round(value, 4) for key, value in figures.items()}
            print(f"{time.monotonic() - started:6.0f} s  {when}  {name}  {out[name]}", flush=True)
        return out

    facts: dict = {"seed": args.seed, "recipe": asdict(recipe)}
    if args.average:
        members = [json.loads((run / "config.json").read_text()) for run in args.average]
        facts = {key: [member[key] for member in members] for key in facts}
        network = averaged(args.average)
    else:

        def after_epoch(epoch: int, network: TargetClassifier) -> None:
            report(network, 1.0, f"epoch {epoch + 1}")

        network = train(sources, recipe, args.seed, after_epoch, args.start)
    facts |= {"window": recipe.window, "mask_names": True, "narration": [0.0, 0.0, 0.0]}
    save(network, args.out, temperature=1.0, **facts)
    network = EmbeddedScorer(args.out).network  # the figures are those of the weights as stored
    temperature = fit_temperature(*logits_of(network, held["newsmtsc"], recipe.window))
    figures = report(network, temperature, f"temperature {temperature}")
    logits, labels = logits_of(
        network, sample(read_dse(args.data / "dse" / "train.txt"), HEAD_SEED), recipe.window
    )
    facts["narration"] = fit_shift(logits / temperature, labels)
    save(network, args.out, temperature=temperature, **facts, dev=figures)
    print(f"{args.out}: revision {EmbeddedScorer(args.out).revision}")


if __name__ == "__main__":
    main()
