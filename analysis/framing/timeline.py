"""Time: polarity toward the focus groups, article by article and as a moving mean."""

import math
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.corpus.cast import Cast
from analysis.framing.frames import interval_of, per_statement
from analysis.framing.intervals import Interval, difference_interval
from analysis.framing.ruler import Gap, twice

WINDOW = 8  # articles: the fewest with which an interval is both honest and of any use
STEPS = 60  # windows at most; more would not be seen


def dated(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Rows about focus groups that have a date: `target` the group, `day` a Timestamp."""
    rows = evidence[evidence["target_group"].isin(cast.focus)]
    day = pd.to_datetime(rows["published"].str[:10], errors="coerce", format="%Y-%m-%d")
    rows = rows.assign(target=rows["target_group"], day=day.astype("datetime64[s]"))
    return rows[rows["day"].notna()]


def by_article(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Mean polarity by article: collection, target, day, article_id, n_statements, polarity."""
    keys = ["collection", "target", "day", "article_id"]
    once = per_statement(dated(evidence, cast), keys)
    table = once.groupby(keys)["polarity"].agg(n_statements="size", polarity="mean")
    return table.reset_index()


def rolling(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Mean over the statements of neighbouring articles, with its interval, moving through time.

    A window holds `WINDOW` articles in a row, or a twelfth of a collection's articles on the
    target where that is more; windows count articles, not days, so that an interval rests on about
    as much everywhere. Neighbouring windows share articles, and so do their intervals.

    Returns
    -------
    DataFrame
        collection, target, day (median of the window), first, last (its ends), n_statements,
        n_articles, polarity, ci_low, ci_high. One row, of all, where there are fewer articles; of
        windows with one median, which would stand at one place, the last.
    """
    once = per_statement(dated(evidence, cast), ["collection", "target", "day"])
    found = []
    for (collection, target), own in once.groupby(["collection", "target"]):
        order = own[["day", "article_id"]].drop_duplicates().sort_values(["day", "article_id"])
        size = min(max(WINDOW, math.ceil(len(order) / 12)), len(order))
        starts = np.linspace(0, len(order) - size, min(len(order) - size + 1, STEPS))
        for start in np.unique(starts.round().astype(int)):
            inside = order.iloc[start : start + size]
            rows = own[own["article_id"].isin(inside["article_id"])]
            mean = interval_of(rows)
            days = (inside["day"].median().floor("D"), inside["day"].min(), inside["day"].max())
            counts = (len(rows), len(inside))
            found.append((collection, target, *days, *counts, mean.estimate, mean.low, mean.high))
    columns = ["collection", "target", "day", "first", "last", "n_statements", "n_articles",
               "polarity", "ci_low", "ci_high"]  # fmt: skip
    dates = dict.fromkeys(("day", "first", "last"), "datetime64[s]")
    table = pd.DataFrame(found, columns=columns).astype(dates)
    return table.drop_duplicates(["collection", "target", "day"], keep="last", ignore_index=True)


class Change(NamedTuple):
    """How words about one group differ between a collection's later and earlier articles.

    `said` is of all statements, `told` of the narrator's own: where only the first is clear, other
    people may have begun to speak, and nobody need have spoken otherwise; both are clear where they
    are so by both rulers (`framing.ruler`). `since` is the first day
    of the later half; `narrator` the narrator's share of the statements before it and from it on.
    """

    since: pd.Timestamp
    said: Gap
    told: Gap
    narrator: tuple[float, float]

    @property
    def shared(self) -> bool:
        """Whether there is a clear difference, and the narrator's own is clear and the same way."""
        return self.said.sign != 0 and self.told.sign == self.said.sign


def change(evidence: pd.DataFrame, cast: Cast, collection: str, target: str) -> Change | None:
    """Later minus earlier half of a collection's dated articles, toward one focus group.

    Halves are of the articles that speak of any focus group, cut between two days.

    Returns
    -------
    Change or None
        Differences are NaN where one half says nothing of the target; None where there are no two
        halves.
    """
    rows = dated(evidence, cast)
    rows = rows[rows["collection"] == collection]
    days = rows.drop_duplicates("article_id")["day"].sort_values()
    if days.nunique() < 2:
        return None
    middle = days.iloc[len(days) // 2]
    if middle == days.iloc[0]:
        middle = days[days > middle].iloc[0]
    rows = rows[rows["target"] == target]
    once = per_statement(rows, ["day", "kind"])
    own = once["kind"] == "narration"
    late = once["day"] >= middle
    share = (float(own[~late].mean()), float(own[late].mean()))
    turned = partial(_later_minus_earlier, middle)
    told = twice(rows[rows["kind"] == "narration"], turned)
    return Change(middle, twice(rows, turned), told, share)


def _later_minus_earlier(middle: pd.Timestamp, rows: pd.DataFrame) -> Interval:
    once = per_statement(rows, ["day", "kind"])
    late = once["day"] >= middle
    sides = (once[late], once[~late])
    return difference_interval(
        *((side["polarity"].to_numpy(), side["article_id"].to_numpy()) for side in sides)
    )
