"""Paragraphs and sentences as offsets into the untouched text."""

import re
from itertools import pairwise

#: Character offsets, end exclusive.
Span = tuple[int, int]

#: Abbreviations of news prose after which a full stop ends no sentence.
ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof rev st sr jr gen lt col maj sgt capt cmdr det insp supt sen rep gov "
        "pres hon jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri "
        "sat sun vs etc inc corp co ltd dept no nos vol pp ave blvd rd ft mt u.s u.n u.k d.c n.y "
        "n.j l.a a.m p.m e.g i.e"
    ).split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[\"'”’»](?=\s)")
_OPENERS = "\"'“‘«([—–-"
#: What ends a line: with every system, and in what word processors put on the clipboard.
_BREAK = r"(?>\r\n|[\n\r\v\f\x85\u2028\u2029])"
#: White space within a line, and what takes no room at all.
_GAP = r"(?:[^\S\n\r\v\f\x85\u2028\u2029]|[\u200b\u2060\ufeff])"
_LINE_END = re.compile(_BREAK)
_BLANK_LINE = re.compile(rf"{_BREAK}(?:{_GAP}*{_BREAK})+\s*")
_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, without the white space around them.

    Blank lines separate paragraphs. A single line break does too, unless the block that holds it
    is hard-wrapped: most of its lines stop in mid-sentence.
    """
    found: list[Span] = []
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_lines(text, start, end))
        start = gap.end() if gap else end
    return found


def _lines(text: str, start: int, end: int) -> list[Span]:
    breaks = [match.end() + start for match in _LINE_END.finditer(text[start:end].rstrip())]
    if not breaks:
        return _trim(text, start, end)
    edges = [start, *breaks, end]
    lines = [_trim(text, a, b) for a, b in pairwise(edges)]
    inner = [text[line[0][0] : line[0][1]] for line in lines[:-1] if line]
    open_ended = sum(not _TERMINAL.search(line) for line in inner)
    if open_ended * 2 > len(inner):
        return _trim(text, start, end)
    return [span for line in lines for span in line]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, without the white space around them.

    A sentence ends at terminal punctuation, with the closing marks after it, when what follows
    begins like a sentence. Abbreviations, initials and decimals do not end one. Text inside
    quotation marks is split like any other.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    begin = start
    for stop in _END.finditer(text, start, end):
        if _ends_sentence(text, stop, begin, end):
            found.extend(_trim(text, begin, stop.end()))
            begin = stop.end()
    found.extend(_trim(text, begin, end))
    return found


def _ends_sentence(text: str, stop: re.Match, begin: int, end: int) -> bool:
    mark = stop.group().rstrip("\"'”’»)]")
    if not mark:  # a bare closing quotation mark; only `,"`-less ones after . ! ? end a sentence
        return False
    rest = text[stop.end() : end].lstrip()
    if not rest:
        return False
    first = rest.lstrip(_OPENERS)[:1]
    if not first or first.islower():
        return False
    if mark == ".":
        word = re.search(r"[\w.'’]+$", text[begin : stop.start()])
        token = word.group().casefold() if word else ""
        if token in ABBREVIATIONS or re.fullmatch(r"[a-z]", token):
            return False
    return True


def _trim(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []
