"""Coders: how far people agree with one another, and the machine with them.

Krippendorff's alpha is 1 where coders agree always and 0 where they agree as often as chance would
have it. It is reliable from 0.8, and from 0.667 good for tentative conclusions (Krippendorff,
*Content Analysis*, 2nd edition 2004, p. 241).

The files do not tell who coded blind. Who saw the program's reading has often merely left it as it
was, and of two who did so these figures say how far they correct alike, not how far they judge so.
"""

import numpy as np
import pandas as pd

from analysis.corpus.account import AGREED, APPLIED, ASIDE, CONTRADICTED
from analysis.corpus.decisions import VALUES
from analysis.corpus.verdicts import in_full
from analysis.framing.agreement import alpha as alpha_of
from analysis.framing.intervals import mean_interval

#: field -> level of measurement.
LEVELS = {
    **dict.fromkeys(("speaker", "group", "kind", "act", "target"), "nominal"),
    "polarity": "ordinal",
}
UNIT = ["sha256", "statement_start", "statement_end", "target"]
#: With fewer units one slip moves alpha by more than the distance between the two bounds.
FEWEST = 20
RELIABLE, TENTATIVE = 0.8, 0.667
COLUMNS = ["field", "level", "coders", "units", "n", "same", "alpha", "reading"]


def units(decisions: pd.DataFrame, field: str) -> pd.DataFrame:
    """What each coder gave to each unit: a row per unit, a column per coder, missing where none.

    A unit is a statement; of targets, a statement and somebody whom a coder or the program named
    there; of polarities, a statement and a target.

    Who has confirmed a statement has read it to the end, and gives "no" to whomever another coder
    alone has named, be it somebody whom the cast did not know yet: the files do not tell that. Of
    who has not confirmed it, this cannot be known, and the value is missing.
    """
    full = in_full(decisions)
    mine = full[full["field"] == field]
    return mine.pivot(index=UNIT, columns="coder", values="value")


def agreement(decisions: pd.DataFrame) -> pd.DataFrame:
    """How far the coders agree, by field.

    Parameters
    ----------
    decisions : as `corpus.corrections.read` gives them, with the cast's names (`amend.in_cast`)

    Returns
    -------
    DataFrame
        `field`; `level` of measurement; `coders` who gave it, and `units` that any of them did;
        `n`, the units that two or more gave; of these, the share with the `same` value from all;
        `alpha`, missing where it is undefined; its `reading` in words. Alpha of targets is of more
        units, see `with_unnamed`. Polarities are compared where two see the same target.
    """
    rows = []
    for field, level in LEVELS.items():
        given = units(decisions, field)
        both = given[given.notna().sum(axis=1) >= 2]
        same = (both.nunique(axis=1) == 1).mean() if len(both) else np.nan
        value = alpha(with_unnamed(decisions, both) if field == "target" else both, field)
        counts = (given.shape[1], len(given), len(both))
        rows.append((field, level, *counts, same, value, _reading(both, value)))
    return pd.DataFrame(rows, columns=COLUMNS)


def with_unnamed(decisions: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Units of targets, and those whom nobody named: who occurs here, in all that was confirmed.

    What chance would give cannot be told from the units that somebody named: of these nearly all
    are "yes", and coders who differ on one in ten would seem to agree no better than chance. With
    the others, and the more, the more there are, alpha is the share of a coder's targets that
    another names as well (Hripcsak and Rothschild, *JAMIA* 12, 2005).
    """
    names = named.index.unique("target").to_frame(index=False)
    read = decisions[decisions["field"] == "confirmed"].drop(columns="target")
    unnamed = read.merge(names, how="cross").assign(value="no")
    return named.combine_first(unnamed.pivot(index=UNIT, columns="coder", values="value"))


def alpha(both: pd.DataFrame, field: str) -> float:
    """Krippendorff's alpha of a table of units by coders; NaN without two values to tell apart."""
    values = VALUES[field] or tuple(sorted(set(both.stack())))
    codes = both.apply(lambda column: column.map({v: i for i, v in enumerate(values)}))
    return alpha_of(codes.astype(float), LEVELS[field], cluster=None)["alpha"]


def _reading(both: pd.DataFrame, value: float) -> str:
    if both.empty:
        return "no unit has two coders"
    if np.isnan(value):
        return "undefined: all gave the same value everywhere"
    if len(both) < FEWEST:
        return f"too few units to tell (under {FEWEST})"
    if value >= RELIABLE:
        return "reliable"
    return "tentative" if value >= TENTATIVE else "not reliable"


def against_machine(corrections: pd.DataFrame) -> pd.DataFrame:
    """How often the machine has what people hold, by field.

    People see the statements that the machine is least sure of first, unless they ask for another
    order: then this is how often it is right where it doubts, not in the whole corpus.

    Parameters
    ----------
    corrections : table of this name, of a run

    Returns
    -------
    DataFrame
        `field`; `n`, the units with a verdict on which no two coders differ; in how many
        `n_articles`; how many more are `contradicted`, and left out; the share in which the machine
        has the `same` value, and its 95% interval by article, `ci_low` and `ci_high`; its `reading`
        in words.
    """
    open_ = corrections[corrections["status"] == CONTRADICTED].value_counts("field")
    held = corrections[corrections["status"].isin([AGREED, APPLIED, ASIDE])]
    held = held[held["machine"] != ""]
    rows = []
    for field in LEVELS:
        own = held[held["field"] == field]
        same = (own["machine"] == own["value"]).to_numpy(dtype=float)
        mean = mean_interval(same, own["article_id"].to_numpy(), bounds=(0.0, 1.0))
        reading = "nobody has coded it" if own.empty else ""
        if 0 < len(own) < FEWEST:
            reading = f"too few units to tell (under {FEWEST})"
        counts = (len(own), own["article_id"].nunique(), open_.get(field, 0))
        rows.append((field, *counts, mean.estimate, mean.low, mean.high, reading))
    counted = ("n", "n_articles", "contradicted")
    columns = ["field", *counted, "same", "ci_low", "ci_high", "reading"]
    return pd.DataFrame(rows, columns=columns)
