"""The engine that ships: quotation marks and frames by rule, the rest by the trained tagger.

Quotation marks are certain, so what the rules take for a quotation stands. The tagger says whose it
is, and adds what rules cannot see: indirect speech in all its forms, "called X Y".
"""

import re
from dataclasses import replace
from functools import cache

from analysis.attribution import rules
from analysis.attribution.acts import act
from analysis.attribution.quotes import Quotation, pair
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.speakers import CARRIED
from analysis.attribution.tagger import Tagger
from analysis.corpus.segments import paragraphs, sentences
from analysis.tables import SPEECH

#: The calibrated confidence from which the tagger is more often right than not.
SURE = 0.5
#: The confidence from which its word on who is quoted goes before that of the rules.
SURER = 0.8
_LEAD = re.compile(
    r"(?:,\s+)?(?:that\s+(?:day|night|week|month|year)\s+)?"
    r"(?:that\s+(?!(?:was|is|would|had|were|will|day|night|week|month|year)\b))?"
)


@cache
def _tagger() -> Tagger:
    return Tagger.load()


def find(text: str) -> list[Attribution]:
    """The attributions of an article, in text order; reported thought is among them."""
    quotations = pair(text).outer
    clauses = [clause for block in paragraphs(text) for clause in sentences(text, *block)]
    tagged = [tidied(text, found, quotations, clauses) for found in _tagger().find(text)]
    tagged = [found for found in tagged if found and found.confidence >= SURE]
    spoken = [f for f in tagged if act(text, f) == SPEECH and _in_one_sentence(f, clauses)]
    kept = [
        _agreed(found, spoken)
        for found in rules.find(text)
        if _certain(found, quotations) or not any(_shared(found, rival) for rival in spoken)
    ]
    for found in [*spoken, *tagged]:  # a source in another sentence than its cue comes last
        if not any(_shared(found, other) for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def tidied(
    text: str, found: Attribution, quotations: tuple[Quotation, ...], clauses: list[Span]
) -> Attribution | None:
    """The tagger's attribution in the form of the rules', or None where nothing is left of it.

    Content goes without a leading "that". What is not quoted is cut to the sentence of its cue.
    """
    home = next(((a, b) for a, b in clauses if found.cue and a <= found.cue[0][0] < b), None)
    pieces = []
    for start, end in found.content:
        if home and not any(q.start < end and start < q.end for q in quotations):
            start, end = max(start, home[0]), min(end, home[1])
        if start < end:
            pieces.append((_LEAD.match(text, start, end).end(), end))
    return replace(found, content=tuple(pieces), method="tagger") if pieces else None


def _agreed(ruled: Attribution, spoken: list[Attribution]) -> Attribution:
    """A quotation as the rules see it, with the source that the tagger gives it.

    The marks say what is quoted; of who says it the tagger is the better judge where it is sure.
    What carries over from the quotation before has no frame of its own to judge by.
    """
    best = max(spoken, key=lambda rival: _shared(ruled, rival), default=None)
    if ruled.method in CARRIED or best is None or not _shared(ruled, best):
        return ruled
    if best.confidence < SURER:
        return ruled
    return replace(ruled, source=best.source, cue=best.cue)


def _in_one_sentence(found: Attribution, clauses: list[Span]) -> bool:
    """Whether source and cue stand together; where they do not, the rules know better."""
    source, cue = found.source[0][0], found.cue[0][0]
    return any(a <= source < b and a <= cue < b for a, b in clauses)


def _certain(found: Attribution, quotations: tuple[Quotation, ...]) -> bool:
    """Whether the rules need no second opinion: on quotations, blocks and `according to`."""
    return found.method in ("block", "according to") or any(
        a < q.end and q.start < b for q in quotations for a, b in found.content
    )


def _shared(one: Attribution, other: Attribution) -> int:
    """How many characters of content two attributions share."""
    return sum(_overlap(a, b) for a in one.content for b in other.content)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
