"""Account: of every verdict on a run's statements, what the machine had and what became of it.

A verdict is put on a statement of the same text and the same offsets, or on none.
"""

import pandas as pd

from analysis.tables import build

APPLIED, AGREED = "applied", "as the machine has it"
ASIDE = "set aside"  # corrections were not asked for
CONTRADICTED = "coders contradict one another"
ABSENT, CHANGED = "the article is not here", "the article's text has changed"
CUT = "the statement is cut otherwise now"
OUTSIDE = "not in the cast"
VOICELESS = "narration is the outlet's own; correct its kind, too"
KNOWN = "the cast says which group the speaker is in"
UNRATED = "a polarity is missing toward the target to add"
OWN = "nobody is their own target"
DONE = (APPLIED, AGREED, ASIDE)


def account(
    articles: pd.DataFrame, statements: pd.DataFrame, verdicts: pd.DataFrame
) -> pd.DataFrame:
    """Table `corrections` for the rows of `verdicts.settle`.

    `status` is the reason where a verdict cannot be put on; the others' is given by `amend.voices`
    and `amend.stances`.
    """
    texts = articles[["article_id", "sha256"]]
    known = statements[["statement_id", "article_id", "start", "end"]].merge(texts, on="article_id")
    keys = zip(known["sha256"], known["start"], known["end"], strict=True)
    names = zip(known["statement_id"], known["article_id"], strict=True)
    places = dict(zip(keys, names, strict=True))
    shas, names = set(articles["sha256"]), set(articles["article_id"])
    rows = []
    for row in verdicts.itertuples():
        key = (row.sha256, row.statement_start, row.statement_end)
        statement_id, article_id = places.get(key, ("", row.article_id))
        if statement_id:
            status = "" if row.agreed else CONTRADICTED
        else:
            status = CUT if row.sha256 in shas else CHANGED if article_id in names else ABSENT
        rows.append(
            {"article_id": article_id, "statement_id": statement_id, "start": key[1], "end": key[2]}
            | {name: getattr(row, name) for name in ("target", "field", "value", "coders")}
            | {"status": status}
        )
    return build("corrections", rows)


def notes(told: pd.DataFrame) -> list[str]:
    """The account in sentences: what was applied, and what was not and why."""
    applied, rest = told[told["status"] == APPLIED], told[~told["status"].isin(DONE)]
    number = "1 value is" if len(applied) == 1 else f"{len(applied)} values are"
    said = [f"{number} corrected by hand, by {_coders(applied)}"]
    for status, own in rest.groupby("status"):
        names = list(dict.fromkeys(own["article_id"]))
        where = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        number = "1 correction" if len(own) == 1 else f"{len(own)} corrections"
        said.append(
            f"{number} by {_coders(own)} not applied ({status}; {where}); table corrections lists"
            " each"
        )
    return said if len(applied) else said[1:]


def by_hand(scores: pd.DataFrame) -> list[str]:
    """A sentence on scores of which people gave some, but not all: what a mean of both is."""
    given = scores["corrected"].str.contains("polarity").sum()
    if given in (0, len(scores)):
        return []
    return [
        f"{given} of {len(scores)} polarities are as people gave them (-1, 0 or 1), the others the"
        " model's; means of both lie in between, and validate rectifies them by a random sample"
    ]


def _coders(told: pd.DataFrame) -> str:
    return ", ".join(sorted({name for who in told["coders"] for name in who.split("; ")}))
