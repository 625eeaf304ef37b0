"""How often nominal 95% intervals hold the true mean: simulated articles, and a corpus's redrawn.

    python -m benchmarks.intervals
    python -m benchmarks.intervals --corpus corpus

Simulated: a shape says how many statements are against, neutral and in favour, with a correlation
of 0.3 within an article and a little noise around each (or a normal distribution); a length says
how many statements an article has. The first table compares ways to make an interval, on 999 draws
of articles each, where articles have 1 to 8 statements; the second has `framing.intervals` alone,
on what is harder.

Of a corpus: the articles of a cell of the stance matrix are drawn with replacement, and the truth
is the cell's mean. It is no simulation, but a cell that rests on few articles is a coarse one.
"""

import argparse
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from analysis.framing.intervals import FEWEST_ARTICLES, ratio_interval

STANCES = np.array([-0.8, 0.0, 0.7])  # polarity of a statement against, neutral, in favour
#: Shares of these; the first three are the easier ones.
SHAPES = {
    "normal": None,
    "mixed": (0.45, 0.35, 0.20),
    "mostly neutral": (0.12, 0.83, 0.05),
    "nearly all neutral": (0.04, 0.95, 0.01),
}
EASY, CORRELATION, DRAWS = tuple(SHAPES)[:3], 0.3, 999
NOISE = 0.03  # at most, around each: what a model calls neutral is 0 to a hundredth or so
SIZES = (5, 8, 12, 20)  # articles
TAIL = 0.05 / 2


