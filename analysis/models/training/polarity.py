"""Train the embedded polarity model: ``python -m analysis.models.training.polarity --help``.

Full fine-tuning of the base encoder's layers under a small head; the word embeddings stay frozen,
so that only half of the encoder has to be shipped.  Helped by label smoothing (Szegedy et al.,
CVPR 2016), a moving average of the weights (Polyak and Juditsky, 1992) and names hidden at random,
so that the verdict is learned from what is said and not from whom it is about.  Several runs from
the one initialisation can be averaged into one model (Wortsman et al., *Model soups*, ICML 2022).
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
from safetensors.torch import load_file, save_file
from torch.nn.functional import cross_entropy

from analysis import encoder
from analysis.models.training.metrics import fit_temperature, summary
from analysis.models.training.newsmtsc import Example, read_newsmtsc, read_newstsc, split
from analysis.polarity.embedded import FROZEN, EmbeddedScorer, TargetClassifier, encode
from analysis.polarity.scorer import LABELS, softmax

HEAD_SEED = 0  # one initialisation for every seed: runs are averaged, so they must start together


@dataclass(frozen=True)
class Recipe:
    """Hyperparameters; stored in the model's ``config.json``."""

    learning_rate: float = 1e-4
    batch: int = 32
    epochs: int = 3
    warmup: float = 0.1
    weight_decay: float = 0.01
    label_smoothing: float = 0.1
    moving_average: float = 0.995
    hide_names: float = 0.5
    newstsc_weight: float = 0.5
    held_out: float = 0.08
    window: int = 128


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


def logits_of(network: TargetClassifier, examples: Sequence[Example], recipe: Recipe, hide: bool):
    """Logits [n, 3] and labels [n] of examples, names hidden or not."""
    rows, _ = encode([e.item for e in examples], recipe.window, hide)
    was = network.training
    out = np.array(encoder.run(network.eval(), rows))
    network.train(was)
    return out, np.array([e.label for e in examples])


