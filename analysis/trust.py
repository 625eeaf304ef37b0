"""How far a run can be trusted: its mentions under other models, and beside a reader."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.corpus import gold as annotated
from analysis.corpus import second
from analysis.corpus.amend import unchanged
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
    """What each model and those who read the gold in `folder` say; see `agreement.ratings`."""
    gold, again = annotated.load_gold(folder), second.load_second(folder)
    statements, mentions, _ = unchanged(result)
    tables = (result.articles, statements, mentions)
    pairs = {
        model: annotated.polarity_pairs(*tables, scores, gold) for model, scores in said.items()
    }
    if len(again) and pairs:
        (rows, *_) = pairs.values()
        again = again.rename(columns={"polarity": "predicted"})
        read = rows.drop(columns="predicted").merge(again, on=second.KEYS, how="left")
        pairs = {agreement.SECOND: read, **pairs}
    return agreement.ratings(pairs)
