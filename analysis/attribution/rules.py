"""Attributions from quotation marks and reporting verbs alone, without a model.

`find` reads a paragraph at a time. Around each quotation it looks for the frame that names the
source: after it ("…," Lynch said), before it (Lynch said, "…"; Lynch told reporters: "…"), or
nowhere, when the speaker carries over from the quotation before. Clauses that a reporting verb
introduces are indirect speech; quotations inside them make them mixed. Clauses after "hopes" or
"believes" are thoughts. Other words in quotation marks (titles, scare quotes) are left alone.

Not handled: sources that stand in another sentence than their cue.
"""

import re
from dataclasses import replace

from analysis.attribution.carried import alone, carried, pulled
from analysis.attribution.clauses import (
    according_to,
    indirect_clauses,
    parenthetical,
    thought,
    trailing_clause,
)
from analysis.attribution.cues import BARE, SAID, VERB
from analysis.attribution.interviews import answers
from analysis.attribution.orders import order, passive
from analysis.attribution.phrases import MASK, Paragraph, leading_phrase, subject
from analysis.attribution.quoted import framed_after, framed_before, signed
from analysis.attribution.quotes import Quotation, pair
from analysis.attribution.sources import VOUCHER
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.transcripts import turns
from analysis.corpus.segments import paragraphs, sentences

_LATE_FRAME = re.compile(
    r"[,?!]\s(?:(?:[A-Z][\w’'-]*\.?|the|an?)\s(?:[\w’'-]+\s){0,3}|(?:s?he|they)\s)"
    r"(?:said|says|told|added|asked|wrote)\b(?!\s(?:that|to)\b)"
)
#: The mark of a list's item, or of a quoted line ("> ").
_BULLET = re.compile(r"(?:(?:[-–—•*]|\d{1,2}[.)])[ \t]+|(?:>[ \t]*)+)?")
#: A sentence after "…?” that is the frame of what it follows: "Ms. Quill asked".
_FRAME = re.compile(rf"[a-z]|(?:[\w.’'-]+\s){{1,5}}?(?:{SAID})\b(?![^\x00]*[,:]\s\x00)")


def find(text: str) -> list[Attribution]:
    """The attributions of an article, in text order, none overlapping another's content."""
    quotations = [_clipped(text, q) for q in pair(text).outer if not _is_nickname(text, q)]
    by_paragraph: dict[int, list[Quotation]] = {}
    for quotation in quotations:
        by_paragraph.setdefault(quotation.paragraph, []).append(quotation)
    masked = list(text)
    for quotation in quotations:
        masked[quotation.start : quotation.end] = MASK * (quotation.end - quotation.start)
    frame = "".join(masked)
    found: list[Attribution] = []
    block: Attribution | None = None  # a colon's frame whose content is the next paragraph
    before: Paragraph | None = None  # the paragraph before, where nobody speaks in it
    lone: list[Quotation] = []  # each a paragraph by itself
    blocks = paragraphs(text)
    marked = [text.startswith(">", start) for start, _ in blocks] + [False]
    spoken = answers(text, blocks) or turns(text, blocks, by_paragraph)
    for number, (start, end) in enumerate(blocks):
        if number in spoken:
            found += [spoken[number]] if spoken[number] else []
            continue
        start = _BULLET.match(text, start, end).end()
        if block and marked[number]:  # as e-mails and Markdown have it, to the last such line
            whole = Attribution(((start, end),), block.cue, block.source, "block", 0.8)
            found += [whole] if start < end else []
            before, block = None, block if marked[number + 1] else None
            continue
        paragraph = Paragraph(text, frame, start, end, by_paragraph.get(number, []))
        here = _in_paragraph(paragraph)
        if block and not here and not paragraph.quotations and block.method != "colon":
            here = [Attribution(((start, end),), block.cue, block.source, "block", 0.8)]
        elif block and not here and paragraph.quotations:
            here = [_framed(paragraph.quotations[0], block)]
        here = [_continued(paragraph, attribution) for attribution in here]
        unframed = carried(paragraph, here, found, before)
        lone += alone(paragraph)
        before = None if here or unframed else paragraph
        here = sorted([*here, *unframed], key=lambda a: a.start)
        block = _opens_block(paragraph)
        found += here
    return pulled(text, lone, found)


def _is_nickname(text: str, q: Quotation) -> bool:
    """Whether words in marks are part of a name: Walter “Bud” Kane."""
    return (
        re.fullmatch(r"[A-Z][\w-]*(?: [A-Z][\w-]*)?", q.inner(text)) is not None
        and re.search(r"[A-Z][\w.’'-]+ $", text[max(0, q.start - 30) : q.start]) is not None
        and re.match(r" [A-Z]\w", text[q.end : q.end + 3]) is not None
    )


def _clipped(text: str, q: Quotation) -> Quotation:
    """A quotation that lacks its closing mark, cut where its frame begins: “…, Mr. Reyes said."""
    frame = None if q.closed else _LATE_FRAME.search(text, q.start, q.end)
    return replace(q, end=frame.start() + 1) if frame else q


