"""Shares, voices, speakers and time: what the charts are drawn from, against counts by hand."""

from dataclasses import replace

import numpy as np
import pytest
from synthetic import level, make, make_cast

from analysis.framing import shares, speakers, timeline, voices
from analysis.framing.frames import interval_of, per_statement
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED, build


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


def spoken(group, words, speaker="", article="a0", **more):
    """A row of `statements`."""
    row = {"statement_id": f"{article}:{speaker}{words}", "article_id": article, "kind": "direct"}
    row |= {"act": "speech", "group": group, "speaker": speaker, "words": words, "named": True}
    return row | more


def tables(*rows):
    names = dict.fromkeys(row["article_id"] for row in rows)
    articles = [{"article_id": name, "collection": "mine", "outlet": "Post"} for name in names]
    return build("statements", rows), build("articles", articles)


def test_shares_in_an_article_add_up_and_are_zero_where_a_group_is_not_heard():
    told = spoken(NARRATOR, 99, kind="narration", act="")
    rows = [told, spoken("mayor", 3), spoken("unions", 1), spoken("mayor", 5, article="a1")]
    silent = [told | {"statement_id": "s", "article_id": "a2"}, spoken("mayor", 0, article="a3")]
    table = shares.by_article(*tables(*rows, *silent)).set_index(["group", "article_id"])
    assert table["share"].to_dict() == {
        ("mayor", "a0"): 0.75, ("mayor", "a1"): 1, ("unions", "a0"): 0.25, ("unions", "a1"): 0,
    }  # fmt: skip


def test_speakers_share_the_attributed_words():
    rows = [spoken("mayor", 6, "Ann Bo"), spoken("mayor", 3, "an aide", named=False)]
    rows += [spoken(UNRESOLVED, 1, "Who?"), spoken("narrator", 99, "Post", kind="narration")]
    table = shares.speakers(*tables(*rows))
    assert table[["speaker", "words", "share"]].values.tolist() == [["Ann Bo", 6, 0.6]]
    assert shares.speakers(*tables(*rows[1:])).empty


def test_outsiders_are_those_whom_the_cast_lacks():
    cast = make_cast(2, 2)
    member = next(iter(cast.actors.values())).name
    rows = [spoken(OTHERS, 4, "Cy Dee"), spoken(OTHERS, 2, "Cy Dee"), spoken(OTHERS, 9, member)]
    rows += [spoken("mayor", 8, "Ann Bo"), spoken(UNRESOLVED, 7, "a clerk", named=False)]
    table = shares.outsiders(tables(*rows)[0], cast)
    assert table[["speaker", "words"]].values.tolist() == [["a clerk", 7], ["Cy Dee", 6]]


@pytest.mark.parametrize(("most", "rows"), [(1, 2), (2, 3), (3, 3)])
def test_a_shared_row_is_of_two_at_least(most, rows):
    result = make({"mine": 6}, make_cast(3, 3))
    named = result.evidence["named"] & ~result.evidence["group"].isin(
        [NARRATOR, OTHERS, UNRESOLVED]
    )
    dots = speakers.speaker_dots(result.evidence[named], result.cast, most=most)
    assert dots["speaker"].nunique() == rows


def test_one_side_that_opposes_makes_two_opponents():
    cast = make_cast(3, 3)
    groups = cast.groups | {"mayor": replace(cast.groups["mayor"], opposes=())}
    assert groups["unions"].opposes == ("mayor",)
    one_way = replace(cast, groups=groups)
    assert voices.opponents(one_way, "mayor") == voices.opponents(cast, "mayor") == ["unions"]
    assert voices.opponents(one_way, "unions") == ["mayor"]


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
        assert row.difference == pytest.approx(gap) == pytest.approx(row.as_speech)
        assert row.sign == int(row.difference_low > 0) - int(row.difference_high < 0)


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
    assert timeline.change(level(rows), result.cast, "chronicle", "mayor")[1].sign == 0
    days = sorted(rows.drop_duplicates("article_id")["published"])
    late = rows["published"] >= days[8]
    rows.loc[late, "polarity"] = np.minimum(rows.loc[late, "polarity"] + 0.6, 1)
    assert timeline.change(level(rows), result.cast, "chronicle", "mayor")[1].sign == 1


@pytest.mark.parametrize(("who", "shared"), [("narrator", True), ("others", False)])
def test_a_change_is_the_narrators_only_where_his_own_words_change(result, who, shared):
    rows = result.evidence[result.evidence["collection"] == "chronicle"].copy()
    rows["polarity"] = 0.05 * (-1.0) ** np.arange(len(rows))
    late = rows["published"] >= sorted(rows.drop_duplicates("article_id")["published"])[8]
    told = rows["kind"] == "narration"
    rows.loc[late & (told if who == "narrator" else ~told), "polarity"] += 0.8
    found = timeline.change(level(rows), result.cast, "chronicle", "mayor")
    assert found.said.sign == 1 and found.shared == shared
    about = told & (rows["target_group"] == "mayor")
    halves = [per_statement(rows[about & half], ["kind"])["polarity"] for half in (late, ~late)]
    assert found.told.scored.estimate == pytest.approx(halves[0].mean() - halves[1].mean())
    once = per_statement(rows[rows["target_group"] == "mayor"], ["kind", "published"])
    after = once["published"] >= found.since.isoformat()[:10]
    own = once["kind"] == "narration"
    assert found.narrator == pytest.approx((own[~after].mean(), own[after].mean()))


