"""Press articles: their analysis is handed on without their words.

The texts are their publishers', so `press/` holds, beside the manifest, *dehydrated* tables of
statements, mentions and scores: offsets, labels and numbers. Whoever has the texts can put them
beside the tables and has everything; whoever has not can still count and chart.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from analysis import tables
from analysis.corpus.articles import read_csv, read_manifest, read_press
from analysis.corpus.formats import CorpusError

TABLES = ("statements", "mentions", "scores")
#: Columns that hold an article's words.
BLANK = {"statements": ["content", "source"], "mentions": ["surface"], "scores": []}
#: Columns in the pipeline's own words, which may still quote the article.
LABELS = {"statements": ["method", "resolution"], "mentions": ["how"], "scores": []}
ORDER = {
    "statements": ["article_id", "start", "statement_id"],
    "mentions": ["statement_id", "start", "mention_id"],
    "scores": ["mention_id", "model", "revision"],
}
#: What people corrected is kept in their own files, and put on again after reading.
APART = "corrected"
#: Columns that a file written by an earlier version may lack; their values are then missing.
LATER = ("act", "antecedent_start", "antecedent_end")
DIGITS = 6
QUOTED = re.compile(r"[\"“”‘'].*[\"“”’']")


def dehydrate(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    folder: str | Path,
) -> None:
    """Write the tables of the press articles that have text, without the text, into `folder`.

    Blank are the content, the source's words, cues of several words and the mentions' surfaces;
    speakers, which are names or labels such as "unnamed union official 1", stay. Rows of listed
    articles that have no text or no statements are kept as the files have them, and those of
    articles that the manifest no longer lists go. Unchanged results give unchanged bytes.

    Parameters
    ----------
    articles, statements, mentions, scores : tables of these names; other articles are passed over
    folder : the corpus's `press/`, with its manifest

    Raises
    ------
    TableError
        When a table lacks a column, or holds corrections: stored is what the method found.
    CorpusError
        When a file that is there already cannot be used; nothing has been written then.
    """
    folder = Path(folder)
    listed = set(read_manifest(folder)["article_id"])
    analysed = set(articles.loc[articles["text"] != "", "article_id"])
    fresh = listed & analysed & set(statements["article_id"])
    new = {"statements": statements, "mentions": mentions, "scores": scores}
    new = {name: tables.check(name, new[name]) for name in TABLES}
    if any((frame[APART] != "").any() for frame in new.values() if APART in frame):
        raise tables.TableError("the tables hold corrections; run without them before storing")
    new = {name: _dry(name, frame) for name, frame in new.items()}
    new = _only(new, fresh)
    old = _only(_read(folder), listed - fresh)
    _write(folder, {name: pd.concat([old[name], new[name]]) for name in TABLES})


def rehydrated(
    folder: str | Path, article_ids: Collection[str] | None = None
) -> dict[str, pd.DataFrame]:
    """The dehydrated tables of `article_ids`; by default of the articles without text.

    Returns
    -------
    dict of "statements", "mentions" and "scores" to the tables of these names, without rows where
    a file is missing

    Raises
    ------
    CorpusError
        When a file cannot be read, lacks a column, or holds a value of a wrong type.
    """
    if article_ids is None:
        found, _ = read_press(folder)
        article_ids = [article.article_id for article, _ in found if not article.text]
    return _only(_read(Path(folder)), set(article_ids))


def drop(folder: str | Path, article_id: str) -> None:
    """Take the rows of one article, whose text has changed, out of the dehydrated tables.

    Raises
    ------
    CorpusError
        As `rehydrated`.
    """
    folder = Path(folder)
    every = _read(folder)
    _write(folder, _only(every, set(every["statements"]["article_id"]) - {article_id}))


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.write_bytes(data)
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def to_csv(frame: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with the same line ends everywhere."""
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _dry(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame[list(tables.COLUMNS[name])].copy()  # further columns might hold words
    frame[BLANK[name]] = ""
    for column in LABELS[name]:
        frame[column] = frame[column].str.replace(QUOTED, "…", regex=True)
    if name == "statements":
        # One reporting verb, or a dash that stands for one, is nobody's property; a phrase may be.
        frame["cue"] = frame["cue"].str.strip()
        frame.loc[frame["cue"].str.contains(r"\s", regex=True), "cue"] = ""
    reals = [column for column, dtype in tables.COLUMNS[name].items() if dtype == tables.REAL]
    frame[reals] = frame[reals].round(DIGITS) + 0.0  # -0.0 becomes 0.0
    return frame


def _only(parts: dict[str, pd.DataFrame], article_ids: set[str]) -> dict[str, pd.DataFrame]:
    """The rows of some articles; a score belongs to a mention or to a whole statement."""
    statements, mentions, scores = (parts[name] for name in TABLES)
    statements = statements[statements["article_id"].isin(article_ids)]
    mentions = mentions[mentions["statement_id"].isin(statements["statement_id"])]
    scored = {*mentions["mention_id"], *statements["statement_id"]}
    scores = scores[scores["mention_id"].isin(scored)]
    frames = (frame.reset_index(drop=True) for frame in (statements, mentions, scores))
    return dict(zip(TABLES, frames, strict=True))


def _read(folder: Path) -> dict[str, pd.DataFrame]:
    parts = {}
    for name in TABLES:
        path, columns = folder / f"{name}.csv", tables.COLUMNS[name]
        if not path.exists():
            parts[name] = tables.build(name, [])
            continue
        rows = read_csv(path, [column for column in columns if column not in {APART, *LATER}])
        for column in {APART, *LATER}.intersection(columns).difference(rows):
            rows[column] = ""
        try:
            for column, dtype in columns.items():
                if dtype == tables.FLAG:
                    flags = {"True": True, "False": False, "": None}
                    rows[column] = [flags[value] for value in rows[column]]
                elif dtype != tables.TEXT:
                    rows[column] = pd.to_numeric(rows[column].replace("", None))
            parts[name] = tables.check(name, rows)
        except KeyError as error:
            raise CorpusError(f"{path}: {error} is neither True nor False; {_AGAIN}") from None
        except (ValueError, TypeError) as error:
            raise CorpusError(f"{path}: {error}; {_AGAIN}") from None
    return parts


def _write(folder: Path, parts: dict[str, pd.DataFrame]) -> None:
    for name, frame in parts.items():
        ordered = tables.check(name, frame).sort_values(ORDER[name], kind="stable")
        write_atomic(folder / f"{name}.csv", to_csv(ordered.drop(columns=APART, errors="ignore")))


_AGAIN = "restore the file, or delete it and run the analysis again with the texts in place"
