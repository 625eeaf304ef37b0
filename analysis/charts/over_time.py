"""Over time: polarity toward each focus group, article by article and as a moving mean."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.legend import Key, draw_legend, draw_mark, legend_height
from analysis.charts.page import (
    BODY,
    SMALL,
    WIDTH,
    lines,
    make_page,
    polarity_axis,
    width_of,
)
from analysis.charts.palette import group_colour, group_marker, theme, tint
from analysis.charts.source import Source
from analysis.charts.timescale import date_ticks, stairs
from analysis.charts.turns import turn_alt, turn_note, turn_rows, turn_title
from analysis.corpus.cast import Cast, Event
from analysis.framing.timeline import WINDOW, by_article, change, rolling

NAME = "6-over-time"
_LEFT, _HEAD, _TALL, _GAP, _FOOT = 0.95, 0.26, 1.05, 0.14, 0.45  # inches
_STAIR = lines(SMALL) + 0.02
_SUBTITLE = (
    "Polarity toward each group in all statements, narration included: each article, and the mean"
    f" of {WINDOW} or more articles in a row"
)


@drawn_twice
def over_time(evidence: pd.DataFrame, cast: Cast, source: Source) -> Chart:
    """A panel for each focus group and collection, all on one time axis, events marked through.

    Parameters
    ----------
    evidence : DataFrame
        As `framing.frames.evidence` makes it; undated articles are left out and counted.

    Returns
    -------
    Chart
        Its table holds the dots (row "article"), the moving mean (row "mean"), and the differences
        that the title is made from (`charts.turns.turn_rows`).
    """
    dots, means = by_article(evidence, cast), rolling(evidence, cast)
    changes = {
        target: found
        for target in cast.focus
        if (found := change(evidence, cast, source.lead, target)) is not None
    }
    title = turn_title(changes, cast, source)
    notes = _notes(evidence, dots, means, source, turn_note(changes, cast))
    table = _table(dots, means, turn_rows(changes, source.lead))
    if dots.empty:
        page = make_page(title, _SUBTITLE, notes, 0.3)
        page.text(0, 0, "No dated article speaks of a group in focus.", color=theme().soft)
        return Chart(NAME, page.figure, table, f"Empty chart. {title}.", title)
    start, end = _span(dots)
    ends = (date2num(start), date2num(end))
    events = [event for event in cast.events if start <= pd.Timestamp(event.date) <= end]
    spots = [(date2num(event.date) - ends[0]) / (ends[1] - ends[0]) for event in events]
    across, levels, width = _fit(events, spots)
    panels = [(target, name) for target in cast.focus for name in source.collections]
    foot = legend_height(_keys(), width - 0.6) + 0.2 + _STAIR * (max(levels, default=-1) + 1)
    body = foot + 0.1 + (_HEAD + _TALL + _GAP) * len(panels) + _FOOT
    page = make_page(title, _SUBTITLE, notes, body, width)
    canvas = page.canvas(body)
    draw_legend(canvas, _keys(), width - 0.6)
    for event, spot, level in zip(events, spots, levels, strict=True):
        x, high = _LEFT + spot * across, foot - (level + 1) * _STAIR
        canvas.add_line(
            Line2D([x, x], [high, body - _FOOT - _GAP], color=tint(theme().soft), lw=0.7)
        )
        canvas.text(x + 0.05, high, event.label, size=SMALL, color=theme().ink, va="top")
    places, words = date_ticks(start, end, int(across / 0.75))
    y = foot + 0.1
    for target, name in panels:
        here = [_own(part, target, name) for part in (dots, means)]
        _draw_head(canvas, y, target, _heading(source, name, len(here[0])), cast)
        ax = page.axes(_LEFT, y + _HEAD, across, _TALL, xlim=ends)
        _draw_panel(ax, *here, group_colour(cast, target), group_marker(cast, target))
        ax.set_xticks(places, words if (target, name) == panels[-1] else [""] * len(places))
        y += _HEAD + _TALL + _GAP
    alt = _alt(title, dots, means, events, turn_alt(changes, cast), cast, source)
    return Chart(NAME, page.figure, table, alt, title)


def _own(rows: pd.DataFrame, target: str, collection: str) -> pd.DataFrame:
    return rows[(rows["target"] == target) & (rows["collection"] == collection)]


def _heading(source: Source, collection: str, articles: int) -> str:
    """A collection as the head of a group's panel: how many of its articles are drawn there."""
    drawn = f"{articles:,} of {w.count(source.size(collection), 'article')}"
    return drawn if collection == w.PLAIN else f"{w.capital(w.the(collection))}: {drawn}"


def _keys() -> list[Key]:
    ink, dot = theme().ink, {"ls": "", "marker": "o", "mfc": theme().faint, "mec": theme().paper}
    band = {"facecolor": tint(theme().soft, 0.25)}
    return [
        Key("one article, larger with more statements", "line", dot),
        Key("moving mean and its interval", "band", {"color": ink, "lw": 2, "band": band}),
        Key("mean; too few articles for an interval", "line", {"color": ink, "lw": 1.2, "ls": ":"}),
    ]


