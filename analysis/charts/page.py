"""The page that every chart stands on: title, subtitle, panels, footnote, all measured in inches.

Text is measured before it is set, and the page grows to hold it: nothing is shrunk, cut or laid
over something else, however long a name is.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path

from analysis.charts.palette import theme

STYLE = Path(__file__).resolve().parents[1] / "style" / "house.mplstyle"
WIDTH, MARGIN = 9.0, 0.3  # inches
TITLE, SUBTITLE, HEADING, BODY, SMALL = 15.0, 10.5, 10.5, 9.5, 8.0  # points
LEADING = 1.32  # line height over font size


@dataclass(frozen=True)
class Page:
    """A figure whose body is addressed in inches, from the body's top left corner."""

    figure: Figure
    top: float  # inches from the page's top to the body's

    @property
    def width(self) -> float:
        """Inches between the margins."""
        return self.figure.get_figwidth() - 2 * MARGIN

    def axes(self, x: float, y: float, width: float, height: float, **options) -> Axes:
        """Axes whose top left corner is at (x, y)."""
        w, h = self.figure.get_size_inches()
        bottom = h - self.top - y - height
        return self.figure.add_axes(
            ((MARGIN + x) / w, bottom / h, width / w, height / h), **options
        )

    def canvas(self, height: float) -> Axes:
        """Invisible axes over the whole body whose units are inches, y pointing down."""
        ax = self.axes(0, 0, self.width, height, xlim=(0, self.width), ylim=(height, 0))
        ax.set_axis_off()
        ax.set_autoscale_on(False)
        return ax

    def text(self, x: float, y: float, words: str, size: float = BODY, **options) -> None:
        """Words whose top is at `y`; they start at `x` unless `ha` says otherwise."""
        w, h = self.figure.get_size_inches()
        options = {"va": "top", "linespacing": LEADING * 0.95} | options
        self.figure.text((MARGIN + x) / w, 1 - (self.top + y) / h, words, size=size, **options)


def make_page(
    title: str, subtitle: str, notes: list[str], body: float, width: float = WIDTH
) -> Page:
    """A page with its words set, and `body` inches left free between subtitle and footnote."""
    inner = width - 2 * MARGIN
    head = balance(title, inner, TITLE, bold=True)
    sub = balance(subtitle, inner, SUBTITLE)
    foot = [line for note in notes if note for line in wrap(note, inner, SMALL)]
    head_top = 0.34
    sub_top = head_top + len(head) * lines(TITLE) + 0.06
    top = sub_top + len(sub) * lines(SUBTITLE) + 0.22
    foot_top = top + body + 0.22
    height = foot_top + len(foot) * lines(SMALL) + 0.24
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    page = Page(figure, 0.0)
    short = ((MARGIN) / width, (MARGIN + 0.55) / width)
    thick = {"color": theme().ink, "lw": 4, "transform": figure.transFigure}
    figure.add_artist(Line2D(short, [1 - 0.17 / height] * 2, **thick))
    across = (MARGIN / width, 1 - MARGIN / width)
    thin = {"color": theme().rule, "lw": 1, "transform": figure.transFigure}
    figure.add_artist(Line2D(across, [1 - (foot_top - 0.1) / height] * 2, **thin))
    page.text(0, head_top, "\n".join(head), TITLE, weight="bold")
    page.text(0, sub_top, "\n".join(sub), SUBTITLE, color=theme().soft)
    page.text(0, foot_top, "\n".join(foot), SMALL, color=theme().soft)
    return Page(figure, top)


def lines(size: float, count: int = 1) -> float:
    """Height in inches of `count` lines at `size` points."""
    return count * size * LEADING / 72


@functools.lru_cache(maxsize=4096)
def width_of(words: str, size: float, bold: bool = False) -> float:
    """Width in inches of one line; a little more than its outlines, since pixels round up."""
    if not words.strip():
        return 0.0
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return text_to_path.get_text_width_height_descent(words, font, False)[0] / 72 * 1.02


def wrap(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Lines no wider than `width` inches; a word breaks at its hyphens, or anywhere if it must."""
    done: list[str] = []
    line, used = "", 0.0
    space = width_of("n n", size, bold) - width_of("nn", size, bold)
    for word, gap in _pieces(words):
        while width_of(word, size, bold) > width and len(word) > 1:
            cut = next(
                (n for n in range(len(word) - 1, 1, -1)
                 if width_of(word[:n] + "-", size, bold) <= width),
                1,
            )  # fmt: skip
            done += [line] * bool(line) + [word[:cut] + "-"]
            line, word, used = "", word[cut:], 0.0
        # Widths are added up: measuring each line that might be is slow, and tells the same.
        wider = used + space * len(gap) + width_of(word, size, bold)
        if line and wider > width:
            done.append(line)
            line, used = word, width_of(word, size, bold)
        elif line:
            line, used = f"{line}{gap}{word}", wider
        else:
            line, used = word, width_of(word, size, bold)
    return [*done, line] if line or not done else done


def _pieces(words: str) -> list[tuple[str, str]]:
    """(piece, what stands before it): words, and the parts of a hyphenated word."""
    split = [re.findall(r"[^-]*-+|[^-]+", word) for word in words.split()]
    return [(part, "" if i else " ") for parts in split for i, part in enumerate(parts)]


def balance(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Wrapped into no more lines than need be, each about as long as the next."""
    least = wrap(words, width, size, bold)
    longest = max((width_of(word, size, bold) for word, _ in _pieces(words)), default=0.0)
    for narrower in [width * share / 100 for share in range(40, 100, 4)]:
        if narrower < longest:  # a word would be broken that need not be
            continue
        trial = wrap(words, narrower, size, bold)
        if len(trial) == len(least):
            return trial
    return least


def polarity_axis(ax: Axes, labels: bool = True, vertical: bool = False) -> None:
    """Set up the polarity scale: always [-1, 1], zero marked, its two ends named."""
    ticks = [-1, -0.5, 0, 0.5, 1]
    names = ["−1", "−0.5", "0", "+0.5", "+1"] if labels else []
    axis = ax.yaxis if vertical else ax.xaxis
    (ax.set_ylim if vertical else ax.set_xlim)(-1.04, 1.04)
    axis.set_ticks(ticks, names if labels else [""] * 5)
    ax.grid(axis="y" if vertical else "x")
    (ax.axhline if vertical else ax.axvline)(0, color=theme().faint, lw=1.1, zorder=1)


def name_ends(ax: Axes, pad: float = 0.26) -> None:
    """Write "against" and "in favour" under the ends of a horizontal polarity axis."""
    height = ax.get_window_extent().height / ax.figure.dpi
    at = {"y": -pad / height, "transform": ax.get_xaxis_transform(), "size": SMALL, "va": "top"}
    ax.text(-1, s="← against", color=theme().against, ha="left", **at)
    ax.text(1, s="in favour →", color=theme().favour, ha="right", **at)
