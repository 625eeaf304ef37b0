"""A web page: what of it is the article, and what it tells about itself.

How a page is had is another matter: `fetch` downloads one, a saved one is a file.
"""

import logging
import re
from dataclasses import dataclass

from analysis.corpus.furniture import is_furniture

#: What some pages set beside the author's name.
_ADDRESS = re.compile(r"\s*[(<]?(?:\S+@\S+|(?<!\w)@\w+)")


class FetchError(ValueError):
    """A page cannot be had or holds no article; the message says why, and what to do."""


@dataclass(frozen=True)
class Page:
    """An article taken from a web page; what the page does not tell is empty."""

    text: str
    title: str = ""
    author: str = ""
    published: str = ""  # ISO date
    outlet: str = ""
    url: str = ""


def main_text(html: bytes | str, url: str = "") -> Page:
    """The article of a web page, without menus, advertising and comments (by trafilatura).

    Paragraphs are set apart by a blank line, as in the corpus's plain texts, and those of a block
    quotation begin with ">", as in Markdown. Whether the headline is part of the text depends on
    the page.

    Raises
    ------
    FetchError
        When the page holds no article, or trafilatura cannot be loaded.
    """
    try:  # imported here: it takes a second to load, and most runs meet no web page
        import trafilatura
    except ImportError as error:
        raise FetchError(
            f"web pages are read with trafilatura, which cannot be loaded ({one_line(error)});"
            " install the packages of requirements.txt"
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what fails is said below
    tree = trafilatura.load_html(html)
    places = [] if tree is None else tree.xpath("//meta/@content | //text()")
    sites = [] if tree is None else tree.xpath("//meta[@name='og:site_name']/@content")
    for author in [] if tree is None else tree.xpath("//meta[@name='author']"):
        author.set("content", _ADDRESS.sub("", author.get("content", "")))
    found = trafilatura.bare_extraction(
        html if tree is None else tree,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        # An extensive search would take any date in the page for the article's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = _article(found) if found else ""
    if not text:
        raise FetchError("no article text was found in the page; copy it into a .txt file instead")
    return Page(
        text=text,
        title=one_line(found.title),
        author=_as_printed(one_line(found.author), places),
        published=one_line(found.date),
        outlet=one_line(found.sitename or next(iter(sites), "") or found.hostname),
        url=url or one_line(found.url),
    )


def _article(found) -> str:
    """The paragraphs that trafilatura found, a block quotation's with ">", without furniture."""
    quoted = {
        one_line("".join(part.itertext()))
        for quote in (found.body.iter("quote") if found.body is not None else ())
        for part in (quote.findall("p") or [quote])
    }
    lines = [line for line in (found.text or "").strip().split("\n") if line.strip()]
    kept = [line for line in lines if not is_furniture(line)]
    shown = (f"> {line}" if one_line(line) in quoted else line for line in kept)
    return "\n\n".join(shown).encode("utf-8", "replace").decode("utf-8")


def _as_printed(authors: str, places: list[str]) -> str:
    """Names as a page has them, by what stands in it; trafilatura gives "M. Faro" as "M Faro"."""

    def restored(name: str) -> str:
        parts = r"[\s.]+".join(map(re.escape, name.split()))
        found = filter(None, map(re.compile(rf"\b{parts}\b").search, places))
        return next((one_line(match.group()) for match in found), name)

    return "; ".join(restored(name) for name in authors.split("; ") if name)


def one_line(value: object) -> str:
    """A value as text without line breaks; nothing where there is none."""
    return " ".join(str(value or "").split())
