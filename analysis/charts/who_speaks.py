"""Who speaks: the words that each group is given, by form and by whether the source is named."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height
from analysis.charts.page import BODY, HEADING, SMALL, Page, balance, lines, make_page, width_of
from analysis.charts.palette import group_colour, theme, tint
from analysis.charts.source import Source
from analysis.charts.swarm import swarm
from analysis.corpus.cast import Cast
from analysis.framing.shares import by_article, lead, ranking, word_shares
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

NAME = "1-who-speaks"
_LABEL, _ROW, _BAR, _STRIP, _INNER = 2.05, 0.38, 0.22, 6.85, 8.4  # inches
_HATCH = "/////"
#: Parts of a bar from left to right: form, named, and what the key says.
PARTS = (
    ("direct", True, "direct speech, source named"),
    ("indirect", True, "indirect speech, source named"),
    ("direct", False, "direct, no name given"),
    ("indirect", False, "indirect, no name given"),
)


@drawn_twice
def who_speaks(
    statements: pd.DataFrame, articles: pd.DataFrame, cast: Cast, source: Source
) -> Chart:
    """Bars of each group's share of the attributed words, and beside them a dot an article.

    Narration's share stands apart, above them.

    Parameters
    ----------
    statements, articles : DataFrame
        The pipeline's tables.

    Returns
    -------
    Chart
        Its table holds the parts of the bars (row "all") and the dots (row "article").
    """
    table, dots = word_shares(statements, articles), by_article(statements, articles)
    title = _title(table, statements, articles, cast, source)
    keys = [Key(label, style=_fill(theme().soft, form, named)) for form, named, label in PARTS]
    blocks = [(name, ranking(table, name)) for name in source.collections]
    labels = {
        group: balance(cast.group_name(group), _LABEL - 0.35, BODY)
        for _, ranks in blocks
        for group in ranks.index
    }
    start = legend_height(keys, _INNER) + 0.2
    body = start + sum(_height(ranks, labels) for _, ranks in blocks) if blocks else start + 0.4
    voices = table[table["group"] != NARRATOR]
    said = w.count(int(voices["statements"].sum()), "quoted or reported statement")
    attributed, total = int(voices["words"].sum()), int(table["words"].sum())
    counted = f"{total:,} words, {attributed:,} of them in {said}"
    page = make_page(
        title,
        "Share of the words that are quoted or reported, by the group of whoever is speaking",
        [
            *source.notes(counted, scored=False),
            "Indirect: reported in the journalist’s words, with quoted scraps or without. A dot:"
            " one article, by the group’s share of what that article quotes or reports. "
            + w.leftovers(cast, table["group"]),
        ],
        body,
    )
    canvas = page.canvas(body)
    draw_legend(canvas, keys, _INNER)
    scale = (_STRIP - _LABEL - 1.4) / max([ranks.max() for _, ranks in blocks if len(ranks)] or [1])
    y = start
    for name, ranks in blocks:
        own, each = (part[part["collection"] == name] for part in (table, dots))
        top = _draw_block(canvas, y, own, ranks, labels, scale, cast)
        if len(ranks):
            _draw_articles(page, top, each, ranks, labels, cast)
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        y += _height(ranks, labels)
    if not blocks:
        canvas.text(0, y, "There are no articles to count.", va="top", color=theme().soft)
    drawn = pd.concat([table.assign(row="all"), dots.assign(row="article")], ignore_index=True)
    alt = _alt(title, table, dots, cast, source)
    return Chart(NAME, page.figure, drawn, alt, title)


def _height(ranks: pd.Series, labels: dict) -> float:
    return 0.84 + sum(_row_height(labels[g]) for g in ranks.index) + (0.3 if ranks.empty else 0.5)


def _row_height(label: list[str]) -> float:
    return max(_ROW, lines(BODY, len(label)) + 0.08)


def _fill(colour: str, form: str, named: bool) -> dict:
    """Full colour for direct speech, a tint for indirect; hatched where no name is given."""
    face = colour if form == "direct" else tint(colour)
    if named:
        return {"facecolor": face, "lw": 0}
    return {"facecolor": face, "hatch": _HATCH, "edgecolor": theme().paper, "lw": 0}


def _draw_block(
    canvas: Axes, y: float, rows: pd.DataFrame, ranks: pd.Series, labels: dict, scale: float, cast
) -> float:
    """One collection: the strip of narration, then a bar for each group; where the bars begin."""
    told = float(rows.loc[rows["group"] == NARRATOR, "share"].sum())
    y = _draw_strip(canvas, y + 0.32, told) if len(rows) else y + 0.4
    top = y
    if ranks.empty:
        canvas.text(0, y, "Nobody is quoted or reported.", va="top", color=theme().soft)
    for group in ranks.index:
        height = _row_height(labels[group])
        middle = y + height / 2
        colour = group_colour(cast, group)
        draw_mark(canvas, 0.1, middle, cast, group)
        canvas.text(0.3, middle, "\n".join(labels[group]), va="center")
        left, own = _LABEL, rows[rows["group"] == group]
        for form, named, _ in PARTS:
            share = own.loc[(own["form"] == form) & (own["named"] == named), "share"].sum() * scale
            box = (left, middle - _BAR / 2)
            canvas.add_patch(Rectangle(box, share, _BAR, **_fill(colour, form, named)))
            left += share
        said = w.count(int(own["words"].sum()), "word")
        value = w.percent(ranks[group])
        canvas.text(left + 0.08, middle, value, weight="bold", va="center_baseline")
        canvas.text(left + 0.14 + width_of(value, BODY, bold=True), middle, said,
                    size=SMALL, color=theme().soft, va="center_baseline")  # fmt: skip
        y += height
    return top


def _draw_articles(
    page: Page, top: float, dots: pd.DataFrame, ranks: pd.Series, labels: dict, cast: Cast
) -> None:
    """A dot for each article in each group's row, from none of its quoted words to all."""
    heights = [_row_height(labels[group]) for group in ranks.index]
    span = (_INNER - _STRIP - 0.1, sum(heights))
    ax = page.axes(_STRIP, top, *span, xlim=(-0.04, 1.04), ylim=(span[1], 0))
    ax.set_yticks([])
    ax.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"], size=SMALL)
    ax.grid(axis="x")
    ax.text(0, -0.07, "share in each article", size=SMALL, color=theme().soft, va="bottom")
    y = 0.0
    for group, height in zip(ranks.index, heights, strict=True):
        own = dots.loc[dots["group"] == group, "share"].to_numpy()
        offsets = swarm(own, room=0.13, spacing=0.05, step=0.04)
        ax.scatter(own, y + height / 2 + offsets, s=14, color=group_colour(cast, group), lw=0.3,
                   alpha=0.8 if len(own) < 60 else 0.35, edgecolor=theme().paper)  # fmt: skip
        y += height


