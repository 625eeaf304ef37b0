"""Interviews: whose the answers are, and that questions are nobody's speech."""

from analysis.attribution import engine, hybrid
from analysis.attribution.interviews import answers
from analysis.corpus.segments import paragraphs

from .pitfalls import CAST

OPENING = "The guild president talks to Ann Poe about the boats."
TALK = (
    "**Are you well?**",
    "No. Ms. Marsh said that it was my fault.",
    "I did not mind.",
    "**The HOU says you have lost control. Is that so?**",
    "Ask them.",
    "**Will you stay?**",
    "I will stay.",
    "The interview has been shortened.",
)


def test_the_paragraphs_after_questions_are_answers():
    text = "\n\n".join((OPENING, *TALK))
    blocks = paragraphs(text)
    found = answers(text, blocks)
    assert [number for number, one in found.items() if one is None] == [1, 4, 6]
    assert sorted(number for number, one in found.items() if one) == [2, 3, 5, 7]
    assert {text[slice(*one.source[0])] for one in found.values() if one} == {"The guild president"}


def test_of_whom_no_opening_tells_the_answers_are_nobodys():
    text = "\n\n".join(TALK)
    assert {one.source for one in answers(text, paragraphs(text)).values() if one} == {()}


def test_two_bold_lines_are_no_interview():
    text = "\n\n".join(("**What now?**", "It rained.", "**Why?**", "It poured."))
    assert answers(text, paragraphs(text)) == {}
    text = "\n\n".join(("**One**", "It rained.", "**Two**", "It poured.", "**Three?**", "Hail."))
    assert answers(text, paragraphs(text)) == {}


def test_by_the_engine_that_ships():
    text = "\n\n".join((OPENING, *TALK))
    row = {"article_id": "a", "text": text, "outlet": "Courier", "published": "2024-05-06"}
    rows = engine.split(row, CAST, hybrid.find)
    said = {one["content"].strip(): one["speaker"] for one in rows if one["kind"] != "narration"}
    assert said == dict.fromkeys((TALK[1], TALK[2], TALK[4], TALK[6]), "Nora Quill")
