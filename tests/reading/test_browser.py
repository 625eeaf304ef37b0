"""The page in a real browser: what it shows, what it does, and that nothing of an article runs."""

import pytest

from analysis.charts import draw_all
from analysis.charts.tidy import tidy
from analysis.reading.page import show
from analysis.reading.report import report

from .hostile import ARTICLES

IDS = [name.replace(" ", "-") for name in ARTICLES]
TALKS = "2020-01-02-talks"
FOCUSED = "document.activeElement.getAttribute('aria-label')"
READY = (
    "document.readyState == 'complete' ? document.readyState : new Promise("
    "(done) => addEventListener('load', () => done(document.readyState)))"
)
CARD = "document.querySelector('.card:not([hidden])')?.textContent ?? ''"


@pytest.fixture
def opened(tab, tmp_path):
    """A function that opens a page in the tab."""

    def opens(html, name="page.html"):
        path = tmp_path / name
        path.write_text(html, encoding="utf-8", newline="")
        tab.open("about:blank")
        tab.open(path.as_uri())
        return tab

    return opens


@pytest.mark.parametrize("name", IDS)
def test_a_hostile_article_is_shown_to_the_letter_and_does_nothing(hostile, opened, name):
    tab = opened(show(hostile, name).html)
    text = hostile.articles.set_index("article_id")["text"][name]
    assert tab.value("document.querySelector('.text').textContent") == text
    # Every statement is told of, so whatever comes from the article has been on the page.
    tab.value("document.querySelectorAll('.s').forEach((s) => s.click())")
    assert tab.value("typeof window.hit") == "undefined"
    assert not tab.named("Page.javascriptDialogOpening")
    assert len(tab.named("Network.requestWillBeSent")) == 1  # the page itself
    assert not tab.named("Runtime.exceptionThrown") and not tab.named("Log.entryAdded")
    assert (
        tab.value("document.querySelectorAll('script, style, img, svg, iframe, link').length") == 3
    )


def test_what_an_article_brings_is_no_wider_than_the_page(hostile, opened):
    for name in IDS:
        tab = opened(show(hostile, name).html)
        tab.look(width=390)
        root = "document.documentElement"
        assert tab.value(f"{root}.scrollWidth <= {root}.clientWidth"), name
    tab.look()


def test_the_keyboard_goes_through_the_statements(small, opened):
    tab = opened(show(small, TALKS).html)
    while not (tab.value(FOCUSED) or "").endswith("quotation"):
        tab.key("Tab")
    assert tab.value(FOCUSED) == "Ben Holt, direct quotation"
    assert "Ben Holt" in tab.value(CARD) and "−0.70" in tab.value(CARD)
    tab.key("ArrowDown")
    assert tab.value(FOCUSED) == "Ada Vane, indirect speech"
    assert "Ada Vane" in tab.value(CARD)
    tab.key("Home")
    assert tab.value(FOCUSED).endswith("narration")
    tab.key("ArrowUp")  # the first stays the first
    assert tab.value(FOCUSED).endswith("narration")
    tab.key("Escape")
    assert tab.value(CARD) == ""
    assert tab.value("document.querySelectorAll('.on, .lit').length") == 0


def test_each_statement_is_described_before_it_is_reached(small, opened):
    tab = opened(show(small, TALKS).html)
    described = tab.value(
        "[...document.querySelectorAll('.s[tabindex]')].map((s) =>"
        " document.getElementById(s.getAttribute('aria-describedby')).textContent)"
    )
    assert len(described) == tab.value("document.querySelectorAll('.s[tabindex]').length") > 2
    assert all("Close" in words for words in described)


def test_the_antecedent_of_a_pronoun_is_lit(small, opened):
    text = small.articles["text"][0]
    at = text.index("Ben Holt")
    statements = small.statements.copy()
    vane = statements.index[statements["speaker"] == "Ada Vane"][0]
    statements.loc[vane, ["antecedent_start", "antecedent_end"]] = at, at + 8
    reading = show(Changed(small, statements), TALKS)
    tab = opened(reading.html)
    tab.value("document.querySelector('[aria-label^=\"Ada Vane\"]').click()")
    lit = "[...document.querySelectorAll('.antecedent')].map((e) => e.textContent).join('')"
    assert tab.value(lit) == "Ben Holt"
    assert "“Ben Holt”" in tab.value(CARD)


class Changed:
    """A run with other statements."""

    def __init__(self, result, statements):
        self.__dict__ |= vars(result) | {"statements": statements}


