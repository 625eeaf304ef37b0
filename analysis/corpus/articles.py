"""Articles: all of a corpus folder, each either taken whole or refused with a reason.

A corpus folder holds articles as plain text, Markdown or saved web pages, either directly or in
its folder `articles/`, and in `press/` the articles whose text may not be handed on: a manifest
that everybody has, and texts that only some have. What comes out is the table `articles`.
"""

import difflib
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from analysis import tables
from analysis.corpus.article import Article, read_article
from analysis.corpus.formats import (
    KINDS,
    OTHER_DOCUMENTS,
    CorpusError,
    decode,
    iso_date,
    read_bytes,
    sha256,
    slug,
)

MANIFEST = [
    *("article_id", "outlet", "author", "published", "title", "url"),
    *("sha256", "characters", "words"),
]


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken into the corpus, and why, with the remedy."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def load_corpus(folder: str | Path) -> tuple[pd.DataFrame, list[Refusal]]:
    """Read every article of a corpus folder.

    Read are the `.txt`, `.md` and `.html` files of the folder itself and of its `articles/`, save
    a README and hidden files, and what `press/` lists. Articles come sorted by collection, date
    and id.

    Returns
    -------
    articles : the table `articles`; `text` is empty for press articles whose text is not at hand
    refused : the files that were left out

    Raises
    ------
    CorpusError
        When the folder is missing or holds nothing to read, or the manifest cannot be used.
    """
    folder = corpus_folder(folder)
    found: list[tuple[Article, Path]] = []
    refused: list[Refusal] = []
    for path in article_files(folder):
        try:
            found.append((read_article(path), path))
        except CorpusError as error:
            refused.append(Refusal(path, str(error).removeprefix(f"{path}: ")))
    press, refused_press = read_press(folder / "press")
    refused += refused_press
    found += press
    if not found and not refused:
        raise CorpusError(
            f"{folder}: holds no articles; put .txt, .md or .html files into it, or add one with"
            " `python -m analysis add FILE`"
        )
    kept: list[Article] = []
    by_id: dict[str, Path] = {}
    by_text: dict[str, Path] = {}
    for article, path in found:
        # Ids become file names, and some file systems do not tell a from A.
        if (other := by_id.get(article.article_id.casefold())) is not None:
            reason = f"has the same id, {article.article_id}, as {other}; rename one of them"
            refused.append(Refusal(path, reason))
        elif (other := by_text.get(article.sha256)) is not None:
            reason = f"holds the same text as {other}, which would count twice; delete one of them"
            refused.append(Refusal(path, reason))
        else:
            by_id[article.article_id.casefold()] = by_text[article.sha256] = path
            kept.append(article)
    kept.sort(key=lambda article: (article.collection, article.published, article.article_id))
    return tables.build("articles", [asdict(article) for article in kept]), refused


def corpus_folder(folder: str | Path) -> Path:
    """The folder of a corpus, if it is one.

    Raises
    ------
    CorpusError
        When there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CorpusError(
            f"{folder}: there is no such folder; make it and put your articles into it (.txt, .md"
            " or .html), or name another with --corpus"
        )
    return folder


def load_article(name: str, folder: str | Path) -> pd.DataFrame:
    """The table `articles` with one row: an article of the corpus by its id, or a file.

    Raises
    ------
    CorpusError
        When there is neither, or it cannot be read.
    """
    if Path(name).is_file():
        return tables.build("articles", [asdict(read_article(name))])
    articles, refused = load_corpus(folder)
    found = articles[articles["article_id"] == name]
    if found.empty:
        for refusal in refused:
            if refusal.path.stem == name:
                raise CorpusError(str(refusal))
        close = difflib.get_close_matches(name, articles["article_id"], 3, cutoff=0.3)
        raise CorpusError(
            f"{name}: is neither a file nor an article of {folder}"
            + (f"; did you mean {' or '.join(close)}?" if close else "")
        )
    return found.reset_index(drop=True)


def article_files(folder: Path) -> list[Path]:
    """The files of a corpus folder that are, or look like, articles."""
    paths = [*sorted(folder.glob("*")), *sorted((folder / "articles").glob("*"))]
    return [
        path
        for path in paths
        if path.suffix.lower() in {*KINDS, *OTHER_DOCUMENTS}
        and path.is_file()
        and not path.name.startswith(".")
        and path.stem.lower() != "readme"
    ]


def read_press(press: str | Path) -> tuple[list[tuple[Article, Path]], list[Refusal]]:
    """The articles that the manifest of `press/` lists, with their texts where these are at hand.

    A text counts as at hand only if it is the one that was analysed, by its SHA-256.

    Raises
    ------
    CorpusError
        When there is a manifest that cannot be used.
    """
    press = Path(press)
    found: list[tuple[Article, Path]] = []
    refused: list[Refusal] = []
    manifest, texts = press / "manifest.csv", press / "texts"
    listed = set()
    for row in read_manifest(press).to_dict("records"):
        name = row["article_id"]
        listed.add(f"{name}.txt")
        try:
            if name != slug(name, keep_case=True) or not name:
                raise CorpusError("is not a possible file name")
            published = iso_date(row["published"])
        except CorpusError as error:
            refused.append(Refusal(manifest, f"the row {name!r}: {error}; correct the row"))
            continue
        path, text = texts / f"{name}.txt", ""
        if path.is_file():
            try:
                text = decode(read_bytes(path))
                if sha256(text) != row["sha256"]:
                    raise CorpusError(
                        "is not the text that was analysed (its SHA-256 differs from the"
                        " manifest's), so the published tables are used in its place; put the"
                        " original text back, or delete this one"
                    )
            except CorpusError as error:
                refused.append(Refusal(path, str(error)))
                text = ""
        about = {key: row[key] for key in ("outlet", "author", "title", "url", "sha256")}
        about |= {"title": row["title"] or name, "published": published}
        found.append((Article(name, "press", text=text, **about), path if text else manifest))
    refused += [
        Refusal(path, "is not listed in manifest.csv; move it elsewhere and add it from there")
        for path in sorted(texts.glob("*.txt"))
        if path.name not in listed
    ]
    return found, refused


def read_manifest(press: str | Path) -> pd.DataFrame:
    """The manifest of `press/`, all of it as text; no rows where there is none.

    Raises
    ------
    CorpusError
        When the file cannot be read as a CSV file or lacks a column.
    """
    path = Path(press) / "manifest.csv"
    if not path.exists():
        return pd.DataFrame(columns=MANIFEST, dtype=str)
    return read_csv(path, MANIFEST).apply(lambda column: column.str.strip())


def read_csv(path: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV file that must have `columns`, every value as text, or a CorpusError."""
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # pandas' and the decoder's errors are ValueErrors
        raise CorpusError(f"{path}: cannot be read as a CSV file in UTF-8 ({error})") from None
    if missing := [column for column in columns if column not in rows]:
        raise CorpusError(
            f"{path}: lacks the column(s) {', '.join(missing)}; its first line must name"
            f" {','.join(columns)}, with commas between them"
        )
    return rows
