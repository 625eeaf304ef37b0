"""The methods section: every number in it is that of the run."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from synthetic import make

from analysis.methods import methods
from analysis.tables import UNRESOLVED, build

NOBODY = pd.DataFrame([{"gold": 0}])
NOTHING = pd.DataFrame(columns=["voice", "n"])
FOUND = pd.DataFrame([{"gold": 40, "found": 36, "speaker": 33, "invented": 2}])
RATED = pd.DataFrame(
    [
        {"voice": "speakers", "n": 20, "agreement": 0.6, "always_neutral": 0.45},
        {"voice": "narration", "n": 0, "agreement": None, "always_neutral": None},
        {"voice": "all", "n": 20, "agreement": 0.6, "always_neutral": 0.45},
    ]
)


def paragraphs(result, found=NOBODY, polarity=NOTHING) -> dict[str, str]:
    return dict(re.findall(r"\*\*(\w+)\.\*\* (.+)", methods(result, found, polarity)))


@pytest.fixture(scope="module")
def result():
    return make({"chronicle": 16, "press": 2})


def test_articles_are_counted_with_their_outlets_and_dates(result):
    told = paragraphs(result)["Articles"]
    dates = result.articles.groupby("collection")["published"].agg(["min", "max"])
    first, last = dates.loc["chronicle"]
    assert f"16 reports written for this project (2 outlets, {first} to {last})" in told
    assert "stored analysis" not in told and "could not be read" not in told


def test_articles_without_text_and_files_that_were_refused_are_told(result):
    bare = result.articles.assign(text="")
    told = paragraphs(replace(result, articles=bare, refused=["one"]))["Articles"]
    assert "Of 18 only the stored analysis was at hand" in told
    assert "Left out: 1 file that could not be read." in told


def test_an_article_that_tells_nothing_has_no_brackets(result):
    bare = result.articles.assign(outlet="", published="", collection="articles")
    assert paragraphs(replace(result, articles=bare))["Articles"].startswith("18 articles. [")


def test_statements_are_counted_by_kind(result):
    told = paragraphs(result)["Statements"]
    voiced = result.statements[result.statements["kind"] != "narration"]
    assert f": {len(voiced)} statements of somebody quoted or reported" in told
    assert f" and {len(result.statements) - len(voiced)} of the journalists' own" in told
    assert f"{(voiced['kind'] == 'direct').sum()} quoted" in told
    assert "found by rules together with a tagger" in told
    told = paragraphs(replace(result, engine="rules"))["Statements"]
    assert "found by rules: " in told and "tagger" not in told


@pytest.mark.parametrize("column, value", [("group", UNRESOLVED), ("act", "thought")])
def test_what_is_open_or_left_out_is_told_where_there_is_any(result, column, value):
    words = {"group": "could not be told who speaks", "act": "Left out were 3 more"}[column]
    clean = result.statements.assign(act="speech")
    clean["group"] = clean["group"].replace(UNRESOLVED, "mayor")
    assert words not in paragraphs(replace(result, statements=clean))["Statements"]
    some = clean.copy()
    some.loc[some.index[some["kind"] != "narration"][:3], column] = value
    assert words in paragraphs(replace(result, statements=some))["Statements"]


def test_every_model_is_named_with_its_revision(result):
    ((model, revision),) = result.scores[["model", "revision"]].drop_duplicates().to_numpy()
    assert f"by {model}, revision {revision}." in paragraphs(result)["Polarity"]
    assert "narration" not in paragraphs(result)["Polarity"]
    milder = replace(result, evidence=result.evidence.assign(level=0.5))
    assert "In narration, little of which judges anybody" in paragraphs(milder)["Polarity"]
    assert "sees no target" not in paragraphs(result)["Polarity"]
    blind = result.scores.assign(model="VADER (not target-aware)")
    assert "sees no target" in paragraphs(replace(result, scores=blind))["Polarity"]
    none = replace(result, scores=result.scores.iloc[:0], mentions=result.mentions.iloc[:0])
    assert "(0 mentions) by no model." in paragraphs(none)["Polarity"]


def test_means_with_an_interval_are_counted(result):
    drawn = result.frames["ci_low"].notna().sum()
    assert f"{drawn} of {len(result.frames)} means" in paragraphs(result)["Means"]


def test_corrections_are_told_with_who_made_them(result):
    assert paragraphs(result)["Corrections"].startswith("No reading")
    rows = [("s1", "applied", "anna"), ("s1", "as the machine has it", "anna; ben")]
    rows += [("s2", "the article has changed", "cleo")]
    keys = ("statement_id", "status", "coders")
    given = build("corrections", [dict(zip(keys, row, strict=True)) for row in rows])
    told = paragraphs(replace(result, corrections=given))["Corrections"]
    assert told.startswith("2 coders decided 2 points on 1 statement; 1 of them changed")


def test_without_a_reader_no_accuracy_is_claimed(result):
    assert paragraphs(result)["Accuracy"].startswith("Nobody has annotated")


def test_accuracy_is_what_the_gold_says(result):
    told = paragraphs(result, FOUND, RATED)["Accuracy"]
    assert told.startswith("Of 40 statements that a reader annotated without the program [")
    assert "], 36 were found, 33 with the right speaker; 2 more were none." in told
    assert "what speakers say toward somebody was right in 60% of 20 cases" in told
    assert "narration" not in told


def test_a_corpus_without_articles_has_a_methods_section_too():
    told = paragraphs(make({}))
    assert told["Articles"].startswith("None.") and len(told) == 7
