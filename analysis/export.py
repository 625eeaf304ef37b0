"""Export: the tables of a run as files, for a spreadsheet and for programs."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

#: A cell of a CSV that starts like this is run as a formula by spreadsheets (OWASP, *CSV
#: Injection*).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet would take for a formula.

    A spreadsheet shows the apostrophe or swallows it, but never runs what follows. Numbers stay
    numbers, negative ones too.
    """
    safe = frame.copy()
    for column in frame.columns[[not _is_number(frame[c]) for c in frame.columns]]:
        safe[column] = frame[column].map(_quoted)
    return safe


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column)  # true of flags, too


def _quoted(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv(frame: pd.DataFrame, float_format: str = "%.6g") -> str:
    """The table as CSV (RFC 4180) that is safe to open in a spreadsheet."""
    # Rows end as the RFC says; with a line feed alone, a lone carriage return in a cell would go
    # unquoted and break the row.
    return spreadsheet_safe(frame).to_csv(
        index=False, lineterminator="\r\n", float_format=float_format
    )


def write_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Write each table into `folder`, as ``NAME.csv`` and ``NAME.parquet``; returns the files.

    Parquet holds every cell as it is, with its type; in the CSV numbers are rounded to six digits,
    and `spreadsheet_safe` marks what looks like a formula.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in tables.items():
        for ending in ("csv", "parquet"):
            path = folder / f"{name}.{ending}"
            if ending == "csv":
                path.write_text(csv(frame), encoding="utf-8", newline="")
            else:
                frame.to_parquet(path, index=False)
            written.append(path)
    return written
