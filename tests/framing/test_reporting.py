"""Reporting verbs: the lemma of a cue, its grade, and what a group is given."""

import pytest
from told import told

from analysis.attribution.cues import LEMMAS
from analysis.framing import reporting
from analysis.framing.reporting import NO_VERB, NOT_AT_HAND, charges, contrast, verb_of, verbs


@pytest.mark.parametrize(
    ("cue", "verb"),
    [
        ("said", "say"),
        ("had said on Monday", "say"),
        ("has also denied", "deny"),
        ("is warning", "warn"),
        ("admitted", "admit"),
        ("According to", "according to"),
        ("pointed out", "point out"),
        ("went on:", "go on"),
        ("put it", "put it"),
        ("made clear", "make clear"),
        ("in the chairwoman's words", "in ... words"),
        ("called for calm", "call for"),
        ("called", "call"),
        ("cries", "cry"),
        ("agreeing", "agree"),
        ("decried", "decry"),
        ("echoes", "echo"),
        ("opined", "opined"),
        ("then quietly opined", "opined"),
        ("pressed the keeper on his remarks about", "pressed"),
        ("seized on the report", "seized"),
        ("refused to condemn", "refused"),
        ("has often warned", "warn"),
        ("didn’t deny", "deny"),
        ("'ve been told", "tell"),
        ("reply", "reply"),
        ("—", NO_VERB),
        ("", NO_VERB),
    ],
)
def test_the_verb_of_a_cue(cue, verb):
    assert verb_of(cue) == verb


def test_every_form_that_finds_a_statement_is_graded():
    assert {form: verb_of(form) for form in LEMMAS} == LEMMAS
    assert set(LEMMAS.values()) <= set(reporting.lexicon().index)


def test_the_list_keeps_to_its_scale():
    listed = reporting.lexicon()
    assert listed.index.is_unique and set(listed["charge"]) == set(reporting.LEVELS)
    assert set(listed["leaning"]) == {-1, 0, 1}
    assert listed.loc["say", "charge"] == 0 and listed.loc["rant", "charge"] == 1
    assert (listed.loc[["claim", "insist", "admit"], "leaning"] == -1).all()
    assert (listed.loc[["point out", "note", "explain"], "leaning"] == 1).all()


@pytest.fixture
def tables():
    lines = [
        ("Ann Bo", "red", "No.", {"cue": "said"}),
        ("Ann Bo", "red", "Never.", {"cue": "opined"}),
        ("Cy Dee", "blue", "Yes.", {"cue": "ranted"}),
        ("Cy Dee", "blue", "Perhaps.", {"cue": ""}),
        ("Cy Dee", "blue", "It was so.", {"cue": "", "cue_start": 3, "cue_end": 8}),
        ("Cy Dee", "blue", "Who knows?", {"cue": "thought", "act": "thought"}),
        ("", "", "It rained.", {"cue": "claimed"}),
    ]
    heated = [("Ann Bo", "red", "No.", {"cue": "noted"}), ("Cy Dee", "blue", "Yes.",
              {"cue": "slammed"})]  # fmt: skip
    return told(lines, heated, heated, heated)


def test_ungraded_verbs_are_kept_and_thoughts_and_narration_left_out(tables):
    articles, statements, *_ = tables
    table = verbs(statements, articles).set_index(["group", "verb"])
    assert table["n"].to_dict() == {
        ("red", "say"): 1, ("red", "note"): 3, ("red", "opined"): 1, ("blue", "rant"): 1,
        ("blue", "slam"): 3, ("blue", NO_VERB): 1, ("blue", NOT_AT_HAND): 1,
    }  # fmt: skip
    assert table["charge"].isna().sum() == 3


def test_a_mean_counts_graded_verbs_only(tables):
    articles, statements, *_ = tables
    table = charges(statements, articles).set_index("group")
    assert table.loc["red", "charge"] == pytest.approx(0.75 / 4)
    assert tuple(table.loc["blue", ["n", "n_graded", "n_articles"]]) == (6, 4, 4)
    assert table[["ci_low", "ci_high"]].isna().all(axis=None)  # of four articles


def test_the_contrast_is_the_difference_of_the_means(tables):
    articles, statements, *_ = tables
    gap = contrast(statements, articles, "mine", "blue", "red")
    assert gap.estimate == pytest.approx(1 - 0.1875)


def test_a_charge_stays_on_its_scale():
    calm, heated = (("Ann Bo", "red", "No.", {"cue": cue}) for cue in ("said", "slammed"))
    articles, statements, *_ = told([calm], [heated], [calm], [heated], [calm])
    table = charges(statements, articles)
    assert table[["ci_low", "ci_high"]].iloc[0].tolist() == [0, 1]


def test_a_contrast_stays_on_its_scale():
    calm, heated = (("Ann Bo", "red", "No.", {"cue": cue}) for cue in ("said", "warned"))
    slam, vow = (("Cy Dee", "blue", "Yes.", {"cue": cue}) for cue in ("slammed", "vowed"))
    articles, statements, *_ = told(
        [calm, slam], [calm, slam], [heated, slam], [calm, vow], [calm, slam]
    )
    gap = contrast(statements, articles, "mine", "blue", "red")
    assert gap.high == 1 and gap.low >= -1


def test_nobody_quoted_is_an_empty_table():
    articles, statements, *_ = told([("", "", "It rained.")])
    assert verbs(statements, articles).empty and charges(statements, articles).empty
