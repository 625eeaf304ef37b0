"""Marked texts, a JSON object a line: each is read, scored, and given back in its place."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.corpus.formats import CorpusError, decode
from analysis.polarity.scorer import Item, ModelError, Scorer, polarity, rounded

_STDIN = "-"


@dataclass(frozen=True)
class Line:
    """One line that is not blank.

    Parameters
    ----------
    number : int
        Which line of the input it is, from 1.
    row : dict
        The object that stands there; of a line that is none, ``{"line": ...}`` with its text.
    item : Item, optional
        What is to be scored.
    error : str
        Why nothing can be.
    """

    number: int
    row: dict
    item: Item | None = None
    error: str = ""

    def json(self) -> str:
        """The row, with its error if there is one, as JSON that can be printed."""
        row = {**self.row, "error": self.error} if self.error else self.row
        told = json.dumps(row, ensure_ascii=False, allow_nan=False)
        return told if _half(told) is None else json.dumps(row, allow_nan=False)


def read(name: str) -> list[Line]:
    """The lines of a file, or of standard input (``-``).

    Raises
    ------
    OSError, CorpusError
        When the file cannot be read, or is no UTF-8 text.
    """
    data = sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
    try:
        decode(data)  # knows what else it may be; but it moves the characters that are counted
    except CorpusError as error:
        raise CorpusError(f"{name}: {error}") from None
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig")
    return [_marked(number, line) for number, line in enumerate(text, 1) if line.strip()]


def scored(lines: Sequence[Line], scorer: Scorer, progress: bool = True) -> list[Line]:
    """The lines with p_negative, p_neutral, p_positive, polarity, model and revision."""
    said = iter(_said([line.item for line in lines if line.item], scorer, progress))
    return [_told(line, next(said), scorer) if line.item else line for line in lines]


def _marked(number: int, line: str) -> Line:
    """A line as it is to be scored, or with the reason why it cannot be."""
    whole = {"line": line.rstrip("\n")}
    try:
        row = json.loads(line)
        json.dumps(row, allow_nan=False)  # Python takes NaN for a number, JSON does not
    except (ValueError, RecursionError) as error:
        return Line(number, whole, error=f"not JSON: {error}")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        reason = "needs an object with text, start and end (characters of the mention in text)"
        return Line(number, row if isinstance(row, dict) else whole, error=reason)
    for place in ("start", "end"):
        if not _is_whole(row.get(place)):
            return Line(number, row, error=f"{place} has to be a whole number of characters")
    if (half := _half(row["text"])) is not None:
        reason = f"character {half} of text is half of a pair; leave it out, or give both halves"
        return Line(number, row, error=reason)
    try:
        return Line(number, row, Item(row["text"], ((row["start"], row["end"]),)))
    except ValueError as error:
        return Line(number, row, error=str(error))


def _is_whole(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0


def _half(text: str) -> int | None:
    """Where a text has half of a surrogate pair, which JSON can write and UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _said(items: list[Item], scorer: Scorer, progress: bool) -> list[np.ndarray | ModelError]:
    """Probabilities of each item, or the error of one that the model cannot read."""
    if not items:
        return []
    try:
        return list(rounded(scorer.score(items, progress=progress)))
    except ModelError as error:
        if len(items) == 1:
            return [error]
    half = len(items) // 2
    return [said for part in (items[:half], items[half:]) for said in _said(part, scorer, progress)]


def _told(line: Line, said: np.ndarray | ModelError, scorer: Scorer) -> Line:
    if isinstance(said, ModelError):
        return Line(line.number, line.row, error=str(said))
    names = ("p_negative", "p_neutral", "p_positive")
    row = {key: value for key, value in line.row.items() if key != "error"}  # of an earlier run
    row |= {name: float(value) for name, value in zip(names, said, strict=True)}
    row["polarity"] = float(rounded(polarity(said[None]))[0])
    row |= {"model": scorer.model, "revision": scorer.revision}
    return Line(line.number, row, line.item)
