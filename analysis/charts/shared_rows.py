"""Rows of shared remarks: each with its words, and a field for every article that has it."""

from dataclasses import dataclass

import pandas as pd

from analysis.charts.page import BODY, SMALL, lines, wrap
from analysis.framing.reporting import NO_VERB, NOT_AT_HAND

MOST, CHIPS = 24, 10  # remarks that are drawn, and articles of one of them
LABEL, INNER, ACROSS, GAP = 2.75, 8.4, 5, 0.06  # inches; fields side by side
CHIP = (INNER - LABEL) / ACROSS
_LONGEST = 24  # words of a remark that are printed


@dataclass(frozen=True)
class Row:
    """One quotation as it will stand."""

    quotation: int
    group: str
    speaker: str
    said: str
    label: list[str]
    fields: list[tuple[list[str], float, float]]  # lines, charge and polarity of an article
    articles: int

    @property
    def chip(self) -> float:
        """Inches that one field is tall."""
        return max(len(told) for told, _, _ in self.fields) * lines(SMALL) + 0.14

    @property
    def height(self) -> float:
        deep = -(-len(self.fields) // ACROSS)
        label = lines(BODY, len(self.label)) + lines(SMALL) + 0.06
        return max(deep * (self.chip + GAP), label) + 0.16


def shared_rows(table: pd.DataFrame, named: set[int]) -> list[Row]:
    """A row for each remark, the most widespread first; `named` are those that name outlets."""
    sizes = table.groupby("quotation")["article_id"].nunique()
    chosen = sizes.sort_values(ascending=False, kind="stable").index[:MOST]
    own = {number: table[table["quotation"] == number] for number in chosen}
    return [_row(part, number in named) for number, part in own.items()]


def _row(own: pd.DataFrame, several: bool) -> Row:
    first = own.iloc[0]
    once = own.drop_duplicates("article_id")
    fields = []
    for row in once.itertuples():
        verb = {NO_VERB: "no verb", NOT_AT_HAND: "verb not at hand"}.get(row.verb, row.verb)
        about = "≈ " if row.method == "meaning" else ""
        told = [f"{about}{_day(row.published)}", verb]
        head = [row.outlet or row.article_id] if several else []
        fitted = [line for part in [*head, *told] for line in wrap(part, CHIP - 0.24, SMALL)]
        fields.append((fitted, row.charge, row.narrator))
    if len(fields) > CHIPS + 1:
        rest = len(fields) - CHIPS
        fields = [*fields[:CHIPS], ([f"and {rest} more"], float("nan"), float("nan"))]
    said = _open(shortened(first["words"]))
    label = wrap(said, LABEL - 0.35, BODY)
    return Row(
        int(first["quotation"]), first["group"], first["speaker"], said, label, fields, len(once)
    )  # fmt: skip


def shortened(words: str, most: int = _LONGEST) -> str:
    """The first words of a remark, with its quotation marks closed."""
    parts = words.split()
    if len(parts) <= most:
        return words
    kept = " ".join(parts[:most])
    return f"{kept} …{'”' * (kept.count('“') - kept.count('”'))}"


def _open(words: str) -> str:
    """With dots at an end that is the middle of a journalist's sentence."""
    if words.startswith("("):
        return words
    before = "" if words[:1] in "“[" or words[:1].isupper() else "… "
    after = "" if words[-1:] in "”.…?!" else "…"  # close by, so that it never stands alone
    return f"{before}{words}{after}"


def _day(published: str) -> str:
    day = pd.to_datetime(published[:10], errors="coerce", format="%Y-%m-%d")
    return "no date" if pd.isna(day) else f"{day.day} {day:%b %Y}"
