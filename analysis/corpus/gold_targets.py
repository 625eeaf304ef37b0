"""How far polarity agrees with the gold by who is spoken of, and by who speaks of whom."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.amend import unchanged
from analysis.corpus.cast import Cast
from analysis.corpus.gold import NARRATION, load_gold, measured, polarity_pairs
from analysis.corpus.signs import MEASURES
from analysis.tables import NARRATOR, NEUTRAL

FEWEST = 5  # a mean of fewer says next to nothing
PERSONS, OFFICES, BODIES = "persons", "by office", "organisations and groups"


def compare_targets(result: Any, folder: str | Path, neutral: float = NEUTRAL) -> pd.DataFrame:
    """Agreement of a run with the gold in `folder`, by kind of target.

    Parameters
    ----------
    result : a run, with `cast` and the tables, as `gold.report` takes it
    neutral : a predicted polarity from -neutral to +neutral counts as 0

    Returns
    -------
    DataFrame
        `target`: `persons`; `by office`, those of them that their office stands for ("City Hall"),
        by these mentions alone; `organisations and groups`. Then `gold`, `n`, `articles` and the
        measures as in `gold.compare_polarity`; of `by office`, `gold` counts what was so mentioned.
    """
    statements, mentions, scores = unchanged(result)
    gold = load_gold(folder)

    def pairs(some: pd.DataFrame) -> pd.DataFrame:
        return polarity_pairs(result.articles, statements, some, scores, gold)

    every, by_office = pairs(mentions), pairs(mentions[mentions["how"] == "office"])
    person = every["target"].map(lambda name: is_person(name, result.cast)).astype(bool)
    held = by_office[person & by_office["predicted"].notna()]
    kinds = {PERSONS: every[person], OFFICES: held, BODIES: every[~person]}
    rows = [{"target": kind, **measured(some, neutral)} for kind, some in kinds.items()]
    return pd.DataFrame(rows, columns=["target", "gold", "n", "articles", *MEASURES])


def compare_means(result: Any, folder: str | Path, fewest: int = FEWEST) -> pd.DataFrame:
    """Mean polarity of a group toward another, by the gold in `folder` and by a run.

    Over the same statements and targets, those of the gold for which the run has a polarity: so
    that what differs is the polarity alone.

    Parameters
    ----------
    result : a run, as `compare_targets` takes it
    fewest : pairs of groups with fewer targets in statements are left out

    Returns
    -------
    DataFrame
        `holder` (group id, or `narrator`) and `target` (group id), `n` and `articles`; `by_hand`
        and `polarity`, the two means in [-1, 1]. Most pairs first.
    """
    met = polarity_pairs(result.articles, *unchanged(result), load_gold(folder))
    met = met.dropna(subset="predicted")
    met["holder"] = met["group"].mask(met["voice"] == NARRATION, NARRATOR)
    means = met.groupby(["holder", "target_group"], as_index=False).agg(
        n=("predicted", "size"),
        articles=("article_id", "nunique"),
        by_hand=("polarity", "mean"),
        polarity=("predicted", "mean"),
    )
    means = means[means["n"] >= fewest].rename(columns={"target_group": "target"})
    return means.sort_values(["n", "holder", "target"], ascending=[False, True, True]).reset_index(
        drop=True
    )


def is_person(target: str, cast: Cast) -> bool:
    """Whether a target is a person; who is not in the cast is held for one, a group never is."""
    actor = cast.actor_named(target)
    if actor:
        return actor.kind == "person"
    return target not in {cast.group_name(group) for group in cast.groups}
