"""Where a chart's numbers come from, for its footnote: the texts, how many, and which model."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.charts.words import COLLECTIONS, PLAIN, capital, count, heading, the


@dataclass(frozen=True)
class Source:
    """The texts and the model behind a run.

    Parameters
    ----------
    articles : tuple of (collection, number of articles)
        The largest collection first; it is the one that titles speak of.
    model, revision : str
        The polarity model; empty where nothing was scored.
    """

    articles: tuple[tuple[str, int], ...] = ()
    model: str = ""
    revision: str = ""
    remarks: tuple[str, ...] = ()  # of the run, without a full stop: what could not be scored
    silent: int = 0  # articles that stand here without their words, by their stored analysis

    @property
    def collections(self) -> list[str]:
        return [name for name, _ in self.articles]

    @property
    def lead(self) -> str:
        """The collection that a title speaks of; empty where there are no articles."""
        return self.articles[0][0] if self.articles else ""

    def size(self, collection: str) -> int:
        """Number of articles of a collection."""
        return dict(self.articles).get(collection, 0)

    def heading(self, collection: str) -> str:
        """A collection as the head of a panel."""
        words = heading(collection, self.size(collection))
        return capital(words) if collection in COLLECTIONS else words

    def where(self) -> str:
        """How a title says which texts it speaks of."""
        if self.lead == PLAIN and self.size(PLAIN) == 1:
            return "In this article"
        return f"In {the(self.lead)}" if self.lead else "Without any articles"

    def notes(self, counted: str, scored: bool = True) -> list[str]:
        """Lines of the footnote.

        Parameters
        ----------
        counted : str
            The n of the chart in words.
        scored : bool
            Whether the chart shows polarity, so that the model must be named.
        """
        texts = "; ".join(heading(name, size) for name, size in self.articles) or "no texts"
        lines = [f"Source: {texts}. Counted: {counted}."]
        if "chronicle" in self.collections:
            lines.append(
                "The chronicle was written to try the method on: it says nothing about how any"
                " newspaper wrote." + self._press()
            )
        if scored and self.model:
            revision = f", revision {self.revision[:12]}" if self.revision else ""
            lines.append(f"Polarity is the estimate of a model: {self.model}{revision}.")
        return [*lines, *[f"{remark}." for remark in self.remarks]]

    def remarked(self, alt: str) -> str:
        """An alternative text with what the footnote remarks: a blind model's caution, too."""
        return " ".join([alt, *(f"{remark}." for remark in self.remarks)])

    def _press(self) -> str:
        if "press" not in self.collections or self.size("press") >= 10:
            return ""
        return (
            f" Nor do the {count(self.size('press'), 'press article')}: they show where your own"
            " would stand."
        )


def source_of(articles: pd.DataFrame, scores: pd.DataFrame, notes: Iterable[str] = ()) -> Source:
    """The source of a run, from its tables `articles` and `scores` and its notes.

    A note's folder (up to a colon) is left out: a chart travels, its folder does not.
    """
    sizes = articles.groupby("collection").size().sort_index()
    ordered = sizes.sort_values(ascending=False, kind="stable")
    first = scores.iloc[0] if len(scores) else {"model": "", "revision": ""}
    counts = tuple((str(name), int(size)) for name, size in ordered.items())
    remarks = tuple(capital(_without_folder(note)) for note in notes)
    silent = int((articles["text"] == "").sum())
    return Source(counts, first["model"], first["revision"], remarks, silent)


def _without_folder(note: str) -> str:
    folder, _, rest = note.partition(": ")
    return rest if rest and ("/" in folder or "\\" in folder) else note
