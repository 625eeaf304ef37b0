import pytest

from analysis.corpus.webpage import FetchError, main_text


def test_trafilatura_that_cannot_be_loaded(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(FetchError, match=r"install the packages of requirements\.txt"):
        main_text("<html></html>")


@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("M. Faro", "M. Faro"),
        ("By A.B. Poe and M.\nFaro", "A.B. Poe; M. Faro"),
        ("Ann Poe", "Ann Poe"),
        ("m. faro", "M Faro"),  # the capitals are trafilatura's, so the page has no such name
        ("https://gull.example/ann", ""),
    ],
)
def test_the_author_is_as_the_page_has_it(make_page, content, author):
    html = make_page().replace("Ann Poe", content)
    assert main_text(html).author == author


def test_the_author_of_a_byline(make_page):
    line = "<p class='byline'>By <a rel='author' href='/f'>M. Faro</a></p>"
    html = make_page().replace("Ann Poe", "").replace("</h1>", f"</h1>{line}")
    assert main_text(html).author == "M. Faro"


def test_the_author_goes_without_an_address(make_page):
    html = make_page().replace("Ann Poe", "Ann Poe apoe@gull.example (@annpoe)")
    assert main_text(html).author == "Ann Poe"


def test_the_outlet_of_a_name_for_a_property(make_page):
    html = make_page().replace("<meta property='og:site_name'", "<meta name='og:site_name'")
    assert main_text(html).outlet == "The Gull"


def test_a_block_quotation_is_marked(make_page):
    quote = "<blockquote><p>We go now, all of us.</p><p>We went once before.</p></blockquote>"
    text = main_text(make_page().replace("<p>", f"{quote}<p>", 1)).text
    assert "> We go now, all of us.\n\n> We went once before.\n\n" in text


def test_furniture_goes_and_the_rest_stays(make_page):
    html = make_page().replace("<p>", "<p>Advertisement</p><p>", 1)
    assert main_text(html).text == main_text(make_page()).text