def train(
    data: Sequence[tuple[Example, float]], recipe: Recipe, seed: int, after_epoch=None
) -> TargetClassifier:
    """Fine-tune on weighted examples; gives the network with the averaged weights."""
    torch.manual_seed(HEAD_SEED)
    network = TargetClassifier()
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    learned = {name: p for name, p in network.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in learned.items()}
    matrices = [p for p in learned.values() if p.ndim > 1]
    vectors = [p for p in learned.values() if p.ndim == 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": recipe.weight_decay},
            {"params": vectors, "weight_decay": 0.0},
        ],
        lr=recipe.learning_rate,
        fused=True,
    )
    items = [example.item for example, _ in data]
    shown, hidden = (encode(items, recipe.window, hide)[0] for hide in (False, True))
    lengths = np.array([len(row["input_ids"]) for row in shown])
    labels = torch.tensor([example.label for example, _ in data])
    weights = torch.tensor([weight for _, weight in data])
    total = recipe.epochs * -(-len(data) // recipe.batch)
    rise = max(1, round(recipe.warmup * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / rise, (total - s) / max(1, total - rise))
    )
    step = 0
    for epoch in range(recipe.epochs):
        network.train()
        for members in bucketed(lengths, recipe.batch, rng):
            hide = rng.random(len(members)) < recipe.hide_names
            rows = [(hidden if h else shown)[i] for i, h in zip(members, hide, strict=True)]
            ids = encoder.pad([row["input_ids"] for row in rows])
            mention = encoder.pad([row["mention"] for row in rows])
            mask = encoder.pad([[1] * len(row["input_ids"]) for row in rows])
            losses = cross_entropy(
                network(ids, mention, mask),
                labels[members],
                label_smoothing=recipe.label_smoothing,
                reduction="none",
            )
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


def averaged(folders: Sequence[Path]) -> TargetClassifier:
    """Mean of the weights of several runs (a model soup)."""
    stored = [load_file(Path(folder) / "model.safetensors") for folder in folders]
    mean = {key: torch.stack([s[key].float() for s in stored]).mean(0) for key in stored[0]}
    network = TargetClassifier()
    network.load_state_dict(mean, strict=False)
    return network.eval()


def save(network: TargetClassifier, out: Path, **facts: object) -> None:
    """Write ``model.safetensors`` (fp16, without the frozen embeddings) and ``config.json``.

    Parameters
    ----------
    **facts
        The rest of the configuration; the scorer needs window, temperature and mask_names.
    """
    out.mkdir(parents=True, exist_ok=True)
    weights = {k: v.half().contiguous() for k, v in network.state_dict().items() if k != FROZEN}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # save_file leaves it to its owner alone
    config = {
        "name": "polarity-minilm",
        "architectures": ["TargetClassifier"],
        "model_type": "bert",
        "id2label": dict(enumerate(LABELS)),
        "label2id": {label: index for index, label in enumerate(LABELS)},
        "dtype": "float16",
        "base": {
            "package": encoder.PACKAGE,
            "version": encoder.VERSION,
            "sha256": encoder.SHA256,
        },
        **facts,
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    """Train or average, fit the temperature, print the figures on the dev splits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with newsmtsc, newstsc")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--average", type=Path, nargs="+", metavar="DIR", help="runs to average")
    parser.add_argument("--mask-names", action="store_true", help="hide names when scoring, too")
    for field, value in asdict(Recipe()).items():
        parser.add_argument(f"--{field.replace('_', '-')}", type=type(value), default=value)
    args = parser.parse_args(argv)
    recipe = Recipe(**{field: getattr(args, field) for field in asdict(Recipe())})
    started = time.monotonic()

    main_set = read_newsmtsc(args.data / "newsmtsc" / "train.jsonl")
    # One split for all seeds, so that runs can be averaged and the average still be calibrated.
    rest, held_out = split(main_set, recipe.held_out, HEAD_SEED)
    away = {example.sentence for example in held_out}
    beside = []
    if recipe.newstsc_weight:
        beside = read_newstsc(args.data / "newstsc" / "train.jsonl")
        beside = [e for e in beside if e.sentence not in away]
    data = [(e, 1.0) for e in rest] + [(e, recipe.newstsc_weight) for e in beside]
    dev = {
        name: read_newsmtsc(args.data / "newsmtsc" / f"{name}.jsonl")
        for name in ("dev_rw", "dev_mt")
    }
    print(f"{len(rest)} + {len(beside)} examples, {len(held_out)} held out", flush=True)

    def report(network: TargetClassifier, temperature: float, when: str) -> dict:
        out = {}
        for name, examples in dev.items():
            logits, labels = logits_of(network, examples, recipe, args.mask_names)
            out[name] = {
                k: round(v, 4) for k, v in summary(labels, softmax(logits / temperature)).items()
            }
            print(f"{time.monotonic() - started:6.0f} s  {when}  {name}  {out[name]}", flush=True)
        return out

    seed, told = args.seed, asdict(recipe)
    if args.average:
        members = [json.loads((run / "config.json").read_text()) for run in args.average]
        seed, told = ([member[key] for member in members] for key in ("seed", "recipe"))
        network = averaged(args.average)
    else:

        def after_epoch(epoch: int, network: TargetClassifier) -> None:
            report(network, 1.0, f"epoch {epoch + 1}")

        network = train(data, recipe, args.seed, after_epoch)
    with torch.no_grad():  # so that the figures below are those of the weights as stored
        for name, p in network.named_parameters():
            if name != FROZEN:
                p.copy_(p.half())
    temperature = fit_temperature(*logits_of(network, held_out, recipe, args.mask_names))
    figures = report(network, temperature, f"temperature {temperature}")
    save(
        network,
        args.out,
        window=recipe.window,
        temperature=temperature,
        mask_names=args.mask_names,
        seed=seed,
        dev=figures,
        recipe=told,
    )
    print(f"{args.out}: revision {EmbeddedScorer(args.out).revision}")


if __name__ == "__main__":
    main()
