"""Statements: an article's text cut into stretches by one voice each, without gap or overlap.

Attributions become statements of their speakers, and reported thoughts and findings statements
marked as such. What lies between them is narration, the journalist's own voice, a sentence at a
time; a headline is one statement, marked as such, whoever speaks in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd
from tqdm.auto import tqdm

from analysis.attribution import hybrid, rules
from analysis.attribution.acts import act
from analysis.attribution.contents import contents
from analysis.attribution.headline import headline
from analysis.attribution.quotes import Quotation, pair
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.speakers import Speaker, Speakers
from analysis.corpus.cast import Cast
from analysis.corpus.references import References
from analysis.corpus.segments import paragraphs, sentences
from analysis.tables import (
    FINDING,
    HEADLINE,
    NARRATOR,
    SPEECH,
    THOUGHT,
    UNRESOLVED,
    build,
    spans_to_text,
)

Engine = Callable[[str], list[Attribution]]
#: What finds attributions; the first is the one that ships.
ENGINES: dict[str, Engine] = {"hybrid": hybrid.find, "rules": rules.find}
_CLOSING = re.compile(r"[.!?…,;:]+(?=\s|$)")


def statements(
    articles: pd.DataFrame, cast: Cast, find: Engine = hybrid.find, progress: bool = False
) -> pd.DataFrame:
    """Split every article of table `articles` that has its text; see `split`."""
    present = articles[articles["text"] != ""].to_dict("records")
    bar = tqdm(present, "statements", disable=not progress, delay=1, leave=False)
    return build("statements", [row for one in bar for row in split(one, cast, find)])


def split(article: dict, cast: Cast, find: Engine = hybrid.find) -> list[dict]:
    """The statements of one article, as rows of table `statements`.

    Each row owns the white space around it where it is narration, and the white space after it
    where another statement follows at once, so that rows cover the text without gap or overlap.
    `spans` holds the exact pieces that are the speaker's; the frame between two pieces ("…," he
    said. "…") belongs to the row but to no piece.
    """
    text, identity = article["text"], article["article_id"]
    if not text.strip():
        return []
    blocks = paragraphs(text)
    head = headline(text, article.get("title", ""), blocks)
    whole = {head: [head]}
    clauses = [span for block in blocks for span in whole.get(block) or sentences(text, *block)]
    speakers = Speakers(text, References(cast, _day(article["published"])), blocks, clauses)
    # A headline tells who is who, but nobody is heard in it.
    body = text if head is None else text[: head[0]] + " " * (head[1] - head[0]) + text[head[1] :]
    quotations = list(pair(body).outer)
    rows: list[dict] = []
    found = contents(body, find(body), quotations, clauses)
    for attribution in _told(body, found, blocks):
        speaker = speakers.resolve(attribution)
        rows.append(_statement(text, attribution, speaker, quotations))
    rows = _cover(text, rows, clauses, article["outlet"] or "Narrator")
    edges = [start for start, _ in blocks]
    for row in rows:
        first = row.pop("first", row["start"])
        row["paragraph"] = max(0, bisect_right(edges, first) - 1)
        if head and first == head[0]:
            row["act"] = HEADLINE
        row["article_id"] = identity
        row["statement_id"] = f"{identity}/{row['start']}"
        row["content"] = text[row["start"] : row["end"]]
    return rows


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(str(published)[:10])
    except ValueError:
        return None


def _told(text: str, found: list[Attribution], blocks: list[Span]) -> list[Attribution]:
    """Speech, thoughts and findings in text order, none over another; speech goes first."""
    marked = [replace(one, act=act(text, one)) for one in found]
    said = _disjoint(text, [one for one in marked if one.act == SPEECH], blocks)
    apart = _disjoint(text, [one for one in marked if one.act in (THOUGHT, FINDING)], blocks)
    starts, ends = [one.start for one in said], [one.end for one in said]
    free = [one for one in apart if bisect_left(starts, one.end) == bisect_right(ends, one.start)]
    return sorted([*said, *free], key=lambda one: one.start)


def _disjoint(text: str, found: list[Attribution], blocks: list[Span]) -> list[Attribution]:
    """Attributions in text order, each within one paragraph and after the end of the one before.

    One that crosses paragraphs is cut into one for each; of two that overlap the outer one stays,
    since the outer source is the one whom the journalist answers for.
    """
    pieces: list[Attribution] = []
    edges = [start for start, _ in blocks]
    for attribution in found:
        first = max(0, bisect_right(edges, attribution.start) - 1)
        last = bisect_left(edges, max(end for _, end in attribution.content))
        for start, end in blocks[first:last]:
            inside = tuple(
                piece
                for a, b in attribution.content
                if (piece := _trimmed(text, max(a, start), min(b, end)))
            )
            if inside:
                later = pieces and attribution.content[0][0] < start
                method = "continued" if later else attribution.method
                pieces.append(replace(attribution, content=inside, method=method))
    kept: list[Attribution] = []
    for attribution in sorted(pieces, key=lambda a: (a.start, -a.end)):
        if not kept or attribution.start >= kept[-1].end:
            kept.append(attribution)
    return kept


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A piece without white space at its ends, or None where it has no word."""
    return _inner(text, start, end) if _worded(text, start, end) else None


