"""Mentions: which actors each statement speaks of, and the stretch of text that each is scored on.

A mention is by name, office, title, description, collective phrase or pronoun. The first person is
the speaker, who is not their own target; but "our members" are those of the organisation that the
speaker speaks for, which may be one. The words that name a statement's source are no mention:
"Lynch said" says nothing about Lynch.
"""

from bisect import bisect_right, insort
from datetime import date
from operator import attrgetter
from typing import Any

import pandas as pd

from analysis.corpus.cast import Cast
from analysis.corpus.descriptions import Descriptions
from analysis.corpus.forenames import forenames
from analysis.corpus.former import formers
from analysis.corpus.references import Reference, References
from analysis.corpus.segments import paragraphs, sentences
from analysis.polarity.scorer import Item
from analysis.polarity.topics import OBJECTS, bound, subjects, topics
from analysis.tables import HEADLINE, NARRATOR, build, spans_from_text

#: Narration of at least this many words that an article repeats to the letter counts once.
_REPEATED = 6


def mentions(articles: pd.DataFrame, statements: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Table `mentions` for the statements of the articles whose text is at hand."""
    by_article = dict(tuple(statements.groupby("article_id", sort=False)))
    rows: list[dict] = []
    for article in articles.to_dict("records"):
        if article["text"] and article["article_id"] in by_article:
            rows += _in_article(article, by_article[article["article_id"]], cast)
    return build("mentions", rows)


def _in_article(article: dict, statements: pd.DataFrame, cast: Cast) -> list[dict]:
    text = article["text"]
    clauses = [span for block in paragraphs(text) for span in sentences(text, *block)]
    day = date.fromisoformat(article["published"]) if article["published"] else None
    references = References(cast, day)
    known = references.find(text)
    for more in (forenames(text, references, known), formers(text, references, known)):
        for ref in more:
            insort(known, ref, key=attrgetter("start"))
    descriptions = Descriptions(references)
    for ref in descriptions.find(text, known, clauses):
        insort(known, ref, key=attrgetter("start"))
    taken = [(ref.start, ref.end) for ref in known]  # "his union" is the union's mention, not his
    pronouns = sorted([*references.find_pronouns(text), *subjects(text)])
    pronouns = [p for p in pronouns if not _overlap(p, taken)]
    cues = [int(start) for start in statements["cue_start"].dropna()]
    sources = [
        (int(row.source_start), int(row.source_end))
        for row in statements.itertuples()
        if not pd.isna(row.source_start)
    ]
    rows: list[dict] = []
    told: set[str] = set()
    for row in statements.itertuples():
        # A caption or a pull quote that a page prints twice is one statement of the narrator.
        if row.group == NARRATOR and row.act != HEADLINE and row.words >= _REPEATED:
            if (words := " ".join(row.content.split())) in told:
                continue
            told.add(words)
        speaker = "" if row.group == NARRATOR else row.speaker
        about = topics(text, row, known, clauses, cues) if speaker else []
        for start, end in (p for p in pronouns if row.start <= p[0] < row.end):
            # Inside quotation marks the speaker is "I", so "he" is somebody else; in reported
            # speech "he" is as a rule the speaker, who is not their own target.
            quoted = row.kind == "block" or _in_marks(text, row.start, start)
            before = known
            if (
                speaker
                and row.kind == "indirect"
                and _may_be_speaker((start, end), text, row, cast)
            ):
                # "He" may be the speaker, whom `known` cannot hold: only a name in their own words
                # is nearer.
                before = [ref for ref in known if ref.start >= row.start]
            away = speaker if quoted else ""
            found = bound((start, end), text, row, about, known, quoted)
            found = found or references.resolve((start, end), text, before, clauses, exclude=away)
            if found:
                insort(known, found, key=attrgetter("start"))
        ours = descriptions.ours(text, row.start, row.end, speaker)
        for ref in ours:
            insort(known, ref, key=attrgetter("start"))
        for start, end in spans_from_text(row.spans):
            first = bisect_right(known, start - 1, key=attrgetter("start"))
            for ref in known[first:]:
                if ref.start >= end:
                    break
                if (
                    ref.end <= end
                    and ref.target != speaker
                    and not _overlap((ref.start, ref.end), sources)
                ):
                    rows.append(_row(row.statement_id, ref, text))
    return rows


def _may_be_speaker(pronoun: tuple[int, int], text: str, row: Any, cast: Cast) -> bool:
    """Whether "he" in reported speech may be its speaker, of whom the cast knows nothing.

    Several speakers, and one that was called "it", are no "he"; nor is the object of the cue
    ("accused him of").
    """
    if cast.actor_named(row.speaker) or row.speaker in map(cast.group_name, cast.groups):
        return False
    if not pd.isna(row.source_start):
        source = text[int(row.source_start) : int(row.source_end)].casefold()
        if source in ("it", "they"):
            return False
    object_of_cue = not pd.isna(row.cue_end) and not text[int(row.cue_end) : pronoun[0]].strip()
    return not (object_of_cue and text[slice(*pronoun)].casefold() in OBJECTS)


def _in_marks(text: str, begin: int, place: int) -> bool:
    """Whether a place in a statement that begins at `begin` is inside quotation marks."""
    return sum(text.count(mark, begin, place) for mark in '"“”«»') % 2 == 1


def _overlap(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _row(statement_id: str, ref: Reference, text: str) -> dict:
    return {
        "mention_id": f"{statement_id}/{ref.start}",
        "statement_id": statement_id,
        "target": ref.target,
        "target_group": ref.group,
        "start": ref.start,
        "end": ref.end,
        "surface": text[ref.start : ref.end],
        "how": ref.how,
    }


def items(
    articles: pd.DataFrame, statements: pd.DataFrame, mentions: pd.DataFrame
) -> dict[str, Item]:
    """What the model reads for each mention: its sentence, within the speaker's own words.

    The mention comes first among the item's spans, then the same target's other mentions in that
    sentence.

    Returns
    -------
    dict
        mention_id -> Item; in the order of table `mentions`, without those whose text is absent.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    sentence_of: dict[str, list[tuple[int, int]]] = {}
    made: dict[str, Item] = {}
    owner = statements.set_index("statement_id")
    for statement_id, group in mentions.groupby("statement_id", sort=False):
        row = owner.loc[statement_id]
        text = texts.get(row["article_id"], "")
        if not text:
            continue
        if row["article_id"] not in sentence_of:
            blocks = paragraphs(text)
            sentence_of[row["article_id"]] = [s for b in blocks for s in sentences(text, *b)]
        stretches = [
            (max(a, start), min(b, end))
            for start, end in spans_from_text(row["spans"])
            for a, b in sentence_of[row["article_id"]]
            if a < end and b > start
        ]
        places = list(zip(group["target"], group["start"], group["end"], strict=True))
        for mention_id, (target, start, end) in zip(group["mention_id"], places, strict=True):
            a, b = next(s for s in stretches if s[0] <= start < s[1])
            b = max(b, end)
            others = [
                (s - a, e - a)
                for t, s, e in places
                if t == target and a <= s and e <= b and s != start
            ]
            spans = ((start - a, end - a), *others)
            made[mention_id] = Item(text[a:b], spans, target, row["group"] == NARRATOR)
    return {key: made[key] for key in mentions["mention_id"] if key in made}
