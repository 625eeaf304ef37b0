"""All charts, at every size of dispute: they are drawn, whole, and nothing lies on anything."""

import pytest

from analysis.charts import draw_all


@pytest.fixture
def charts(dispute):
    return draw_all(dispute)


def test_every_chart_is_drawn_with_its_words(charts):
    names = [chart.name for chart in charts]
    assert names == sorted(names) and len(set(names)) == 5
    for chart in charts:
        assert chart.title and chart.title in chart.alt
        assert "nan" not in chart.alt.lower().split() and "nan" not in chart.title


def test_no_text_lies_on_another_or_leaves_the_page(charts, misplaced):
    for chart in charts:
        assert misplaced(chart.figure) == [], chart.name
