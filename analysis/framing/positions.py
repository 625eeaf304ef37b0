"""Positions: where in an article each voice stands, who opens and who has the last word."""

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from analysis.corpus.cast import Cast
from analysis.framing.frames import holding_group, per_statement
from analysis.framing.intervals import LEVEL, Interval
from analysis.tables import HEADLINE, NARRATOR, counted

TENTHS = 10
#: Columns of `turns`: a place, and whether narration may take it.
TURNS = {"opens": True, "first_voice": False, "last_voice": False, "closes": True}


def positions(
    statements: pd.DataFrame, articles: pd.DataFrame, evidence: pd.DataFrame, cast: Cast
) -> pd.DataFrame:
    """Each statement with its place among the words of its article.

    Thoughts and findings take up room, but have no row; a headline takes none. See
    `tables.counted`.

    Returns
    -------
    DataFrame
        collection, published, article_id, statement_id, holder, begin, finish (shares of the
        article's words, in [0, 1]), polarity (mean over the focus groups that it speaks of;
        missing where it speaks of none). In the order of collections, dates, articles and text.
    """
    about = ["article_id", "collection", "published"]
    rows = statements[statements["act"] != HEADLINE]
    rows = rows.merge(articles[about], on="article_id", how="inner")
    rows = rows.sort_values(["collection", "published", "article_id", "start"], kind="stable")
    words = rows["words"].astype("float64")
    by_article = words.groupby(rows["article_id"])
    total = by_article.transform("sum").clip(lower=1)
    finish = by_article.cumsum() / total
    spoken = evidence[evidence["target_group"].isin(cast.focus)]
    mean = per_statement(spoken, ["target_group"]).groupby("statement_id")["polarity"].mean()
    rows = rows.assign(
        holder=holding_group(rows),
        begin=(finish - words / total).clip(lower=0),
        finish=finish,
        polarity=rows["statement_id"].map(mean).astype("float64"),
    )
    kept = ["collection", "published", "article_id", "statement_id", "holder", "begin", "finish"]
    return counted(rows)[[*kept, "polarity"]].reset_index(drop=True)


def tenths(placed: pd.DataFrame) -> pd.DataFrame:
    """The articles of each collection laid over one another, in ten parts of equal length.

    Returns
    -------
    DataFrame
        collection, holder, tenth (0 to 9), share (of the words there, every article counting
        alike), n_statements (those about a focus group whose middle lies there), polarity (their
        mean).
    """
    size = placed.groupby("collection")["article_id"].nunique()
    middle = (placed["begin"] + placed["finish"]) / 2
    inside = np.minimum((middle * TENTHS).astype(int), TENTHS - 1)
    found = []
    for tenth in range(TENTHS):
        low, high = tenth / TENTHS, (tenth + 1) / TENTHS
        room = (placed["finish"].clip(upper=high) - placed["begin"].clip(lower=low)).clip(lower=0)
        here = placed.assign(room=room, polarity=placed["polarity"].where(inside == tenth))
        table = here.groupby(["collection", "holder"]).agg(
            room=("room", "sum"), n_statements=("polarity", "count"), polarity=("polarity", "mean")
        )
        found.append(table.reset_index().assign(tenth=tenth))
    table = pd.concat(found, ignore_index=True)
    table["share"] = table["room"] * TENTHS / table["collection"].map(size).astype("float64")
    columns = ["collection", "holder", "tenth", "share", "n_statements", "polarity"]
    return table[columns].sort_values(columns[:3], ignore_index=True)


def turns(placed: pd.DataFrame) -> pd.DataFrame:
    """In how many articles each holder stands first and last, with narration and without.

    Returns
    -------
    DataFrame
        collection, holder, and the columns of `TURNS`.
    """
    keys = ["collection", "holder"]
    table = placed[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    for place in TURNS:
        held = _taking(placed, place).groupby(keys).size().rename(place).reset_index()
        table = table.merge(held, on=keys, how="left")
    return table.fillna(dict.fromkeys(TURNS, 0)).astype(dict.fromkeys(TURNS, "int64"))


def ahead(placed: pd.DataFrame, place: str, first: str, second: str) -> Interval:
    """How often `first` takes a place, out of the articles in which it or `second` does.

    The interval is the exact binomial one (Clopper and Pearson, Biometrika 26, 1934): each article
    gives a place once, so that nothing is clustered. `first` is ahead where it leaves out one half.

    Parameters
    ----------
    placed : DataFrame
        The rows of one collection.
    """
    holders = _taking(placed, place)["holder"]
    won, lost = int((holders == first).sum()), int((holders == second).sum())
    if won + lost == 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    found = binomtest(won, won + lost).proportion_ci(LEVEL, method="exact")
    return Interval(won / (won + lost), float(found.low), float(found.high))


def _taking(placed: pd.DataFrame, place: str) -> pd.DataFrame:
    """The one row of each article that takes a place."""
    rows = placed if TURNS[place] else placed[placed["holder"] != NARRATOR]
    keep = "first" if place in ("opens", "first_voice") else "last"
    return rows.drop_duplicates("article_id", keep=keep)
