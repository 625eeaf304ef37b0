"""What single marks mean: daggers, hollow marks, labels, dots of articles, parts of an article."""

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from synthetic import make, make_cast

from analysis.charts import (
    article_strip,
    framing,
    over_time,
    source_of,
    stance_matrix,
    statement_dots,
    who_speaks,
)


@pytest.fixture(scope="module")
def small():
    return make({"mine": 5, "press": 2}, make_cast(4, 3))


def source(result):
    return source_of(result.articles, result.scores)


def words(chart) -> list[str]:
    return [text.get_text() for text in chart.figure.findobj(Text)]


def test_a_fragile_mean_has_a_dagger_and_a_note(small):
    row = small.frames.query("collection == 'mine' and holder == 'narrator'").index[0]
    frames = small.frames.assign(fragile=small.frames.index == row)
    said = words(stance_matrix(frames, small.cast, source(small)))
    assert sum(text.endswith(" †") for text in said) == 1
    assert any("† Fragile" in text for text in said)
    assert not any(
        "†" in text for text in words(stance_matrix(small.frames, small.cast, source(small)))
    )


def test_what_shows_no_sign_has_no_dagger(small):
    frames = small.frames.assign(fragile=True, polarity=0.001)
    said = words(stance_matrix(frames, small.cast, source(small)))
    assert "0.00" in said and not any("†" in text for text in said)


def test_what_no_interval_tells_of_is_hatched(small):
    told = small.frames["ci_low"].notna().cumsum()
    frames = small.frames.assign(
        ci_low=small.frames["ci_low"].mask(told == 1, -1.0),
        ci_high=small.frames["ci_high"].mask(told == 1, 1.0),
    )
    firm = frames["ci_low"].gt(-1) | frames["ci_high"].lt(1)
    chart = stance_matrix(frames, small.cast, source(small))
    hatches = [box for box in chart.figure.findobj(Rectangle) if box.get_hatch()]
    keys = 1
    assert 0 < firm.sum() < len(frames) and len(hatches) == (~firm).sum() + keys


def test_all_words_are_drawn_in_no_fill_of_the_key(small):
    chart = who_speaks(small.statements, small.articles, small.cast, source(small))
    boxes = chart.figure.axes[0].patches
    hollow = [box for box in boxes if box.get_facecolor()[3] == 0 and box.get_linewidth()]
    assert len(hollow) == 2 * small.articles["collection"].nunique()


def test_a_numbered_dot_stays_whole_and_in_sight(small):
    chart = statement_dots(small.evidence, small.statements, small.cast, source(small))
    panels = [ax for ax in chart.figure.axes if ax.get_xlim() == (-1.04, 1.04)]
    numbers = [text for ax in panels for text in ax.texts if text.get_text().isdigit()]
    assert len(numbers) == chart.table["label"].notna().sum() > 0
    for text in numbers:
        assert text.get_position()[0] * text.xy[0] > 0  # on the dot's outer side
    assert not any(dots.get_clip_on() for ax in panels for dots in ax.collections)


def test_a_finding_that_hangs_on_names_is_marked_in_the_title(small):
    pair = small.frames["holder"].eq("unions") & small.frames["target"].eq("mayor")
    assert pair.any()
    frames = small.frames.assign(fragile=pair.astype("boolean").where(pair))
    assert stance_matrix(frames, small.cast, source(small)).title.endswith(" †")


def test_a_sharp_statement_does_not_end_in_a_comma(small):
    said = small.statements.assign(content="They “came late,”")
    shown = words(statement_dots(small.evidence, said, small.cast, source(small)))
    assert any(text.endswith("“came late”") for text in shown)


def test_one_statement_is_no_mean(small):
    chart = statement_dots(small.evidence, small.statements, small.cast, source(small))
    sizes = chart.table.groupby(["collection", "target", "row"]).size()
    diamonds = [line for ax in chart.figure.axes for line in ax.lines if line.get_marker() == "d"]
    keys = 2
    assert (sizes == 1).sum() > 0 and len(diamonds) == (sizes > 1).sum() + keys


def test_a_short_part_of_all_words_is_named_as_fully_as_a_long_one(small):
    said = small.statements.copy()
    said.loc[said["kind"] != "narration", "words"] = 1
    shown = words(who_speaks(said, small.articles, small.cast, source(small)))
    assert sum(text.startswith("quoted or reported ") for text in shown) == 2


