"""Saving: the one place where a chart becomes files, four of them side by side."""

from pathlib import Path

from analysis.charts.chart import Chart


def save(chart: Chart, folder: str | Path) -> list[Path]:
    """Write ``NAME.png``, ``NAME.svg``, ``NAME.csv`` and ``NAME.alt.txt`` into `folder`.

    The folder is made if need be. The same chart gives the same bytes. The CSV is UTF-8 and holds
    what is drawn, numbers rounded to six decimals.

    Returns
    -------
    list of Path
        The four files.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    table = chart.table.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    contents = {
        ".png": chart.png(),
        ".svg": chart.svg(),
        ".csv": table.encode("utf-8"),
        ".alt.txt": f"{chart.alt}\n".encode(),
    }
    paths = []
    for ending, content in contents.items():
        path = folder / f"{chart.name}{ending}"
        path.write_bytes(content)
        paths.append(path)
    return paths
