"""Galleries and transcripts made of an article's direct quotations."""

import random

import pytest

from analysis.attribution.spans import Attribution
from analysis.models.training.attribution_forms import forms, quotations
from analysis.models.training.polnear import Article

NAMES = ("Ann Lee", "Bo Marsh", "Cy Dunne")


def article():
    text, marks = "", []
    for i, name in enumerate(NAMES):
        words = f"“The bridge will be open to all again before week number {i} is over,”"
        line = f"{words} said {name}.\n\n"
        at = len(text)
        spans = ((at, at + len(words)),), ((at + len(words) + 1, at + len(words) + 5),)
        start = at + line.index(name)
        marks.append(Attribution(*spans, ((start, start + len(name)),)))
        text += line
    text += "She hopes that it will hold.\n"
    start = text.index("She")
    marks.append(
        Attribution(
            ((start + 10, len(text) - 2),), ((start + 4, start + 9),), ((start, start + 3),)
        )
    )
    return Article("x", text, tuple(marks))


def test_only_direct_quotations_of_a_named_source_are_taken():
    found = quotations(article())
    assert [name for _, name in found] == list(NAMES)
    assert found[0][0] == "The bridge will be open to all again before week number 0 is over."


@pytest.mark.parametrize("seed", range(12))
def test_each_quotation_set_anew_keeps_its_speaker(seed):
    (made,) = forms([article()], 1, random.Random(seed))
    said = dict(quotations(article()))
    anew = [m for m in made.attributions if "said" not in _slice(made, m.cue)]
    anew = [m for m in anew if "hopes" not in _slice(made, m.cue)]
    assert 2 <= len(anew) <= 3
    for mark in anew:
        assert _slice(made, mark.cue) in (":", "―", "—", "–", "-", "--")
        words = _slice(made, mark.content).strip('“”"').split("\n\n")[0]
        surname = _slice(made, mark.source).split()[-1].lower()
        assert said[words].split()[-1].lower() == surname


def _slice(item, spans):
    ((start, end),) = spans
    return item.text[start:end]
