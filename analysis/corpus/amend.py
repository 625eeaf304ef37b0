"""Amend: the tables of a run with what people hold of them.

What a verdict changes is named in the row's `corrected`; what only confirms the machine changes
nothing, except that a polarity that a person has given is -1, 0 or 1 from then on: else the mean of
a corpus that people have read to the end would not be theirs.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.account import (
    AGREED,
    APPLIED,
    CONTRADICTED,
    KNOWN,
    OUTSIDE,
    OWN,
    UNRATED,
    VOICELESS,
)
from analysis.corpus.cast import Cast
from analysis.corpus.decisions import KEY, OF_TARGET
from analysis.tables import NARRATOR, NEUTRAL, OTHERS, SPEECH, UNRESOLVED, build, check

#: What a stance is as a polarity.
POLARITY = {"against": -1.0, "neutral": 0.0, "favour": 1.0}
NARRATION, NOBODY = "narration", "Unresolved"


@dataclass(frozen=True)
class Amended:
    """Statements, mentions and scores, and the account so far."""

    statements: pd.DataFrame
    mentions: pd.DataFrame
    scores: pd.DataFrame
    account: pd.DataFrame


def unchanged(result: Any) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Tables `statements`, `mentions` and `scores` of a run as the program made them.

    Where people have corrected them, `machine` has them as they were.
    """
    machine = getattr(result, "machine", {})
    names = ("statements", "mentions", "scores")
    return tuple(machine.get(name, getattr(result, name)) for name in names)


