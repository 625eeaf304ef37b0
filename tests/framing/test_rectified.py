"""Rectified means: those of full reading on average, however wrong the program is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from analysis.corpus import sampling
from analysis.corpus.cast_file import load_cast
from analysis.corpus.decisions import COLUMNS
from analysis.framing.rectified import FEWEST, rectified
from analysis.tables import build

from small import CAST  # isort: skip

STANCES = {-1.0: "against", 0.0: "neutral", 1.0: "favour"}
HOLT, VANE = ("Ben Holt", "union"), ("Ada Vane", "mayor")


@dataclass(frozen=True)
class Run:
    """As much of a run as is asked for; every statement is Holt's, of Vane."""

    cast: object
    articles: pd.DataFrame
    statements: pd.DataFrame
    mentions: pd.DataFrame
    scores: pd.DataFrame


@pytest.fixture
def cast(tmp_path):
    (tmp_path / "cast.toml").write_text(CAST, encoding="utf-8")
    return load_cast(tmp_path / "cast.toml")


def a_run(cast, polarities):
    """A run over `polarities` [articles, statements of each]."""
    names = [f"{i:02d}" for i in range(len(polarities))]
    places = [(a, j) for a, row in zip(names, polarities, strict=True) for j in range(len(row))]
    ids = [f"{a}/{j}" for a, j in places]
    articles = [
        {"article_id": a, "sha256": (a * 32), "text": "…", "collection": "mine", "outlet": "Post"}
        for a in names
    ]
    said = {"kind": "direct", "act": "speech", "speaker": HOLT[0], "group": HOLT[1], "named": True}
    statements = [
        {"statement_id": i, "article_id": a, "start": 9 * j, "end": 9 * j + 9} | said
        for i, (a, j) in zip(ids, places, strict=True)
    ]
    about = {"target": VANE[0], "target_group": VANE[1]}
    mentions = [{"mention_id": i, "statement_id": i} | about for i in ids]
    given = [p for row in polarities for p in row]
    scores = [
        {"mention_id": i, "model": "m", "polarity": p} for i, p in zip(ids, given, strict=True)
    ]
    tables = (articles, statements, mentions, scores)
    names = ("articles", "statements", "mentions", "scores")
    return Run(cast, *(build(name, rows) for name, rows in zip(names, tables, strict=True)))


def readings(run, polarities, how_many=None, coder="anna", **changes):
    """Decisions of a coder on the first statements in random order; None: not about Vane."""
    rows = sampling.in_random_order(run.statements, run.articles)
    made = []
    for row in rows.head(how_many if how_many is not None else len(rows)).itertuples():
        article, j = row.statement_id.split("/")
        polarity = polarities[int(article)][int(j)]
        said = [("confirmed", "", "yes"), *(("speaker", "", who) for who in changes.values())]
        said.append(("target", VANE[0], "no" if polarity is None else "yes"))
        if polarity is not None:
            said.append(("polarity", VANE[0], STANCES[polarity]))
        for field, target, value in said:
            about = (article * 32, article, row.start, row.end)
            made.append((*about, target, field, value, coder, "2020-01-02T00:00:00.000000Z"))
    return pd.DataFrame(made, columns=COLUMNS)


def cell(table, holder="union", target="mayor"):
    return table.set_index(["holder", "target"]).loc[(holder, target)]


def world(rng, size=12):
    """What people would read [size, 8], and a mild and noisy program's view of it."""
    truth = rng.choice([-1.0, 0.0, 1.0], size=(size, 8), p=[0.6, 0.3, 0.1])
    return truth, np.clip(0.4 * truth + 0.2 + rng.normal(0, 0.2, truth.shape), -1, 1)


def test_read_in_full_the_mean_is_the_readers(cast):
    truth, seen = world(np.random.default_rng(1))
    run = a_run(cast, seen)
    row = cell(rectified(run, readings(run, truth)))
    assert row["rectified"] == pytest.approx(truth.mean())
    assert row["polarity"] == pytest.approx(seen.mean(), abs=1e-6)
    assert row["read"] == row["n_statements"] == truth.size
    assert row["ci_low"] < truth.mean() < row["ci_high"] and row["reading"] == ""


def test_over_all_samples_it_is_right_where_the_program_is_not(cast, monkeypatch):
    truth, seen = world(np.random.default_rng(2), 6)
    run = a_run(cast, seen)
    found = []
    for draw in range(12):
        monkeypatch.setattr(sampling, "SALT", f"draw {draw}")
        row = cell(rectified(run, readings(run, truth, 16), resamples=39))
        found.append(row["rectified"])
        assert row["read"] == 16
    assert abs(seen.mean() - truth.mean()) > 0.4
    # The standard error of one draw is about 0.13, of the mean of twelve 0.04.
    assert np.mean(found) == pytest.approx(truth.mean(), abs=0.12)


def test_words_that_were_another_s_leave_the_cell(cast):
    truth = np.where(np.arange(8) < 4, -1.0, 1.0) * np.ones((6, 8))
    run = a_run(cast, truth)
    held = readings(run, truth)
    against = held["value"].eq("against")
    wrong = held.loc[against, [*COLUMNS[:4], "coder", "time"]]
    moved = wrong.assign(target="", field="speaker", value="Mara Oduya")
    table = rectified(run, pd.concat([held, moved])[COLUMNS])
    assert cell(table)["rectified"] == pytest.approx(1.0)
    assert cell(table, "others")["rectified"] == pytest.approx(-1.0)
    assert cell(table, "others")["n_statements"] == 0


def test_whom_it_does_not_speak_of_leaves_the_cell(cast):
    said = np.where(np.arange(8) < 4, 0.0, 1.0) * np.ones((6, 8))
    run = a_run(cast, said)
    meant = [[None if p == 0 else p for p in row] for row in said]
    assert cell(rectified(run, readings(run, meant)))["rectified"] == pytest.approx(1.0)


def test_two_who_differ_count_half_each(cast):
    against, favour = np.full((6, 4), -1.0), np.full((6, 4), 1.0)
    run = a_run(cast, np.zeros((6, 4)))
    both = pd.concat([readings(run, against), readings(run, favour, coder="ben")])
    assert cell(rectified(run, both))["rectified"] == pytest.approx(0.0)
    more = pd.concat([readings(run, against), readings(run, favour, 12, coder="ben")])
    assert cell(rectified(run, more))["rectified"] == pytest.approx(-0.5)


def test_what_was_read_elsewhere_is_no_sample(cast):
    run = a_run(cast, np.zeros((6, 4)))
    held = readings(run, np.full((6, 4), -1.0))
    first = sampling.in_random_order(run.statements, run.articles).iloc[0]
    here = held["article_id"].eq(first["article_id"])
    rest = held[~(here & held["statement_start"].eq(first["start"]))]
    assert rectified(run, rest).empty


def test_few_readings_give_no_mean_and_few_articles_no_interval(cast):
    run = a_run(cast, np.zeros((6, 4)))
    row = cell(rectified(run, readings(run, np.full((6, 4), -1.0), FEWEST - 1)))
    assert np.isnan(row["rectified"]) and "too few are read" in row["reading"]
    run = a_run(cast, np.zeros((4, 4)))
    row = cell(rectified(run, readings(run, np.full((4, 4), -1.0))))
    assert row["rectified"] == -1.0 and np.isnan(row["ci_low"])
    assert row["reading"] == "too few articles for an interval"


def test_nobody_has_read_anything(cast):
    run = a_run(cast, np.zeros((6, 4)))
    assert rectified(run, readings(run, [], 0)).empty
