"""Several who speak as one: "Mr. Reyes and Ms. Quill said"."""

import re
from dataclasses import replace
from itertools import pairwise

from analysis.attribution.cues import VERB
from analysis.attribution.outside import Outside, from_reference
from analysis.attribution.sources import qualifies
from analysis.attribution.speaker import Speaker, unresolved
from analysis.corpus.cast import Cast
from analysis.corpus.references import Reference
from analysis.tables import OTHERS

_AND = re.compile(r",?\s+and\s+")
#: What an "and" belongs to that no comma precedes: "Jo Tamm, the author of “Rope and Tar,” said".
_APPOSITION = re.compile(r",\s(?![A-Z])")
#: An office speaks for who holds it: "the mayor's office and the union said".
_OFFICE = re.compile(r"[’']s (?:press )?(?:office|administration|campaign|team)\b")
_FIRST = re.compile(r"(?:^|[.?!,\n]\s*)(?P<name>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*)+)\sand\s$")


def named_together(
    text: str, start: int, end: int, known: list[Reference], outside: Outside
) -> list[Speaker]:
    """The named voices that "and" joins in the source text[start:end], or nothing.

    A source may hold the last of them alone, or the first.
    """
    start, end = _widened(text, start, end, known)
    inside = [r for r in known if r.start < end and r.end > start]
    cuts = [
        cut.span()
        for cut in _AND.finditer(text, start, end)
        if not any(r.start < cut.start() < r.end for r in inside)
        if cut.group()[0] == "," or not _APPOSITION.search(text, start, cut.start())
    ]
    edges = [start, *(at for cut in cuts for at in cut), end]
    voices: list[Speaker] = []
    for a, b in zip(edges[::2], edges[1::2], strict=True) if cuts else ():
        told = [r for r in inside if a <= r.start and r.end <= b]
        here = [r for r in told if r.actor and not qualifies(r, text, a, b)]
        here = here or [r for r in told if r.is_person and _OFFICE.match(text, r.end, b)]
        listed = here[:1] + [r for last, r in pairwise(here) if text[last.end : r.start] == ", "]
        stranger = None if listed else outside.named(text[a:b], a, told)
        if not listed and not stranger:
            return []
        voices += [from_reference(r) for r in listed] or [stranger]
    return list({voice.name: voice for voice in voices}.values())


def as_one(voices: list[Speaker], cast: Cast) -> Speaker:
    """One speaker for several: their group where they share it, or else nobody, with the reason.

    Outside the cast a group says nothing, and they keep their names.
    """
    names = " and ".join(voice.name for voice in voices)
    groups = {voice.group for voice in voices}
    if len(groups) > 1:
        nobody = unresolved(f"several speak as one, of several groups: {names}")
        return replace(nobody, several=True)
    [group] = groups
    place = voices[0].start, voices[-1].end
    if group == OTHERS:
        return Speaker(names, OTHERS, True, "several who speak as one", *place, several=True)
    how = f"several of the group: {names}"
    return Speaker(cast.group_name(group), group, False, how, *place, several=True)


def _widened(text: str, start: int, end: int, known: list[Reference]) -> tuple[int, int]:
    """The source with the subject that "and" joins to its left, or to its right before the verb."""
    first = _FIRST.search(text, max(0, start - 60), start)
    if first and text[start : start + 1].isupper():
        return first.start("name"), end
    for ref in known:
        opens = re.search(r"(?:^|[.?!,\n]\s*)$", text[max(0, ref.start - 3) : ref.start])
        if ref.actor and ref.end <= start and opens and text[ref.end : start] == " and ":
            return ref.start, end
        if ref.actor and ref.start >= end and text[end : ref.start] == " and ":
            return (start, ref.end) if VERB.match(text, ref.end + 1) else (start, end)
    return start, end
