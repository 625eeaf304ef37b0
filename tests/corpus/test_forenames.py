"""First names alone, where they can mean only one person."""

from datetime import date

import pytest

from analysis.corpus.forenames import forenames
from analysis.corpus.references import References

from ..attribution.pitfalls import CAST

REFERENCES = References(CAST, date(2024, 5, 6))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Marsh spoke. “Helen has done well,” he said.", [("Helen", "Helen Marsh")]),
        ("The mayor spoke. “But Helen’s plan failed,” he said.", [("Helen", "Helen Marsh")]),
        ("“Helen has done well,” he said.", []),  # the article knows of no Helen
        ("Helen Marsh spoke.", []),  # the name is found as such
        ("Helen Marsh met Helen Ott. “Helen has done well,” he said.", []),
        ("Marsh spoke in Santa Helen, and Officer Helen left.", []),
        ("Marsh spoke of the Helen.", []),
        ("“[Helen] Marsh spoke,” he said.", []),
    ],
)
def test_forenames(text, expected):
    refs = forenames(text, REFERENCES, REFERENCES.find(text))
    assert [(text[ref.start : ref.end], ref.target) for ref in refs] == expected
