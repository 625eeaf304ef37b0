"""Decisions: what a coder may say of a statement, and what is wrong with a line that says more.

One decision is one field of one statement: a row of `COLUMNS`.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from analysis.tables import ACTS, KINDS

COLUMNS = [
    *("sha256", "article_id", "statement_start", "statement_end"),
    *("target", "field", "value", "coder", "time"),
]
#: What a value may be; None is any text. `confirmed` says that the coder is done with a statement.
VALUES: dict[str, tuple[str, ...] | None] = {
    "speaker": None,  # an actor or a group of the cast, Unresolved, or anybody else
    "group": None,  # of a speaker whom the cast does not know
    "kind": KINDS,
    "act": ACTS,
    "target": ("yes", "no"),  # whether the statement speaks of the target
    "polarity": ("against", "neutral", "favour"),  # toward the target
    "confirmed": ("yes",),
}
OF_TARGET = ("target", "polarity")
OF_VOICE = ("speaker", "group", "act")  # which narration, the outlet's own, has not
UNDO = "undo"
KEY = ["sha256", "statement_start", "statement_end", "target", "field"]
#: How a time is written, and the same as a pattern.
FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True)
class Decision:
    """What a coder says of one field of one statement; offsets are the statement's."""

    sha256: str  # of the article's text
    article_id: str
    start: int
    end: int
    field: str
    value: str
    target: str = ""


def fault_of(row: dict, coder: str) -> str:
    """What is wrong with a row of text values, or nothing."""
    start, end = row["statement_start"], row["statement_end"]
    field, value = row["field"], row["value"]
    if not re.fullmatch(r"[0-9a-f]{64}", row["sha256"]):
        return f"{row['sha256']!r} is no SHA-256"
    if not (re.fullmatch(r"\d{1,9}", start) and re.fullmatch(r"\d{1,9}", end)):
        return f"{start!r} to {end!r} are no offsets"
    if int(start) >= int(end):
        return f"the statement ends at {end}, before it starts at {start}"
    if row["coder"] != coder:
        return f"it is by {row['coder']!r}, in the file of {coder!r}"
    if not moment(row["time"]):
        return f"{row['time']!r} is no time such as 2015-01-08T09:30:00.000000Z"
    if field == UNDO:
        return "" if moment(value) else f"{value!r} is the time of no decision"
    if field not in VALUES:
        return f"{field!r} is none of the fields {', '.join(VALUES)}, {UNDO}"
    if bool(row["target"]) != (field in OF_TARGET):
        return f"{field} {'needs' if field in OF_TARGET else 'has no'} target"
    allowed = VALUES[field]
    if not value or (allowed and value not in allowed):
        return f"{field} cannot be {value!r}" + (f", only {', '.join(allowed)}" if allowed else "")
    return ""


def moment(time: str) -> datetime | None:
    """The time that is written so; None where it is no time, or no day has that number."""
    with suppress(ValueError):
        return datetime.strptime(time, FORM).replace(tzinfo=UTC) if TIME.fullmatch(time) else None
    return None


def among(rows: pd.DataFrame, others: pd.DataFrame, by: list[str]) -> pd.Series:
    """Whether a row has a partner in `others`, by the columns `by`."""
    keys = set(others[by].itertuples(index=False, name=None))
    found = [key in keys for key in rows[by].itertuples(index=False, name=None)]
    return pd.Series(found, index=rows.index, dtype=bool)
