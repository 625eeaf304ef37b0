"""Audit a polarity model for names: ``python -m benchmarks.audit --help``.

Each development sentence of NewsMTSC, and each mention of a person in the corpus, is scored again
with the target called by neutral names, by offices and by the names of the corpus's cast.  Printed
are how far scores move and how many verdicts flip, by kind of name and by actor, and the corpus's
findings whose sign is another under some name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.arguments import add_model, model_of
from analysis.audit import audit, rescored
from analysis.corpus.cast_file import load_cast
from analysis.framing.audit import by_actor, by_kind
from analysis.models.training.newsmtsc import read_newsmtsc
from analysis.pipeline import CAST, CORPUS, run
from analysis.polarity.scorer import load_scorer
from benchmarks.polarity import SPLITS

TARGET = 0.02  # at most so many verdicts may flip between neutral names


def figures(said: pd.DataFrame) -> dict:
    """The audit of one set of texts, as plain values."""
    kinds = by_kind(said).set_index("kind")
    between = kinds["between"].get("neutral")
    return {
        "kinds": kinds.to_dict("index"),
        "flips_between_neutral_names": between,
        "within_target": bool(between is not None and between <= TARGET),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; 1 when the model or the data cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder that has newsmtsc/; without it, no dev")
    parser.add_argument("--split", choices=SPLITS, nargs="+", default=list(SPLITS))
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR")
    parser.add_argument("--limit", type=int, metavar="N", help="of each split, the first N targets")
    add_model(parser)
    parser.add_argument("--cache", type=Path, default=store.FOLDER, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    parser.add_argument("--no-progress", action="store_true")
    args = parser.parse_args(argv)
    progress, out = not args.no_progress, {}
    try:
        cast = load_cast(args.corpus / CAST)
        scorer = load_scorer(**model_of(args))
        out |= {"model": scorer.model, "revision": scorer.revision}
        for split in args.split if args.data else ():
            examples = read_newsmtsc(args.data / "newsmtsc" / f"{split}.jsonl")[: args.limit]
            items = {str(i): example.item for i, example in enumerate(examples)}
            said = rescored(items, cast, scorer, cache=args.cache, progress=progress)
            out[split] = figures(said)
            print(f"{scorer.model} {scorer.revision[:12]} on {split}\n{_table(by_kind(said))}\n")
        result = run(args.corpus, scorer=scorer, cache=args.cache, progress=progress)
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    said, found = audit(result, scorer, args.cache, progress)
    actors, fragile = by_actor(said), found[found["fragile"]]
    out["corpus"] = figures(said) | {
        "actors": actors.to_dict("records"),
        "findings": len(found),
        "tested": int(found["fragile"].notna().sum()),
        "fragile": fragile.to_dict("records"),
    }
    print(f"{scorer.model} {scorer.revision[:12]} on {args.corpus}\n{_table(by_kind(said))}\n")
    print(f"by actor, own name against neutral ones\n{_table(actors)}\n")
    tested = found["fragile"].notna().sum()
    print(f"{len(fragile)} of {tested} findings change their sign under some name")
    if len(fragile):
        print(_table(fragile.drop(columns="fragile")))
    if args.json:
        args.json.write_text(json.dumps(out, indent=2) + "\n", encoding="utf-8")
    return 0


def _table(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False, float_format=lambda value: f"{value:.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
