"""Fragile: which means hang on the names of the people in the texts, for every chart and table."""

import pandas as pd

from analysis.charts.words import signed


def fragile(frames: pd.DataFrame) -> pd.Series:
    """Which means an audit has found to change their sign; missing where it tested nothing.

    What is shown without a sign has none to lose, so 0.00 is never fragile.
    """
    if "fragile" not in frames:
        return pd.Series(pd.NA, index=frames.index, dtype="boolean")
    found = frames["fragile"].astype("boolean")
    return found.mask(frames["polarity"].map(signed) == "0.00", found & False)
