"""How far a run agrees with the gold: in targets, in polarities and in means; and two readers."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.amend import unchanged
from analysis.corpus.cast import Cast
from analysis.corpus.gold import NARRATION, Gold, compare, compared, load_gold
from analysis.corpus.gold_polarity import KEYS, SPEAKERS, located, polarity_pairs
from analysis.corpus.second import load_second
from analysis.framing.signs import MEASURES, measures
from analysis.tables import NARRATOR, NEUTRAL

FEWEST = 5  # a mean of fewer says next to nothing
PERSONS, OFFICES, BODIES = "persons", "by office", "organisations and groups"
CELL = ["collection", "holder", "target_group"]


def report(result: Any, folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`gold.compare` and `compare_polarity` of a run with the gold in `folder`.

    `result` has the tables `articles`, `statements`, `mentions` and `scores` as attributes; where
    people have corrected them, `machine` has them as they were, and these are compared.
    """
    statements, *spoken_of = unchanged(result)
    gold, run = load_gold(folder), (result.articles, statements)
    return compare(*run, gold), compare_polarity(*run, *spoken_of, gold)


def compare_polarity(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    gold: Gold,
    neutral: float = NEUTRAL,
) -> pd.DataFrame:
    """How far polarities agree with the gold, for `speakers`, `narration` and `all`.

    Parameters
    ----------
    articles, statements, mentions, scores : tables of these names
    gold : as `load_gold` gives it
    neutral : a predicted polarity from -neutral to +neutral counts as 0

    Returns
    -------
    DataFrame
        `voice`; `gold`, the number of gold (statement, target) pairs in articles that could be
        compared; `n`, those of them for which something was predicted, in so many `articles`; over
        these, what `signs.measures` gives.
    """
    return _by_voice(polarity_pairs(articles, statements, mentions, scores, gold), neutral)


def compare_readers(
    articles: pd.DataFrame, folder: str | Path, neutral: float = NEUTRAL
) -> pd.DataFrame:
    """How far the second reader's polarities agree with the gold's, as `compare_polarity`.

    Only over articles whose text is the one that was read; no rows where there is no second reader.
    """
    gold, second = load_gold(folder), load_second(folder)
    pairs = gold.polarity[gold.polarity["article_id"].isin(compared(articles, gold))]
    kinds = gold.statements[["article_id", "statement", "kind"]]
    pairs = pairs.merge(kinds, on=KEYS[:2], validate="many_to_one")
    table = _by_voice(_beside(pairs, second, "predicted"), neutral)
    return table if len(second) else table.iloc[:0]


def compare_targets(result: Any, folder: str | Path, neutral: float = NEUTRAL) -> pd.DataFrame:
    """Agreement of a run with the gold in `folder`, by kind of target.

    Parameters
    ----------
    result : a run, with `cast` and the tables, as `report` takes it
    neutral : a predicted polarity from -neutral to +neutral counts as 0

    Returns
    -------
    DataFrame
        `target`: `persons`; `by office`, those of them that their office stands for ("City Hall"),
        by these mentions alone; `organisations and groups`. Then `gold`, `n`, `articles` and the
        measures as in `compare_polarity`; of `by office`, `gold` counts what was so mentioned.
    """
    statements, mentions, scores = unchanged(result)
    gold = load_gold(folder)

    def pairs(some: pd.DataFrame) -> pd.DataFrame:
        return polarity_pairs(result.articles, statements, some, scores, gold)

    every, by_office = pairs(mentions), pairs(mentions[mentions["how"] == "office"])
    person = every["target"].map(lambda name: is_person(name, result.cast)).astype(bool)
    held = by_office[person & by_office["predicted"].notna()]
    kinds = {PERSONS: every[person], OFFICES: held, BODIES: every[~person]}
    rows = [{"target": kind, **_measured(some, neutral)} for kind, some in kinds.items()]
    return pd.DataFrame(rows, columns=["target", "gold", "n", "articles", *MEASURES])


