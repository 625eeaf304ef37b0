"""An article in runs."""

import pandas as pd
import pytest

from analysis.reading.passage import passage

TEXT = "“Holt is late,” the mayor said of Holt. Rain fell."


def row(start, end, **roles):
    edges = {f"{role}_{side}": pd.NA for role in ("source", "cue") for side in ("start", "end")}
    for role, words in roles.items():
        at = TEXT.index(words)
        edges |= {f"{role}_start": at, f"{role}_end": at + len(words)}
    return {"start": start, "end": end, **edges}


def mentions(*places):
    return pd.DataFrame(places, columns=["target", "start", "end"])


@pytest.mark.parametrize(
    ("one", "named"),
    [
        (row(0, 15, source="the mayor", cue="said"), mentions(("Ben Holt", 1, 5))),
        (row(39, 50), mentions()),
        (row(0, 15), mentions(("Ben Holt", 0, 0))),  # added by hand: an empty stretch
    ],
)
def test_runs_make_up_the_text(one, named):
    runs = passage(TEXT, one, named)
    assert "".join(run["text"] for run in runs) == TEXT
    assert all(run["text"] for run in runs)
    stated = "".join(run["text"] for run in runs if "statement" in run["marks"])
    assert stated == TEXT[one["start"] : one["end"]].strip()


def test_a_mention_inside_the_statement_is_both():
    runs = passage(TEXT, row(0, 15, cue="said"), mentions(("Ben Holt", 1, 5)))
    assert {"text": "Holt", "marks": ["statement"], "target": "Ben Holt"} in runs
    assert [run["text"] for run in runs if "cue" in run["marks"]] == ["said"]
