"""Once: what the means would be if words that several articles repeat counted a single time.

Papers share quotations. Where one remark stands in five articles, the mean rests on five statements
and on one thing said; and the interval, which takes articles as independent of one another, is too
narrow. Here a remark is one unit, with the mean of its statements' polarities, and belongs to the
article that had it first. What is the same remark is in `framing.shared`.
"""

import pandas as pd

from analysis.framing.frames import CELL, by_group, means

COLUMNS = [*CELL, "n_statements", "n_remarks", "polarity", "ci_low", "ci_high"]


def once(rows: pd.DataFrame, repeated: pd.DataFrame, **options) -> pd.DataFrame:
    """Mean polarity of each cell of the stance matrix in which something is repeated.

    Parameters
    ----------
    rows : as `frames.evidence` gives them
    repeated : as `shared.shared_quotations` gives them
    **options
        `resamples`, `seed` and `level` of `intervals.ratio_interval`.

    Returns
    -------
    DataFrame
        `collection`, `holder` and `target` (group ids, or `narrator`); `n_statements`, of which
        `n_remarks` are left; the mean `polarity` of these and its interval, `ci_low` and `ci_high`.
        Most statements first.
    """
    first = repeated.groupby("statement_id")["quotation"].min()
    held = by_group(rows)
    remark = held["statement_id"].map(first).astype("Int64").astype("string")
    held = held.assign(
        statement=held["statement_id"], statement_id=remark.fillna(held["statement_id"])
    )
    held = held.sort_values(["published", "article_id", "start"], kind="stable")
    unit = [*CELL, "statement_id"]
    held["article_id"] = held.groupby(unit)["article_id"].transform("first")
    table = means(held, CELL, **options).rename(columns={"n_statements": "n_remarks"})
    said = held.groupby(CELL)["statement"].nunique().rename("n_statements").reset_index()
    table = table.merge(said, on=CELL)
    table = table[table["n_remarks"] < table["n_statements"]]
    order = ["n_statements", *CELL]
    return table.sort_values(order, ascending=[False, True, True, True])[COLUMNS].reset_index(
        drop=True
    )
