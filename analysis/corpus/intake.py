"""How articles get into the corpus: from files, from addresses, and from its list of sources.

One article that fails does not keep out the others. `shelf` says where they go.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tqdm import tqdm

from analysis.corpus.articles import read_csv
from analysis.corpus.fetch import Unreachable, Web, host_of
from analysis.corpus.formats import KINDS, CorpusError, date_in, iso_date, parse, read_bytes
from analysis.corpus.shelf import ABOUT, Result, Shelf
from analysis.corpus.webpage import FetchError

SOURCES = ["outlet", "published", "title", "url"]
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.I | re.S
)


def add(
    sources: Sequence[str],
    corpus: str | Path,
    *,
    outlet: str = "",
    published: str = "",
    title: str = "",
    author: str = "",
    url: str = "",
    web: Web | None = None,
) -> list[Result]:
    """Take articles into the corpus from files (text, Markdown, saved web pages) or addresses.

    What is given here about an article wins over what its file or page says, which wins over the
    date in the file's name. A text that is in the corpus already is not taken in again.

    Raises
    ------
    CorpusError
        When `published` is no date, several sources are to have one title or address, or the
        manifest cannot be used. Whatever is wrong with a single source is in its `Result`.
    """
    given = {"outlet": outlet, "author": author, "title": title, "url": url}
    given = {key: " ".join((value or "").split()) for key, value in given.items()}
    given["published"] = iso_date((published or "").strip())
    if len(sources) > 1 and (title or url):
        raise CorpusError("title and url are of one article; add the sources one at a time")
    shelf = Shelf(Path(corpus))
    web = web or Web()

    def take(source: str) -> Result:
        text, about, stem = _from_web(source, web) if SCHEME.match(source) else _from_file(source)
        about |= {key: value for key, value in given.items() if value}
        return shelf.put(source, text, about, stem)

    return [_attempt(source, take) for source in sources]


def fetch(
    corpus: str | Path, *, update: bool = False, progress: bool = True, web: Web | None = None
) -> list[Result]:
    """Download the articles of the corpus's `sources.csv` and manifest whose text is not at hand.

    A page that gives another text than the one that was analysed is not used, unless `update`:
    then its text takes the old one's place, and the old one's published tables are dropped. When
    two hosts, or the only one, cannot be reached and none has answered, there is taken to be no
    network: fetching stops, and the last result says so.

    Raises
    ------
    CorpusError
        When there is no `sources.csv`, or it or the manifest cannot be used.
    """
    corpus = Path(corpus)
    path = corpus / "sources.csv"
    if not path.exists():
        raise CorpusError(
            f"{path}: there is no such file; list in it what to fetch, under {','.join(SOURCES)}"
        )
    rows = read_csv(path, SOURCES).apply(lambda column: column.str.strip())
    shelf = Shelf(corpus)
    wanted = shelf.wanted(rows[rows["url"] != ""].to_dict("records"))
    web = web or Web()
    hosts = {host_of(row["url"]) for row in wanted} - {""}
    dead: set[str] = set()

    def take(url: str, row: dict[str, str]) -> Result:
        host = host_of(url)
        if host in dead:
            raise Unreachable(f"{host} cannot be reached; try again later")
        given = {key: row[key] for key in ABOUT if row.get(key)}
        given["published"] = iso_date(given.get("published", ""))
        try:
            text, about, stem = _from_web(url, web)
        except Unreachable:
            dead.add(host)
            raise
        about |= {key: value for key, value in given.items() if value}
        return shelf.put(url, text, about, stem, row.get("article_id", ""), update)

    results: list[Result] = []
    for row in tqdm(wanted, desc="fetch", unit="page", disable=None if progress else True):
        results.append(_attempt(row["url"], partial(take, row=row)))
        if dead and not web.reached and len(dead) >= min(2, len(hosts)):
            reason = (
                f"no network: {' and '.join(sorted(dead))} cannot be reached; {len(wanted)}"
                " article(s) are left to fetch, and what the corpus has is kept; try again with a"
                " network"
            )
            others = [result for result in results if host_of(result.source) not in dead]
            return [*others, Result(str(path), "failed", reason)]
    return results


def _from_file(source: str) -> tuple[str, dict[str, str], str]:
    """Text, what is known about it, and the name it came under."""
    path = Path(source)
    data = read_bytes(path)
    kind = "html" if HTML.match(data[:4096]) else KINDS.get(path.suffix.lower(), "text")
    text, about = parse(data, kind)
    about["published"] = about.get("published") or date_in(path.stem)
    return text, about, path.stem


def _from_web(url: str, web: Web) -> tuple[str, dict[str, str], str]:
    page = web.get(url)
    about = {key: getattr(page, key) for key in ABOUT}
    return page.text, about, urlsplit(url).path.rstrip("/").rpartition("/")[2] or host_of(url)


def _attempt(source: str, take: Callable[[str], Result]) -> Result:
    try:
        return take(source)
    except (CorpusError, FetchError) as error:
        return Result(source, "failed", str(error))
    except OSError as error:  # a full disk, a folder that may not be written
        return Result(source, "failed", f"cannot be kept ({error})")
