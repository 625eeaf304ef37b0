"""Whose words frame whom: the narrator's polarity, the own side's and the opponents', on a line."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height
from analysis.charts.page import (
    BODY,
    HEADING,
    SMALL,
    Page,
    lines,
    make_page,
    name_ends,
    polarity_axis,
    wrap,
)
from analysis.charts.palette import group_colour, group_marker, theme
from analysis.charts.source import Source
from analysis.corpus.cast import Cast
from analysis.framing import voices as framed
from analysis.framing.intervals import Interval
from analysis.tables import NARRATOR, OTHERS

NAME = "4-framing"
_LABEL, _PANEL, _WORDS = 1.7, 3.65, 5.6  # inches: room of the names, the panel, where words start
_LINE, _ROW, _GAP, _INNER = 0.34, 0.2, 0.2, 8.4
_VOICES = {NARRATOR: "Narrator", framed.OWN: "Own side", framed.OPPONENTS: "Opponents",
           framed.OTHER_VOICES: "Other voices"}  # fmt: skip


@drawn_twice
def framing(evidence: pd.DataFrame, cast: Cast, source: Source) -> Chart:
    """A dumbbell for each focus group: a mark a voice on one line, its interval and n below.

    Own side are the target's own group, opponents the groups that the cast ties to it by
    `opposes`; everybody else who is quoted is another voice.

    Parameters
    ----------
    evidence : DataFrame
        As `framing.frames.evidence` makes it.

    Returns
    -------
    Chart
        Its table is `framing.voices.voices`, with the narrator's gap to each voice as
        `framing.voices.contrasts` has it.
    """
    table = _table(evidence, cast)
    title = _title(table, cast, source)
    heads = {t: wrap(cast.group_name(t), _LABEL - 0.4, BODY, bold=True) for t in cast.focus}
    blocks = {
        name: {t: _rows(table, name, t, cast) for t in cast.focus}
        for name in source.collections
        if name in set(table["collection"])
    }
    keys = _keys()
    start = legend_height(keys, _INNER) + 0.22
    heights = {name: _tall(heads, block) for name, block in blocks.items()}
    body = start + sum(0.36 + heights.get(name, 0) + 0.72 for name in source.collections)
    counted = w.count(int(table["n_statements"].sum()), "statement")
    page = make_page(
        title,
        "Mean polarity of statements toward each group, from −1 (against) to +1 (in favour), by"
        " whose words they are",
        [
            *source.notes(f"{counted}, once for every group they name"),
            "Own side: people of the group itself, of one another. Opponents: groups that the cast"
            " sets against it, if any. In bold: the interval leaves out zero. "
            + w.RULER_NOTE
            + w.SIZE_NOTE
            + w.INTERVAL_NOTE
            + w.by_chance(int(table[["ci_low", "difference_low"]].notna().sum().sum())),
        ],
        body,
    )
    canvas = page.canvas(body)
    draw_legend(canvas, keys, _INNER)
    y = start
    for name in source.collections:
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        y += 0.36
        if name in blocks:
            _draw_block(page, canvas, y, heights[name], heads, blocks[name], cast)
        else:
            words = "No statement here is about a group that the cast puts in focus."
            canvas.text(0, y, words, color=theme().soft, va="top")
        y += heights.get(name, 0) + 0.72
    return Chart(NAME, page.figure, table, _alt(title, table, cast, source), title)


def _keys() -> list[Key]:
    ink, paper = theme().ink, theme().paper
    dot = {"ls": "", "marker": "o", "mec": ink, "mew": 1.2, "ms": 6.5}
    return [
        Key("mean of one voice", "line", dot | {"mfc": ink}),
        Key(f"mean of fewer than {w.FEW} statements", "line", dot | {"mfc": paper}),
        Key("from lowest to highest mean", "line", {"color": theme().faint, "lw": 3}),
        Key("interval of the mean", "line", {"color": ink, "lw": 1.3}),
    ]


def _table(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    gaps, keys = framed.contrasts(evidence, cast), ["collection", "target", "voice"]
    return framed.voices(evidence, cast).merge(gaps, on=keys, how="left", validate="one_to_one")


def _of(table: pd.DataFrame, collection: str, target: str) -> pd.DataFrame:
    return table[(table["collection"] == collection) & (table["target"] == target)]


def _rows(table: pd.DataFrame, collection: str, target: str, cast: Cast) -> dict:
    """Voice -> its row; None where it says nothing. Opponents only if the cast names any."""
    rows = {row.voice: row for row in _of(table, collection, target).itertuples()}
    against = [framed.OPPONENTS] * bool(framed.opponents(cast, target))
    rest = [framed.OTHER_VOICES] * (framed.OTHER_VOICES in rows)
    return {voice: rows.get(voice) for voice in (NARRATOR, framed.OWN, *against, *rest)}


def _tall(heads: dict[str, list[str]], block: dict[str, dict]) -> float:
    return sum(_height(heads[target], rows) for target, rows in block.items())


def _height(head: list[str], rows: dict) -> float:
    """Inches that one focus group takes."""
    return max(_LINE + _ROW * len(rows), lines(BODY, len(head)) + 0.1) + _GAP


def _draw_block(
    page: Page, canvas: Axes, y: float, height: float, heads: dict, block: dict, cast: Cast
) -> None:
    """One collection; the units of its vertical axis are inches."""
    ax = page.axes(_LABEL, y, _PANEL, height, ylim=(height, 0))
    polarity_axis(ax)
    name_ends(ax)
    ax.set_yticks([])
    top = 0.0
    for target, rows in block.items():
        middle = top + _LINE / 2
        draw_mark(canvas, 0.1, y + middle, cast, target)
        words = "\n".join(heads[target])
        canvas.text(0.3, y + middle - lines(BODY) / 2, words, weight="bold", va="top")
        means = [row.polarity for row in rows.values() if row]
        if means:
            line = {"color": theme().faint, "lw": 3, "solid_capstyle": "round", "zorder": 2}
            ax.plot([min(means), max(means)], [middle, middle], **line)
        for i, (voice, row) in enumerate(rows.items()):
            under = top + _LINE + (i + 0.5) * _ROW
            style = {"size": SMALL, "va": "center_baseline", "color": theme().soft}
            words = _VOICES[voice]
            if row:
                group = _group_of(voice, target, cast)
                _draw_voice(ax, canvas, middle, under, y, row, cast, group)
                style["color"] = theme().ink
            else:
                words += ": nothing said"
            canvas.text(_WORDS + 0.14, y + under, words, **style)
        top += _height(heads[target], rows)
        if target != list(block)[-1]:
            ax.axhline(top - _GAP / 2, color=theme().rule, lw=0.8)


def _draw_voice(
    ax: Axes, canvas: Axes, middle: float, under: float, y: float, row, cast: Cast, group: str
) -> None:
    """A mark on the dumbbell's line; under it the interval, and beside that its words."""
    colour, paper = group_colour(cast, group), theme().paper
    few = row.n_statements < w.FEW
    look = {"marker": group_marker(cast, group), "mew": 1.4 if few else 0.8, "ls": ""}
    look |= {"mfc": paper if few else colour, "mec": colour if few else paper}
    # The narrator lies on top and is smaller, so that a voice that agrees is not hidden.
    size, layer = (7, 6) if row.voice == NARRATOR else (10, 5 if group != OTHERS else 4)
    ax.plot(row.polarity, middle, ms=size, zorder=layer, **look)
    if not np.isnan(row.ci_low):
        ax.plot([row.ci_low, row.ci_high], [under, under], color=colour, lw=1.6, zorder=3)
    ax.plot(row.polarity, under, ms=5.5, zorder=4, **look)
    canvas.plot([_WORDS], [y + under], ms=5.5, **look)
    shown = Interval(row.polarity, row.ci_low, row.ci_high).sign != 0
    weight = "bold" if shown else "normal"
    left, style = _WORDS + 0.14, {"size": SMALL, "va": "center_baseline"}
    canvas.text(left + 1.14, y + under, w.signed(row.polarity), ha="right", weight=weight, **style)
    rest = f"{w.bounds(row.ci_low, row.ci_high)}, n {row.n_statements:,}"
    canvas.text(left + 1.22, y + under, rest, color=theme().soft, **style)