def in_cast(decisions: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Decisions with speakers and targets under the names that the cast has for them.

    Coders may have named somebody before the cast did, or before it called them otherwise.
    """

    def known(name: str) -> str:
        actor = cast.actor_called(name)
        return actor.name if actor else name

    frame = decisions.assign(target=[known(name) for name in decisions["target"]])
    spoken = frame["field"] == "speaker"
    frame.loc[spoken, "value"] = [known(name) for name in frame.loc[spoken, "value"]]
    return frame.drop_duplicates([*KEY, "coder"], keep="last").reset_index(drop=True)


def stance(polarity: float) -> str:
    """A polarity as against, neutral or favour."""
    return "neutral" if abs(polarity) <= NEUTRAL else "favour" if polarity > 0 else "against"


def voices(
    articles: pd.DataFrame, statements: pd.DataFrame, verdicts: pd.DataFrame, cast: Cast
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Statements with their speaker, kind and act as people hold them; and the account.

    Parameters
    ----------
    articles, statements : tables of these names
    verdicts : table `corrections` as `account.account` gives it
    """
    told = verdicts.to_dict("records")
    outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    rows = statements.set_index("statement_id", drop=False)
    mine = [one for one in told if one["statement_id"] and one["field"] not in OF_TARGET]
    changed: dict[str, dict] = {}
    for statement_id, own in _by(mine, "statement_id").items():
        row = rows.loc[statement_id].to_dict()
        outlet = outlets[row["article_id"]] or "Narrator"
        new, status = voice(row, _open(own), cast, outlet)
        _tell(own, row, status)
        fields = [field for field in status if status[field] == APPLIED]
        if fields:
            if any(new[key] != row[key] for key in ("speaker", "group")):
                all_coders = "; ".join(one["coders"] for one in own if one["field"] in fields)
                who = dict.fromkeys(all_coders.split("; "))
                new |= {"resolution": f"corrected by {', '.join(who)}"}
                new |= {"antecedent_start": pd.NA, "antecedent_end": pd.NA}
            changed[statement_id] = new | {"corrected": ";".join(fields)}
    records = [changed.get(row["statement_id"], row) for row in statements.to_dict("records")]
    frame = pd.DataFrame(records, columns=statements.columns)
    return (check("statements", frame) if changed else statements), build("corrections", told)


def _by(rows: list[dict], *names: str) -> dict:
    """Rows by what they have in the columns `names`."""
    groups: dict = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        groups.setdefault(key if len(names) > 1 else key[0], []).append(row)
    return groups


def _open(verdicts: list[dict]) -> dict[str, str]:
    """Field to value, of those that nothing stands against so far."""
    return {one["field"]: one["value"] for one in verdicts if not one["status"]}


def _tell(verdicts: list[dict], machine: dict, status: dict[str, str]) -> None:
    """Enter into the account what the machine had, and what became of each field."""
    for one in verdicts:
        one["machine"] = str(machine[one["field"]])
        one["status"] = one["status"] or status[one["field"]]


def voice(row: dict, said: dict, cast: Cast, outlet: str) -> tuple[dict, dict]:
    """A statement's row as `said` (field to value) has it, and what becomes of each field."""
    new, status = dict(row), {}
    new["kind"] = said.get("kind", row["kind"])
    if new["kind"] == NARRATION:
        if row["kind"] != NARRATION:
            new |= {"speaker": outlet, "group": NARRATOR, "named": True, "act": ""}
            new |= {"source": "", "cue": ""}
            new |= {
                f"{role}_{end}": pd.NA for role in ("source", "cue") for end in ("start", "end")
            }
        status |= {field: VOICELESS for field in said if field != "kind"}
    else:
        if row["kind"] == NARRATION:
            new |= {"speaker": NOBODY, "group": UNRESOLVED, "named": False, "act": SPEECH}
        new["act"] = said.get("act", new["act"])
        if "speaker" in said or "group" in said:
            group = said.get("group", "")
            speaker = said.get("speaker", new["speaker"])
            who = _speaker(speaker, group, new, cast)
            if group and group not in cast.groups:
                status["group"] = OUTSIDE
            elif group and who["group"] != group:
                status["group"] = KNOWN
            new |= who
    for field in ("speaker", "group", "kind", "act"):
        if field in said and field not in status:
            status[field] = AGREED if new[field] == row[field] else APPLIED
    return new, status


def _speaker(name: str, group: str, row: dict, cast: Cast) -> dict:
    """Speaker, group and named; `group` counts only for those whom the cast does not know."""
    if name == NOBODY:
        return {"speaker": name, "group": UNRESOLVED, "named": False}
    if actor := cast.actor_named(name):
        return {"speaker": name, "group": actor.group, "named": True}
    if whole := next((one for one in cast.groups.values() if one.name == name), None):
        return {"speaker": name, "group": whole.id, "named": False}
    same = row["group"] if name == row["speaker"] else OTHERS
    known = group if group in cast.groups else same
    named = row["named"] if name == row["speaker"] else not name.startswith("Unnamed ")
    return {"speaker": name, "group": known, "named": named}


def stances(
    tables: Amended, machine: dict[str, pd.DataFrame], cast: Cast, model: str, revision: str
) -> Amended:
    """The tables with targets and polarities as people hold them; completes the account.

    A polarity that a person gave is -1, 0 or 1, the model's too where they confirm it; the model's
    probabilities stay beside it. Where a person adds a target there are none, and the mention is
    an empty stretch at the statement's beginning.

    Parameters
    ----------
    tables : statements as `voices` gives them, their mentions and scores, and the account
    machine : mentions and scores of the statements as the program alone has them
    model, revision : of the scores, for those that are added
    """
    told = tables.account.to_dict("records")
    rows = tables.statements.set_index("statement_id")
    here = _polarities(tables.mentions, tables.scores).index
    alone = _polarities(machine["mentions"], machine["scores"])
    removed, rated, added = set(), {}, []
    mine = [one for one in told if one["statement_id"] and one["field"] in OF_TARGET]
    for key, own in _by(mine, "statement_id", "target").items():
        statement_id, target = key
        had = {"target": "no", "polarity": ""}
        if key in alone.index:
            had = {"target": "yes", "polarity": stance(alone[key])}
        open_ = _open(own)
        row, group = rows.loc[statement_id], group_of(target, cast)
        status = {name: AGREED if open_[name] == had[name] else APPLIED for name in open_}
        if open_.get("target") == "no":
            if key in here:
                removed.add(key)
        elif key in here:
            if "polarity" in open_:
                rated[key] = POLARITY[open_["polarity"]]
        elif row["kind"] != NARRATION and row["speaker"] == target:
            status = dict.fromkeys(open_, OWN)
        elif group is None:
            status = dict.fromkeys(open_, OUTSIDE)
        elif "polarity" not in open_ or "target" not in open_:
            torn = any(one["status"] == CONTRADICTED for one in own)
            status = dict.fromkeys(open_, CONTRADICTED if torn else UNRATED)
        else:
            added.append((*key, group, row["start"], POLARITY[open_["polarity"]]))
        _tell(own, had, status)
    account = build("corrections", told)
    if not (removed or rated or added):
        return replace(tables, account=account)
    fresh = [by_hand(*one, model, revision) for one in added]
    mentions, scores = _changed(tables, removed, rated)
    mentions = pd.concat([mentions, build("mentions", [one for one, _ in fresh])])
    scores = pd.concat([scores, build("scores", [one for _, one in fresh])])
    statements = tables.statements.copy()
    touched = {key[0] for key in removed} | {one[0] for one in added}
    moved = statements["statement_id"].isin(touched)
    before = statements.loc[moved, "corrected"]
    statements.loc[moved, "corrected"] = (before + ";target").str.lstrip(";")
    return Amended(
        statements,
        check("mentions", mentions.reset_index(drop=True)),
        check("scores", scores.reset_index(drop=True)),
        account,
    )


def _polarities(mentions: pd.DataFrame, scores: pd.DataFrame) -> pd.Series:
    """Mean polarity by statement and target."""
    where = mentions.merge(scores[["mention_id", "polarity"]], on="mention_id")
    return where.groupby(["statement_id", "target"])["polarity"].mean()


def group_of(target: str, cast: Cast) -> str | None:
    """Group id of an actor or a whole group of the cast."""
    if actor := cast.actor_named(target):
        return actor.group
    return next((group.id for group in cast.groups.values() if group.name == target), None)


def _changed(
    tables: Amended, removed: set[tuple[str, str]], rated: dict[tuple[str, str], float]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    mentions, scores = tables.mentions, tables.scores.copy()
    keys = list(zip(mentions["statement_id"], mentions["target"], strict=True))
    by_hand = pd.Series([rated.get(key, np.nan) for key in keys], index=mentions["mention_id"])
    given = scores["mention_id"].map(by_hand)
    scores["polarity"] = given.fillna(scores["polarity"])
    scores["corrected"] = scores["corrected"].mask(given.notna(), "polarity")
    gone = np.array([key in removed for key in keys], dtype=bool)
    scores = scores[~scores["mention_id"].isin(mentions.loc[gone, "mention_id"])]
    return mentions[~gone], scores


def by_hand(
    statement_id: str, target: str, group: str, start: int, polarity: float, model: str, rev: str
) -> tuple[dict, dict]:
    """The rows of `mentions` and `scores` of a target that a person has named and rated."""
    name = f"{statement_id}/{target}"
    mention = {"mention_id": name, "statement_id": statement_id, "target": target}
    mention |= {"target_group": group, "start": start, "end": start, "how": "by hand"}
    score = {"mention_id": name, "model": model, "revision": rev, "polarity": polarity}
    return mention, score | {"corrected": "target;polarity"}