def _worded(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])


def _inner(text: str, start: int, end: int) -> Span:
    """A stretch without the white space at its ends."""
    piece = text[start:end]
    return (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _statement(
    text: str, attribution: Attribution, speaker: Speaker, quotations: list[Quotation]
) -> dict:
    source, cue = _hull(attribution.source), _hull(attribution.cue)
    confidence = attribution.confidence * _certainty(speaker)
    return {
        "start": attribution.start,
        "end": attribution.end,
        "kind": _kind(text, attribution, quotations),
        "act": attribution.act,
        "spans": spans_to_text(attribution.content),
        "words": sum(len(text[a:b].split()) for a, b in attribution.content),
        **_role(text, "source", source),
        **_role(text, "cue", cue),
        "speaker": speaker.name,
        "group": speaker.group,
        "named": speaker.named,
        "antecedent_start": speaker.start,
        "antecedent_end": speaker.end,
        "method": attribution.method,
        "resolution": speaker.resolution,
        "confidence": round(confidence, 3),
    }


def _certainty(speaker: Speaker) -> float:
    """How far a resolution is trusted; until it is fitted on gold, an ordering by kind."""
    if speaker.likely or speaker.group == UNRESOLVED:
        return 0.5
    sure = ("name", "office", "title", "collective", "name outside the cast")
    return 1.0 if speaker.resolution in sure else 0.9


def _hull(spans: tuple[Span, ...]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def _role(text: str, name: str, span: Span | None) -> dict:
    start, end = span or (None, None)
    surface = text[start:end] if span else ""
    return {name: surface, f"{name}_start": start, f"{name}_end": end}


def _kind(text: str, attribution: Attribution, quotations: list[Quotation]) -> str:
    """Direct where all words are in quotation marks, indirect where none is, else mixed."""
    if attribution.method == "block":
        return "block"
    quoted = loose = 0
    for start, end in attribution.content:
        inside = [
            (max(start, q.start), min(end, q.end))
            for q in quotations
            if q.start < end and q.end > start
        ]
        in_words = sum(len(text[a:b].split()) for a, b in inside)
        quoted += in_words
        loose += max(0, len(text[start:end].split()) - in_words)
    if not quoted:
        return "block" if attribution.method == "transcript" else "indirect"
    return "mixed" if loose else "direct"


def _cover(text: str, rows: list[dict], clauses: list[Span], outlet: str) -> list[dict]:
    """Fill what the statements leave with narration, cut where sentences begin."""
    filled: list[dict] = []
    reached = 0
    starts = [start for start, _ in clauses]
    for row in [*rows, None]:
        stop = row["start"] if row else len(text)
        if filled and (rest := _CLOSING.match(text, reached, stop)):  # "he was right|." ends there
            reached = filled[-1]["end"] = rest.end()
        if not _worded(text, reached, stop) and (filled or row):
            if filled:
                filled[-1]["end"] = stop
            elif row:
                row["first"] = row["start"]
                row["start"] = reached
        else:
            cuts = [reached, *(s for s in starts if reached < s < stop), stop]
            # What has no word is layout (a rule, the mark of a block quotation) or a lone mark: it
            # goes with what stands before, or follows, and is no part of what is told.
            told = [(a, b) for a, b in pairwise(cuts) if _worded(text, a, b)]
            told = told or [(reached, stop)]
            edges = pairwise([reached, *(a for a, _ in told[1:]), stop])
            for edge, span in zip(edges, told, strict=True):
                filled.append(_narration(text, *edge, _inner(text, *span), outlet))
        if row:
            filled.append(row)
            reached = row["end"]
    return filled


def _narration(text: str, start: int, end: int, told: Span, outlet: str) -> dict:
    return {
        "start": start,
        "end": end,
        "first": told[0],
        "kind": "narration",
        "spans": spans_to_text([told]),
        "words": len(text[slice(*told)].split()),
        "source": "",
        "cue": "",
        "speaker": outlet,
        "group": NARRATOR,
        "named": True,
        "method": "narration",
        "resolution": "the outlet",
        "confidence": 1.0,
    }
