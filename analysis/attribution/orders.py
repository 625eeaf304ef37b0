"""What somebody tells or asks another: orders and requests, and reports in the passive voice."""

import re

from analysis.attribution.clauses import clause_end
from analysis.attribution.phrases import UNSAID, Paragraph, phrase_after, subject
from analysis.attribution.spans import Attribution

_WHOM = (
    r"(?:them|him|her|us|me|people|\w+s|(?:the|an?|his|her|its|their)\s\w+(?:\s\w+)?"
    r"|[A-Z][\w’'-]*\.?(?:\s[A-Z][\w’'-]*){0,3})"
)
_ORDER = re.compile(
    rf"\b(?P<verb>(?:told|tells|asked|urged|ordered|instructed|advised|called on))\s{_WHOM}\s"
    r"(?P<content>to\s(?!(?:the|an?|his|her|its|their)\b)[a-z]+\s)"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been)\s(?P<verb>told|asked|warned|urged|ordered|advised|assured)\sby\s"
)
_CONTENT = re.compile(r"\s(?:that\s|(?=(?:to|whether|if|why|how|what|when|who)\s))")


def order(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`Ms. Quill told the pilots to stay home`; not "ordered them to the docks"."""
    for match in _ORDER.finditer(p.masked, begin, end):
        cue = match.span("verb")
        source = subject(p.masked, begin, cue[0], match["verb"])
        if source:
            content = match.start("content"), clause_end(p, match.start("content"), end)
            return Attribution((content,), (cue,), (source,), "order", 0.7)
    return None


def passive(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`The pilots were told by Ms. Quill to stay home`, `… was asked by a judge whether …`."""
    for match in _PASSIVE.finditer(p.masked, begin, end):
        content = _CONTENT.search(p.masked, match.end(), end)
        source = content and phrase_after(p.masked, match.end(), content.start())
        if source and not UNSAID.search(p.masked[begin : match.start()]):
            said = content.end(), clause_end(p, content.end(), end)
            return Attribution((said,), (match.span("verb"),), (source,), "passive", 0.8)
    return None
