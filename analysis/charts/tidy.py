"""Tables for people: rounded, named in words, and without the words of others' articles."""

import hashlib
from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown
from pandas.io.formats.style import Styler

from analysis.charts import words as w
from analysis.charts.fragile import fragile
from analysis.corpus.cast import Cast
from analysis.tables import NEUTRAL, counted

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
    "n_remarks": "Remarks",
    "polarity": "Polarity",
    "ci_low": "95% from",
    "ci_high": "95% to",
    "difference": "Narrator minus voice",
    "difference_low": "95% from ",  # a second pair of bounds; headings must differ
    "difference_high": "95% to ",
    "as_speech": "With narration scored as speech",
    "as_speech_low": "95% from  ",
    "as_speech_high": "95% to  ",
    "lean": "Lean",
    "confidence": "Confidence",
    "content": "Words said",
    "title": "Title",
    "article_id": "Article",
    "gold": "By the reader",
    "by_hand": "Mean by the reader",
    "second_reader": "Second reader",
    "predicted": "By the program",
    "found": "Found",
    "missed": "Missed",
    "invented": "Invented",
    "f1": "F1",
    "articles": "Articles",
    "agreement": "Right sign",
    "agreement_low": "… from",
    "agreement_high": "… to",
    "always_neutral": "“Neutral” every time",
    "macro_f1": "Macro-F1",
    "macro_f1_low": "…  from",  # the spaces set these headings apart from the share's
    "macro_f1_high": "…  to",
    "neutral_macro_f1": "Macro-F1 of “neutral”",
    "mean_absolute_error": "Mean error",
    "alpha": "Alpha",
    "raters": "Who with whom",
    "level": "Compared as",
    "field": "What",
    "same": "Same",
    "read": "Read by people",
    "rectified": "Rectified",
    "reading": "Reading",
    "fragile": "Fragile",
    "flips": "Names that flip it",
    "low": "Least",
    "high": "Greatest",
    "renamed": "Mentions renamed",
    "moved": "Farthest move",
}
SIGNED = (
    *("polarity", "by_hand", "second_reader", "rectified"),
    *("difference", "as_speech", "alpha", "low", "high"),
)
ENDS = tuple(f"{of}_{end}" for of in ("ci", "difference", "as_speech") for end in ("low", "high"))
SHARES = (
    *("share", "confidence", "agreement", "agreement_low", "agreement_high"),
    *("always_neutral", "same"),
)
MEASURES = (
    *("f1", "macro_f1", "macro_f1_low", "macro_f1_high", "neutral_macro_f1"),
    *("mean_absolute_error", "moved"),
)
#: Styles by which a table of a dozen columns is no wider than a notebook's page on paper.
_NARROW = [
    {"selector": "th.col_heading", "props": "white-space: normal; vertical-align: bottom"},
    {"selector": "th, td", "props": "padding: 0.25em 0.4em"},
    # Styler knows no media; what it takes for a property is a rule nested in the table's own.
    {"selector": "", "props": [("@media print { th, td { font-size", "6.5pt; padding: 0.2em } }")]},
]
WITHHELD = "press"  # the collection whose texts are their publishers'


def tidy(table: pd.DataFrame, cast: Cast) -> Styler | Markdown:
    """A table to show in a notebook: groups by name, numbers rounded, headings in words.

    The same table is the same HTML, so that a notebook run twice stays as it is. Of a table
    without rows there is a sentence that says so.
    """
    if table.empty:
        return Markdown("*There is nothing to show here.*")
    shown = table.copy()
    for column in ("holder", "target", "group", "voice"):
        if column in shown and not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = [w.capital(cast.group_name(value)) for value in shown[column]]
    if {"fragile", "ci_low"} <= set(shown):  # of frames; an audit tells of every sign
        shown["fragile"] = fragile(shown)
    if "lean" in shown:  # so short that the table keeps to one line a row
        shown["lean"] = shown["lean"].str.removesuffix(" to tell")
    for column in shown.columns[[pd.api.types.is_bool_dtype(shown[c]) for c in shown]]:
        shown[column] = shown[column].map({True: "yes", False: "no"})
    forms = {HEADINGS.get(c, c): _form(c) for c in shown if _form(c)}
    shown = shown.rename(columns=HEADINGS)
    mark = hashlib.sha256(shown.to_csv(index=False).encode()).hexdigest()[:8]
    styler = Styler(shown, uuid=mark, cell_ids=False)
    sides = [
        {"selector": f".col{i}", "props": f"text-align: {_side(shown[column])}"}
        for i, column in enumerate(shown)
    ]
    styler = styler.hide(axis="index").set_table_styles([*sides, *_NARROW])
    return styler.format(forms, na_rep="–", escape="html")  # an article's markup is text


def _side(column: pd.Series) -> str:
    """Numbers to the right, words to the left; only what is long may run over several lines."""
    if pd.api.types.is_numeric_dtype(column):
        return "right"
    long = column.astype(str).str.len().max() > 22
    return f"left; white-space: {'normal' if long else 'nowrap'}"


def _form(column: str):
    if column in ENDS:
        return w.end
    if column in SIGNED:
        return w.signed
    if column in SHARES:
        return w.percent
    if column in MEASURES:
        return "{:.2f}".format
    if column in ("words", "statements", "n_statements", "n_articles"):
        return "{:,}".format
    return None


def strongest(
    evidence: pd.DataFrame, statements: pd.DataFrame, targets: Iterable[str], most: int = 2
) -> pd.DataFrame:
    """The statements about each group furthest against it and furthest in favour, in words.

    Press articles are left out: their words may not be handed on. So is what counts as neutral.

    Parameters
    ----------
    targets : group ids
    most : int
        How many of each.

    Returns
    -------
    DataFrame
        target, polarity, published, speaker, content; by target, most against first.
    """
    picked = []
    for target in targets:
        own = evidence["target_group"] == target
        rows = evidence[own & (evidence["collection"] != WITHHELD)]
        rows = rows.sort_values(["polarity", "statement_id"], kind="stable")
        rows = rows.drop_duplicates("statement_id").assign(target=target)
        picked += [rows[rows["polarity"] < -NEUTRAL].head(most)]
        picked += [rows[rows["polarity"] > NEUTRAL].tail(most)]
    rows = pd.concat(picked) if picked else evidence.iloc[:0]
    return _in_words(rows, statements)[["target", "polarity", "published", "speaker", "content"]]


def doubtful(statements: pd.DataFrame, articles: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The quoted or reported statements of which the program is least sure, in words.

    Returns
    -------
    DataFrame
        confidence, published, kind, speaker, content; least sure first; without press articles.
    """
    rows = counted(statements).merge(
        articles[["article_id", "collection", "published"]], on="article_id"
    )
    rows = rows[(rows["kind"] != "narration") & (rows["collection"] != WITHHELD)]
    rows = rows.sort_values(["confidence", "statement_id"], kind="stable").head(most)
    shown = _in_words(rows.drop(columns="content"), statements)
    return shown[["confidence", "published", "kind", "speaker", "content"]]


def _in_words(rows: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    said = statements[["statement_id", "content"]]
    rows = rows.merge(said, on="statement_id", how="left", validate="many_to_one")
    return rows.assign(content=rows["content"].map(w.sentence))
