"""Corrections: what people decided about statements, kept in `corpus/gold/<coder>.csv`.

One line is one decision on one field; lines are only ever appended. What was decided in one
stroke has one `time`, and is withdrawn by one more line, field `undo`, that names this time. Of one
coder the latest decision counts; what several hold together is in `verdicts`.
"""

import csv
import io
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from analysis.corpus.decisions import (
    COLUMNS,
    FORM,
    KEY,
    TIME,
    UNDO,
    Decision,
    among,
    fault_of,
    moment,
)
from analysis.corpus.formats import CorpusError
from analysis.export import FORMULA

#: Files of `gold/` with another layout, and names that Windows keeps for devices.
TAKEN = {"statements", "polarity", "polarity_second", "readme", "con", "prn", "aux", "nul"}
PATIENCE = 10  # seconds to wait for another notebook that writes
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TICK = timedelta(microseconds=1)


class CorrectionError(CorpusError):
    """A decision cannot be kept; the message says why, and that nothing of it was written."""


@dataclass(frozen=True)
class Coded:
    """The decisions that stand, columns `COLUMNS`, and the lines that could not be read."""

    decisions: pd.DataFrame
    problems: list[str]


def coder_file(corpus: str | Path, coder: str) -> Path:
    """The file of a coder.

    Raises
    ------
    CorrectionError
        When the name cannot be a coder's.
    """
    if not _NAME.fullmatch(coder) or coder in TAKEN:
        raise CorrectionError(
            f"{coder!r} cannot be a coder's name: it takes lower-case letters, digits and hyphens,"
            f" and is none of {', '.join(sorted(TAKEN))}"
        )
    return Path(corpus) / "gold" / f"{coder}.csv"


def append(corpus: str | Path, coder: str, decisions: Iterable[Decision]) -> str:
    """Write decisions made in one stroke; returns their time, by which `undo` knows them.

    They are on the disk when this returns. A lock keeps two notebooks from writing at once.

    Raises
    ------
    CorrectionError
        When a name or a value is not allowed, another program keeps the file locked, or the disk
        does not take the lines; the file is then as it was.
    """
    path = coder_file(corpus, coder)
    rows = [
        {
            **dict(zip(COLUMNS[:4], (d.sha256, d.article_id, d.start, d.end), strict=True)),
            **{"target": d.target, "field": d.field, "value": d.value, "coder": coder},
        }
        for d in decisions
    ]
    rows = [{name: " ".join(str(value).split()) for name, value in row.items()} for row in rows]
    for row in rows:
        if fault := fault_of(row | {"time": datetime.now(UTC).strftime(FORM)}, coder):
            raise CorrectionError(f"not kept: {fault}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{coder}.lock"), timeout=PATIENCE):
            return _write(path, rows)
    except Timeout:
        raise CorrectionError(f"not kept: another program has locked {path}; try again") from None
    except OSError as error:
        raise CorrectionError(f"not kept: {path} cannot be written ({error})") from error


def undo(corpus: str | Path, coder: str, decision: Decision, time: str) -> str:
    """Withdraw what the coder decided at `time` about the statement of `decision`."""
    about = (decision.sha256, decision.article_id, decision.start, decision.end)
    return append(corpus, coder, [Decision(*about, UNDO, time)])


def read(corpus: str | Path) -> Coded:
    """The decisions of all coders that stand: latest of each coder, without what was withdrawn.

    A line that was torn by a crash, or is wrong otherwise, is passed over and named in `problems`.
    """
    rows: list[dict] = []
    problems: list[str] = []
    for path in sorted((Path(corpus) / "gold").glob("*.csv")):
        if path.stem.casefold() in TAKEN:
            continue
        found, wrong = _read_file(path)
        rows += found
        problems += wrong
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame.astype({"statement_start": int, "statement_end": int})
    frame = frame.sort_values(["time", "coder"], kind="stable")
    frame = _without_undone(frame).drop_duplicates([*KEY, "coder"], keep="last")
    return Coded(frame.reset_index(drop=True), problems)


def _without_undone(frame: pd.DataFrame) -> pd.DataFrame:
    about = ["sha256", "statement_start", "statement_end", "coder", "time"]
    withdrawn = frame[frame["field"] == UNDO]
    gone = among(frame, withdrawn.assign(time=withdrawn["value"]), about)
    return frame[~gone & (frame["field"] != UNDO)]


def _read_file(path: Path) -> tuple[list[dict], list[str]]:
    """Line by line, so that a torn line with an open quotation mark swallows none of the next."""
    header = ",".join(COLUMNS)
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    first = lines[0].decode("utf-8", "replace").rstrip("\r")
    if not header.startswith(first):
        return [], [f"{path}: is no coder's file, and passed over: its first line is not {header}"]
    rows, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        text = line.decode("utf-8", "replace").rstrip("\r")
        if not text or text == header:
            continue
        try:
            cells = next(csv.reader([text], strict=True))
        except csv.Error:
            cells = []
        row = dict(zip(COLUMNS, map(_unmarked, cells), strict=False))
        broken = len(cells) != len(COLUMNS)
        if fault := "it is torn or incomplete" if broken else fault_of(row, path.stem):
            problems.append(f"{path}, line {number} is passed over: {fault}")
        else:
            rows.append(row)
    return rows, problems


def _write(path: Path, rows: list[dict]) -> str:
    """Append under the lock, and take back what a full disk has cut short."""
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 65536))
        tail = file.read().decode("utf-8", "replace")
        if size and not _is_coders(path):
            raise CorrectionError(f"not kept: {path} is there already, and is no coder's file")
        time = _later(tail)
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        if not size:
            writer.writeheader()
        elif not tail.endswith("\n"):  # a line was torn: leave it, and start on a fresh one
            text.write("\n")
        for row in rows:
            writer.writerow(
                {name: _marked(value) for name, value in (row | {"time": time}).items()}
            )
        data = memoryview(text.getvalue().encode("utf-8"))
        try:
            while data:
                data = data[file.write(data) :]
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.truncate(size)
            raise
    if not size:
        _sync_folder(path.parent)
    return time


def _is_coders(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return ",".join(COLUMNS).startswith(file.readline().rstrip("\r\n"))


def _later(tail: str) -> str:
    """Now, or just after the last time in the file: no two strokes of a coder share a time."""
    now = datetime.now(UTC)
    for time in filter(None, map(moment, TIME.findall(tail))):
        now = max(now, time + _TICK)
    return now.strftime(FORM)


def _sync_folder(folder: Path) -> None:
    """Make the new file's name last, too, where folders can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _marked(value: str) -> str:
    return f"'{value}" if value.startswith((*FORMULA, "'")) else value


def _unmarked(value: str) -> str:
    return value[1:] if value.startswith("'") else value
