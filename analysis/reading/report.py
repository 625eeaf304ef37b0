"""The report: every chart, its table, the statements behind each number, and the articles.

One page that needs nothing beside itself. A cell of the stance matrix leads to the statements
behind it, and each statement to its place in its article.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from PIL import Image

from analysis.charts import source_of, words
from analysis.charts.fragile import fragile
from analysis.charts.stance_matrix import clear, untold
from analysis.reading.page import show
from analysis.reading.render import render
from analysis.reading.view import anchor, escaped, holder, ordered
from analysis.tables import counted

if TYPE_CHECKING:  # for the reader only: the pipeline stands above the reading
    from analysis.charts import Chart
    from analysis.pipeline import Result

DPI = 144  # of the pictures
ROWS = 300  # of a chart's table that the page prints
_LONGEST = 220  # characters of a statement in a list
_LINKED = "statement_id"  # column of a table whose values are links


@dataclass(frozen=True)
class Plate:
    """A chart as the page holds it."""

    name: str
    title: str
    alt: str
    light: str  # addresses that hold the pictures themselves
    dark: str
    width: int  # CSS pixels
    height: int
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]  # (words, where they lead or nothing)
    left_out: int

    @property
    def heading(self) -> str:
        """The chart's name in words, without its number."""
        return words.capital(self.name.partition("-")[2].replace("-", " "))

    @property
    def matrix(self) -> bool:
        return "stance-matrix" in self.name


@dataclass(frozen=True)
class Behind:
    """One statement behind a cell."""

    anchor: str
    content: str  # empty where the text is not here
    place: str
    speaker: str
    kind: str
    polarity: float
    article: str
    published: str


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix with the statements that it is the mean of."""

    anchor: str
    holder: str
    target: str
    count: int
    polarity: float
    interval: str
    untold: bool  # there is no interval, or one that leaves everything open
    clear: bool  # the interval leaves out zero
    fragile: bool  # other names would give it another sign
    statements: tuple[Behind, ...]


@dataclass(frozen=True)
class Matrix:
    """The cells of one collection, row by row; None where nothing is said."""

    collection: str
    heading: str
    targets: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def report(result: Result, charts: list[Chart]) -> str:
    """The page of a run and its charts."""
    views = [show(result, name).view for name in result.articles["article_id"]]
    source = source_of(result.articles, result.scores, result.notes)
    shelves = [
        (source.heading(name), [one for one in views if one.about["collection"] == name])
        for name in dict.fromkeys(one.about["collection"] for one in views)
    ]
    theirs = result.articles.query("collection == 'press' and text != ''")
    return render(
        "report.html",
        result.cast,
        title=result.cast.title,
        result=result,
        plates=[_plate(chart, set(result.statements["statement_id"])) for chart in charts],
        matrices=_matrices(result),
        shelves=shelves,
        remarks=source.remarks,
        theirs=len(theirs),
        voiced=int((counted(result.statements)["kind"] != "narration").sum()),
    )


def _plate(chart: Chart, known: set[str]) -> Plate:
    light, *size = _picture(chart, dark=False)
    dark, *_ = _picture(chart, dark=True)
    shown = chart.table.head(ROWS)
    rows = tuple(
        tuple(_entry(name, value, known) for name, value in zip(shown.columns, row, strict=True))
        for row in shown.itertuples(index=False, name=None)
    )
    left_out = len(chart.table) - len(shown)
    about = (chart.name, chart.title, chart.alt, light, dark, *size)
    return Plate(*about, tuple(map(str, shown.columns)), rows, left_out)


def _picture(chart: Chart, dark: bool) -> tuple[str, int, int]:
    """A picture as an address that holds it, its width and height; WebP is half of PNG's size."""
    image = Image.open(io.BytesIO(chart.png(DPI, dark=dark)))
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "WEBP", lossless=True, quality=60, method=4)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return f"data:image/webp;base64,{data}", *(round(side * 96 / DPI) for side in image.size)


def _entry(name: str, value, known: set[str]) -> tuple[str, str]:
    if pd.isna(value):
        return "", ""
    if isinstance(value, float):
        return f"{value:.3f}".replace("-", "−"), ""
    return str(value), anchor(value) if name == _LINKED and value in known else ""


def _matrices(result: Result) -> list[Matrix]:
    cells = _cells(result)
    made = []
    source = source_of(result.articles, result.scores)
    for name in source.collections:
        frames = result.frames[result.frames["collection"] == name]
        targets = ordered(frames["target"], result.cast)
        rows = tuple(
            (group, tuple(cells.get((name, group, target)) for target in targets))
            for group in ordered(frames["holder"], result.cast)
        )
        made.append(Matrix(name, source.heading(name), tuple(targets), rows))
    return made


def _cells(result: Result) -> dict[tuple[str, str, str], Cell]:
    content = dict(
        zip(result.statements["statement_id"], result.statements["content"], strict=True)
    )
    keys = ["collection", "holder", "target_group"]
    rows = result.evidence.assign(holder=[holder(r) for r in result.evidence.to_dict("records")])
    # A statement that names two of a group is one statement there, as it is in the frames.
    means = rows.groupby([*keys, "statement_id"])["polarity"].mean()
    once = rows.drop_duplicates([*keys, "statement_id"])
    listed = {key: part.to_dict("records") for key, part in once.groupby(keys)}
    cells = {}
    shaky = fragile(result.frames).fillna(False)  # missing where it was not audited
    for frame, marked in zip(result.frames.itertuples(), shaky, strict=True):
        key = (frame.collection, frame.holder, frame.target)
        behind = tuple(
            _behind(row, content[row["statement_id"]], means[(*key, row["statement_id"])])
            for row in listed.get(key, [])
        )
        bounds = (frame.ci_low, frame.ci_high)
        interval = words.bounds(*bounds)
        name = f"c-{'.'.join(map(escaped, key))}"
        numbers = (int(frame.n_statements), frame.polarity, interval)
        signs = (untold(*bounds), clear(*bounds), bool(marked))
        cells[key] = Cell(name, frame.holder, frame.target, *numbers, *signs, behind)
    return cells


def _behind(row: dict, content: str, polarity: float) -> Behind:
    said = " ".join(content.split())
    return Behind(
        anchor=anchor(row["statement_id"]),
        content=said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…",
        place=f"characters {row['start']}–{row['end']}",
        speaker=row["speaker"],
        kind=row["kind"],
        polarity=polarity,
        article=row["title"],
        published=row["published"],
    )
