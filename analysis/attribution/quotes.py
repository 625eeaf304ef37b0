"""Quotation marks: which stretches of an article stand inside them.

This part of attribution needs no model. Marks are paired paragraph by paragraph: typographic,
straight, mixed in one pair, guillemets, TeX style, single and nested. A quotation that a paragraph
leaves open and the next one reopens is one quotation in several paragraphs. What cannot be paired
is reported, never raised and never silently repaired.

Not handled: quotations that open with a dash, as in French dialogue.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter

from analysis.attribution.spans import Span
from analysis.corpus.segments import paragraphs

_DOUBLE = re.compile(r"``|''|[“”„‟\"«»]")
_SINGLE = re.compile(r"['‘’‚]")
_INCHES = re.compile(
    r"\d\s?['’′]\s?\d{1,2}\s?(?:\"|”|''|″)|(?<![\w.])\d{1,3}(?:\.\d+)?(?:\"|”)(?=[\s-])"
)
_MARKUP = re.compile(r"(?<=\w)=(?:\"[^\"\n]*\"|“[^”\n]*”)")  # <a href="…">
_LEAD = re.compile(r"[:,]\s+(?=['‘])")
#: Words that start with an apostrophe; a mark before them opens nothing.
_CLIPPED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|bout|round|n|s)\b", re.IGNORECASE)
_OPEN_ONLY, _CLOSE_ONLY = {"“", "„", "‟", "«", "``"}, {"”", "»", "''"}


@dataclass(frozen=True)
class Quotation:
    """A stretch in quotation marks inside one paragraph; offsets include the marks.

    `continues` says that the paragraph reopens the quotation of the one before, `continued` that
    the next one reopens this. `closed` is false only where the closing mark is missing.
    """

    start: int
    end: int
    paragraph: int
    closed: bool = True
    continues: bool = False
    continued: bool = False
    single: bool = False
    depth: int = 0

    def inner(self, text: str) -> str:
        """The words without their marks."""
        return text[self.start : self.end].strip("\"“”„‟«»`'‘’‚ ")


@dataclass(frozen=True)
class Pairing:
    """Quotations in text order, outer before inner, and what was odd about the marks."""

    quotations: tuple[Quotation, ...]
    diagnostics: tuple[str, ...]

    @property
    def outer(self) -> tuple[Quotation, ...]:
        return tuple(q for q in self.quotations if q.depth == 0)


@lru_cache(maxsize=4)  # rules, tagger and engine each ask for the same article's
def pair(text: str) -> Pairing:
    """Pair the quotation marks of `text`. Time is linear in its length."""
    found: list[Quotation] = []
    notes: list[str] = []
    open_before = single_before = False
    spans = paragraphs(text)
    for number, (start, end) in enumerate(spans):
        doubles, stray = _doubles(text, start, end, number, open_before)
        notes += [f"paragraph {number + 1}: {note}" for note in stray]
        reopens = number + 1 < len(spans) and _starts_open(text, spans[number + 1][0])
        unclosed = next((q for q in doubles if not q.closed), None)
        if unclosed and unclosed.end == end and reopens:
            doubles[doubles.index(unclosed)] = replace(unclosed, closed=True, continued=True)
            open_before = True
        else:
            open_before = False
            if unclosed:
                notes.append(
                    f"paragraph {number + 1}: the quotation mark at character {unclosed.start}"
                    " is never closed"
                )
        found += doubles
        singles = _singles(text, start, end, number, doubles)
        if single_before and singles and singles[0].start == start:
            singles[0] = replace(singles[0], continues=True)
        reopens = number + 1 < len(spans) and _single_starts(text, spans[number + 1][0])
        left = _left_open(text, start, end, [*doubles, *singles]) if reopens else -1
        if left >= 0:
            goes_on = single_before and left == start
            singles.append(
                Quotation(left, end, number, continues=goes_on, continued=True, single=True)
            )
        single_before = left >= 0
        found += singles
    found.sort(key=attrgetter("start"))
    return Pairing(tuple(_with_depth(found)), tuple(notes))


def _doubles(
    text: str, start: int, end: int, number: int, open_before: bool
) -> tuple[list[Quotation], list[str]]:
    measures = [m.span() for m in _INCHES.finditer(text, start, end)]
    markup = [m.span() for m in _MARKUP.finditer(text, start, end)]
    stack: list[int] = []
    found: list[Quotation] = []
    notes: list[str] = []
    marks = list(_DOUBLE.finditer(text, start, end))
    for mark in marks:
        measured = any(a <= mark.start() < b for a, b in measures)
        if measured and not (stack and mark is marks[-1]):
            continue
        if any(a <= mark.start() < b for a, b in markup):
            continue
        if _opens(text, mark, start, bool(stack)):
            stack.append(mark.start())
        elif stack:
            begin = stack.pop()
            continues = open_before and begin == start
            found.append(Quotation(begin, mark.end(), number, continues=continues))
        else:
            notes.append(f"the closing mark at character {mark.start()} closes nothing")
    if stack:
        # What was nested in a quotation that never closes stands on its own; the open one runs to
        # the end of the paragraph, or to the next quotation.
        begin = stack[0]
        later = min((q.start for q in found if q.start > begin), default=end)
        stop = begin + len(text[begin:later].rstrip())
        continues = open_before and begin == start
        found.append(Quotation(begin, stop, number, closed=False, continues=continues))
        for extra in stack[1:]:
            notes.append(f"the quotation mark at character {extra} is never closed")
    found.sort(key=attrgetter("start"))
    return found, notes


def _opens(text: str, mark: re.Match, start: int, inside: bool) -> bool:
    """Whether a double mark opens: by its shape where that tells, else by what stands beside it."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    free_left = before.isspace() or before in "([{—–-/‘'“\""
    free_right = after.isspace() or after in ")]}.,;:!?…—–-’'”\""
    if mark.group() in _OPEN_ONLY:
        return not (inside and free_right and not free_left)
    if mark.group() in _CLOSE_ONLY:
        return not inside and free_left and not free_right
    if free_left and not free_right:
        return True
    if free_right and not free_left:
        return False
    return not inside


def _starts_open(text: str, start: int) -> bool:
    return bool(re.match(r"[“„‟\"«»”]|``", text[start : start + 2]))


def _singles(
    text: str, start: int, end: int, number: int, doubles: list[Quotation]
) -> list[Quotation]:
    """Single-quoted stretches, told from apostrophes; none crosses a double quotation's edge."""
    marks = [m.start() for m in _SINGLE.finditer(text, start, end) if not _is_tex(text, m.start())]
    openers = [i for i in marks if _single_opens(text, i, start)]
    edges = sorted({e for q in doubles for e in (q.start, q.end)} | {end})
    starts = [q.start for q in doubles]
    reach = list(accumulate((q.end for q in doubles), max))

    def inside(place: int) -> bool:
        before = bisect_left(starts, place)
        return before > 0 and reach[before - 1] > place

    shut = set(openers)
    found: list[Quotation] = []
    for opener, following in pairwise([*openers, end]):
        limit = min(following, edges[bisect_right(edges, opener)])
        if around := _around(text, opener, marks, shut, doubles, inside):
            found.append(Quotation(opener, around + 1, number, single=True))
            continue
        near = marks[bisect_right(marks, opener) : bisect_left(marks, limit)]
        near = [i for i in near if _single_closes(text, i)]
        strong = [i for i in near if text[i - 1] in ",.!?…"]
        plain = [i for i in near if text[i - 1] not in "sS"]
        for close in (strong or plain or near)[:1]:
            found.append(Quotation(opener, close + 1, number, single=True))
    return found


def _single_starts(text: str, start: int) -> bool:
    return text[start] in "‘'" and not _is_tex(text, start) and _single_opens(text, start, start)


def _left_open(text: str, start: int, end: int, paired: list[Quotation]) -> int:
    """Where single marks open, first or after a colon or a comma, and none closes; or -1."""
    after = (match.end() for match in _LEAD.finditer(text, start, end))
    for place in (start, *after):
        inside = any(q.start <= place < q.end for q in paired)
        if text[place] in "‘'" and _single_opens(text, place, start) and not inside:
            return place
    return -1


def _around(
    text: str,
    opener: int,
    marks: list[int],
    openers: set[int],
    doubles: list[Quotation],
    inside: Callable[[int], bool],
) -> int:
    """Where single marks close that hold whole double quotations, or 0: ‘She said, “Go,” and left.’

    A mark after a comma or a stop closes, or else the first that is no plural's apostrophe.
    """
    first = bisect_right(doubles, opener, key=attrgetter("start"))
    if first == len(doubles) or inside(opener):
        return 0
    plain = 0
    for place in range(bisect_right(marks, opener), len(marks)):
        mark = marks[place]
        if inside(mark) or not _single_closes(text, mark):
            if mark in openers and not inside(mark):
                break
        elif text[mark - 1] in ",.!?…":
            plain = mark
            break
        elif text[mark - 1] not in "sS":
            plain = plain or mark
    return plain if plain > doubles[first].end - 1 else 0


def _single_opens(text: str, i: int, start: int) -> bool:
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    if text[i] == "’" or not (before.isspace() or before in '([{—–-"“«:'):
        return False
    return (after.isalnum() or after in '([$£€#@…“"') and not _CLIPPED.match(text, i + 1)


def _single_closes(text: str, i: int) -> bool:
    after = text[i + 1] if i + 1 < len(text) else " "
    return text[i] != "‘" and not text[i - 1].isspace() and not after.isalnum()


def _is_tex(text: str, i: int) -> bool:
    return text[i] == "'" and (text[i + 1 : i + 2] == "'" or text[i - 1 : i] == "'")


def _with_depth(found: list[Quotation]) -> list[Quotation]:
    out: list[Quotation] = []
    around: list[Span] = []
    for quotation in found:
        while around and around[-1][1] <= quotation.start:
            around.pop()
        out.append(replace(quotation, depth=len(around)))
        around.append((quotation.start, quotation.end))
    return out
