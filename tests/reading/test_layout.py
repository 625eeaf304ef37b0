"""Laying out: the runs are the text again, and each knows what is marked in it."""

import pytest

from analysis.reading.layout import paragraphs
from analysis.reading.view import view

TEXT = "Vane said Holt lied.\n\n“She lied,” he said."
NONE = dict.fromkeys(
    [f"{a}_{b}" for a in ("source", "cue", "antecedent") for b in ("start", "end")]
)


def row(start, end, spans, **marks):
    return NONE | {"start": start, "end": end, "spans": spans} | marks


ROWS = [
    row(0, 10, "0-9"),
    row(10, 22, "10-19", source_start=0, source_end=4, cue_start=5, cue_end=9),
    row(22, 42, "22-33", source_start=34, source_end=36, antecedent_start=10, antecedent_end=14),
]
MENTION = {"start": 10, "end": 14, "target": "Ben Holt", "polarity": -0.5}


def runs_of(laid):
    return [run for pieces in laid for piece in pieces for run in piece.runs]


def test_each_run_knows_its_marks():
    runs = {run.text: run for run in runs_of(paragraphs(TEXT, ROWS, [MENTION]))}
    assert runs["Vane"].sources == (1,) and not runs["Vane"].cues
    assert runs["said"].cues == (1,)
    assert runs["Holt"].antecedents == (2,) and runs["Holt"].polarity == -0.5
    assert runs["Holt"].own and runs["Holt"].tagged and runs["Holt"].ends
    assert runs[" lied"].own and not runs[" lied"].tagged
    assert runs["he"].sources == (2,) and not runs["he"].own


def test_a_statement_leads_where_its_first_letter_is():
    laid = paragraphs("One.\n\nTwo, he said.", [row(0, 4, "0-4"), row(4, 19, "6-9")], [])
    assert [[(p.statement, p.leads) for p in pieces] for pieces in laid] == [
        [(0, True), (1, False)],
        [(1, True)],
    ]


def test_a_mention_cut_by_a_cue_shows_its_polarity_once():
    rows = [row(0, 20, "0-20", cue_start=12, cue_end=20)]
    runs = runs_of(paragraphs(TEXT[:20], rows, [MENTION]))
    assert [run.text for run in runs if run.mentioned] == ["Ho", "lt"]
    assert [run.ends for run in runs if run.mentioned] == [False, True]


@pytest.mark.parametrize(
    ("text", "count"),
    [("a\nb", 1), ("a\n\nb", 2), ("a\r\n\r\nb", 2), ("a\rb", 2), ("a\n \t\n\nb", 2), ("\n\na", 2)],
)
def test_blank_lines_part_paragraphs_and_stay(text, count):
    laid = paragraphs(text, [row(0, len(text), f"0-{len(text)}")], [])
    assert len(laid) == count
    assert "".join(run.text for run in runs_of(laid)) == text


def test_the_runs_of_any_article_are_its_text(hostile):
    tables = (hostile.statements, hostile.mentions, hostile.scores, hostile.cast)
    for article in hostile.articles.to_dict("records"):
        laid = view(article, *tables).paragraphs
        assert "".join(run.text for run in runs_of(laid)) == article["text"]
