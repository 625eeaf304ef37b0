"""The baseline: VADER, a lexicon of valence with rules for negation and emphasis.

Hutto and Gilbert, *VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
Text*, ICWSM 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.polarity.scorer import BLIND, LABELS, VADER, Item, clause

# VADER's own thresholds: neutral from -0.05 to 0.05.  A constant 0.35 = (1 + 0.05) / 3 for neutral
# makes it the most probable class exactly there.
_NEUTRAL = 0.35


class LexiconScorer:
    """VADER's compound valence of the clause around the first mention; target unknown to it.

    Its polarity is the compound valence, and its most probable class the one that VADER gives.
    """

    model, target_aware = VADER.upper() + BLIND, False

    def __init__(self) -> None:
        self.revision = version("vaderSentiment")
        self._analyser = SentimentIntensityAnalyzer()

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive."""
        texts = [item.text[slice(*clause(item.text, item.spans[0]))] for item in items]
        return probabilities(
            np.array([self._analyser.polarity_scores(text)["compound"] for text in texts])
        )


def probabilities(valence: np.ndarray) -> np.ndarray:
    """Probabilities [n, 3] from valences [n] in [-1, 1], with polarity equal to valence."""
    neutral = np.minimum(_NEUTRAL, 1 - np.abs(valence))
    rest = 1 - neutral
    out = np.stack([(rest - valence) / 2, neutral, (rest + valence) / 2], axis=1)
    return out.reshape(-1, len(LABELS))
