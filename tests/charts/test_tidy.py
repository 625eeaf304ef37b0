"""Tables and findings in words: rounded, named, stable, and without the press's words."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.charts import findings, framing, over_time, source_of, stance_matrix, who_speaks
from analysis.charts.tidy import doubtful, strongest, tidy
from analysis.charts.words import (
    bounds,
    by_chance,
    end,
    heading,
    lean,
    listing,
    percent,
    sentence,
    signed,
    the,
)
from analysis.framing import timeline
from analysis.framing.signs import MEASURES, measures
from analysis.tables import counted


@pytest.fixture
def told(usual):
    """Statements with words in them, as where the texts are at hand."""
    return usual.statements.assign(content="words of " + usual.statements["article_id"])


def test_numbers_are_rounded_and_headings_are_words(usual):
    shown = tidy(usual.frames, usual.cast).to_html()
    assert "Who speaks" in shown and "Narrator" in shown and "ci_low" not in shown
    assert "−0." in shown and "-0." not in shown and "nan" not in shown


def test_what_shows_no_sign_is_not_called_fragile(usual):
    frames = usual.frames.head(3).assign(fragile=True, polarity=[0.5, 0.001, -0.5])
    frames["fragile"] = frames["fragile"].astype("boolean").where(frames["polarity"] > 0)
    shown = tidy(frames, usual.cast)
    assert shown.data["Fragile"].fillna("missing").tolist() == ["yes", "no", "missing"]
    audited = tidy(frames.drop(columns=["ci_low", "ci_high"]), usual.cast)
    assert audited.data["Fragile"].fillna("missing").tolist() == ["yes", "yes", "missing"]


def test_the_same_table_is_the_same_html(usual):
    assert tidy(usual.frames, usual.cast).to_html() == tidy(usual.frames, usual.cast).to_html()


def test_words_of_the_press_are_never_shown(usual, told):
    assert usual.evidence["collection"].eq("press").any()
    said = strongest(usual.evidence, told, usual.cast.focus, most=500)["content"]
    assert len(said) > 50 and not said.str.contains("press").any()
    assert not doubtful(told, usual.articles, most=5000)["content"].str.contains("press").any()


def test_the_strongest_are_the_ends(usual, told):
    table = strongest(usual.evidence, told, ["mayor"], most=2)
    own = usual.evidence[usual.evidence["target_group"] == "mayor"]
    own = own[own["collection"] == "chronicle"]["polarity"]
    assert table["polarity"].iloc[0] == own.min() and table["polarity"].iloc[-1] == own.max()
    assert len(table) == 4


def test_findings_are_computed_and_hedged(usual):
    source = source_of(usual.articles, usual.scores)
    chart = stance_matrix(usual.frames, usual.cast, source)
    text = findings.of_one_another(usual, chart)
    row = usual.frames.query("collection == 'chronicle' and holder == 'unions'")
    row = row[row["target"] == "mayor"].iloc[0]
    assert signed(row["polarity"]) in text and bounds(row["ci_low"], row["ci_high"]) in text
    assert "about no newspaper" in text and "too few for an interval" in text


def test_every_notebook_has_its_finding(usual):
    source = source_of(usual.articles, usual.scores)
    chart = who_speaks(usual.statements, usual.articles, usual.cast, source)
    text = findings.who_says_what(usual, chart, replace(chart, title="Who had the last word"))
    assert chart.title in text and text.index("Who had the last word.") > text.index(chart.title)
    told = usual.statements.merge(usual.articles[["article_id", "collection"]], on="article_id")
    told = counted(told.query("collection == 'chronicle' and kind != 'narration'"))
    mayors = told.loc[told["group"] == "mayor", "words"].sum() / told["words"].sum()
    assert f"{usual.cast.group_phrase('mayor')} {percent(mayors)}" in text
    both = [f(usual.evidence, usual.cast, source) for f in (framing, over_time)]
    text = findings.how_framed(usual, *both)
    assert all(one.title in text for one in both)
    gaps = both[0].table.query("collection == 'chronicle'")["difference_low"].notna().sum()
    turns = sum(
        timeline.change(usual.evidence, usual.cast, "chronicle", target).said.scored.low > -9
        for target in usual.cast.focus
    )
    assert gaps and turns and by_chance(gaps + turns) in text
    assert f"from {gaps} differences" in text and f" and {turns} between earlier" in text


def trusted(usual, articles, n, readers=None):
    """What notebook 4 says where the signs of `n` statements of some articles were rated."""
    found = pd.DataFrame([{"gold": 9, "found": 8, "speaker": 7, "invented": 0}])
    rows = [{"voice": "speakers", "gold": n, "n": n, "articles": len(set(articles[:n]))}]
    if n:
        gold, given = [1, 0, -1, 0, 1], [0.9, 0.0, 0.9, 0.1, 0.9]
        rows[0] |= measures(gold[:n], given[:n], articles[:n])
    table = pd.DataFrame(rows, columns=["voice", "gold", "n", "articles", *MEASURES])
    assert tidy(table, usual.cast).to_html().count("<th ") == len(table.columns)
    return findings.how_trusted(found, table, readers)


def test_how_far_signs_can_be_trusted_is_told_with_its_doubt(usual):
    text = trusted(usual, list("abcde"), 5)
    assert "80% of 5 cases" in text and "right in 40%" in text
    assert "it reaches 0.60, and “neutral” every time 0.19" in text
    assert "With 5 articles, the 95% intervals run from 0% to 100%" in text
    assert "of macro-F1, rather too narrow, from 0.33 to 1.00" in text


def test_what_two_readers_reach_is_told_beside_it(usual):
    readers = pd.DataFrame({"voice": ["speakers", "all"], "agreement": [0.8, 0.9]})
    text = trusted(usual, ["a", "a", "b", "c"], 4, readers)
    assert "agrees with the first in 80%." in text
    for nobody in (None, readers.iloc[:0]):
        assert "second reader" not in trusted(usual, ["a", "a", "b", "c"], 4, nobody)


def test_without_an_interval_none_is_told(usual):
    for articles in ("aaaa", "abcd"):
        text = trusted(usual, list(articles), 4)
        assert "95%" not in text and "nan" not in text and "takes 5 articles or more" in text
    assert "neutral" not in trusted(usual, [], 0)


@pytest.mark.parametrize(
    ("value", "words"), [(0.311, "+0.31"), (-0.305, "−0.30"), (0.001, "0.00"), (-0.004, "0.00")]
)
def test_polarity_in_words(value, words):
    assert signed(value) == words


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((-0.52, -0.1), "−0.52 to −0.10"),
        ((-0.03, 0.004), "−0.03 to 0.00"),
        ((-0.03, -0.002), "−0.03 to −0.002"),
        ((0.0004, 0.2), "+0.0004 to +0.20"),
        ((0.0, 0.2), "0.00 to +0.20"),
    ],
)
def test_an_interval_that_leaves_zero_out_can_be_seen_to(ends, words):
    assert bounds(*ends) == words


def test_other_words():
    nan = float("nan")
    assert (percent(0.001), percent(0), percent(0.375)) == ("under 1%", "0%", "38%")
    assert listing(["a"]) == "a" and listing(["a", "b", "c"], "or") == "a, b or c"
    assert lean(0, nan, nan) == "too few articles to tell" and bounds(nan, nan) == "no interval"
    assert [lean(-0.15, -0.2, -0.1), lean(0, -0.1, 0.1), lean(0.04, 0.01, 0.07)] == [
        "against",
        "no clear lean",
        "slightly in favour",
    ]
    assert the("articles") == "these articles" and heading("articles", 5) == "5 articles"
    assert sentence("“came\n late,”") == "“came late”" and end(-0.002) == "−0.002" != end(0.0)


@pytest.mark.parametrize(
    ("intervals", "words"),
    [
        (0, ""),
        (1, ""),
        (
            8,
            " Of 8 intervals tried at least one misses by chance alone in 34 of 100 cases, were"
            " they independent.",
        ),
        (
            400,
            " Of 400 intervals tried at least one misses by chance alone in 99 of 100 cases,"
            " were they independent.",
        ),
    ],
)
def test_it_is_told_how_many_intervals_were_tried(intervals, words):
    assert by_chance(intervals) == words


def test_markup_in_an_article_is_text(usual):
    hostile = usual.frames.head(1).assign(content="<script>alert(1)</script><img src=x onerror=y>")
    shown = tidy(hostile, usual.cast).to_html()
    assert "<script" not in shown and "<img" not in shown
    assert "&lt;script&gt;" in shown


def test_a_table_without_rows_says_so(usual):
    shown = tidy(pd.DataFrame(columns=["holder", "polarity"]), usual.cast)
    assert "nothing to show" in shown.data


def test_other_models_and_other_names_are_told_where_they_were_tried():
    found = pd.DataFrame([{"gold": 9, "found": 8, "speaker": 7, "invented": 0}])
    none = pd.DataFrame(columns=["voice", "n"])
    alphas = {"raters": ["gold, a", "a, b", "a, b"], "alpha": [0.9, 0.25, 0.5]}
    agreed = pd.DataFrame(alphas | {"level": ["ordinal", "ordinal", "interval"]})
    audited = pd.DataFrame({"fragile": pd.array([True, False, None], dtype="boolean")})
    text = findings.how_trusted(found, none, None, agreed, audited)
    assert "that a and b give agree with an alpha of +0.25" in text
    assert "that a gives agree with the reader's with an alpha of +0.90 (1 would" in text
    assert "less than" not in text and "two readers" not in text
    assert "Of 2 means that could be tried under other names, 1 changes the sign." in text
    text = findings.how_trusted(found, none, None, agreed[:1], audited[2:])
    assert "a and b" not in text and "names" not in text
    low = agreed.assign(alpha=[0.5, 0.25, 0.5], raters=["gold, second reader", "gold, a", "a, b"])
    text = findings.how_trusted(found, none, None, low.assign(level="ordinal"))
    assert "alpha of +0.25 (1 would be always, 0 by chance; two readers with +0.50)" in text
    assert "less than the 0.667" in text
    assert "alpha" not in findings.how_trusted(found, none)
