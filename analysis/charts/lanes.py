"""The lanes of the article strip: a thread for each article, or, of many articles, their tenths."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.legend import hatched
from analysis.charts.page import SMALL
from analysis.charts.palette import polarity_colour, text_on, theme, tint
from analysis.framing.positions import TENTHS, tenths

MOST = 24  # articles that can be told apart in a lane; more are laid over one another


def parts(rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of a collection: its statements, or the tenths of its articles."""
    return rows if rows["article_id"].nunique() <= MOST else tenths(rows)


def lane_height(rows: pd.DataFrame) -> float:
    """Inches of one lane; more articles need a taller one."""
    if "tenth" in rows:
        return 0.44
    threads = max(rows["article_id"].nunique(), 1)
    return max(0.44, 0.034 * threads + 0.1)


def aside() -> tuple:
    """The colour of words about nobody in focus."""
    return tint(theme().faint, 0.5)


def draw_threads(ax: Axes, top: float, tall: float, own: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Every statement of a lane as a bar in the thread of its article."""
    order = {article: i for i, article in enumerate(dict.fromkeys(rows["article_id"]))}
    thread = (tall - 0.1) / len(order)
    for spoken, style in ((False, {"lw": 0}), (True, {"lw": 0.4, "edgecolor": theme().faint})):
        part = own[own["polarity"].notna() == spoken]
        bars = [
            Rectangle((row.begin, top + 0.05 + order[row.article_id] * thread),
                      row.finish - row.begin, thread * (0.86 if thread > 0.06 else 1))
            for row in part.itertuples()
        ]  # fmt: skip
        faces = [polarity_colour(value) for value in part["polarity"]] if spoken else aside()
        ax.add_collection(PatchCollection(bars, facecolor=faces, zorder=2 + spoken, **style))


def draw_tenths(ax: Axes, top: float, tall: float, own: pd.DataFrame, _: pd.DataFrame) -> None:
    """A cell for each tenth: its colour the mean polarity, its number the share of the words."""
    for row in own.itertuples():
        if row.share <= 0:
            continue
        box = ((row.tenth + 0.03) / TENTHS, top + 0.04)
        if not row.n_statements:
            fill = {"facecolor": aside(), "lw": 0}
        elif row.n_statements < w.FEW:
            fill = hatched(row.polarity)
        else:
            fill = {"facecolor": polarity_colour(row.polarity), "lw": 0}
        ax.add_patch(Rectangle(box, 0.94 / TENTHS, tall - 0.08, **fill))
        plate = {"facecolor": theme().paper, "lw": 0, "pad": 1}
        plated = {"bbox": plate} if "hatch" in fill else {}
        ax.text((row.tenth + 0.5) / TENTHS, top + tall / 2, w.percent(row.share).replace("under ",
                "<"), color=text_on(fill["facecolor"]), ha="center", va="center_baseline",
                size=SMALL, **plated)  # fmt: skip
