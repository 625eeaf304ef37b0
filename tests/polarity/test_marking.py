"""What the model is shown: markers, hidden names, the window."""

from __future__ import annotations

import pytest
from marked import item

from analysis import encoder
from analysis.polarity.marking import encode, is_name, merge, window
from analysis.polarity.scorer import Item


def tokens(row: dict) -> list[str]:
    return encoder.tokenizer().convert_ids_to_tokens(row["input_ids"])


def test_every_mention_stands_between_markers():
    (row,), _ = encode([item("[Lynch]'s men said [he] was hollow")])
    assert tokens(row) == [
        "[CLS]", "[unused0]", "lynch", "[unused1]", "'", "s", "men", "said",
        "[unused0]", "he", "[unused1]", "was", "hollow", "[SEP]",
    ]  # fmt: skip
    assert row["mention"] == [0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0]


def test_overlapping_mentions_are_marked_as_one():
    assert merge([(6, 9), (0, 4), (2, 5), (5, 6)]) == [(0, 5), (5, 6), (6, 9)]
    text = "Mayor de Blasio spoke"
    (row,), _ = encode([Item(text, ((0, 15), (9, 15)))])
    assert tokens(row).count("[unused0]") == 1


def test_mentions_that_share_a_token_do_not_double_it():
    (row,), _ = encode([Item("policemen", ((0, 6), (6, 9)))])
    assert tokens(row).count("policemen") == 1
    assert len(row["input_ids"]) == len(row["mention"])


def test_what_looks_like_a_marker_in_the_text_is_text():
    (row,), _ = encode([item("[unused0] said the [mayor]")])
    assert tokens(row).count("[unused0]") == 2  # both set by us: the text's own was a bracket


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Trump", True), ("Bill de Blasio", True), ("the Republican Party", True),
        ("Yazan al-Saadi", True), ("He", False), ("the mayor", False), ("Mayor's aides", False),
        ("39", False),
    ],
)  # fmt: skip
def test_names_are_told_from_descriptions(surface, expected):
    assert is_name(surface) is expected


def test_hidden_names_leave_no_trace_and_descriptions_stay():
    items = [item("[Smith] lied, the union said"), item("[Maria Jones] lied, the union said")]
    (smith, jones), _ = encode(items, mask_names=True)
    assert smith == jones
    (mayor,), _ = encode([item("[the mayor] lied")], mask_names=True)
    assert "mayor" in tokens(mayor)


@pytest.mark.parametrize("side", ["before", "after", "both"])
def test_a_long_text_is_read_in_whole_sentences_around_the_mention(side):
    filler = "Nothing of note was said at all on that day. "
    before = filler * 30 if side != "after" else ""
    after = filler * 30 if side != "before" else ""
    long = item(before + "At last [Lynch] spoke. " + after)
    (row,), ((low, high),) = encode([long], room=64)
    assert 40 < len(row["input_ids"]) <= 64
    shown = long.text[low:high]
    assert "At last Lynch spoke." in shown
    assert shown.startswith(("Nothing", "At last")) and shown.endswith(".")


def test_a_long_sentence_is_read_word_by_word_around_the_mention():
    long = item("so " * 200 + "said [Lynch] and " + "so " * 200)
    (row,), ((low, high),) = encode([long], room=64)
    assert len(row["input_ids"]) == 64
    start = long.spans[0][0]
    assert 60 < start - low < 120 and 60 < high - start < 120


def test_a_mention_longer_than_the_window_is_cut_to_it():
    (row,), _ = encode([item("[" + "so " * 100 + "] x")], room=32)
    assert len(row["input_ids"]) <= 32
    assert sum(row["mention"]) == len(row["input_ids"]) - 2


def test_mentions_outside_the_window_are_left_out():
    far = item("[Lynch] spoke. " + "Nothing was said by anyone there. " * 40 + "[He] left.")
    (row,), ((low, high),) = encode([far], room=64)
    assert low == 0 and high < far.spans[1][0]
    assert tokens(row).count("[unused0]") == 1


def test_the_window_is_the_whole_text_where_it_fits():
    assert window("a b", [(0, 1), (2, 3)], (0, 1), 2) == (0, 2)
