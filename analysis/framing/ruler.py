"""One ruler: what a model says of narration, measured as it measures what people say.

In narration most sentences judge nobody, so a model may be set to find judgement there less
readily (`polarity.embedded`).  That is right for a level, and wrong for a difference between the
narrator and those who are quoted: part of it is then the setting's.  So such a difference is made
twice, with the setting and without, and is clear where it is both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.framing.intervals import Interval

#: What is added to the logits of negative, neutral and positive: nothing.
NONE = (0.0, 0.0, 0.0)


class Gap(NamedTuple):
    """A difference of two means: of the polarities as `scored`, and of those on one ruler."""

    scored: Interval
    level: Interval

    @property
    def sign(self) -> int:
        """1 or -1 where it is clear both ways; 0 where nothing is shown."""
        return self.scored.sign if self.scored.sign == self.level.sign else 0

    @property
    def least(self) -> float:
        """The smaller of the two in size."""
        return min(self.scored.estimate, self.level.estimate, key=abs)

    @property
    def torn(self) -> bool:
        """Whether it hangs on the ruler: clear by one and not, or the other way, by the other."""
        return self.scored.sign != self.level.sign


def unshifted(scores: np.ndarray, narration: Sequence[float]) -> np.ndarray:
    """Polarities [n] without what was added to the logits.

    Parameters
    ----------
    scores : array [n, 3]
        Probabilities of negative, neutral and positive.  They have four decimals, so that these
        polarities are good to some 0.005 where three was added.
    narration : what was added to the three logits
    """
    odds = np.asarray(scores, dtype="float64") * np.exp(-np.asarray(narration, dtype="float64"))
    return (odds[:, 2] - odds[:, 0]) / odds.sum(axis=1)


def twice(rows: pd.DataFrame, difference: Callable[[pd.DataFrame], Interval]) -> Gap:
    """A difference of `evidence` rows by their `polarity`, and by their `level`."""
    return Gap(difference(rows), difference(rows.assign(polarity=rows["level"])))
