"""How far a run can be trusted: its mentions under other models, and beside a reader."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.corpus import second
from analysis.corpus.amend import unchanged
from analysis.corpus.gold import load_gold
from analysis.corpus.gold_polarity import polarity_pairs
from analysis.framing import agreement
from analysis.pipeline import score_mentions
from analysis.polarity.scorer import Scorer


def opinions(
    result,
    scorers: Iterable[Scorer],
    cache: str | Path | None = store.FOLDER,
    progress: bool = True,
) -> dict[str, pd.DataFrame]:
    """Table `scores` of the same mentions under each model: the run's own first, then `scorers`.

    What a person has corrected counts as the model gave it.
    """
    statements, mentions, own = unchanged(result)
    found = {name: some for name, some in own.groupby("model", sort=False)}
    tables = (result.articles, statements, mentions)
    for scorer in scorers:
        found[scorer.model] = score_mentions(*tables, scorer, store.ScoreStore(cache), progress)
    return found


def beside_gold(result, said: dict[str, pd.DataFrame], folder: str | Path) -> pd.DataFrame:
    """What each model and those who read the gold in `folder` say; see `agreement.ratings`.

    Where nobody has annotated any of these articles, what the models say of every mention.
    """
    gold, again = load_gold(folder), second.load_second(folder)
    statements, mentions, _ = unchanged(result)
    tables = (result.articles, statements, mentions)
    pairs = {model: polarity_pairs(*tables, scores, gold) for model, scores in said.items()}
    if pairs and not any(map(len, pairs.values())):
        return _of_every_mention(statements, mentions, said)
    if len(again) and pairs:
        (rows, *_) = pairs.values()
        again = again.rename(columns={"polarity": "predicted"})
        read = rows.drop(columns="predicted").merge(again, on=second.KEYS, how="left")
        pairs = {agreement.SECOND: read, **pairs}
    return agreement.ratings(pairs)


def _of_every_mention(
    statements: pd.DataFrame, mentions: pd.DataFrame, said: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """`article_id` of each mention, and each model's polarity in a column of its name."""
    where = mentions[["mention_id", "statement_id"]].merge(statements, on="statement_id")
    given = {name: rows.set_index("mention_id")["polarity"] for name, rows in said.items()}
    found = {name: where["mention_id"].map(polarity) for name, polarity in given.items()}
    return where[["article_id"]].assign(**found)