def find_targets(result: Any, folder: str | Path) -> pd.DataFrame:
    """Whom the reader and a run find spoken of in the same statements, by voice.

    Only groups in focus and their actors, whom the reader marked in every form; of others only
    those who are named. Of narration, only what the reader took for narration about them.

    Returns
    -------
    DataFrame
        `voice`; `gold`, the reader's (statement, target) pairs; `found`, those that the run has;
        `missed`, the rest, with all of a statement that the run has not; `predicted`, the run's
        pairs in statements of the reader; `invented`, those of them that the reader has not.
    """
    statements, mentions, _ = unchanged(result)
    gold = load_gold(folder)
    theirs = located(result.articles, statements, mentions, gold).drop_duplicates(KEYS)
    ours = gold.polarity[gold.polarity["article_id"].isin(compared(result.articles, gold))]
    sides = [side[side["target_group"].isin(result.cast.focus)][KEYS] for side in (ours, theirs)]
    pairs = sides[0].merge(sides[1], on=KEYS, how="outer", indicator="side")
    pairs = pairs.merge(gold.statements[[*KEYS[:2], "kind"]], on=KEYS[:2], validate="many_to_one")
    rows = []
    for voice, some in _voices(pairs).items():
        n = some["side"].value_counts()
        row = {"voice": voice, "gold": n["both"] + n["left_only"], "found": n["both"]}
        row |= {"missed": n["left_only"], "predicted": n["both"] + n["right_only"]}
        rows.append(row | {"invented": n["right_only"]})
    return pd.DataFrame(rows)


def compare_means(result: Any, folder: str | Path, fewest: int = FEWEST) -> pd.DataFrame:
    """Mean polarity of a group toward another, by the gold in `folder` and by a run.

    Over the same statements and targets, those of the gold for which the run has a polarity: so
    that what differs is the polarity alone. As in `frames`, a statement counts once.

    Parameters
    ----------
    result : a run, as `compare_targets` takes it
    fewest : cells with fewer statements are left out

    Returns
    -------
    DataFrame
        `collection`, `holder` (group id, or `narrator`) and `target` (group id), `n` statements
        and `articles`; `by_hand`, `second_reader` and `polarity`, the three means in [-1, 1]; that
        of the second reader is missing unless they have read all of the cell. Most statements of
        a collection first.
    """
    met = polarity_pairs(result.articles, *unchanged(result), load_gold(folder))
    met = _beside(met.dropna(subset="predicted"), load_second(folder), "second")
    met = met.merge(result.articles[["article_id", "collection"]], on="article_id")
    met["holder"] = met["group"].mask(met["voice"] == NARRATION, NARRATOR)
    said = met.groupby([*CELL, "article_id", "statement"], as_index=False)
    said = said[["polarity", "second", "predicted"]].agg(_whole_mean)
    means = said.groupby(CELL, as_index=False).agg(
        n=("predicted", "size"),
        articles=("article_id", "nunique"),
        by_hand=("polarity", "mean"),
        second_reader=("second", _whole_mean),
        polarity=("predicted", "mean"),
    )
    means = means[means["n"] >= fewest].rename(columns={"target_group": "target"})
    order, up = ["collection", "n", "holder", "target"], [True, False, True, True]
    return means.sort_values(order, ascending=up).reset_index(drop=True)


def is_person(target: str, cast: Cast) -> bool:
    """Whether a target is a person; who is not in the cast is held for one, a group never is."""
    actor = cast.actor_named(target)
    if actor:
        return actor.kind == "person"
    return target not in {cast.group_name(group) for group in cast.groups}


def _by_voice(pairs: pd.DataFrame, neutral: float) -> pd.DataFrame:
    rows = [{"voice": v, **_measured(some, neutral)} for v, some in _voices(pairs).items()]
    return pd.DataFrame(rows, columns=["voice", "gold", "n", "articles", *MEASURES])


def _voices(pairs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows by whose voice they are of, then all of them; `kind` is the gold statement's."""
    told = pairs["kind"] == NARRATION
    return {SPEAKERS: pairs[~told], NARRATION: pairs[told], "all": pairs}


def _measured(pairs: pd.DataFrame, neutral: float) -> dict[str, float]:
    """`gold`, `n`, `articles` and what `signs.measures` gives, of rows of `polarity_pairs`."""
    met = pairs.dropna(subset="predicted")
    row = {"gold": len(pairs), "n": len(met), "articles": met["article_id"].nunique()}
    if len(met):
        row |= measures(met["polarity"], met["predicted"], met["article_id"], neutral)
    return row


def _beside(pairs: pd.DataFrame, second: pd.DataFrame, name: str) -> pd.DataFrame:
    """The pairs with the second reader's polarity in column `name`, missing where there is none."""
    second = second.rename(columns={"polarity": name})
    return pairs.merge(second, on=["sha256", *KEYS], how="left", validate="one_to_one")


def _whole_mean(values: pd.Series) -> float:
    return values.mean(skipna=False)
