"""Quotations without a frame of their own: whose they are by what stands before them."""

import re

from analysis.attribution.phrases import MASK, Paragraph, leading_phrase
from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import sentences

_BREAK = re.compile(r"\s*\n\s*")
_NAME = re.compile(r"(?!(?:The|An?|He|She|They|It)\b)[A-Z]")


def carried(
    p: Paragraph, here: list[Attribution], told: list[Attribution], before: Paragraph | None
) -> list[Attribution]:
    """Quotations without a frame: of who spoke before, of whom the paragraph before tells, or of
    the other one in a dialogue."""
    last = told[-1] if told else None
    taken = {q.start for attribution in here for q in p.held(attribution)}
    loose = [q for q in p.quotations if q.start not in taken]
    whole = p.masked[p.start : p.end].replace(MASK, "").strip(" .,;:!?…—–-\n") == ""
    found = []
    for q in loose:
        reopened = q.continues or not q.closed
        words = q.inner(p.text).split()
        long = [word for word in words if len(word) > 3]
        heading = len(long) > 1 and all(word[0].isupper() for word in long)
        if (whole and len(words) >= 3 and not heading) or (reopened and q.start == p.start):
            source, cue = (last.source, last.cue) if last else ((), ())
            method = "continued" if q.continues else "carried over"
            if not reopened and before and (subject := _told_of(before, before.end)):
                source, cue, method = (subject,), (), "told of before"
            elif not reopened and (other := _other(p, q, told)):
                source, cue, method = other.source, other.cue, "dialogue"
            confidence = 0.95 if q.continues else 0.7
            sure = q.closed and last and (q.continues or not _exchanged(p, q, told))
            confidence = confidence if sure else 0.5
            found.append(Attribution(((q.start, q.end),), cue, source, method, confidence))
        elif len(words) >= 3 and not heading and (who := _closed_by(p, q)):
            found.append(Attribution(((q.start, q.end),), (), (who,), "told of before", 0.5))
    return found


def _told_of(p: Paragraph, stop: int) -> Span | None:
    """Who is the subject of the last sentence before `stop`, if it begins with a name."""
    begin, end = sentences(p.masked, p.start, stop)[-1]
    name = leading_phrase(p.masked, begin, end)
    starts = name and _NAME.match(p.text, *name)
    return name if starts and name[0] == begin else None


def _closed_by(p: Paragraph, q: Quotation) -> Span | None:
    """Who closes a paragraph that is told without quotations: "Mr. Reyes nodded. “All of it.”"

    One word must come again in the text to be a name, and not "Rain fell".
    """
    scene = p.masked[p.start : q.start].strip()
    closes = not any(map(str.isalnum, p.masked[q.end : p.end]))
    who = _told_of(p, q.start) if closes and q.closed and scene.endswith(".") else None
    name = p.text[slice(*who)] if who and MASK not in scene else ""
    return who if " " in name or (name and p.text.count(name) > 1) else None


def _other(p: Paragraph, q: Quotation, told: list[Attribution]) -> Attribution | None:
    """The other voice of a dialogue, where a question stands before this or is asked again."""
    if not told:
        return None
    last = told[-1]
    other = next((one for one in reversed(told[-4:]) if one.source != last.source), None)
    if not other or not other.source or not last.source:
        return None

    def asks(one: Attribution) -> bool:
        return p.text[one.start : one.end].rstrip("\"'”’»").endswith("?")

    again = asks(other) and p.text[q.start : q.end].rstrip("\"'”’»").endswith("?")
    answered = asks(other) and _exchanged(p, q, told)
    answered = answered or (last.method == "dialogue" and _exchanged(p, q, told))
    return other if asks(last) or again or answered else None


def _exchanged(p: Paragraph, q: Quotation, told: list[Attribution]) -> bool:
    """Whether two voices have each just had a paragraph of their own.

    Either may go on then: the last one, as is the habit of news, or the other, as in a dialogue.
    """
    if len(told) < 2 or told[-2].source == told[-1].source:
        return False
    gaps = (told[-2].end, told[-1].start), (told[-1].end, q.start)
    return all(len(_BREAK.findall(p.text, a, b)) == 1 for a, b in gaps)
