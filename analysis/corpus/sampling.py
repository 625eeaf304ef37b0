"""Sampling: statements in an order that is random, and stays so while a corpus grows.

Each statement has a permanent random number, made of its article's text and its place in it. In
their order the first n are a simple random sample of all, for any n, on every machine; articles
that are added later fall in between, and no number that was given changes (Ohlsson, "Coordination
of samples using permanent random numbers", in *Business Survey Methods*, 1995).
"""

from collections.abc import Collection
from hashlib import sha256
from itertools import takewhile

import pandas as pd

SALT = "stance"  # sets these numbers apart from any other use of the same hash


def in_random_order(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows of table `statements` in the order of their permanent random numbers."""
    texts = statements["article_id"].map(articles.set_index("article_id")["sha256"])
    places = zip(texts, statements["start"], statements["end"], strict=True)
    numbers = [sha256(f"{SALT} {text} {a} {b}".encode()).hexdigest() for text, a, b in places]
    return statements.assign(_number=numbers).sort_values("_number").drop(columns="_number")


def readers(
    articles: pd.DataFrame, statements: pd.DataFrame, decisions: pd.DataFrame
) -> dict[str, list[str]]:
    """Who has confirmed a statement, by its id: coders in alphabetical order.

    Parameters
    ----------
    articles, statements : tables of these names, the statements as the program alone has them
    decisions : as `corrections.read` gives them
    """
    done = decisions[decisions["field"] == "confirmed"]
    who: dict[tuple, set[str]] = {}
    for row in done.itertuples():
        key = (row.sha256, row.statement_start, row.statement_end)
        who.setdefault(key, set()).add(row.coder)
    texts = statements["article_id"].map(articles.set_index("article_id")["sha256"])
    keys = zip(texts, statements["start"], statements["end"], strict=True)
    found = zip(statements["statement_id"], keys, strict=True)
    return {name: sorted(who[key]) for name, key in found if key in who}


def drawn(
    articles: pd.DataFrame, statements: pd.DataFrame, read: Collection[str]
) -> tuple[list[str], int]:
    """Ids of the statements of a random sample that people have `read`, and of how many it is one.

    The sample is of all articles whose text is here: the first statements in random order, up to
    the first that nobody has read. What was read further on was chosen otherwise, and is in none.
    """
    here = articles.loc[articles["text"] != "", "article_id"]
    rows = in_random_order(statements[statements["article_id"].isin(here)], articles)
    return list(takewhile(lambda name: name in read, rows["statement_id"])), len(rows)
