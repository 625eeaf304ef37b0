"""A finished chart: the figure on light and dark paper, the table that it draws, and its words."""

import base64
import functools
import html
import io
from collections.abc import Callable
from dataclasses import dataclass, replace

import matplotlib.style
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.page import STYLE
from analysis.charts.palette import DARK, LIGHT, Theme, using
from analysis.charts.source import Source

SCREEN_DPI, PAPER_DPI = 144, 200


@dataclass(frozen=True)
class Chart:
    """What a chart function returns.

    Parameters
    ----------
    name : str
        Stem of its files, with the number it is published under: ``1-who-speaks``.
    figure : matplotlib.figure.Figure
        On light paper.
    table : DataFrame
        Exactly what is drawn.
    alt : str
        Alternative text, computed from the table; `drawn_twice` adds what the source remarks.
    title : str
        The finding, as printed above the chart.
    dark : matplotlib.figure.Figure
        The same on dark paper; `drawn_twice` adds it.
    """

    name: str
    figure: Figure
    table: pd.DataFrame
    alt: str
    title: str
    dark: Figure | None = None

    def png(self, dpi: int = PAPER_DPI, dark: bool = False) -> bytes:
        """The picture; without dates or versions, so that the same chart is the same bytes."""
        about = {"Software": None, "Title": self.title}
        return self._render("png", dark, dpi=dpi, metadata=about)

    def svg(self, dark: bool = False) -> bytes:
        """The picture as vectors; letters are outlines, so that it needs no font."""
        about = {"Title": self.title, "Description": self.alt, "Date": None, "Creator": None}
        return self._render("svg", dark, metadata=about)

    def _render(self, form: str, dark: bool, **options) -> bytes:
        figure = self.dark if dark else self.figure
        if figure is None:
            raise ValueError(f"chart {self.name} has no dark variant; decorate it `@drawn_twice`")
        buffer = io.BytesIO()
        with _house(DARK if dark else LIGHT):
            figure.savefig(buffer, format=form, **options)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        """In a notebook: an image that a screen reader can read out.

        It is the light one, on its own paper, which can be read on a dark page as well.
        """
        picture = base64.b64encode(self.png(SCREEN_DPI)).decode("ascii")
        width = round(self.figure.get_figwidth() * 96)
        return (
            f'<img alt="{html.escape(self.alt, quote=True)}" width="{width}"'
            f' style="max-width:100%;height:auto" src="data:image/png;base64,{picture}">'
        )

    def __repr__(self) -> str:
        return f"Chart {self.name}: {self.alt}"


def drawn_twice(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Run a chart function on light and on dark paper, and give one chart that holds both.

    Both are drawn under the house style, whatever the caller's own settings are. Table, alt text
    and title are those of the light one: colours are all that a theme may change. The alt text
    ends with the remarks of the chart's `Source`, as its footnote does.
    """

    @functools.wraps(draw)
    def both(*args, **kwargs) -> Chart:
        with using(LIGHT), _house(LIGHT):
            chart = draw(*args, **kwargs)
        source = next(a for a in (*args, *kwargs.values()) if isinstance(a, Source))
        with using(DARK), _house(DARK):
            dark = draw(*args, **kwargs).figure
        return replace(chart, alt=source.remarked(chart.alt), dark=dark)

    return both


def _house(theme: Theme):
    """The house style with the colours of `theme`, as a context."""
    return matplotlib.style.context(["default", STYLE, theme.settings])
