"""A second reader's polarities of what the gold's own reader has judged."""

from pathlib import Path

import pandas as pd

from analysis.corpus.articles import read_csv

FILE = "polarity_second.csv"
KEYS = ["sha256", "article_id", "statement", "target"]


def load_second(folder: str | Path) -> pd.DataFrame:
    """Read what a second reader holds of the gold's statements and targets.

    Returns
    -------
    DataFrame
        `KEYS` and `polarity`, -1, 0 or 1; empty where nobody has read a second time.

    Raises
    ------
    CorpusError
        When the file cannot be read as a CSV file or lacks a column.
    """
    file, columns = Path(folder) / FILE, [*KEYS, "polarity"]
    rated = read_csv(file, columns) if file.exists() else pd.DataFrame(columns=columns, dtype="str")
    return rated.astype({"statement": int, "polarity": int})
