"""Charts of verbs, words and shared quotations: findings that turn with the data, nothing lost."""

import pandas as pd
import pytest
from matplotlib.text import Text
from synthetic import make_cast
from told import told

from analysis.charts.reporting_verbs import reporting_verbs
from analysis.charts.shared_quotations import shared_quotations
from analysis.charts.shared_rows import CHIPS
from analysis.charts.source import source_of
from analysis.charts.verb_rows import MOST
from analysis.charts.word_shift import word_shift
from analysis.framing import shared

CAST = make_cast(6, 3)
LONG = "the harbour will be open again before the winter"
EMPTY = pd.DataFrame({"model": [], "revision": []})


def verbs_of(*articles, **options):
    made, statements, *_ = told(*articles, **options)
    return reporting_verbs(statements, made, CAST, source_of(made, EMPTY))


def said(group, cue):
    return (f"head of {group}", group, "Words.", {"cue": cue})


def shift_of(*articles):
    made, statements, mentions, rows = told(*articles)
    return word_shift(rows, statements, mentions, CAST, source_of(made, EMPTY))


def recurring(*articles, collection="mine", **options):
    made, statements, _, rows = told(*articles, collection=collection)
    table = shared.shared_quotations(statements, made, rows, alike=2)
    return shared_quotations(table, CAST, source_of(made, EMPTY), **options)


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        (("ranted", "said"), "gives Mayor de Blasio and City Hall more charged verbs than Union"),
        (("said", "ranted"), "gives Union leaders more charged verbs than Mayor"),
        (("said", "said"), "100% of 84 graded reporting verbs are neutral; no clear difference"),
    ],
)
def test_the_title_says_who_gets_the_charged_verbs(cues, says):
    plain = [said("mayor", "said"), said("unions", "said")]
    charged = [said(group, cue) for group, cue in zip(("mayor", "unions"), cues, strict=True)]
    title = verbs_of(*[charged * 3, charged * 3 + plain] * 6).title
    assert says in title


def test_no_clear_difference_is_called_none():
    pairs = [("said", "ranted"), ("ranted", "said"), ("said", "urged"), ("urged", "said")] * 3
    lines = [[said("mayor", first), said("unions", second)] for first, second in pairs]
    assert "no clear difference" in verbs_of(*lines).title


def test_verbs_without_a_grade_are_drawn_and_counted():
    chart = verbs_of([said("mayor", "opined"), said("mayor", "said")])
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    assert "opined 1" in words and "not graded" in words
    assert "1 of 2 verbs graded" in chart.alt and set(chart.table["verb"]) == {"opined", "say"}


def test_verbs_beyond_the_cell_are_counted_together():
    cues = ["said", "told", "asked", "wrote", "added", "replied", "tweeted", "spoke"]
    chart = verbs_of([said("mayor", cue) for cue in cues])
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    assert f"{len(cues) - MOST} more verbs {len(cues) - MOST}" in words
    assert len(chart.table) == len(cues)


def test_the_shift_draws_a_sum_that_is_true():
    harsh = ("Cy", "unions", "shame and shame", {"about": {"mayor": -0.8}})
    mild = ("", "", "a calm day of hope", {"about": {"mayor": 0.4}})
    chart = shift_of(*[[harsh, mild, ("", "", "calm hope", {"about": {"mayor": 0.1}})]] * 5)
    gap = chart.table["contribution"].sum()
    weights = (2 * 0.1 + 5 * 0.4) / 7
    assert abs(gap) == pytest.approx(0.8 + weights)
    assert "hope" in chart.alt and "shame" in chart.alt
    assert "hope" not in chart.title  # no word is said to part those who are not clearly apart
    assert {"first", "second", "target", "uses_first"} <= set(chart.table)


NAMED = "the words that part them most are “"


@pytest.mark.parametrize(
    ("harsh", "mild", "says"),
    [
        ("shame and grief", "hope and calm", NAMED),
        ("the storm rose high", "the storm rose high", "make up none of that"),
        ("so the storm rose and the sea did", "the storm rose and so did the sea here",
         "the 3 words that part them most make up under 1% of that"),
    ],
)  # fmt: skip
def test_words_are_named_only_where_they_part_the_two(harsh, mild, says):
    chart = shift_of(*[
        [("Cy", "unions", harsh, {"about": {"mayor": -0.8 + i / 50}}),
         ("", "", mild, {"about": {"mayor": 0.4 + i % 2 / 50}})] for i in range(6)
    ])  # fmt: skip
    title = chart.title
    assert "favourable from" in title and says in title
    assert ("most are “" in title) == (says == NAMED)


def test_a_shift_without_any_word_to_show_tells_of_none_below():
    about = {"about": {"mayor": 0.1}}
    chart = shift_of([("Cy", "unions", "A storm rose", about), ("", "", "It rained", about)])
    words = " ".join(text.get_text() for text in chart.figure.findobj(Text))
    assert "No word stands in enough statements" in words
    assert "the choice of words" in words and "below" not in words
    assert "there are too few articles to tell" in chart.title


def test_an_interval_over_the_whole_scale_is_said_to_leave_all_open():
    def notes(*lines):
        figure = verbs_of(*lines).figure
        return " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ")

    one = [[said("mayor", "said")]] * 7 + [[said("mayor", "ranted")]]
    half = [[said("mayor", "said"), said("mayor", "urged")]] * 8
    assert "from 0 to 1 leaves everything open" in notes(*one)
    assert "leaves everything open" not in notes(*half)


@pytest.mark.parametrize("lines", [[], [("", "", "It rained.", {"about": {"mayor": 0.1}})]])
def test_nothing_to_compare_is_said(lines):
    assert "no two voices speak of one group" in shift_of(lines).title


