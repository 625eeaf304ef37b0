"""Who held an office before."""

from datetime import date

import pytest

from analysis.corpus.former import formers, held_before
from analysis.corpus.references import References

from ..attribution.pitfalls import CAST

REFERENCES = References(CAST, date(2024, 5, 6))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The former commissioner knew.", [("The former commissioner", "Ruth Adler")]),
        ("We miss our former mayor.", [("our former mayor", "Victor Stroud")]),
        ("The ex-police commissioner knew.", [("The ex-police commissioner", "Ruth Adler")]),
        ("The former Commissioner Adler knew.", []),  # the name says it
        ("A former mayor knew.", []),  # may be any
        ("The former mayoral aide knew.", []),
        ("The former union president knew.", []),  # nobody held it before
    ],
)
def test_formers(text, expected):
    refs = formers(text, REFERENCES, REFERENCES.find(text))
    assert [(text[ref.start : ref.end], ref.target) for ref in refs] == expected


def test_before_the_term_ended_nobody_is_former():
    assert held_before("mayor", References(CAST, date(2015, 1, 1))) is None
    assert held_before("mayor", References(CAST, None)).name == "Victor Stroud"
