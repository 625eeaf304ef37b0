"""Every statement as a dot: who says what of the focus groups, the sharpest in their words."""

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, legend_height
from analysis.charts.mean_mark import draw_mean, mean_keys
from analysis.charts.page import (
    BODY,
    HEADING,
    SMALL,
    WIDTH,
    Page,
    lines,
    make_page,
    name_ends,
    polarity_axis,
    wrap,
)
from analysis.charts.palette import group_colour, theme
from analysis.charts.sharpest import draw_quotations, labelled, quotations, quotations_height
from analysis.charts.source import Source
from analysis.charts.speaker_rows import LABEL, ROW, draw_labels, speaker_labels
from analysis.charts.swarm import swarm
from analysis.charts.tidy import WITHHELD
from analysis.corpus.cast import Cast
from analysis.framing.intervals import FEWEST_ARTICLES, Interval
from analysis.framing.speakers import REST, speaker_dots, speaker_order
from analysis.tables import NARRATOR, UNRESOLVED

NAME = "3-statement-dots"
MOST = 14  # speakers with a row of their own; the others share the last row
_N = 0.42  # inches, of the n beside a panel
_DOT = 5.0  # points
_SIDE = 0.1  # inches beside a panel, for a number left of its dots

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
    labels = {name: speaker_labels(blocks[name], rows[name], cast, name) for name in blocks}
    width = max(WIDTH, 0.6 + LABEL + 1.75 * len(cast.focus))
    quotes = {name: quotations(block, cast) for name, block in blocks.items()}
    panel = min(3.2, (width - 0.6 - LABEL) / max(len(cast.focus), 1))
    heads = [wrap(cast.group_name(group), panel - 0.25, BODY, bold=True) for group in cast.focus]
    head = lines(BODY, max([len(words) for words in heads], default=0)) + 0.1
    keys = [
        Key("one statement", "line",
            {"ls": "", "marker": "o", "mfc": theme().faint, "mec": theme().paper}),
        *mean_keys(),
    ]  # fmt: skip
    start = legend_height(keys, width - 0.6) + 0.2
    heights = [
        0.3
        + (head + ROW * len(r) + 0.85 + quotations_height(quotes[name], width - 0.6) if r else 0.55)
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
            _sorting(table, cast),
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
            draw_labels(canvas, top, labels[name], cast)
            for i, group in enumerate(cast.focus):
                x = LABEL + i * panel + _SIDE
                at = (x + 0.05, top - 0.05)
                canvas.text(*at, "\n".join(heads[i]), va="bottom", weight="bold")
                own = blocks[name][blocks[name]["target"] == group]
                _draw_panel(page, x, top, panel - _N - _SIDE, own, rows[name], cast)
            below = top + ROW * len(rows[name]) + 0.58
            draw_quotations(canvas, below, quotes[name], width - 0.6)
        else:
            words = "No statement here is about a group that the cast puts in focus."
            canvas.text(0, y + 0.32, words, color=theme().soft, va="top")
        y += height
    return Chart(NAME, page.figure, _drawn(table), _alt(title, table, cast, source), title)


def _draw_panel(
    page: Page, x: float, top: float, width: float, own: pd.DataFrame, rows: list[str], cast: Cast
) -> None:
    height = ROW * len(rows)
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
                   clip_on=False, zorder=3)  # fmt: skip
        for offset, row in zip(offsets, dots.itertuples(), strict=True):
            if not pd.isna(row.label):
                _number(ax, row.polarity, i + 0.36 + offset, f"{row.label}")
        if len(dots) > 1:  # one statement is no mean
            draw_mean(ax, i + 0.8, first["mean"], (first["ci_low"], first["ci_high"]))
        ax.text(1.12, i + 0.78, f"n {len(dots):,}", size=SMALL, color=theme().soft, va="center")


def _number(ax: Axes, x: float, y: float, label: str) -> None:
    """Ring a dot, and number it on its outer side, where its row has no other dots."""
    ring = {"ms": _DOT + 1, "mfc": "none", "mec": theme().ink, "mew": 1, "clip_on": False}
    ax.plot(x, y, "o", **ring, zorder=6)
    away = (_DOT - 0.5) * (1 if x > 0 else -1)
    ax.annotate(label, (x, y), (away, 0), textcoords="offset points", size=7,
                weight="bold", ha="left" if x > 0 else "right", va="center_baseline",
                annotation_clip=False, zorder=7)  # fmt: skip


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
    leans: dict[int, list] = {-1: [], 1: []}
    for row in here.drop_duplicates("speaker").sort_values("mean").itertuples():
        sign = Interval(row.mean, row.ci_low, row.ci_high).sign
        if sign and row.speaker != REST:
            leans[sign].append(row)
    name, clear = cast.group_phrase(target), [*leans[-1], *leans[1]]
    if [row.speaker for row in clear] == [NARRATOR]:
        told = clear[0]
        return (
            f"{source.where()}, no single speaker clearly leans for or against {name}; the narrator"
            f" leans {w.lean(told.mean, told.ci_low, told.ci_high)}, with a mean of"
            f" {w.signed(told.mean)}"
        )
    if clear:
        ways = ((leans[-1], "against"), (leans[1], "in favour of"))
        clauses = [f"{_leaning(rows, cast)}{way} {name}" for rows, way in ways if rows]
        return f"{source.where()}, {'; '.join(clauses)}"
    people = here[here["ci_low"].notna() & (here["speaker"] != REST)].drop_duplicates("speaker")
    told = list(people.itertuples())
    if not told:
        return f"{source.where()}, nobody speaks of {name} in enough articles to show a lean"
    known = [*people["speaker"], NARRATOR, UNRESOLVED]
    few = here.loc[~here["person"].isin(known), "person"].nunique()
    rest = f"; of {few:,} other{'s' * (few > 1)} there are too few articles to tell" * (few > 0)
    show = "shows" if len(told) == 1 else "show"
    return (
        f"{source.where()}, {_names(told, cast)} {show} no clear lean for or against {name}{rest}"
    )


def _sorting(table: pd.DataFrame, cast: Cast) -> str:
    """The order of the rows, and what those are that stand for nobody in particular."""
    if table.empty:
        return ""
    first = cast.group_phrase(cast.focus[0])
    return (
        f"Rows are sorted by their mean toward {first}, the most against on top; who says nothing"
        f" of {first} comes after. {w.leftovers(cast, table['group'])}"
    )


def _leaning(rows: list, cast: Cast) -> str:
    """``Ann Bo and Cy Di lean slightly ``: who leans one way, and how far the furthest does."""
    verb = "leans" if len(rows) == 1 else "lean"
    return f"{_names(rows, cast)} {verb} {w.slightly(max(abs(row.mean) for row in rows))}"


def _names(rows: list, cast: Cast) -> str:
    return w.shortened(
        [
            "the narrator"
            if row.speaker == NARRATOR
            else w.speaker_name(cast, row.speaker, row.group)
            for row in rows
        ]
    )


def _alt(title: str, table: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Dot plot of every statement by speaker. {title}."]
    for name in source.collections:
        block = table[table["collection"] == name]
        rows = speaker_order(block, cast)
        named = speaker_labels(block, rows, cast, name)
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
