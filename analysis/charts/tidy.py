"""Tables for people: rounded, named in words, and without the words of others' articles."""

import hashlib

import pandas as pd
from pandas.io.formats.style import Styler

from analysis.charts import words as w
from analysis.corpus.cast import Cast

#: column -> heading. Columns that are not listed here stay under their own name.
HEADINGS = {
    "collection": "Texts",
    "outlet": "Outlet",
    "published": "Date",
    "holder": "Who speaks",
    "speaker": "Who speaks",
    "voice": "Who speaks",
    "group": "Group",
    "target": "About",
    "form": "Form",
    "kind": "Kind",
    "named": "Source named",
    "words": "Words",
    "share": "Share",
    "statements": "Statements",
    "n_statements": "Statements",
    "n_articles": "Articles",
    "polarity": "Polarity",
    "ci_low": "95% from",
    "ci_high": "95% to",
    "difference": "Narrator minus voice",
    "difference_low": "95% from ",  # a second pair of bounds; headings must differ
    "difference_high": "95% to ",
    "lean": "Lean",
    "content": "Words said",
}
SIGNED = ("polarity", "ci_low", "ci_high", "difference", "difference_low", "difference_high")
WITHHELD = "press"  # the collection whose texts are their publishers'


def tidy(table: pd.DataFrame, cast: Cast) -> Styler:
    """A table to show in a notebook: groups by name, numbers rounded, headings in words.

    The same table is the same HTML, so that a notebook run twice stays as it is.
    """
    shown = table.copy()
    for column in ("holder", "target", "group", "voice"):
        if column in shown:
            shown[column] = [w.capital(cast.group_name(value)) for value in shown[column]]
    if "named" in shown:
        shown["named"] = shown["named"].map({True: "yes", False: "no"})
    forms = {HEADINGS.get(c, c): _form(c) for c in shown if _form(c)}
    shown = shown.rename(columns=HEADINGS)
    mark = hashlib.sha256(shown.to_csv(index=False).encode()).hexdigest()[:8]
    styler = Styler(shown, uuid=mark, cell_ids=False)
    numbers = [column for column in shown if pd.api.types.is_numeric_dtype(shown[column])]
    text = [column for column in shown if column not in numbers]
    return (
        styler.hide(axis="index")
        .format(forms, na_rep="–")
        .set_properties(subset=text, **{"text-align": "left", "white-space": "normal"})
        .set_table_styles([{"selector": "th", "props": "text-align: left"}])
    )


def _form(column: str):
    if column in SIGNED:
        return w.signed
    if column == "share":
        return w.percent
    if column in ("words", "statements", "n_statements", "n_articles"):
        return "{:,}".format
    return None


def strongest(
    evidence: pd.DataFrame, statements: pd.DataFrame, target: str, most: int = 3
) -> pd.DataFrame:
    """The statements about a group that are furthest against it and furthest in favour, in words.

    Press articles are left out: their words may not be handed on.

    Parameters
    ----------
    target : str
        Group id.
    most : int
        How many of each.

    Returns
    -------
    DataFrame
        published, collection, speaker, polarity, content; most against first.
    """
    own = evidence["target_group"] == target
    rows = evidence[own & (evidence["collection"] != WITHHELD)]
    rows = rows.sort_values(["polarity", "statement_id"], kind="stable")
    rows = rows.drop_duplicates("statement_id")
    against, favour = rows[rows["polarity"] < 0], rows[rows["polarity"] > 0]
    rows = pd.concat([against.head(most), favour.tail(most)])
    said = statements[["statement_id", "content"]]
    rows = rows.merge(said, on="statement_id", how="left", validate="one_to_one")
    rows["content"] = rows["content"].str.strip().str.replace(r"\s+", " ", regex=True)
    return rows[["published", "collection", "speaker", "polarity", "content"]]
