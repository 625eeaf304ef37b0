"""Frames: how each holder speaks of each target, as a mean over statements with its interval.

`evidence` joins the four tables of the pipeline into one row per statement and target; `frames`
counts it together. A statement's own polarity toward a target is the mean over the target's
mentions in it, so that naming somebody three times in one breath counts once.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.framing.intervals import Interval, mean_interval
from analysis.framing.ruler import NONE, unshifted
from analysis.tables import COLUMNS, NARRATOR, UNRESOLVED, TableError, check, counted

#: column -> pandas dtype of the evidence table; a row is one statement about one target.
EVIDENCE = {
    "statement_id": "str",
    "article_id": "str",
    "collection": "str",
    "outlet": "str",
    "published": "str",
    "title": "str",
    "paragraph": "Int64",
    "start": "Int64",
    "end": "Int64",
    "kind": "str",
    "speaker": "str",
    "group": "str",
    "named": "boolean",
    "target": "str",
    "target_group": "str",
    "polarity": "float64",
    "p_negative": "float64",
    "p_neutral": "float64",
    "p_positive": "float64",
    "level": "float64",
    "n_mentions": "Int64",
    "words": "Int64",
    "confidence": "float64",
}
CELL = ["collection", "holder", "target"]  # what a frame is of
UNNAMED = " (unnamed)"  # follows the group id of sources without a name
_SCORED = ["polarity", "p_negative", "p_neutral", "p_positive"]
_PROBABILITIES = _SCORED[1:]
_FRAME = ["n_statements", "n_articles", "polarity", "ci_low", "ci_high"]


def evidence(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    narration: Sequence[float] = NONE,
    narrated: Collection[str] = (),
) -> pd.DataFrame:
    """One row per (statement, target), in the order of collections, articles and text.

    What somebody says of themselves is left out: `speaker` equal to `target`. So are thoughts and
    findings, which nobody has said; see `tables.counted`.

    Parameters
    ----------
    narration : what the model added to the logits of negative, neutral and positive in narration
    narrated : ids of the statements to which it was added

    Returns
    -------
    DataFrame
        The columns of `EVIDENCE`. `polarity` and `p_*` are means over the `n_mentions` mentions;
        `level` is the polarity without what was added in narration (`framing.ruler`), or as a
        person gave it.

    Raises
    ------
    TableError
        When an id stands twice, a mention has no score or one without a polarity, scores come from
        several models, or a statement or article that another table refers to is missing.
    """
    if scores["model"].nunique() > 1:
        models = ", ".join(sorted(scores["model"].unique()))
        raise TableError(f"scores of several models ({models}); pass those of one")
    scored = _join(mentions, scores[["mention_id", *_SCORED]], "mention_id", "scores")
    if (bare := scored["polarity"].isna()).any():
        raise TableError(f"table 'scores' has no polarity of {bare.sum()} mention(s)")
    level = unshifted(scored[_PROBABILITIES].to_numpy(), narration)
    given = scores.loc[scores["corrected"].str.contains("polarity", na=False), "mention_id"]
    shifted = scored["statement_id"].isin(narrated) & ~scored["mention_id"].isin(given)
    shifted &= any(narration)  # or rounding would make a difference
    scored["level"] = scored["polarity"].mask(shifted, pd.Series(level, scored.index))
    about = (
        scored.groupby(["statement_id", "target", "target_group"], sort=False)
        .agg(
            **{name: (name, "mean") for name in [*_SCORED, "level"]},
            n_mentions=("mention_id", "size"),
        )
        .reset_index()
    )
    said = statements.drop(columns=["source", "content"], errors="ignore")
    rows = counted(_join(about, said, "statement_id", "statements"))
    where = articles[["article_id", "collection", "outlet", "published", "title"]]
    rows = _join(rows, where, "article_id", "articles")
    rows = rows[rows["speaker"] != rows["target"]]
    rows = rows.sort_values(["collection", "article_id", "start", "target"], kind="stable")
    return rows[list(EVIDENCE)].astype(EVIDENCE).reset_index(drop=True)


def frames(rows: pd.DataFrame, by: str = "group", **options) -> pd.DataFrame:
    """The frames table of `evidence` rows: one row per collection, holder and target.

    Parameters
    ----------
    by : {"group", "actor"}
        Count together by group id, narration under `narrator`; or by single speaker and target,
        as `holding_actor` has it.
    **options
        `resamples`, `seed` and `level` of `intervals.ratio_interval`.

    Returns
    -------
    DataFrame
        Table `frames`; `ci_low` and `ci_high` are missing below five articles.
    """
    if by not in ("group", "actor"):
        raise ValueError(f"by is 'group' or 'actor', not {by!r}")
    held = by_group(rows) if by == "group" else rows.assign(holder=holding_actor(rows))
    return check("frames", means(held, CELL, **options))


def by_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Evidence with `holder` and `target` as group ids: what a cell of the stance matrix is of."""
    return rows.assign(holder=holding_group(rows), target=rows["target_group"])


