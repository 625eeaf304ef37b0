"""Read the statements written for training: who is judged in what people say in a quarrel.

`statements.tsv` holds them, `README.md` says how they were written and read.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from analysis.models.training.newsmtsc import Example
from analysis.polarity.scorer import Item

FILE = Path(__file__).with_name("statements.tsv")
COLUMNS = ("field", "written", "read", "text")
#: The field of invented quarrels that is kept out of training, to measure on: the nearest to this
#: project's own.
HELD_OUT = "police and army"
_LABELS = {"-1": 0, "0": 1, "1": 2}
_MENTION = re.compile(r"\[\[(.+?)\]\]")


def read_written(path: str | Path = FILE) -> tuple[list[Example], list[Example]]:
    """Read the statements on whose label writer and reader agree.

    Returns
    -------
    rest, held_out : list of Example
        Those to train on, and those of the field `HELD_OUT`.

    Raises
    ------
    ValueError
        When a line has other columns, an unknown label or no marked target; names file and line.
    """
    rest: list[Example] = []
    away: list[Example] = []
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}, line 1: the columns are not {', '.join(COLUMNS)}.")
        for row in rows:
            try:
                label, again = _LABELS[row["written"]], _LABELS[row["read"]]
                example = Example(marked(row["text"]), label, row["text"])
            except (KeyError, TypeError, ValueError) as error:
                why = f"{path}, line {rows.line_num}: not a written statement ({error!r})."
                raise ValueError(why) from error
            if label == again:
                (away if row["field"] == HELD_OUT else rest).append(example)
    return rest, away


def marked(text: str) -> Item:
    """Build an item from a text whose target's mentions stand in double square brackets.

    Raises
    ------
    ValueError
        When no mention is marked.
    """
    spans: list[tuple[int, int]] = []
    plain, end = "", 0
    for mention in _MENTION.finditer(text):
        plain += text[end : mention.start()]
        spans.append((len(plain), len(plain) + len(mention[1])))
        plain, end = plain + mention[1], mention.end()
    if not spans:
        raise ValueError("no target in [[double brackets]]")
    return Item(plain + text[end:], tuple(spans))


def readings(path: str | Path = FILE) -> list[tuple[int, int]]:
    """Labels (-1, 0, 1) that writer and reader gave, for every statement; to measure agreement."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(int(row["written"]), int(row["read"])) for row in rows]