def test_rows_that_are_nobody_in_particular_are_explained(small):
    chart = who_speaks(small.statements, small.articles, small.cast, source(small))
    notes = " ".join(" ".join(words(chart)).split())
    assert "Unresolved: the program could not tell who speaks." in notes
    named = small.statements[small.statements["group"] != "unresolved"]
    notes = " ".join(words(who_speaks(named, small.articles, small.cast, source(small))))
    assert "Unresolved" not in notes


def test_a_lane_is_as_tall_as_its_label(misplaced):
    result = make({"many": 25}, make_cast(3, 3), statements=3)
    groups = result.cast.groups
    for key in result.cast.focus:
        groups[key] = replace(groups[key], name="The long committee of the long names of all long")
    args = (result.statements, result.articles, result.evidence, result.cast, source(result))
    assert misplaced(article_strip(*args).figure) == []


def test_the_sharpest_statements_are_quoted_but_not_the_press(small):
    chart = statement_dots(small.evidence, small.statements, small.cast, source(small))
    labelled = chart.table[chart.table["label"].notna()]
    assert set(labelled["collection"]) == {"mine"}
    own = chart.table[(chart.table["collection"] == "mine") & (chart.table["target"] == "unions")]
    ends = own.loc[own["label"].notna(), "polarity"]
    assert ends.min() == own["polarity"].min() and ends.max() == own["polarity"].max()
    said = " ".join(" ".join(words(chart)).split())
    assert all(" ".join(content.split()[:6]) in said for content in labelled["content"])
    assert (chart.table.loc[chart.table["label"].isna(), "content"] == "").all()


def test_a_mean_of_few_statements_is_hollow(small):
    chart = framing(small.evidence, small.cast, source(small))
    few = (chart.table["n_statements"] < 5).sum()
    panel = [ax for ax in chart.figure.axes if ax.get_xlim() == (-1.04, 1.04)]
    marks = [line for ax in panel for line in ax.lines if line.get_marker() not in ("None", "")]
    hollow = [line for line in marks if line.get_markerfacecolor() == "#ffffff"]
    assert 0 < few < len(chart.table) and len(hollow) == 2 * few  # on the line and below it


def test_who_says_nothing_of_whom_is_said(small):
    rows = small.evidence
    rows = rows[(rows["group"] != "mayor") | (rows["target_group"] != "mayor")]
    said = words(framing(rows, small.cast, source(small)))
    assert said.count("Own side: nothing said") >= 2


def test_each_article_is_a_dot(small):
    chart = who_speaks(small.statements, small.articles, small.cast, source(small))
    dots = chart.table[chart.table["row"] == "article"]
    totals = dots.groupby("article_id")["share"].sum()
    assert len(totals) == 7 and totals.tolist() == pytest.approx([1] * 7)
    drawn = sum(len(c.get_offsets()) for ax in chart.figure.axes for c in ax.collections)
    assert drawn == len(dots)


def test_a_large_collection_is_drawn_by_tenths_and_a_small_one_by_statements():
    result = make({"many": 25, "few": 3}, make_cast(3, 3), statements=8)
    args = (result.statements, result.articles, result.evidence, result.cast, source(result))
    table = article_strip(*args).table
    kinds = table.groupby("collection")["row"].agg(set)
    assert kinds["many"] == {"tenth", "turns"} and kinds["few"] == {"statement", "turns"}
    shares = table[table["row"] == "tenth"].groupby("tenth")["share"].sum()
    assert shares.tolist() == pytest.approx([1] * 10)
    assert pd.isna(table.loc[table["row"] == "turns", "polarity"]).all()


def test_a_group_has_its_own_number_of_articles_beside_it(small):
    target = small.cast.focus[0]
    own = small.evidence["collection"].eq("mine") & small.evidence["target_group"].eq(target)
    silent = small.evidence.loc[own, "article_id"].iloc[0]
    rows = small.evidence[~(own & small.evidence["article_id"].eq(silent))]
    left = rows.loc[own, "article_id"].nunique()
    chart = over_time(rows, small.cast, source(small))
    assert 0 < left < 5
    assert f"“mine”: {left} of 5 articles" in words(chart)
    assert f"{small.cast.group_name(target)}, “mine”: {left} of 5 articles:" in chart.alt
