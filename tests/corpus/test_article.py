import pytest

from analysis.corpus.article import Article, read_article
from analysis.corpus.formats import sha256


def test_markdown_article(tmp_path):
    path = tmp_path / "one.md"
    path.write_text(
        "---\ntitle: T\noutlet: The Gull\nauthor: A\npublished: 2015-01-08\nsources: [x]\n"
        "url: https://gull.example\ncollection: chronicle\n---\n\nBody.\n",
        encoding="utf-8",
    )
    assert read_article(path, collection="mine") == Article(
        article_id="one",
        collection="chronicle",
        outlet="The Gull",
        author="A",
        published="2015-01-08",
        title="T",
        url="https://gull.example",
        text="Body.\n",
        sha256=sha256("Body.\n"),
    )


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("A short headline", "A short headline"),
        ("# A short headline", "A short headline"),
        ("A sentence, and no headline.", "gull-2015-01-08-piece"),
        ("Mr. Reyes said: “We will not go back.”", "gull-2015-01-08-piece"),
        ("long " * 30, "gull-2015-01-08-piece"),
    ],
)
def test_defaults_of_a_text_file(tmp_path, first, title):
    path = tmp_path / "gull-2015-01-08-piece.txt"
    path.write_text(f"\n{first}\n\nBody", encoding="utf-8")
    article = read_article(path)
    assert (article.title, article.published) == (title, "2015-01-08")
    assert (article.collection, article.outlet) == ("articles", "")
    assert read_article(path, collection="mine").collection == "mine"


def test_ids_are_fit_for_file_names(tmp_path):
    path = tmp_path / "Böhm: a “piece” (1).TXT"
    path.write_text("Body", encoding="utf-8")
    assert read_article(path).article_id == "Böhm-a-piece-1"


def test_html_in_a_text_is_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("<html><b>one</b>", encoding="utf-8")
    assert read_article(path).text == "<html><b>one</b>"
