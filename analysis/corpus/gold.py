"""Gold: who says what of whom, annotated by reading, and how far a run agrees with it.

The gold files hold offsets and labels but no text, and each row carries the SHA-256 of the text
that it was made on: an article whose text differs is reported, never measured.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.articles import read_csv
from analysis.tables import UNRESOLVED, counted, spans_from_text

STATEMENTS = [
    *("sha256", "article_id", "statement", "kind", "spans", "source_start", "source_end"),
    *("cue_start", "cue_end", "speaker", "group", "named", "note"),
]
POLARITY = ["sha256", "article_id", "statement", "target", "target_group", "polarity"]
NARRATION, NOBODY = "narration", "none"
RIGHT = ["speaker", "group", "kind", "named"]
COUNTS = [
    *("gold", "found", *RIGHT, "missed"),
    *("predicted", "invented", "on_none", "fragments", "apart"),
]
COMPARED, DIFFERS, ABSENT = "compared", "text differs", "no such article"


@dataclass(frozen=True)
class Gold:
    """Gold statements and polarities; their columns are `STATEMENTS` and `POLARITY`.

    `named` is a bool, `polarity` -1, 0 or 1.
    """

    statements: pd.DataFrame
    polarity: pd.DataFrame


def load_gold(folder: str | Path) -> Gold:
    """Read `statements.csv` and `polarity.csv` of a gold folder; empty where neither is there.

    Raises
    ------
    CorpusError
        When a file cannot be read as a CSV file or lacks a column, or only one is there.
    """
    files = Path(folder) / "statements.csv", Path(folder) / "polarity.csv"
    said, rated = (
        read_csv(file, columns)
        if any(map(Path.exists, files))
        else pd.DataFrame(columns=columns, dtype="str")
        for file, columns in zip(files, (STATEMENTS, POLARITY), strict=True)
    )
    said = said.astype({"statement": int}).assign(named=said["named"] == "true")
    return Gold(said, rated.astype({"statement": int, "polarity": int}))


def status(articles: pd.DataFrame, gold: Gold) -> dict[str, str]:
    """Gold article id -> `COMPARED`, `DIFFERS` (another SHA-256) or `ABSENT`."""
    here = dict(zip(articles["article_id"], articles["sha256"], strict=True))
    wanted = gold.statements.drop_duplicates("article_id")
    return {
        name: ABSENT if name not in here else COMPARED if here[name] == digest else DIFFERS
        for name, digest in zip(wanted["article_id"], wanted["sha256"], strict=True)
    }


def compared(articles: pd.DataFrame, gold: Gold) -> list[str]:
    """The gold's articles whose text is the one that was read."""
    return [name for name, state in status(articles, gold).items() if state == COMPARED]


def characters(spans: str) -> set[int]:
    """The offsets that pieces cover."""
    return {i for start, end in spans_from_text(spans) for i in range(start, end)}


