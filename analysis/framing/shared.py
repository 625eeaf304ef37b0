"""Shared quotations: one speaker's words in several articles, and what each puts around them.

What is the same, and how the column `method` names it, is in `framing.matching`. Only statements of
one resolved and named speaker are ever joined. Who is quoted without a name is left out, since
nobody can tell whether two articles' "official" is one person.
"""

import re
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from analysis.framing.matching import (
    ALIKE,
    REPORTED,
    SHORTEST,
    Embed,
    embedded,
    same_meaning,
    same_text,
)
from analysis.framing.reporting import reported
from analysis.framing.wordshift import places, spoken, tokens
from analysis.tables import HEADLINE, UNRESOLVED

CUT = "[…]"  # where the quotation stood, in `around`
#: Words that a wording does not end with.
_LOOSE = frozenset("a an the and or but of to in on at by for with from that until as".split())
_QUOTED = re.compile("“[^”]*”")
COLUMNS = {
    "quotation": "Int64",  # 1, 2 ... in the order of their first appearance
    "speaker": "str",
    "group": "str",
    "words": "str",  # the longest wording that articles share, or the shortest; marked as there
    "method": "str",  # how this statement is tied to the others: text or meaning
    "statement_id": "str",
    "article_id": "str",
    "collection": "str",
    "outlet": "str",
    "published": "str",
    "kind": "str",
    "content": "str",  # as this article gives it
    "cue": "str",
    "verb": "str",
    "charge": "float64",
    "leaning": "float64",
    "around": "str",  # the narration directly before and after
    "narrator": "float64",  # its mean polarity toward the speaker's group; missing where none
}


def shared_quotations(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    evidence: pd.DataFrame,
    embed: Embed | None = None,
    alike: float = ALIKE,
) -> pd.DataFrame:
    """Every statement whose words stand in another article too, one row each.

    Parameters
    ----------
    statements, articles, evidence : DataFrame
        As the pipeline makes them; statements whose words are not at hand are passed over.
    embed : callable, optional
        Texts to unit vectors [n, d]; by default the base encoder's.
    alike : float
        Least cosine of two statements of one meaning; above 1, only text is matched.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, by quotation, then date and place. A statement that holds two
        quotations stands twice.
    """
    rows = _candidates(statements, articles)
    vectors = None
    if alike <= 1 and len(rows):
        once, place = np.unique(rows["text"].to_numpy(object), return_inverse=True)
        vectors = (embed or embedded)(once.tolist())[place]
    found = []
    for at in rows.groupby(["speaker", "group"]).indices.values():
        own = rows.iloc[at]
        words, where = [tokens(text) for text in own["text"]], own["article_id"].tolist()
        least = [REPORTED if kind == "indirect" else SHORTEST for kind in own["kind"]]
        quotations = same_text(words, where, least)
        if vectors is not None:
            quotations = same_meaning(quotations, words, vectors[at], alike)
        for members in quotations:
            part = own.iloc[sorted(members)]
            if part["article_id"].nunique() < 2:
                continue
            runs = [members[i] for i in sorted(members)]
            method = ["text" if run else "meaning" for run in runs]
            said = _wording(part["text"].tolist(), runs, part["kind"].tolist())
            found.append(part.assign(method=method, words=said))
    if not found:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    place = ["published", "article_id", "start"]
    firsts = [min(part[place].itertuples(index=False, name=None)) for part in found]
    order = sorted(range(len(found)), key=lambda i: (firsts[i], i))
    table = pd.concat(
        [found[i].assign(quotation=n) for n, i in enumerate(order, 1)], ignore_index=True
    )
    table = _framed(table, statements, evidence)
    table = table.sort_values(["quotation", "published", "article_id", "start"], kind="stable")
    return table[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def _candidates(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Speech of named speakers who are heard in two articles or more, with its words as `text`."""
    rows = reported(statements, articles)
    said = statements[["statement_id", "start", "end", "content", "spans", "named"]]
    rows = rows.merge(said, on="statement_id", validate="one_to_one")
    rows = rows.merge(articles[["article_id", "published"]], on="article_id", how="left")
    rows = rows[rows["named"].fillna(False).astype(bool) & (rows["group"] != UNRESOLVED)]
    said = [spoken(row) for row in rows.itertuples()]
    rows = rows.assign(text=pd.Series(said, index=rows.index, dtype="str"))
    rows = rows[rows["text"].str.strip() != ""]
    heard = rows.groupby(["speaker", "group"])["article_id"].transform("nunique")
    return rows[heard > 1].reset_index(drop=True)


def _wording(texts: list[str], runs: list[tuple[int, int] | None], kinds: list[str]) -> str:
    """The longest shared run as it stands in an article; without one, the shortest text.

    It is in quotation marks so far as that article quotes it, the one that quotes most of it: what
    stands outside them is the journalist's wording.
    """
    sizes = [run[1] - run[0] if run else 0 for run in runs]
    if not any(sizes):
        i = min(range(len(texts)), key=lambda i: len(texts[i]))
        return _marked(texts[i], 0, len(texts[i]), kinds[i] == "block")
    ways = []
    for text, run, kind, size in zip(texts, runs, kinds, sizes, strict=True):
        if size == max(sizes):
            (start, end), said, marks = run, tokens(text), places(text)
            while end > start + 1 and said[end - 1] in _LOOSE:
                end -= 1
            ways.append(_marked(text, marks[start][0], marks[end - 1][1], kind == "block"))
    return max(ways, key=lambda way: sum(map(len, _QUOTED.findall(way))))


def _marked(text: str, start: int, end: int, quoted: bool = False) -> str:
    """Words of a text with a pair of quotation marks around each stretch that is inside one there.

    `quoted` says that the text begins inside, as a block quotation, which has no marks.
    """
    pieces: list[tuple[bool, str]] = []
    for at, letter in enumerate(text[:end]):
        if letter in '“„”"':
            quoted = letter in "“„" or (letter == '"' and not quoted)
        elif at >= start:
            pieces.append((quoted, letter))
    runs = ((inside, "".join(c for _, c in own)) for inside, own in groupby(pieces, itemgetter(0)))
    said = (f"“{run.strip()}”" if inside and run.strip() else run for inside, run in runs)
    return " ".join("".join(said).split())


def _framed(table: pd.DataFrame, statements: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """With the narration directly before and after, and its polarity toward the speaker's group."""
    lines = statements[statements["act"] != HEADLINE]
    lines = lines.sort_values(["article_id", "start"], kind="stable").reset_index(drop=True)
    place = {name: i for i, name in enumerate(lines["statement_id"])}
    said = evidence[evidence["kind"] == "narration"]
    polarity = said.groupby(["statement_id", "target_group"])["polarity"].mean()
    around, narrator = [], []
    for row in table.itertuples():
        sides, scores = [], []
        for step in (-1, 1):
            at = place[row.statement_id] + step
            beside = lines.iloc[at] if 0 <= at < len(lines) else None
            told = (
                beside is not None
                and beside["article_id"] == row.article_id
                and beside["kind"] == "narration"
            )
            sides.append(" ".join(beside["content"].split()) if told else "")
            if told and (beside["statement_id"], row.group) in polarity.index:
                scores.append(polarity[beside["statement_id"], row.group])
        around.append(f"{sides[0]} {CUT} {sides[1]}".strip() if any(sides) else "")
        narrator.append(np.mean(scores) if scores else np.nan)
    return table.assign(around=around, narrator=narrator)