def holding_group(rows: pd.DataFrame) -> pd.Series:
    """Group id of whoever holds the stance; narration belongs to the narrator, whoever wrote it."""
    return rows["group"].mask(rows["kind"] == "narration", NARRATOR)


def holding_actor(rows: pd.DataFrame) -> pd.Series:
    """Whoever holds the stance, one by one: a speaker, the outlet for narration, or `unresolved`.

    Sources without a name are numbered within an article, so that "official 1" is somebody else in
    the next; across articles they can only be counted together, as "GROUP (unnamed)".
    """
    unnamed = ~rows["named"].fillna(False).astype(bool) & (rows["kind"] != "narration")
    someone = rows["speaker"].mask(unnamed | (rows["speaker"] == ""), rows["group"] + UNNAMED)
    return someone.mask(rows["group"] == UNRESOLVED, UNRESOLVED)


def means(rows: pd.DataFrame, keys: Sequence[str], **options) -> pd.DataFrame:
    """Mean polarity over statements for each combination of `keys`, with its interval.

    A statement that names several targets of one cell (two union leaders, counted as their group)
    is one statement there, with the mean of its polarities.

    Parameters
    ----------
    rows : DataFrame
        Rows with `statement_id`, `article_id`, `polarity` and the columns `keys`.
    **options
        As for `frames`.

    Returns
    -------
    DataFrame
        `keys`, then n_statements, n_articles, polarity, ci_low, ci_high; sorted by `keys`.
    """
    keys = list(keys)
    once = per_statement(rows, keys)
    found = []
    for key, cell in once.groupby(keys, sort=True):
        interval = interval_of(cell, **options)
        counts = (len(cell), cell["article_id"].nunique())
        found.append((*key, *counts, interval.estimate, interval.low, interval.high))
    table = pd.DataFrame(found, columns=[*keys, *_FRAME])
    types = {name: COLUMNS["frames"][name] for name in _FRAME}
    return table.astype(types | {key: rows[key].dtype for key in keys})


def per_statement(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Rows collapsed to one per statement and `keys`, with the mean polarity."""
    wanted = list(dict.fromkeys([*keys, "article_id", "statement_id"]))
    return rows.groupby(wanted, sort=True, observed=True)["polarity"].mean().reset_index()


def interval_of(rows: pd.DataFrame, **options) -> Interval:
    """Mean polarity of `rows` and its interval, clustered by their `article_id`."""
    return mean_interval(rows["polarity"].to_numpy(), rows["article_id"].to_numpy(), **options)


def _join(left: pd.DataFrame, right: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    """`left` with the columns of `right`; every row of `left` finds exactly one partner.

    Raises
    ------
    TableError
        When `key` stands twice in `right`, or a row of `left` finds none.
    """
    if right[key].duplicated().any():
        twice = right.loc[right[key].duplicated(), key].iloc[0]
        raise TableError(f"table {name!r} holds {key} {twice!r} more than once")
    unmatched = left.loc[~left[key].isin(right[key]), key]
    if len(unmatched):
        raise TableError(
            f"{len(unmatched)} row(s) refer to {key} {unmatched.iloc[0]!r} or others that are not"
            f" in table {name!r}"
        )
    double = [column for column in right if column in left and column != key]
    joined = left.merge(right.drop(columns=double), on=key, how="left")
    if len(joined) != len(left):
        raise TableError(f"joining {name!r} made {len(joined)} rows of {len(left)}")
    return joined
