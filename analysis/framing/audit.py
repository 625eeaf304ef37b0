"""The name audit: what a model says when whoever a text is about bears another name.

What is said of somebody should not depend on what they are called.  Each text is scored again with
its target renamed, to neutral names, to offices and to the cast's own names; a finding whose sign
does not survive is fragile, and one that names nobody is not tested.  How far a mean moves is told
apart from its sign: a mean close to zero flips for little, and a clear one can move far and keep
its sign.  (After the counterfactual tests of Prabhakaran, Hutchinson and
Mitchell, *Perturbation Sensitivity Analysis to Detect Unintended Model Biases*, EMNLP 2019.)

The model is a callback, from items to probabilities.  An item is anything with `text` and `spans`,
of which the first is scored, that `dataclasses.replace` can copy.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing.frames import CELL, by_group, evidence, per_statement

#: Names that no public figure is known by, of many origins; the first names are both his and hers,
#: so that no pronoun in the text gives them the lie.
NEUTRAL = (
    "Robin Miller", "Alex Novak", "Jordan Garcia", "Sam Okafor", "Chris Nguyen", "Kim Larsen",
    "Jamie Cohen", "Pat Kowalski", "Lee Hassan", "Terry Rossi", "Morgan Patel", "Dana Fischer",
)  # fmt: skip
OFFICES = (
    "the mayor", "the governor", "the senator", "the police commissioner", "the union president",
    "the chief executive",
)  # fmt: skip
OWN = "own"
_PRONOUN = re.compile(
    r"(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|themselves|it|its|itself|who|whom"
    r"|whose|i|me|my|mine|we|us|ours?|you|yours?)",
    re.IGNORECASE,
)
_P = ["p_negative", "p_neutral", "p_positive"]

Score = Callable[[Sequence[Any]], np.ndarray]


def names(own: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(kind, name) of every renaming; `own` are those of the cast."""
    kinds = {"neutral": NEUTRAL, "office": OFFICES, "cast": own}
    return [(kind, name) for kind, listed in kinds.items() for name in listed]


def renamed(item: Any, name: str) -> Any | None:
    """`item` with its target called `name`, pronouns left as they are; None if it is all pronouns.

    Where the item says what its target is called (`target`), that is changed, too.
    """
    text, moved, at, changed = "", {}, 0, False
    for start, end in sorted(set(item.spans)):
        if start < at:  # inside the one before, as the name in a title
            continue
        surface = item.text[start:end]
        word = surface
        if not _PRONOUN.fullmatch(surface):
            word, changed = _fitting(name, item.text[:start], surface), True
        text += item.text[at:start]
        moved[start, end] = (len(text), len(text) + len(word))
        text, at = text + word, end
    if not changed:
        return None
    first = next(
        (new for (a, b), new in moved.items() if a <= item.spans[0][0] < b), next(iter(moved))
    )
    others = [new for new in moved.values() if new != first]
    called = {"target": name} if getattr(item, "target", "") else {}
    return replace(item, text=text + item.text[at:], spans=(first, *others), **called)


def _fitting(name: str, before: str, surface: str) -> str:
    """An office as it begins a sentence; a possessive that is part of the mention is kept."""
    begins = not before.strip(" \"“‘'(") or re.search(r"[.!?:]\W*$", before)
    word = name[:1].upper() + name[1:] if begins else name
    return word + (re.search(r"(?:['’]s)?$", surface)).group()