def _in_paragraph(p: Paragraph) -> list[Attribution]:
    found: list[Attribution] = []
    taken: set[int] = set()
    for begin, end in _frame_sentences(p):
        quotes = p.between(begin, end)
        for attribution in _sentence(p, begin, end, quotes):
            inside = {q.start for q in p.held(attribution)}
            if taken.isdisjoint(inside):
                taken |= inside
                found.append(attribution)
        # `"One," he said. "Two."`: what follows a framed quotation goes on in the same voice.
        loose = [q for q in quotes if q.start not in taken]
        for q in loose:
            if found and q.start == begin and q.end >= _bare_end(p, end):
                last = found[-1]
                between = p.masked[last.end : q.start]
                if last.cue and p.held(last):
                    if MASK not in between and len(sentences(between)) <= 1:
                        taken.add(q.start)
                        found[-1] = _extended(last, q)
                elif _says_on(p, last, q):
                    taken.add(q.start)
                    spoken = Attribution(
                        ((q.start, q.end),), last.cue, last.source, "carried over", 0.7
                    )
                    found.append(spoken)
    return found


def _says_on(p: Paragraph, last: Attribution, q: Quotation) -> bool:
    """Whether a sentence in quotation marks follows right upon what its speaker is said to say."""
    words = q.inner(p.text).split()
    between = p.masked[last.end : q.start]
    return (
        bool(last.source and last.cue)
        and last.method != "thought"
        and q.closed
        and len(words) >= 3
        and not any(map(str.isalnum, between))
        and p.text[q.end - 2] in ".!?…"
    )


def _bare_end(p: Paragraph, end: int) -> int:
    while end > p.start and p.text[end - 1] in " .!?":
        end -= 1
    return end


def _frame_sentences(p: Paragraph) -> list[Span]:
    """Sentences of the paragraph; one that ends inside a quotation goes on to the next.

    A quotation that ends in a comma belongs to the frame that follows it.
    """
    merged: list[Span] = []
    for start, end in sentences(p.text, p.start, p.end):
        if merged and (
            any(q.end > start for q in p.between(*merged[-1]))
            or (
                re.search(r"[,?!…—–-][\"'”’»]$", p.text[merged[-1][1] - 2 : merged[-1][1]])
                and _FRAME.match(p.masked, start, end)
            )
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _sentence(p: Paragraph, begin: int, end: int, quotes: list[Quotation]) -> list[Attribution]:
    aside = parenthetical(p, begin, end)
    clauses = indirect_clauses(p, begin, end)
    if aside and len(p.held(aside)) == len(quotes):
        # "…," he said, adding that …
        return [aside, *(c for c in clauses if min(c.cue[0][0], c.start) > aside.end)]
    according = according_to(p, begin, end)
    if according and according.cue[0][0] == begin and not VOUCHER.search(_source(p, according)):
        return [according]  # "According to Ms. Quill, Mr. Reyes said …"
    if clauses and all(_is_addressed(q, clauses) for q in quotes):
        return clauses
    if clauses and any(p.held(clause) for clause in clauses):
        return clauses
    whole = trailing_clause(p, begin, end) or according
    if not quotes:
        whole = whole or passive(p, begin, end) or order(p, begin, end) or thought(p, begin, end)
        return [whole] if whole else []
    found: list[Attribution] = []
    for q in quotes:
        attribution = signed(p, q)
        attribution = attribution or framed_after(p, q, begin, end)
        attribution = attribution or framed_before(p, q, begin, end)
        if found and (
            _same_frame(found[-1], attribution) or _resumes(p, found[-1], q, attribution)
        ):
            found[-1] = _extended(found[-1], q)  # "One," he said, "and two."
        elif attribution:
            found.append(attribution)
    if not found:
        return [whole] if whole else []
    return found + [clause for clause in clauses if clause.start > found[-1].end]


def _source(p: Paragraph, attribution: Attribution) -> str:
    return p.text[attribution.source[0][0] : attribution.source[-1][1]]


def _is_addressed(q: Quotation, clauses: list[Attribution]) -> bool:
    """Whether words in marks name whom a clause is told to: told “On the Air” that …"""
    return any(c.cue[0][1] <= q.start and q.end <= c.start for c in clauses)


def _same_frame(last: Attribution, new: Attribution | None) -> bool:
    return new is not None and new.cue == last.cue


def _resumes(
    p: Paragraph, last: Attribution, q: Quotation, attribution: Attribution | None
) -> bool:
    gap = p.masked[last.end : q.start].rstrip()
    return attribution is None and gap.endswith(",") and last.cue[0][0] >= last.end


def _extended(last: Attribution, q: Quotation) -> Attribution:
    return replace(last, content=(*last.content, (q.start, q.end)))


def _continued(p: Paragraph, attribution: Attribution) -> Attribution:
    reopened = any(q.continues for q in p.held(attribution))
    return replace(attribution, method="continued") if reopened else attribution


def _framed(q: Quotation, block: Attribution) -> Attribution:
    return Attribution(((q.start, q.end),), block.cue, block.source, "colon", 0.85)


def _opens_block(p: Paragraph) -> Attribution | None:
    """A paragraph that ends in a reporting frame and a colon introduces the next one."""
    if not p.masked[p.start : p.end].endswith(":"):
        return None
    begin = sentences(p.masked, p.start, p.end)[-1][0]
    verbs = list(VERB.finditer(p.masked, begin, p.end))
    for verb in reversed(verbs):
        source = subject(p.masked, begin, verb.start(), verb.group())
        if source and verb.group().lower() not in BARE:
            return Attribution(((p.end, p.end),), (verb.span(),), (source,))
    source = leading_phrase(p.masked, begin, p.end - 1)
    return (
        Attribution(((p.end, p.end),), ((p.end - 1, p.end),), (source,), "colon")
        if source
        else None
    )
