"""Quotations that stand alone: of who spoke before, pull quotes, headings in quotation marks."""

import pytest

from analysis.attribution.rules import find

from .test_speakers import resolver

QUILL = "“It is not the moon,” said Nora Quill. “But it is off the ground.”"
REYES = "“Ask me in August,” Omar Reyes said."
PULLED = "“It is not the moon. But it is off the ground.”"


def said(*blocks):
    """Words -> who says them."""
    text = "\n\n".join(blocks)
    known = resolver(text)
    return {text[one.start : one.end]: known.resolve(one).name for one in find(text)}


@pytest.mark.parametrize(
    "blocks", [(QUILL, REYES, PULLED), (PULLED, QUILL), (REYES, PULLED, QUILL)]
)
def test_a_pull_quote_is_of_whom_it_repeats(blocks):
    assert said(*blocks)[PULLED] == "Nora Quill"


def test_who_speaks_on_after_a_pull_quote_is_who_spoke_before_it():
    assert said(QUILL, REYES, PULLED, "“Or ask me never.”")["“Or ask me never.”"] == "Omar Reyes"


def test_a_pull_quote_of_a_pronoun_further_on_is_nobodys():
    told = "“It is not the moon,” she said. “But it is off the ground.”"
    assert said(REYES, PULLED, told)[PULLED] == "Unresolved"


@pytest.mark.parametrize("marks", ["‘’", "“”", "''"])
def test_a_crosshead_is_not_of_who_spoke_last(marks):
    heading = f"{marks[0]}We have got families too{marks[1]}"
    assert heading not in said(REYES, heading, "Nora Quill said the claim was old.")


def test_a_crosshead_is_of_whom_it_repeats():
    heading = "‘We have got families too’"
    told = "“We have got families, too,” Nora Quill said."
    assert said(REYES, heading, told)[heading] == "Nora Quill"


def test_a_quotation_that_stands_alone_is_of_who_spoke_before():
    assert said(QUILL, REYES, "“Or ask me never.”")["“Or ask me never.”"] == "Omar Reyes"


def test_a_quotation_of_several_paragraphs_is_no_heading():
    opened = "Omar Reyes said: “I would urge them to vote."
    assert set(said(opened, "“Every day costs us.”").values()) == {"Omar Reyes"}


def test_a_headline_in_marks_is_nobodys():
    told = "“All bets are off,” Nora Quill said."
    assert "'All Bets Are Off.'" not in said(REYES, "'All Bets Are Off.'", told)