def test_halves_are_cut_between_two_days(result):
    rows = result.evidence[result.evidence["collection"] == "chronicle"].copy()
    articles = sorted(rows["article_id"].unique())
    days = ["2015-01-01"] * (len(articles) - 2) + ["2015-01-02", "2015-01-03"]
    rows["published"] = rows["article_id"].map(dict(zip(articles, days, strict=True)))
    middle, gap, *_ = timeline.change(level(rows), result.cast, "chronicle", "mayor")
    assert middle.isoformat() == "2015-01-02T00:00:00" and np.isnan(gap.scored.low)
    about = rows[rows["target_group"] == "mayor"]
    late = per_statement(about[about["published"] > "2015-01-01"], ["target_group"])
    early = per_statement(about[about["published"] == "2015-01-01"], ["target_group"])
    assert gap.scored.estimate == pytest.approx(late["polarity"].mean() - early["polarity"].mean())


def test_a_half_that_says_nothing_of_a_target_has_no_difference(result):
    rows = result.evidence[result.evidence["collection"] == "chronicle"]
    days = sorted(rows.drop_duplicates("article_id")["published"])
    silent = rows[(rows["target_group"] != "mayor") | (rows["published"] < days[8])]
    assert np.isnan(timeline.change(silent, result.cast, "chronicle", "mayor")[1].scored.estimate)


def test_windows_with_one_median_stand_at_one_place(result):
    rows = result.evidence.assign(published="2015-01-01")
    rolled = timeline.rolling(rows, result.cast)
    assert not rolled.duplicated(["collection", "target", "day"]).any()


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
    assert note.startswith("figures leave out 2 thoughts and 1 finding of a poll or study (")
    assert f"{lost / apart['words'].sum():.1%} of the words" in note
    assert shares.uncounted(result.statements) == []
    result.statements.loc[spoken[0], "act"] = "thought"
    assert "leave out 1 thought (" in shares.uncounted(result.statements)[0]


def test_headlines_count_in_no_figure_and_are_noted():
    result = make(sizes={"chronicle": 4}, seed=7)
    told = result.statements.copy()
    heads = told.index[told["kind"] == "narration"][:4]
    told.loc[heads, "act"] = "headline"
    table = shares.word_shares(told, result.articles)
    assert table["words"].sum() == told["words"].sum() - told.loc[heads, "words"].sum()
    assert "leave out 4 headlines (" in shares.uncounted(told)[0]
    told.loc[told.index[told["kind"] != "narration"][:3], "act"] = ["thought"] * 2 + ["finding"]
    [note] = shares.uncounted(told)
    assert "4 headlines, 2 thoughts and 1 finding of a poll or study (" in note


def test_statements_of_equal_length_are_each_counted():
    rows = [spoken("mayor", 5, name) for name in ("Ann", "Bo", "Cy")]
    table = shares.word_shares(*tables(*rows))
    assert table[["words", "statements"]].values.tolist() == [[15, 3]]


def test_words_of_whom_it_is_not_known_whether_they_are_named_count_as_unnamed():
    table = shares.word_shares(*tables(spoken("mayor", 5, named=None)))
    assert list(table["named"]) == [False]


def test_a_speaker_with_two_statements_in_an_article_is_heard_in_one():
    rows = [spoken("mayor", 6, "Ann Bo"), spoken("mayor", 3, "Ann Bo")]
    table = shares.speakers(*tables(*rows))
    assert table[["statements", "n_articles"]].values.tolist() == [[2, 1]]


def test_an_unnamed_voice_stays_unnamed_and_narration_is_signed():
    told = spoken(NARRATOR, 9, kind="narration", act="", named=False)
    table = shares.word_shares(*tables(spoken("mayor", 5, named=False), told))
    signed = dict(zip(table["group"], table["named"], strict=True))
    assert signed == {"mayor": False, NARRATOR: True}


def test_of_windows_with_one_median_the_last_stays(result):
    rows = result.evidence[result.evidence["collection"] == "chronicle"]
    rolled = timeline.rolling(rows.assign(published="2015-01-01"), result.cast)
    row = rolled[rolled["target"] == "mayor"].iloc[0]
    about = rows[rows["target_group"] == "mayor"]
    last = sorted(about["article_id"].unique())[-timeline.WINDOW :]
    mean = per_statement(about[about["article_id"].isin(last)], ["target_group"])["polarity"].mean()
    assert row["polarity"] == pytest.approx(mean)
