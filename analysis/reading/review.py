"""Review: a widget in the notebook that walks a coder through the statements.

The article's words travel in messages, never in the widget's state, so that no saved notebook
holds them.
"""

from pathlib import Path
from typing import Any

import anywidget

from analysis.reading.walk import Walk

ASSETS = Path(__file__).parent / "assets"


class Review(anywidget.AnyWidget):
    """A `Walk` to look at; its keys are shown below it."""

    _esm = ASSETS / "review.js"
    _css = ASSETS / "review.css"

    def __init__(self, walk: Walk):
        super().__init__()
        self.walk = walk
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: dict, __: Any) -> None:
        try:
            shown = self.walk.take(message)
        except Exception as error:  # else it would end in a log that nobody reads
            shown = {"said": {"error": f"{type(error).__name__}: {error}"}}
        self.send(shown | {"answer": message.get("ask", 0)})


def review(
    result: Any,
    coder: str,
    corpus: str | Path | None = None,
    article: str = "",
    order: str = "unsure",
    blind: bool = False,
) -> Review:
    """Walk through statements and correct them; each decision is in the coder's file at once.

    Parameters
    ----------
    result : what `pipeline.run` gives
    coder : who decides; lower-case letters, digits and hyphens
    corpus, article, order, blind : as for `walk.Walk`

    Raises
    ------
    CorrectionError, ValueError
        As `walk.Walk`.
    """
    return Review(Walk(result, coder, corpus, article, order, blind))
