"""Shares: how many words each group is given, and in what form."""

import numpy as np
import pandas as pd

from analysis.corpus.cast import Cast
from analysis.framing.frames import holding_group
from analysis.framing.intervals import Interval, ratio_interval
from analysis.tables import FINDING, HEADLINE, NARRATOR, OTHERS, THOUGHT, UNRESOLVED, counted

#: Which form of speech each kind counts as. Mixed speech is a paraphrase with quoted scraps.
FORMS = {
    "direct": "direct", "block": "direct", "mixed": "indirect", "indirect": "indirect",
    "narration": "narration",
}  # fmt: skip
#: What is left out of figures, one of it and several.
_ACTS = {
    THOUGHT: ("thought", "thoughts"),
    FINDING: ("finding of a poll or study", "findings of polls or studies"),
    HEADLINE: ("headline", "headlines"),
}


def word_shares(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Words by collection, group, form and whether the source is named.

    Returns
    -------
    DataFrame
        collection, group, form (direct, indirect, narration), named, words, statements, share.
        `share` is of all words for narration, and of the attributed words for everything else.
        Thoughts, findings and headlines count in neither; see `tables.counted`.
    """
    rows = _collected(statements, articles)
    rows = rows.assign(
        form=rows["kind"].map(FORMS),
        group=holding_group(rows),
        named=rows["named"].fillna(False).astype(bool),
    )
    rows.loc[rows["form"] == "narration", "named"] = True  # the outlet signs for it
    keys = ["collection", "group", "form", "named"]
    table = (
        rows.groupby(keys, observed=True)
        .agg(words=("words", "sum"), statements=("words", "size"))
        .reset_index()
    )
    table = table.astype({"words": "int64"})
    by_collection = table.groupby("collection")["words"]
    told = table["group"] == NARRATOR
    attributed = table["words"].where(~told, 0).groupby(table["collection"]).transform("sum")
    base = by_collection.transform("sum").where(told, attributed)
    table["share"] = (table["words"] / base.where(base > 0)).astype("float64")
    return table


def by_article(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Each group's share of the attributed words in each article, zero where it is not heard.

    Returns
    -------
    DataFrame
        collection, group, article_id, words, share; without articles that quote nobody.
    """
    rows = _collected(statements, articles)
    rows = rows[rows["kind"] != "narration"].astype({"words": "int64"})
    found = []
    for collection, own in rows.groupby("collection"):
        words = own.pivot_table("words", "group", "article_id", "sum", fill_value=0)
        words = words.loc[:, words.sum() > 0]
        long = words.stack().rename("words").reset_index()
        share = long["words"] / long.groupby("article_id")["words"].transform("sum")
        found.append(long.assign(collection=collection, share=share))
    columns = ["collection", "group", "article_id", "words", "share"]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def speakers(statements: pd.DataFrame, articles: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The named speakers with most words, at most `most` of each collection.

    Sources without a name are left out: they are numbered within an article, and cannot be told
    apart, or together, across articles.

    Returns
    -------
    DataFrame
        collection, speaker, group, words, statements, n_articles, share (of attributed words).
    """
    rows = _collected(statements, articles)
    rows = rows[rows["kind"] != "narration"]
    total = rows.groupby("collection")["words"].sum()
    known = rows[rows["named"].fillna(False).astype(bool) & (rows["group"] != UNRESOLVED)]
    table = (
        known.groupby(["collection", "speaker", "group"])
        .agg(
            words=("words", "sum"),
            statements=("words", "size"),
            n_articles=("article_id", "nunique"),
        )
        .reset_index()
    )
    base = total.where(total > 0).astype("float64").reindex(table["collection"])
    table["share"] = table["words"].to_numpy("float64") / base.to_numpy()
    table = table.sort_values(["collection", "words", "speaker"], ascending=[True, False, True])
    return table.groupby("collection").head(most).reset_index(drop=True)


def outsiders(statements: pd.DataFrame, cast: Cast, most: int = 12) -> pd.DataFrame:
    """Who speaks without being in the cast, those with most words first.

    Returns
    -------
    DataFrame
        speaker, group (others or unresolved), words, statements, n_articles.
    """
    rows = counted(statements)
    rows = rows[rows["group"].isin([OTHERS, UNRESOLVED]) & (rows["kind"] != "narration")]
    rows = rows[~rows["speaker"].isin([actor.name for actor in cast.actors.values()])]
    table = rows.groupby(["speaker", "group"]).agg(
        words=("words", "sum"),
        statements=("words", "size"),
        n_articles=("article_id", "nunique"),
    )
    table = table.reset_index().sort_values(["words", "speaker"], ascending=[False, True])
    return table.head(most).reset_index(drop=True)


def uncounted(statements: pd.DataFrame) -> list[str]:
    """One line on what is left out of figures, or none where there is nothing."""
    apart = statements.drop(counted(statements).index)
    if apart.empty:
        return []
    acts = apart["act"].value_counts()
    *rest, last = (f"{n} {_ACTS[act][n > 1]}" for act, n in acts.items())
    what = f"{', '.join(rest)} and {last}" if rest else last
    share = apart["words"].sum() / max(statements["words"].sum(), 1)
    return [
        f"figures leave out {what} ({share:.1%} of the words); they count only what somebody says"
        " and what the narrator tells below the headline"
    ]


def ranking(shares: pd.DataFrame, collection: str) -> pd.Series:
    """Share of the attributed words by group, the largest first; leftovers (others) at the end."""
    own = shares[(shares["collection"] == collection) & (shares["group"] != NARRATOR)]
    totals = own.groupby("group")["share"].sum().sort_values(ascending=False, kind="stable")
    last = [group for group in (OTHERS, UNRESOLVED) if group in totals.index]
    return totals[[group for group in totals.index if group not in last] + last]


def lead(
    statements: pd.DataFrame, articles: pd.DataFrame, collection: str, first: str, second: str
) -> Interval:
    """By how much the words of group `first` exceed those of `second`, as a share of all voices'.

    The interval is clustered by article, as everywhere.
    """
    ids = articles.loc[articles["collection"] == collection, "article_id"]
    rows = counted(statements)
    rows = rows[rows["article_id"].isin(ids) & (rows["kind"] != "narration")]
    words = rows["words"].astype("float64")
    sign = (rows["group"] == first).astype(float) - (rows["group"] == second).astype(float)
    table = pd.DataFrame({"sum": words * sign, "count": words}).groupby(rows["article_id"]).sum()
    return ratio_interval(table[["sum"]].to_numpy(), table[["count"]].to_numpy(), np.ones(1))


def _collected(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The counted statements of `articles`, each with its `collection`."""
    where = articles[["article_id", "collection"]]
    return counted(statements).merge(where, on="article_id", validate="many_to_one")
