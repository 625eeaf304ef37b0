"""How much rarer polarity is in narration than in the sentences that the model was trained on.

NewsMTSC's sentences were chosen for their polarity: 65 of 100 of its targets are not neutral.  Of
the people, places and organisations in plain news narration, few are judged.  Directed sentiment
(Park et al., EMNLP 2021) shows how few: an entity that another one is for or against is positive
or negative, and any other is neutral.  The shift is a bias for each class, fitted to that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.models.training.dse import Directed, charged, uncharged
from analysis.models.training.newsmtsc import Example
from analysis.polarity.scorer import softmax

SENTENCES = 1000  # so many are read, chosen at random
STEPS = 500


def sample(sentences: Sequence[Directed], seed: int, n: int = SENTENCES) -> list[Example]:
    """Give the entities of some sentences, charged or not as often as they are."""
    chosen = np.random.default_rng(seed).permutation(len(sentences))[:n]
    some = [sentences[i] for i in chosen]
    return charged(some) + uncharged(some)


def fit_shift(logits: np.ndarray, labels: np.ndarray) -> list[float]:
    """Biases of the classes, neutral's 0, with the greatest likelihood.

    At the maximum the mean probability of each class is its share of the labels.

    Parameters
    ----------
    logits : ndarray [n, 3]
        Already divided by the temperature.

    Raises
    ------
    ValueError
        When a class has no example.
    """
    share = np.bincount(labels, minlength=3) / len(labels)
    if not share.all():
        raise ValueError("Every class needs an example.")
    shift = np.zeros(3)
    for _ in range(STEPS):
        shift += np.log(share / softmax(logits + shift).mean(axis=0))
    return [round(float(b), 4) for b in shift - shift[1]]
