"""Every statement as a dot: who says what of the focus groups, the sharpest in their words."""

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
    WIDTH,
    Page,
    balance,
    lines,
    make_page,
    name_ends,
    polarity_axis,
    wrap,
)
from analysis.charts.palette import group_colour, text_on, theme
from analysis.charts.sharpest import draw_quotations, labelled, quotations, quotations_height
from analysis.charts.source import Source
from analysis.charts.swarm import swarm
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.intervals import FEWEST_ARTICLES, Interval
from analysis.framing.speakers import REST, speaker_dots, speaker_order
from analysis.tables import NARRATOR, UNRESOLVED

NAME = "3-statement-dots"
MOST = 14  # speakers with a row of their own; the others share the last row
_LABEL, _ROW, _N = 1.95, 0.43, 0.42  # inches
_DOT = 5.0  # points

_WITHHELD = "Words of the press are not quoted: they are their publishers'."


@drawn_twice
def statement_dots(
    evidence: pd.DataFrame, statements: pd.DataFrame, cast: Cast, source: Source
) -> Chart:
    """A column for each focus group, a row for each speaker, the narrator's row first.

    Speakers are sorted by their mean toward the first focus group; those who do not speak of it
    come last. In each column, the statement most against and the one most in favour are numbered,
    and quoted below; those of the press are not, since their words are their publishers'.

    Parameters
    ----------
    evidence : DataFrame
        As `framing.frames.evidence` makes it.
    statements : DataFrame
        The pipeline's table, for the words.

    Returns
    -------
    Chart
        Its table has one row for each dot, with the mean and interval of its row of dots.
    """
    table = labelled(speaker_dots(evidence, cast, MOST), statements, cast)
    title = _title(table, cast, source)
    blocks = {name: table[table["collection"] == name] for name in source.collections}
    rows = {name: speaker_order(block, cast) for name, block in blocks.items()}
    labels = {name: _labels(blocks[name], rows[name], cast, name) for name in blocks}
    width = max(WIDTH, 0.6 + _LABEL + 1.75 * len(cast.focus))
    quotes = {name: quotations(block, cast) for name, block in blocks.items()}
    panel = min(3.2, (width - 0.6 - _LABEL) / max(len(cast.focus), 1))
    heads = [wrap(cast.group_name(group), panel - _N - 0.3, BODY) for group in cast.focus]
    head = lines(BODY, max([len(words) for words in heads], default=0)) + 0.1
    keys = [
        Key("one statement", "line",
            {"ls": "", "marker": "o", "mfc": theme().faint, "mec": theme().paper}),
        Key("mean and interval", "line", _mean_mark(True)),
        Key("mean; too few articles for an interval", "line", {"ls": "", **_mean_mark(False)}),
    ]  # fmt: skip
    start = legend_height(keys, width - 0.6) + 0.2
    heights = [
        0.3
        + (
            head + _ROW * len(r) + 0.85 + quotations_height(quotes[name], width - 0.6)
            if r
            else 0.55
        )
        for name, r in rows.items()
    ]
    body = start + sum(heights)
    intervals = table.drop_duplicates(["collection", "target", "speaker"])["ci_low"].notna().sum()
    page = make_page(
        title,
        "Polarity of each statement toward the group above the column, from −1 (against) to"
        " +1 (in favour), by speaker",
        [
            *source.notes(f"{w.count(len(table), 'statement')}, once for every group they name"),
            w.SIZE_NOTE + w.INTERVAL_NOTE + w.by_chance(int(intervals)),
            _WITHHELD if WITHHELD in blocks else "",
        ],
        body,
        width,
    )
    canvas = page.canvas(body)
    draw_legend(canvas, keys, width - 0.6)
    y = start
    for name, height in zip(blocks, heights, strict=True):
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        if rows[name]:
            top = y + 0.3 + head
            _draw_labels(canvas, top, labels[name], cast)
            for i, group in enumerate(cast.focus):
                x = _LABEL + i * panel
                at = (x + 0.05, top - 0.05)
                canvas.text(*at, "\n".join(heads[i]), va="bottom", weight="bold")
                own = blocks[name][blocks[name]["target"] == group]
                _draw_panel(page, x, top, panel - _N, own, rows[name], cast)
            below = top + _ROW * len(rows[name]) + 0.58
            draw_quotations(canvas, below, quotes[name], width - 0.6)
        else:
            words = "No statement here is about a group that the cast puts in focus."
            canvas.text(0, y + 0.32, words, color=theme().soft, va="top")
        y += height
    return Chart(NAME, page.figure, _drawn(table), _alt(title, table, cast, source), title)


