"""The report: every number leads to its statements, and every statement to its article."""

from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import unquote

import pandas as pd
import pytest
from synthetic import make

from analysis.charts import draw_all
from analysis.reading.report import ROWS, report
from analysis.reading.view import anchor

from .hostile import HIT, Page


@pytest.fixture(scope="module")
def charts(small):
    return draw_all(small)


@pytest.fixture(scope="module")
def page(small, charts):
    return Page(report(small, charts))


def test_each_link_leads_to_one_place(page):
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = [unquote(href) for href in page.values("href")]
    assert links and all(href.startswith("#") for href in links)
    assert {href[1:] for href in links} <= set(ids)


def test_each_cell_of_the_matrix_lists_its_statements(small):
    page = Page(report(small, []))  # the charts' tables link to statements, too
    ids, hrefs = page.values("id"), page.values("href")
    for frame in small.frames.itertuples():
        cell = f"c-{frame.collection}.{frame.holder}.{frame.target}"
        assert ids.count(cell) == 1 and hrefs.count(f"#{cell}") == 1
    spoken = small.evidence.groupby(["statement_id", "target_group"]).ngroups
    listed = [href for href in hrefs if href.startswith("#s-")]
    assert len(listed) == spoken == small.frames["n_statements"].sum()
    assert set(listed) == {f"#{anchor(name)}" for name in small.evidence["statement_id"]}


def test_each_chart_is_there_light_and_dark_with_its_words(page, charts):
    images = [about for tag, about in page.elements if tag == "img"]
    dark = [about for tag, about in page.elements if tag == "source"]
    assert [image["alt"] for image in images] == [chart.alt for chart in charts]
    assert len(dark) == len(images) == len({image["src"] for image in images})
    for image, source in zip(images, dark, strict=True):
        assert image["src"].startswith("data:image/webp;base64,")
        assert source["srcset"] != image["src"] and "dark" in source["media"]
    headers = page.text("thead")
    assert all(column in headers for chart in charts for column in chart.table.columns)


def test_each_article_is_there_to_the_letter(small, page):
    assert page.text("div text") == "".join(small.articles["text"])


def test_a_hostile_article_stays_text(hostile):
    bare = report(hostile, [])
    page = Page(bare)
    assert page.text("div text") == "".join(hostile.articles["text"])
    assert HIT not in page.text("script")
    assert [a.get("type") for tag, a in page.elements if tag == "script"].count(None) == 1
    assert not {"img", "svg", "iframe", "object"} & {tag for tag, _ in page.elements}
    assert not [name for _, about in page.elements for name in about if name.startswith("on")]


def test_only_fragile_cells_are_marked(small):
    audit = pd.array([True, *[pd.NA] * (len(small.frames) - 2), False], dtype="boolean")
    frames = small.frames.assign(fragile=audit, polarity=0.5)
    page = report(replace(small, frames=frames), [])
    assert page.count("†") == 1 and report(small, []).count("†") == 0


def test_what_shows_no_sign_is_fragile_in_no_place(small):
    frames = small.frames.assign(fragile=True, polarity=0.004)
    assert "†" not in report(replace(small, frames=frames), [])


def test_only_means_whose_interval_leaves_out_zero_are_bold(small):
    bounds = {"ci_low": [-0.6, -0.6], "ci_high": [-0.1, 0.1]}
    none = [float("nan")] * (len(small.frames) - 2)
    bounds = {name: [*ends, *none] for name, ends in bounds.items()}
    page = Page(report(replace(small, frames=small.frames.assign(**bounds)), []))
    classes = page.values("class")
    assert classes.count("mean clear") == 1
    assert sum(name.endswith(" unsure") for name in classes) == len(none)


def test_collections_and_notes_are_in_words(small):
    articles = small.articles.assign(collection="chronicle")
    notes = ["corpus/press: figures leave out 5 thoughts"]
    page = Page(report(replace(small, articles=articles, notes=notes), []))
    assert "The chronicle: 2 reports written for this project" in page.text("h3")
    assert "Figures leave out 5 thoughts." in page.text("p lead")


def test_each_chart_is_under_a_heading(page, charts):
    headings = page.text("h2 unseen")
    assert "Who speaks" in headings and "Stance matrix" in headings
    assert page.values("class").count("unseen") == len(charts)


def test_publishers_words_are_warned_of(small):
    press = replace(small, articles=small.articles.assign(collection="press"))
    assert "2 press articles" in Page(report(press, [])).text("p warning")
    assert "press" not in Page(report(small, [])).text("p warning")


def test_a_long_table_says_where_its_rest_is(small, charts):
    long = charts[0].table.iloc[[0] * (ROWS + 7)]
    page = Page(report(small, [replace(charts[0], table=long)]))
    assert f"7 further rows in {charts[0].name}.csv" in page.text("details data")


@pytest.mark.parametrize("sizes", [{}, {"mine": 1}, {"press": 3, "a <b> c": 2}])
def test_a_dispute_of_any_size_without_texts(sizes):
    made = make(sizes, statements=6)
    result = SimpleNamespace(**vars(made))
    page = Page(report(result, []))
    hrefs = {unquote(href)[1:] for href in page.values("href")}
    assert hrefs <= set(page.values("id"))
    assert page.text("title") == made.cast.title
