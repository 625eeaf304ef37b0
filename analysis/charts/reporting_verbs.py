"""Reporting verbs: which the narrator gives to whom, from neutral to charged."""

from itertools import combinations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height
from analysis.charts.mean_mark import draw_mean, mean_keys
from analysis.charts.page import BODY, HEADING, SMALL, lines, make_page
from analysis.charts.palette import group_colour, theme, tint
from analysis.charts.source import Source
from analysis.charts.verb_rows import CELL, INNER, LABEL, LINE, REST, STRIP, Row, verb_rows
from analysis.corpus.cast import Cast
from analysis.framing.reporting import LEVELS, NOT_AT_HAND, charges, contrast, verbs

NAME = "7-reporting-verbs"
FEWEST = 10  # graded verbs that a title is made of
_HEAD = 0.5  # inches
_ABSENT = (
    f"{NOT_AT_HAND[1:-1].capitalize()}: the article’s text is not here, and its stored analysis"
    " keeps no cue of several words. "
)
_OPEN = "An interval from 0 to 1 leaves everything open. "
_SUBTITLE = (
    "Verbs that tie quoted or reported speech to each group, with how often, by how strongly the"
    " verb judges; below them the group’s mean, from 0 (neutral) to 1 (heated)"
)


@drawn_twice
def reporting_verbs(
    statements: pd.DataFrame, articles: pd.DataFrame, cast: Cast, source: Source
) -> Chart:
    """A row for each group, a column for each grade; verbs without a grade stand apart.

    Parameters
    ----------
    statements, articles : DataFrame
        The pipeline's tables.

    Returns
    -------
    Chart
        Its table is `framing.reporting.verbs`, with the mean of each group and its interval.
    """
    table, means = verbs(statements, articles), charges(statements, articles)
    gaps = _gaps(statements, articles, table, cast, source)
    title = _title(gaps, table, cast, source)
    ink = theme().ink
    arrow = {"ls": "", "ms": 4, "mec": ink, "mfc": ink}
    keys = [
        Key("how often", "box", {"facecolor": tint(theme().faint)}),
        *mean_keys(),
        Key("casts doubt on words or speaker", "line", {**arrow, "marker": "v"}),
        Key("lends the words authority", "line", {**arrow, "marker": "^"}),
    ]
    start = legend_height(keys, INNER) + 0.2
    names = source.collections
    rows = {name: verb_rows(table, means, name, cast) for name in names}
    body = start + max(sum(_block(own) for own in rows.values()), 0.3)
    said, graded = int(means["n"].sum()), int(means["n_graded"].sum())
    page = make_page(
        title,
        _SUBTITLE,
        [
            *source.notes(
                f"{w.count(said, 'quoted or reported statement')}, {graded:,} of them with a verb"
                " that has a grade",
                scored=False,
            ),
            "The grades are this project’s own, of the verb alone, by what it tells beyond that"
            " something was said. Neutral: nothing; specific: what kind of act it was;"
            " interpretive: what the speaker meant; judging: a hostile, pleading or emotional"
            " act; heated: heat, noise or ridicule. The list is analysis/framing/reporting.csv. A"
            " bar is as long as its verb is frequent, beside the most frequent one of the same"
            " texts. "
            + (_ABSENT if (table["verb"] == NOT_AT_HAND).any() else "")
            + (_OPEN if ((means["ci_low"] <= 0) & (means["ci_high"] >= 1)).any() else "")
            + w.INTERVAL_NOTE
            + w.by_chance(sum(not pd.isna(gap.low) for gap in gaps.values())),
            w.leftovers(cast, means["group"]),
        ],
        body,
    )
    canvas = page.canvas(body)
    draw_legend(canvas, keys, INNER)
    y = start
    for name in names:
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        most = table.loc[table["collection"] == name, "n"].max()
        _draw_block(canvas, y + 0.3, rows[name], most, cast)
        y += _block(rows[name])
    if not names:
        canvas.text(0, y, "There are no articles to count.", va="top", color=theme().soft)
    drawn = table.merge(
        means.drop(columns="n_articles").rename(columns={"charge": "mean_charge", "n": "n_group"}),
        on=["collection", "group"],
        validate="many_to_one",
    )
    return Chart(NAME, page.figure, drawn, _alt(title, table, rows, cast, source), title)


def _block(rows: list[Row]) -> float:
    """Inches that one collection takes."""
    return 0.3 + _HEAD + sum(row.height for row in rows) + (0.25 if rows else 0.1)


def _draw_block(canvas: Axes, y: float, rows: list[Row], most: int, cast: Cast) -> None:
    if not rows:
        canvas.text(0, y, "Nobody is quoted or reported.", va="top", color=theme().soft)
        return
    y = _draw_head(canvas, y, y + _HEAD + sum(row.height for row in rows))
    for row in rows:
        canvas.add_line(Line2D([0, INNER], [y, y], color=theme().rule, lw=0.8))
        draw_mark(canvas, 0.1, y + 0.07 + lines(BODY) / 2, cast, row.group)
        canvas.text(0.3, y + 0.07, "\n".join(row.label), weight="bold", va="top")
        charge, n = row.mean["charge"], w.count(int(row.mean["n"]), "statement")
        below = f"{'no graded verb' if pd.isna(charge) else f'mean {charge:.2f}'}\n{n}"
        top = y + 0.09 + lines(BODY, len(row.label))
        canvas.text(0.3, top, below, size=SMALL, va="top", color=theme().soft)
        face = tint(group_colour(cast, row.group), 0.38)
        for i, cell in enumerate(row.cells):
            room = (CELL if i < len(LEVELS) else REST) - 0.08
            _draw_cell(canvas, LABEL + i * CELL + 0.04, y + 0.07, cell, room / most, face)
        if not pd.isna(charge):
            at = y + row.height - STRIP / 2 - 0.02
            canvas.plot([_place(0), _place(1)], [at, at], color=theme().rule, lw=0.8)
            draw_mean(canvas, at, charge, (row.mean["ci_low"], row.mean["ci_high"]), _place)
        y += row.height


