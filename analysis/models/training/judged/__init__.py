"""Read the judgements on real news: what a reader took each of them to say of its target.

`judgements.csv` holds grades and places, and no text; `README.md` says how they were made.  The
texts are those of the public data sets that training reads anyway.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.models.training.newsmtsc import Example
from analysis.polarity.scorer import LABELS, Item
from analysis.tables import spans_from_text

FILE = Path(__file__).with_name("judgements.csv")
#: Of some of the same places, the grades of a second reader, who did not see the first one's.
SECOND = Path(__file__).with_name("second.csv")
COLUMNS = ("set", "text", "start", "end", "mentions", "grade")
#: The texts that each set of judgements is about: NewsMTSC's sentences; sentences of PolNeAR's
#: articles; what is said in those articles, as the attribution engine cuts it; sentences of
#: directed sentiment.
SETS = ("newsmtsc", "news", "speech", "directed")
GRADES = (-2, -1, 0, 1, 2)  # plainly against, rather against than neutral, neutral, and so on


@dataclass(frozen=True)
class Judgement:
    """A reader's grade of one target: of which set, in which text, where.

    `text` is `name_of` an article or a sentence.  `start` and `end` are what the reader saw of it,
    in characters, and `mentions` the target's places in it.
    """

    set: str
    text: str
    start: int
    end: int
    mentions: tuple[tuple[int, int], ...]
    grade: int


def name_of(text: str) -> str:
    """Name of an article or a sentence: the start of its SHA-256, so that it is surely that one."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def judgements(path: str | Path = FILE) -> list[Judgement]:
    """Read a file of judgements.

    Raises
    ------
    ValueError
        When the columns are others, or a line has an unknown set or grade, or places that are none;
        names file and line.
    """
    out = []
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}, line 1: the columns are not {', '.join(COLUMNS)}.")
        for row in rows:
            try:
                start, end, grade = int(row["start"]), int(row["end"]), int(row["grade"])
                places = tuple(spans_from_text(row["mentions"]))
                if row["set"] not in SETS or grade not in GRADES:
                    raise ValueError(f"set {row['set']}, grade {grade}")
                if not places or not all(0 <= start <= a < b <= end for a, b in places):
                    raise ValueError(f"places {row['mentions']} in {start}-{end}")
            except (TypeError, ValueError) as error:
                why = f"{path}, line {rows.line_num}: not a judgement ({error!r})."
                raise ValueError(why) from error
            out.append(Judgement(row["set"], row["text"], start, end, places, grade))
    return out


def examples(found: Sequence[Judgement], texts: dict[str, str]) -> list[Example]:
    """Give what was judged, of those texts that are at hand; the label is the grade's sign.

    Parameters
    ----------
    texts : dict of `name_of` -> text
    """
    out = []
    for one in found:
        if one.text in texts:
            seen = texts[one.text][one.start : one.end]
            spans = tuple((a - one.start, b - one.start) for a, b in one.mentions)
            label = int(np.sign(one.grade)) + 1
            out.append(Example(Item(seen, spans), label, seen, one.grade))
    return out


def graded(labelled: Sequence[Example], found: Sequence[Judgement]) -> list[Example]:
    """Examples that have labels of their own, with the reader's grades beside them."""
    grades = {(one.text, one.mentions): one.grade for one in found}
    return [replace(e, grade=grades.get((name_of(e.sentence), e.item.spans))) for e in labelled]


def meaning(labelled: Sequence[Example]) -> dict[int, np.ndarray]:
    """How often the label is which, where the reader gives a grade.

    Parameters
    ----------
    labelled : examples with labels of their own; those without a grade are passed over

    Returns
    -------
    dict of grade -> ndarray [3]
        Shares, counted with one more of each label, so that none is 0.

    Raises
    ------
    ValueError
        When no example has a grade: then the grades would mean nothing.
    """
    counts = {grade: np.ones(len(LABELS)) for grade in GRADES}
    known = [example for example in labelled if example.grade is not None]
    if not known:
        raise ValueError("No judgement is of these labelled texts; are they NewsMTSC's own?")
    for example in known:
        counts[example.grade][example.label] += 1
    return {grade: count / count.sum() for grade, count in counts.items()}
