"""A small dispute of invented people, and a scorer that needs no model, for tests of the whole."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.polarity.scorer import Item

CAST = """
title = "The harbour dispute"
focus = ["mayor", "union"]

[[group]]
id = "mayor"
name = "Mayor"
colour = "#AA4499"
marker = "o"

[[group]]
id = "union"
name = "Dockers"
colour = "#117733"
marker = "s"
roles = ["union official"]
collective = ["the dockers"]

[[actor]]
id = "vane"
name = "Ada Vane"
group = "mayor"
aliases = ["Vane"]
pronouns = "she"
[[actor.office]]
name = "Mayor of Port Ellis"
aliases = ["the mayor"]
from = 2019-01-01

[[actor]]
id = "holt"
name = "Ben Holt"
group = "union"
aliases = ["Holt"]
pronouns = "he"
"""

FIRST = """\
Talks between the mayor and the dockers broke down on Monday.

“The mayor has lied to us,” said Ben Holt. “We will not forget it.”

Vane said that Holt was a patient man. A union official called her offer “a good start.”
"""
SECOND = """\
Ada Vane walked out of the hall.

“Holt never listens,” the mayor said.
"""


class WordScorer:
    """Negative where the text says lied or never, positive where it says good or patient."""

    model, revision, target_aware = "words", "1", False

    def __init__(self) -> None:
        self.seen: list[Item] = []

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        self.seen += items
        return np.array([self._one(item.text) for item in items]).reshape(-1, 3)

    @staticmethod
    def _one(text: str) -> tuple[float, float, float]:
        if "lied" in text or "never" in text:
            return (0.8, 0.1, 0.1)
        return (0.1, 0.1, 0.8) if "good" in text or "patient" in text else (0.1, 0.8, 0.1)


def make_corpus(folder: Path) -> Path:
    """Two articles and their cast."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    (folder / "cast.toml").write_text(CAST, encoding="utf-8")
    for name, text in (("2020-01-02-talks", FIRST), ("2020-01-03-walk-out", SECOND)):
        front = f"---\ntitle: {name}\noutlet: Harbour Post\npublished: {name[:10]}\n---\n\n"
        (articles / f"{name}.md").write_text(front + text, encoding="utf-8")
    return folder