def test_the_legend_shows_one_speaker(small, opened):
    tab = opened(show(small, TALKS).html)
    holt = "[...document.querySelectorAll('.voice')].find((b) => b.textContent.includes('Holt'))"
    plain = "[...document.querySelectorAll('.s[tabindex=\"0\"]')].map((s) => s.ariaLabel)"
    everyone = tab.value(plain)
    tab.value(f"{holt}.click()")
    assert tab.value(f"{holt}.getAttribute('aria-pressed')") == "true"
    assert set(tab.value(plain)) == {"Ben Holt, direct quotation"}
    tinted = tab.value(
        "[...document.querySelectorAll('.text .s:not(.off)')].map((s) => s.dataset.voice)"
    )
    assert len(set(tinted)) == 1
    tab.value("document.querySelector('.everyone').click()")
    assert tab.value(plain) == everyone
    assert tab.value("document.querySelector('.everyone').hidden")


def test_light_and_dark_follow_the_reader(small, opened):
    tab = opened(show(small, TALKS).html)
    paper, tint = (
        "getComputedStyle(document.body).backgroundColor",
        ("getComputedStyle(document.querySelector('.direct > .own')).backgroundColor"),
    )
    seen = set()
    for scheme in ("light", "dark"):
        tab.look(scheme)
        seen |= {tab.value(paper), tab.value(tint)}
    assert len(seen) == 4
    tab.look()


def test_a_link_leads_to_its_statement(small, opened, tmp_path):
    reading = show(small, TALKS)
    said = next(s for s in reading.view.statements if s.speaker == "Ada Vane")
    tab = opened(reading.html)
    tab.open(f"{(tmp_path / 'page.html').as_uri()}#{said.anchor}")
    tab.value("new Promise((done) => setTimeout(done, 50))")
    assert tab.value("document.activeElement.id") == said.anchor
    assert "Ada Vane" in tab.value(CARD)


def test_on_paper_all_of_the_report_is_open(small, opened):
    tab = opened(report(small, []))
    shut = "document.querySelectorAll('details:not([open])').length"
    before = tab.value(shut)
    tab.value("dispatchEvent(new Event('beforeprint'))")
    assert before > 2 and tab.value(shut) == 0
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    tab.call("Emulation.setEmulatedMedia", media="")
    tab.value("dispatchEvent(new Event('afterprint'))")
    assert tab.value(shut) == before


def test_a_chart_that_is_cut_says_so(small, opened):
    tab = opened(report(small, draw_all(small)))
    hint = "document.querySelector('figcaption').checkVisibility()"
    assert tab.value(hint) is False
    tab.look(width=390)
    cut = "(f => f.scrollWidth > f.clientWidth)(document.querySelector('figure'))"
    assert tab.value(cut) is True and tab.value(hint) is True
    tab.look()


def test_a_wide_table_is_no_wider_than_paper(small, opened):
    wide = small.frames.assign(
        difference=0.5, difference_low=0.1, difference_high=0.9, lean="too few articles"
    )
    shown = tidy(wide, small.cast).to_html()
    tab = opened(f"<style>table {{ font: 12px sans-serif; }}</style><main>{shown}</main>")
    tab.look(width=100)  # so that it is as narrow as it can be
    width = "document.querySelector('table').getBoundingClientRect().width"
    paper = 602  # what a page leaves beside the numbers of the cells
    screen = tab.value(width)
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value(width) < paper < screen
    tab.call("Emulation.setEmulatedMedia", media="")
    tab.look()


def test_a_notebook_is_printed_with_the_whole_article(small, opened):
    tab = opened(show(small, TALKS)._repr_html_())
    parts = "['iframe', '.reading-plain'].map(s => document.querySelector(s).checkVisibility())"
    assert tab.value(parts) == [True, False]
    box = "(f => f.getBoundingClientRect().width <= f.parentElement.clientWidth)"
    assert tab.value(f"{box}(document.querySelector('iframe'))")
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value(parts) == [False, True]
    tab.call("Emulation.setEmulatedMedia", media="")


def test_in_a_notebook_the_page_keeps_to_its_frame(hostile, opened):
    output = show(hostile, "end-of-script")._repr_html_()
    style = "<style>p { color: rgb(1, 2, 3) } iframe { max-width: 100% }</style>"
    tab = opened(f"<!doctype html><meta charset=utf-8>{style}<p>Mine</p>{output}")
    assert tab.value("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    plain = "document.querySelector('.reading-plain').checkVisibility()"
    assert tab.value(plain) is False
    frame = tab.frame()
    assert frame.value(READY) == "complete"
    text = hostile.articles.set_index("article_id")["text"]["end-of-script"]
    assert frame.value("document.querySelector('.text').textContent") == text
    frame.value("document.querySelector('.s[tabindex=\"0\"]').click()")
    assert frame.value(CARD) and frame.value("typeof window.hit") == "undefined"
    tab.value("document.querySelector('iframe').remove()")
    assert tab.value(plain) is True
    assert tab.value("typeof window.hit") == "undefined"
    assert not tab.named("Page.javascriptDialogOpening")
