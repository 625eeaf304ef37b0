"""How far signs agree with a reader's: by count, with each sign alike, and between which bounds.

The share of right signs is a mean over statements and has the interval of one (see `intervals`).
Macro-F1 is none: its bounds are the percentiles of a bootstrap over whole articles (Field and
Welsh, JRSS B 69, 2007), an interval that for means, with some twenty articles, holds the truth in
about 90 of 100 instead of 95 (the table in `intervals`): take it for rather too narrow.
"""

from collections.abc import Sequence

import numpy as np

from analysis.framing.intervals import FEWEST_ARTICLES, mean_interval
from analysis.tables import NEUTRAL

RESAMPLES, SEED = 1999, 20141220
MEASURES = [
    *("agreement", "agreement_low", "agreement_high", "always_neutral"),
    *("macro_f1", "macro_f1_low", "macro_f1_high", "neutral_macro_f1", "mean_absolute_error"),
]


def sign(polarity: np.ndarray, neutral: float = NEUTRAL) -> np.ndarray:
    """-1, 0 or 1 for each polarity; 0 from -neutral to +neutral."""
    return (polarity > neutral).astype(int) - (polarity < -neutral).astype(int)


def measures(
    gold: Sequence[int],
    predicted: Sequence[float],
    articles: Sequence[str],
    neutral: float = NEUTRAL,
) -> dict[str, float]:
    """How far polarities agree with a reader's signs.

    Parameters
    ----------
    gold : signs [n], of which there is at least one
    predicted : polarities [n]
    articles : which article each is from
    neutral : see `sign`

    Returns
    -------
    dict
        `agreement`, the share with the right sign, and `macro_f1`, over the signs that occur on
        either side; of both, the ends of the 95% interval, missing below `FEWEST_ARTICLES`
        articles; `always_neutral` and `neutral_macro_f1`, what answering 0 each time would reach;
        `mean_absolute_error` of the polarity before it is cut into signs.
    """
    right, polarity = np.asarray(gold, dtype=int), np.asarray(predicted, dtype=float)
    given = sign(polarity, neutral)
    tables = _tables(right, given, np.asarray(articles))
    share = mean_interval(right == given, np.asarray(articles), bounds=(0.0, 1.0))
    low, high = _bounds(tables)
    return {
        "agreement": share.estimate,
        "agreement_low": share.low,
        "agreement_high": share.high,
        "always_neutral": float(np.mean(right == 0)),
        "macro_f1": float(_macro_f1(tables.sum(axis=0))),
        "macro_f1_low": low,
        "macro_f1_high": high,
        "neutral_macro_f1": float(_macro_f1(_tables(right, 0 * right)[0])),
        "mean_absolute_error": float(np.abs(polarity - right).mean()),
    }


def _bounds(tables: np.ndarray) -> tuple[float, float]:
    """Percentiles of the macro-F1 of as many of the tables [articles, 3, 3], drawn anew."""
    if len(tables) < FEWEST_ARTICLES:
        return np.nan, np.nan
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(tables), np.full(len(tables), 1 / len(tables)), RESAMPLES)
    low, high = np.percentile(_macro_f1(np.tensordot(drawn, tables, axes=1)), [2.5, 97.5])
    return float(low), float(high)


def _tables(gold: np.ndarray, given: np.ndarray, articles: np.ndarray | None = None) -> np.ndarray:
    """Counts [articles, 3, 3] of gold sign by given sign; one table where no articles are named."""
    which = np.zeros(len(gold), dtype=int)
    if articles is not None:
        which = np.unique(articles, return_inverse=True)[1]
    tables = np.zeros((which.max(initial=0) + 1, 3, 3), dtype=int)
    np.add.at(tables, (which, gold + 1, given + 1), 1)
    return tables


def _macro_f1(tables: np.ndarray) -> np.ndarray:
    """The mean F1 of tables [..., 3, 3], over the signs that occur on either side of each."""
    either = tables.sum(axis=-1) + tables.sum(axis=-2)
    both = np.diagonal(tables, axis1=-2, axis2=-1)
    f1 = 2 * both / np.maximum(either, 1)
    return f1.sum(axis=-1) / (either > 0).sum(axis=-1)
