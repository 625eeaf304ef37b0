"""How well a sample that people have read sets the means right: simulated, and on a corpus's gold.

    python -m benchmarks.rectified
    python -m benchmarks.rectified --corpus corpus

Simulated: of some 28 statements an article, people hold about a quarter for ones of the cell, and
these are against, neutral or in favour as 60 : 30 : 10, with a correlation of 0.3 within an
article. The program misses one in ten of them, takes one in twenty of the others for one, and has
0.4 times what people have, moved by 0.15, with noise of 0.3. Given are the share of nominal 95%
intervals that hold the true mean, their median width, and the root mean square error of the mean
set right, of the program's, and of the mean over what was read alone.

On a gold standard: how far the cells' means are from those of all that was read, on average over
cells and draws of a share of the statements; and for the cell where the program is farthest off.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.framing.intervals import ratio_interval
from analysis.tables import NARRATOR

STANCES, SHARES = np.array([-1.0, 0.0, 1.0]), np.array([0.6, 0.3, 0.1])
SIZES, SAMPLES = (5, 8, 16, 40), (0.15, 0.3, 0.6, 1.0)


def world(size: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Statements of `size` articles: `article`, and `there`, `polarity` by people and program."""
    article = np.repeat(np.arange(size), rng.integers(14, 42, size))
    n = len(article)
    there = rng.random(n) < rng.beta(2, 6, size)[article]
    chances = rng.dirichlet(SHARES * (1 / 0.3 - 1), size).cumsum(axis=1)
    truth = STANCES[(rng.random(n)[:, None] > chances[article]).sum(axis=1).clip(0, 2)]
    seen = np.clip(0.4 * truth + 0.15 + rng.normal(0, 0.3, n), -1, 1)
    found = np.where(rng.random(n) < 0.9, there, rng.random(n) < 0.05)
    return {"article": article, "there": there, "truth": truth, "found": found, "seen": seen}


def right(world: dict[str, np.ndarray], drawn: np.ndarray, resamples: int = 399):
    """The rectified mean, as `framing.rectified` has it: by article, sums and counts."""
    scale = drawn.size / drawn.sum()

    def total(theirs: np.ndarray, ours: np.ndarray) -> np.ndarray:
        return np.bincount(world["article"], ours + scale * drawn * (theirs - ours))[:, None]

    there, found = world["there"].astype(float), world["found"].astype(float)
    sums = total(there * world["truth"], found * world["seen"])
    return ratio_interval(sums, total(there, found), np.ones(1), resamples=resamples)


def simulated(size: int, share: float, runs: int, seed: int = 1) -> dict[str, float]:
    """Coverage, width and errors over `runs` corpora of `size` articles, `share` of them read."""
    rng, rows = np.random.default_rng(seed), []
    true = float(SHARES @ STANCES)
    for _ in range(runs):
        one = world(size, rng)
        drawn = np.zeros(len(one["article"]), dtype=bool)
        drawn[rng.permutation(drawn.size)[: round(share * drawn.size)]] = True
        mean, read = right(one, drawn), one["there"] & drawn
        program = one["seen"][one["found"]].mean() - true
        alone = one["truth"][read].mean() - true if read.any() else np.nan
        rows.append((mean.estimate - true, mean.low - true, mean.high - true, program, alone))
    error, low, high, program, alone = np.array(rows).T
    some = ~np.isnan(low)
    root = {"rectified": error[some], "program": program, "read_alone": alone[~np.isnan(alone)]}
    return {
        "articles": size,
        "read": share,
        "with_interval": some.mean(),
        "held": ((low <= 0) & (high >= 0))[some].mean(),
        "width": np.median((high - low)[some]),
        **{f"error_{name}": np.sqrt(np.mean(e**2)) for name, e in root.items()},
    }


def on_gold(corpus: Path, share: float, draws: int, fewest: int = 10) -> dict[str, float]:
    """Mean distance of cells' means from those of the whole gold, over `draws` of a `share`."""
    from analysis import pipeline
    from analysis.corpus.amend import unchanged
    from analysis.corpus.gold import NARRATION, load_gold
    from analysis.corpus.gold_polarity import polarity_pairs

    result = pipeline.run(corpus, progress=False, corrections=False)
    pairs = polarity_pairs(result.articles, *unchanged(result), load_gold(corpus / "gold"))
    holder = pairs["group"].mask(pairs["voice"] == NARRATION, NARRATOR)
    pairs = pairs.assign(cell=holder + " on " + pairs["target_group"], found=1.0)
    pairs["found"] = pairs["predicted"].notna().astype(float)
    pairs["seen"] = pairs["predicted"].fillna(0.0)
    units = pairs["article_id"] + pairs["statement"].astype(str)
    names, of = np.unique(units, return_inverse=True)
    cells = [own for _, own in pairs.groupby("cell") if len(own) >= fewest]
    rng, rows = np.random.default_rng(1), []
    for _ in range(draws):
        drawn = np.zeros(len(names), dtype=bool)
        drawn[rng.permutation(len(names))[: round(share * len(names))]] = True
        for own in cells:
            mine = drawn[of[own.index]] / share
            sums = own["seen"] * own["found"]
            top = (sums + mine * (own["polarity"] - sums)).sum()
            below = (own["found"] + mine * (1 - own["found"])).sum()
            true, program = own["polarity"].mean(), sums.sum() / own["found"].sum()
            rows.append((abs(np.clip(top / below, -1, 1) - true), abs(program - true)))
    error = np.array(rows).reshape(draws, len(cells), 2).mean(axis=0)  # by cell
    worst = error[error[:, 1].argmax()]  # where the program is farthest off
    return {
        **{"statements": len(names), "read": share, "cells": len(cells)},
        **dict(zip(("error_rectified", "error_program"), error.mean(axis=0), strict=True)),
        **dict(zip(("worst_rectified", "worst_program"), worst, strict=True)),
    }


def main() -> None:
    """Parse the command line, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="a corpus with a gold standard")
    parser.add_argument("--runs", type=int, default=1000, help="simulated corpora, or draws")
    options = parser.parse_args()
    if options.corpus:
        rows = [on_gold(options.corpus, share, options.runs) for share in SAMPLES]
    else:
        rows = [simulated(n, share, options.runs) for n in SIZES for share in SAMPLES]
    print(pd.DataFrame(rows).to_string(index=False, float_format=lambda x: f"{x:.3f}"))


if __name__ == "__main__":
    main()