def _draw_head(canvas: Axes, y: float, bottom: float) -> float:
    """The grades above their columns; returns where the rows begin."""
    for i, (level, words) in enumerate(LEVELS.items()):
        middle = LABEL + (i + 0.5) * CELL
        canvas.text(middle, y, f"{level:g}", weight="bold", ha="center", va="top")
        canvas.text(middle, y + 0.18, words, size=SMALL, ha="center", va="top", color=theme().soft)
        x = LABEL + i * CELL
        canvas.add_line(Line2D([x, x], [y, bottom], color=theme().rule, lw=0.8))
    x = LABEL + len(LEVELS) * CELL
    canvas.add_line(Line2D([x, x], [y, bottom], color=theme().faint, lw=1.2))
    canvas.text(x + REST / 2, y + 0.18, "not graded", size=SMALL, ha="center", va="top",
                color=theme().soft)  # fmt: skip
    return y + _HEAD - 0.08


def _draw_cell(canvas: Axes, x: float, y: float, cell: list, scale: float, face) -> None:
    """Verbs of one grade, each on a bar as long as it is frequent."""
    for told, n in cell:
        canvas.add_patch(Rectangle((x, y + 0.005), n * scale, LINE - 0.02, facecolor=face, lw=0))
        for line in told:
            canvas.text(x + 0.05, y + LINE / 2, line, size=SMALL, va="center_baseline")
            y += LINE


def _place(charge: float) -> float:
    """Inches across: a grade stands in the middle of its column."""
    return LABEL + (charge * (len(LEVELS) - 1) + 0.5) * CELL


def _gaps(statements, articles, table, cast: Cast, source: Source) -> dict:
    """How far the verbs of each two groups in focus differ in charge; see `contrast`."""
    graded = table[(table["collection"] == source.lead) & table["charge"].notna()]
    present = [group for group in cast.focus if group in set(graded["group"])]
    return {
        pair: contrast(statements, articles, source.lead, *pair)
        for pair in combinations(present, 2)
    }


def _title(gaps: dict, table, cast: Cast, source: Source) -> str:
    """Whose verbs are clearly more charged than whose; else how many are neutral."""
    own = table[(table["collection"] == source.lead) & table["charge"].notna()]
    if own.empty:
        return f"{source.where()}, no reporting verb has a grade"
    graded, neutral = int(own["n"].sum()), int(own.loc[own["charge"] == 0, "n"].sum())
    if graded < FEWEST:
        return f"{source.where()}, {w.count(graded, 'graded reporting verb')}: too few to compare"
    present = set(own["group"])
    clear = {pair: gap for pair, gap in gaps.items() if gap.sign}
    if clear:
        pair = max(clear, key=lambda pair: abs(clear[pair].estimate))
        more, less = pair if clear[pair].sign > 0 else pair[::-1]
        return (
            f"{source.where()}, the narrator gives {cast.group_phrase(more)} more charged verbs"
            f" than {cast.group_phrase(less)}"
        )
    share = w.percent(neutral / graded)
    share = f"{source.where()}, {share} of {graded:,} graded reporting verbs are neutral"
    if any(not pd.isna(gap.low) for gap in gaps.values()):
        names = w.listing([cast.group_phrase(g) for g in cast.focus if g in present])
        return f"{share}; no clear difference in charge between those given to {names}"
    if len(gaps):
        return f"{share}; too few articles to tell whether charged ones go to one side"
    return share


def _alt(title: str, table: pd.DataFrame, rows: dict, cast: Cast, source: Source) -> str:
    parts = [f"Table of reporting verbs by group and by how charged they are. {title}."]
    charged = table[table["charge"] > 0].sort_values(["charge", "n"], ascending=False)
    for name, own in rows.items():
        said = []
        for row in own:
            mean = row.mean
            level = "no graded verb" if pd.isna(mean["charge"]) else f"mean {mean['charge']:.2f}"
            if not pd.isna(mean["ci_low"]):
                level += f" ({mean['ci_low']:.2f} to {mean['ci_high']:.2f})"
            here = charged[(charged["collection"] == name) & (charged["group"] == row.group)]
            listed = w.shortened([f"{v} {n}" for v, n in zip(here["verb"], here["n"], strict=True)])
            said.append(
                f"{cast.group_name(row.group)} {level}, {mean['n_graded']} of"
                f" {w.count(int(mean['n']), 'verb')} graded, beyond neutral: {listed or 'none'}"
            )
        parts.append(f"{source.heading(name)}: {'; '.join(said) or 'nobody is quoted'}.")
    return " ".join(parts)
