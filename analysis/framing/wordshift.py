"""Word shift: which words move two holders' polarity toward one target apart.

A generalised word shift (Gallagher, Frank, Mitchell, Schwartz, Reagan, Danforth and Dodds,
"Generalized word shift graphs", *EPJ Data Science* 10:4, 2021) takes the difference of two weighted
averages apart into one contribution a word. Here a holder's average is the **word-weighted mean
polarity** of what they say of the target: a statement counts as often as it has words, and what is
narrated is measured as what is said (`framing.ruler`). With p the
share of a holder's words that are w, s the score of w, which is the mean polarity of both holders'
statements over its uses, and m a holder's average, the difference is, exactly, ::

    m2 - m1  =  sum over w of (p2 - p1) * (s - reference)        the choice of words, one by one
              + (m2 - sum of p2 * s) - (m1 - sum of p1 * s)      the same words in other company

The first line is the paper's shift for scores that both texts share; the reference is half-way
between the two averages of scores, and changes no sum. The second is what is left when a word goes
with better polarity at one holder than at the other. It is one number here and not one a word,
since nearly every word, "the" included, would carry a small and equal part of it.

Scores of rare words are shrunken: s = (n * mean + K * middle) / (n + K), with n the statements that
hold the word and `middle` the word-weighted mean of all. A score says in what company a word
stands, not what it means: "said" in hostile statements is a hostile word here.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.framing.frames import holding_group, per_statement
from analysis.framing.intervals import Interval, ratio_interval
from analysis.framing.ruler import Gap
from analysis.tables import UNRESOLVED, spans_from_text

SHRINK = 2.0  # K: so many statements of middling polarity are added to each word
FEWEST = 3  # statements that a word must stand in to be shown
REMAINDER = "(all other words)"
COMPANY = "(the same words in other company)"
_COUNTS = dict.fromkeys(("uses_first", "uses_second", "n_statements"), "Int64")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: Words that hold sentences together, as `tokens` gives them; they count, but are not shown one by
#: one.
STOP = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been before
    being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
    don't down during each even every few for from further get gets got had hadn't has hasn't have
    haven't having he he'd he'll her here hers herself him himself his how i i'd i'll i'm i've if in
    into is isn't it its itself just let like me more most much must my myself no nor not now of off
    on once one only or other ought our ours ourselves out over own same she she'd she'll should
    shouldn't so some still such than that the their theirs them themselves then there these they
    they'd they'll they're they've this those through to too two under until up upon us very was
    wasn't we we'd we'll we're we've were weren't what when where which while who whom whose why
    will with within without won't would wouldn't yet you you'd you'll you're you've your yours
    yourself yourselves mr mrs ms
    """.split()
)


@dataclass(frozen=True)
class Shift:
    """What pulls two holders apart on one target.

    Parameters
    ----------
    collection, target, first, second : str
    table : DataFrame
        word, contribution, uses_first, uses_second, score, n_statements (that hold the word); the
        strongest contribution first, then `REMAINDER` and `COMPANY`. The contributions add up to
        `difference.estimate`.
    difference : Interval
        Word-weighted mean polarity of `second` minus that of `first`, clustered by article, with
        narration scored as speech is.
    clear : int
        The sign of the difference, where it is clear so and as the model scores narration; else 0.
    means : (float, float)
        The two means.
    words : (int, int)
        How many words each rests on.
    statements : (int, int)
        How many statements each rests on.
    unread : int
        Statements that had to be left out because their words are not here.
    """

    collection: str
    target: str
    first: str
    second: str
    table: pd.DataFrame
    difference: Interval
    clear: int
    means: tuple[float, float]
    words: tuple[int, int]
    statements: tuple[int, int]
    unread: int


def default_pair(evidence: pd.DataFrame, collection: str) -> tuple[str, str, str] | None:
    """(target, first, second): the group most spoken of, and the two that most speak of it.

    None where no group of the collection is spoken of by two; unresolved speakers are nobody.
    """
    rows = evidence[(evidence["collection"] == collection) & (evidence["group"] != UNRESOLVED)]
    rows = rows.assign(holder=holding_group(rows))
    counts = rows.groupby(["target_group", "holder"])["statement_id"].nunique()
    for target in counts.groupby("target_group").sum().sort_values(ascending=False).index:
        holders = counts[target].sort_values(ascending=False, kind="stable").index
        if len(holders) > 1:
            return target, holders[0], holders[1]
    return None