def _any(lean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(1, 9, len(lean))


def _one(lean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.ones(len(lean), dtype=int)


def _heavy(lean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.minimum(1 + 2 * rng.pareto(1.1, len(lean)), 60).astype(int)


def _leaning(lean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    told = np.exp(0.9 + 0.9 * lean + 0.4 * rng.standard_normal(len(lean)))
    return np.clip(told, 1, 60).astype(int)


#: Statements of each article, of how far it leans to one side (in standard deviations).
LENGTHS: dict[str, Callable] = {
    "1 to 8": _any,
    "one": _one,
    "heavy tail": _heavy,
    "hangs on polarity": _leaning,
}


def simulate(shape: str, size: int, rng: np.random.Generator, length: str = "1 to 8"):
    """Polarities [n] and articles [n] of one corpus of `size` articles."""
    shares = SHAPES[shape]
    if shares is None:
        lean = rng.standard_normal(size)
        articles = np.repeat(np.arange(size), LENGTHS[length](lean, rng))
        own = rng.standard_normal(len(articles))
        both = np.sqrt(CORRELATION) * lean[articles] + np.sqrt(1 - CORRELATION) * own
        return 0.1 + 0.35 * both, articles
    # A Dirichlet with concentration c gives a correlation of 1 / (1 + c) within an article.
    middle, rest = np.array(shares), 1 / CORRELATION - 1
    chances = rng.dirichlet(middle * rest, size)
    spread = np.sqrt(CORRELATION * (middle @ STANCES**2 - (middle @ STANCES) ** 2))
    lean = (chances @ STANCES - middle @ STANCES) / spread
    articles = np.repeat(np.arange(size), LENGTHS[length](lean, rng))
    above = rng.random(len(articles))[:, None] > chances.cumsum(axis=1)[articles]
    drawn = STANCES[above.sum(axis=1).clip(0, 2)]
    return drawn + rng.uniform(-NOISE, NOISE, len(articles)), articles


@cache
def truth(shape: str, length: str = "1 to 8") -> float:
    """The mean over the statements of all such articles, of 200,000 of them."""
    return float(simulate(shape, 200_000, np.random.default_rng(0), length)[0].mean())


def by_article(values: np.ndarray, articles: np.ndarray, size: int) -> tuple:
    """Sums [size] and counts [size]."""
    return np.bincount(articles, values, size), np.bincount(articles, minlength=size) * 1.0


def here(sums: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """The ends of the interval of `framing.intervals`."""
    found = ratio_interval(sums[:, None], counts[:, None], np.ones(1), resamples=DRAWS)
    return found.low, found.high


def ways(sums: np.ndarray, counts: np.ndarray, rng: np.random.Generator) -> dict[str, tuple]:
    """Each way to make an interval, with its ends; all on the same draws of articles."""
    size = len(sums)
    mean, error = _mean(sums, counts)
    drawn = rng.integers(size, size=(DRAWS, size))
    means, errors = _mean(sums[drawn], counts[drawn])
    away = (means - mean) / np.maximum(errors, 1e-9)
    # BCa: Efron, "Better bootstrap confidence intervals", JASA 82, 1987.
    bias = norm.ppf((np.sum(means < mean) + np.sum(means == mean) / 2) / DRAWS)
    without = (sums.sum() - sums) / (counts.sum() - counts)
    pull = without.mean() - without
    skew = np.sum(pull**3) / (6 * max(np.sum(pull**2) ** 1.5, 1e-12))
    at = bias + norm.ppf([TAIL, 1 - TAIL])
    below, above = np.quantile(away, [TAIL, 1 - TAIL])
    reach = np.quantile(np.abs(away), 1 - 2 * TAIL)
    wide = t.ppf(1 - TAIL, size - 1)
    return {
        "percentile": tuple(np.quantile(means, [TAIL, 1 - TAIL])),
        "BCa": tuple(np.quantile(means, norm.cdf(bias + at / (1 - skew * at)))),
        "cluster-robust t, G-1 df": (mean - wide * error, mean + wide * error),
        "bootstrap-t, two tails": (mean - above * error, mean - below * error),
        "bootstrap-t, symmetric": (mean - reach * error, mean + reach * error),
        "framing.intervals": here(sums, counts),
    }


def _mean(sums: np.ndarray, counts: np.ndarray) -> tuple:
    """Mean and its cluster-robust standard error, along the last axis."""
    size, total = sums.shape[-1], counts.sum(axis=-1)
    mean = sums.sum(axis=-1) / total
    influence = sums - np.expand_dims(mean, -1) * counts
    return mean, np.sqrt(size / (size - 1) * np.sum(influence**2, axis=-1)) / total


def held(shape: str, size: int, runs: int, length: str = "1 to 8", seed: int = 7) -> float:
    """Share of the intervals of `framing.intervals` that hold the truth, over `runs` corpora."""
    rng, true, count = np.random.default_rng(seed), truth(shape, length), 0
    for _ in range(runs):
        low, high = here(*by_article(*simulate(shape, size, rng, length), size))
        count += low <= true <= high
    return count / runs


def compared(shape: str, size: int, runs: int, seed: int = 7) -> pd.Series:
    """Share that holds the truth, of each way."""
    rng, true = np.random.default_rng(seed), truth(shape)
    rows = []
    for _ in range(runs):
        found = ways(*by_article(*simulate(shape, size, rng), size), rng)
        rows.append({way: low <= true <= high for way, (low, high) in found.items()})
    return pd.DataFrame(rows).mean()


def redrawn(corpus: Path, runs: int, fewest: int = 10, seed: int = 7) -> pd.DataFrame:
    """Each cell of the stance matrix with `fewest` statements: what holds its mean, redrawn."""
    from analysis import pipeline
    from analysis.framing.frames import holding_group, per_statement

    rows = pipeline.run(corpus, progress=False).evidence
    rows = rows.assign(holder=holding_group(rows), target=rows["target_group"])
    found = []
    for cell, own in per_statement(rows, ["collection", "holder", "target"]).groupby(
        ["collection", "holder", "target"]
    ):
        table = own.groupby("article_id")["polarity"].agg(["sum", "size"]).to_numpy("float64")
        if len(own) < fewest or len(table) < FEWEST_ARTICLES:
            continue
        true, rng, shares = own["polarity"].mean(), np.random.default_rng(seed), {}
        for size in (8, 16):
            ends = [here(*table[rng.integers(len(table), size=size)].T) for _ in range(runs)]
            shares[size] = np.mean([low <= true <= high for low, high in ends])
        found.append({"cell": " ".join(cell), "n": len(own), "articles": len(table), **shares})
    return pd.DataFrame(found)


def main() -> None:
    """Parse the command line, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="a corpus, to draw its articles anew")
    parser.add_argument("--runs", type=int, default=1000, help="corpora a cell")
    options = parser.parse_args()
    np.seterr(all="ignore")  # other ways than ours divide by zero where a draw has one article
    if options.corpus:
        tables = [redrawn(options.corpus, options.runs).set_index("cell")]
    else:
        easy = {
            size: pd.DataFrame({s: compared(s, size, options.runs) for s in EASY})
            for size in (FEWEST_ARTICLES - 1, *SIZES)
        }
        hard = [(s, n) for n in LENGTHS for s in SHAPES if n != "1 to 8" or s not in EASY]
        tables = [
            pd.DataFrame({k: v.min(axis=1) for k, v in easy.items()}),
            pd.DataFrame({k: v.max(axis=1) for k, v in easy.items()}),
            pd.DataFrame({k: [held(s, k, options.runs, n) for s, n in hard] for k in SIZES},
                         index=[f"{s}, {n}" for s, n in hard]),
        ]  # fmt: skip
    for table in tables:
        print(table.to_string(float_format=lambda x: f"{x:.2f}"), end="\n\n")


if __name__ == "__main__":
    main()
