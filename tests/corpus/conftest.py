"""A small web site on the loopback interface, invented articles, and a corpus folder."""

import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analysis.corpus.fetch import Web

BODY = [
    "The harbour of Quillmouth opened again on Monday after a long winter of repairs to its walls.",
    "“We have waited two years for this day,” said Orla Penhaligon, who speaks for the fishermen.",
    "The harbour master, Tobias Wrenfield, told reporters that the work cost less than planned.",
    "Residents who had gathered on the quay watched the first boats leave shortly after sunrise.",
]


def page(title: str = "Harbour opens again", extra: str = "") -> str:
    """A web page with an article, a menu and comments."""
    paragraphs = "".join(f"<p>{line}</p>" for line in [*BODY, extra] if line)
    return (
        f"<!doctype html><html><head><title>{title}</title><meta charset='utf-8'>"
        "<meta name='author' content='Ann Poe'>"
        "<meta property='og:site_name' content='The Gull'>"
        "<meta property='article:published_time' content='2020-03-04T10:00:00Z'></head>"
        f"<body><nav><a href='/'>Zubmenu entry</a></nav><article><h1>{title}</h1>{paragraphs}"
        "</article><div id='comments'><p>A zubcomment from a reader who is cross.</p></div>"
        "</body></html>"
    )


class Site:
    """What the site answers, by path, as (status, headers, body); and what it was asked."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.slow: dict[str, float] = {}

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Answer at `path`; returns its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8"} | named, data)
        return self.origin + path


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *args, sites: list[Site]) -> None:
        self.sites = sites
        super().__init__(*args)

    def do_GET(self) -> None:
        site = self.sites[0]
        site.asked.append(self.path)
        site.agents.add(self.headers["User-Agent"])
        status, headers, body = site.answers.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if drip := site.slow.get(self.path):
            for byte in body:
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(drip)
        else:
            self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    sites: list[Site] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, sites=sites))
    server.daemon_threads = True
    sites.append(Site(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True)
    thread.start()
    yield sites[0]
    server.shutdown()
    server.server_close()


@pytest.fixture
def closed_port(monkeypatch) -> str:
    """An address at which nothing listens."""
    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def web() -> Web:
    """Quick and impatient."""
    return Web(timeout=2, limit=200_000, pause=0)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "articles").mkdir(parents=True)
    return folder


@pytest.fixture
def story() -> str:
    """The text of an invented article."""
    return "\n\n".join(BODY)


@pytest.fixture
def make_page():
    return page
