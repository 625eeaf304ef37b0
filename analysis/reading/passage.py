"""An article in runs, each with what is marked in it: statement, source, cue and mentions."""

from itertools import pairwise

import pandas as pd


def passage(text: str, row: dict, mentions: pd.DataFrame) -> list[dict]:
    """The whole text as runs of `text`, the `marks` on it, and the `target` that it mentions.

    Parameters
    ----------
    text : the article's
    row : a row of table `statements`
    mentions : that statement's rows of table `mentions`

    Returns
    -------
    list of dict
        `marks` are of "statement", "source" and "cue"; the runs' texts joined are `text`.
    """
    start, end = int(row["start"]), int(row["end"])
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    marks = [("statement", start, end)]
    for name in ("source", "cue"):
        if not pd.isna(row[f"{name}_start"]):
            marks.append((name, int(row[f"{name}_start"]), int(row[f"{name}_end"])))
    named = [(one.target, int(one.start), int(one.end)) for one in mentions.itertuples()]
    edges = {0, len(text), *(edge for _, *span in [*marks, *named] for edge in span)}
    runs = []
    for a, b in pairwise(sorted(edges)):
        run = {"text": text[a:b], "marks": [m for m, s, e in marks if s <= a and b <= e]}
        runs.append(run | {"target": next((t for t, s, e in named if s <= a and b <= e), "")})
    return runs
