"""The cache of scores: what it takes for the same question, and what it does without a file."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from small import WordScorer

from analysis.polarity.scorer import Item
from analysis.store import ScoreStore

ITEM = Item("They say he lied.", ((9, 11),), "Ben Holt")
OTHER = Item("A good man.", ((7, 10),))


@pytest.fixture(params=["on disk", "in memory"])
def folder(request, tmp_path):
    return tmp_path / "cache" if request.param == "on disk" else None


def asked(store, *items, **called):
    """The items that reach the model, and what the store then gives."""
    scorer = WordScorer()
    vars(scorer).update(called)
    return scorer, store.score(scorer, items, progress=False)


def test_the_same_item_is_scored_once_and_stands_where_it_was_asked_for(folder):
    store = ScoreStore(folder)
    scorer, said = asked(store, ITEM, OTHER, ITEM)
    assert scorer.seen == [ITEM, OTHER]
    np.testing.assert_array_equal(said, WordScorer().score([ITEM, OTHER, ITEM]))
    scorer, again = asked(store, OTHER, ITEM)
    assert scorer.seen == []
    np.testing.assert_array_equal(again, said[[1, 0]])


def test_nothing_is_nothing(folder):
    scorer, said = asked(ScoreStore(folder))
    assert scorer.seen == [] and said.shape == (0, 3)


@pytest.mark.parametrize(
    "item",
    [
        Item(ITEM.text + " So.", ITEM.spans, ITEM.target),
        Item(ITEM.text, ((5, 8),), ITEM.target),
        Item(ITEM.text, (*ITEM.spans, (5, 8)), ITEM.target),
        Item(ITEM.text, ITEM.spans),
        Item(ITEM.text, ITEM.spans, ITEM.target, narrated=True),
    ],
    ids=["text", "mention", "another mention", "target", "narrated"],
)
def test_whatever_a_model_reads_makes_another_question(item):
    store = ScoreStore(None)
    asked(store, ITEM)
    assert asked(store, item)[0].seen == [item]


@pytest.mark.parametrize("called", [{"model": "other"}, {"revision": "2"}])
def test_another_model_is_asked_anew(called):
    store = ScoreStore(None)
    asked(store, ITEM)
    assert asked(store, ITEM, **called)[0].seen == [ITEM]


def test_two_runs_at_once_keep_what_both_have_scored(tmp_path):
    class Beside(WordScorer):
        def score(self, items, progress=True):
            asked(ScoreStore(tmp_path), ITEM)  # another run is quicker with one of them
            return super().score(items, progress)

    ScoreStore(tmp_path).score(Beside(), [ITEM, OTHER])
    assert asked(ScoreStore(tmp_path), ITEM, OTHER)[0].seen == []


def test_a_file_that_is_damaged_behind_its_beginning_is_begun_anew(tmp_path):
    items = [Item(f"He lied {i} times.", ((0, 2),)) for i in range(200)]
    asked(ScoreStore(tmp_path), *items)
    file = tmp_path / "scores.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:page] + b"?" * (len(whole) - page))
    scorer, said = asked(ScoreStore(tmp_path), *items)
    assert scorer.seen == items and len(said) == len(items)
    assert (tmp_path / "scores.damaged").stat().st_size == len(whole)
    assert asked(ScoreStore(tmp_path), *items)[0].seen == []


@pytest.mark.parametrize("in_the_way", ["a file for the folder", "a folder for the file"])
def test_without_a_place_to_keep_them_scores_are_given_all_the_same(tmp_path, in_the_way):
    folder = tmp_path / "cache"
    if in_the_way == "a file for the folder":
        folder.write_text("mine")
    else:
        (folder / "scores.sqlite").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    assert asked(ScoreStore(folder), ITEM)[0].seen == [ITEM]
    assert sorted(tmp_path.rglob("*")) == before
