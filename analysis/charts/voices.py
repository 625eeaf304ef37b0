"""Whose words: the narrator's framing of each focus group against that of those it quotes."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke

from analysis.charts import words as w
from analysis.charts.chart import Chart
from analysis.charts.legend import Key, draw_legend, legend_height
from analysis.charts.page import (
    BODY,
    HEADING,
    SMALL,
    Page,
    lines,
    make_page,
    name_ends,
    polarity_axis,
    styled,
    wrap,
)
from analysis.charts.palette import INK, SOFT, group_colour, group_marker
from analysis.charts.source import Source
from analysis.corpus.cast import Cast
from analysis.framing import voices as framing
from analysis.framing.intervals import Interval
from analysis.tables import NARRATOR, OTHERS

NAME = "4-voices"
ACROSS = 2  # collections side by side
_LABEL, _ROW, _GAP, _N, _INNER = 1.75, 0.3, 0.2, 0.55, 8.4  # inches
_CLEAR, _UNCLEAR = "#8b8f98", "#e1e3e8"
_CASED = [Stroke(linewidth=3.4, foreground="white"), Normal()]  # a line that stands on a bar
_LABELS = {NARRATOR: "Narrator", framing.OWN: "Own side", framing.OPPONENTS: "Opponents",
           framing.OTHER_VOICES: "Other voices"}  # fmt: skip


@styled
def voices(evidence: pd.DataFrame, cast: Cast, source: Source) -> Chart:
    """Dumbbells from the narrator's mean to that of the group's own side, opponents and others.

    Parameters
    ----------
    evidence : DataFrame
        As `framing.frames.evidence` makes it.

    Returns
    -------
    Chart
        Its table is `framing.voices.voices`, with the gap to the narrator and the gap's interval.
    """
    table = _table(evidence, cast)
    title = _title(table, cast, source)
    shown = {t: _voices_of(table, t) for t in cast.focus}
    names = source.collections
    rows = [names[i : i + ACROSS] for i in range(0, len(names), ACROSS)]
    column = (_INNER - _LABEL) / min(max(len(names), 1), ACROSS)
    heads = {name: wrap(source.heading(name), column - 0.2, HEADING, bold=True) for name in names}
    tall = sum(_block(cast, target, shown[target]) for target in cast.focus)
    heads_tall = [lines(HEADING, max(len(heads[name]) for name in row)) + 0.1 for row in rows]
    keys = [
        Key("mean with interval", "line", {"marker": "o", "mfc": INK, "mec": INK, "color": INK}),
        Key("mean, too few articles for one", "line",
            {"ls": "", "marker": "o", "mfc": "white", "mec": INK}),
        Key("narrator’s mean", "line", {"ls": "", "marker": "|", "ms": 11, "mec": INK, "mew": 1.4}),
        Key("clear difference", "line", {"color": _CLEAR, "lw": 5}),
        Key("unclear difference", "line", {"color": _UNCLEAR, "lw": 5}),
    ]  # fmt: skip
    start = legend_height(keys, _INNER) + 0.2
    body = start + sum(head + tall + 0.75 for head in heads_tall)
    page = make_page(
        title,
        "Mean polarity of statements toward each group, from −1 (against) to +1 (in favour), by"
        " who speaks",
        [*source.notes(w.count(int(table["n_statements"].sum()), "statement") + ", once for every"
         " group they name"), w.INTERVAL_NOTE + " A difference is clear when its own interval"
         " leaves out zero." + w.by_chance(int(table["difference_low"].notna().sum()))],
        body,
    )  # fmt: skip
    canvas = page.canvas(body)
    draw_legend(canvas, keys, _INNER)
    y = start
    for row, head in zip(rows, heads_tall, strict=True):
        for i, name in enumerate(row):
            x = _LABEL + i * column
            canvas.text(x, y + head - 0.1, "\n".join(heads[name]), size=HEADING, weight="bold",
                        va="bottom")  # fmt: skip
            own = table[table["collection"] == name]
            _draw_panel(page, (x, y + head, column - _N - 0.12, tall), own, shown, cast)
        _draw_labels(canvas, y + head, shown, cast)
        y += head + tall + 0.75
    return Chart(NAME, page.figure, table, _alt(title, table, cast, source), title)


def _table(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    gaps = framing.contrasts(evidence, cast)
    gaps = gaps.rename(columns={"ci_low": "difference_low", "ci_high": "difference_high"})
    keys = ["collection", "target", "voice"]
    return framing.voices(evidence, cast).merge(gaps, on=keys, how="left", validate="one_to_one")


def _voices_of(table: pd.DataFrame, target: str) -> list[str]:
    present = set(table.loc[table["target"] == target, "voice"])
    return [voice for voice in framing.VOICES if voice in present]


def _head(cast: Cast, target: str) -> list[str]:
    return wrap(cast.group_name(target), _LABEL - 0.35, BODY, bold=True)


def _block(cast: Cast, target: str, shown: list[str]) -> float:
    """Inches that one focus group takes."""
    return lines(BODY, len(_head(cast, target))) + 0.1 + _ROW * max(len(shown), 1) + _GAP


def _draw_labels(canvas: Axes, top: float, shown: dict[str, list[str]], cast: Cast) -> None:
    y = top
    for target, present in shown.items():
        head = _head(cast, target)
        mark = {"marker": group_marker(cast, target), "ms": 7.5, "mec": "white", "mew": 0.6}
        colour = group_colour(cast, target)
        canvas.add_line(Line2D([0.1], [y + lines(BODY) / 2], color=colour, ls="", **mark))
        canvas.text(0.3, y, "\n".join(head), weight="bold", va="top")
        row = y + lines(BODY, len(head)) + 0.1
        for i, voice in enumerate(present):
            canvas.text(0.3, row + (i + 0.5) * _ROW, _LABELS[voice], va="center_baseline")
        if not present:
            canvas.text(0.3, row, "nothing said", color=SOFT, va="top")
        y += _block(cast, target, present)


def _draw_panel(page: Page, box: tuple, own: pd.DataFrame, shown: dict, cast: Cast) -> None:
    """One collection; the units of its vertical axis are inches."""
    x, y, width, height = box
    ax = page.axes(x, y, width, height, ylim=(height, 0))
    polarity_axis(ax)
    name_ends(ax)
    ax.set_yticks([])
    top = 0.0
    for target, present in shown.items():
        rows = own[own["target"] == target].set_index("voice")
        first = top + lines(BODY, len(_head(cast, target))) + 0.1
        base = rows.at[NARRATOR, "polarity"] if NARRATOR in rows.index else np.nan
        for i, voice in enumerate(present):
            if voice not in rows.index:
                continue
            _draw_voice(ax, first + (i + 0.5) * _ROW, rows.loc[voice], base, voice, target, cast)
        top += _block(cast, target, present)


def _draw_voice(
    ax: Axes, y: float, row: pd.Series, base: float, voice: str, target: str, cast: Cast
) -> None:
    mean = row["polarity"]
    clear = Interval(0, row["difference_low"], row["difference_high"]).sign != 0
    if voice != NARRATOR and not np.isnan(base):
        line = {"color": _CLEAR if clear else _UNCLEAR, "lw": 5, "zorder": 2}
        ax.plot([base, mean], [y, y], solid_capstyle="round", **line)
        ax.plot([base, base], [y - 0.09, y + 0.09], color=INK, lw=1.4, zorder=3)
    group = _group_of(voice, target, cast)
    colour = group_colour(cast, group)
    alone = np.isnan(row["ci_low"])
    if not alone:
        ends = [row["ci_low"], row["ci_high"]]
        ax.plot(ends, [y, y], color=INK, lw=1.6, zorder=4, path_effects=_CASED)
    ax.plot(mean, y, marker=group_marker(cast, group), ms=7.5, mew=1.2, zorder=5,
            mfc="white" if alone else colour, mec=colour if alone else "white")  # fmt: skip
    ax.text(1.1, y, f"n {row['n_statements']:,}", size=SMALL, color=SOFT, va="center_baseline")


def _group_of(voice: str, target: str, cast: Cast) -> str:
    """Whose colour and marker a voice wears; several opponents wear that of others."""
    if voice == framing.OPPONENTS:
        opposed = {b for b in cast.groups[target].opposes if b in cast.groups}
        opposed |= {a for a, group in cast.groups.items() if target in group.opposes}
        return opposed.pop() if len(opposed) == 1 else OTHERS
    return {NARRATOR: NARRATOR, framing.OWN: target}.get(voice, OTHERS)


def _title(table: pd.DataFrame, cast: Cast, source: Source) -> str:
    """Where the narrator differs clearly from a voice that it quotes; else that it does not."""
    here = table[(table["collection"] == source.lead) & table["difference"].notna()]
    groups = [cast.group_phrase(target) for target in cast.focus]
    if here.empty:
        return f"{source.where()}, there is nothing to compare the narrator with"
    clauses = []
    for row in here.itertuples():
        sign = Interval(0, row.difference_low, row.difference_high).sign
        if sign:
            how = "kinder to" if sign > 0 else "harsher on"
            clauses.append(f"{how} {cast.group_phrase(row.target)} than {_spoken(row.voice)}")
    if clauses:
        rest = len(clauses) - 2
        more = f"; {w.count(rest, 'more clear difference')}" if rest > 0 else ""
        return f"{source.where()}, the narrator is {w.listing(clauses[:2])}{more}"
    return (
        f"{source.where()}, no clear difference between the narrator and those it quotes on"
        f" {w.listing(groups, 'or')}"
    )


def _spoken(voice: str) -> str:
    named = {framing.OWN: "voices of that side", framing.OPPONENTS: "opposing voices"}
    return named.get(voice, "other voices")


def _alt(title: str, table: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Dumbbell chart of polarity by who speaks. {title}."]
    for name in source.collections:
        for target in cast.focus:
            own = table[(table["collection"] == name) & (table["target"] == target)]
            said = [
                f"{_LABELS[row.voice].lower()} {w.signed(row.polarity)}"
                f" ({w.bounds(row.ci_low, row.ci_high)}, n {row.n_statements})"
                for row in own.itertuples()
            ]
            listed = "; ".join(said) or "nothing said"
            parts.append(f"{source.heading(name)}, toward {cast.group_name(target)}: {listed}.")
    return " ".join(parts)
