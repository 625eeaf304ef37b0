"""The same words in several articles, with the verb and the narration that each put around them."""

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height, polarity_bar
from analysis.charts.page import BODY, SMALL, lines, make_page, wrap
from analysis.charts.palette import polarity_colour, text_on, theme
from analysis.charts.shared_rows import ACROSS, CHIP, GAP, INNER, LABEL, Row, shared_rows, shortened
from analysis.charts.source import Source
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.shared import ALIKE, REPORTED, SHORTEST

NAME = "9-shared-quotations"
_SUBTITLE = (
    "What each article put around the words: its date, its verb, and by colour the polarity of the"
    " narration right before and after toward the speaker’s group"
)
_UNLIKE = "verbs more charged in one than in another"


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
    rows = shared_rows(table, named)
    title = _title(table, source)
    table = table.assign(drawn=table["quotation"].isin([row.quotation for row in rows]))
    counted = (
        f"{w.count(table['quotation'].nunique(), 'remark')} in more than one of"
        f" {w.count(_compared(source), 'article')}"
    )
    keys = [
        Key("length: how charged the verb is, neutral to heated", "line",
            {"color": theme().ink, "lw": 2.2}),
        Key("≈ the same in meaning, not in words", "line", {"ls": ""}),
        Key("narrator silent on the group", "box", {"facecolor": theme().paper, "lw": 0.8,
                                                  "edgecolor": theme().faint}),
    ]  # fmt: skip
    start = 0.4 + legend_height(keys, INNER) + 0.2
    body = start + sum(row.height for row in rows) if rows else 0.3
    page = make_page(title, _SUBTITLE, _notes(table, rows, named, counted, source), body)
    if not rows:
        page.text(0, 0, "Nothing to show.", color=theme().soft)
        return Chart(NAME, page.figure, table, f"Empty chart. {title}.", title)
    canvas = page.canvas(body)
    polarity_bar(canvas, 0, 0, 2.4)
    draw_legend(canvas, keys, INNER, y=0.45)
    y = start
    for row in rows:
        _draw_row(canvas, y, row, cast)
        y += row.height
    return Chart(NAME, page.figure, table, _alt(title, rows), title)


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


def _compared(source: Source) -> int:
    """Articles whose words are at hand."""
    return sum(size for _, size in source.articles) - source.silent


def _draw_row(canvas: Axes, y: float, row: Row, cast: Cast) -> None:
    canvas.plot([0, INNER], [y, y], color=theme().rule, lw=0.8)
    draw_mark(canvas, 0.1, y + 0.09 + lines(BODY) / 2, cast, row.group)
    canvas.text(0.3, y + 0.09, "\n".join(row.label), va="top")
    below = y + 0.12 + lines(BODY, len(row.label))
    who = wrap(f"{row.speaker}, {w.count(row.articles, 'article')}", LABEL - 0.35, SMALL)[0]
    canvas.text(0.3, below, who, size=SMALL, color=theme().soft, va="top")
    for i, (told, charge, narrator) in enumerate(row.fields):
        x = LABEL + (i % ACROSS) * CHIP
        top = y + 0.09 + (i // ACROSS) * (row.chip + GAP)
        silent = pd.isna(narrator)
        face = theme().paper if silent else polarity_colour(narrator)
        edge = {"lw": 0.8, "edgecolor": theme().faint} if silent else {"lw": 0}
        size = (CHIP - GAP, row.chip)
        canvas.add_patch(Rectangle((x, top), *size, facecolor=face, **edge))
        ink = text_on(face)
        canvas.text(x + 0.07, top + 0.04, "\n".join(told), size=SMALL, color=ink, va="top")
        if charge > 0:
            foot = top + row.chip - 0.035
            ends = [x + 0.07, x + 0.07 + charge * (CHIP - GAP - 0.14)]
            canvas.plot(ends, [foot, foot], color=ink, lw=2.2)


def _notes(
    table: pd.DataFrame, rows: list[Row], named: set[int], counted: str, source: Source
) -> list[str]:
    hidden = table["quotation"].nunique() - len(rows)
    more = f" {w.count(hidden, 'further remark')} in the table only." if hidden > 0 else ""
    absent = f" Left out: {w.count(source.silent, 'article')} whose words are not at hand."
    bare = table.loc[~table["quotation"].isin(named), "outlet"].unique()
    marks = "Quotation marks are the articles’ own: words without them are the journalist’s. "
    where = f"A field that names no outlet is of {bare[0]}. " if named and len(bare) else ""
    return [
        *source.notes(counted),
        marks + where,
        f"The same: {SHORTEST} words in a row or more ({REPORTED} in reported speech), or, marked"
        f" ≈, so close in meaning as a language model sees it (cosine of {ALIKE:g} or more); always"
        f" of one speaker who is named.{absent if source.silent else ''}{more}",
    ]


def _title(table: pd.DataFrame, source: Source) -> str:
    """How many remarks recur, and which does most; plainly none where there are none."""
    articles = _compared(source)
    if articles < 2:
        return "Two articles are needed to find words that they share"
    found = table["quotation"].nunique()
    if not found:
        return f"No words of a named speaker recur in the {articles:,} articles"
    sizes = table.groupby("quotation")["article_id"].nunique()
    first = table[table["quotation"] == sizes.idxmax()].iloc[0]
    verbs = table.drop_duplicates(["quotation", "article_id"]).groupby("quotation")
    differ = int(verbs["charge"].nunique().gt(1).sum())  # "said" and "told" charge alike
    words, most = first["words"], f"in {sizes.max():,} articles"
    quoted = words.startswith("“") and words.endswith("”")
    whose = f"{first['speaker']}’s {shortened(words, 8)}"
    if found == 1:
        one = whose if quoted else f"one remark of {first['speaker']}"
        other = "one verb" if table["verb"].nunique() < 2 else "different verbs"
        return f"{w.capital(one)} stands {most}, under {_UNLIKE if differ else other}"
    those = f"{differ:,}" if differ else "none"
    recur = f"{w.count(found, 'remark')} stand in several articles, {those} of them under {_UNLIKE}"
    if words.startswith("(") or (sizes == sizes.max()).sum() > 1:
        return recur
    widest = whose if quoted else f"one reported of {first['speaker']}"
    return f"{recur}; the most widespread, {widest}, {most}"


def _alt(title: str, rows: list[Row]) -> str:
    parts = [f"Table of quotations that several articles share. {title}."]
    for row in rows:
        shown = [" ".join(told) for told, _, _ in row.fields]
        parts.append(f"{row.speaker}, {row.said}: {'; '.join(shown)}.")
    return " ".join(parts)
