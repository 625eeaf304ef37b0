"""Word shift: contributions against sums by hand, and what is shown."""

import numpy as np
import pytest
from told import told

from analysis.framing.wordshift import (
    COMPANY,
    REMAINDER,
    default_pair,
    spoken_words,
    tokens,
    word_shift,
)


def kind(words, polarity, **more):
    return ("Ann Bo", "red", words, {"about": {"town": polarity}, **more})


def harsh(words, polarity):
    return ("Cy Dee", "blue", words, {"about": {"town": polarity}})


@pytest.fixture
def tables():
    day = [
        kind("the hope of our town", 0.8),
        kind("our hope is calm", 0.4),
        harsh("the shame of our town", -0.9),
        harsh("what a shame this is", -0.3),
        ("", "", "It rained on the town all day.", {"about": {"town": 0.0}}),
    ]
    return told(day, day[:3], day[1:], day)


def test_contributions_add_up_to_the_difference_of_two_word_weighted_means(tables):
    _, statements, _, rows = tables
    shift = word_shift(rows, statements, "mine", "town", "red", "blue")
    said = rows.merge(statements[["statement_id", "content"]], on="statement_id")
    length = said["content"].str.split().str.len()
    means = [
        np.average(said.loc[own, "polarity"], weights=length[own])
        for own in (said["group"] == "red", said["group"] == "blue")
    ]
    assert shift.means == pytest.approx(tuple(means))
    assert shift.difference.estimate == pytest.approx(means[1] - means[0])
    assert shift.table["contribution"].sum() == pytest.approx(means[1] - means[0], abs=1e-12)
    assert shift.words == tuple(length[said["group"] == group].sum() for group in ("red", "blue"))


