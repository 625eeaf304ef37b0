"""Where a run speaks of somebody inside a gold statement, and its polarity beside the reader's."""

import pandas as pd

from analysis.corpus.gold import NARRATION, POLARITY, Gold, characters, compared, pair
from analysis.tables import counted

KEYS = ["article_id", "statement", "target"]
SPEAKERS = "speakers"


def located(
    articles: pd.DataFrame, statements: pd.DataFrame, mentions: pd.DataFrame, gold: Gold
) -> pd.DataFrame:
    """The mentions that stand in a gold statement, with its number in the column `statement`.

    Of a spoken statement they are those in the predicted statement that `gold.pair` matches to it;
    of narration, those that start within the gold's words and that the run, too, holds for
    narration, or for a thought or finding, which the gold does not tell from narration.
    """
    spoken = counted(statements)
    spoken = spoken[spoken["kind"] != NARRATION]
    where = mentions.merge(
        statements[["statement_id", "article_id"]], on="statement_id", validate="many_to_one"
    )
    numbers = pd.Series(pd.NA, index=where.index, dtype="Int64")
    for name in compared(articles, gold):
        ours = gold.statements[gold.statements["article_id"] == name].set_index("statement")
        theirs = spoken[spoken["article_id"] == name]
        said = {theirs.at[p, "statement_id"]: number for number, p in pair(theirs, ours).items()}
        narrated = ours.loc[ours["kind"] == NARRATION, "spans"]
        told = {at: number for number, spans in narrated.items() for at in characters(spans)}
        here = where[where["article_id"] == name]
        voiced = here["statement_id"].isin(theirs["statement_id"])
        found = here["statement_id"].map(said).where(voiced, here["start"].map(told))
        numbers.update(found.astype("Int64"))
    return where.assign(statement=numbers).dropna(subset="statement")


def polarity_pairs(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    gold: Gold,
) -> pd.DataFrame:
    """One row per gold (statement, target), with the polarity predicted for it.

    It is the mean over the target's mentions in that statement, see `located`.

    Returns
    -------
    DataFrame
        The columns of `gold.POLARITY` and the gold statement's `kind`, `speaker` and `group`;
        `voice` ("speakers" or "narration"), `n_mentions`, and `predicted`, missing without a
        mention. Only of articles whose text is the one that was read.
    """
    said = gold.statements[["article_id", "statement", "kind", "speaker", "group"]]
    rows = gold.polarity[gold.polarity["article_id"].isin(compared(articles, gold))]
    rows = rows.merge(said, on=KEYS[:2], validate="many_to_one")
    rows["voice"] = rows["kind"].where(rows["kind"] == NARRATION, SPEAKERS)
    scored = mentions.merge(scores[["mention_id", "polarity"]], on="mention_id")
    found = located(articles, statements, scored, gold).groupby(KEYS)["polarity"]
    found = found.agg(n_mentions="size", predicted="mean").reset_index()
    rows = rows.merge(found, on=KEYS, how="left", validate="one_to_one")
    rows["n_mentions"] = rows["n_mentions"].fillna(0).astype(int)
    columns = [*POLARITY, "kind", "speaker", "group", "voice", "n_mentions", "predicted"]
    return rows[columns].astype({"predicted": float})
