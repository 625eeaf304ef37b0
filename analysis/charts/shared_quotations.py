"""The same words in several articles, with the verb and the narration that each put around them."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height, polarity_bar
from analysis.charts.page import BODY, SMALL, lines, make_page, wrap
from analysis.charts.palette import polarity_colour, text_on, theme
from analysis.charts.source import Source
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.reporting import NO_VERB, NOT_AT_HAND
from analysis.framing.shared import ALIKE, REPORTED, SHORTEST

NAME = "9-shared-quotations"
MOST, CHIPS = 24, 10  # quotations that are drawn, and articles of one of them
_LABEL, _INNER, _ACROSS, _GAP = 2.75, 8.4, 5, 0.06  # inches; chips side by side
_CHIP = (_INNER - _LABEL) / _ACROSS
_LONGEST = 24  # words of a quotation that are printed
_SUBTITLE = (
    "What each article put around the words: its date, its verb, and by colour the polarity of the"
    " narration right before and after toward the speaker’s group"
)


@drawn_twice
def shared_quotations(
    table: pd.DataFrame, cast: Cast, source: Source, withheld: Collection[str] = (WITHHELD,)
) -> Chart:
    """A row for each quotation, the most widespread first; a field for each article that has it.

    Parameters
    ----------
    table : DataFrame
        As `framing.shared.shared_quotations` makes it.
    withheld : collections whose words are their publishers'
        They are neither printed nor in the chart's table. A quotation is printed as another
        article has it; where there is none, the row says only whose it is and how long.

    Returns
    -------
    Chart
        Its table is `table` with `drawn`, which says whether there was room for the quotation.
    """
    table = _without(table, withheld)
    named = _named(table)
    rows = _rows(table, named)
    title = _title(table, source)
    table = table.assign(drawn=table["quotation"].isin([row.quotation for row in rows]))
    articles = sum(size for _, size in source.articles)
    counted = f"{w.count(table['quotation'].nunique(), 'quotation')} in more than one of" + (
        f" {w.count(articles, 'article')}"
    )
    keys = [
        Key("length: how charged the verb is, neutral to heated", "line",
            {"color": theme().ink, "lw": 2.2}),
        Key("≈ the same in meaning, not in words", "line", {"ls": ""}),
        Key("narrator silent on the group", "box", {"facecolor": theme().paper, "lw": 0.8,
                                                  "edgecolor": theme().faint}),
    ]  # fmt: skip
    start = 0.4 + legend_height(keys, _INNER) + 0.2
    body = start + sum(row.height for row in rows) if rows else 0.3
    page = make_page(title, _SUBTITLE, _notes(table, rows, named, counted, source), body)
    if not rows:
        page.text(0, 0, "Nothing to show.", color=theme().soft)
        return Chart(NAME, page.figure, table, f"Empty chart. {title}.", title)
    canvas = page.canvas(body)
    polarity_bar(canvas, 0, 0, 2.4)
    draw_legend(canvas, keys, _INNER, y=0.45)
    y = start
    for row in rows:
        _draw_row(canvas, y, row, cast)
        y += row.height
    return Chart(NAME, page.figure, table, _alt(title, rows), title)


@dataclass(frozen=True)
class _Row:
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
        deep = -(-len(self.fields) // _ACROSS)
        label = lines(BODY, len(self.label)) + lines(SMALL) + 0.06
        return max(deep * (self.chip + _GAP), label) + 0.16


def _without(table: pd.DataFrame, withheld: Collection[str]) -> pd.DataFrame:
    """The table without the words of the withheld collections."""
    closed = table["collection"].isin(withheld)
    shown = table.copy()
    shown.loc[closed, ["content", "around", "cue"]] = ""
    for quotation, own in table.groupby("quotation"):
        if not closed[own.index].any():
            continue
        rest = own[~closed[own.index]]
        size = len(own["words"].iloc[0].split())
        # Words shared as text are the same anywhere; a paraphrase is printed as an open one has it.
        text = rest if (rest["method"] == "text").any() else rest.iloc[:0]
        words = f"({size} words, not printed)"
        if len(text):
            words = own["words"].iloc[0]
        elif len(rest):
            words = " ".join(min(rest["content"], key=len).split())
        shown.loc[shown["quotation"] == quotation, "words"] = words
    return shown


def _named(table: pd.DataFrame) -> set[int]:
    """The quotations whose fields name the outlet: all, unless the rest share a single one."""
    own = table.groupby("quotation")["outlet"].agg(set)
    alone = own[own.str.len() == 1]
    return set(own.index if len(set().union(*alone)) > 1 else own.index.difference(alone.index))


def _rows(table: pd.DataFrame, named: set[int]) -> list[_Row]:
    sizes = table.groupby("quotation")["article_id"].nunique()
    chosen = sizes.sort_values(ascending=False, kind="stable").index[:MOST]
    own = {number: table[table["quotation"] == number] for number in chosen}
    return [_row(part, number in named) for number, part in own.items()]


def _row(own: pd.DataFrame, several: bool) -> _Row:
    first = own.iloc[0]
    once = own.drop_duplicates("article_id")
    fields = []
    for row in once.itertuples():
        verb = {NO_VERB: "no verb", NOT_AT_HAND: "verb not at hand"}.get(row.verb, row.verb)
        about = "≈ " if row.method == "meaning" else ""
        told = [f"{about}{_day(row.published)}", verb]
        head = [row.outlet or row.article_id] if several else []
        fitted = [line for part in [*head, *told] for line in wrap(part, _CHIP - 0.24, SMALL)]
        fields.append((fitted, row.charge, row.narrator))
    if len(fields) > CHIPS + 1:
        rest = len(fields) - CHIPS
        fields = [*fields[:CHIPS], ([f"and {rest} more"], float("nan"), float("nan"))]
    said = _shortened(first["words"])
    label = wrap(said, _LABEL - 0.35, BODY)
    return _Row(
        int(first["quotation"]), first["group"], first["speaker"], said, label, fields, len(once)
    )  # fmt: skip


def _shortened(words: str, most: int = _LONGEST) -> str:
    parts = words.split()
    if len(parts) <= most:
        return words
    kept = " ".join(parts[:most])
    return f"{kept} …{'”' * (kept.count('“') - kept.count('”'))}"


def _day(published: str) -> str:
    day = pd.to_datetime(published[:10], errors="coerce", format="%Y-%m-%d")
    return "no date" if pd.isna(day) else f"{day.day} {day:%b %Y}"


def _draw_row(canvas: Axes, y: float, row: _Row, cast: Cast) -> None:
    canvas.plot([0, _INNER], [y, y], color=theme().rule, lw=0.8)
    draw_mark(canvas, 0.1, y + 0.09 + lines(BODY) / 2, cast, row.group)
    canvas.text(0.3, y + 0.09, "\n".join(row.label), va="top")
    below = y + 0.12 + lines(BODY, len(row.label))
    who = wrap(f"{row.speaker}, {w.count(row.articles, 'article')}", _LABEL - 0.35, SMALL)[0]
    canvas.text(0.3, below, who, size=SMALL, color=theme().soft, va="top")
    for i, (told, charge, narrator) in enumerate(row.fields):
        x = _LABEL + (i % _ACROSS) * _CHIP
        top = y + 0.09 + (i // _ACROSS) * (row.chip + _GAP)
        silent = pd.isna(narrator)
        face = theme().paper if silent else polarity_colour(narrator)
        edge = {"lw": 0.8, "edgecolor": theme().faint} if silent else {"lw": 0}
        size = (_CHIP - _GAP, row.chip)
        canvas.add_patch(Rectangle((x, top), *size, facecolor=face, **edge))
        ink = text_on(face)
        canvas.text(x + 0.07, top + 0.04, "\n".join(told), size=SMALL, color=ink, va="top")
        if charge > 0:
            foot = top + row.chip - 0.035
            ends = [x + 0.07, x + 0.07 + charge * (_CHIP - _GAP - 0.14)]
            canvas.plot(ends, [foot, foot], color=ink, lw=2.2)


def _notes(
    table: pd.DataFrame, rows: list[_Row], named: set[int], counted: str, source: Source
) -> list[str]:
    hidden = table["quotation"].nunique() - len(rows)
    more = f" {w.count(hidden, 'further quotation')} in the table only." if hidden > 0 else ""
    bare = table.loc[~table["quotation"].isin(named), "outlet"].unique()
    marks = "Quotation marks are the articles' own: words without them are the journalist's. "
    where = f"A field that names no outlet is of {bare[0]}. " if named and len(bare) else ""
    return [
        *source.notes(counted),
        marks + where,
        f"The same: {SHORTEST} words in a row or more ({REPORTED} in reported speech), or a meaning"
        f" as close as a cosine of {ALIKE:g} between sentence embeddings; always of one speaker who"
        f" is named. Articles whose words are not at hand are not compared.{more}",
    ]


def _title(table: pd.DataFrame, source: Source) -> str:
    """How many quotations recur, and which does most; plainly none where there are none."""
    articles = sum(size for _, size in source.articles)
    if articles < 2:
        return "Two articles are needed to find words that they share"
    found = table["quotation"].nunique()
    if not found:
        return f"No words of a named speaker recur in the {articles:,} articles"
    sizes = table.groupby("quotation")["article_id"].nunique()
    most = table[table["quotation"] == sizes.idxmax()]
    first = most.iloc[0]
    differ = table.groupby("quotation")["verb"].nunique().gt(1).sum()
    verbs = f", {differ:,} of them under different verbs" if differ else ", each under one verb"
    words = first["words"]
    widest = f"; {first['speaker']}’s {_shortened(words, 8)} stands in {sizes.max():,} articles"
    if not (words.startswith("“") and words.endswith("”")):
        widest = f"; one reported of {first['speaker']} stands in {sizes.max():,} articles"
    widest = "" if words.startswith("(") else widest
    recur = f"{w.count(found, 'quotation')} {'recurs' if found == 1 else 'recur'}{verbs}"
    return f"{recur}{widest}"


def _alt(title: str, rows: list[_Row]) -> str:
    parts = [f"Table of quotations that several articles share. {title}."]
    for row in rows:
        shown = [" ".join(told) for told, _, _ in row.fields]
        parts.append(f"{row.speaker}, {row.said}: {'; '.join(shown)}.")
    return " ".join(parts)
