"""Fetch: web pages downloaded, one at a time and as their sites' robots.txt allows.

`webpage` takes the article out of a page. Nothing here knows the corpus; `intake` decides what
becomes of a page.
"""

import http.client
import ssl
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from analysis.corpus.webpage import FetchError, Page, main_text, one_line

AGENT = "analysis/0.1 (news research; reads single articles; keeps to robots.txt)"
REMEDY = "save the page in a browser and add the saved file"
#: A page with fewer words is a consent form or a paywall far more often than an article.
FEWEST_WORDS = 50
GZIP = b"\x1f\x8b"


class Unreachable(FetchError):
    """The page's host was not reached at all, as when there is no network."""


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
            raise FetchError(f"the site answers {error.code} {one_line(error.reason)}") from error
        except urllib.error.URLError as error:
            reason = error.reason
            if isinstance(reason, OSError) and not isinstance(reason, ssl.SSLError):
                raise Unreachable(f"{host} cannot be reached ({one_line(reason)})") from error
            raise FetchError(f"cannot be fetched ({one_line(reason)})") from error
        except TimeoutError as error:
            raise FetchError(self._slow()) from error
        except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
            raise FetchError(
                f"cannot be fetched ({type(error).__name__}: {one_line(error)})"
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
