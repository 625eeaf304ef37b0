"""Shares, voices, speakers and time: what the charts are drawn from, against counts by hand."""

import numpy as np
import pytest
from synthetic import make, make_cast

from analysis.framing import shares, speakers, timeline, voices
from analysis.framing.frames import interval_of, per_statement
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED


@pytest.fixture(scope="module")
def result():
    return make()


def test_shares_of_a_collection_add_up(result):
    table = shares.word_shares(result.statements, result.articles)
    assert table["words"].sum() == result.statements["words"].sum()
    for _, rows in table.groupby("collection"):
        told = rows["group"] == NARRATOR
        assert rows.loc[~told, "share"].sum() == pytest.approx(1)
        assert rows.loc[told, "share"].sum() == pytest.approx(
            rows.loc[told, "words"].sum() / rows["words"].sum()
        )


def test_the_ranking_ends_with_the_leftovers(result):
    table = shares.word_shares(result.statements, result.articles)
    ranks = shares.ranking(table, "chronicle")
    assert list(ranks.index[-2:]) == [OTHERS, UNRESOLVED]
    assert list(ranks[:-2]) == sorted(ranks[:-2], reverse=True)


def test_a_lead_is_the_difference_of_shares(result):
    table = shares.word_shares(result.statements, result.articles)
    ranks = shares.ranking(table, "chronicle")
    gap = shares.lead(result.statements, result.articles, "chronicle", "mayor", "unions")
    assert gap.estimate == pytest.approx(ranks["mayor"] - ranks["unions"])


def test_speakers_are_named_and_few(result):
    table = shares.speakers(result.statements, result.articles, most=3)
    assert table.groupby("collection").size().max() == 3
    assert not table["speaker"].str.contains("unnamed").any()
    assert table["share"].between(0, 1).all()


def test_opponents_are_those_that_the_cast_opposes(result):
    rows = voices.with_voice(result.evidence, result.cast)
    said = rows[(rows["group"] == "mayor") & (rows["target"] == "unions")]
    assert set(said["voice"]) == {voices.OPPONENTS}
    said = rows[(rows["group"] == "mayor") & (rows["target"] == "commissioner")]
    assert set(said["voice"]) == {voices.OTHER_VOICES}
    assert set(rows.loc[rows["kind"] == "narration", "voice"]) == {NARRATOR}


def test_a_contrast_is_the_difference_of_two_means(result):
    means = voices.voices(result.evidence, result.cast).set_index(["collection", "target", "voice"])
    for row in voices.contrasts(result.evidence, result.cast).itertuples():
        at = (row.collection, row.target)
        gap = means.loc[(*at, NARRATOR), "polarity"] - means.loc[(*at, row.voice), "polarity"]
        assert row.difference == pytest.approx(gap)


def test_every_statement_about_a_focus_group_is_a_dot_once(result):
    dots = speakers.speaker_dots(result.evidence, result.cast, most=3)
    about = result.evidence[result.evidence["target_group"].isin(result.cast.focus)]
    once = about.drop_duplicates(["statement_id", "target_group"])
    assert len(dots) == len(once)
    people = dots[~dots["speaker"].isin([NARRATOR, UNRESOLVED, speakers.REST])]
    assert people.groupby("collection")["speaker"].nunique().max() == 3
    assert (dots["speaker"] == speakers.REST).any()


def test_the_narrator_comes_first_and_the_shared_row_last(result):
    dots = speakers.speaker_dots(result.evidence, result.cast, most=3)
    block = dots[dots["collection"] == "chronicle"]
    order = speakers.speaker_order(block, result.cast)
    assert order[0] == NARRATOR and order[-1] == speakers.REST
    own = block[block["target"] == result.cast.focus[0]].drop_duplicates("speaker")
    between = [who for who in order[1:] if who in set(own["speaker"])][:3]
    ranked = own.set_index("speaker").loc[between, "mean"]
    assert list(ranked) == sorted(ranked)


def test_a_window_is_the_mean_of_its_articles(result):
    rolled = timeline.rolling(result.evidence, result.cast)
    row = rolled[(rolled["collection"] == "chronicle") & (rolled["target"] == "mayor")].iloc[0]
    rows = timeline.dated(result.evidence, result.cast)
    rows = rows[(rows["collection"] == "chronicle") & (rows["target"] == "mayor")]
    order = rows.drop_duplicates("article_id").sort_values(["day", "article_id"])["article_id"]
    inside = rows[rows["article_id"].isin(order.iloc[: timeline.WINDOW])]
    mean = interval_of(per_statement(inside, ["target"]))
    assert row["n_articles"] == timeline.WINDOW
    found = (row["polarity"], row["ci_low"], row["ci_high"])
    assert found == pytest.approx((mean.estimate, mean.low, mean.high))


def test_few_articles_are_one_window(result):
    rolled = timeline.rolling(result.evidence, result.cast)
    press = rolled[rolled["collection"] == "press"]
    assert (press.groupby("target").size() == 1).all() and press["ci_low"].isna().all()


def test_a_change_is_found_where_there_is_one_and_only_there(result):
    rows = result.evidence[result.evidence["collection"] == "chronicle"].copy()
    assert timeline.change(rows, result.cast, "chronicle", "mayor")[1].sign == 0
    days = sorted(rows.drop_duplicates("article_id")["published"])
    late = rows["published"] >= days[8]
    rows.loc[late, "polarity"] = np.minimum(rows.loc[late, "polarity"] + 0.6, 1)
    assert timeline.change(rows, result.cast, "chronicle", "mayor")[1].sign == 1


def test_one_day_has_no_two_halves():
    result = make({"mine": 5}, make_cast(3, 3), days=1)
    assert timeline.change(result.evidence, result.cast, "mine", "mayor") is None


def test_undated_articles_have_no_place_in_time(result):
    rows = result.evidence.assign(published="")
    assert timeline.by_article(rows, result.cast).empty
    assert timeline.rolling(rows, result.cast).empty


def test_what_nobody_said_counts_in_no_figure_and_is_noted():
    result = make(sizes={"chronicle": 4}, seed=7)
    apart = result.statements.copy()
    spoken = apart.index[apart["kind"] != "narration"][:3]
    apart.loc[spoken, "act"] = ["thought", "thought", "finding"]
    table = shares.word_shares(apart, result.articles)
    lost = apart.loc[spoken, "words"].sum()
    assert table["words"].sum() == apart["words"].sum() - lost
    [note] = shares.uncounted(apart)
    assert note.startswith("2 thoughts and 1 finding (")
    assert f"{lost / apart['words'].sum():.1%} of the words" in note
    assert shares.uncounted(result.statements) == []