def _group_of(voice: str, target: str, cast: Cast) -> str:
    """Whose colour and marker a voice wears; several opponents wear that of others."""
    if voice == framed.OPPONENTS:
        opposed = framed.opponents(cast, target)
        return opposed[0] if len(opposed) == 1 else OTHERS
    return {NARRATOR: NARRATOR, framed.OWN: target}.get(voice, OTHERS)


def _title(table: pd.DataFrame, cast: Cast, source: Source) -> str:
    """Where the narrator differs clearly from a voice that it quotes; else that it does not."""
    here = table[(table["collection"] == source.lead) & table["difference"].notna()]
    about = w.listing([cast.group_phrase(target) for target in cast.focus], "or")
    if here.empty:
        return f"{source.where()}, there is nothing to compare the narrator with"
    clear = here[here["sign"] != 0]
    if len(clear):
        target = clear["target"].iloc[0]
        own = clear[clear["target"] == target]
        kind = [_spoken(row) for row in own[own["sign"] > 0].itertuples()]
        harsh = [_spoken(row) for row in own[own["sign"] < 0].itertuples()]
        name = cast.group_phrase(target)
        much = w.slightly(own[["difference", "as_speech"]].abs().min(axis=1).max())
        clauses = [f"{much}kinder to {name} than {w.listing(kind)}"] * bool(kind)
        whom = "" if kind else f" on {name}"
        clauses += [f"{much}harsher{whom} than {w.listing(harsh)}"] * bool(harsh)
        rest = len(clear) - len(own)
        more = f"; {w.count(rest, 'clear difference')} on other groups" if rest else ""
        told = _of(table, source.lead, target).set_index("voice").at[NARRATOR, "polarity"]
        return f"{source.where()}, the narrator ({w.signed(told)}) is {w.listing(clauses)}{more}"
    if here["difference_low"].isna().all():
        return (
            f"{source.where()}, there are too few articles to tell the narrator apart from those it"
            f" quotes on {about}"
        )
    found = "no clear difference between the narrator and those it quotes on"
    return f"{source.where()}, {found} {about}"


def _spoken(row) -> str:
    named = {framed.OWN: "voices of that side"}.get(row.voice, _VOICES[row.voice].lower())
    return f"{named} ({w.signed(row.polarity)})"


def _alt(title: str, table: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Dumbbell chart of polarity by whose words they are. {title}."]
    for name in source.collections:
        for target in cast.focus:
            said = [
                f"{_VOICES[row.voice].lower()} {w.signed(row.polarity)}"
                f" ({w.bounds(row.ci_low, row.ci_high)}, n {row.n_statements})"
                for row in _of(table, name, target).itertuples()
            ]
            listed = "; ".join(said) or "nothing said"
            parts.append(f"{source.heading(name)}, toward {cast.group_name(target)}: {listed}.")
    return " ".join(parts)
