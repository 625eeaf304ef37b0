"""Time: polarity toward the focus groups, article by article and period by period."""

import pandas as pd

from analysis.corpus.cast import Cast
from analysis.framing.frames import means, per_statement
from analysis.framing.intervals import Interval, difference_interval

LONGEST_BY_WEEK = 53  # weeks; a longer stretch of time is shown by month


def dated(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Rows about focus groups that have a date: `target` the group, `day` a Timestamp."""
    rows = evidence[evidence["target_group"].isin(cast.focus)]
    day = pd.to_datetime(rows["published"].str[:10], errors="coerce", format="%Y-%m-%d")
    rows = rows.assign(target=rows["target_group"], day=day.astype("datetime64[s]"))
    return rows[rows["day"].notna()]


def by_article(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Mean polarity of each article: collection, target, article_id, day, n_statements, polarity."""
    keys = ["collection", "target", "day", "article_id"]
    once = per_statement(dated(evidence, cast), keys)
    table = once.groupby(keys)["polarity"].agg(n_statements="size", polarity="mean")
    return table.reset_index()


def by_period(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Mean over the statements of each week (Monday to Sunday), or month, with its interval.

    Returns
    -------
    DataFrame
        collection, target, start, end (Timestamps, both inclusive), n_statements, n_articles,
        polarity, ci_low, ci_high.
    """
    rows = dated(evidence, cast)
    span = (rows["day"].max() - rows["day"].min()).days if len(rows) else 0
    unit = "W-SUN" if span <= 7 * LONGEST_BY_WEEK else "M"
    period = rows["day"].dt.to_period(unit)
    start = period.dt.start_time.astype("datetime64[s]")
    end = period.dt.end_time.dt.normalize().astype("datetime64[s]")
    keys = ["collection", "target", "start", "end"]
    return means(rows.assign(start=start, end=end), keys)


def change(evidence: pd.DataFrame, cast: Cast, collection: str, target: str):
    """Later minus earlier half of a collection's dated articles, toward one focus group.

    Returns
    -------
    (Timestamp, Interval) or None
        The first day of the later half, and the difference; None where there are no two halves.
    """
    rows = dated(evidence, cast)
    rows = rows[rows["collection"] == collection]
    days = rows.drop_duplicates("article_id")["day"].sort_values()
    if days.nunique() < 2:
        return None
    middle = days.iloc[len(days) // 2]
    if middle == days.iloc[0]:
        middle = days[days > middle].iloc[0]
    once = per_statement(rows[rows["target"] == target], ["day"])
    late = once["day"] >= middle
    if late.all() or not late.any():
        return middle, Interval(float("nan"), float("nan"), float("nan"))
    sides = [
        (side["polarity"].to_numpy(), side["article_id"].to_numpy())
        for side in (once[late], once[~late])
    ]
    return middle, difference_interval(*sides)
