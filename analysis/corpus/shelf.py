"""The shelf that new articles are put on: `press/` with its texts and its manifest.

What is put here stays private: the text goes into `press/texts/`, which git passes over, and the
manifest lists what it is, with its SHA-256.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

import pandas as pd

from analysis.corpus import press
from analysis.corpus.article import read_article
from analysis.corpus.articles import article_files, read_manifest, read_press
from analysis.corpus.formats import CorpusError, sha256, slug

ABOUT = ("outlet", "author", "published", "title", "url")
LONGEST_ID = 80  # characters


@dataclass(frozen=True)
class Result:
    """What became of one source.

    `status` is "added", "restored" (the text of an article that the manifest lists already),
    "updated", "unchanged" (it was there) or "failed".
    """

    source: str
    status: str
    message: str
    article_id: str = ""

    @property
    def ok(self) -> bool:
        return self.status != "failed"

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class Shelf:
    """A corpus folder as intake sees it: which texts and ids are there, and where new ones go.

    Raises
    ------
    CorpusError
        When the manifest cannot be used.
    """

    def __init__(self, corpus: Path) -> None:
        self.press = corpus / "press"
        self.manifest = read_manifest(self.press)
        self.present = {
            article.article_id for article, _ in read_press(self.press)[0] if article.text
        }
        self.elsewhere: dict[str, str] = {}  # texts of the other folders: SHA-256 -> id
        self.urls: set[str] = set()  # and their addresses
        for path in article_files(corpus):
            try:
                article = read_article(path)
            except CorpusError:  # said when the corpus is loaded
                continue
            self.elsewhere[article.sha256] = article.article_id
            self.urls.add(_same(article.url))

    def wanted(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """What to fetch: of `rows` and the manifest's, those without text; each address once."""
        listed = {_same(row["url"]): row for row in self.manifest.to_dict("records") if row["url"]}
        every = {_same(row["url"]): row for row in rows} | listed
        return [
            row
            for url, row in every.items()
            if url not in self.urls and row.get("article_id") not in self.present
        ]

    def put(
        self,
        source: str,
        text: str,
        about: dict[str, str],
        stem: str,
        article_id: str = "",
        update: bool = False,
    ) -> Result:
        """Keep a text, as `article_id`, which the manifest lists, or under an id of its own.

        Raises
        ------
        CorpusError
            When the text is not the one that the manifest has for `article_id`, and `update` does
            not say to replace it; or when its place is taken by a file that nobody listed.
        """
        digest = sha256(text)
        if digest in self.elsewhere:
            known = self.elsewhere[digest]
            return Result(source, "unchanged", f"is in the corpus already, as {known}", known)
        same = self.manifest.loc[self.manifest["sha256"] == digest, "article_id"]
        if len(same):
            known = same.iloc[0]
            if known in self.present:
                return Result(source, "unchanged", f"is in the corpus already, as {known}", known)
            self._write_text(known, text)
            return Result(source, "restored", f"its text now stands with {known}", known)
        if article_id and not update:
            raise CorpusError(
                f"gives another text than the one that was analysed as {article_id}: the page has"
                " changed, or its text was taken from it in another way; it is not used (--update"
                " takes the new text and drops the old one's published tables)"
            )
        if article_id:
            press.drop(self.press, article_id)
            self._write_text(article_id, text, replace=True)
            status, message = "updated", f"its text replaces the one of {article_id}"
        else:
            article_id = self._free_id(about, stem, text)
            self._write_text(article_id, text)
            status, message = "added", f"is now {article_id} ({len(text.split()):,} words)"
        row = {key: about.get(key, "") for key in ABOUT} | {
            "article_id": article_id,
            "sha256": digest,
            "characters": str(len(text)),
            "words": str(len(text.split())),
        }
        others = self.manifest[self.manifest["article_id"] != article_id]
        every = pd.concat([others, pd.DataFrame([row])]).fillna("").sort_values("article_id")
        press.write_atomic(self.press / "manifest.csv", press.to_csv(every))
        self.manifest = every  # not before it is written
        return Result(source, status, message, article_id)

    def _write_text(self, article_id: str, text: str, replace: bool = False) -> None:
        """Write the text before its row, so that a row never promises a text that was lost."""
        texts = self.press / "texts"
        path, data = texts / f"{article_id}.txt", text.encode("utf-8")
        if path.exists() and path.read_bytes() != data and not replace:
            raise CorpusError(f"{path} holds another text; move that file away and try again")
        if not (texts / ".gitignore").exists():  # also in a corpus outside this repository's
            press.write_atomic(texts / ".gitignore", b"*\n")
        press.write_atomic(path, data)
        self.present.add(article_id)

    def _free_id(self, about: dict[str, str], stem: str, text: str) -> str:
        """outlet-date-title; a file without a title gives its name, and what that lacks."""
        outlet, day = slug(about.get("outlet", "")), about.get("published", "")
        tail = slug(about.get("title", ""))
        parts = [outlet, day, tail]
        if not tail:
            tail = slug(stem) or "article"
            parts = [*(part for part in (outlet, day) if part not in tail), tail]
        name = "-".join(part for part in parts if part)
        if len(name) > LONGEST_ID:  # cut between words where there are any
            name = (name[: LONGEST_ID + 1].rpartition("-")[0] or name[:LONGEST_ID]).strip("-")
        taken = {name.casefold() for name in self.manifest["article_id"]}
        taken |= {name.casefold() for name in self.elsewhere.values()}
        number, candidate = 1, name
        while candidate.casefold() in taken or self._occupied(candidate, text):
            number += 1
            candidate = f"{name}-{number}"
        return candidate

    def _occupied(self, article_id: str, text: str) -> bool:
        path = self.press / "texts" / f"{article_id}.txt"
        return path.exists() and path.read_bytes() != text.encode("utf-8")


def _same(url: str) -> str:
    """An address in a form in which two spellings of it are equal."""
    return urldefrag(url)[0].rstrip("/").removeprefix("https://").removeprefix("http://")
