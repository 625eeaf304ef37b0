"""The lexicon: VADER's valence as probabilities, on the clause around the target."""

import numpy as np
import pytest

from analysis.polarity.lexicon import probabilities
from analysis.polarity.scorer import Item, Scorer, load_scorer, polarity


@pytest.mark.parametrize("valence", [-1.0, -0.7, -0.06, -0.04, 0.0, 0.04, 0.06, 0.5, 1.0])
def test_polarity_is_the_valence_and_the_class_is_vaders(valence):
    said = probabilities(np.array([valence]))
    assert (said >= 0).all() and said.sum() == pytest.approx(1)
    assert polarity(said)[0] == pytest.approx(valence)
    assert said.argmax() - 1 == (valence >= 0.05) - (valence <= -0.05)


def test_the_clause_around_the_target_decides():
    scorer = load_scorer("vader")
    assert isinstance(scorer, Scorer) and not scorer.target_aware
    assert scorer.model == "VADER (not target-aware)" and scorer.revision
    text = "The crowd loved the brave mayor, but nobody liked the awful speaker."
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("mayor", "speaker")]
    mayor, speaker = scorer.score([Item(text, (span,)) for span in spans])
    assert mayor.argmax() == 2 and speaker.argmax() == 0
    assert scorer.score([]).shape == (0, 3)
