"""The split of an article into statements: what holds for any text, and the columns of a row."""

import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from analysis.attribution import engine, rules
from analysis.attribution.spans import Attribution
from analysis.tables import COLUMNS, KINDS, NARRATOR, OTHERS, UNRESOLVED, spans_from_text

from .pitfalls import CAST


def split(row, cast, find=rules.find):
    """By the rules unless said otherwise: the tagger has tests of its own, and takes its time."""
    return engine.split(row, cast, find)


GROUPS = {*CAST.groups, NARRATOR, OTHERS, UNRESOLVED}
PIECES = (
    "“ ” \" ' ‘ ’ « » `` '' , . : ; ? ! — - … ( ) [ ] • 3 6'2\" 🚢 \u0301"
    " said says told added wrote asked reporters that according to In As put it words who would not"
    " Mr. Reyes Quill the commissioner mayor he She they another official sources a union letter"
    " statement from of Omar Dana Whitlock and the talks were over Friday"
).split()
SPACES = (" ", " ", " ", " ", "\n", "\n\n", "\r\n\r\n", "", "\u00a0")
PROSE = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=40).map(
    lambda parts: "".join(word + space for word, space in parts)
)
NOISE = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("“”\"'‘’\n ,.:"))


def article(text, published="2024-05-06"):
    return {
        "article_id": "a",
        "collection": "press",
        "outlet": "The Ansel Courier",
        "author": "",
        "published": published,
        "title": "",
        "url": "",
        "text": text,
        "sha256": "",
    }


def sound(text, rows):
    """Everything that must hold of the rows of any text, whatever the engine found."""
    reached = 0
    paragraph = 0
    for row in rows:
        assert row["start"] == reached < row["end"], "a gap, an overlap or an empty row"
        reached = row["end"]
        assert text[row["start"] : row["end"]] == row["content"]
        assert row["kind"] in KINDS
        assert row["group"] in GROUPS
        assert row["paragraph"] >= paragraph
        paragraph = row["paragraph"]
        assert 0 <= row["confidence"] <= 1
        assert row["speaker"]
        spans = spans_from_text(row["spans"])
        last = row["start"]
        for start, end in spans:
            assert last <= start < end <= row["end"], "a piece is empty or outside its row"
            assert text[start:end].strip()
            last = end
        assert row["words"] == sum(len(text[a:b].split()) for a, b in spans)
        for role in ("source", "cue"):
            if row[role]:
                start, end = row[f"{role}_start"], row[f"{role}_end"]
                assert text[start:end] == row[role]
            else:
                assert row.get(f"{role}_start") is None
        assert (row["kind"] == "narration") == (row["group"] == NARRATOR)
        for start, end in spans:
            assert row["kind"] == "narration" or not re.search(r"\n\s*\n", text[start:end])
    assert reached == len(text)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROSE)
@example("“One,” Mr. Reyes said.\n\n“Two.”")
@example("“")
@example("“ said”")
@example("In a statement, Mr. Reyes said:\n\n•\n\n•")
def test_any_prose_is_covered(text):
    assume(text.strip())
    sound(text, split(article(text), CAST))


@settings(max_examples=100, deadline=None)
@given(NOISE)
def test_any_characters_are_covered(text):
    assume(text.strip())
    sound(text, split(article(text), CAST))


@settings(max_examples=100, deadline=None)
@given(
    st.text("ab “”.\n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6),
)
def test_any_engine_is_covered(text, raw):
    """An engine may report pieces that overlap or cross paragraphs; rows stay sound."""
    found = [
        Attribution(((start, min(start + length, len(text))),), method="made up")
        for start, length in raw
        if text[start : start + length].strip()
        and text[start : start + length] == text[start : start + length].strip()
    ]
    rows = split(article(text), CAST, lambda _: found)
    reached = 0
    for row in rows:
        assert row["start"] == reached < row["end"]
        reached = row["end"]
        assert text[row["start"] : row["end"]] == row["content"]
    assert reached == len(text) or not text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "“One,” Mr. Reyes said.\n\n“Two.” The mayor urged pilots, Ms. Quill added, to stay home.",
        "“ said. “'' Mr. Reyes. , that \r\n\r\n🚢 the mayor said",
    ],
)
def test_the_engine_that_ships_covers_the_text(text):
    sound(text, engine.split(article(text), CAST))


