"""Verdicts: what the coders of a corpus hold together, from what each of them decided.

A verdict stands where no coder contradicts it. Where two contradict one another nobody is right by
number or by date: the machine's reading stays, and the contradiction is reported.
"""

from itertools import groupby
from operator import attrgetter

import pandas as pd

from analysis.corpus.decisions import COLUMNS, KEY, OF_TARGET, OF_VOICE, among


def in_full(decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions with what they imply about targets.

    Who gives a polarity toward somebody holds that the statement speaks of them. Who has confirmed
    a statement and gives none toward somebody whom another coder names there, holds that it does
    not. A polarity toward somebody of whom the same coder says that they are not meant is void, and
    so are speaker, group and act of what they call narration.
    """
    statement = ["sha256", "statement_start", "statement_end"]
    whose = [*statement, "target", "coder"]
    about = decisions[decisions["field"].isin(OF_TARGET)]
    said = about[about["field"] == "target"]
    rated = about[about["field"] == "polarity"]
    implied = rated[~among(rated, said, whose)].assign(field="target", value="yes")
    known = pd.concat([said, implied])
    done = decisions[decisions["field"] == "confirmed"].drop(columns="target")
    absent = done.merge(known[[*statement, "target"]].drop_duplicates(), on=statement)
    absent = absent[~among(absent, known, whose)].assign(field="target", value="no")
    void = among(decisions, said[said["value"] == "no"], whose) & (decisions["field"] == "polarity")
    told = decisions[(decisions["field"] == "kind") & (decisions["value"] == "narration")]
    void |= among(decisions, told, [*statement, "coder"]) & decisions["field"].isin(OF_VOICE)
    return pd.concat([decisions[~void], implied, absent[COLUMNS]], ignore_index=True)


def settle(decisions: pd.DataFrame) -> pd.DataFrame:
    """One row per statement, target and field: what the coders hold of it together.

    Returns
    -------
    DataFrame
        `KEY`, `article_id`; `value`, or where they contradict one another each one's; `coders`,
        joined by "; "; `agreed`, whether all gave the same value. `confirmed` is left out.
    """
    rows = []
    full = in_full(decisions)
    full = full[full["field"] != "confirmed"].sort_values([*KEY, "coder"], kind="stable")
    for key, own in groupby(full.itertuples(), attrgetter(*KEY)):
        given = list(own)
        agreed = len({row.value for row in given}) == 1
        each = "; ".join(f"{row.coder}: {row.value}" for row in given)
        value = given[0].value if agreed else each
        coders = "; ".join(row.coder for row in given)
        rows.append((*key, given[-1].article_id, value, coders, agreed))
    columns = [*KEY, "article_id", "value", "coders", "agreed"]
    return pd.DataFrame(rows, columns=columns).astype({"agreed": bool})
