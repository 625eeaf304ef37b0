"""Charts: each a function from a table to a matplotlib Figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.charts.article_strip import article_strip
from analysis.charts.chart import Chart
from analysis.charts.framing import framing
from analysis.charts.over_time import over_time
from analysis.charts.reporting_verbs import reporting_verbs
from analysis.charts.shared_quotations import shared_quotations
from analysis.charts.source import Source, source_of
from analysis.charts.stance_matrix import stance_matrix
from analysis.charts.statement_dots import statement_dots
from analysis.charts.who_speaks import who_speaks
from analysis.charts.word_shift import word_shift
from analysis.framing import shared

if TYPE_CHECKING:  # for the reader only: the pipeline stands above the charts
    from analysis.pipeline import Result

__all__ = ["Chart", "Source", "draw_all", "source_of"]


def draw_all(result: Result) -> list[Chart]:
    """Every chart of a run, in the order of their numbers."""
    source = source_of(result.articles, result.scores, result.notes)
    rows, cast = result.evidence, result.cast
    recurring = shared.shared_quotations(result.statements, result.articles, rows)
    return [
        who_speaks(result.statements, result.articles, cast, source),
        stance_matrix(result.frames, cast, source),
        statement_dots(rows, result.statements, cast, source),
        framing(rows, cast, source),
        article_strip(result.statements, result.articles, rows, cast, source),
        over_time(rows, cast, source),
        reporting_verbs(result.statements, result.articles, cast, source),
        word_shift(rows, result.statements, result.mentions, cast, source),
        shared_quotations(recurring, cast, source),
    ]
