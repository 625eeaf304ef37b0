"""What of an attribution's content is a statement's."""

import pytest

from analysis.attribution.contents import SURE, contents
from analysis.attribution.quotes import pair
from analysis.attribution.spans import Attribution
from analysis.corpus.segments import sentences


def said(text: str, piece: str, cue: str = "said", method: str = "tagger", confidence: float = 0.9):
    start, at = text.index(piece), text.index(cue)
    one = Attribution(
        ((start, start + len(piece)),), ((at, at + len(cue)),), (), method, confidence
    )
    kept = contents(text, [one], pair(text).outer, sentences(text))
    return [text[a:b] for attribution in kept for a, b in attribution.content]


@pytest.mark.parametrize("method", ["tagger", "clause"])
@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("Poe said that it rained.", "that it rained", "it rained"),
        ("Poe said that day that it rained.", "that day that it rained", "it rained"),
        ("Poe said that day’s rain was bad.", "that day’s rain was bad", "that day’s rain was bad"),
        ("Poe said that was bad.", "that was bad", "that was bad"),
        ("“That rain,” Poe said.", "“That rain,”", "“That rain,”"),
    ],
)
def test_a_clause_goes_without_its_that(text, piece, expected, method):
    assert said(text, piece, method=method) == [expected]


def test_what_the_tagger_finds_stays_in_the_sentence_of_its_cue():
    text = "It rained. It would rain, Poe said. Nobody waited."
    assert said(text, "It rained. It would rain") == ["It would rain"]
    assert said(text, "It rained. It would rain", method="clause") == ["It rained. It would rain"]
    quoted = "“It rained. It would rain,” Poe said."
    assert said(quoted, "“It rained. It would rain,”") == ["“It rained. It would rain,”"]


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        (
            "Poe told those who stayed that it rained.",
            "those who stayed that it rained",
            "it rained",
        ),
        (
            "Poe asked the crew whether it rained.",
            "the crew whether it rained",
            "whether it rained",
        ),
        ("Poe told the men that were there to go.", "the men that were there to go", None),
        ("Poe told what the rain that fell did.", "what the rain that fell did", None),
    ],
)
def test_whom_a_clause_is_told_to_is_no_content(text, piece, expected):
    assert said(text, piece, cue="asked" if "asked" in text else "told") == [expected or piece]


def test_a_guess_of_the_tagger_is_no_statement():
    text = "Poe said it rained."
    assert said(text, "it rained", confidence=SURE - 0.01) == []
    assert said(text, "it rained", method="clause", confidence=SURE - 0.01) == ["it rained"]


@pytest.mark.parametrize(
    ("text", "piece", "source"),
    [
        ("PORT ELLIS - Poe said it rained.", "PORT ELLIS - Poe", "Poe"),
        ("PORT ELLIS (Wire) — Poe said it rained.", "PORT ELLIS (Wire) — Poe", "Poe"),
        ("It rained.\nPORT ELLIS - Poe said it rained.", "PORT ELLIS - Poe", "Poe"),
        ("Then PORT ELLIS - the ship - said it rained.", "PORT ELLIS - the", "PORT ELLIS - the"),
        ("The AP said it rained.", "The AP", "The AP"),
    ],
)
def test_a_dateline_is_no_part_of_the_source(text, piece, source):
    start, at = text.index(piece), text.index("said")
    one = Attribution(
        ((at + 5, len(text) - 1),), ((at, at + 4),), ((start, start + len(piece)),), "tagger", 0.9
    )
    (kept,) = contents(text, [one], pair(text).outer, sentences(text))
    assert [text[a:b] for a, b in kept.source] == [source]
