"""A second reader's polarities: how far two who read with care agree is as far as a method can."""

from pathlib import Path

import pandas as pd

from analysis.corpus.articles import read_csv
from analysis.corpus.gold import COMPARED, NARRATION, load_gold, measured, status
from analysis.corpus.signs import MEASURES
from analysis.tables import NEUTRAL

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


def compare_readers(
    articles: pd.DataFrame, folder: str | Path, neutral: float = NEUTRAL
) -> pd.DataFrame:
    """How far the second reader's polarities agree with the gold's, as `gold.compare_polarity`.

    Only over articles whose text is the one that was read; no rows where there is no second reader.
    """
    gold = load_gold(folder)
    kinds = gold.statements[["article_id", "statement", "kind"]]
    pairs = gold.polarity.merge(kinds, on=["article_id", "statement"], validate="many_to_one")
    here = [name for name, state in status(articles, gold).items() if state == COMPARED]
    second = load_second(folder).rename(columns={"polarity": "predicted"})
    pairs = pairs[pairs["article_id"].isin(here)].merge(second, on=KEYS, how="left")
    narrated = pairs["kind"] == NARRATION
    parts = {"speakers": pairs[~narrated], NARRATION: pairs[narrated], "all": pairs}
    rows = [{"voice": voice, **measured(some, neutral)} for voice, some in parts.items()]
    table = pd.DataFrame(rows, columns=["voice", "gold", "n", "articles", *MEASURES])
    return table if len(second) else table.iloc[:0]
