"""Rectified means: what the means would be, had people read every statement.

A model that errs in one direction shifts every mean that rests on it, and no number of articles
mends that. People who read a random sample of the statements show by how much: a cell's sum and its
count, as the program has them over all statements, are each set right by the difference between
people and program over the sample, scaled up to all. The ratio of the two is then right on average
whatever the program's errors are, wrong speakers and missed targets among them (the difference
estimator of survey sampling: Särndal, Swensson and Wretman, *Model Assisted Survey Sampling*, 1992,
ch. 6; of late as prediction-powered inference, Angelopoulos et al., *Science* 382, 2023, and
design-based supervised learning, Egami et al., NeurIPS 2023). How good the program is decides only
how wide the interval is.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.account import account
from analysis.corpus.amend import POLARITY, by_hand, group_of, in_cast, unchanged, voices
from analysis.corpus.sampling import drawn, readers
from analysis.corpus.verdicts import settle
from analysis.framing.frames import CELL, by_group, evidence, per_statement
from analysis.framing.intervals import ratio_interval
from analysis.tables import build

#: Statements of a cell that people must have read: one of fewer moves the mean too far.
FEWEST = 5
TABLES = ("mentions", "scores")
COLUMNS = [
    *(*CELL, "n_statements", "polarity", "read"),
    *("rectified", "ci_low", "ci_high", "reading"),
]


def rectified(result: Any, decisions: pd.DataFrame, **options) -> pd.DataFrame:
    """Mean polarity of each cell of the stance matrix, set right by a sample that people have read.

    Where several coders have confirmed one statement, each one's reading counts in part: the mean
    is that of an average coder. Articles whose text is not here could not be drawn, and are left
    out.

    Parameters
    ----------
    result : a run, of which what the program alone has is taken
    decisions : what coders decided, as `corrections.read` gives it
    **options
        `resamples`, `seed` and `level` of `intervals.ratio_interval`.

    Returns
    -------
    DataFrame
        `collection`, `holder` and `target` (group ids, or `narrator`); `n_statements` and mean
        `polarity` as the program has them; `read`, how many statements of the sample are of this
        cell, by the program or by people; `rectified`, the mean set right, in [-1, 1], and its 95%
        interval by article, `ci_low` and `ci_high`; its `reading` in words. Most statements first;
        no row where no sample was read.
    """
    statements, mentions, scores = unchanged(result)
    who = readers(result.articles, statements, decisions)
    sample, size = drawn(result.articles, statements, who)
    if not sample:
        return pd.DataFrame(columns=COLUMNS)
    here = result.articles.loc[result.articles["text"] != "", "article_id"]
    machine = _cells(evidence(result.articles, statements, mentions, scores))
    machine = machine[machine["article_id"].isin(here)]
    mine = machine[machine["statement_id"].isin(sample)]
    theirs = []
    for coder, own in in_cast(decisions, result.cast).groupby("coder"):
        confirmed = {name for name in sample if coder in who[name]}
        rows = _theirs(result, statements, own, confirmed)
        theirs.append(rows.assign(weight=[1 / len(who[name]) for name in rows["statement_id"]]))
    read = pd.concat([mine.assign(weight=-mine["weight"]), *theirs])
    terms = pd.concat([machine, read.assign(weight=read["weight"] * size / len(sample))])
    known = read.groupby(CELL)["statement_id"].nunique()
    found = []
    for cell, own in terms.groupby(CELL):
        alone = machine[(machine[CELL] == list(cell)).all(axis=1)]
        counts = (len(alone), alone["polarity"].mean(), int(known.get(cell, 0)))
        found.append((*cell, *counts, *_mean(own, counts[-1], **options)))
    ascending = [False, False, True, True, True]
    table = pd.DataFrame(found, columns=COLUMNS)
    return table.sort_values(
        ["n_statements", "read", *CELL], ascending=ascending, ignore_index=True
    )


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Evidence by statement and cell, with a weight of one each."""
    return per_statement(by_group(rows), CELL).assign(weight=1.0)


def _theirs(
    result: Any, statements: pd.DataFrame, decisions: pd.DataFrame, confirmed: set[str]
) -> pd.DataFrame:
    """What one coder holds of the statements they have confirmed, by statement and cell."""
    told = account(result.articles, statements, settle(decisions))
    stated, _ = voices(result.articles, statements, told, result.cast)
    starts = statements.set_index("statement_id")["start"]
    made = [
        by_hand(
            *(row.statement_id, row.target, group, starts[row.statement_id]),
            *(POLARITY[row.value], "people", ""),
        )
        for row in told[told["field"] == "polarity"].itertuples()
        if row.statement_id in confirmed and (group := group_of(row.target, result.cast))
    ]
    mentions, scores = (build(n, [pair[i] for pair in made]) for i, n in enumerate(TABLES))
    return _cells(evidence(result.articles, stated, mentions, scores))


def _mean(terms: pd.DataFrame, read: int, **options) -> tuple[float, float, float, str]:
    """The mean of weighted statements, its interval, and what to say of it."""
    if read < FEWEST:
        return (np.nan, np.nan, np.nan, f"too few are read (under {FEWEST})")
    by = terms.assign(sum=terms["weight"] * terms["polarity"]).groupby("article_id")
    sums, counts = by["sum"].sum().to_numpy(), by["weight"].sum().to_numpy()
    mean = ratio_interval(sums[:, None], counts[:, None], np.ones(1), **options)
    if np.isnan(mean.estimate):
        return (np.nan, np.nan, np.nan, "people have hardly any statement here")
    reading = "too few articles for an interval" if np.isnan(mean.low) else ""
    return (float(np.clip(mean.estimate, -1, 1)), mean.low, mean.high, reading)