def rescore(
    items: Mapping[str, Any],
    own: Sequence[str],
    score: Score,
    actors: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """What the model says of each item under each name.

    Parameters
    ----------
    items : mapping of id to item
    own : names of the cast
    score : callback, items -> probabilities [n, 3] of negative, neutral, positive
    actors : id -> who it is about; by default the words of the mention

    Returns
    -------
    DataFrame
        A row an item and name, the unchanged one (kind `OWN`) first: `item`, `actor`, `kind`,
        `name`, `p_negative`, `p_neutral`, `p_positive`, `polarity`, `verdict` (-1, 0 or 1).
        Items that name nobody are left out.
    """
    rows, asked = [], []
    for key, item in items.items():
        words = item.text[slice(*item.spans[0])]
        if renamed(item, NEUTRAL[0]) is None:
            continue
        actor = actors[key] if actors else words
        rows.append((key, actor, OWN, words))
        asked.append(item)
        for kind, name in names(own):
            rows.append((key, actor, kind, name))
            asked.append(renamed(item, name))
    said = np.asarray(score(asked)).reshape(-1, 3) if asked else np.zeros((0, 3))
    table = pd.DataFrame(rows, columns=["item", "actor", "kind", "name"])
    table[_P] = said
    return table.assign(polarity=said[:, 2] - said[:, 0], verdict=said.argmax(axis=1) - 1)


def by_kind(said: pd.DataFrame) -> pd.DataFrame:
    """For each kind of name: how far scores move, and how many verdicts flip.

    Returns
    -------
    DataFrame
        `kind`, `items`, `names`; `shift`, the mean change of polarity against the text unchanged,
        and `size` of the change, the mean of its absolute value; `flips`, the share of verdicts
        that differ from the text's own; `between`, the share that differ from the verdict most
        frequent among this kind's names for the same item.
    """
    rows = []
    for kind, some in _against_own(said).groupby("kind", sort=False):
        usual = some.groupby("item")["verdict"].transform(lambda v: v.mode().iloc[0])
        rows.append(
            {
                "kind": kind, "items": some["item"].nunique(), "names": some["name"].nunique(),
                "shift": some["shift"].mean(), "size": some["shift"].abs().mean(),
                "flips": some["flip"].mean(), "between": (some["verdict"] != usual).mean(),
            }
        )  # fmt: skip
    columns = ["kind", "items", "names", "shift", "size", "flips", "between"]
    return pd.DataFrame(rows, columns=columns)


def by_actor(said: pd.DataFrame) -> pd.DataFrame:
    """For each actor: how much better or worse they come off than a neutral name in their place.

    Returns
    -------
    DataFrame
        `actor`, `items`; `shift`, the mean polarity under their own name less that under neutral
        ones, negative where the name itself counts against them; `flips`, the share of items whose
        verdict is another than under most neutral names. Those with most items first.
    """
    own = said[said["kind"] == OWN].set_index("item")
    neutral = said[said["kind"] == "neutral"].groupby("item")
    usual = neutral["verdict"].agg(lambda v: v.mode().iloc[0])
    own["shift"] = own["polarity"] - neutral["polarity"].mean()
    own["flip"] = own["verdict"] != usual.reindex(own.index)
    table = own.groupby("actor").agg(
        items=("shift", "size"), shift=("shift", "mean"), flips=("flip", "mean")
    )
    return table.sort_values(["items", "shift"], ascending=[False, True]).reset_index()


def findings(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scores: pd.DataFrame,
    said: pd.DataFrame,
) -> pd.DataFrame:
    """The frames under every renaming of their targets.

    Parameters
    ----------
    articles, statements, mentions, scores : tables of these names
    said : as `rescore` gives it, its items mention ids; other mentions keep their score, and so
        do those whose polarity a person has corrected, which hangs on no model

    Returns
    -------
    DataFrame
        `collection, holder, target`, groups as in table `frames`; `n_statements`, `polarity` as
        scored; `renamed`, how many mentions bore another name; `low` and `high`, the least and the
        greatest under any other name, which the mean under the own name may lie outside of;
        `moved`, the farthest from that mean; `flips`, under how many names the sign is another;
        `fragile`, whether there is one. All from `low` on are missing where nothing was renamed.
    """

    def held(table: pd.DataFrame) -> pd.DataFrame:
        rows = evidence(articles, statements, mentions, table)
        return by_group(rows).assign(actor=rows["target"])

    def means(table: pd.DataFrame) -> pd.DataFrame:
        cells = per_statement(held(table), CELL).groupby(CELL)["polarity"]
        return cells.agg(n_statements="size", polarity="mean")

    found = means(scores)
    theirs = scores.loc[scores["corrected"].str.contains("polarity"), "mention_id"]
    said = said[~said["item"].isin(theirs)]
    asked = mentions.loc[mentions["mention_id"].isin(said["item"]), ["statement_id", "target"]]
    asked = asked.rename(columns={"target": "actor"}).merge(held(scores))
    renamed = asked.groupby(CELL).size().reindex(found.index, fill_value=0)
    other = []
    for _, some in said[said["kind"] != OWN].groupby(["kind", "name"], sort=False):
        table = scores.set_index("mention_id")
        table.update(some.set_index("item")[[*_P, "polarity"]])
        other.append(means(table.reset_index())["polarity"])
    every = pd.concat(other, axis=1) if other else found[["polarity"]]
    flips = every.mul(found["polarity"], axis=0).lt(0).sum(axis=1)
    tested = pd.DataFrame(
        {
            "low": every.min(axis=1),
            "high": every.max(axis=1),
            "moved": every.sub(found["polarity"], axis=0).abs().max(axis=1),
            "flips": flips.astype("Int64"),
            "fragile": (flips > 0).astype("boolean"),
        }
    ).mask(renamed == 0)
    return found.assign(renamed=renamed).join(tested).reset_index()


def _against_own(said: pd.DataFrame) -> pd.DataFrame:
    own = said[said["kind"] == OWN].set_index("item")
    other = said[said["kind"] != OWN]
    return other.assign(
        shift=other["polarity"] - other["item"].map(own["polarity"]),
        flip=other["verdict"] != other["item"].map(own["verdict"]),
    )
