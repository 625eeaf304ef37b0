"""All charts, at every size of dispute: they are drawn, whole, and nothing lies on anything."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def test_every_chart_is_drawn_with_its_words(every_size):
    names = [chart.name for chart in every_size]
    assert names == sorted(names) and len(set(names)) >= 6
    for chart in every_size:
        assert chart.title and chart.title in chart.alt
        assert "nan" not in chart.alt.lower().split() and "nan" not in chart.title


def test_no_text_lies_on_another_or_leaves_the_page(every_size, misplaced):
    for chart in every_size:
        assert misplaced(chart.figure) == [], chart.name
        assert chart.dark is not None and misplaced(chart.dark) == [], chart.name


def test_the_ruler_sees_what_is_wrong(misplaced):
    figure = Figure(figsize=(4, 2))
    FigureCanvasAgg(figure)
    for x, words in ((0.1, "one"), (0.12, "two"), (0.95, "out of the page")):
        figure.text(x, 0.5, words)
    assert misplaced(figure) == ["'out of the page' leaves the page", "'one' lies on 'two'"]