def _mean_mark(known: bool) -> dict:
    """The mark of a mean: filled where it has an interval."""
    ink, paper = theme().ink, theme().paper
    face = ink if known else paper
    return {"marker": "d", "ms": 6.5, "color": ink, "mec": ink, "mew": 1.1, "mfc": face}


def _labels(block: pd.DataFrame, rows: list[str], cast: Cast, name: str) -> list[tuple[str, str]]:
    """(group, words) of each row."""
    group = block.drop_duplicates("speaker").set_index("speaker")["group"]
    found = []
    for speaker in rows:
        if speaker == REST:
            others = block.loc[block["speaker"] == REST, "person"].nunique()
            words = w.count(others, "other speaker")
        elif speaker == NARRATOR:
            words = w.holder_name(cast, NARRATOR, name)
        elif speaker == UNRESOLVED:
            words = cast.group_name(UNRESOLVED)
        else:
            words = w.speaker_name(cast, speaker, group[speaker])
        found.append((group[speaker], words))
    return found


def _draw_labels(canvas: Axes, top: float, labels: list[tuple[str, str]], cast: Cast) -> None:
    for i, (group, words) in enumerate(labels):
        middle = top + (i + 0.5) * _ROW
        draw_mark(canvas, 0.1, middle, cast, group)
        bold = group == NARRATOR
        sizes = (BODY, SMALL, SMALL - 1.5)
        room = _LABEL - (0.4 if bold else 0.32)
        fits = [s for s in sizes if lines(s, len(wrap(words, room, s, bold))) < _ROW + 0.02]
        size = [*fits, sizes[-1]][0]
        rows = balance(words, room, size, bold)
        # No name of a person is longer; what is cut stands in the table and the alt text.
        text = "\n".join(rows if len(rows) < 4 else [*rows[:2], f"{rows[2]} …"])
        weight = "bold" if bold else "normal"
        canvas.text(0.3, middle, text, va="center", size=size, weight=weight)


def _draw_panel(
    page: Page, x: float, top: float, width: float, own: pd.DataFrame, rows: list[str], cast: Cast
) -> None:
    height = _ROW * len(rows)
    ax = page.axes(x, top, width, height, ylim=(len(rows), 0))
    polarity_axis(ax)
    name_ends(ax)
    ax.set_yticks([])
    for i, speaker in enumerate(rows):
        ax.axhline(i, color=theme().rule, lw=0.6, zorder=0)
        dots = own[own["speaker"] == speaker]
        if dots.empty:
            continue
        first = dots.iloc[0]
        colour = group_colour(cast, first["group"])
        offsets = swarm(dots["polarity"].to_numpy(), room=0.21)
        ax.scatter(dots["polarity"], i + 0.36 + offsets, s=_DOT**2, color=colour, lw=0.4,
                   alpha=0.75 if len(dots) < 60 else 0.4, edgecolor=theme().paper,
                   zorder=3)  # fmt: skip
        for offset, row in zip(offsets, dots.itertuples(), strict=True):
            if not pd.isna(row.label):
                at = (row.polarity, i + 0.36 + offset)
                ax.plot(*at, "o", ms=11, color=colour, mec=theme().paper, mew=1, zorder=6)
                ax.text(*at, f"{row.label}", color=text_on(colour), size=6.5, weight="bold",
                        ha="center", va="center_baseline", zorder=7)  # fmt: skip
        alone = np.isnan(first["ci_low"])
        if not alone:
            ends = [first["ci_low"], first["ci_high"]]
            ax.plot(ends, [i + 0.8] * 2, color=theme().ink, lw=1.6, zorder=4)
        ax.plot(first["mean"], i + 0.8, **_mean_mark(not alone), zorder=5)
        ax.text(1.12, i + 0.5, f"n {len(dots):,}", size=SMALL, color=theme().soft, va="center")


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """The table of dots as a reader wants it: names instead of the shared row's mark."""
    shared = table["speaker"] == REST
    named = table.assign(row=table["speaker"].where(~shared, "other speakers"))
    return named.assign(speaker=named["person"]).drop(columns="person")


