"""Paragraphs and sentences: where they end, and where they must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.segments import paragraphs, sentences


def cut(text, split=sentences):
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("One.\n\n\n\nTwo.\n", ["One.", "Two."]),
        ("  One.  \n\n  Two.  ", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("A headline\r\rThe text.\r", ["A headline", "The text."]),
        ("A headline\n\u00a0\nThe text.", ["A headline", "The text."]),
        ("A headline\n \u200b\nThe text.", ["A headline", "The text."]),
        ("A headline\u2028\n\u00a0\nThe text.", ["A headline", "The text."]),
        ("A headline\u2029\u2029The text.", ["A headline", "The text."]),
        ("One.\vTwo.\u2028Three.", ["One.", "Two.", "Three."]),
        ("The ferry was\r\nlate.", ["The ferry was\r\nlate."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("“One.”\n“Two?”\nThree!", ["“One.”", "“Two?”", "Three!"]),
        ("He read:\nThe end.", ["He read:", "The end."]),
        ("The ferry was\nlate again and\nwet.", ["The ferry was\nlate again and\nwet."]),
        ("A headline\n\nThe text.", ["A headline", "The text."]),
        ("", []),
        (" \n\t\n ", []),
        (".", ["."]),
    ],
)
def test_paragraphs(text, expected):
    assert cut(text, paragraphs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Did it? It did! So …  Well.", ["Did it?", "It did!", "So …", "Well."]),
        ("Mr. Reyes met Dr. Oh. They talked.", ["Mr. Reyes met Dr. Oh.", "They talked."]),
        ("St. Ann and Lt. Poe left.", ["St. Ann and Lt. Poe left."]),
        ("He came on Jan. 5 at noon.", ["He came on Jan. 5 at noon."]),
        ("J. R. Poe and W. H. Oh left.", ["J. R. Poe and W. H. Oh left."]),
        ("The U.S. Navy left.", ["The U.S. Navy left."]),
        ("It cost 3.5 million. Half was lost.", ["It cost 3.5 million.", "Half was lost."]),
        ("He ran 4.2 miles.Then he slept.", ["He ran 4.2 miles.Then he slept."]),
        ("“It is over.” He left.", ["“It is over.”", "He left."]),
        ('"It is over." "Is it?" He left.', ['"It is over."', '"Is it?"', "He left."]),
        ("(It was over.) He left.", ["(It was over.)", "He left."]),
        ("“Is it?” he asked.", ["“Is it?” he asked."]),
        ("“It is over,” he said. “Go.”", ["“It is over,” he said.", "“Go.”"]),
        ("One. 2 came.", ["One.", "2 came."]),
        ("No end", ["No end"]),
        ("", []),
        ("  \n ", []),
        pytest.param(
            "They met at 3 p.m. The mayor was late.",
            ["They met at 3 p.m.", "The mayor was late."],
            marks=pytest.mark.xfail(reason="an abbreviation never ends a sentence"),
        ),
        pytest.param(
            "Was it him? “No. It was I.” He left.",
            ["Was it him?", "“No.", "It was I.”", "He left."],
            marks=pytest.mark.xfail(reason="“I” is taken for an initial, “No” for “number”"),
        ),
    ],
)
def test_sentences(text, expected):
    assert cut(text) == expected


def test_sentences_of_a_stretch():
    text = "One. Two. Three."
    assert [text[a:b] for a, b in sentences(text, 5, 9)] == ["Two."]
    assert sentences(text, 5, 5) == []


@settings(deadline=None)
@given(st.text("Ab1 .!?…,:'\"“”‘’()\n\r\t", max_size=60))
def test_spans_lie_in_order_and_leave_only_blanks(text):
    for split in (paragraphs, sentences):
        spans = split(text)
        reached = 0
        for start, end in spans:
            assert reached <= start < end <= len(text)
            assert not text[reached:start].strip()
            assert text[start:end] == text[start:end].strip()
            reached = end
        assert not text[reached:].strip()
