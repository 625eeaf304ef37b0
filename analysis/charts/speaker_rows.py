"""Rows by speaker: whose each of them is, and its label, which fits whatever the name."""

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.legend import draw_mark
from analysis.charts.page import BODY, SMALL, balance, lines, wrap
from analysis.corpus.cast import Cast
from analysis.framing.speakers import REST
from analysis.tables import NARRATOR, UNRESOLVED

LABEL, ROW = 1.95, 0.43  # inches: what the labels are wide, and a row tall


def speaker_labels(
    block: pd.DataFrame, rows: list[str], cast: Cast, name: str
) -> list[tuple[str, str]]:
    """(group, words) of each row of a collection `name`."""
    group = block.drop_duplicates("speaker").set_index("speaker")["group"]
    found = []
    for speaker in rows:
        if speaker == REST:
            others = block.loc[block["speaker"] == REST, "person"].nunique()
            words = w.count(others, "other speaker")
        elif speaker == NARRATOR:
            words = w.holder_name(cast, NARRATOR, name)
        elif speaker == UNRESOLVED:
            words = cast.group_name(UNRESOLVED)
        else:
            words = w.speaker_name(cast, speaker, group[speaker])
        found.append((group[speaker], words))
    return found


def draw_labels(canvas: Axes, top: float, labels: list[tuple[str, str]], cast: Cast) -> None:
    """Draw them from `top` down, each in its group's row, as large as the row has room for."""
    for i, (group, words) in enumerate(labels):
        middle = top + (i + 0.5) * ROW
        draw_mark(canvas, 0.1, middle, cast, group)
        bold = group == NARRATOR
        sizes = (BODY, SMALL, SMALL - 1.5)
        room = LABEL - (0.4 if bold else 0.32)
        fits = [s for s in sizes if lines(s, len(wrap(words, room, s, bold))) < ROW + 0.02]
        size = [*fits, sizes[-1]][0]
        rows = balance(words, room, size, bold)
        # No name of a person is longer; what is cut stands in the table and the alt text.
        text = "\n".join(rows if len(rows) < 4 else [*rows[:2], f"{rows[2]} …"])
        weight = "bold" if bold else "normal"
        canvas.text(0.3, middle, text, va="center", size=size, weight=weight)
