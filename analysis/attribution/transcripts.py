"""Transcripts: paragraphs that a label opens, "QUILL: We are done.", belong to whom it names.

A label alone proves nothing ("UPDATE: The pier is open"). In a transcript labels follow upon one
another or come again, and so they must here.
"""

import re
from collections import Counter

from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span

#: Capitals, a name, or the Q and A of an interview, and a colon; maybe in quotation marks.
_LABEL = re.compile(
    r"[\"“]?(?P<name>[QA](?=[:.])|[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3}"
    r"|[A-Z][a-z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2})"
    r"(?: \([A-Z-]+\))?(?:, [A-Z][^a-z:\n]{1,60})?"  # what broadcasters add: ", CNN ANCHOR"
    r"(?P<colon>:|(?<=[QA])\.)\s+(?=\S)"
)
_HEADING = re.compile(
    r"(?:updated?|note|editor['’]s note|watch|read|more|related|video|photos?|breaking|correction|"
    r"source|sources|also|see|listen|location|when|where|from|to|b?cc|sent|subject|date|re)$",
    re.IGNORECASE,
)
_STAGE = re.compile(r"[\"“]?[(\[][^)\]]*[)\]]\W*$")  # "(CROSSTALK)"


def turns(
    text: str, blocks: list[Span], quotations: dict[int, list[Quotation]]
) -> dict[int, Attribution | None]:
    """Paragraph number -> the turn that it is, for the paragraphs of a transcript.

    A paragraph without a label that reopens the quotation goes on with the turn before it; one in
    brackets is the transcriber's, and nobody's.
    """
    labels = {
        number: match
        for number, (start, end) in enumerate(blocks)
        if (match := _LABEL.match(text, start, end))
        if not _HEADING.match(match["name"]) and not _lists(text[match.end() : end])
    }
    often = Counter(match["name"] for match in labels.values())
    found: dict[int, Attribution | None] = {}
    for number, (start, end) in enumerate(blocks):
        match = labels.get(number)
        near = {number - 2, number - 1, number + 1, number + 2} & labels.keys()
        if match and (near or often[match["name"]] > 1):
            content = (match.end(), end)
            found[number] = Attribution(
                (content,), (match.span("colon"),), (match.span("name"),), "transcript", 0.9
            )
        elif number - 1 in found and _STAGE.match(text, start, end):
            found[number] = None
        elif (turn := found.get(number - 1)) and any(
            q.start == start and (q.continues or not q.closed) for q in quotations.get(number, ())
        ):
            found[number] = Attribution(((start, end),), turn.cue, turn.source, "transcript", 0.8)
    return found


def _lists(words: str) -> bool:
    """Whether words are a list of names ("Iowa: Ann Poe, Bo Oh"): none of them is written small."""
    shown = words.split()
    return len(shown) > 3 and not any(word[0].islower() for word in shown)
