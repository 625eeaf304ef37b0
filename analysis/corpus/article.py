"""One article, and how it is read from one file."""

from dataclasses import dataclass
from pathlib import Path

from analysis.corpus.formats import (
    KINDS,
    CorpusError,
    date_in,
    parse,
    read_bytes,
    sha256,
    slug,
)

LONGEST_TITLE = 100  # characters; a longer first line is taken for a paragraph


@dataclass(frozen=True)
class Article:
    """One article; the fields are the columns of the table `articles`.

    `text` is the untouched article, from which all offsets count: of a `.txt` or a Markdown file
    what follows the byte order mark, the front matter and the blank lines after it; of a saved web
    page its main text. Line ends stay as they are in the file; letters with accents are one
    character each (Unicode's NFC).
    """

    article_id: str
    collection: str
    outlet: str
    author: str
    published: str
    title: str
    url: str
    text: str
    sha256: str


def read_article(path: str | Path, collection: str | None = None) -> Article:
    """Read one article from a text, a Markdown file with or without front matter, or a web page.

    Front matter wins over `collection` (by default "articles"). Without front matter, the title is
    the first line if it is short, else the file's name, and the date is the one in that name.

    Raises
    ------
    CorpusError
        When the file cannot be read as an article: empty, blank, binary, not UTF-8, with front
        matter that is no YAML or holds a wrong date, or a web page without an article.
    """
    path = Path(path)
    try:
        text, about = parse(read_bytes(path), KINDS.get(path.suffix.lower(), "text"))
        article_id = slug(path.stem, keep_case=True)
        if not article_id:
            raise CorpusError("its name has no letters or digits; rename it")
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from None
    return Article(
        article_id=article_id,
        collection=about.get("collection") or collection or "articles",
        outlet=about.get("outlet", ""),
        author=about.get("author", ""),
        published=about.get("published") or date_in(path.stem),
        title=about.get("title") or _headline(text) or path.stem,
        url=about.get("url", ""),
        text=text,
        sha256=sha256(text),
    )


def _headline(text: str) -> str:
    """The first line of a text, if it is short and no sentence; else nothing."""
    first = text.strip().splitlines()[0].lstrip("#").strip()
    sentence = first.rstrip("\"'”’»)").endswith(".")
    return first if len(first) <= LONGEST_TITLE and not sentence else ""
