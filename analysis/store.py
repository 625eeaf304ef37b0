"""A cache of scores on disk, so that a re-run reads only what changed."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from analysis.polarity.scorer import Item, Scorer

FOLDER = Path(".cache")
SLICE = 2048  # items that are scored before they are kept


class ScoreStore:
    """Remembers what a model said of an item, by the model's revision and the item's content.

    A cache file that is damaged is put aside, as `scores.damaged`, and begun anew; one that cannot
    be written is done without.
    """

    def __init__(self, folder: str | Path | None = FOLDER):
        self._path = Path(folder) / "scores.sqlite" if folder else None

    def score(self, scorer: Scorer, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Class probabilities [n, 3] of `items`, from the cache where it has them."""
        keys = [_key(scorer, item) for item in items]
        known = self._read(keys)
        fresh = {key: item for key, item in zip(keys, items, strict=True) if key not in known}
        left = list(fresh)
        for i in range(0, len(left), SLICE):  # so that whoever stops a long run keeps what is done
            part = left[i : i + SLICE]
            said = scorer.score([fresh[key] for key in part], progress=progress)
            new = dict(zip(part, said.tolist(), strict=True))
            self._write(new)
            known |= new
        return np.array([known[key] for key in keys], dtype=float).reshape(-1, 3)

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connected()
        except sqlite3.OperationalError:  # locked, or not to be written: another matter
            raise
        except sqlite3.DatabaseError:
            self._path.replace(self._path.with_suffix(".damaged"))
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS scores (key TEXT PRIMARY KEY, negative REAL,"
                " neutral REAL, positive REAL)"
            )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _read(self, keys: list[str]) -> dict[str, list[float]]:
        if not self._path:
            return {}
        try:
            with closing(self._open()) as connection:
                query = "SELECT negative, neutral, positive FROM scores WHERE key = ?"
                rows = ((key, connection.execute(query, (key,)).fetchone()) for key in keys)
                return {key: list(row) for key, row in rows if row}
        except (sqlite3.Error, OSError):
            return {}

    def _write(self, new: dict[str, list[float]]) -> None:
        if not self._path:
            return
        try:
            with closing(self._open()) as connection, connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?)",
                    [(key, *row) for key, row in new.items()],
                )
        except (sqlite3.Error, OSError):
            return


def _key(scorer: Scorer, item: Item) -> str:
    asked = [item.text, item.spans, item.target, item.narrated]
    content = json.dumps([scorer.model, scorer.revision, *asked])
    return hashlib.sha256(content.encode()).hexdigest()
