"""A mean with its interval: a diamond on a line, hollow and alone where articles are too few."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.legend import Key
from analysis.charts.palette import theme


def mean_keys() -> list[Key]:
    """What the two forms of the mark mean."""
    return [
        Key("mean and interval", "line", _diamond(True)),
        Key("mean; too few articles for an interval", "line", {"ls": "", **_diamond(False)}),
    ]


def draw_mean(
    ax: Axes,
    y: float,
    mean: float,
    ends: tuple[float, float],
    place: Callable[[float], float] = float,
) -> None:
    """Draw a mean and its interval at the height `y`; `place` says where a value stands on `ax`."""
    known = not pd.isna(ends[0])
    if known:
        ax.plot([place(end) for end in ends], [y, y], color=theme().ink, lw=1.6, zorder=4)
    ax.plot(place(mean), y, **_diamond(known), zorder=5)


def _diamond(known: bool) -> dict:
    ink, paper = theme().ink, theme().paper
    face = ink if known else paper
    return {"marker": "d", "ms": 6.5, "color": ink, "mec": ink, "mew": 1.1, "mfc": face}
