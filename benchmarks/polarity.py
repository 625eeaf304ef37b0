"""Measure a polarity model against labels: ``python -m benchmarks.polarity --help``.

The first are NewsMTSC's (Hamborg and Donnay, EACL 2021): what several readers took a news sentence
to say of one target in it.  Published figures stand beside ours; they are from the test splits,
ours from the dev splits, so that they give the scale and not a ranking.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.arguments import add_model, model_of
from analysis.models.training.dse import read_dse
from analysis.models.training.examples import Portion, gather
from analysis.models.training.metrics import coverage, per_class, summary
from analysis.models.training.newsmtsc import Example, read_newsmtsc
from analysis.models.training.polarity import Recipe
from analysis.models.training.written import read_written
from analysis.polarity.scorer import Scorer, load_scorer
from benchmarks import directed

SPLITS = ("dev_rw", "dev_mt")
#: Two entities of a sentence (see `benchmarks.directed`): all of the dev split; and without the
#: sentences that the training split has as well, with other entities.
DIRECTED = ("dse_dev", "dse_dev_new")
#: What the training that ships holds out of its sources, and what of theirs must be there.  NewsTSC
#: has institutions among its targets, labelled by people.  The labels of statements written for
#: training, and of judged sentences and speech, are a language model's: they tell how far the model
#: learned what that reader says.  Two thirds of the sentences of news were chosen for the doubt of
#: an earlier model, so that they are harder than news is.
HELD = {
    "newstsc_held": ("newstsc", "newsmtsc"),
    "written_held": (),
    "news_held": ("polnear", "newsmtsc"),
    "speech_held": ("polnear", "newsmtsc"),
}
#: Macro-F1 on the test splits rw and mt, in per cent, and where it is reported.
_PAPER = "Hamborg and Donnay, EACL 2021"
_UNSOURCED = "second-hand, not checked against a paper"
PUBLISHED = (
    ("GRU-TSC, RoBERTa-base", 83.1, 82.5, _PAPER),
    ("BERT-base", 80.2, 77.7, _UNSOURCED),
    ("RoBERTa-base, target-blind", 77, None, f"about; {_UNSOURCED}"),
    ("VADER", 51, 48, f"lexicon: Hutto and Gilbert, ICWSM 2014; {_UNSOURCED}"),
)


def measure(scorer: Scorer, examples: Sequence[Example], progress: bool = True) -> dict:
    """Figures of a scorer on labelled examples, each share in [0, 1].

    Returns
    -------
    dict
        ``model``, ``revision``, ``n``, ``macro_f1``, ``accuracy``, ``macro_recall``, ``ece``,
        ``classes`` (precision, recall, F1, support of each), ``coverage`` (accuracy over the most
        confident share, by per cent) and ``per_second``.
    """
    labels = np.array([example.label for example in examples])
    items = [example.item for example in examples]
    scorer.score(items[:1], progress=False)  # the first call is slower than all that follow
    started = time.perf_counter()
    probabilities = scorer.score(items, progress=progress)
    seconds = time.perf_counter() - started
    return {
        "model": scorer.model,
        "revision": scorer.revision,
        "target_aware": scorer.target_aware,
        "n": len(examples),
        **summary(labels, probabilities),
        "classes": per_class(labels, probabilities.argmax(axis=1)),
        "coverage": coverage(labels, probabilities),
        "per_second": len(examples) / seconds,
    }


def describe(figures: dict, name: str) -> str:
    """Lay the figures out as text, in per cent."""
    lines = [
        f"{figures['model']} {figures['revision'][:12]} on {name}, {figures['n']} targets, "
        f"{figures['per_second']:.0f} a second",
        "",
        f"macro-F1 {figures['macro_f1']:6.1%}   accuracy {figures['accuracy']:6.1%}   "
        f"macro recall {figures['macro_recall']:6.1%}   ECE {figures['ece']:.3f}",
        "",
        f"{'':10}{'precision':>10}{'recall':>10}{'F1':>10}{'n':>6}",
    ]
    for label, row in figures["classes"].items():
        shares = (row[name] if row["support"] else None for name in ("precision", "recall", "f1"))
        lines.append(f"{label:10}" + "".join(map(_cell, shares)) + f"{row['support']:6}")
    lines += ["", "accuracy over the most confident"]
    lines += [f"{share:8} %{value:10.1%}" for share, value in figures["coverage"].items()]
    if rows := figures.get("published"):
        lines += ["", f"{'published macro-F1, test splits':34}{'rw':>10}{'mt':>10}  source"]
        for row in rows:
            values = map(_cell, (row["test_rw"], row["test_mt"]))
            lines.append(f"{row['model']:34}" + "".join(values) + f"  {row['source']}")
    return "\n".join(lines)


def _cell(share: float | None) -> str:
    return f"{'–':>10}" if share is None else f"{share:10.1%}"


def published() -> list[dict]:
    """The published rows: model, macro-F1 in [0, 1] on either test split, source."""
    return [
        {
            "model": model,
            "test_rw": rw / 100,
            "test_mt": None if mt is None else mt / 100,
            "source": source,
        }
        for model, rw, mt, source in PUBLISHED
    ]


def _read(data: Path, split: str) -> tuple[list, str]:
    """The examples of a split, and its name; `data` may be the data set's own folder."""
    own = ("newsmtsc", "newstsc", "dse", "polnear")
    root = data.resolve().parent if data.resolve().name in own else data
    if split == "written_held":
        return read_written()[1], split
    if split in DIRECTED:
        held = read_dse(_there(root / "dse" / "dev.txt", data))
        if split != DIRECTED[0]:
            seen = {one.text for one in read_dse(_there(root / "dse" / "train.txt", data))}
            held = [one for one in held if one.text not in seen]
        return held, split
    if split in HELD:
        for name in HELD[split]:
            _there(root / name, data)
        source = split.removesuffix("_held")
        return gather(root, Recipe().held_out, {source: Portion(1, 1.0)})[1][source], split
    if split not in SPLITS:
        return read_newsmtsc(split), Path(split).stem
    near = data / f"{split}.jsonl"
    path = near if near.exists() else root / "newsmtsc" / f"{split}.jsonl"
    return read_newsmtsc(_there(path, data)), path.stem


def _there(path: Path, data: Path) -> Path:
    if not path.exists():
        raise ValueError(
            f"{path} is not there. --data (now {data}) is the folder that has newsmtsc/, and"
            f" beside it dse/ for {DIRECTED[0]}, newstsc/ or polnear/ for what is held out."
        )
    return path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; 1 when the model or the data cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("."),
        help="folder that has newsmtsc/, or newsmtsc/ itself",
    )
    parser.add_argument(
        "--split",
        required=True,
        help=f"{', '.join(SPLITS)}; {', '.join(DIRECTED)}, who is for or against whom;"
        f" {', '.join(HELD)}, what training holds out; or a file like NewsMTSC's",
    )
    add_model(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    parser.add_argument("--no-progress", action="store_true")
    args = parser.parse_args(argv)
    try:
        examples, name = _read(args.data, args.split)
        scorer = load_scorer(**model_of(args))
    except (OSError, ValueError) as error:  # a ModelError is a ValueError
        print(f"error: {error}", file=sys.stderr)
        return 1
    if not examples:
        print(f"error: {name} holds no targets.", file=sys.stderr)
        return 1
    how = directed if args.split in DIRECTED else sys.modules[__name__]
    figures = {"split": name, **how.measure(scorer, examples, progress=not args.no_progress)}
    if args.split not in {*DIRECTED, *HELD}:
        figures["published"] = published()
    print(how.describe(figures, name))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
