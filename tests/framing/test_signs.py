"""How far signs agree with a reader's, and between which bounds."""

import numpy as np
import pytest

from analysis.framing.intervals import mean_interval
from analysis.framing.signs import MEASURES, measures, sign

GOLD = [-1, -1, -1, 0, 0, 1]
GIVEN = [-0.9, -0.5, 0.1, 0.2, 0.6, 0.8]


def test_a_weak_polarity_is_neutral():
    assert sign(np.array([-0.4, -1 / 3, 0.0, 1 / 3, 0.4])).tolist() == [-1, 0, 0, 0, 1]
    assert sign(np.array([-0.4, 0.4]), neutral=0.5).tolist() == [0, 0]


def test_measures_as_worked_by_hand():
    found = measures(GOLD, GIVEN, ["a"] * 6)
    assert sorted(found) == sorted(MEASURES)
    assert found["agreement"] == pytest.approx(4 / 6)
    assert found["macro_f1"] == pytest.approx((4 / 5 + 2 / 4 + 2 / 3) / 3)
    assert found["always_neutral"] == pytest.approx(2 / 6)
    assert found["neutral_macro_f1"] == pytest.approx((0 + 4 / 8 + 0) / 3)
    assert found["mean_absolute_error"] == pytest.approx((0.1 + 0.5 + 1.1 + 0.2 + 0.6 + 0.2) / 6)


def test_a_sign_that_nobody_gave_does_not_count():
    found = measures([0, 0, 1], [0, 0.5, 0.5], ["a"] * 3)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3) / 2)


@pytest.mark.parametrize(
    ("articles", "known"), [("aaaaaa", False), ("abcddd", False), ("abcdee", True)]
)
def test_few_articles_have_no_interval(articles, known):
    found = measures(GOLD, GIVEN, list(articles))
    ends = [key for key in found if key.endswith(("_low", "_high"))]
    assert len(ends) == 4 and all(np.isnan(found[key]) != known for key in ends)


def test_the_share_has_the_interval_of_a_mean():
    articles = np.arange(60) // 5
    gold = np.tile([-1, 0, 1], 20)
    given = np.where(np.arange(60) % 7 == 0, 0.0, gold)
    found, share = measures(gold, given, articles), mean_interval(gold == given, articles)
    assert found["agreement"] == share.estimate
    assert (found["agreement_low"], found["agreement_high"]) == (share.low, min(share.high, 1.0))


def test_articles_are_drawn_whole():
    # An article is wholly right or wholly wrong, so that what counts is the ten, not the hundred.
    gold = np.repeat([1, 1, 1, 1, 1, 1, -1, -1, -1, -1], 10)
    whole = measures(gold, np.ones(100), np.repeat(list("abcdefghij"), 10))
    single = measures(gold, np.ones(100), np.arange(100))
    for name in ("agreement", "macro_f1"):
        wide, narrow = (m[f"{name}_high"] - m[f"{name}_low"] for m in (whole, single))
        assert wide > 2 * narrow


def test_the_interval_is_of_the_whole_table_and_the_same_each_time():
    articles = np.arange(60) // 5
    gold = np.tile([-1, 0, 1], 20)
    given = np.where(np.arange(60) % 4 == 0, 0.0, gold)
    found = measures(gold, given, articles)
    assert found == measures(gold, given, articles)
    for name in ("agreement", "macro_f1"):
        assert 0 < found[f"{name}_low"] < found[name] < found[f"{name}_high"] < 1
