import gzip
import socket
import time

import pytest

from analysis.corpus import fetch
from analysis.corpus.fetch import Unreachable, Web, host_of
from analysis.corpus.webpage import FetchError


def test_article_of_a_page(site, web, make_page):
    url = site.put("/a", make_page())
    page = web.get(url)
    assert "said Orla Penhaligon" in page.text and "zubcomment" not in page.text
    assert (page.title, page.url, page.outlet) == ("Harbour opens again", url, "The Gull")
    assert site.asked == ["/robots.txt", "/a"]
    assert site.agents == {fetch.AGENT}


def test_plain_text_is_taken_as_it_is(site, web, story):
    url = site.put("/a.txt", story + "\r\n", Content_Type="text/plain")
    assert web.get(url).text == story + "\r\n"


def test_compressed_page(site, web, make_page):
    url = site.put("/a", gzip.compress(make_page().encode()), Content_Encoding="gzip")
    assert "Penhaligon" in web.get(url).text


def test_redirection_is_followed(site, web, make_page):
    site.put("/new", make_page())
    url = site.put("/old", "", 301, Location="/new")
    assert "Penhaligon" in web.get(url).text


def answer(site, kind):
    big = b"<html>" + b"x" * 300_000
    bomb = gzip.compress(b"x" * 5_000_000)
    match kind:
        case "missing":
            return site.origin + "/none"
        case "broken":
            return site.put("/a", "oops", 500)
        case "huge":
            return site.put("/a", big)
        case "bomb":
            return site.put("/a", bomb)
        case "pdf":
            return site.put("/a", b"%PDF", Content_Type="application/pdf")
        case "paywall":
            return site.put(
                "/a", "<html><body><article><p>Please subscribe now.</p></article></body>"
            )
        case "nothing":
            return site.put("/a", "")
        case "latin":
            return site.put("/a", b"caf\xe9 " * 60, Content_Type="text/plain")
        case "short":
            return site.put("/a", "<html>", Content_Length="5000")
        case "loop":
            return site.put("/a", "", 302, Location="/a")
        case "file":
            return site.put("/a", "", 302, Location="file:///etc/passwd")
        case "ftp":
            return site.put("/a", "", 302, Location="ftp://127.0.0.1/x")
        case "front":
            site.put("/", "<html>front</html>")
            return site.put("/2015/a", "", 302, Location="/")


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("missing", "answers 404"),
        ("broken", "answers 500"),
        ("huge", "larger than 200,000 bytes"),
        ("bomb", "larger than 200,000 bytes"),
        ("pdf", "is application/pdf, not a web page"),
        ("paywall", "paywall or a consent form; save the page"),
        ("nothing", "no article text"),
        ("latin", "not UTF-8"),
        ("short", "broke off"),
        ("loop", "answers 302"),
        ("file", "is not allowed"),
        ("ftp", "not a web page"),
        ("front", "front page .* the article is gone"),
    ],
)
def test_answers_that_are_no_article(site, web, kind, says):
    with pytest.raises(FetchError, match=says) as caught:
        web.get(answer(site, kind))
    assert not isinstance(caught.value, Unreachable)
    assert "\n" not in str(caught.value)


def test_slow_answer(site, make_page):
    site.slow["/a"] = 0.02
    url = site.put("/a", make_page())
    begin = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.3 seconds"):
        Web(timeout=0.3, pause=0).get(url)
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "gull.example/a", "http://", "http://[x", ""]
)
def test_only_web_addresses(web, url):
    with pytest.raises(FetchError, match="begin with http"):
        web.get(url)


@pytest.mark.parametrize("path", ["/ä ö?q=ü", "/a%20b", "/(a)"])
def test_addresses_with_odd_characters(site, web, path):
    with pytest.raises(FetchError, match="answers 404"):
        web.get(site.origin + path)


def test_nothing_listens(closed_port, web):
    with pytest.raises(Unreachable, match="cannot be reached"):
        web.get(closed_port + "/a")
    assert not web.reached


def test_unknown_name(monkeypatch, web):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"nowhere\.invalid cannot be reached"):
        web.get("http://nowhere.invalid/a")


def test_robots_are_kept_to(site, web, make_page):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    site.put("/private/a", make_page())
    with pytest.raises(FetchError, match=r"robots\.txt does not allow"):
        web.get(site.origin + "/private/a")
    assert site.asked == ["/robots.txt"]
    web.get(site.put("/open", make_page()))
    assert site.asked == ["/robots.txt", "/open"]  # the rules are asked for once


def test_robots_that_fail_forbid(site, web, make_page):
    site.put("/robots.txt", "", 503)
    with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        web.get(site.put("/a", make_page()))


@pytest.mark.parametrize(("delay", "pause"), [(None, 1.0), (4, 4.0), (600, 30.0)])
def test_pause_between_requests(site, make_page, monkeypatch, delay, pause):
    rules = f"User-agent: *\nCrawl-delay: {delay}\n" if delay else ""
    site.put("/robots.txt", rules, Content_Type="text/plain")
    slept = []
    monkeypatch.setattr(fetch.time, "sleep", slept.append)
    web = Web()
    web.get(site.put("/a", make_page()))
    web.get(site.put("/b", make_page()))
    assert slept[0] == 0
    assert slept[-1] == pytest.approx(pause, abs=0.5)


def test_host():
    assert host_of("https://user:pw@Gull.Example:80/a") == "gull.example:80"
