"""One ruler: what a setting added to narration is taken out, and what hangs on it is not clear."""

import numpy as np
import pandas as pd
import pytest
from told import told

from analysis.framing.frames import evidence
from analysis.framing.intervals import Interval
from analysis.framing.ruler import NONE, Gap, twice, unshifted
from analysis.polarity.embedded import EmbeddedScorer
from analysis.polarity.scorer import Item, narration

SHIFT = (-3.0, 0.0, -2.0)
UP, DOWN, OPEN = Interval(0.5, 0.1, 0.9), Interval(-0.5, -0.9, -0.1), Interval(0.1, -0.2, 0.4)
NONE_AT_ALL = Interval(0.5, np.nan, np.nan)


def test_what_was_added_is_taken_out():
    logits = np.array([[2.0, 0.5, -1.0], [0.0, 0.0, 3.0], [-4.0, 5.0, -4.0]])

    def softmax(values):
        odds = np.exp(values)
        return odds / odds.sum(axis=1, keepdims=True)

    before, after = softmax(logits), softmax(logits + SHIFT).round(4)
    expected = before[:, 2] - before[:, 0]
    assert unshifted(after, SHIFT) == pytest.approx(expected, abs=0.005)
    assert unshifted(before, NONE) == pytest.approx(expected)


def test_the_shipped_model_measures_the_same_words_alike():
    scorer = EmbeddedScorer()
    assert narration(scorer) == scorer.narration != NONE
    text = "The mayor betrayed the officers, and there is blood on his hands."
    said, written = scorer.score([Item(text, ((4, 9),)), Item(text, ((4, 9),), narrated=True)])
    assert written[1] > said[1]
    level = unshifted(written[None].round(4), scorer.narration)
    assert level == pytest.approx(said[2] - said[0], abs=0.005)


def test_a_scorer_without_such_a_setting_adds_nothing():
    assert narration(object()) == NONE


def test_only_narration_has_another_level():
    lines = [("", "", "He failed."), ("Ann Lee", "crews", "He failed.")]
    articles, statements, mentions, _ = told([(*line, {"about": {"town": -0.4}}) for line in lines])
    scores = pd.DataFrame(
        {
            "mention_id": mentions["mention_id"],
            "model": "m",
            "p_negative": 0.5001,
            "p_neutral": 0.4,
            "p_positive": 0.1,
            "polarity": -0.4,
            "corrected": "",
        }
    )
    narrated = set(statements.loc[statements["kind"] == "narration", "statement_id"])
    rows = evidence(articles, statements, mentions, scores, SHIFT, narrated).set_index("kind")
    assert rows.at["direct", "level"] == -0.4 == rows.at["narration", "polarity"]
    expected = unshifted(np.array([[0.5001, 0.4, 0.1]]), SHIFT)[0]
    assert rows.at["narration", "level"] == pytest.approx(expected)
    given = evidence(
        articles, statements, mentions, scores.assign(corrected="polarity"), SHIFT, narrated
    )
    assert given["level"].tolist() == given["polarity"].tolist()
    plain = evidence(articles, statements, mentions, scores, NONE, narrated)
    assert plain["level"].tolist() == plain["polarity"].tolist()


@pytest.mark.parametrize(
    ("scored", "level", "sign", "torn"),
    [
        (UP, UP, 1, False),
        (DOWN, DOWN, -1, False),
        (UP, OPEN, 0, True),
        (OPEN, DOWN, 0, True),
        (UP, DOWN, 0, True),
        (OPEN, OPEN, 0, False),
        (NONE_AT_ALL, NONE_AT_ALL, 0, False),
    ],
)
def test_a_gap_is_clear_where_it_is_so_by_both_rulers(scored, level, sign, torn):
    gap = Gap(scored, level)
    assert (gap.sign, gap.torn) == (sign, torn)


def test_a_difference_is_made_of_either_column():
    rows = pd.DataFrame({"polarity": [0.5], "level": [-0.25]})
    gap = twice(rows, lambda some: Interval(some["polarity"].item(), 0, 0))
    assert (gap.scored.estimate, gap.level.estimate) == (0.5, -0.25)
