"""Topics: whom the words around a quotation say that it speaks of.

"…," she said of the union; asked about the mayor, he said "…"; he called him "a coward," referring
to the governor. Its pronouns mean them, before anybody that the text named earlier.

Not handled: a quotation without a pronoun ("A disgrace," he said of the mayor) has no words of its
own that mean its topic, and so no mention; and to whom somebody responds is not always of whom.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pandas as pd

from analysis.corpus.references import GENDER, Reference
from analysis.corpus.segments import Span
from analysis.tables import spans_from_text

_START = attrgetter("start")

_WHEN = (
    r"(?:\w+ly|(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|once|again|later"
    r"|then|reporters|(?:this|last)\s+(?:week|month|year))"
)
#: From the cue to its topic: "said on Monday of …".
_OF = re.compile(rf"(?:\s+{_WHEN})*\s+(?:of|about)\s+", re.IGNORECASE)
#: At the head of the sentence: "Of …, she said".
_FRONTED = re.compile(r"[\s\W]*(?:of|about|as\s+for)\s+", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:(?:speaking|talking)\s+(?:of|about)|referring\s+to|alluding\s+to|in\s+reference\s+to"
    r"|in\s+a\s+reference\s+to|(?:asked|pressed|questioned)\s+about)\s+$",
    re.IGNORECASE,
)
OBJECTS = ("him", "her", "them")
#: "It" that stands for nothing: "it is a shame that", "it seems".
_EMPTY = re.compile(
    r"\s*(?:(?:\s|['’]s|is|was|will|would|be|has|been|not|\w+n['’]t)\b\s*)*"
    r"(?:seem|appear|rain|snow|turn(?:s|ed)\s+out|takes?\b|took\b|time\b|depends|matters"
    r"|(?:(?:a|an|the)\s+)?(?:[\w-]+\s+){1,3}?(?:that|to|how|when|who|if|whether|for)\b)",
    re.IGNORECASE,
)
_IT = re.compile(r"(?:(?<=[“\"])|(?<=[.!?]\s))It\b")


@dataclass(frozen=True)
class Topic:
    """Whom a statement speaks of; `aside` where its cue does not govern it ("asked about …")."""

    reference: Reference
    aside: bool


def topics(
    text: str, row: Any, known: list[Reference], sentences: list[Span], cues: list[int]
) -> list[Topic]:
    """Topics of a statement, in text order.

    Parameters
    ----------
    row : a row of table `statements`, as `itertuples` gives it
    known : references in text order
    sentences : sentence spans of the text, in order
    cues : where the cues of the article's statements begin
    """
    if pd.isna(row.cue_start) or pd.isna(row.cue_end):
        return []
    cue, after = int(row.cue_start), int(row.cue_end)
    low, high = next(((a, b) for a, b in sentences if a <= cue < b), (0, 0))
    source = (cue, cue) if pd.isna(row.source_start) else (row.source_start, row.source_end)
    anchor = max(after, source[1])
    found: list[Topic] = []
    for ref in known[bisect_left(known, low, key=_START) : bisect_left(known, high, key=_START)]:
        if ref.target == row.speaker:
            anchor = ref.end if ref.start >= after else anchor
            continue
        inverted = ref.is_person and anchor > after and _OF.fullmatch(text, anchor, ref.start)
        if re.match(r"['’]s?\b", text[ref.end : ref.end + 2]):
            continue  # "the mayor's brother" is not the mayor
        if any(a < ref.end and ref.start < b for a, b in spans_from_text(row.spans)):
            continue
        if source[0] < ref.end and ref.start < source[1] and not inverted:
            continue  # "said a friend of the mayor"
        before, last = text[low : ref.start], found[-1].reference if found else None
        if last and re.fullmatch(r",?\s+and\s+", text[last.end : ref.start]):
            found.append(Topic(ref, found[-1].aside))
        elif (
            _OF.fullmatch(text, after, ref.start)
            or inverted
            or (_FRONTED.fullmatch(before) and text[ref.end : ref.end + 1] == ",")
        ):
            found.append(Topic(ref, False))
        elif _ASIDE.search(before):
            between = sorted((cue, ref.start))
            if not any(between[0] < other < between[1] for other in cues):
                found.append(Topic(ref, True))
    return found


def bound(
    pronoun: Span, text: str, row: Any, about: list[Topic], known: list[Reference], quoted: bool
) -> Reference | None:
    """The topic that a pronoun of the statement means, or None.

    Parameters
    ----------
    pronoun : (start, end)
    about : the statement's topics
    known : references in text order; of those in the statement's own words the nearest come first
    quoted : whether the pronoun stands inside quotation marks
    """
    start, end = pronoun
    word = text[start:end].lower()
    if word == "it" and _EMPTY.match(text, end):
        return None
    able = [topic for topic in about if _agrees(topic.reference, word, text)]
    if len(able) != 1:
        return None
    meant, after = able[0].reference, row.cue_end
    called = word in OBJECTS and after <= start and not text[after:start].strip()
    if able[0].aside and not (quoted or called):
        return None  # asked about him, he said that he …
    for a, b in spans_from_text(row.spans):
        for ref in known[bisect_left(known, a, key=_START) :]:
            if ref.start >= min(b, start):
                break
            others = ref.target not in (meant.target, row.speaker)
            if others and _agrees(ref, word, text):
                return None
    return Reference(start, end, meant.target, meant.group, "pronoun", meant.actor)


def subjects(text: str) -> list[Span]:
    """Each "It" that begins a sentence; others seldom mean an organisation."""
    return [match.span() for match in _IT.finditer(text)]


def _agrees(ref: Reference, word: str, text: str) -> bool:
    """Whether a pronoun can mean whom a reference names; organisations are "it" and "they"."""
    if ref.is_person:
        return ref.actor.pronouns == GENDER.get(word)
    if GENDER.get(word) == "they":
        return True
    return word == "it" and (ref.actor is not None or not text[ref.start : ref.end].endswith("s"))