def _title(table: pd.DataFrame, cast: Cast, source: Source) -> str:
    """Who leans clearly for or against the first focus group."""
    if not cast.focus or table.empty:
        return f"{source.where()}, nothing is said of the groups in focus"
    target = cast.focus[0]
    here = table[(table["collection"] == source.lead) & (table["target"] == target)]
    leans: dict[int, list[str]] = {-1: [], 0: [], 1: []}
    for row in here.drop_duplicates("speaker").sort_values("mean").itertuples():
        shown = Interval(row.mean, row.ci_low, row.ci_high).sign if row.speaker != REST else 0
        who = "the narrator" if row.speaker == NARRATOR else None
        who = who or w.speaker_name(cast, row.speaker, row.group)
        leans[shown].append(who)
    name = cast.group_phrase(target)
    clauses = [
        f"{w.shortened(leans[sign])} {'leans' if len(leans[sign]) == 1 else 'lean'} {how} {name}"
        for sign, how in ((-1, "against"), (1, "in favour of"))
        if leans[sign]
    ]
    if [*leans[-1], *leans[1]] == ["the narrator"]:
        told = here.loc[here["speaker"] == NARRATOR, "mean"].iloc[0]
        way = "against" if leans[-1] else "in favour"
        return (
            f"{source.where()}, only the narrator clearly leans for or against {name}: {way}, with"
            f" a mean of {w.signed(told)}"
        )
    if clauses:
        return f"{source.where()}, {'; '.join(clauses)}"
    if here["ci_low"].isna().all():
        return f"{source.where()}, nobody speaks of {name} in enough articles to show a lean"
    return f"{source.where()}, no single speaker clearly leans for or against {name}"


def _alt(title: str, table: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Dot plot of every statement by speaker. {title}."]
    for name in source.collections:
        block = table[table["collection"] == name]
        rows = speaker_order(block, cast)
        named = _labels(block, rows, cast, name)
        labels = {who: words for who, (_, words) in zip(rows, named, strict=True)}
        for target in cast.focus:
            own = block[block["target"] == target].drop_duplicates("speaker").set_index("speaker")
            said = [
                f"{labels[who]} {w.signed(own.at[who, 'mean'])}"
                f" ({w.bounds(own.at[who, 'ci_low'], own.at[who, 'ci_high'])},"
                f" n {own.at[who, 'n_statements']})"
                for who in rows
                if who in own.index and own.at[who, "n_articles"] >= FEWEST_ARTICLES
            ]
            few = len(own) - len(said)
            said += [f"{w.count(few, 'speaker')} in too few articles for an interval"] * (few > 0)
            listed = "; ".join(said) or "nothing said"
            parts.append(f"{source.heading(name)}, toward {cast.group_name(target)}: {listed}.")
        numbered = "; ".join(f"{n}, {said}" for n, said in quotations(block, cast))
        parts += [f"Numbered: {numbered}"] * bool(numbered)
    return " ".join(parts)
