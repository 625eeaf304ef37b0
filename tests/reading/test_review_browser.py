"""The review widget, clicked through in JupyterLab in a headless Chromium."""

import csv

import pytest
from small import FIRST, make_corpus

from . import browser
from .lab import click, lab, press, until

SOURCE = """\
from small import WordScorer
from analysis.pipeline import run
from analysis.reading.review import review

result = run("corpus", scorer=WordScorer(), engine="rules", cache=None, progress=False)
review(result, coder="anna", order="text")"""
STATEMENT = "[...document.querySelectorAll('.rv-text mark')].map(n => n.innerText).join('')"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"

pytestmark = pytest.mark.skipif(
    browser.PATH is None,
    reason="no Chromium or Chrome is on the path; name one in the variable CHROMIUM",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("lab")
    article = make_corpus(made / "corpus") / "articles" / "2020-01-02-talks.md"
    article.write_text(article.read_text().replace(FIRST, f"{HOSTILE}\n\n{FIRST}"))
    return made


@pytest.fixture(scope="module")
def page(folder):
    with lab(folder, SOURCE) as url, browser.tab() as tab:
        tab.look("light", 1300, 1000)
        tab.open(url)
        until(tab, "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')")
        click(tab, "[data-command='notebook:run-cell-and-select-next']")
        until(tab, "document.querySelector('.rv-text') !== null")
        click(tab, ".rv-title")
        yield tab


def rows(folder):
    path = folder / "corpus" / "gold" / "anna.csv"
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.exists() else []


def shows(tab, selector, words):
    """Wait until an element shows these words."""
    until(tab, f"document.querySelector({selector!r})?.innerText.includes({words!r})", 60)


def go_to(tab, words):
    """Skip until the statement shown holds these words."""
    place = "document.querySelector('.rv-panel .rv-soft').innerText"
    while words not in tab.value(STATEMENT):
        before = tab.value(place)
        press(tab, "ArrowRight")
        until(tab, f"{place} !== {before!r}", 60)


def test_the_keys_decide_confirm_and_take_back(page, folder):
    go_to(page, "The mayor has lied")
    shows(page, ".rv-target", "Ada Vane")
    press(page, "+")
    shows(page, ".rv-status", "saved at")
    last = rows(folder)[-1]
    assert (last["field"], last["target"], last["value"]) == ("polarity", "Ada Vane", "favour")

    press(page, "s")
    until(page, "document.activeElement.matches('.rv-typed')")
    press(page, "Cyd Marsh", "Enter")
    until(page, "document.querySelector('.rv-panel').innerText.includes('Cyd Marsh')", 60)
    assert [(row["field"], row["value"]) for row in rows(folder)[1:]] == [("speaker", "Cyd Marsh")]

    press(page, "Enter")
    shows(page, ".rv-head", "1 of")
    assert rows(folder)[-1]["field"] == "confirmed"
    press(page, "u")
    shows(page, ".rv-status", "undone")
    shows(page, ".rv-head", "0 of")
    assert "The mayor has lied" in page.value(STATEMENT)
    assert rows(folder)[-1]["field"] == "undo"


def test_the_notebooks_own_shortcuts_are_not_set_off(page):
    cells = "document.querySelectorAll('.jp-Cell').length"
    before = page.value(cells)
    # in a notebook: new cell above, below, cut, delete twice, to Markdown, find
    press(page, *"abxddmf", "Escape")
    until(page, "document.querySelector('.rv-picker') === null", 60)
    press(page, "Escape")
    assert page.value(cells) == before
    assert page.value("document.activeElement.closest('.rv') !== null")
    assert page.value("document.querySelector('.jp-CodeCell .cm-content') !== null")


def test_buttons_do_what_keys_do(page):
    place = "document.querySelector('.rv-panel .rv-soft').innerText"
    before = page.value(place)
    click(page, "[data-mark='skip']")
    until(page, f"{place} !== {before!r}", 60)
    click(page, "[data-mark='back']")
    until(page, f"{place} === {before!r}", 60)


def test_a_listener_hears_where_they_are_and_what_a_button_is_for(page):
    press(page, "ArrowRight")
    until(
        page, r"/^statement \d+ of \d+: \S+/.test(document.querySelector('.rv-status').innerText)"
    )
    names = "[...document.querySelectorAll('.rv [aria-label]')].map(n => n.ariaLabel)"
    go_to(page, "never listens")
    said = page.value(names)
    assert {"Speaker: Ada Vane", "Kind: direct", "not meant: Ben Holt"} <= set(said)
    assert page.value("document.querySelectorAll('.rv [role=radio]').length") == 0
    assert page.value("document.querySelectorAll('.rv-stances [aria-pressed=true]').length") == 1


def test_only_what_has_a_colour_has_a_dot(page):
    dots = "document.querySelectorAll('.rv-picker .rv-dot').length"
    for key, any_ in (("k", False), ("s", True)):
        press(page, key)
        until(page, "document.activeElement.matches('.rv-typed')")
        assert (page.value(dots) > 0) is any_
        press(page, "Escape")
        until(page, "document.querySelector('.rv-picker') === null", 60)


def test_an_articles_words_are_text_and_nothing_else(page):
    press(page, "f")
    until(page, "document.activeElement.matches('.rv-typed')")
    press(page, "talks", "Enter")
    shows(page, ".rv-text", HOSTILE)
    assert page.value("document.querySelectorAll('.rv img, .rv script').length") == 0
    assert page.named("Page.javascriptDialogOpening") == []


def test_nothing_is_loaded_from_elsewhere(page):
    asked = [event["request"]["url"] for event in page.named("Network.requestWillBeSent")]
    away = [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert asked and away == []


def test_the_saved_notebook_holds_none_of_the_articles_words(page, folder):
    press(page, "s", modifiers=2)  # Ctrl+S is still the notebook's, from within the widget
    path = folder / "review.ipynb"
    until(page, "document.querySelector('.jp-mod-dirty') === null", 60)
    saved = path.read_text(encoding="utf-8")
    assert "widget-view" in saved
    assert "patient man" not in saved
