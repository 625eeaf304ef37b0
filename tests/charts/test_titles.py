"""Titles say what the data say: they turn with the sign, and fall silent where it is not shown."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from synthetic import level, make, make_cast

from analysis.charts import (
    article_strip,
    framing,
    over_time,
    source_of,
    stance_matrix,
    statement_dots,
    who_speaks,
)
from analysis.framing.frames import frames
from analysis.framing.intervals import FEWEST_ARTICLES


@pytest.fixture(scope="module")
def result():
    return make({"mine": 16}, make_cast(6, 3))


def source(result):
    return source_of(result.articles, result.scores)


def shifted(result, holder, target, by):
    """The evidence with one group's polarity toward another moved."""
    rows = result.evidence.copy()
    at = (rows["group"] == holder) & (rows["target_group"] == target)
    rows.loc[at, "polarity"] = np.clip(rows.loc[at, "polarity"] + by, -1, 1)
    return rows


def centred(result):
    """The evidence with a mean of zero for every holder and target."""
    rows = result.evidence.copy()
    keys = ["collection", "group", "target_group"]
    rows["polarity"] -= rows.groupby(keys)["polarity"].transform("mean")
    return rows


@pytest.mark.parametrize(
    ("by", "says"), [(-2, "lean against each other"), (2, "lean in favour of each other")]
)
def test_the_matrix_turns_with_the_sign(result, by, says):
    rows = shifted(result, "mayor", "unions", by)
    rows = rows.assign(polarity=rows["polarity"] * 0.9 + np.linspace(-0.01, 0.01, len(rows)))
    both = rows["group"].eq("unions") & rows["target_group"].eq("mayor")
    rows.loc[both, "polarity"] = np.sign(by) * (0.5 + np.linspace(0, 0.1, both.sum()))
    assert says in stance_matrix(frames(rows), result.cast, source(result)).title


def test_the_matrix_claims_no_lean_that_is_not_there(result):
    title = stance_matrix(frames(centred(result)), result.cast, source(result)).title
    assert title.endswith("show no clear lean for or against each other")


def test_the_dots_claim_no_lean_that_is_not_there(result):
    title = statement_dots(centred(result), result.statements, result.cast, source(result)).title
    assert " and 1 more show no clear lean for or against Mayor" in title
    rows = centred(result)
    alone = rows["group"].eq("narrator") | (rows["article_id"] == "mine-000")
    title = statement_dots(rows[alone], result.statements, result.cast, source(result)).title
    assert " the narrator shows no clear lean for or against Mayor" in title
    assert re.search(r"; of \d+ others? there are too few articles to tell$", title)


@pytest.mark.parametrize(
    ("mean", "says"), [(-0.3, "against"), (0.3, "in favour"), (-0.07, "slightly against")]
)
def test_a_narrator_who_leans_alone_is_given_with_the_mean(result, mean, says):
    rows = centred(result)
    rows["polarity"] *= 0.2
    keys = [rows["speaker"], rows["target_group"], rows["collection"]]
    rows["polarity"] -= rows.groupby(keys)["polarity"].transform("mean")
    told = rows["group"].eq("narrator") & rows["target_group"].eq("mayor")
    rows.loc[told, "polarity"] += mean
    title = statement_dots(rows, result.statements, result.cast, source(result)).title
    assert "no single speaker clearly leans for or against Mayor de Blasio and City Hall" in title
    assert f"the narrator leans {says}, with a mean of" in title
    assert title.endswith(f"{mean:+.2f}".replace("-", "−"))


def test_the_dots_name_who_leans(result):
    rows = result.evidence.copy()
    articles = rows[rows["group"].eq("unions")].groupby("speaker")["article_id"].nunique()
    own = rows["speaker"].eq(articles.idxmax())
    assert articles.max() >= FEWEST_ARTICLES
    rows.loc[own, "polarity"] = -0.6 + np.linspace(-0.1, 0.1, own.sum())
    title = statement_dots(rows, result.statements, result.cast, source(result)).title
    assert articles.idxmax() in title and "against" in title


@pytest.mark.parametrize(("by", "says"), [(0.8, "kinder to"), (-0.8, "harsher on")])
def test_the_narrator_is_kinder_or_harsher(result, by, says):
    rows = centred(result)
    told = rows["group"].eq("narrator") & rows["target_group"].eq("mayor")
    rows.loc[told, "polarity"] += by
    title = framing(level(rows), result.cast, source(result)).title
    assert f"the narrator ({by:+.2f}) is {says} Mayor".replace("-", "−") in title