def word_shift(
    evidence: pd.DataFrame,
    statements: pd.DataFrame,
    collection: str,
    target: str,
    first: str,
    second: str,
    *,
    by: str = "group",
    hidden: Collection[str] = (),
    fewest: int = FEWEST,
    shown: int = 20,
) -> Shift | None:
    """Take apart how `second` differs from `first` in polarity toward the group `target`.

    Parameters
    ----------
    evidence, statements : DataFrame
        As `framing.frames.evidence` and the pipeline make them.
    by : {"group", "outlet"}
        Whether `first` and `second` are holding groups, or outlets, of which every statement
        counts, the quoted ones too.
    hidden : words
        Not shown one by one, such as the target's own names; stop words never are.
    fewest : int
        Statements that a word must stand in to be shown.
    shown : int
        At most so many words; all others are the remainder.

    Returns
    -------
    Shift, or None where one of the two has no words on the target.
    """
    rows = evidence[(evidence["collection"] == collection) & (evidence["target_group"] == target)]
    rows = rows.assign(holder=holding_group(rows) if by == "group" else rows["outlet"])
    rows = rows[rows["holder"].isin([first, second])]
    as_scored = per_statement(rows, ["holder"])
    rows = rows.assign(polarity=rows["level"])  # or a setting would part narrator and speakers
    rows = per_statement(rows, ["holder"])
    counts = spoken_words(statements[statements["statement_id"].isin(rows["statement_id"])])
    length = counts.groupby("statement_id")["uses"].sum()
    rows["words"] = rows["statement_id"].map(length).fillna(0)
    unread = int((rows["words"] == 0).sum())
    rows = rows[rows["words"] > 0]
    if set(rows["holder"]) != {first, second}:
        return None
    sides = [rows[rows["holder"] == holder] for holder in (first, second)]
    table = _choice(counts.merge(rows, on="statement_id", validate="many_to_one"), first, second)
    difference = _difference(*sides)
    as_scored = rows.drop(columns="polarity").merge(as_scored)
    scored = _difference(*(as_scored[as_scored["holder"] == who] for who in (first, second)))
    company = difference.estimate - table["contribution"].sum()
    off = STOP | {word.casefold() for word in hidden}
    named = ~table["word"].isin(off) & (table["n_statements"] >= fewest)
    named &= ~table["word"].str.fullmatch(r"\d+|\w")  # nor is a number a word, or an initial
    order = table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    best = [i for i in order if named[i]][:shown]
    rest = table.drop(best)[["contribution", "uses_first", "uses_second"]].sum()
    last = [{"word": REMAINDER, **rest}, {"word": COMPANY, "contribution": company}]
    return Shift(
        collection,
        target,
        first,
        second,
        pd.concat([table.loc[best], pd.DataFrame(last)], ignore_index=True).astype(_COUNTS),
        difference,
        clear=Gap(scored, difference).sign,
        means=tuple(float(np.average(own["polarity"], weights=own["words"])) for own in sides),
        words=tuple(int(own["words"].sum()) for own in sides),
        statements=tuple(len(own) for own in sides),
        unread=unread,
    )


def spoken_words(statements: pd.DataFrame) -> pd.DataFrame:
    """How often each word stands in the pieces of each statement: statement_id, word, uses."""
    found = []
    for row in statements.itertuples():
        for word, uses in Counter(tokens(spoken(row))).items():
            found.append((row.statement_id, word, uses))
    return pd.DataFrame(found, columns=["statement_id", "word", "uses"])


def tokens(text: str) -> list[str]:
    """Words in lower case, with straight apostrophes and without a possessive ending."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return [word.removesuffix("'s") for word in words]


def places(text: str) -> list[tuple[int, int]]:
    """Where each of `tokens` stands in the text."""
    return [match.span() for match in _WORD.finditer(text)]


def spoken(row) -> str:
    """The pieces of a statement that are the speaker's; empty where its words are not here."""
    pieces = spans_from_text(row.spans) or [(row.start, row.end)]
    return " ".join(row.content[start - row.start : end - row.start] for start, end in pieces)


def _choice(used: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """What the choice of each word contributes; `used` has a row for each word of a statement."""
    weighted = used.assign(sum=used["uses"] * used["polarity"])
    words = weighted.groupby("word").agg(
        uses=("uses", "sum"), sum=("sum", "sum"), n_statements=("statement_id", "nunique")
    )
    middle = words["sum"].sum() / words["uses"].sum()
    pull = SHRINK / (words["n_statements"] + SHRINK)
    score = words["sum"] / words["uses"] * (1 - pull) + middle * pull
    uses = used.pivot_table(index="word", columns="holder", values="uses", aggfunc="sum")
    uses = uses.reindex(index=words.index, columns=[first, second]).fillna(0).astype(int)
    shares = uses / uses.sum()
    reference = shares.mul(score, axis=0).sum().mean()
    moved = (shares[second] - shares[first]) * (score - reference)
    return pd.DataFrame(
        {
            "word": words.index.astype(str),
            "contribution": moved.to_numpy(),
            "uses_first": uses[first].to_numpy(),
            "uses_second": uses[second].to_numpy(),
            "score": score.to_numpy(),
            "n_statements": words["n_statements"].to_numpy(),
        }
    )


def _difference(first: pd.DataFrame, second: pd.DataFrame) -> Interval:
    """Word-weighted mean polarity of `second` minus that of `first`."""
    both = pd.concat([first.assign(side=0), second.assign(side=1)])
    both = both.assign(sum=both["polarity"] * both["words"])
    sums, counts = (
        both.pivot_table(index="article_id", columns="side", values=value, aggfunc="sum")
        .fillna(0.0)
        .to_numpy("float64")
        for value in ("sum", "words")
    )
    return ratio_interval(sums, counts, np.array([-1.0, 1.0]), (-2.0, 2.0))
