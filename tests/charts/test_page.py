"""The page: lines as wide as they may be, labels that keep out of each other's way."""

import pandas as pd
import pytest

from analysis.charts.page import balance, width_of, wrap
from analysis.charts.timescale import date_ticks, stairs

TITLE = "In the chronicle, most words go to Union leaders (37%), ahead of Police commissioner (31%)"


@pytest.mark.parametrize("width", [0.6, 1.5, 3, 9])
def test_no_line_is_wider_than_allowed_and_no_letter_is_lost(width):
    lines = wrap(TITLE, width, 15, bold=True)
    assert all(width_of(line, 15, bold=True) <= width for line in lines)
    kept = "".join(lines).replace(" ", "").replace("-", "")
    assert kept == TITLE.replace(" ", "")


def test_a_word_breaks_at_its_hyphen_before_anywhere_else():
    assert wrap("Michael Palladino-Featherstonehaugh", 1.5, 9.5) == [
        "Michael Palladino-",
        "Featherstonehaugh",
    ]


def test_balanced_lines_are_no_more_and_more_even():
    ragged, even = wrap(TITLE, 7.5, 15, bold=True), balance(TITLE, 7.5, 15, bold=True)
    assert len(even) == len(ragged)
    assert min(map(len, even)) >= min(map(len, ragged))


def test_no_words_are_one_empty_line():
    assert wrap("", 3, 10) == [""]


def test_a_label_stands_above_those_that_begin_under_it():
    assert stairs([0, 1, 2, 9], [1.5, 1.5, 1.5, 1.5]) == [2, 1, 0, 0]


def test_labels_of_one_day_stand_apart():
    assert len(set(stairs([1, 1, 1], [2, 2, 2]))) == 3


@pytest.mark.parametrize(
    ("start", "end", "first"),
    [
        ("2014-12-02", "2014-12-06", "2 Dec\n2014"),
        ("2014-12-02", "2015-01-15", "8 Dec\n2014"),
        ("2014-01-02", "2014-12-15", "Apr\n2014"),
        ("1990-05-02", "2014-12-15", "1995"),
        ("2014-12-02", "2014-12-02", "2 Dec\n2014"),
    ],
)
def test_ticks_stand_on_round_dates_and_are_few(start, end, first):
    places, words = date_ticks(pd.Timestamp(start), pd.Timestamp(end), 8)
    assert words[0] == first and 1 <= len(places) == len(words) <= 8
