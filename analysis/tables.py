"""The tables that flow from article to frame: their columns, types and checks.

Each stage of the pipeline takes some of these tables and returns one of them, as a pandas
DataFrame. Character offsets count from the start of the article's untouched text, end exclusive.
"""

from collections.abc import Iterable

import pandas as pd

TEXT, WHOLE, REAL, FLAG = "str", "Int64", "float64", "boolean"

#: table -> column -> pandas dtype. The order is the order in which tables are written.
COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "article_id": TEXT,  # file name without its ending
        "collection": TEXT,  # which body of texts it belongs to, e.g. chronicle or press
        "outlet": TEXT,
        "author": TEXT,
        "published": TEXT,  # ISO date
        "title": TEXT,
        "url": TEXT,
        "text": TEXT,  # empty where only the dehydrated tables are at hand
        "sha256": TEXT,  # of the text as UTF-8
    },
    "statements": {
        "statement_id": TEXT,
        "article_id": TEXT,
        "paragraph": WHOLE,  # 0, 1, 2 ... in the article
        "start": WHOLE,
        "end": WHOLE,
        "content": TEXT,  # text[start:end]
        "kind": TEXT,  # one of KINDS
        "act": TEXT,  # one of ACTS; of narration empty, or HEADLINE
        "spans": TEXT,  # the pieces that are the speaker's, "120-211;230-240"
        "words": WHOLE,  # number of words in the pieces
        "source": TEXT,
        "source_start": WHOLE,
        "source_end": WHOLE,
        "cue": TEXT,
        "cue_start": WHOLE,
        "cue_end": WHOLE,
        "speaker": TEXT,  # who it is, after resolution; the outlet for narration
        "group": TEXT,  # group id of the cast file, or NARRATOR, OTHERS, UNRESOLVED
        "named": FLAG,
        "antecedent_start": WHOLE,  # the words that resolved the speaker
        "antecedent_end": WHOLE,
        "method": TEXT,  # how the statement was found
        "resolution": TEXT,  # how its speaker was found, or why not
        "confidence": REAL,  # 0..1, the method's own, also where a person has corrected it
        "corrected": TEXT,  # what people have changed, "speaker;kind"
    },
    "mentions": {
        "mention_id": TEXT,
        "statement_id": TEXT,
        "target": TEXT,
        "target_group": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "surface": TEXT,  # text[start:end]
        "how": TEXT,  # name, office, title, description, collective, pronoun, first person, by hand
    },
    "scores": {
        "mention_id": TEXT,
        "model": TEXT,
        "revision": TEXT,
        "p_negative": REAL,  # probabilities, to four decimals: further ones hang on the machine
        "p_neutral": REAL,
        "p_positive": REAL,
        "polarity": REAL,  # p_positive - p_negative of these, in [-1, 1]; corrected, -1, 0 or 1
        "corrected": TEXT,  # what people have changed, "target;polarity"
    },
    "frames": {
        "collection": TEXT,
        "holder": TEXT,
        "target": TEXT,
        "n_statements": WHOLE,
        "n_articles": WHOLE,
        "polarity": REAL,
        "ci_low": REAL,  # missing where there are too few articles for an interval
        "ci_high": REAL,
    },
    "corrections": {
        "article_id": TEXT,
        "statement_id": TEXT,  # empty where the statement is not found
        "start": WHOLE,  # of the statement that was corrected
        "end": WHOLE,
        "target": TEXT,
        "field": TEXT,
        "machine": TEXT,  # what the method had
        "value": TEXT,  # what people hold; each one's, where they contradict one another
        "coders": TEXT,
        "status": TEXT,  # applied or as the machine has it, or why it is not applied
    },
}

#: A polarity no further from 0 than this counts as neutral.
NEUTRAL = 1 / 3
KINDS = ("direct", "indirect", "mixed", "block", "narration")
#: What is reported: words that were said, what somebody thinks, or what a poll or study found.
ACTS = (SPEECH, THOUGHT, FINDING) = ("speech", "thought", "finding")
#: Narration that is the article's own title.
HEADLINE = "headline"

#: Groups that no cast file needs to declare.
NARRATOR, OTHERS, UNRESOLVED = "narrator", "others", "unresolved"


class TableError(ValueError):
    """A table lacks a column or holds a value that its column does not allow."""


def build(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """Make table `name` from row dictionaries; columns that a row lacks are missing values."""
    columns = COLUMNS[name]
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return check(name, frame)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the types of table `name`, or say what is wrong with it.

    Extra columns are kept to the right of the declared ones.

    Raises
    ------
    TableError
        When a column is missing, a value cannot be of its column's type, or a kind or act is
        unknown.
    """
    columns = COLUMNS[name]
    missing = [column for column in columns if column not in frame]
    if missing:
        raise TableError(f"table {name!r} lacks the column(s) {', '.join(missing)}")
    try:
        typed = frame.astype(columns)
    except (TypeError, ValueError) as error:
        raise TableError(f"table {name!r}: {error}") from error
    text = [column for column, dtype in columns.items() if dtype == TEXT]
    typed[text] = typed[text].fillna("")
    if name == "statements":
        for column, known in (("kind", KINDS), ("act", (*ACTS, HEADLINE, ""))):
            if unknown := sorted(set(typed[column]) - set(known)):
                raise TableError(
                    f"table 'statements' has unknown {column}(s) {unknown}; known: {known}"
                )
    rest = [column for column in typed if column not in columns]
    return typed[[*columns, *rest]]


def counted(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements that frames and charts count: speech and narration.

    What somebody thinks, and what a poll found, nobody has said; nor is it the narrator's own word.
    A headline is, but it stands in the text of some files and not of others, so that narrators who
    had it could not be compared. All of them stay in the table, marked by `act`.
    """
    return statements[~statements["act"].isin([THOUGHT, FINDING, HEADLINE])]


def spans_to_text(spans: Iterable[tuple[int, int]]) -> str:
    """`[(120, 211), (230, 240)]` as `"120-211;230-240"`."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def spans_from_text(text: str) -> list[tuple[int, int]]:
    """The reverse of `spans_to_text`."""
    pairs = (piece.split("-") for piece in text.split(";") if piece)
    return [(int(start), int(end)) for start, end in pairs]