def test_the_narrator_is_not_told_apart_without_reason(result):
    title = framing(level(centred(result)), result.cast, source(result)).title
    assert "no clear difference" in title and "kinder" not in title and "harsher" not in title


@pytest.mark.parametrize(("by", "says"), [(0.7, "more favourable"), (-0.7, "less favourable")])
def test_time_tells_a_turn(result, by, says):
    rows = centred(result)
    days = sorted(rows.drop_duplicates("article_id")["published"])
    rows.loc[rows["published"] >= days[8], "polarity"] += by
    chart = over_time(level(rows), result.cast, source(result))
    assert says in chart.title and "the narrator's own" not in chart.title
    notes = " ".join(text.get_text() for text in chart.figure.findobj(Text)).replace("\n", " ")
    assert "for each of 3 groups" in notes and "Of 3 intervals tried" in notes


@pytest.mark.parametrize(
    ("left", "says"),
    [(16, "but the narrator's own are not clearly so"), (3, "with too few of the narrator's own")],
)
def test_time_tells_whether_the_narrator_turns_with_the_others(result, left, says):
    rows = centred(result).assign(polarity=lambda table: table["polarity"] / 5)
    days = sorted(rows.drop_duplicates("article_id")["published"])
    told = rows["kind"] == "narration"
    rows.loc[~told & (rows["published"] >= days[8]), "polarity"] += 0.8
    some = level(rows[~told | rows["published"].isin(days[:left])])
    chart = over_time(some, result.cast, source(result))
    assert "more favourable" in chart.title and says in chart.title
    assert "before are the narrator's, and" in chart.alt
    assert "scored as speech" not in chart.alt


def test_what_hangs_on_how_narration_is_scored_is_no_finding(result):
    rows = centred(result).assign(polarity=lambda table: table["polarity"] / 5)
    told = rows["kind"] == "narration"
    milder = level(rows)
    milder.loc[told, "polarity"] += 0.5
    assert "no clear difference" in framing(milder, result.cast, source(result)).title
    assert "kinder" in framing(level(milder), result.cast, source(result)).title
    days = sorted(rows.drop_duplicates("article_id")["published"])
    rows.loc[rows["published"] >= days[8], "polarity"] += 0.8
    held = level(rows)
    held.loc[told, "polarity"] = 0.1 * (-1.0) ** np.arange(told.sum())
    chart = over_time(held, result.cast, source(result))
    assert "; for the narrator's own it hangs on how narration is scored" in chart.title
    assert re.search(r"scored as speech is \+0\.\d\d \(", chart.alt)
    rows = chart.table.query("target == 'mayor'").set_index("row")
    own = rows.loc["difference of narration"]
    assert own["ci_low"] < 0 < own["ci_high"] and own["day"] == days[8]
    assert rows.at["difference of narration, scored as speech", "ci_low"] > 0
    assert rows.at["difference", "ci_low"] > 0
    assert "as the model scores narration, and by" in " ".join(
        text.get_text().replace("\n", " ") for text in chart.figure.findobj(Text)
    )


def test_a_change_that_hangs_on_how_narration_is_scored_is_told_below(result):
    rows = centred(result).assign(polarity=lambda table: table["polarity"] / 5)
    days = sorted(rows.drop_duplicates("article_id")["published"])
    rows.loc[rows["published"] >= days[8], "polarity"] += 0.8
    chart = over_time(rows.assign(level=0.0), result.cast, source(result))
    assert "no clear change" in chart.title
    notes = " ".join(text.get_text() for text in chart.figure.findobj(Text)).replace("\n", " ")
    assert re.search(r"differ by \+0\.\d\d \(.* narration, and by 0\.00 \(", notes)


def test_a_clear_lean_of_nobody_alone_is_no_sentence_without_a_subject(result):
    rows = result.evidence.copy()
    rows["speaker"] = rows["speaker"] + rows["article_id"]  # everybody speaks but once
    rows = rows[rows["kind"] != "narration"]
    title = statement_dots(rows, result.statements, result.cast, source(result)).title
    assert "nobody speaks of Mayor de Blasio and City Hall in enough articles" in title


@pytest.mark.parametrize(("n", "whole"), [(16, False), (6, True)])
def test_a_mean_of_fewer_articles_than_a_window_is_said_to_be_of_all(n, whole):
    few = make({"mine": n}, make_cast(6, 3))
    words = over_time(few.evidence, few.cast, source(few)).figure.findobj(Text)
    told = " ".join(text.get_text() for text in words).replace("\n", " ")
    assert ("the mean is of them all" in told) == whole


