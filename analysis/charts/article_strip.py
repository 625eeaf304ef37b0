"""The article strip: which voice stands where from the first word to the last, and who ends."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.lanes import aside, draw_tenths, draw_threads, lane_height, parts
from analysis.charts.legend import Key, draw_legend, draw_mark, hatched, legend_height, polarity_bar
from analysis.charts.order import in_order
from analysis.charts.page import BODY, HEADING, SMALL, Page, balance, lines, make_page
from analysis.charts.palette import theme
from analysis.charts.source import Source
from analysis.corpus.cast import Cast
from analysis.framing.positions import TENTHS, TURNS, ahead, positions, turns
from analysis.tables import NARRATOR, UNRESOLVED

NAME = "5-article-strip"
_LABEL, _PANEL, _COLUMN, _INNER = 1.9, 4.3, 0.53, 8.4  # inches
_HEADS = {"opens": "opens", "first_voice": "first\nvoice", "last_voice": "last\nvoice",
          "closes": "ends"}  # fmt: skip


@drawn_twice
def article_strip(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    evidence: pd.DataFrame,
    cast: Cast,
    source: Source,
) -> Chart:
    """A lane for each holding group, the article's words across; then who begins and who ends.

    In a lane, every article has a thread of its own, the earliest on top. A collection of more than
    `lanes.MOST` articles is drawn by tenths of their length instead.

    Parameters
    ----------
    statements, articles : DataFrame
        The pipeline's tables.
    evidence : DataFrame
        As `framing.frames.evidence` makes it.

    Returns
    -------
    Chart
        Its table holds the threads (row "statement") or tenths (row "tenth"), and the counts of
        who begins and ends (row "turns").
    """
    placed = positions(statements, articles, evidence, cast)
    whole = {name: placed[placed["collection"] == name] for name in source.collections}
    drawn = {name: parts(rows) for name, rows in whole.items()}
    counts = turns(placed)
    title = _title(placed, counts, cast, source)
    table = _table(drawn, counts)
    keys = [
        Key("about none of these groups", style={"facecolor": aside(), "lw": 0}),
        Key(f"mean of fewer than {w.FEW} statements", style=hatched()),
    ][: 2 if any("tenth" in rows for rows in drawn.values()) else 1]
    start = max(0.36, legend_height(keys, _INNER - 2.8)) + 0.24
    lanes = {name: in_order(rows["holder"], cast) for name, rows in whole.items()}
    heights = {
        name: max([lane_height(drawn[name]), *[_label_height(cast, h, name) for h in holders]])
        for name, holders in lanes.items()
    }
    blocks = [0.78 + len(lanes[name]) * heights[name] + 0.72 for name in lanes]
    body = start + sum(blocks)
    page = make_page(
        title,
        "What each voice says, from the first word of an article to the last; colour is the mean"
        f" polarity toward {w.listing([cast.group_phrase(t) for t in cast.focus], 'and')}",
        _notes(placed, drawn, cast, source),
        body,
    )
    canvas = page.canvas(body)
    polarity_bar(canvas, 0, 0, 2.3)
    draw_legend(canvas, keys, _INNER - 2.8, x=2.8)
    y = start
    for (name, rows), tall in zip(drawn.items(), blocks, strict=True):
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        own = counts[counts["collection"] == name].set_index("holder")
        if lanes[name]:
            _draw_block(page, canvas, y + 0.78, heights[name], lanes[name], rows, own, name, cast)
        else:
            words = "There are no statements to place."
            canvas.text(0, y + 0.36, words, color=theme().soft, va="top")
        y += tall
    return Chart(NAME, page.figure, table, _alt(title, drawn, counts, cast, source), title)


def _label(cast: Cast, holder: str, name: str) -> list[str]:
    return balance(w.holder_name(cast, holder, name), _LABEL - 0.45, BODY, holder == NARRATOR)


def _label_height(cast: Cast, holder: str, name: str) -> float:
    """Inches that a lane must have for its label, if need be in small letters."""
    return lines(SMALL, len(_label(cast, holder, name))) + 0.04


def _draw_block(
    page: Page, canvas: Axes, top: float, tall: float, lanes: list[str], rows: pd.DataFrame,
    counts: pd.DataFrame, name: str, cast: Cast,
) -> None:  # fmt: skip
    height = tall * len(lanes)
    ax = page.axes(_LABEL, top, _PANEL, height, xlim=(0, 1), ylim=(height, 0))
    ax.set_yticks([])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["first word", "25%", "50%", "75%", "last word"])
    for label, side in zip(ax.get_xticklabels(), ("left", *["center"] * 3, "right"), strict=True):
        label.set_ha(side)
    heading = {"size": SMALL, "color": theme().soft, "ha": "center", "va": "bottom"}
    middle = _LABEL + _PANEL + 0.15 + len(_HEADS) / 2 * _COLUMN
    canvas.text(middle, top - 0.07 - lines(SMALL, 2) - 0.04, "number of articles", **heading)
    for i, (place, head) in enumerate(_HEADS.items()):
        at = _LABEL + _PANEL + 0.15 + (i + 0.5) * _COLUMN
        canvas.text(at, top - 0.07, head, **heading)
        for j, holder in enumerate(lanes):
            silent = holder == NARRATOR and not TURNS[place]
            number = counts.at[holder, place]
            most = not silent and counts[place].max() == number > 0
            canvas.text(at, top + (j + 0.5) * tall, "–" if silent else f"{number:,}", ha="center",
                        va="center_baseline", weight="bold" if most else "normal",
                        color=theme().ink if number else theme().faint)  # fmt: skip
    for j, holder in enumerate(lanes):
        middle = top + (j + 0.5) * tall
        draw_mark(canvas, 0.1, middle, cast, holder)
        bold = holder == NARRATOR
        words = _label(cast, holder, name)
        size = BODY if lines(BODY, len(words)) < tall else SMALL
        weight = "bold" if bold else "normal"
        canvas.text(0.3, middle, "\n".join(words), va="center", size=size, weight=weight)
        own = rows[rows["holder"] == holder]
        draw = draw_tenths if "tenth" in rows else draw_threads
        draw(ax, j * tall, tall, own, rows)
        ax.axhline((j + 1) * tall, color=theme().rule, lw=0.8, zorder=0)
    ax.axhline(0, color=theme().rule, lw=0.8, zorder=0)


def _notes(placed: pd.DataFrame, drawn: dict, cast: Cast, source: Source) -> list[str]:
    spoken = int(placed["polarity"].notna().sum())
    notes = source.notes(
        f"{w.count(len(placed), 'statement')}, {spoken:,} of them about a group in focus"
    )
    read = (
        "First and last voice: who is quoted or reported first and last in an article, the most"
        " frequent in bold."
    )
    if any("tenth" in rows for rows in drawn.values()):
        read += (
            " Numbers in the cells: share of the words in that tenth of the article, every article"
            " counting alike; their colour is a mean without an interval."
        )
    if any(len(rows) and "tenth" not in rows for rows in drawn.values()):
        read += " Within a row, each line of blocks is one article, the earliest on top."
    return [*notes, read, w.leftovers(cast, placed["holder"])]


def _table(drawn: dict[str, pd.DataFrame], counts: pd.DataFrame) -> pd.DataFrame:
    parts = [
        rows.assign(row="tenth" if "tenth" in rows else "statement") for rows in drawn.values()
    ]
    table = pd.concat([*parts, counts.assign(row="turns")], ignore_index=True)
    wanted = ["row", "collection", "holder", "published", "article_id", "statement_id", "begin",
              "finish", "tenth", "share", "n_statements", "polarity", *TURNS]  # fmt: skip
    whole = [name for name in ("tenth", "n_statements", *TURNS) if name in table]
    return table[[name for name in wanted if name in table]].astype(dict.fromkeys(whole, "Int64"))


def _title(placed: pd.DataFrame, counts: pd.DataFrame, cast: Cast, source: Source) -> str:
    """Who is quoted last most often, and whether that is clearly more often than the next."""
    own = placed[placed["collection"] == source.lead]
    said = counts[(counts["collection"] == source.lead) & (counts["last_voice"] > 0)]
    ranks = said[said["holder"] != UNRESOLVED].set_index("holder")["last_voice"]
    ranks = ranks.sort_values(ascending=False, kind="stable")
    if ranks.empty and len(said):
        return f"{source.where()}, nobody who could be told apart has the last word"
    if own.empty:
        return f"{source.where()}, there are no statements"
    if ranks.empty:
        return f"{source.where()}, nobody but the narrator can be heard"
    size = w.count(own["article_id"].nunique(), "article")
    names = [cast.group_phrase(group) for group in ranks.index[:2]]
    start = f"{source.where()}, the last word of those quoted or reported goes"
    if len(ranks) == 1:
        return f"{start} to {names[0]} alone ({ranks.iloc[0]:,} of {size})"
    if ranks.iloc[0] == ranks.iloc[1]:
        return f"{start} to {names[0]} as often as to {names[1]} ({ranks.iloc[0]:,} each of {size})"
    clear = ahead(own, "last_voice", *ranks.index[:2]).low > 0.5
    return (
        f"{start} most often to {names[0]} ({ranks.iloc[0]:,} of {size}),"
        f" {'ahead of' if clear else 'but not clearly more often than to'} {names[1]}"
        f" ({ranks.iloc[1]:,})"
    )


def _alt(title: str, drawn: dict, counts: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Strips of who speaks where in an article. {title}."]
    for name in source.collections:
        own = counts[counts["collection"] == name].set_index("holder")
        said = [
            f"{w.holder_name(cast, holder, name)} opens {own.at[holder, 'opens']}, ends"
            f" {own.at[holder, 'closes']}"
            + (
                ""
                if holder == NARRATOR
                else f", is the first voice in {own.at[holder, 'first_voice']} and the last in"
                f" {own.at[holder, 'last_voice']}"
            )
            for holder in in_order(own.index, cast)
        ]
        listed = "; ".join(said) or "no statements"
        parts.append(f"{source.heading(name)}, articles by who begins and ends: {listed}.")
        parts += _halves(drawn[name])
    return " ".join(parts)


def _halves(rows: pd.DataFrame) -> list[str]:
    """How the first half of the articles speaks of the focus groups, and how the second does."""
    if "tenth" in rows:
        late, weight = rows["tenth"] >= TENTHS / 2, rows["n_statements"].astype("float64")
    else:
        late, weight = (rows["begin"] + rows["finish"]) / 2 >= 0.5, rows["polarity"].notna() * 1.0
    means = [
        (rows["polarity"] * weight)[half].sum() / weight[half].sum() if weight[half].sum() else None
        for half in (~late, late)
    ]
    if all(mean is None or np.isnan(mean) for mean in means):
        return ["Nothing is said of the groups in focus."]
    said = ["nothing" if mean is None or np.isnan(mean) else w.signed(mean) for mean in means]
    return [f"Mean polarity in the first half of the articles {said[0]}, in the second {said[1]}."]
