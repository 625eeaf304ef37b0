"""Quotations without a frame of their own: whose they are by what stands before them."""

import re
from dataclasses import replace

from analysis.attribution.phrases import MASK, Paragraph, leading_phrase
from analysis.attribution.quotes import Quotation
from analysis.attribution.sources import PRONOUN
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import sentences

_BREAK = re.compile(r"\s*\n\s*")
#: Methods whose speaker is that of another quotation.
_UNFRAMED = ("carried over", "continued", "dialogue", "told of before")
_LONGEST_HEADING = 12  # words
_NAME = re.compile(r"(?!(?:The|An?|He|She|They|It)\b)[A-Z]")


def carried(
    p: Paragraph, here: list[Attribution], told: list[Attribution], before: Paragraph | None
) -> list[Attribution]:
    """Quotations without a frame: of who spoke before, of whom the paragraph before tells, or of
    the other one in a dialogue."""
    last = told[-1] if told else None
    taken = {q.start for attribution in here for q in p.held(attribution)}
    loose = [q for q in p.quotations if q.start not in taken]
    whole = _is_bare(p)
    found = []
    for q in loose:
        reopened = q.continues or not q.closed
        words = q.inner(p.text).split()
        heading = _is_title(words) or (
            whole and len(words) <= _LONGEST_HEADING and _has_no_stop(p, q)
        )
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


def alone(p: Paragraph) -> list[Quotation]:
    """The quotation that is all of a paragraph: of who spoke before, or a pull quote, or a heading
    within the article."""
    if len(p.quotations) != 1 or not _is_bare(p):
        return []
    [q] = p.quotations
    whole = q.closed and not (q.continues or q.continued)
    return [q] if whole and not _is_title(q.inner(p.text).split()) else []


def pulled(text: str, lone: list[Quotation], found: list[Attribution]) -> list[Attribution]:
    """The attributions; of a quotation that is `alone` and repeats words of a framed one, with the
    source of that one, and with none if only a pronoun further on tells of it."""
    framed = [one for one in found if one.source and one.method not in _UNFRAMED] if lone else []
    said = [(f" {_words(text, one.content)} ", one) for one in framed]
    for q in lone:
        piece = (q.start, q.end)
        words = _words(text, (piece,))
        first = next((one for has, one in said if f" {words} " in has), None)
        if len(words.split()) > 3 and first and first.content != (piece,):
            ahead = first.start > q.start and PRONOUN.match(text[slice(*first.source[0])])
            source = () if ahead else first.source
            found = [one for one in found if one.content != (piece,)]
            found.append(replace(first, content=(piece,), source=source, method="repeated"))
    return sorted(found, key=lambda one: one.start) if said else found


def _words(text: str, pieces: tuple[Span, ...]) -> str:
    """Words in small letters, without what stands between them."""
    joined = " ".join(text[a:b] for a, b in pieces).lower().replace("’", "'")
    return " ".join(re.findall(r"\w+(?:'\w+)*", joined))


def _is_title(words: list[str]) -> bool:
    """Whether words are written as those of headlines are: "All Bets Are Off"."""
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_bare(p: Paragraph) -> bool:
    """Whether a paragraph has no word outside its quotations."""
    return p.masked[p.start : p.end].replace(MASK, "").strip(" .,;:!?…—–-\n") == ""


def _has_no_stop(p: Paragraph, q: Quotation) -> bool:
    """Whether a paragraph of quoted words ends as only headings do: ‘We have families too’."""
    ends = q.closed and not q.continued and q.end == p.end
    return ends and p.text[q.end - 2] not in ".,;:!?…—–-"


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
