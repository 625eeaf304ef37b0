"""The page as its source reads: the text to the letter, and nothing of it markup or script."""

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest
from small import CAST

from analysis.corpus.cast_file import load_cast
from analysis.reading.layout import paragraphs
from analysis.reading.page import Reading, show
from analysis.reading.view import ReadingError, view

from .hostile import ARTICLES, HIT, METADATA, Page

TAGS = set(
    "html head meta title style body main header p h1 section div span button bdi aside script"
    " footer".split()
)
IDS = [name.replace(" ", "-") for name in ARTICLES]


def page_of(result, name) -> Page:
    return Page(show(result, name).html)


@pytest.mark.parametrize("name", IDS)
def test_the_text_is_there_to_the_letter_and_is_only_text(hostile, name):
    page = page_of(hostile, name)
    text = hostile.articles.set_index("article_id")["text"][name]
    assert page.text("div text") == text
    assert {tag for tag, _ in page.elements} <= TAGS
    assert not [
        a for _, about in page.elements for a in about if a.startswith("on") or a == "style"
    ]
    assert [about.get("type") for tag, about in page.elements if tag == "script"] == [
        "application/json",
        None,
    ]
    assert not page.values("href") and not page.values("src")


@pytest.mark.parametrize("name", IDS)
def test_what_the_script_is_given_is_json_of_the_statements(hostile, name):
    given = json.loads(page_of(hostile, name).text("script application/json"))
    own = hostile.statements[hostile.statements["article_id"] == name]
    assert len(given) == len(own)
    for told, row in zip(given, own.sort_values("start").itertuples(), strict=True):
        assert told is None or told["who"] == row.speaker


def test_the_policy_names_the_style_and_the_script_of_the_page(small):
    html = show(small, "2020-01-02-talks").html
    policy = Page(html).values("content")[0]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag in ("style", "script"):
        own = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "http" not in re.sub(r"http-equiv|https\?", "", html)


def test_a_title_is_only_a_title(hostile):
    page = page_of(hostile, IDS[0])
    assert page.text("title") == page.text("h1") == METADATA["title"]
    assert HIT not in page.text("script")


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://example.org/a?b&c", True), ("javascript:alert(1)", False), (" data:,x", False)],
)
def test_only_addresses_of_the_web_are_links(small, url, linked):
    reading = show(small, "2020-01-02-talks")
    about = reading.view.about | {"url": url}
    hrefs = Page(Reading(replace(reading.view, about=about), reading.cast).html).values("href")
    assert hrefs == ([url] if linked else [])


def test_what_no_page_can_hold_is_replaced_character_by_character(small):
    # No table can hold such text, so it is put into the view.
    row = dict.fromkeys(
        f"{a}_{b}" for a in ("source", "cue", "antecedent") for b in ("start", "end")
    )
    laid = paragraphs("a\ud800b\0c", [row | {"start": 0, "end": 5, "spans": "0-5"}], [])
    reading = show(small, "2020-01-02-talks")
    about = reading.view.about | {"title": "x\udfff"}
    made = replace(reading.view, about=about, paragraphs=laid)
    html = Reading(made, small.cast).html
    assert Page(html).text("div text") == "a\ufffdb\ufffdc"
    assert html.encode("utf-8")


def test_a_group_of_the_cast_can_be_called_anything(small, tmp_path):
    path = tmp_path / "cast.toml"
    path.write_text(CAST.replace('name = "Dockers"', 'name = "</style><b>Dockers"'), "utf-8")
    reading = show(small, "2020-01-02-talks")
    html = Reading(reading.view, load_cast(path)).html
    assert "<b>" not in html
    assert "</style><b>Dockers" in Page(html).text("span group")


def test_every_statement_is_named_for_who_cannot_see_it(small):
    labels = page_of(small, "2020-01-02-talks").values("aria-label")
    assert "Ben Holt, direct quotation" in labels and "Ada Vane, indirect speech" in labels


def test_an_unknown_article_says_which_there_are(small):
    with pytest.raises(ReadingError, match="2020-01-02-talks"):
        show(small, "unheard-of")


def test_the_summary_counts_nobody_known_as_no_speaker(small):
    assert repr(show(small, "2020-01-02-talks")).count("nobody known") == 0
    (article,) = small.articles[small.articles["article_id"] == "2020-01-02-talks"].to_dict(
        "records"
    )
    lost = small.statements["speaker"] == "Ben Holt"
    statements = small.statements.copy()
    statements.loc[lost, ["speaker", "group"]] = ["Unresolved", "unresolved"]
    tables = (statements, small.mentions, small.scores, small.cast)
    before = {s.speaker for s in show(small, article["article_id"]).view.statements}
    text = repr(Reading(view(article, *tables), small.cast))
    own = statements[lost & (statements["article_id"] == article["article_id"])]
    assert "Ben Holt" in before and f"{len(own)} of them of nobody known" in text
    assert f"of {len(before) - 2} speakers" in text  # neither the narrator nor who is unknown


def test_a_notebook_gets_a_frame_and_words_for_who_sees_no_frames(hostile):
    for name in IDS:
        reading = show(hostile, name)
        output = Page(reading._repr_html_())
        frame = next(about for tag, about in output.elements if tag == "iframe")
        assert frame["srcdoc"] == reading.html.replace("\r", "\n")
        assert "allow-same-origin" not in frame["sandbox"]
        assert {tag for tag, _ in output.elements} <= {
            *("style", "iframe", "div", "h4", "p", "strong", "em")
        }
        plain = output.text("div reading-plain")
        for run in (r for part in reading.view.paragraphs for p in part for r in p.runs):
            assert run.text.replace("\r\n", "\n").replace("\r", "\n") in plain


def test_an_article_without_its_text_lists_its_statements(small):
    article = small.articles.iloc[0].to_dict() | {"text": ""}
    statements = small.statements.assign(content="", source="")
    mentions = small.mentions.assign(surface="")
    reading = Reading(view(article, statements, mentions, small.scores, small.cast), small.cast)
    page = Page(reading.html)
    assert "is not here" in page.text("p absent")
    voiced = [said for said in reading.view.statements if not said.narrated]
    for said in voiced:
        assert said.anchor in page.values("id")
        assert f"{said.start}–{said.end}" in page.text("td n")
    assert "Ben Holt" in page.text("tbody") and "−0.70" in page.text("tbody")
    assert "Ben Holt" in Page(reading._repr_html_()).text("div reading-plain")


def test_a_page_is_saved_as_it_is(hostile, tmp_path):
    reading = show(hostile, "line-ends")
    path = reading.save(tmp_path / "new" / "page.html")
    assert path.read_bytes().decode("utf-8") == reading.html
