"""A cache of scores on disk, so that a re-run reads only what changed."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from analysis.polarity.scorer import Item, Scorer

FOLDER = Path(".cache")
SLICE = 2048  # items that are scored before they are kept


class ScoreStore:
    """Remembers what a model said of an item, by the model's revision and the item's content.

    A cache file that is damaged is put aside, as `scores.damaged`, and begun anew; one that cannot
    be read or written is done without. Without a folder it remembers as long as it lives.
    """

    def __init__(self, folder: str | Path | None = FOLDER):
        self._path = Path(folder) / "scores.sqlite" if folder else None
        self._known: dict[str, list[float]] = {}

    def score(self, scorer: Scorer, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Class probabilities [n, 3] of `items`, from the cache where it has them."""
        keys = [_key(scorer, item) for item in items]
        self._read([key for key in keys if key not in self._known])
        asked = zip(keys, items, strict=True)
        fresh = {key: item for key, item in asked if key not in self._known}
        left = list(fresh)
        for i in range(0, len(left), SLICE):  # so that whoever stops a long run keeps what is done
            part = left[i : i + SLICE]
            said = scorer.score([fresh[key] for key in part], progress=progress)
            new = dict(zip(part, said.tolist(), strict=True))
            self._known |= new
            self._write(new)
        return np.array([self._known[key] for key in keys], dtype=float).reshape(-1, 3)

    def _read(self, keys: list[str]) -> None:
        def found(connection: sqlite3.Connection) -> dict[str, list[float]]:
            query = "SELECT negative, neutral, positive FROM scores WHERE key = ?"
            rows = ((key, connection.execute(query, (key,)).fetchone()) for key in keys)
            return {key: list(row) for key, row in rows if row}

        self._known |= self._do(found) or {}

    def _write(self, new: dict[str, list[float]]) -> None:
        rows = [(key, *row) for key, row in new.items()]
        insert = "INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?)"
        self._do(lambda connection: connection.executemany(insert, rows))

    def _do(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """What comes of `work` on the open file; None where there is none to work on."""
        if not self._path:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return self._done(work)
            except sqlite3.OperationalError:  # locked, or not to be written: another matter
                raise
            except sqlite3.DatabaseError:
                self._path.replace(self._path.with_suffix(".damaged"))
                return self._done(work)
        except (sqlite3.Error, OSError):
            return None

    def _done(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS scores (key TEXT PRIMARY KEY, negative REAL,"
                " neutral REAL, positive REAL)"
            )
            return work(connection)


def _key(scorer: Scorer, item: Item) -> str:
    asked = [item.text, item.spans, item.target, item.narrated]
    content = json.dumps([scorer.model, scorer.revision, *asked])
    return hashlib.sha256(content.encode()).hexdigest()