@pytest.mark.parametrize(("by", "clear"), [(-0.5, -1), (0.0, 0)])
def test_a_difference_is_drawn_on_one_ruler_and_clear_on_both(by, clear):
    turns = [0.1 * (-1) ** i for i in range(16)]
    rain = [("", "", "Rain fell on our town.", {"about": {"town": turn}}) for turn in turns]
    said = [harsh("a shame on the town", by + 0.1 * (-1) ** (i // 2)) for i in range(16)]
    days = [list(day) for day in zip(rain, said, strict=True)]
    _, statements, _, rows = told(*days)
    rows["level"] = rows["polarity"].mask(rows["kind"] == "narration", rows["polarity"] + 0.5)
    shift = word_shift(rows, statements, "mine", "town", "narrator", "blue")
    assert shift.means == pytest.approx((0.5, by))
    assert shift.difference.sign == -1 and shift.clear == clear


@pytest.mark.parametrize("shown", [0, 1, 20])
def test_the_sum_holds_however_few_words_are_shown(tables, shown):
    _, statements, _, rows = tables
    shift = word_shift(rows, statements, "mine", "town", "red", "blue", shown=shown)
    assert shift.table["contribution"].sum() == pytest.approx(shift.difference.estimate, abs=1e-12)
    assert list(shift.table["word"])[-2:] == [REMAINDER, COMPANY]
    assert len(shift.table) <= shown + 2


def test_kind_words_raise_and_harsh_words_lower_their_side(tables):
    _, statements, _, rows = tables
    table = word_shift(rows, statements, "mine", "town", "red", "blue").table.set_index("word")
    assert table.loc["hope", "contribution"] < 0 and table.loc["hope", "score"] > 0
    assert table.loc["shame", "contribution"] < 0 and table.loc["shame", "score"] < 0
    back = word_shift(rows, statements, "mine", "town", "blue", "red").table.set_index("word")
    assert back.loc["hope", "contribution"] == pytest.approx(-table.loc["hope", "contribution"])


def test_function_words_hidden_words_and_rare_words_are_in_the_remainder(tables):
    _, statements, _, rows = tables
    words = set(word_shift(rows, statements, "mine", "town", "red", "blue", hidden=["Town"])
                .table["word"])  # fmt: skip
    assert "hope" in words and not words & {"the", "our", "town", "what"}
    rare = word_shift(rows, statements, "mine", "town", "red", "blue", fewest=9).table
    assert list(rare["word"]) == [REMAINDER, COMPANY]


def test_initials_and_numbers_are_in_the_remainder():
    day = [kind("hope of J Vane in 7 towns", 0.8), harsh("shame on J Vane in 7 towns", -0.9)]
    _, statements, _, rows = told(*[day] * 3)
    words = set(word_shift(rows, statements, "mine", "town", "red", "blue").table["word"])
    assert "hope" in words and not words & {"j", "7"}


def test_a_rare_word_is_drawn_to_the_middle():
    _, statements, _, rows = told(
        [kind("alpha beta", 1.0), *[kind("beta", 0.0)] * 8, harsh("gamma", 0.0)]
    )
    table = word_shift(rows, statements, "mine", "town", "red", "blue", fewest=1).table
    score = table.set_index("word").loc["alpha", "score"]
    middle = 2 / 11  # two of eleven words are in the one kind statement
    assert score == pytest.approx((1 * 1.0 + 2 * middle) / 3)


def test_only_the_pieces_that_are_the_speakers_count():
    _, statements, *_ = told([("Ann Bo", "red", "“Yes,” she said, “now.”", {"spans": "0-6;17-23"})])
    assert list(spoken_words(statements)["word"]) == ["yes", "now"]


def test_words_are_lower_case_with_straight_apostrophes():
    assert tokens("The mayor’s Well-Kept city’s don’t, 50%") == [
        "the", "mayor", "well-kept", "city", "don't", "50",
    ]  # fmt: skip


def test_statements_without_words_are_counted_or_nothing_is_compared(tables):
    _, statements, _, rows = tables
    dry = statements.assign(content="")
    assert word_shift(rows, dry, "mine", "town", "red", "blue") is None
    one = statements["statement_id"] == "a0/0"
    part = statements.assign(content=statements["content"].mask(one, ""))
    assert word_shift(rows, part, "mine", "town", "red", "blue").unread == 1


def test_the_default_pair_speaks_most_of_whom_most_is_spoken(tables):
    *_, rows = tables
    target, *pair = default_pair(rows, "mine")
    assert target == "town" and sorted(pair) == ["blue", "red"]
    assert default_pair(rows, "elsewhere") is None
    assert default_pair(rows[rows["group"] == "red"], "mine") is None


def test_nobody_compares_a_voice_with_those_whom_nobody_knows():
    lost = [("Who?", "unresolved", "What a town!", {"about": {"town": 0.0}})] * 3
    *_, rows = told([kind("hope", 0.5), harsh("shame", -0.5), *lost])
    assert sorted(default_pair(rows, "mine")[1:]) == ["blue", "red"]


def test_a_contribution_is_share_times_distance_from_the_reference():
    _, statements, _, rows = told([kind("alpha", 1.0), harsh("gamma", 0.0)])
    table = word_shift(rows, statements, "mine", "town", "red", "blue", fewest=1).table
    alpha, gamma = (1.0 + 2 * 0.5) / 3, (0.0 + 2 * 0.5) / 3  # the middle of all words is 0.5
    reference = (alpha + gamma) / 2
    found = table.set_index("word")["contribution"]
    assert found["alpha"] == pytest.approx((0 - 1) * (alpha - reference))
    assert found["gamma"] == pytest.approx((1 - 0) * (gamma - reference))


def test_two_outlets_can_be_compared():
    day = [kind("hope and calm", 0.5), ("", "", "Shame and grief.", {"about": {"town": -0.5}})]
    _, statements, _, rows = told(day, day[1:], outlets=("The Post", "The Star"))
    shift = word_shift(rows, statements, "mine", "town", "The Post", "The Star", by="outlet")
    assert shift.statements == (2, 1) and shift.difference.estimate == pytest.approx(-0.5)
