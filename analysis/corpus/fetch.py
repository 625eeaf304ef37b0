"""A web page: how it is downloaded, and what of it is the article.

Nothing here knows the corpus; `intake` decides what becomes of a page.
"""

import http.client
import logging
import re
import ssl
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from analysis.corpus.furniture import is_furniture

AGENT = "analysis/0.1 (news research; reads single articles; keeps to robots.txt)"
REMEDY = "save the page in a browser and add the saved file"
#: A page with fewer words is a consent form or a paywall far more often than an article.
FEWEST_WORDS = 50
GZIP = b"\x1f\x8b"
#: What some pages set beside the author's name.
_ADDRESS = re.compile(r"\s*[(<]?(?:\S+@\S+|(?<!\w)@\w+)")


class FetchError(ValueError):
    """A page cannot be had or holds no article; the message says why, and what to do."""


class Unreachable(FetchError):
    """The page's host was not reached at all, as when there is no network."""


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
            f"web pages are read with trafilatura, which cannot be loaded ({_line(error)});"
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
        title=_line(found.title),
        author=_as_printed(_line(found.author), places),
        published=_line(found.date),
        outlet=_line(found.sitename or next(iter(sites), "") or found.hostname),
        url=url or _line(found.url),
    )


def _article(found) -> str:
    """The paragraphs that trafilatura found, a block quotation's with ">", without furniture."""
    quoted = {
        _line("".join(part.itertext()))
        for quote in (found.body.iter("quote") if found.body is not None else ())
        for part in (quote.findall("p") or [quote])
    }
    lines = [line for line in (found.text or "").strip().split("\n") if line.strip()]
    kept = [line for line in lines if not is_furniture(line)]
    shown = (f"> {line}" if _line(line) in quoted else line for line in kept)
    return "\n\n".join(shown).encode("utf-8", "replace").decode("utf-8")


def _as_printed(authors: str, places: list[str]) -> str:
    """Names as a page has them, by what stands in it; trafilatura gives "M. Faro" as "M Faro"."""

    def restored(name: str) -> str:
        parts = r"[\s.]+".join(map(re.escape, name.split()))
        found = filter(None, map(re.compile(rf"\b{parts}\b").search, places))
        return next((_line(match.group()) for match in found), name)

    return "; ".join(restored(name) for name in authors.split("; ") if name)


