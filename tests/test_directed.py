"""Who is for or against whom, from a scorer that is asked about each of two."""

import numpy as np
import pytest

from analysis.models.training.dse import (
    NONE,
    P_AGAINST_Q,
    P_FOR_Q,
    Q_AGAINST_P,
    Q_FOR_P,
    Directed,
)
from benchmarks.directed import decide, describe, measure

AGAINST, BIT_AGAINST, NEUTRAL, FOR = (
    (0.9, 0.1, 0.0),
    (0.6, 0.3, 0.1),
    (0.2, 0.6, 0.2),
    (0.0, 0.1, 0.9),
)


@pytest.mark.parametrize(
    ("toward_p", "toward_q", "expected"),
    [
        (NEUTRAL, NEUTRAL, NONE),
        (NEUTRAL, AGAINST, P_AGAINST_Q),
        (AGAINST, NEUTRAL, Q_AGAINST_P),
        (NEUTRAL, FOR, P_FOR_Q),
        (FOR, NEUTRAL, Q_FOR_P),
        (AGAINST, BIT_AGAINST, Q_AGAINST_P),  # the stronger one is the target
        (BIT_AGAINST, FOR, P_FOR_Q),
    ],
)
def test_the_one_who_is_judged_is_the_target(toward_p, toward_q, expected):
    assert decide(np.array([toward_p]), np.array([toward_q])).tolist() == [expected]


class Booing:
    """Against whoever stands right after "booed", neutral toward the others."""

    model, revision, target_aware = "booing", "1", True

    def score(self, items, progress=True):
        after = [item.text[: item.spans[0][0]].endswith("booed ") for item in items]
        return np.array([AGAINST if booed else NEUTRAL for booed in after])


def test_the_benchmark_measures_the_rule():
    text = "Crews booed Marsh."
    sentences = [
        Directed(text, (0, 5), (12, 17), P_AGAINST_Q),
        Directed(text, (12, 17), (0, 5), Q_AGAINST_P),
        Directed("Crews met Marsh.", (0, 5), (10, 15), NONE),
        Directed(text, (0, 5), (12, 17), Q_AGAINST_P),  # wrong, so that it costs something
        Directed("Crews booed  .", (0, 5), (12, 13), NONE),  # an entity of no word
    ]
    figures = measure(Booing(), sentences, progress=False)
    assert (figures["n"], figures["left_out"]) == (4, 1)
    assert figures["accuracy"] == 0.75
    # neither: 1; p against q: 2/3; q against p: 2/3; the other two are never met with: 0.
    assert figures["macro_f1"] == pytest.approx((1 + 2 / 3 + 2 / 3) / 5)
    assert figures["direction"] == pytest.approx(2 / 3) and figures["sign"] == 1
    assert "five-class macro-F1  46.7%" in describe(figures, "four")
