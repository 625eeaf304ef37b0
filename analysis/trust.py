"""How far a run can be trusted: its mentions under other models, and beside a human reader."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.corpus import gold as human
from analysis.framing import agreement
from analysis.pipeline import score_mentions
from analysis.polarity.scorer import Scorer


def opinions(
    result,
    scorers: Iterable[Scorer],
    cache: str | Path | None = store.FOLDER,
    progress: bool = True,
) -> dict[str, pd.DataFrame]:
    """Table `scores` of the same mentions under each model: the run's own first, then `scorers`."""
    own = result.scores
    found = {name: some for name, some in own.groupby("model", sort=False)}
    tables = (result.articles, result.statements, result.mentions)
    for scorer in scorers:
        found[scorer.model] = score_mentions(*tables, scorer, store.ScoreStore(cache), progress)
    return found


def among_models(result, said: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Polarity of every mention: `article_id`, `mention_id` left out, and one column a model."""
    where = result.statements.set_index("statement_id")["article_id"]
    table = pd.DataFrame({"article_id": result.mentions["statement_id"].map(where)})
    for model, scores in said.items():
        polarity = scores.set_index("mention_id")["polarity"]
        table[model] = result.mentions["mention_id"].map(polarity)
    return table


def beside_gold(result, said: dict[str, pd.DataFrame], folder: str | Path) -> pd.DataFrame:
    """What each model and the gold in `folder` say; see `framing.agreement.ratings`."""
    gold = human.load_gold(folder)
    tables = (result.articles, result.statements, result.mentions)
    return agreement.ratings(
        {model: human.polarity_pairs(*tables, scores, gold) for model, scores in said.items()}
    )
