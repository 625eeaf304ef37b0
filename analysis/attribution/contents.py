"""From attributions to the content of statements.

An attribution's content is the whole of what PolNeAR marks: with the "that" which opens a clause,
and whatever the tagger takes for it. A statement's is what its speaker said.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from analysis.attribution.phrases import DATELINE, WHEN
from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span

#: What, right after the cue of a quotation, is no content: one or two words, or a time or place.
_TOLD = re.compile(r"\S+(?:\s\S+)?$|(?:when|while|as|after|before|during|in|at|on)\b")
MARKS = "“\"«‘'`"
#: The calibrated confidence from which the tagger is more often right than not.
SURE = 0.5
_WHEN = re.compile(rf"[\"”’»]\s{WHEN}\Z")
#: What stood around a whole quotation: “Shame” as the mayor left.
_SCENE = re.compile(r"\s(?:as|while|when|before|after|outside)\s")
#: Whom a clause is told to: "told those who had stayed that".
_TELLS = re.compile(
    r"\b(?:t(?:ells?|old|elling)|ask(?:s|ed|ing)?|remind(?:s|ed)?|assur(?:es?|ed)|warn(?:s|ed)?"
    r"|inform(?:s|ed)?)\Z"
)
_ADDRESSED = re.compile(
    r"(?!(?:that|whether|what|how|why|if|where|when|of|about)\b)(?:[^\s,.;:“”\"]+\s){1,6}?"
    r"(?=(?:that|whether)\s(?!(?:is|are|was|were|has|have|had)\b))"
)
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
    place = bisect_right(clauses, cue, key=itemgetter(0)) - 1
    home = clauses[place] if place >= 0 and cue < clauses[place][1] else None
    pieces = []
    for start, end in found.content:
        if home and not any(q.start < end and start < q.end for q in quotations):
            start, end = max(start, home[0]), min(end, home[1])
        if start < end:
            tells = found.cue and text[found.cue[-1][1] : start].isspace()
            if tells and _TELLS.search(text, found.cue[-1][0], found.cue[-1][1]):
                whom = _ADDRESSED.match(text, start, end)
                start = whom.end() if whom else start
            start = _LEAD.match(text, start, end).end()
            after = bool(found.cue) and found.cue[-1][1] <= start
            inside = [q for q in quotations if start <= q.start < end] if after else []
            if len(inside) == 1 and inside[0].start == start and _SCENE.match(text, inside[0].end):
                end = min(end, inside[0].end)
            when = _WHEN.search(text, start, end)  # when it was said is no part of what was said
            end = when.start() + 1 if when else end
            if any(q.end == end - 1 for q in quotations) and text[end - 1] in ",;":
                end -= 1  # ‘We are done’, as Britain has it: the comma is the narrator's
            pieces.append((start, end))
    # “…?” Ms. Quill asked Mr. Reyes when it was over: nor is whom she asked, and when.
    asked = found.cue[-1][1] if found.cue and len(pieces) > 1 and text[pieces[0][0]] in MARKS else 0
    return replace(
        found,
        source=_without_dateline(text, found.source),
        content=tuple(
            (a, b)
            for a, b in pieces
            if not (asked and text[asked:a].isspace() and _TOLD.match(text[a:b]))
            if len(pieces) == 1
            or text[a:b].lower() not in ("what", "which")  # "what he called “…”"
        ),
    )


def _without_dateline(text: str, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """A source that opens an article begins behind the place where it was written."""
    if not source or text[: source[0][0]].rpartition("\n")[2].strip():
        return source
    (start, end), *rest = source
    place = DATELINE.match(text, start, end)
    return ((place.end(), end), *rest) if place and place.end() < end else source