def pair(predicted: pd.DataFrame, gold: pd.DataFrame) -> dict[Any, Any]:
    """Match one article's statements to its gold: row label of gold -> row label of predicted.

    A pair may match if the predicted pieces hold at least half of the gold pieces' characters.
    Matching is one to one and greedy: of all pairs that may match, the one with most characters in
    common first; of equals, the shorter predicted statement, then the earlier one. Narration,
    `NOBODY` and what is no speech (see `tables.counted`) do not take part.
    """
    theirs = {i: characters(spans) for i, spans in _spoken(predicted)["spans"].items()}
    ours = {i: characters(spans) for i, spans in _spoken(gold)["spans"].items()}
    common = {(g, p): len(ours[g] & theirs[p]) for g in ours for p in theirs}
    may = [key for key, n in common.items() if n and 2 * n >= len(ours[key[0]])]
    may.sort(key=lambda key: (-common[key], len(theirs[key[1]]), min(theirs[key[1]]), key[0]))
    pairs: dict[Any, Any] = {}
    for g, p in may:
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def details(articles: pd.DataFrame, statements: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    """One row per gold statement, and one per predicted statement that matches none.

    Returns
    -------
    DataFrame
        `article_id`, `gold` and `predicted` (row labels in the two tables, missing on one side);
        of matched ones, whether `speaker`, `group`, `kind` and `named` agree; of unmatched
        predicted ones, whether they lie `on_none`, words that are nobody's statement, or else on
        part of a gold statement (`fragments`).

    Notes
    -----
    Labels of unnamed speakers agree up to renumbering inside an article: of the label pairs that
    matched statements give, the most frequent are put together first, each label once, and two
    labels agree if they were put together. The words of a label ("union official") therefore play
    no part. An unnamed speaker agrees neither with a named nor with an unresolved one.
    """
    rows = []
    for name in compared(articles, gold):
        theirs = _spoken(statements[statements["article_id"] == name]).fillna({"named": False})
        ours = gold.statements[gold.statements["article_id"] == name]
        matched = pair(theirs, ours)
        labels = _labels(theirs, ours, matched)
        for g, one in _spoken(ours).iterrows():
            row = {"article_id": name, "gold": g}
            if g in matched:
                other = theirs.loc[matched[g]]
                known = one["speaker"] if one["named"] else labels.get(one["speaker"])
                row |= {"predicted": matched[g], "speaker": known == other["speaker"]}
                row |= {key: bool(one[key] == other[key]) for key in ("group", "kind", "named")}
            rows.append(row)
        nobody = _all(ours[ours["kind"] == NOBODY])
        for p in theirs.index.difference(list(matched.values())):
            mine = _all(theirs.loc[[p]])
            on_none = bool(mine & nobody)
            part = not on_none and bool(mine & _all(_spoken(ours)))
            row = {"article_id": name, "predicted": p, "on_none": on_none, "fragments": part}
            rows.append(row)
    columns = ["article_id", "gold", "predicted", *RIGHT, "on_none", "fragments"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def compare(articles: pd.DataFrame, statements: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    """How far the table `statements` agrees with the gold, by article and in `all`.

    Returns
    -------
    DataFrame
        `article_id`, `status` (see the function of that name), then counts of statements that are
        not narration: `gold`; `found`, see `pair`; of the found, those with the right `speaker`,
        `group`, `kind` and `named` (see `details`); `missed`; `predicted`; `invented`, those that
        match no gold statement, among them `on_none` and `fragments`; `apart`, thoughts,
        findings and headlines, which are neither found nor invented. Last `f1`,
        twice the
        characters that are in somebody's statement on both sides, over those on either; who
        speaks plays no part. Articles that are not compared have no counts and are not in `all`.
    """
    every, rows, total = details(articles, statements, gold), [], Counter()
    for name, state in status(articles, gold).items():
        row = {"article_id": name, "status": state}
        if state == COMPARED:
            mine = every[every["article_id"] == name]
            found = mine.dropna(subset=["gold", "predicted"])
            n = {key: int(mine[key].notna().sum()) for key in ("gold", "predicted")}
            n |= {key: sum(found[key]) for key in RIGHT} | {"found": len(found)}
            n |= {"missed": n["gold"] - len(found), "invented": n["predicted"] - len(found)}
            n |= {key: sum(mine[key].dropna()) for key in ("on_none", "fragments")}
            run = statements[statements["article_id"] == name]
            n |= {"apart": len(run) - len(_said(run))}
            sides = (gold.statements, statements)
            ours, theirs = (_all(_spoken(side[side["article_id"] == name])) for side in sides)
            n |= {"both": len(ours & theirs), "either": len(ours) + len(theirs)}
            total.update(n)
            row |= n
        rows.append(row)
    rows.append({"article_id": "all", "status": COMPARED, **dict.fromkeys(COUNTS, 0), **total})
    for row in (row for row in rows if row["status"] == COMPARED):
        row["f1"] = 2 * row["both"] / row["either"] if row.get("either") else float("nan")
    columns = ["article_id", "status", *COUNTS, "f1"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(COUNTS, "Int64"))


def _spoken(statements: pd.DataFrame) -> pd.DataFrame:
    said = _said(statements)
    return said[~said["kind"].isin([NARRATION, NOBODY])]


def _said(statements: pd.DataFrame) -> pd.DataFrame:
    """Speech and narration; the table of a run knows acts, the gold has nothing else."""
    return counted(statements) if "act" in statements else statements


def _all(statements: pd.DataFrame) -> set[int]:
    return set().union(*map(characters, statements["spans"]))


def _labels(theirs: pd.DataFrame, ours: pd.DataFrame, matched: dict) -> dict[str, str]:
    """Gold label -> predicted label of unnamed speakers, one to one; see `details`."""
    met = Counter(
        (ours.at[g, "speaker"], theirs.at[p, "speaker"])
        for g, p in sorted(matched.items())
        if not ours.at[g, "named"]
        if not theirs.at[p, "named"] and theirs.at[p, "group"] != UNRESOLVED
    )
    labels: dict[str, str] = {}
    for (one, other), _ in met.most_common():
        if one not in labels and other not in labels.values():
            labels[one] = other
    return labels
