"""A difference and the parts that add up to it, as bars on one scale."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts.page import BODY, SMALL, lines, wrap
from analysis.charts.palette import polarity_colour, theme
from analysis.framing.intervals import Interval

LINE, _VALUE = 0.24, 0.6  # inches: the least that a line takes, and room for a value

Sums = list[tuple[str, float]]  # the difference, then its parts: what each is, and how much


def sums_height(sums: Sums, half: float, width: float) -> float:
    """Inches that `draw_sums` will take."""
    return sum(_line(words, width - 2 * half) for words, _ in sums)


def draw_sums(
    canvas: Axes, y: float, sums: Sums, difference: Interval, half: float, width: float
) -> float:
    """Draw the sums from `y` down, the interval over the difference; returns where they end.

    Parameters
    ----------
    half, width : float
        Inches of the bars on either side of zero, and of the whole.
    """
    low, high, scale = difference.low, difference.high, scale_of(sums, difference, half)
    zero, bottom = width - half - _VALUE, y + sums_height(sums, half, width)
    canvas.add_line(Line2D([zero, zero], [y, bottom], color=theme().faint, lw=1.1))
    for i, (words, value) in enumerate(sums):
        room, first = width - 2 * half, i == 0
        height = _line(words, room)
        middle = y + height / 2
        y += height
        canvas.text(0 if first else 0.15, middle, "\n".join(_told(words, room)),
                    weight="bold" if first else "normal", va="center")  # fmt: skip
        draw_bar(canvas, zero, middle, value * scale)
        edge = max(0.0, value * scale)
        if first and not pd.isna(low):
            ends = [zero + low * scale, zero + high * scale]
            canvas.add_line(Line2D(ends, [middle, middle], color=theme().ink, lw=1.6))
            edge = max(edge, high * scale)
        canvas.text(zero + edge + 0.08, middle, number(value), size=SMALL,
                    weight="bold" if first else "normal", va="center_baseline")  # fmt: skip
    return bottom


def scale_of(sums: Sums, difference: Interval, half: float) -> float:
    """Inches for a unit of polarity, so that all bars and the interval find room in `half`."""
    ends = [value for _, value in sums] + [difference.low, difference.high]
    return half / max([*(abs(end) for end in ends if not pd.isna(end)), 1e-9]) * 0.98


def draw_bar(canvas: Axes, zero: float, middle: float, length: float) -> None:
    """A bar from zero, `length` inches to the right, or to the left where that is negative."""
    face = polarity_colour(0.6 if length > 0 else -0.6)
    canvas.add_patch(Rectangle((zero, middle - 0.075), length, 0.15, facecolor=face, lw=0))


def number(value: float, digits: int = 3) -> str:
    """With more decimals than a polarity: a single part may be little."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def _told(words: str, room: float) -> list[str]:
    return wrap(words, room - _VALUE - 0.15, BODY, bold=True)


def _line(words: str, room: float) -> float:
    return max(LINE, lines(BODY, len(_told(words, room))) + 0.06)
