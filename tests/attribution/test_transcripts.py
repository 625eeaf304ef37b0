"""Paragraphs under labels: which are turns, whose, and which are nobody's."""

import pytest

from analysis.attribution.quotes import pair
from analysis.attribution.transcripts import turns
from analysis.corpus.segments import paragraphs


def read(*lines):
    """Paragraph number -> (label, words) of a turn, or None for what is nobody's."""
    text = "\n\n".join(lines)
    quotations: dict[int, list] = {}
    for quotation in pair(text).outer:
        quotations.setdefault(quotation.paragraph, []).append(quotation)
    found = turns(text, paragraphs(text), quotations)
    return {
        number: turn and (text[slice(*turn.source[0])], text[slice(*turn.content[0])])
        for number, turn in found.items()
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("POE: Yes.", "OH: No."), {0: ("POE", "Yes."), 1: ("OH", "No.")}),
        (("Ann Poe: Yes.", "Bo Oh: No."), {0: ("Ann Poe", "Yes."), 1: ("Bo Oh", "No.")}),
        (("Q: Why?", "A. Because."), {0: ("Q", "Why?"), 1: ("A", "Because.")}),
        (
            ("POE: Yes.", "[APPLAUSE]", "POE: No."),
            {0: ("POE", "Yes."), 1: None, 2: ("POE", "No.")},
        ),
        (
            ("“POE: Yes.", "“And no.", "“OH: Maybe.”"),
            {0: ("POE", "Yes."), 1: ("POE", "“And no."), 2: ("OH", "Maybe.”")},
        ),
        (
            ("POE: Yes.", "It rained.", "It poured.", "POE: No."),
            {0: ("POE", "Yes."), 3: ("POE", "No.")},
        ),
    ],
)
def test_turns(lines, expected):
    assert read(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("POE: Yes.", "It rained."),
        ("UPDATE: It rained.", "NOTE: It poured."),
        ("Poe had one answer: no.", "Oh had another: yes."),
        ("12:30 p.m.", "1:15 p.m."),
        ("From: Ann Poe", "To: the guild", "Sent: on Friday", "Subject: Re: the boats"),
        ("Ansel: Ann Poe, Bo Oh, Cy Roe.", "Port Ansel: Di Roe, Ed Poe."),
        ("https://a.example", "https://b.example"),
        (),
    ],
)
def test_no_transcript(lines):
    assert read(*lines) == {}
