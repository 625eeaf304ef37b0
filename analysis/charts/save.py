"""Saving: the one place where a chart becomes files, six of them side by side."""

from pathlib import Path

from analysis.charts.chart import Chart
from analysis.export import spreadsheet_safe


def save(chart: Chart, folder: str | Path) -> list[Path]:
    """Write a chart's pictures on light and dark paper, its table and its words into `folder`.

    The files are ``NAME.png``, ``NAME.svg``, ``NAME-dark.png``, ``NAME-dark.svg``, ``NAME.csv``
    and ``NAME.alt.txt``. The folder is made if need be. The same chart gives the same bytes. The
    CSV is UTF-8 and holds what is drawn, numbers rounded to six decimals; no cell of it is a
    formula to a spreadsheet.

    Returns
    -------
    list of Path
        The six files.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    safe = spreadsheet_safe(chart.table)  # it may hold words of articles
    table = safe.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    contents = {
        ".png": chart.png(),
        ".svg": chart.svg(),
        "-dark.png": chart.png(dark=True),
        "-dark.svg": chart.svg(dark=True),
        ".csv": table.encode("utf-8"),
        ".alt.txt": f"{chart.alt}\n".encode(),
    }
    paths = []
    for ending, content in contents.items():
        path = folder / f"{chart.name}{ending}"
        path.write_bytes(content)
        paths.append(path)
    return paths
