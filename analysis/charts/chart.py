"""A finished chart: the figure, the table that it draws, and words for who cannot see it."""

import base64
import html
import io
from dataclasses import dataclass

import matplotlib.style
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.page import STYLE

SCREEN_DPI, PAPER_DPI = 144, 200


@dataclass(frozen=True)
class Chart:
    """What a chart function returns.

    Parameters
    ----------
    name : str
        Stem of its files, with the number it is published under: ``1-who-speaks``.
    figure : matplotlib.figure.Figure
    table : DataFrame
        Exactly what is drawn.
    alt : str
        Alternative text, computed from the table.
    title : str
        The finding, as printed above the chart.
    """

    name: str
    figure: Figure
    table: pd.DataFrame
    alt: str
    title: str

    def png(self, dpi: int = PAPER_DPI) -> bytes:
        """The picture; without dates or versions, so that the same chart is the same bytes."""
        return self._render("png", dpi=dpi, metadata={"Software": None, "Title": self.title})

    def svg(self) -> bytes:
        """The picture as vectors; letters are outlines, so that it needs no font."""
        about = {"Title": self.title, "Description": self.alt, "Date": None, "Creator": None}
        return self._render("svg", metadata=about)

    def _render(self, form: str, **options) -> bytes:
        buffer = io.BytesIO()
        with matplotlib.style.context(["default", STYLE]):
            self.figure.savefig(buffer, format=form, **options)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        """In a notebook: an image that a screen reader can read out."""
        picture = base64.b64encode(self.png(SCREEN_DPI)).decode("ascii")
        width = round(self.figure.get_figwidth() * 96)
        return (
            f'<img alt="{html.escape(self.alt, quote=True)}" width="{width}"'
            f' style="max-width:100%;height:auto" src="data:image/png;base64,{picture}">'
        )

    def __repr__(self) -> str:
        return f"Chart {self.name}: {self.alt}"
