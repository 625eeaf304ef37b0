"""The name audit of a corpus: which findings would change if people bore other names.

It scores every mention some thirty times, so that it is a command of its own; what it found is
kept in the corpus folder, and `run` marks the findings that the same model gave there.
"""

from functools import partial
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.corpus.cast import Cast
from analysis.framing import audit as names
from analysis.polarity import mentions as mentioning
from analysis.polarity.scorer import Item, Scorer

FILE = "audit.csv"
_KEYS = ["collection", "holder", "target", "n_statements"]
_TESTED = ["low", "high", "moved", "flips", "fragile"]  # missing where nothing was renamed
_COLUMNS = [*_KEYS, "polarity", "renamed", *_TESTED, "model", "revision"]


def own_names(cast: Cast) -> list[str]:
    """The people of the groups in focus, by whose names others are called in the audit."""
    people = (actor for actor in cast.actors.values() if actor.kind == "person")
    return [actor.name for actor in people if actor.group in cast.focus]


def rescored(
    items: dict[str, Item],
    cast: Cast,
    scorer: Scorer,
    actors: dict[str, str] | None = None,
    cache: str | Path | None = store.FOLDER,
    progress: bool = True,
) -> pd.DataFrame:
    """`framing.audit.rescore` by a scorer, with its scores kept in the cache."""
    score = partial(store.ScoreStore(cache).score, scorer, progress=progress)
    return names.rescore(items, own_names(cast), score, actors)


def audit(
    result, scorer: Scorer, cache: str | Path | None = store.FOLDER, progress: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The audit of a run's result, which the same scorer made.

    Mentions of people by name, office, title or description are renamed; an organisation or a
    group cannot bear a person's name.

    Returns
    -------
    said, findings : DataFrame
        As `framing.audit.rescore` and `framing.audit.findings` give them.
    """
    people = {actor.name for actor in result.cast.actors.values() if actor.kind == "person"}
    targets = result.mentions.set_index("mention_id")["target"]
    every = mentioning.items(result.articles, result.statements, result.mentions)
    items = {key: item for key, item in every.items() if targets[key] in people}
    said = rescored(items, result.cast, scorer, targets.to_dict(), cache, progress)
    tables = (result.articles, result.statements, result.mentions, result.scores)
    return said, names.findings(*tables, said)


def keep(findings: pd.DataFrame, scorer: Scorer, corpus: str | Path) -> Path:
    """Write the findings, with the model that they are of, into the corpus folder."""
    path = Path(corpus) / FILE
    made = findings.assign(model=scorer.model, revision=scorer.revision)
    made.to_csv(path, index=False, lineterminator="\n", float_format="%.4f")
    return path


def kept(corpus: str | Path) -> pd.DataFrame:
    """What an audit left in the corpus folder, as `keep` wrote it; empty where there was none.

    Columns that an earlier version did not write are missing throughout.
    """
    path = Path(corpus) / FILE
    if not path.is_file():
        return pd.DataFrame(columns=_COLUMNS)
    words = dict.fromkeys(("collection", "holder", "target", "model", "revision"), str)
    missing = {column: [""] for column in _TESTED}
    types = words | {"flips": "Int64", "fragile": "boolean"}
    table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=missing)
    return table.reindex(columns=_COLUMNS)


def mark(frames: pd.DataFrame, corpus: str | Path, scorer: Scorer) -> pd.DataFrame:
    """`frames` with the column `fragile`: missing where this finding was not audited.

    A finding is what it was if the model, its revision, the number of statements and the mean, to
    the four decimals that are kept, are.
    """
    known = kept(corpus).query("model == @scorer.model and revision == @scorer.revision")
    known = known.drop_duplicates(_KEYS).set_index(_KEYS)[["polarity", "fragile"]]
    then = dict(zip(known.index, known.itertuples(index=False, name=None), strict=True))
    found = []
    for *key, polarity in frames[[*_KEYS, "polarity"]].itertuples(index=False, name=None):
        mean, fragile = then.get(tuple(key), (float("nan"), pd.NA))
        found.append(fragile if abs(polarity - mean) < 1e-4 else pd.NA)
    return frames.assign(fragile=pd.array(found, dtype="boolean"))