def _draw_strip(canvas: Axes, y: float, told: float) -> float:
    """All words of a collection as one strip, split into narration and other people's.

    Its words stand above it, so that a short part is named as fully as a long one. Its parts are
    only outlined: what fills a bar means how somebody is quoted.
    """
    left, full = _LABEL, _STRIP - _LABEL - 0.25
    middle = y + lines(SMALL) + 0.1
    outline = {"facecolor": "none", "edgecolor": theme().soft, "lw": 1}
    canvas.text(0, middle, "All words", va="center", color=theme().soft)
    split = left + told * full
    for words, ends, ha in (
        (f"narration {w.percent(told)}", (left, split), "left"),
        (f"quoted or reported {w.percent(1 - told)}", (left + full, split), "right"),
    ):
        canvas.text(ends[0], y, words, size=SMALL, color=theme().soft, ha=ha, va="top")
        box = (ends[0], middle - 0.07)
        canvas.add_patch(Rectangle(box, ends[1] - ends[0], 0.14, **outline))
    return middle + 0.24


def _title(table, statements, articles, cast: Cast, source: Source) -> str:
    """Who gets most words, and whether the interval of the lead over the next group says so."""
    ranks = ranking(table, source.lead) if source.lead else pd.Series(dtype=float)
    known = [group for group in ranks.index if group not in (OTHERS, UNRESOLVED)]
    if not known:
        return f"{source.where()}, no group of the cast is quoted or reported"
    first = known[0]
    name = f"{cast.group_phrase(first)} ({w.percent(ranks[first])})"
    if len(known) == 1:
        return f"{source.where()}, of the cast only {name} can be heard"
    second = known[1]
    other = f"{cast.group_phrase(second)} ({w.percent(ranks[second])})"
    ahead = lead(statements, articles, source.lead, first, second).sign > 0
    link = "ahead of" if ahead else "but not clearly more than to"
    # The leftovers are no group, and yet may have more words than any.
    among = "among the groups of the cast, " if ranks.max() > ranks[first] else ""
    share = f"{among}the largest share of the words quoted or reported goes to {name}"
    return f"{source.where()}, {share}, {link} {other}"


def _alt(title: str, table: pd.DataFrame, dots: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Bar chart. {title}."]
    for name in source.collections:
        rows = table[table["collection"] == name]
        told = rows.loc[rows["group"] == NARRATOR, "share"].sum()
        bars = []
        for group, share in ranking(table, name).items():
            own = rows[rows["group"] == group]
            hidden = own.loc[~own["named"], "words"].sum() / max(own["words"].sum(), 1)
            direct = own.loc[own["form"] == "direct", "words"].sum() / max(own["words"].sum(), 1)
            each = dots[(dots["collection"] == name) & (dots["group"] == group)]
            heard = w.count(int((each["words"] > 0).sum()), "article")
            bars.append(
                f"{cast.group_name(group)} {w.percent(share)} ({w.percent(direct)} of it direct,"
                f" {w.percent(hidden)} without a name; heard in {heard})"
            )
        said = f"of the rest, {'; '.join(bars)}" if bars else "nobody is quoted"
        parts.append(f"{source.heading(name)}: narration {w.percent(told)} of words; {said}.")
    return " ".join(parts)