def _span(dots: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day drawn: those of the articles, and a little more on both sides."""
    first, last = dots["day"].min(), dots["day"].max()
    more = max((last - first) * 0.03, pd.Timedelta(days=2))
    return first - more, last + more


def _fit(events: list[Event], spots: list[float]) -> tuple[float, list[int], float]:
    """Inches across the panels, step of each event's label, and inches across the page.

    The panels end early enough for the last labels to run out to the right of them.
    """
    wide = [width_of(event.label, SMALL) + 0.15 for event in events]
    room = WIDTH - 0.6 - _LEFT
    fits = [(room - own) / spot for spot, own in zip(spots, wide, strict=True) if spot > 0]
    across = max(min([room, *fits]), 4.5)
    places = [spot * across for spot in spots]
    reach = max([place + own for place, own in zip(places, wide, strict=True)] or [0])
    return across, stairs(places, wide), max(WIDTH, 0.6 + _LEFT + reach)


def _draw_head(canvas: Axes, y: float, target: str, heading: str, cast: Cast) -> None:
    name = cast.group_name(target)
    at = y + _HEAD / 2 - 0.02
    draw_mark(canvas, _LEFT + 0.07, at, cast, target, size=7)
    box = {"facecolor": theme().paper, "lw": 0, "pad": 1.5}
    plate = {"bbox": box, "va": "center_baseline", "zorder": 3}
    canvas.text(_LEFT + 0.2, at, name, weight="bold", **plate)
    right = _LEFT + 0.2 + width_of(name, BODY, bold=True) + 0.14
    canvas.text(right, at, heading, size=SMALL, color=theme().soft, **plate)


def _draw_panel(
    ax: Axes, dots: pd.DataFrame, means: pd.DataFrame, colour: str, marker: str
) -> None:
    polarity_axis(ax, vertical=True)
    ax.set_yticks([-1, 0, 1], ["against −1", "0", "in favour +1"], size=SMALL)
    inks = (theme().against, theme().soft, theme().favour)
    for label, ink in zip(ax.get_yticklabels(), inks, strict=True):
        label.set_color(ink)
    if dots.empty:
        ax.text(0.02, 0.6, "nothing said", transform=ax.transAxes, color=theme().soft, size=SMALL)
        return
    # The line runs from the first article to the last, level beyond the outermost windows.
    days = [means["first"].iloc[0], *means["day"], means["last"].iloc[-1]]
    if days[0] == days[-1]:
        days[0], days[-1] = days[0] - pd.Timedelta(hours=18), days[-1] + pd.Timedelta(hours=18)
    places = [date2num(day) for day in days]
    columns = (means["polarity"], means["ci_low"], means["ci_high"])
    mean, low, high = ([part.iloc[0], *part, part.iloc[-1]] for part in columns)
    style = {"lw": 1.2, "ls": ":"} if means["ci_low"].isna().all() else {"lw": 2}
    ax.fill_between(places, low, high, color=tint(colour, 0.28), lw=0, zorder=0.5)
    ax.plot(places, mean, color=theme().ink, zorder=3, **style)
    ax.scatter(
        [date2num(day) for day in dots["day"]],
        dots["polarity"],
        s=[10 + 7 * min(said, 12) for said in dots["n_statements"]],
        marker=marker,
        color=colour,
        edgecolor=theme().paper,
        lw=0.5,
        alpha=0.45 if len(dots) > 60 else 0.85,
        zorder=2.5 if len(dots) > 60 else 4,
    )


def _notes(
    evidence: pd.DataFrame,
    dots: pd.DataFrame,
    means: pd.DataFrame,
    source: Source,
    turns: str,
) -> list[str]:
    said = w.count(int(dots["n_statements"].sum()), "statement")
    undated = evidence.loc[evidence["published"] == "", "article_id"].nunique()
    left_out = f" {w.count(undated, 'article')} without a date left out." if undated else ""
    whole = (means["n_articles"] < WINDOW).any()
    fewer = f"Where fewer than {WINDOW} articles speak of a group, the mean is of them all. "
    last = (fewer if whole else "") + w.INTERVAL_NOTE + left_out
    return [*source.notes(f"{said}, once for every group they name"), last, turns]


def _table(dots: pd.DataFrame, means: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    articles = dots.assign(row="article", first=dots["day"], last=dots["day"])
    table = pd.concat([articles, means.assign(row="mean"), turns], ignore_index=True)
    for side in ("day", "first", "last"):
        table[side] = table[side].dt.strftime("%Y-%m-%d")
    first = ["row", "collection", "target", "day", "first", "last", "article_id"]
    return table[[*first, *[column for column in table if column not in first]]]


def _alt(
    title: str,
    dots: pd.DataFrame,
    means: pd.DataFrame,
    events: list[Event],
    turns: str,
    cast: Cast,
    source: Source,
) -> str:
    parts = [f"Time series of polarity, a dot an article, with a moving mean. {title}."]
    for target in cast.focus:
        for name in source.collections:
            own = _own(means, target, name)
            said = [
                f"{row.first:%Y-%m-%d} to {row.last:%Y-%m-%d} {w.signed(row.polarity)}"
                f" ({w.bounds(row.ci_low, row.ci_high)}, {w.count(row.n_articles, 'article')})"
                for row in (own.iloc[[0, -1]] if len(own) > 1 else own).itertuples()
            ]
            listed = "; ".join(said) or "nothing said"
            drawn = _heading(source, name, len(_own(dots, target, name)))
            parts.append(f"{cast.group_name(target)}, {drawn}: {listed}.")
    if turns:
        parts.append(f"{source.where()}, {turns}.")
    if events:
        marked = "; ".join(f"{event.date.isoformat()} {event.label}" for event in events)
        parts.append(f"Events marked: {marked}.")
    return " ".join(parts)
