"""From attributions to the content of statements.

An attribution's content is the whole of what PolNeAR marks: with the "that" which opens a clause,
and whatever the tagger takes for it. A statement's is what its speaker said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span

#: The calibrated confidence from which the tagger is more often right than not.
SURE = 0.5
_LEAD = re.compile(
    r"(?:,\s+)?(?:that\s+(?:day|night|week|month|year)\s+)?"
    r"(?:that\s+(?!(?:was|is|would|had|were|will|day|night|week|month|year)\b))?"
)


def contents(
    text: str, found: Sequence[Attribution], quotations: Sequence[Quotation], clauses: list[Span]
) -> list[Attribution]:
    """The attributions that are sure enough, each with no more content than a statement has."""
    trimmed = [
        _said(text, one, quotations, clauses)
        for one in found
        if one.method != "tagger" or one.confidence >= SURE
    ]
    return [one for one in trimmed if one.content]


def _said(
    text: str, found: Attribution, quotations: Sequence[Quotation], clauses: list[Span]
) -> Attribution:
    """Content without a leading "that"; what the tagger found, cut to the sentence of its cue
    where nothing is quoted."""
    cue = found.cue[0][0] if found.cue and found.method == "tagger" else -1
    home = next(((a, b) for a, b in clauses if a <= cue < b), None)
    pieces = []
    for start, end in found.content:
        if home and not any(q.start < end and start < q.end for q in quotations):
            start, end = max(start, home[0]), min(end, home[1])
        if start < end:
            pieces.append((_LEAD.match(text, start, end).end(), end))
    return replace(found, content=tuple(pieces))
