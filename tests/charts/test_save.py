"""Saving: six files, the same bytes each time, and words for who cannot see the picture."""

import html
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from matplotlib.text import Text
from nbconvert import HTMLExporter

from analysis.charts import framing, source_of, who_speaks
from analysis.charts.palette import DARK, LIGHT
from analysis.charts.save import save
from analysis.polarity.lexicon import LexiconScorer
from analysis.polarity.scorer import cautions


def draw(result):
    source = source_of(result.articles, result.scores)
    return who_speaks(result.statements, result.articles, result.cast, source)


@pytest.fixture(scope="module")
def chart(usual):
    return draw(usual)


def test_a_chart_is_saved_as_six_files_and_twice_the_same(usual, chart, tmp_path):
    first = save(chart, tmp_path / "one" / "deep")
    again = save(draw(usual), tmp_path / "two")
    assert [path.name for path in first] == [
        f"1-who-speaks{ending}"
        for ending in (".png", ".svg", "-dark.png", "-dark.svg", ".csv", ".alt.txt")
    ]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]


def test_the_files_hold_what_they_should(chart, tmp_path):
    png, svg, _, _, csv, alt = save(chart, tmp_path)
    data = png.read_bytes()
    width = int.from_bytes(data[16:20], "big")
    assert data.startswith(b"\x89PNG") and width == round(chart.figure.get_figwidth() * 200)
    text = svg.read_text("utf-8")
    assert ET.fromstring(text).tag.endswith("svg") and "<dc:date>" not in text
    assert html.escape(chart.title, quote=False) in text
    table = pd.read_csv(csv)
    assert list(table.columns) == list(chart.table.columns) and len(table) == len(chart.table)
    assert alt.read_text("utf-8") == chart.alt + "\n"


def test_the_alt_text_cautions_as_the_footnote_does(usual):
    source = source_of(usual.articles, usual.scores, cautions(LexiconScorer()))
    for drawn in (
        who_speaks(usual.statements, usual.articles, usual.cast, source),
        framing(usual.evidence, usual.cast, source=source),
    ):
        foot = " ".join(" ".join(t.get_text() for t in drawn.figure.findobj(Text)).split())
        (remark,) = source.remarks
        assert "not target-aware (VADER)" in remark
        assert f"{remark}." in foot and drawn.alt.endswith(f"{remark}.")


def test_the_dark_variant_says_the_same_on_dark_paper(chart):
    words = [[t.get_text() for t in one.findobj(Text)] for one in (chart.figure, chart.dark)]
    assert words[0] == words[1]
    light, dark = (imread(io.BytesIO(chart.png(40, dark)))[0, 0, :3] for dark in (False, True))
    assert tuple(light) == to_rgb(LIGHT.paper)
    assert np.allclose(dark, to_rgb(DARK.paper), atol=1 / 255)


def test_a_chart_that_was_drawn_once_says_so(chart):
    with pytest.raises(ValueError, match="no dark variant"):
        replace(chart, dark=None).png(dark=True)


def test_a_notebook_exported_to_html_keeps_the_alt_text(chart):
    shown = {"text/html": chart._repr_html_(), "text/plain": repr(chart)}
    output = nbformat.v4.new_output("display_data", shown)
    cell = nbformat.v4.new_code_cell("chart", outputs=[output])
    page, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    alts = [html.unescape(alt) for alt in re.findall(r'<img[^>]* alt="([^"]*)"', page)]
    assert alts == [chart.alt]


def test_words_that_look_like_a_formula_are_none(chart, tmp_path):
    table = chart.table.head(1).assign(content="=1+1")
    csv = save(replace(chart, table=table), tmp_path)[4]
    assert pd.read_csv(csv)["content"].tolist() == ["'=1+1"]


def test_a_notebook_gets_an_image_with_its_alt_text(chart):
    shown = chart._repr_html_()
    alt = re.search(r'alt="([^"]*)"', shown)[1]
    assert html.unescape(alt) == chart.alt and "data:image/png;base64," in shown


def test_callers_own_settings_change_nothing(usual):
    import matplotlib.pyplot as plt

    before = framing(usual.evidence, usual.cast, source_of(usual.articles, usual.scores)).png(50)
    with plt.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "none"}):
        after = framing(usual.evidence, usual.cast, source_of(usual.articles, usual.scores)).png(50)
        assert plt.rcParams["font.size"] == 30
    assert before == after and plt.get_fignums() == []
