"""Gold: who says what of whom, annotated by hand, and how far a run agrees with it.

The gold files hold offsets and labels but no text, and each row carries the SHA-256 of the text
that it was made on: an article whose text differs is reported, never measured.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.articles import read_csv
from analysis.tables import spans_from_text

STATEMENTS = [
    *("sha256", "article_id", "statement", "kind", "spans", "source_start", "source_end"),
    *("cue_start", "cue_end", "speaker", "group", "named", "note"),
]
POLARITY = ["sha256", "article_id", "statement", "target", "target_group", "polarity"]
NARRATION, NOBODY = "narration", "none"
COUNTS = [
    *("gold", "found", "speaker", "group", "kind", "named", "missed"),
    *("predicted", "invented", "on_none", "fragments"),
]
COMPARED, DIFFERS, ABSENT = "compared", "text differs", "no such article"


@dataclass(frozen=True)
class Gold:
    """Gold statements and polarities; their columns are `STATEMENTS` and `POLARITY`.

    `spans` is a list of (start, end), `named` a bool, `polarity` -1, 0 or 1.
    """

    statements: pd.DataFrame
    polarity: pd.DataFrame


def load_gold(folder: str | Path) -> Gold:
    """Read `statements.csv` and `polarity.csv` of a gold folder.

    Raises
    ------
    CorpusError
        When a file cannot be read as a CSV file or lacks a column.
    """
    said = read_csv(Path(folder) / "statements.csv", STATEMENTS).astype({"statement": int})
    said["spans"] = said["spans"].map(spans_from_text)
    said["named"] = said["named"] == "true"
    rated = read_csv(Path(folder) / "polarity.csv", POLARITY)
    return Gold(said, rated.astype({"statement": int, "polarity": int}))


def status(articles: pd.DataFrame, gold: Gold) -> dict[str, str]:
    """Gold article id -> `COMPARED`, `DIFFERS` (another SHA-256) or `ABSENT`."""
    here = dict(zip(articles["article_id"], articles["sha256"], strict=True))
    wanted = gold.statements.drop_duplicates("article_id")
    return {
        name: ABSENT if name not in here else COMPARED if here[name] == digest else DIFFERS
        for name, digest in zip(wanted["article_id"], wanted["sha256"], strict=True)
    }


def pair(predicted: pd.DataFrame, gold: pd.DataFrame) -> list[tuple[Any, Any]]:
    """Match the statements of one article to the gold: (index of gold, index of predicted).

    A pair may match if the predicted pieces hold at least half of the gold pieces' characters.
    Matching is one to one and greedy: of all pairs that may match, the one with most characters in
    common first; of equals, the shorter predicted statement, then the earlier one. Narration and
    `NOBODY` do not take part.
    """
    spoken = predicted[predicted["kind"] != NARRATION]
    theirs = {i: _characters(_spans(text)) for i, text in spoken["spans"].items()}
    ours = {i: _characters(spans) for i, spans in _spoken(gold)["spans"].items()}
    common = {(g, p): len(ours[g] & theirs[p]) for g in ours for p in theirs}
    may = [key for key, n in common.items() if n and 2 * n >= len(ours[key[0]])]
    may.sort(key=lambda key: (-common[key], len(theirs[key[1]]), min(theirs[key[1]]), key[0]))
    pairs: dict[Any, Any] = {}
    for g, p in may:
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return sorted(pairs.items())


def details(articles: pd.DataFrame, statements: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    """One row per gold statement, and one per predicted statement that matches none.

    Returns
    -------
    DataFrame
        `article_id`, `gold` and `predicted` (row labels in the two tables, missing on one side),
        `speaker`, `group`, `kind`, `named` (whether these agree; missing where nothing is matched)
        and `on_none`, `fragment`: a statement that matches none lies on words that are nobody's
        statement, or else on part of a gold statement.

    Notes
    -----
    Labels of unnamed speakers count as equal up to renumbering inside an article: labels of the
    two sides that are paired most often are put together first, each once, and a pair of
    statements agrees if its two labels were put together. The words of a label ("union official")
    therefore play no part. An unnamed speaker never agrees with a named one.
    """
    rows = []
    for name in _names(articles, gold):
        theirs = statements[(statements["article_id"] == name) & (statements["kind"] != NARRATION)]
        ours = gold.statements[gold.statements["article_id"] == name]
        pairs = pair(theirs, ours)
        labels = _labels(theirs, ours, pairs)
        matched = dict(pairs)
        for g in _spoken(ours).index:
            row = {"article_id": name, "gold": g, "predicted": matched.get(g)}
            if g in matched:
                one, other = ours.loc[g], theirs.loc[matched[g]]
                row |= {key: one[key] == other[key] for key in ("group", "kind", "named")}
                known = one["speaker"] if one["named"] else labels.get(one["speaker"])
                row["speaker"] = bool(row["named"]) and known == other["speaker"]
            rows.append(row)
        nobody = _all(ours.loc[ours["kind"] == NOBODY, "spans"])
        somebody = _all(_spoken(ours)["spans"])
        for p in theirs.index.difference(list(matched.values())):
            mine = _characters(_spans(theirs.at[p, "spans"]))
            on_none = bool(mine & nobody)
            part = not on_none and bool(mine & somebody)
            row = {"article_id": name, "predicted": p, "on_none": on_none, "fragment": part}
            rows.append(row)
    columns = ["gold", "predicted", "speaker", "group", "kind", "named", "on_none", "fragment"]
    return pd.DataFrame(rows, columns=["article_id", *columns], dtype=object)


def compare(articles: pd.DataFrame, statements: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    """How far the statements agree with the gold, by article and in `all`.

    Parameters
    ----------
    articles, statements : tables of these names
    gold : as `load_gold` gives it

    Returns
    -------
    DataFrame
        `article_id`, `status` (see the function `status`), then counts of statements that are not
        narration: `gold`; `found`, see `pair`; of the found, those with the right `speaker`,
        `group`, `kind` and `named`; `missed`; `predicted`; `invented`, those that match no gold
        statement, among them `on_none` (on words that are nobody's statement) and `fragments` (on
        part of a gold statement that is matched by another, or by none). Last `precision`,
        `recall` and `f1` of the characters in anybody's statement, speakers aside. Counts of
        articles that are not compared are missing, and `all` leaves them out.
    """
    rows, total, overlap = [], Counter(), Counter()
    every = details(articles, statements, gold)
    for name, state in status(articles, gold).items():
        if state != COMPARED:
            rows.append({"article_id": name, "status": state})
            continue
        mine = every[every["article_id"] == name]
        found = mine[mine["gold"].notna() & mine["predicted"].notna()]
        right = {key: int(found[key].sum()) for key in ("speaker", "group", "kind", "named")}
        n_gold, n_said = int(mine["gold"].notna().sum()), int(mine["predicted"].notna().sum())
        counts = {"gold": n_gold, "found": len(found), **right, "missed": n_gold - len(found)}
        counts |= {"predicted": n_said, "invented": n_said - len(found)}
        counts["on_none"] = int((mine["on_none"] == True).sum())  # noqa: E712, missing is not True
        counts["fragments"] = int((mine["fragment"] == True).sum())  # noqa: E712
        said = statements[(statements["article_id"] == name) & (statements["kind"] != NARRATION)]
        theirs = _all(said["spans"].map(_spans))
        ours = _all(_spoken(gold.statements[gold.statements["article_id"] == name])["spans"])
        common = {"both": len(ours & theirs), "gold": len(ours), "predicted": len(theirs)}
        total.update(counts)
        overlap.update(common)
        rows.append({"article_id": name, "status": state, **counts, **_f1(common)})
    counts = {key: total[key] for key in COUNTS}
    rows.append({"article_id": "all", "status": COMPARED, **counts, **_f1(overlap)})
    columns = ["article_id", "status", *COUNTS, "precision", "recall", "f1"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(COUNTS, "Int64"))


def polarity_pairs(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    gold: Gold,
) -> pd.DataFrame:
    """One row per gold (statement, target), with the polarity predicted for it.

    It is the mean over the target's mentions: of a spoken statement, those in the predicted
    statement that `pair` matches to it; of narration, those that start within the gold sentence
    and that the run, too, holds for narration.

    Returns
    -------
    DataFrame
        Columns of `POLARITY` without `sha256`, then `voice` ("speakers" or "narration"), `kind`,
        `speaker`, `group`, `n_mentions` and `predicted`, missing where there is no mention.
    """
    scored = mentions.merge(scores[["mention_id", "polarity"]], on="mention_id")
    said = statements[["statement_id", "article_id", "kind"]]
    scored = scored.merge(said, on="statement_id", validate="many_to_one")
    ids, rows = statements["statement_id"], []
    for name in _names(articles, gold):
        ours = gold.statements[gold.statements["article_id"] == name]
        matched = dict(pair(statements[statements["article_id"] == name], ours))
        local = scored[scored["article_id"] == name]
        for g, one in ours.iterrows():
            if one["kind"] == NARRATION:
                inside = local["start"].isin(_characters(one["spans"]))
                about = local[inside & (local["kind"] == NARRATION)]
            else:
                about = local[local["statement_id"] == (ids[matched[g]] if g in matched else "")]
            rated = gold.polarity.query("article_id == @name and statement == @one.statement")
            for target in rated.to_dict("records"):
                toward = about.loc[about["target"] == target["target"], "polarity"]
                voice = NARRATION if one["kind"] == NARRATION else "speakers"
                row = {**target, "voice": voice, "n_mentions": len(toward)}
                row |= {key: one[key] for key in ("kind", "speaker", "group")}
                rows.append({**row, "predicted": toward.mean() if len(toward) else float("nan")})
    columns = [*POLARITY[1:], "voice", "kind", "speaker", "group", "n_mentions", "predicted"]
    return pd.DataFrame(rows, columns=columns)


def compare_polarity(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    gold: Gold,
    neutral: float = 1 / 3,
) -> pd.DataFrame:
    """How far polarities agree with the gold, for `speakers`, `narration` and `all`.

    Parameters
    ----------
    articles, statements, mentions, scores : tables of these names
    gold : as `load_gold` gives it
    neutral : a predicted polarity from -neutral to +neutral counts as 0

    Returns
    -------
    DataFrame
        `voice`; `gold`, the number of gold (statement, target) pairs in articles that could be
        compared; `n`, those of them for which something was predicted. Over these: `agreement`,
        the share with the right sign; `macro_f1` over the signs that occur on either side;
        `mean_absolute_error` of the unrounded polarity.
    """
    every = polarity_pairs(articles, statements, mentions, scores, gold)
    rows = []
    for voice in ("speakers", NARRATION, "all"):
        some = every if voice == "all" else every[every["voice"] == voice]
        met = some.dropna(subset="predicted")
        sign = (met["predicted"] > neutral).astype(int) - (met["predicted"] < -neutral).astype(int)
        row = {"voice": voice, "gold": len(some), "n": len(met)}
        if len(met):
            row["agreement"] = (sign == met["polarity"]).mean()
            row["macro_f1"] = _macro_f1(met["polarity"], sign)
            row["mean_absolute_error"] = (met["predicted"] - met["polarity"]).abs().mean()
        rows.append(row)
    columns = ["voice", "gold", "n", "agreement", "macro_f1", "mean_absolute_error"]
    return pd.DataFrame(rows, columns=columns)


def report(result: Any, folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`compare` and `compare_polarity` of a run with the gold in `folder`.

    `result` has the tables `articles`, `statements`, `mentions` and `scores` as attributes.
    """
    gold, run = load_gold(folder), (result.articles, result.statements)
    return compare(*run, gold), compare_polarity(*run, result.mentions, result.scores, gold)


