"""Agreement among models, and with a reader: Krippendorff's alpha.

Krippendorff, *Content Analysis*, ch. 12 (4th ed., 2019): 1 is full agreement, 0 what chance would
give, below 0 worse than chance; he asks for 0.8, and 0.667 for tentative conclusions.  The interval
is a bootstrap over whole articles, whose statements are not independent of one another.
"""

from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd

from analysis.tables import NEUTRAL

LEVELS = ("nominal", "ordinal", "interval")
#: Raters who give signs alone: the gold's own reader, and another one.
SECOND = "second reader"
READERS = ("gold", SECOND)


def alpha(
    table: pd.DataFrame,
    level: str = "interval",
    *,
    cluster: str | None = "article_id",
    resamples: int = 200,
    seed: int = 0,
) -> dict[str, float]:
    """Krippendorff's alpha of the raters in `table`.

    Parameters
    ----------
    table : DataFrame
        A row a unit and a column a rater, polarities or signs, missing where one did not rate;
        and the column `cluster`.
    level : {"nominal", "ordinal", "interval"}
        Of measurement: polarities are of interval, their signs (see `signs`) of ordinal level.
    cluster : str or None
        What is drawn anew in the bootstrap; None for no interval.

    Returns
    -------
    dict
        `alpha`, its 95% interval `ci_low` and `ci_high`, and `n`, the units that at least two have
        rated.  Alpha is missing where there are none, or where all ratings are the same; the
        interval, too, where there is only one cluster.
    """
    if level not in LEVELS:
        raise ValueError(f"level is one of {', '.join(LEVELS)}, not {level!r}")
    raters = table.drop(columns=cluster or [])
    rated = raters.notna().sum(axis=1) >= 2
    values = raters[rated].to_numpy(dtype=float)
    found = {"alpha": _alpha(values, level), "ci_low": np.nan, "ci_high": np.nan, "n": len(values)}
    if cluster is None or np.isnan(found["alpha"]):
        return found
    groups = table.loc[rated, cluster]
    members = [np.flatnonzero(groups == name) for name in groups.unique()]
    if len(members) > 1:
        rng = np.random.default_rng(seed)
        drawn = []
        for _ in range(resamples):
            picked = rng.integers(0, len(members), len(members))
            drawn.append(_alpha(values[np.concatenate([members[i] for i in picked])], level))
        found["ci_low"], found["ci_high"] = np.nanpercentile(drawn, [2.5, 97.5])
    return found


def signs(table: pd.DataFrame) -> pd.DataFrame:
    """-1, 0 or 1 in place of each polarity, missing where it is; other columns stay."""
    numbers = table.select_dtypes("number")
    cut = (numbers > NEUTRAL).astype(float) - (numbers < -NEUTRAL).astype(float)
    return table.assign(**cut.where(numbers.notna()))


def ratings(pairs: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What each model and the gold say of the same statements and targets.

    Parameters
    ----------
    pairs : model -> DataFrame
        For each model, the gold's rows with `article_id`, `statement`, `target`, `polarity` and
        the model's `predicted`; the same rows in each.

    Returns
    -------
    DataFrame
        `article_id`, `voice`, `gold` and one column a model.

    Raises
    ------
    ValueError
        When the models were compared with other rows.
    """
    keys = ["article_id", "statement", "target"]
    table = None
    for model, rows in pairs.items():
        if table is None:
            table = rows[[*keys, "voice"]].assign(gold=rows["polarity"].astype(float))
        if not rows[keys].reset_index(drop=True).equals(table[keys].reset_index(drop=True)):
            raise ValueError(f"{model} was compared with other gold rows than the first model")
        table = table.assign(**{model: rows["predicted"].to_numpy(dtype=float)})
    if table is None:
        raise ValueError("there is no model to compare")
    return table.drop(columns=["statement", "target"]).reset_index(drop=True)


def agreement(table: pd.DataFrame, **options) -> pd.DataFrame:
    """Alpha for every pair of raters, and for the models all together.

    Parameters
    ----------
    table : DataFrame
        As `ratings` gives it, all columns of numbers raters; `READERS` may be absent.
    **options
        `resamples` and `seed` of `alpha`. Signs are compared at the ordinal level, since readers
        give no more, and polarities among models at the interval level.

    Returns
    -------
    DataFrame
        `raters` ("A, B"), `level`, `alpha`, `ci_low`, `ci_high`, `n`.
    """
    named = list(table.select_dtypes("number").columns)
    models = [name for name in named if name not in READERS]
    sets = [*combinations(named, 2), *([tuple(models)] if len(models) > 2 else [])]
    rows = []
    for members in sets:
        some = table[[*members, "article_id"]]
        for level in ("ordinal",) if set(READERS) & set(members) else ("ordinal", "interval"):
            rated = signs(some) if level == "ordinal" else some
            label = {"raters": ", ".join(members), "level": level}
            rows.append(label | alpha(rated, level, **options))
    return pd.DataFrame(rows, columns=["raters", "level", "alpha", "ci_low", "ci_high", "n"])


def _alpha(values: np.ndarray, level: str) -> float:
    """Alpha of units [n, raters]; missing where it is not defined."""
    if len(np.unique(values[~np.isnan(values)])) < 2:
        return float("nan")
    if level == "interval":
        return _of_interval_level(values)
    return float(krippendorff.alpha(reliability_data=values.T, level_of_measurement=level))


def _of_interval_level(values: np.ndarray) -> float:
    """Alpha of units [n, raters] with squared differences, which sum up to variances.

    The package's time and memory grow with the square of the number of values that occur, and of
    polarities nearly every one is another.
    """
    given = (~np.isnan(values)).sum(axis=1)
    total = given.sum()
    within = (given**2 * np.nanvar(values, axis=1) / (given - 1)).sum()
    return float(1 - (total - 1) * within / (total**2 * np.nanvar(values)))
