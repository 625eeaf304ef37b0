"""Read the directed sentiment between two entities of a news sentence (Park et al., EMNLP 2021).

Park, Pan and Joo, *Who Blames or Endorses Whom? Entity-to-Entity Directed Sentiment Extraction in
News Text*, Findings of EMNLP 2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.models.training.newsmtsc import Example
from analysis.polarity.scorer import LABELS, Item

NONE, P_FOR_Q, Q_FOR_P, P_AGAINST_Q, Q_AGAINST_P = range(5)
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_NEGATIVE, _NEUTRAL, _POSITIVE = range(len(LABELS))


@dataclass(frozen=True)
class Directed:
    """A sentence, its entities p and q as (start, end), and who is for or against whom."""

    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    label: int


def read_dse(path: str | Path) -> list[Directed]:
    """Read a file of directed sentiment; a sentence given twice alike is read once.

    Raises
    ------
    ValueError
        When a line has other fields, other than two bracketed entities or an unknown label; names
        file and line.
    """
    out: dict[Directed, None] = {}
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        marked = list(_BRACKETED.finditer(fields[0]))
        if len(fields) != 4 or len(marked) != 2 or fields[3] not in set("01234"):
            raise ValueError(f"{path}, line {number}: not the format of directed sentiment.")
        # Each bracket before a place moves it by one.
        spans = [(m.start(1) - 2 * i - 1, m.end(1) - 2 * i - 1) for i, m in enumerate(marked)]
        text = _BRACKETED.sub(r"\1", fields[0])
        out[Directed(text, *spans, int(fields[3]))] = None
    return list(out)


def charged(sentences: Sequence[Directed]) -> list[Example]:
    """Examples of the entity that somebody is for or against; the other one's is not known."""
    out = []
    for s in sentences:
        if s.label != NONE:
            span = s.q if s.label in (P_FOR_Q, P_AGAINST_Q) else s.p
            label = _POSITIVE if s.label in (P_FOR_Q, Q_FOR_P) else _NEGATIVE
            out += _example(s.text, span, label)
    return out


def uncharged(sentences: Sequence[Directed]) -> list[Example]:
    """Both entities of the sentences in which neither is for or against the other, as neutral."""
    return [
        example
        for s in sentences
        if s.label == NONE
        for span in (s.p, s.q)
        for example in _example(s.text, span, _NEUTRAL)
    ]


def _example(text: str, span: tuple[int, int], label: int) -> list[Example]:
    """One example, or none where the brackets hold no word (the data has some such)."""
    surface = text[slice(*span)]
    if sum(map(str.isalpha, surface)) < 2:
        return []
    return [Example(Item(text, (span,)), label, text)]
