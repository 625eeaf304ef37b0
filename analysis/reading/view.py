"""What one article's page shows: its text in runs, its statements, the voices in it.

The tables are taken apart here and nowhere else, so that a template only walks what it is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.corpus.cast import Cast
from analysis.reading.layout import Piece, number_or_none, paragraphs
from analysis.tables import NARRATOR, OTHERS, SPEECH, UNRESOLVED

_KINDS = {
    "direct": "direct quotation",
    "indirect": "indirect speech",
    "mixed": "partly quoted",
    "block": "block quotation",
    "narration": "narration",
}


class ReadingError(ValueError):
    """An article cannot be shown; the message says what to do."""


@dataclass(frozen=True)
class Score:
    """One mention in a statement, with what the model made of it; None where it made nothing."""

    target: str
    group: str
    surface: str
    polarity: float | None
    parts: tuple[float, ...]  # p(negative), p(neutral), p(positive)
    corrected: str


@dataclass(frozen=True)
class Statement:
    """One row of the table `statements` and its scores, in a reader's words."""

    anchor: str
    start: int
    end: int
    speaker: str
    group: str
    voice: int
    kind: str
    act: str
    source: str
    cue: str
    antecedent: str
    resolution: str
    method: str
    confidence: float | None
    corrected: str
    scores: tuple[Score, ...]

    @property
    def narrated(self) -> bool:
        return self.kind == "narration"

    @property
    def told(self) -> bool:
        """Whether there is anything to tell of it: narration that mentions nobody is plain."""
        return not self.narrated or bool(self.scores)

    @property
    def form(self) -> str:
        """How it is said, in words."""
        if self.narrated:
            return self.act or self.kind
        return _KINDS[self.kind] if self.act in ("", SPEECH) else f"reported {self.act}"


@dataclass(frozen=True)
class Voice:
    """Somebody who speaks in the article, with how many statements are theirs."""

    speaker: str
    group: str
    count: int


@dataclass(frozen=True)
class View:
    """An article as its page shows it; there are no paragraphs where its text is not at hand."""

    anchor: str
    about: dict[str, str]  # title, outlet, author, published, url, collection
    paragraphs: tuple[tuple[Piece, ...], ...]
    statements: tuple[Statement, ...]
    voices: tuple[Voice, ...]


def view(
    article: dict,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    cast: Cast,
) -> View:
    """The view of one article, a row of the table `articles`, from the tables of a run.

    Raises
    ------
    ReadingError
        When the statements are not those of this text.
    """
    own = statements[statements["article_id"] == article["article_id"]].sort_values("start")
    rows = own.to_dict("records")
    said = mentions[mentions["statement_id"].isin(own["statement_id"])]
    scored = said.merge(scores, on="mention_id", how="left")
    found = {key: part.to_dict("records") for key, part in scored.groupby("statement_id")}
    text = article["text"]
    if text:
        _check(text, rows, scored, article["article_id"])
    voices = _voices(rows, cast)
    numbers = {(voice.speaker, voice.group): i for i, voice in enumerate(voices)}
    made = tuple(_statement(row, found.get(row["statement_id"], []), numbers, text) for row in rows)
    about = {name: article[name] for name in ("title", "outlet", "author", "published", "url")}
    about["collection"] = article["collection"]
    laid = paragraphs(text, rows, scored.to_dict("records")) if text else ()
    return View(f"a-{escaped(article['article_id'])}", about, laid, made, voices)


def anchor(statement_id: str) -> str:
    """The id that a statement has on every page."""
    return f"s-{escaped(statement_id)}"


def escaped(name: str) -> str:
    """`name` with everything but letters, digits and ``_./-`` as ``~`` and its code point."""
    return re.sub(r"[^\w./-]", lambda found: f"~{ord(found[0]):x}", name)


def ordered(groups: Iterable[str], cast: Cast) -> list[str]:
    """Groups as the charts have them: narrator, focus, the cast's others, leftovers last."""
    present = dict.fromkeys(groups)
    known = dict.fromkeys([NARRATOR, *cast.focus, *cast.groups])
    last = [OTHERS, UNRESOLVED]
    rest = sorted(set(present) - set(known) - set(last))
    return [g for g in [*(g for g in known if g not in last), *rest, *last] if g in present]


def holder(row: dict) -> str:
    """The group whose voice a statement is; narration is the narrator's, whoever wrote it."""
    return NARRATOR if row["kind"] == "narration" else row["group"]


def _check(text: str, rows: list[dict], scored: pd.DataFrame, article: str) -> None:
    edges = [0, *(int(row["end"]) for row in rows)]
    whole = all(edge == row["start"] for edge, row in zip(edges, rows, strict=False))
    same = all(text[row["start"] : row["end"]] == row["content"] for row in rows)
    inside = scored["end"].le(len(text)).all()
    if not (whole and same and inside and edges[-1] == len(text)):
        raise ReadingError(
            f"{article}: its statements are not those of this text; run the analysis again"
        )


def _voices(rows: list[dict], cast: Cast) -> tuple[Voice, ...]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (_speaker(row), holder(row))
        counts[key] = counts.get(key, 0) + 1
    place = {group: i for i, group in enumerate(ordered((key[1] for key in counts), cast))}
    keys = sorted(counts, key=lambda key: (place[key[1]], -counts[key], key[0]))
    return tuple(Voice(*key, counts[key]) for key in keys)


def _speaker(row: dict) -> str:
    return row["speaker"] or ("The narrator" if row["kind"] == "narration" else "Unresolved")


def _statement(row: dict, found: list[dict], voices: dict, text: str) -> Statement:
    begin, end = row["antecedent_start"], row["antecedent_end"]
    return Statement(
        anchor=anchor(row["statement_id"]),
        start=int(row["start"]),
        end=int(row["end"]),
        speaker=_speaker(row),
        group=holder(row),
        voice=voices[_speaker(row), holder(row)],
        kind=row["kind"],
        act=row["act"],
        source=row["source"],
        cue=row["cue"],
        antecedent="" if pd.isna(begin) else text[int(begin) : int(end)],
        resolution=row["resolution"],
        method=row["method"],
        confidence=number_or_none(row["confidence"]),
        corrected=row["corrected"],
        scores=tuple(
            Score(
                target=score["target"],
                group=score["target_group"],
                surface=score["surface"],
                polarity=number_or_none(score["polarity"]),
                parts=_parts(score),
                corrected=_words(score["corrected"]),
            )
            for score in found
        ),
    )


def _parts(score: dict) -> tuple[float, ...]:
    parts = [number_or_none(score[name]) for name in ("p_negative", "p_neutral", "p_positive")]
    return () if None in parts else tuple(parts)


def _words(value) -> str:
    return "" if pd.isna(value) else str(value)
