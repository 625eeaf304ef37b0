"""Keys: what the marks of a chart mean, set in a line above it and wrapped like text."""

from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts.page import SMALL, lines, width_of
from analysis.charts.palette import (
    contrast,
    group_colour,
    group_marker,
    polarity_colour,
    theme,
    tint,
)
from analysis.corpus.cast import Cast

_GAP, _PAD, _ROW = 0.26, 0.07, lines(SMALL) + 0.09
_SWATCH = 0.26


@dataclass(frozen=True)
class Key:
    """One entry: a mark and its meaning.

    Parameters
    ----------
    label : str
    shape : {"box", "line", "band"}
        A filled box, a line (with a marker if `style` names one), or a line in a band.
    style : dict
        Options of matplotlib's Rectangle or Line2D.
    """

    label: str
    shape: str = "box"
    style: dict = field(default_factory=dict)

    @property
    def width(self) -> float:
        return _SWATCH + _PAD + width_of(self.label, SMALL) + _GAP


def legend_height(keys: list[Key], width: float) -> float:
    """Inches that `draw_legend` will take."""
    return len(_rows(keys, width)) * _ROW


def draw_legend(canvas: Axes, keys: list[Key], width: float, x: float = 0, y: float = 0) -> None:
    """Draw the keys on a canvas whose units are inches, from (x, y) to the right and down."""
    for row, entries in enumerate(_rows(keys, width)):
        left, middle = x, y + (row + 0.5) * _ROW
        for key in entries:
            _draw(canvas, key, left, middle)
            at = (left + _SWATCH + _PAD, middle)
            canvas.text(*at, key.label, size=SMALL, color=theme().soft, va="center_baseline")
            left += key.width


def hatched(value: float = 0.0) -> dict:
    """How a box is filled whose mean shows little; its lines can be seen at zero too.

    They are pale, so that a mean of one statement does not outshine one that is clear.
    """
    colour = tint(polarity_colour(value), 0.55)
    edge = colour if contrast(colour, theme().paper) > 1.6 else tint(theme().faint, 0.6)
    return {"facecolor": theme().paper, "edgecolor": edge, "hatch": "////", "lw": 0.8}


def draw_mark(canvas: Axes, x: float, y: float, cast: Cast, group: str, size: float = 7.5) -> None:
    """A group's marker in its colour, centred on (x, y); it stands before the group's name."""
    edge = {"mec": theme().paper, "mew": 0.6}
    marker = group_marker(cast, group)
    # A star's points reach as far as a square's corners, but it looks much smaller.
    mark = {"marker": marker, "ms": size * (1.35 if marker == "*" else 1), **edge}
    canvas.add_line(Line2D([x], [y], color=group_colour(cast, group), ls="", **mark))


def polarity_bar(canvas: Axes, x: float, y: float, width: float) -> None:
    """The polarity map as a bar with its ends and its middle named; 0.36 inches tall."""
    canvas.imshow([[i / 100 - 1 for i in range(201)]], cmap=theme().polarity, vmin=-1, vmax=1,
                  extent=(x, x + width, y + 0.13, y), aspect="auto", zorder=2)  # fmt: skip
    for share, label, ha in [(0, "−1 against", "left"), (0.5, "0", "center"),
                             (1, "in favour +1", "right")]:  # fmt: skip
        at = (x + share * width, y + 0.18)
        canvas.text(*at, label, size=SMALL, color=theme().soft, ha=ha, va="top")


def _rows(keys: list[Key], width: float) -> list[list[Key]]:
    rows: list[list[Key]] = []
    room = 0.0
    for key in keys:
        if not rows or key.width - _GAP > room:
            rows.append([])
            room = width
        rows[-1].append(key)
        room -= key.width
    return rows


def _draw(canvas: Axes, key: Key, x: float, y: float) -> None:
    if key.shape == "box":
        canvas.add_patch(Rectangle((x, y - 0.065), _SWATCH, 0.13, **{"lw": 0} | key.style))
        return
    style = dict(key.style)
    if key.shape == "band":
        band = style.pop("band")
        canvas.add_patch(Rectangle((x, y - 0.065), _SWATCH, 0.13, lw=0, **band))
    single = style.get("ls") in ("", "none")
    ends = [x + _SWATCH / 2] if single else [x, x + _SWATCH]
    middle = [x + _SWATCH / 2] if "marker" in style else []
    line = {k: v for k, v in style.items() if not k.startswith("m")}
    mark = {k: v for k, v in style.items() if k.startswith("m")}
    if not single:
        canvas.add_line(Line2D(ends, [y, y], **line))
    if middle:
        canvas.add_line(Line2D(middle, [y], ls="", **mark))
