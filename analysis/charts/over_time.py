"""Over time: polarity toward each focus group, report by report and week by week, with events."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D

from analysis.charts import words as w
from analysis.charts.chart import Chart
from analysis.charts.legend import Key, draw_legend, legend_height
from analysis.charts.page import (
    BODY,
    SMALL,
    WIDTH,
    lines,
    make_page,
    polarity_axis,
    styled,
    width_of,
)
from analysis.charts.palette import AGAINST, FAVOUR, INK, SOFT, group_colour, group_marker, tint
from analysis.charts.source import Source
from analysis.charts.timescale import date_ticks, stairs
from analysis.corpus.cast import Cast, Event
from analysis.framing.intervals import FEWEST_ARTICLES
from analysis.framing.timeline import by_article, by_period, change

NAME = "5-over-time"
_LEFT, _HEAD, _TALL, _LOW, _GAP = 0.95, 0.26, 1.25, 0.8, 0.14  # inches
_STAIR = lines(SMALL) + 0.02


@styled
def over_time(evidence: pd.DataFrame, cast: Cast, source: Source) -> Chart:
    """A panel for each focus group and collection, all on one time axis, events marked through.

    Parameters
    ----------
    evidence : DataFrame
        As `framing.frames.evidence` makes it; undated articles are left out and counted.

    Returns
    -------
    Chart
        Its table holds the dots (row "article") and the periods' means (row "period").
    """
    dots, periods = by_article(evidence, cast), by_period(evidence, cast)
    title = _title(evidence, cast, source)
    table = _table(dots, periods)
    start, end = _span(dots, periods)
    events = [e for e in cast.events if start <= pd.Timestamp(e.date) <= end] if len(dots) else []
    ends = (date2num(start) - 1, date2num(end) + 1)
    spots = [(date2num(event.date) - ends[0]) / (ends[1] - ends[0]) for event in events]
    across, levels, width = _fit(events, spots)
    keys = _keys(cast)
    top = legend_height(keys, width - 0.6) + 0.2
    stairs_tall = _STAIR * (max(levels, default=-1) + 1) + 0.1
    panels = [(target, name) for target in cast.focus for name in source.collections]
    tall = {name: _TALL if source.size(name) >= FEWEST_ARTICLES else _LOW for name in source.collections}
    body = top + stairs_tall + sum(_HEAD + tall[name] + _GAP for _, name in panels) + 0.4
    page = make_page(title, _subtitle(periods), _notes(evidence, dots, source), body, width)
    canvas = page.canvas(body)
    draw_legend(canvas, keys, width - 0.6)
    y = top + stairs_tall
    if dots.empty:
        canvas.text(0, y, "No dated article speaks of a group in focus.", color=SOFT, va="top")
        return Chart(NAME, page.figure, table, f"Empty chart. {title}.", title)
    bottom = body - 0.4 - _GAP
    for event, spot, level in zip(events, spots, levels, strict=True):
        x = _LEFT + spot * across
        height = top + stairs_tall - 0.1 - (level + 1) * _STAIR
        canvas.add_line(Line2D([x, x], [height, bottom], color="#a9adb6", lw=0.8, zorder=1))
        canvas.text(x + 0.05, height, event.label, size=SMALL, color=INK, va="top")
    for target, name in panels:
        _draw_head(canvas, y, target, source.heading(name), cast)
        ax = page.axes(_LEFT, y + _HEAD, across, tall[name], xlim=ends)
        here = [part[(part["target"] == target) & (part["collection"] == name)]
                for part in (dots, periods)]  # fmt: skip
        _draw_panel(ax, *here, group_colour(cast, target), group_marker(cast, target))
        where, words = date_ticks(start, end, int(across / 0.75))
        ax.set_xticks(where, words if (target, name) == panels[-1] else [""] * len(where))
        y += _HEAD + tall[name] + _GAP
    return Chart(NAME, page.figure, table, _alt(title, dots, periods, events, cast, source), title)


def _span(dots: pd.DataFrame, periods: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day drawn; whole periods, so that no mean is cut."""
    if dots.empty:
        return pd.Timestamp("2000-01-01"), pd.Timestamp("2000-01-02")
    return min(dots["day"].min(), periods["start"].min()), max(dots["day"].max(), periods["end"].max())


def _fit(events: list[Event], spots: list[float]) -> tuple[float, list[int], float]:
    """Inches across the panels, step of each event's label, and inches across the page.

    The panels end early enough for the last labels to run out to the right of them.
    """
    wide = [w_in + 0.15 for w_in in map(label_width, events)]
    across = WIDTH - 0.6 - _LEFT
    for spot, room in zip(spots, wide, strict=True):
        if spot > 0:
            across = min(across, (WIDTH - 0.6 - _LEFT - room) / spot)
    across = max(across, 4.5)
    reach = max([spot * across + room for spot, room in zip(spots, wide, strict=True)] or [0])
    width = max(WIDTH, 0.6 + _LEFT + reach)
    return across, stairs([spot * across for spot in spots], wide), width


def label_width(event: Event) -> float:
    """Inches that an event's label takes."""
    return width_of(event.label, SMALL)