def test_words_that_are_not_here_are_said_to_be_missing():
    about = {"about": {"mayor": 0.1}}
    made, statements, mentions, rows = told([("", "", "It", about), ("Cy", "unions", "No", about)])
    dry = statements.assign(content="")
    chart = word_shift(rows, dry, mentions, CAST, source_of(made, EMPTY))
    assert "cannot be compared" in chart.title and len(chart.table) == 0


def quoted(words=LONG, **more):
    return ("Ann Bo", "mayor", words if more.get("kind") == "indirect" else f"“{words}”", more)


def test_a_recurring_quotation_is_named_with_its_verbs(misplaced):
    chart = recurring([quoted(cue="said")], [quoted(cue="insisted")], [quoted(cue="said")])
    assert chart.title.endswith(
        " stands in 3 articles, under verbs more charged in one than in another"
    )
    assert LONG in chart.alt and "insist" in chart.alt and misplaced(chart.figure) == []


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        (("said", "told"), "under different verbs"),  # but none says more than another
        (("said", "opined"), "under different verbs"),  # of which one has no grade
        (("said", "said"), "under one verb"),
    ],
)
def test_verbs_of_one_charge_are_not_said_to_differ(cues, says):
    assert recurring(*[[quoted(cue=cue)] for cue in cues]).title.endswith(f"in 2 articles, {says}")


def test_words_that_every_article_reports_are_not_set_as_a_quotation(misplaced):
    chart = recurring([quoted(kind="indirect")], [quoted(kind="indirect")])
    assert chart.title == "One remark of Ann Bo stands in 2 articles, under one verb"
    assert "“" not in chart.alt and f"… {LONG}…" in chart.alt
    assert misplaced(chart.figure) == []
    chart = recurring([quoted(kind="indirect")], [quoted()])
    assert f"“{LONG}”" in chart.alt


@pytest.mark.parametrize(
    ("outlets", "named", "bare"),
    [
        (["A", "A", "A", "A"], [], ""),
        (["A", "B", "A", "A"], ["A 1 Jan", "B 2 Jan"], "names no outlet is of A."),
        (["A", "A", "B", "B"], ["A 1 Jan", "A 2 Jan", "B 3 Jan", "B 4 Jan"], ""),
    ],
)
def test_it_can_always_be_told_whose_article_a_field_is(outlets, named, bare):
    other = quoted("The ferry will run on Sunday whatever the council says")
    lines = [[quoted()], [quoted()], [other], [other]]
    made, statements, _, rows = told(*lines, outlets=outlets)
    table = shared.shared_quotations(statements, made, rows, alike=2)
    chart = shared_quotations(table, CAST, source_of(made, EMPTY))
    days = [f"{outlet} {i + 1} Jan" for i, outlet in enumerate(outlets)]
    assert [day for day in days if day in chart.alt] == named
    notes = " ".join(" ".join(text.get_text() for text in chart.figure.findobj(Text)).split())
    assert ("names no outlet" in notes) == bool(bare) and bare in notes


def test_the_most_widespread_is_named_only_where_one_is():
    other = quoted("The ferry will run on Sunday whatever the council says", cue="said")
    once, twice = [quoted(cue="said")], [quoted(cue="insisted"), other]
    title = recurring(once, twice, twice).title
    assert "2 remarks stand in several articles, 1 of them under verbs more charged in" in title
    assert "the most widespread, Ann Bo’s “the harbour" in title and "in 3 articles" in title
    calm = recurring(twice, twice).title
    assert "widespread" not in calm and "none of them under verbs more charged" in calm


def test_articles_without_their_words_are_not_among_those_compared():
    made, statements, _, rows = told([quoted()], [quoted()], [quoted("Something else.")])
    table = shared.shared_quotations(statements, made, rows, alike=2)
    made.loc[2, "text"] = ""
    chart = shared_quotations(table, CAST, source_of(made, EMPTY))
    notes = " ".join(" ".join(text.get_text() for text in chart.figure.findobj(Text)).split())
    assert "in more than one of 2 articles" in notes and "1 article whose words are not" in notes


def test_none_is_plainly_none():
    assert recurring([quoted()], [quoted("Something else.")]).title == (
        "No words of a named speaker recur in the 2 articles"
    )
    assert "Two articles are needed" in recurring([quoted()]).title


def test_many_articles_are_counted_not_crowded(misplaced):
    chart = recurring(*[[quoted()]] * (CHIPS + 10))
    assert "and 10 more" in chart.alt and misplaced(chart.figure) == []
    assert len(chart.table) == CHIPS + 10


def test_words_of_the_press_are_not_printed():
    lines = [[quoted(), ("", "", " she said in the rain.", {})]] * 2
    chart = recurring(*lines, collection="press")
    seen = chart.alt + chart.title + chart.table.to_csv()
    assert "harbour" not in seen and "rain" not in seen and "9 words, not printed" in chart.alt
    assert "harbour" in recurring(*lines, collection="press", withheld=()).alt


@pytest.mark.parametrize("actors", [2, 20])
def test_every_size_of_cast_has_room_for_verbs(actors, misplaced):
    cast = make_cast(actors, 8)
    cues = ["said", "ranted", "according to", "hypothesised", "acknowledged", "pointed out", ""]
    lines = [said(group, cue) for group in cast.groups for cue in cues]
    made, statements, *_ = told(*[lines] * 4)
    chart = reporting_verbs(statements, made, cast, source_of(made, EMPTY))
    assert misplaced(chart.figure) == [] and misplaced(chart.dark) == []