def test_time_tells_no_turn_where_none_is_shown(result):
    order = result.evidence.groupby(["article_id", "target_group"]).cumcount()
    rows = result.evidence.assign(polarity=0.3 * (-1.0) ** order)
    assert "no clear change" in over_time(level(rows), result.cast, source(result)).title


def last_words(result, *groups):
    """The statements with the last voice of each article given to `groups` in turn."""
    said = result.statements.copy()
    last = said[said["kind"] != "narration"].drop_duplicates("article_id", keep="last").index
    said.loc[last, "group"] = np.resize(groups, len(last))
    return said


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (["unions"], "goes to Union leaders alone"),
        (["unions"] * 7 + ["mayor"], "most often to Union leaders (14 of 16 articles), ahead of"),
        (["unions", "mayor"], "as often"),
        (["unresolved"], "nobody who could be told apart"),
        (["others", "unresolved"], "goes to Others alone (8 of 16 articles)"),
        (["unions", "mayor"] * 3 + ["mayor"], "but not clearly more often than"),
    ],
)
def test_the_strip_says_who_gets_the_last_word(result, groups, says):
    said = last_words(result, *groups)
    chart = article_strip(said, result.articles, result.evidence, result.cast, source(result))
    assert says in chart.title


def test_most_words_are_clearly_ahead_only_with_an_interval(result):
    said = result.statements.copy()
    said.loc[said["group"] == "unions", "words"] *= 6
    args = (result.articles, result.cast, source(result))
    assert (
        "largest share of the words quoted or reported goes to Union"
        in who_speaks(said, *args).title
    )
    assert ", ahead of " in who_speaks(said, *args).title
    voiced = said["kind"] != "narration"
    said.loc[voiced, "words"] = 10
    even = pd.Series(np.resize(["mayor", "unions"], voiced.sum()), index=said.index[voiced])
    said.loc[voiced, "group"] = even
    assert "not clearly more" in who_speaks(said, *args).title


def test_nobody_has_the_largest_share_where_the_leftovers_have_more(result):
    said = result.statements.copy()
    said.loc[said["group"] == "others", "words"] *= 50
    title = who_speaks(said, result.articles, result.cast, source(result)).title
    assert "among the groups of the cast, the largest share" in title


@pytest.mark.parametrize(("by", "says"), [(0.05, "slightly kinder to"), (-0.05, "slightly harsh")])
def test_what_is_clear_but_small_is_called_slight(result, by, says):
    rows = centred(result)
    rows["polarity"] *= 0.01
    told = rows["group"].eq("narrator") & rows["target_group"].eq("mayor")
    rows.loc[told, "polarity"] += by
    assert f" is {says}" in framing(level(rows), result.cast, source(result)).title


@pytest.mark.parametrize(("n", "where"), [(1, "In this article"), (2, "In these articles")])
def test_one_article_is_not_spoken_of_as_several(n, where):
    few = make({"articles": n}, make_cast(3, 3))
    assert source(few).where() == where


def test_a_strip_that_speaks_of_no_focus_group_says_so():
    few = make({"mine": 2}, make_cast(3, 3))
    none = few.evidence.iloc[:0]
    alt = article_strip(few.statements, few.articles, none, few.cast, source(few)).alt
    assert "Nothing is said of the groups in focus." in alt and "nothing, in the" not in alt


def test_titles_speak_of_the_largest_collection_and_say_which(usual):
    title = stance_matrix(usual.frames, usual.cast, source(usual)).title
    assert title.startswith("In the chronicle, ")


def test_no_finding_rests_on_the_few_press_articles(usual):
    only = usual.evidence[usual.evidence["collection"] == "press"]
    texts = usual.articles[usual.articles["collection"] == "press"]
    cited = source_of(texts, usual.scores)
    assert "too few articles" in stance_matrix(frames(only), usual.cast, cited).title
    titles = [
        framing(only, usual.cast, cited).title,
        over_time(only, usual.cast, cited).title,
        statement_dots(only, usual.statements, usual.cast, cited).title,
    ]
    assert "too few articles" in titles[0] and "too few articles" in titles[1]
    assert "enough articles" in titles[2]


def test_the_footnote_names_texts_model_and_limits(usual):
    notes = " ".join(source(usual).notes("5 statements"))
    for words in ("16 reports", "2 articles", "made-up", "5 statements", "nothing about how any"):
        assert words in notes


def test_a_remark_loses_its_folder_and_nothing_else(usual):
    notes = ["my corpus/press: the text is not here", "of two kinds: one and another"]
    source = source_of(usual.articles, usual.scores, notes)
    assert source.remarks == ("The text is not here", "Of two kinds: one and another")
