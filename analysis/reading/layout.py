"""An article's text cut into paragraphs, pieces of statements, and runs.

Everything that is marked in the text may overlap everything else; in a run nothing changes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from analysis.tables import spans_from_text

#: The end of a paragraph: blank lines, or the line ends of an old Macintosh.
_GAP = re.compile(r"\n[ \t\r\f\v]*\n\s*|(?:\r(?!\n))+")


@dataclass(frozen=True)
class Run:
    """A stretch of text in which nothing changes; the tuples hold numbers of statements."""

    text: str
    own: bool = False  # the speaker's words, and not what frames them
    tagged: bool = False  # the first such words of its statement
    sources: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    antecedents: tuple[int, ...] = ()
    polarity: float | None = None  # toward whom it mentions
    mentioned: str = ""  # whom it mentions
    ends: bool = False  # the mention ends with this run


@dataclass(frozen=True)
class Piece:
    """The part of one statement that stands in one paragraph."""

    statement: int
    leads: bool  # it is the one that links lead to
    runs: tuple[Run, ...]


def paragraphs(text: str, rows: list[dict], scored: list[dict]) -> tuple[tuple[Piece, ...], ...]:
    """The text of an article, cut wherever anything begins or ends.

    Parameters
    ----------
    text : the article's; the runs, put together, are the same again
    rows : the article's rows of `statements`, in the order of the text, which they cover
    scored : its rows of `mentions`, each with its `polarity`
    """
    breaks = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]
    starts = [int(row["start"]) for row in rows]
    spans = [spans_from_text(row["spans"]) for row in rows]
    marks = {name: _places(rows, name) for name in ("source", "cue", "antecedent")}
    places = [(int(m["start"]), int(m["end"]), m) for m in scored]
    marked = [p for part in (*spans, *marks.values(), places) for p in part]
    cuts = {*breaks, *starts, *(p[0] for p in marked), *(p[1] for p in marked)}
    runs: dict[int, list[tuple[int, Run]]] = {}
    tagged: set[int] = set()
    for a, b in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        number = bisect_right(starts, a) - 1
        # White space says nothing: it takes no tint.
        own = any(s <= a and b <= e for s, e in spans[number]) and not text[a:b].isspace()
        over = [m for s, e, m in places if s <= a and b <= e]
        mention = over[-1] if over else None
        run = Run(
            text[a:b],
            own=own,
            tagged=own and number not in tagged,
            **{f"{k}s": tuple(n for s, e, n in v if s <= a and b <= e) for k, v in marks.items()},
            polarity=number_or_none(mention["polarity"]) if mention else None,
            mentioned=mention["target"] if mention else "",
            ends=bool(mention) and int(mention["end"]) == b,
        )
        if own:
            tagged.add(number)
        runs.setdefault(bisect_right(breaks, a) - 1, []).append((number, run))
    return tuple(_pieces(list(runs.values())))


def number_or_none(value) -> float | None:
    """A number of a table as a float; None where it is missing."""
    return None if pd.isna(value) else float(value)


def _places(rows: list[dict], name: str) -> list[tuple[int, int, int]]:
    found = [(row[f"{name}_start"], row[f"{name}_end"], n) for n, row in enumerate(rows)]
    return [(int(a), int(b), n) for a, b, n in found if not (pd.isna(a) or pd.isna(b))]


def _pieces(paragraphs: list[list[tuple[int, Run]]]) -> Iterable[tuple[Piece, ...]]:
    led: set[int] = set()
    for paragraph in paragraphs:
        pieces: list[Piece] = []
        for number in dict.fromkeys(n for n, _ in paragraph):
            runs = tuple(run for n, run in paragraph if n == number)
            leads = number not in led and any(not run.text.isspace() for run in runs)
            if leads:
                led.add(number)
            pieces.append(Piece(number, leads, runs))
        yield tuple(pieces)
