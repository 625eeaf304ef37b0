"""The reading view: one article, as it was written, with its analysis marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.corpus.cast import Cast
from analysis.reading.render import fragment, render
from analysis.reading.view import ReadingError, View, view
from analysis.tables import UNRESOLVED

if TYPE_CHECKING:  # for the reader only: the pipeline stands above the reading
    from analysis.pipeline import Result

_LINE, _LEAST, _MOST = 80, 420, 760  # characters a line; pixels of a frame in a notebook


@dataclass(frozen=True)
class Reading:
    """One article to read: a page for a browser, and an output for a notebook."""

    view: View
    cast: Cast

    @property
    def html(self) -> str:
        """The whole page, which needs nothing beside itself."""
        return render("page.html", self.cast, view=self.view, title=self.view.about["title"])

    def save(self, path: str | Path) -> Path:
        """Write the page; its folder is made if need be."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.html, encoding="utf-8", newline="")
        return path

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that neither it nor the notebook styles the other.

        Viewers that allow no frames (a repository's preview of a notebook) show the same article
        as plain text, with every speaker named.
        """
        lines = sum(
            len(run.text) for part in self.view.paragraphs for piece in part for run in piece.runs
        ) / _LINE + 2 * len(self.view.paragraphs)
        height = round(min(max(_LEAST, 240 + 28 * lines), _MOST))
        return fragment("notebook.html", self.cast, view=self.view, page=self.html, height=height)

    def __repr__(self) -> str:
        voiced = [said for said in self.view.statements if not said.narrated]
        voices = {said.speaker for said in voiced if said.group != UNRESOLVED}
        whose = sum(said.group == UNRESOLVED for said in voiced)
        return (
            f"{self.view.about['title']}: {len(voiced)} statements of {len(voices)} speakers,"
            f"{f' {whose} of them of nobody known,' if whose else ''}"
            f" {len(self.view.statements) - len(voiced)} of the narrator"
        )


def show(result: Result, article_id: str) -> Reading:
    """The reading view of one article of a run.

    Raises
    ------
    ReadingError
        When the run has no such article.
    """
    rows = result.articles[result.articles["article_id"] == article_id].to_dict("records")
    if not rows:
        known = ", ".join(sorted(result.articles["article_id"])[:5]) or "none"
        raise ReadingError(
            f"there is no article {article_id!r} in this run; its articles are {known}"
            f"{' and others' if len(result.articles) > 5 else ''}"
        )
    made = view(rows[0], result.statements, result.mentions, result.scores, result.cast)
    return Reading(made, result.cast)
