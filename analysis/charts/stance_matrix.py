"""Who stands where: polarity of each holding group toward each target group, cell by cell."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.fragile import fragile
from analysis.charts.legend import Key, draw_legend, draw_mark, hatched, legend_height, polarity_bar
from analysis.charts.order import in_order
from analysis.charts.page import (
    BODY,
    HEADING,
    SMALL,
    WIDTH,
    balance,
    lines,
    make_page,
)
from analysis.charts.palette import polarity_colour, text_on, theme
from analysis.charts.source import Source
from analysis.corpus.cast import Cast
from analysis.framing.intervals import Interval
from analysis.tables import NARRATOR

NAME = "2-stance-matrix"
_LEANS = {  # what the words of a group do; {} is whom they are about
    "against": "lean against {}",
    "slightly against": "lean slightly against {}",
    "in favour": "lean in favour of {}",
    "slightly in favour": "lean slightly in favour of {}",
    "no clear lean": "show no clear lean for or against {}",
    "too few articles to tell": "come in too few articles to tell how they lean toward {}",
    "nothing said": "do not mention {}",
}
_DAGGER = (
    "† Fragile: with other names in place of those in the text, this mean has another sign; it may"
    " owe to who is named, not to what is said."
)
_LABEL, _NARROW, _WIDE, _HIGH = 1.95, 1.12, 1.5, 0.62  # inches


@drawn_twice
def stance_matrix(frames: pd.DataFrame, cast: Cast, source: Source) -> Chart:
    """One grid a collection, narrator's row first; each cell has polarity, interval and n.

    Parameters
    ----------
    frames : DataFrame
        The frames table by group.

    Returns
    -------
    Chart
        Its table is `frames`, in the order of the rows, with the lean that each interval shows.
    """
    columns = in_order(frames["target"], cast)
    marked = _marked(frames)
    blocks = {name: marked[marked["collection"] == name] for name in source.collections}
    rows = {name: in_order(block["holder"], cast) for name, block in blocks.items()}
    told = frames.assign(fragile=fragile(frames)) if "fragile" in frames else frames
    table = _sorted(told, rows, columns)
    title = _title(table, cast, source)
    width = max(WIDTH, 0.6 + _LABEL + _NARROW * len(columns))
    cell = min(_WIDE, (width - 0.6 - _LABEL) / max(len(columns), 1))
    heads = [balance(cast.group_name(group), cell - 0.1, BODY) for group in columns]
    head = lines(BODY, max([len(words) for words in heads], default=0)) + 0.14
    keys = [
        Key("no interval, or one that leaves everything open", style=hatched()),
        Key("nothing said", style=_empty()),
    ]
    start = max(0.36, legend_height(keys, width - 3.6)) + 0.2
    heights = [0.3 + head + (_HIGH + 0.04) * len(r) + 0.42 for r in rows.values()]
    body = start + sum(heights)
    counted = w.count(int(frames["n_statements"].sum()), "statement")
    page = make_page(
        title,
        "Polarity of statements by the group in the row toward the group in the column, mean from"
        " −1 (against) to +1 (in favour); bold where the interval leaves out zero",
        [
            *source.notes(f"{counted}, once for every group that they name"),
            w.SIZE_NOTE + w.INTERVAL_NOTE + w.by_chance(int(frames["ci_low"].notna().sum())),
            w.leftovers(cast, [*frames["holder"], *frames["target"]]),
            _DAGGER if marked["fragile"].any() else "",
        ],
        body,
        width,
    )
    canvas = page.canvas(body)
    polarity_bar(canvas, 0, 0, 2.3)
    draw_legend(canvas, keys, width - 3.6, x=2.8)
    y = start
    for (name, block), height in zip(blocks.items(), heights, strict=True):
        canvas.text(0, y, source.heading(name), size=HEADING, weight="bold", va="top")
        top = y + 0.3 + head
        if rows[name]:
            _draw_heads(canvas, top - 0.08, heads, cell)
        else:
            words = "No statement here is about anybody in the cast."
            canvas.text(0, y + 0.3, words, color=theme().soft, va="top")
        _draw_grid(canvas, top, block, name, rows[name], columns, cell, cast)
        y += height
    return Chart(NAME, page.figure, table, _alt(title, table, cast, source), title)


def untold(low: float, high: float) -> bool:
    """Whether an interval tells nothing: there is none, or it goes from end to end of the scale."""
    return not (low > -1 or high < 1)


def clear(low: float, high: float) -> bool:
    """Whether an interval leaves out zero."""
    return Interval(0, low, high).sign != 0


def _sorted(frames: pd.DataFrame, rows: dict[str, list[str]], columns: list[str]) -> pd.DataFrame:
    order = {(c, h): (i, j) for i, c in enumerate(rows) for j, h in enumerate(rows[c])}
    places = [(*order[c, h], columns.index(t)) for c, h, t in _keys(frames)]
    table = frames.iloc[sorted(range(len(frames)), key=places.__getitem__)].reset_index(drop=True)
    found = zip(table["polarity"], table["ci_low"], table["ci_high"], strict=True)
    leans = [w.lean(*interval) for interval in found]
    return table.assign(lean=pd.Series(leans, dtype="str"))


def _keys(frames: pd.DataFrame):
    return zip(frames["collection"], frames["holder"], frames["target"], strict=True)


def _empty() -> dict:
    return {"facecolor": "none", "edgecolor": theme().faint, "lw": 0.8, "ls": ":"}


def _draw_heads(canvas: Axes, bottom: float, heads: list[list[str]], cell: float) -> None:
    small = {"size": SMALL, "color": theme().soft, "va": "bottom"}
    canvas.text(0.3, bottom, "statements by", **small)
    canvas.text(_LABEL - 0.08, bottom, "toward", ha="right", **small)
    for i, words in enumerate(heads):
        canvas.text(_LABEL + (i + 0.5) * cell, bottom, "\n".join(words), ha="center", va="bottom")


def _draw_grid(
    canvas: Axes, top: float, block: pd.DataFrame, name: str, rows: list[str], columns: list[str],
    cell: float, cast: Cast,
) -> None:  # fmt: skip
    cells = {(row.holder, row.target): row for row in block.itertuples()}
    y = top
    for holder in rows:
        bold = holder == NARRATOR
        label = balance(w.holder_name(cast, holder, name), _LABEL - 0.4, BODY, bold)
        draw_mark(canvas, 0.1, y + _HIGH / 2, cast, holder)
        weight = "bold" if bold else "normal"
        canvas.text(0.3, y + _HIGH / 2, "\n".join(label), va="center", weight=weight)
        for i, target in enumerate(columns):
            box = (_LABEL + i * cell + 0.02, y, cell - 0.04, _HIGH)
            _draw_cell(canvas, box, cells.get((holder, target)))
        y += _HIGH + (0.12 if holder == NARRATOR else 0.04)


def _marked(frames: pd.DataFrame) -> pd.DataFrame:
    """`frames` with whether each has a dagger; where nothing was tested it has none."""
    return frames.assign(fragile=fragile(frames).fillna(False).astype(bool))


def _draw_cell(canvas: Axes, box: tuple, row) -> None:
    x, y, width, height = box
    if row is None:
        canvas.add_patch(Rectangle((x, y), width, height, **_empty()))
        return
    unsure = untold(row.ci_low, row.ci_high)
    colour = polarity_colour(row.polarity)
    fill = hatched(row.polarity) if unsure else {"facecolor": colour, "lw": 0}
    canvas.add_patch(Rectangle((x, y), width, height, **fill))
    ink = theme().ink if unsure else text_on(colour)
    plate = {"bbox": {"facecolor": theme().paper, "lw": 0, "pad": 1.2}} if unsure else {}
    at = x + width / 2
    bold = {"weight": "bold" if clear(row.ci_low, row.ci_high) else "normal"}
    value = w.signed(row.polarity) + " †" * bool(row.fragile)
    canvas.text(at, y + 0.15, value, color=ink, ha="center", va="center_baseline",
                size=BODY + 1, **bold, **plate)  # fmt: skip
    small = {"color": ink, "ha": "center", "va": "center_baseline", "size": SMALL - 0.5, **plate}
    canvas.text(at, y + 0.34, w.bounds(row.ci_low, row.ci_high), **small)
    canvas.text(at, y + 0.5, f"n {row.n_statements:,}", **small)


def _title(table: pd.DataFrame, cast: Cast, source: Source) -> str:
    """How two opponents (else the first two focus groups) speak of each other."""
    pair = next(
        ((a, b) for a in cast.focus for b in cast.groups[a].opposes if b in cast.groups),
        cast.focus[:2],
    )
    if len(pair) < 2:
        return f"{source.where()}, there are no two groups to compare"
    here = table[table["collection"] == source.lead].set_index(["holder", "target"])
    leans = [here["lean"].get(way, "nothing said") for way in (pair, pair[::-1])]
    shaky = _marked(here)["fragile"]
    mark = " †" * any(shaky.get(way, False) for way in (pair, pair[::-1]))
    one, two = (cast.group_phrase(group) for group in pair)
    if leans[0] == leans[1]:
        return f"{source.where()}, {one} and {two} {_LEANS[leans[0]].format('each other')}{mark}"
    ways = [(one, two, leans[0]), (two, one, leans[1])]
    if leans[1].endswith(("against", "in favour")):  # what is shown comes before what is not
        ways.reverse()
    (one, two, first), (_, _, second) = ways
    found = f"the words of {one} {_LEANS[first].format(two)}"
    return f"{source.where()}, {found}; those of {two} {_LEANS[second].format(one)}{mark}"


def _alt(title: str, table: pd.DataFrame, cast: Cast, source: Source) -> str:
    parts = [f"Grid of polarity by holder and target. {title}."]
    marked = _marked(table)
    for name in source.collections:
        rows = marked[marked["collection"] == name]
        # Read out are the narrator and the focus groups; the rest would take minutes to listen to.
        told = rows[rows["holder"].isin([NARRATOR, *cast.focus]) & rows["target"].isin(cast.focus)]
        cells = [
            f"{w.holder_name(cast, row.holder, name)} toward {cast.group_name(row.target)}"
            f" {w.signed(row.polarity)} ({w.bounds(row.ci_low, row.ci_high)}, n {row.n_statements}"
            f"{', fragile' * row.fragile})"
            for row in told.itertuples()
        ]
        if len(rows) > len(told):
            cells.append(f"{w.count(len(rows) - len(told), 'further cell')} in the table")
        parts.append(f"{source.heading(name)}: {'; '.join(cells) or 'nothing to show'}.")
    return " ".join(parts)