@dataclass
class Web:
    """Downloads pages one at a time and politely.

    Parameters
    ----------
    timeout : seconds that one page may take in all
    limit : bytes that one page may have
    pause : seconds between two requests to one host; a longer Crawl-delay is kept to
    reached : hosts that have answered so far, with a page or with an error
    """

    timeout: float = 30.0
    limit: int = 10_000_000
    pause: float = 1.0
    reached: set[str] = field(default_factory=set)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict, repr=False)
    _last: dict[str, float] = field(default_factory=dict, repr=False)

    def get(self, url: str) -> Page:
        """Download a page and take its article; plain text is taken as it is.

        Raises
        ------
        Unreachable
            When the host's name is not known, or nothing answers there.
        FetchError
            When the address is not http or https, the site's robots.txt forbids the page, or the
            answer is an error, too large, too slow, no text, or hardly any text.
        """
        if not host_of(url) or urlsplit(url).scheme.lower() not in ("http", "https"):
            raise FetchError("only addresses that begin with http:// or https:// can be read")
        robots = self._rules(url)
        if not robots.can_fetch(AGENT, url):
            raise FetchError(f"the site's robots.txt does not allow it to be fetched; {REMEDY}")
        body, kind, final = self._download(url, robots.crawl_delay(AGENT) or 0)
        if urlsplit(final).path.strip("/") == "" and urlsplit(url).path.strip("/"):
            raise FetchError(f"leads to the site's front page ({final}); the article is gone")
        if kind == "text/plain":
            try:
                page = Page(text=body.decode("utf-8").lstrip("\ufeff"), url=url)
            except UnicodeDecodeError:
                raise FetchError("is plain text, but not UTF-8; save it as UTF-8") from None
        elif kind in ("text/html", "application/xhtml+xml", ""):
            page = main_text(body, url)
        else:
            raise FetchError(f"is {kind}, not a web page")
        words = len(page.text.split())
        if words < FEWEST_WORDS:
            raise FetchError(
                f"only {words} words of text were found, so it is probably a paywall or a consent"
                f" form; {REMEDY}"
            )
        return page

    def _rules(self, url: str) -> RobotFileParser:
        """The site's robots.txt, read as RFC 9309 (section 2.3.1) has it."""
        origin = f"{urlsplit(url).scheme}://{host_of(url)}"
        if origin not in self._robots:
            rules = RobotFileParser()
            try:
                body, _, _ = self._download(f"{origin}/robots.txt")
                rules.parse(body.decode("utf-8", "replace").splitlines())
            except Unreachable:
                raise
            except FetchError as error:
                cause = error.__cause__
                if not isinstance(cause, urllib.error.HTTPError) or cause.code >= 500:
                    reason = f"the site's robots.txt cannot be read: {error}; {REMEDY}"
                    raise FetchError(reason) from error
                rules.allow_all = True  # there are no rules
            self._robots[origin] = rules
        return self._robots[origin]

    def _download(self, url: str, delay: float = 0) -> tuple[bytes, str, str]:
        """Body, content type and final address; every way to fail is a FetchError."""
        host = host_of(url)
        ready = self._last.get(host, float("-inf")) + max(self.pause, min(delay, self.timeout))
        time.sleep(max(0.0, ready - time.monotonic()))
        end = time.monotonic() + self.timeout
        try:
            request = urllib.request.Request(_ascii(url), headers={"User-Agent": AGENT})
            with urllib.request.build_opener(_HttpOnly).open(request, timeout=self.timeout) as got:
                self.reached.add(host)
                body = self._read(got, end)
                kind = got.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return body, kind, got.url
        except FetchError:
            raise
        except urllib.error.HTTPError as error:
            error.close()
            self.reached.add(host)
            raise FetchError(f"the site answers {error.code} {_line(error.reason)}") from error
        except urllib.error.URLError as error:
            reason = error.reason
            if isinstance(reason, OSError) and not isinstance(reason, ssl.SSLError):
                raise Unreachable(f"{host} cannot be reached ({_line(reason)})") from error
            raise FetchError(f"cannot be fetched ({_line(reason)})") from error
        except TimeoutError as error:
            raise FetchError(self._slow()) from error
        except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
            raise FetchError(
                f"cannot be fetched ({type(error).__name__}: {_line(error)})"
            ) from error
        finally:
            self._last[host] = time.monotonic()

    def _read(self, answer: http.client.HTTPResponse, end: float) -> bytes:
        large = f"is larger than {self.limit:,} bytes, so not an article"
        body = bytearray()
        while piece := answer.read1(65536):  # returns what has come, so that drips meet the limit
            body += piece
            if len(body) > self.limit:
                raise FetchError(large)
            if time.monotonic() > end:
                raise FetchError(self._slow())
        if answer.length:  # bytes that were announced and never came
            raise FetchError("the connection broke off before the page was complete; try again")
        if body[:2] == GZIP:  # some sites compress without being asked
            body = zlib.decompressobj(wbits=31).decompress(bytes(body), self.limit + 1)
            if len(body) > self.limit:
                raise FetchError(large)
        return bytes(body)

    def _slow(self) -> str:
        return f"the site took longer than {self.timeout:g} seconds; try again later"


def host_of(url: str) -> str:
    """Host and port of an address, in lower case; empty where the address is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _ascii(url: str) -> str:
    """The address as it goes over the wire; what is percent-encoded already stays so."""
    parts = urlsplit(url)
    netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


class _HttpOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirections to web pages only (urllib would also follow them to FTP)."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            raise FetchError(f"leads to {newurl}, which is not a web page")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _line(value: object) -> str:
    return " ".join(str(value or "").split())
