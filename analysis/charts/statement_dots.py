"""Every statement as a dot: who says what of the focus groups, the sharpest in their words."""

from textwrap import shorten

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height
from analysis.charts.page import (
    BODY,
    HEADING,
    LEADING,
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
from analysis.charts.source import Source
from analysis.charts.swarm import swarm
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.frames import UNNAMED
from analysis.framing.intervals import FEWEST_ARTICLES, Interval
from analysis.framing.speakers import REST, speaker_dots, speaker_order
from analysis.tables import NARRATOR, UNRESOLVED

NAME = "3-statement-dots"
MOST = 14  # speakers with a row of their own; the others share the last row
_LABEL, _ROW, _N = 1.95, 0.43, 0.42  # inches
_DOT = 5.0  # points
_SHARP = 0.25  # polarity from which a statement may be labelled
_LONGEST = 190  # letters of a label's quotation

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
    table = _labelled(speaker_dots(evidence, cast, MOST), statements, cast)
    title = _title(table, cast, source)
    blocks = {name: table[table["collection"] == name] for name in source.collections}
    rows = {name: speaker_order(block, cast) for name, block in blocks.items()}
    labels = {name: _labels(blocks[name], rows[name], cast, name) for name in blocks}
    width = max(WIDTH, 0.6 + _LABEL + 1.75 * len(cast.focus))
    quotes = {name: _quotes(block, cast, width - 0.9) for name, block in blocks.items()}
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
        0.3 + (head + _ROW * len(r) + 0.85 + _tall(quotes[name]) if r else 0.55)
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
            w.INTERVAL_NOTE + w.by_chance(int(intervals)),
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
            _draw_quotes(canvas, below, quotes[name])
        else:
            words = "No statement here is about a group that the cast puts in focus."
            canvas.text(0, y + 0.32, words, color=theme().soft, va="top")
        y += height
    return Chart(NAME, page.figure, _drawn(table), _alt(title, table, cast, source), title)


def _labelled(table: pd.DataFrame, statements: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """The table with `label`, 1, 2 ... for the sharpest in each column, and their `content`."""
    said = statements.set_index("statement_id")["content"]
    words = table["statement_id"].map(said).fillna("").str.split().str.join(" ")
    open_ = (words != "") & (table["collection"] != WITHHELD)
    label = pd.Series(pd.NA, index=table.index, dtype="Int64")
    for _, block in table[open_].groupby("collection"):
        number = 0
        for target in cast.focus:
            own = block[block["target"] == target].sort_values(["polarity", "statement_id"])
            ends = [*own.index[:1], *own.index[1:][-1:]]
            for at in [at for at in ends if abs(own.at[at, "polarity"]) >= _SHARP]:
                number += 1
                label[at] = number
    return table.assign(label=label, content=words.where(label.notna(), ""))


def _quotes(block: pd.DataFrame, cast: Cast, width: float) -> list[tuple[int, list[str]]]:
    """(number, lines) of each label: who says it, of whom, how it scores, and the words."""
    found = []
    for row in block[block["label"].notna()].sort_values("label").itertuples():
        group = row.person.removesuffix(UNNAMED) if row.person.endswith(UNNAMED) else row.group
        who = "Narrator" if row.speaker == NARRATOR else w.speaker_name(cast, row.person, group)
        said = shorten(row.content, _LONGEST, placeholder=" …")
        words = f"{w.capital(who)} on {cast.group_phrase(row.target)}, {w.signed(row.polarity)}:"
        found.append((row.label, wrap(f"{words} {said}", width, SMALL)))
    return found


def _tall(quotes: list[tuple[int, list[str]]]) -> float:
    return sum(lines(SMALL, len(said)) + 0.05 for _, said in quotes) + 0.15 * bool(quotes)


def _draw_quotes(canvas: Axes, y: float, quotes: list[tuple[int, list[str]]]) -> None:
    for number, said in quotes:
        canvas.text(0.1, y, f"{number}", size=SMALL, weight="bold", ha="center", va="top")
        canvas.text(0.3, y, "\n".join(said), size=SMALL, color=theme().soft, va="top",
                    linespacing=LEADING * 0.95)  # fmt: skip
        y += lines(SMALL, len(said)) + 0.05


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
        size = BODY if len(wrap(words, _LABEL - 0.32, BODY)) < 3 else SMALL
        text = "\n".join(balance(words, _LABEL - 0.32, size)[:3])
        weight = "bold" if group == NARRATOR else "normal"
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
    if clauses and [*leans[-1], *leans[1]] == ["the narrator"]:
        clauses.append("no quoted speaker clearly leans either way")
    if clauses:
        return f"{source.where()}, {'; '.join(clauses)}"
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
    return " ".join(parts)
