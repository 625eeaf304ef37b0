"""Once: a remark that several articles repeat is one unit, and of the article that had it first."""

import pytest
from told import told

from analysis.framing.once import once
from analysis.framing.shared import shared_quotations

LONG = "the harbour will be open again before the winter"


def said(words, polarity, speaker="Ann Bo"):
    return (speaker, "red", words, {"about": {"blue": polarity}})


def table(*articles):
    made, statements, _, rows = told(*articles)
    return once(rows, shared_quotations(statements, made, rows, alike=2.0))


def test_what_is_repeated_counts_once_with_the_mean_of_its_polarities():
    other = [said(f"word number {n} is mine alone", 0.0) for n in range(3)]
    found = table([said(LONG, -1.0), other[0]], [said(LONG, -0.5), other[1]], [other[2]])
    (row,) = found.itertuples()
    assert (row.holder, row.target, row.n_statements, row.n_remarks) == ("red", "blue", 5, 4)
    assert row.polarity == pytest.approx(-0.75 / 4)


def test_a_cell_without_a_repeated_remark_is_left_out():
    assert table([said(LONG, -1.0)], [said("a boat", 0.5)]).empty


def test_what_every_article_repeats_is_no_more_evidence_than_one():
    things = ("apples rot", "boats sink", "cranes fall", "docks flood", "eels bite")
    own = [[said(words, -0.2 * n)] for n, words in enumerate(things)]
    few = table([said(LONG, -1.0)], [said(LONG, -1.0)], *own).iloc[0]
    many = table(*[[said(LONG, -1.0)]] * 9, *own).iloc[0]
    assert (few["n_statements"], many["n_statements"]) == (7, 14)
    assert many["ci_low"] == pytest.approx(few["ci_low"])
    assert many["ci_high"] == pytest.approx(few["ci_high"])
