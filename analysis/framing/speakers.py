"""Speakers: every statement about a focus group, under the person or the row that it belongs to."""

import pandas as pd

from analysis.corpus.cast import Cast
from analysis.framing.frames import holding_actor, holding_group, means, per_statement
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

REST = "\uffff rest"  # the shared row of who speaks least: nobody's name


def speaker_dots(evidence: pd.DataFrame, cast: Cast, most: int) -> pd.DataFrame:
    """One row per statement and focus group, with the mean and interval of its speaker.

    Parameters
    ----------
    most : int
        How many speakers a collection may have rows of their own for; the others, who say least,
        share the row `REST`. The narrator and unresolved speakers come on top.

    Returns
    -------
    DataFrame
        collection, target (a focus group), speaker (the row: an actor, `narrator`, `unresolved` or
        `REST`), group, person (who it is in any case), article_id, statement_id, polarity, then
        n_statements, n_articles, mean, ci_low, ci_high of speaker and target.
    """
    rows = evidence[evidence["target_group"].isin(cast.focus)]
    group = holding_group(rows)
    person = holding_actor(rows).mask(group == NARRATOR, NARRATOR)
    rows = rows.assign(target=rows["target_group"], person=person, group=group)
    own = _own_row(rows, most)
    rows["speaker"] = rows["person"].where(own, REST)
    rows["group"] = rows["group"].where(own, OTHERS)
    keys = ["collection", "target", "speaker", "group"]
    dots = per_statement(rows, [*keys, "person"])
    summary = means(rows, keys).rename(columns={"polarity": "mean"})
    return dots.merge(summary, on=keys, how="left", validate="many_to_one")


def _own_row(rows: pd.DataFrame, most: int) -> pd.Series:
    """Whether a row's person is among those who speak most in its collection."""
    kept = set()
    for name, own in rows.groupby("collection"):
        people = own[~own["group"].isin([NARRATOR, UNRESOLVED])]
        spoken = people.groupby("person")["statement_id"].nunique()
        ranked = spoken.sort_values(ascending=False, kind="stable").index
        # A shared row for one single person would save nothing.
        kept |= {(name, who) for who in ranked[: most if len(ranked) > most + 1 else None]}
        kept |= {(name, NARRATOR), (name, UNRESOLVED)}
    pairs = zip(rows["collection"], rows["person"], strict=True)
    return pd.Series([pair in kept for pair in pairs], index=rows.index, dtype=bool)


def speaker_order(block: pd.DataFrame, cast: Cast) -> list[str]:
    """Rows of one collection: narrator, then by mean toward the first focus group, the rest last.

    Who does not speak of the first group is sorted after those who do, by the second, and so on.
    """
    places = {}
    for speaker, own in block.groupby("speaker"):
        target = next(t for t in cast.focus if (own["target"] == t).any())
        mean = own.loc[own["target"] == target, "mean"].iloc[0]
        last = {NARRATOR: -1, UNRESOLVED: 1, REST: 2}.get(speaker, 0)
        places[speaker] = (last, cast.focus.index(target), mean, speaker)
    return sorted(places, key=places.__getitem__)
