"""Dots of nearly the same value, laid beside each other instead of upon each other."""

import numpy as np


def swarm(
    values: np.ndarray, room: float, spacing: float = 0.11, step: float = 0.055
) -> np.ndarray:
    """Offsets in [-room, room] from the line that the dots belong to.

    Dots within one step of each other alternate above and below the line, closer the more there
    are.

    Parameters
    ----------
    values : array [n]
    room, spacing : float
        Farthest offset, and the usual distance of neighbours; in units of the other axis.
    step : float
        In units of `values`; as wide as a dot.
    """
    offsets = np.zeros(len(values))
    bins = np.round(np.asarray(values, "float64") / step).astype(int)
    for place in np.unique(bins):
        inside = np.flatnonzero(bins == place)
        ranks = np.arange(len(inside)) - (len(inside) - 1) / 2
        offsets[inside] = ranks * min(spacing, 2 * room / max(len(inside) - 1, 1))
    return offsets
