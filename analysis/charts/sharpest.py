"""The sharpest statements in their own words: numbered where they stand, and listed below."""

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.page import LEADING, SMALL, lines, wrap
from analysis.charts.palette import theme
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.frames import UNNAMED
from analysis.tables import NARRATOR

SHARP = 0.25  # polarity from which a statement may be labelled
LONGEST = 190  # letters of a quotation


def labelled(table: pd.DataFrame, statements: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """The table with `label`, 1, 2 ... for the sharpest in each column, and their `content`."""
    said = statements.set_index("statement_id")["content"]
    words = table["statement_id"].map(said).fillna("").str.split().str.join(" ")
    open_ = (words != "") & (table["collection"] != WITHHELD)
    label = pd.Series(pd.NA, index=table.index, dtype="Int64")
    for _, block in table[open_].groupby("collection"):
        number = 0
        for target in cast.focus:
            own = block[block["target"] == target].sort_values(["polarity", "statement_id"])
            ends = [*own.index[:1], *own.index[1:][-1:]]
            for at in [at for at in ends if abs(own.at[at, "polarity"]) >= SHARP]:
                number += 1
                label[at] = number
    return table.assign(label=label, content=words.where(label.notna(), ""))


def quotations(block: pd.DataFrame, cast: Cast) -> list[tuple[int, str]]:
    """(number, sentence) of each label: who says it, of whom, how it scores, and the words."""
    found = []
    for row in block[block["label"].notna()].sort_values("label").itertuples():
        group = row.person.removesuffix(UNNAMED) if row.person.endswith(UNNAMED) else row.group
        who = "Narrator" if row.speaker == NARRATOR else w.speaker_name(cast, row.person, group)
        said = shorten(w.sentence(row.content), LONGEST, placeholder=" …")
        words = f"{w.capital(who)} on {cast.group_phrase(row.target)}, {w.signed(row.polarity)}:"
        found.append((row.label, f"{words} {said}"))
    return found


def quotations_height(quotes: list[tuple[int, str]], width: float) -> float:
    """Inches that `draw_quotations` will take."""
    tall = (lines(SMALL, len(wrap(said, width - 0.3, SMALL))) + 0.05 for _, said in quotes)
    return sum(tall) + 0.15 * bool(quotes)


def draw_quotations(canvas: Axes, y: float, quotes: list[tuple[int, str]], width: float) -> None:
    """The list, from `y` down on a canvas whose units are inches."""
    for number, sentence in quotes:
        said = wrap(sentence, width - 0.3, SMALL)
        canvas.text(0.1, y, f"{number}", size=SMALL, weight="bold", ha="center", va="top")
        canvas.text(0.3, y, "\n".join(said), size=SMALL, color=theme().soft, va="top",
                    linespacing=LEADING * 0.95)  # fmt: skip
        y += lines(SMALL, len(said)) + 0.05