def _keys(cast: Cast) -> list[Key]:
    mark = {"ls": "", "marker": "o", "mfc": "#8a8a8a", "mec": "white"}
    band = {"facecolor": "#dcdcdc"}
    return [
        Key("one report or article, larger the more it says", "line", mark),
        Key("mean of the period and its interval", "band", {"color": INK, "lw": 2, "band": band}),
        Key("mean; too few articles for an interval", "line", {"color": INK, "lw": 1.2, "ls": ":"}),
    ]


def _draw_head(canvas: Axes, y: float, target: str, heading: str, cast: Cast) -> None:
    name = cast.group_name(target)
    mark = {"marker": group_marker(cast, target), "ms": 7, "mec": "white", "mew": 0.6}
    at = y + _HEAD / 2 - 0.02
    canvas.add_line(Line2D([_LEFT + 0.07], [at], color=group_colour(cast, target), ls="", **mark))
    plate = {"bbox": {"facecolor": "white", "lw": 0, "pad": 1.5}, "va": "center_baseline", "zorder": 3}
    canvas.text(_LEFT + 0.2, at, name, weight="bold", **plate)
    right = _LEFT + 0.2 + width_of(name, BODY, bold=True) + 0.14
    canvas.text(right, at, heading, size=SMALL, color=SOFT, **plate)


def _draw_panel(
    ax: Axes, dots: pd.DataFrame, periods: pd.DataFrame, colour: str, marker: str
) -> None:
    polarity_axis(ax, vertical=True)
    ax.set_yticks([-1, 0, 1], ["against −1", "0", "in favour +1"], size=SMALL)
    for label, ink in zip(ax.get_yticklabels(), (AGAINST, SOFT, FAVOUR), strict=True):
        label.set_color(ink)
    for row in periods.itertuples():
        days = [date2num(row.start) - 0.4, date2num(row.end) + 0.4]
        if pd.isna(row.ci_low):
            ax.plot(days, [row.polarity] * 2, color=INK, lw=1.2, ls=":", zorder=3)
            continue
        ax.fill_between(days, row.ci_low, row.ci_high, color=tint(colour, 0.28), lw=0, zorder=0.5)
        ax.plot(days, [row.polarity] * 2, color=INK, lw=2, zorder=3)
    many = len(dots) > 60
    ax.scatter(
        [date2num(day) for day in dots["day"]],
        dots["polarity"],
        s=[10 + 7 * min(n, 12) for n in dots["n_statements"]],
        marker=marker, color=colour, edgecolor="white", lw=0.5, alpha=0.45 if many else 0.85,
        zorder=4,
    )  # fmt: skip
    if dots.empty:
        ax.text(0.02, 0.6, "nothing said", transform=ax.transAxes, color=SOFT, size=SMALL)


def _subtitle(periods: pd.DataFrame) -> str:
    long = len(periods) and (periods["end"] - periods["start"]).max().days > 7
    period = "month" if long else "week"
    return (
        f"Polarity toward each group in all statements, narration included: each article, and mean"
        f" of each {period}"
    )


def _notes(evidence: pd.DataFrame, dots: pd.DataFrame, source: Source) -> list[str]:
    said = w.count(int(dots["n_statements"].sum()), "statement")
    undated = evidence.loc[evidence["published"] == "", "article_id"].nunique()
    left_out = f" {w.count(undated, 'article')} without a date left out." if undated else ""
    return [*source.notes(f"{said}, once for every group they name"), w.INTERVAL_NOTE + left_out]


def _table(dots: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    articles = dots.assign(row="article", start=dots["day"], end=dots["day"]).drop(columns="day")
    table = pd.concat([articles, periods.assign(row="period")], ignore_index=True)
    for side in ("start", "end"):
        table[side] = table[side].dt.strftime("%Y-%m-%d")
    first = ["row", "collection", "target", "start", "end", "article_id"]
    return table[[*first, *[column for column in table if column not in first]]]


def _title(evidence: pd.DataFrame, cast: Cast, source: Source) -> str:
    """Whether the later half of the articles differs clearly from the earlier one."""
    names = [cast.group_name(target) for target in cast.focus]
    changes = [change(evidence, cast, source.lead, target) for target in cast.focus]
    if not any(changes):
        return f"{source.where()}, the dates are too few to show a change over time"
    clauses = []
    for name, found in zip(names, changes, strict=True):
        if found and found[1].sign:
            how = "more" if found[1].sign > 0 else "less"
            day = f"{found[0].day} {found[0]:%B %Y}"
            clauses.append(f"words about {name} are {how} favourable from {day} on")
    if clauses:
        return f"{source.where()}, {w.listing(clauses)}"
    return f"{source.where()}, no clear change over time in words about {w.listing(names, 'or')}"


def _alt(title, dots, periods, events, cast: Cast, source: Source) -> str:
    parts = [f"Time series of polarity, a dot an article, with means by period. {title}."]
    for target in cast.focus:
        for name in source.collections:
            at = (periods["target"] == target) & (periods["collection"] == name)
            said = [
                f"from {row.start:%Y-%m-%d} {w.signed(row.polarity)}"
                f" ({w.bounds(row.ci_low, row.ci_high)}, {w.count(row.n_articles, 'article')})"
                for row in periods[at].itertuples()
            ]
            listed = "; ".join(said) or "nothing said"
            parts.append(f"{cast.group_name(target)}, {source.heading(name)}: {listed}.")
    if events:
        marked = "; ".join(f"{event.date.isoformat()} {event.label}" for event in events)
        parts.append(f"Events marked: {marked}.")
    return " ".join(parts)