@pytest.mark.parametrize(
    "text",
    [
        "“" * 10_000,
        '"' * 10_000,
        "“Go,” he said. " * 700,
        "“Go.”\n\n" * 1500,
        "said " * 4000,
        "The ferries ran late. " * 800,
        pytest.param("Mr. Reyes said, " * 800, id="long sentence"),
        "The Harbor " * 1500,
        "REYES: Yes.\n\n" * 1000,
        "“Go.” — Omar Reyes\n\n" * 1000,
        "‘“Go,” " * 2000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_long_articles(text):
    sound(text, split(article(text), CAST))


def test_a_clause_has_words():
    sound(". , l said", split(article(". , l said"), CAST))


def test_pieces_have_no_blanks_around_them():
    text = "The boats were late , Mr. Reyes said."
    [row] = [row for row in split(article(text), CAST) if row["source"]]
    assert row["spans"] == "0-19"


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_blank_text_has_no_statement(text):
    assert split(article(text), CAST) == []


def test_narration_is_cut_into_sentences_and_is_the_outlets():
    rows = split(article("The ferries ran late. Rain fell.\n\nNobody waited."), CAST)
    assert [row["content"] for row in rows] == [
        "The ferries ran late. ",
        "Rain fell.\n\n",
        "Nobody waited.",
    ]
    assert [row["paragraph"] for row in rows] == [0, 0, 1]
    assert {(row["speaker"], row["group"], row["kind"]) for row in rows} == {
        ("The Ansel Courier", NARRATOR, "narration")
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kane wrote:\n\n> [Every shift is filled.]\n\nRain fell.", ["Kane wrote:", "Rain fell."]),
        ("Rain fell.\n\n* * *\n\nNobody waited.", ["Rain fell.", "Nobody waited."]),
        ("[We are done]\n\n---\n\nRain fell.", ["Rain fell."]),
        ("***\n\nRain fell.\n\n***", ["Rain fell."]),
    ],
)
def test_layout_is_no_statement(text, told):
    """In brackets, what is said; a mark of Markdown is neither said nor told."""
    said = (text.find("["), text.find("]") - 1)
    text = text.replace("[", "").replace("]", "")
    rows = split(article(text), CAST, lambda _: [Attribution((said,))] if said[0] >= 0 else [])
    sound(text, rows)
    pieces = [(row, spans_from_text(row["spans"])[0]) for row in rows]
    assert [text[a:b] for row, (a, b) in pieces if row["kind"] == "narration"] == told


def test_a_statement_and_its_frame():
    text = "“We are done,” Mr. Reyes said. The ferries ran late."
    rows = split(article(text), CAST)
    assert [row["content"].strip() for row in rows] == [
        "“We are done,”",
        "Mr. Reyes said.",
        "The ferries ran late.",
    ]
    first = rows[0]
    assert (first["source"], first["cue"], first["spans"]) == ("Mr. Reyes", "said", "0-14")
    assert (first["speaker"], first["group"], first["named"]) == ("Omar Reyes", "unions", True)
    assert first["statement_id"] == "a/0" and first["words"] == 3


def test_the_frame_between_two_pieces_is_in_the_row_but_in_no_piece():
    text = "“We,” he said, “are done.” Rain fell."
    row = split(article(text), CAST)[0]
    assert row["content"].strip() == "“We,” he said, “are done.”"
    assert row["spans"] == "0-5;15-26"


def test_kinds():
    text = (
        "“We are done,” Mr. Reyes said. Ms. Quill said the boats were old. Ms. Bell said that the"
        " offer was “fair.” Commissioner Kane wrote in a memo:\n\nEvery shift is filled.\n\nRain."
    )
    assert [row["kind"] for row in split(article(text), CAST) if row["source"]] == [
        "direct",
        "indirect",
        "mixed",
        "block",
    ]


def test_of_two_that_overlap_the_outer_stays():
    text = "Mr. Reyes said Ms. Quill said it rained. Rain."
    outer = Attribution(((15, 39),), source=((0, 9),))
    inner = Attribution(((30, 39),), source=((15, 24),))
    rows = split(article(text), CAST, lambda _: [inner, outer])
    assert [row["speaker"] for row in rows if row["kind"] == "indirect"] == ["Omar Reyes"]


def test_what_crosses_paragraphs_is_cut():
    text = "“One.\n\n“Two.”"
    whole = Attribution(((0, len(text)),))
    rows = split(article(text), CAST, lambda _: [whole])
    assert [(row["paragraph"], row["content"].strip()) for row in rows] == [
        (0, "“One."),
        (1, "“Two.”"),
    ]
    assert [row["spans"] for row in rows] == ["0-5", "7-13"]


@pytest.mark.parametrize("published", ["", "soon", None])
def test_an_article_without_a_date(published):
    row = split(article("“Go,” the commissioner said.", published), CAST)[0]
    assert row["speaker"] == "Walter Kane"


def test_a_timestamp_is_a_date():
    row = split(article("“Go,” the commissioner said.", "2019-05-06T10:00:00Z"), CAST)[0]
    assert row["speaker"] == "Ruth Adler"


def test_articles_are_split_apart():
    first, second = article("“Go,” Mr. Reyes said."), article("“Stay,” he said.")
    articles = [first, second | {"article_id": "b"}, article("") | {"article_id": "c"}]
    table = engine.statements(pd.DataFrame(articles), CAST, rules.find)
    assert list(table.columns) == list(COLUMNS["statements"])
    assert set(table["article_id"]) == {"a", "b"}
    assert table["statement_id"].is_unique
    assert table.set_index("statement_id").loc["b/0", "group"] == UNRESOLVED


def test_no_articles():
    assert list(engine.statements(pd.DataFrame([article("")]), CAST).columns) == list(
        COLUMNS["statements"]
    )