def _spans(spans: Any) -> list[tuple[int, int]]:
    return spans_from_text(spans) if isinstance(spans, str) else spans


def _characters(spans: list[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _all(column: pd.Series) -> set[int]:
    return set().union(*map(_characters, column))


def _spoken(gold: pd.DataFrame) -> pd.DataFrame:
    return gold[~gold["kind"].isin([NARRATION, NOBODY])]


def _names(articles: pd.DataFrame, gold: Gold) -> list[str]:
    return [name for name, state in status(articles, gold).items() if state == COMPARED]


def _labels(theirs: pd.DataFrame, ours: pd.DataFrame, pairs: list) -> dict[str, str]:
    """Gold label -> predicted label of unnamed speakers, a bijection; see `details`."""
    met = Counter(
        (ours.at[g, "speaker"], theirs.at[p, "speaker"])
        for g, p in pairs
        if not ours.at[g, "named"] and not theirs.at[p, "named"]
    )
    labels: dict[str, str] = {}
    for (one, other), _ in met.most_common():
        if one not in labels and other not in labels.values():
            labels[one] = other
    return labels


def _f1(n: dict[str, int]) -> dict[str, float]:
    """Of nothing against nothing everything is right."""
    precision = n["both"] / n["predicted"] if n["predicted"] else float(not n["gold"])
    recall = n["both"] / n["gold"] if n["gold"] else float(not n["predicted"])
    score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": score}


def _macro_f1(gold: pd.Series, predicted: pd.Series) -> float:
    signs = sorted({*gold, *predicted})
    scores = [
        2 * ((gold == s) & (predicted == s)).sum() / ((gold == s).sum() + (predicted == s).sum())
        for s in signs
    ]
    return float(sum(scores) / len(scores))
