"""Rows of reporting verbs: each group's verbs as they will stand, grade by grade."""

from dataclasses import dataclass

import pandas as pd

from analysis.charts.order import in_order
from analysis.charts.page import BODY, SMALL, balance, lines, wrap
from analysis.corpus.cast import Cast
from analysis.framing.reporting import LEVELS

MOST = 6  # verbs named in one cell; the others are counted together
LABEL, REST, INNER = 1.75, 1.15, 8.4  # inches: names, verbs without a grade, the whole
CELL = (INNER - LABEL - REST) / len(LEVELS)
LINE, STRIP = 0.175, 0.26  # inches: a verb, and the mean below them
_SIGNS = {-1: "▾ ", 1: "▴ "}


@dataclass(frozen=True)
class Row:
    """One group as it will stand: its label, the lines of its cells, and how tall they are."""

    group: str
    label: list[str]
    cells: list[list[tuple[list[str], int]]]  # (wrapped words, how often); the ungraded last
    mean: pd.Series

    @property
    def height(self) -> float:
        tallest = max(sum(len(told) for told, _ in cell) for cell in self.cells)
        label = lines(BODY, len(self.label)) + lines(SMALL, 2)
        return max(tallest * LINE + STRIP + 0.12, label + 0.14)


def verb_rows(table: pd.DataFrame, means: pd.DataFrame, name: str, cast: Cast) -> list[Row]:
    """The groups quoted in a collection, in their order."""
    own = table[table["collection"] == name]
    mean = means[means["collection"] == name].set_index("group")
    return [
        Row(
            group,
            balance(cast.group_name(group), LABEL - 0.4, BODY, bold=True),
            _cells(own[own["group"] == group]),
            mean.loc[group],
        )
        for group in in_order(mean.index, cast)
    ]


def _cells(own: pd.DataFrame) -> list[list[tuple[list[str], int]]]:
    own = own.sort_values(["n", "verb"], ascending=[False, True])
    found = []
    for level in [*LEVELS, None]:
        cell = own[own["charge"].isna() if level is None else own["charge"] == level]
        leaning = cell["leaning"].map(_SIGNS).fillna("")
        told = list(zip(leaning + cell["verb"], cell["n"], strict=True))
        if len(told) > MOST + 1:
            rest = told[MOST:]
            told = [*told[:MOST], (f"{len(rest)} more verbs", sum(n for _, n in rest))]
        room = (REST if level is None else CELL) - 0.15
        found.append([(wrap(f"{words} {n:,}", room, SMALL), int(n)) for words, n in told])
    return found
