import pytest

from analysis import tables
from analysis.corpus.articles import load_corpus, read_manifest
from analysis.corpus.formats import CorpusError, sha256

HEADER = "article_id,outlet,author,published,title,url,sha256,characters,words\n"


def reasons(refused):
    return {refusal.path.name: refusal.reason for refusal in refused}


def put_press(corpus, article_id, text, on_disk=None, title="Harbour opens"):
    """A manifest row for `text`, and `on_disk` as the text that is there."""
    press = corpus / "press"
    (press / "texts").mkdir(parents=True, exist_ok=True)
    manifest = press / "manifest.csv"
    before = manifest.read_text(encoding="utf-8") if manifest.exists() else HEADER
    row = f"{article_id},The Gull,Ann Poe,2020-03-04,{title},https://gull.example/a,{sha256(text)}"
    manifest.write_text(f"{before}{row},{len(text)},{len(text.split())}\n", encoding="utf-8")
    if on_disk is not None:
        (press / "texts" / f"{article_id}.txt").write_bytes(on_disk.encode())


def test_corpus_of_own_articles(corpus, make_page):
    (corpus / "articles" / "b.md").write_text("B", encoding="utf-8")
    (corpus / "a.txt").write_text("A", encoding="utf-8")
    (corpus / "saved.htm").write_text(make_page(), encoding="utf-8")
    for passed_over in ("README.md", ".hidden.txt", "cast.toml", "sources.csv"):
        (corpus / passed_over).write_text("no article", encoding="utf-8")
    articles, refused = load_corpus(corpus)
    assert list(articles["article_id"]) == ["a", "b", "saved"]
    assert list(articles.columns) == list(tables.COLUMNS["articles"])
    assert not refused


def test_one_bad_file_does_not_keep_out_the_rest(corpus):
    files = {
        "empty.txt": b"",
        "blank.md": b"\n \n",
        "latin.txt": "Caf\xe9".encode("cp1252"),
        "binary.txt": bytes(range(256)),
        "front.md": b"---\ntitle: A: b\n---\nBody",
        "date.md": b"---\npublished: soon\n---\nBody",
        "scan.pdf": b"%PDF",
        "letter.docx": b"PK",
        "page.html": b"<html></html>",
        "!!!.txt": b"text",
        "good.txt": b"Good.",
    }
    for name, data in files.items():
        (corpus / "articles" / name).write_bytes(data)
    articles, refused = load_corpus(corpus)
    assert list(articles["article_id"]) == ["good"]
    why = reasons(refused)
    assert set(why) == set(files) - {"good.txt"}
    assert "is empty" in why["empty.txt"]
    assert "white space" in why["blank.md"]
    assert "WINDOWS-1252" in why["latin.txt"]
    assert "binary" in why["binary.txt"]
    assert "PDF document" in why["scan.pdf"]
    assert "rename it" in why["!!!.txt"]
    for refusal in refused:
        assert "\n" not in str(refusal) and str(refusal).count(str(refusal.path)) == 1


def test_a_file_that_may_not_be_read(corpus, monkeypatch):
    (corpus / "a.txt").write_text("A", encoding="utf-8")

    def forbid(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", forbid)
    assert "Permission denied" in reasons(load_corpus(corpus)[1])["a.txt"]


def test_same_id_twice(corpus):
    (corpus / "one.txt").write_text("first", encoding="utf-8")
    (corpus / "articles" / "One.md").write_text("second", encoding="utf-8")
    articles, refused = load_corpus(corpus)
    assert list(articles["text"]) == ["first"]
    assert str(refused[0].path).endswith("One.md") and "one.txt" in refused[0].reason


def test_same_text_twice(corpus, story):
    (corpus / "articles" / "mine.txt").write_bytes(story.encode())
    put_press(corpus, "gull-2020", story)
    articles, refused = load_corpus(corpus)
    assert list(articles["article_id"]) == ["mine"]
    assert "same text" in refused[0].reason and "mine.txt" in refused[0].reason


def test_missing_folder(tmp_path):
    with pytest.raises(CorpusError, match="no such folder; make it"):
        load_corpus(tmp_path / "none")


def test_empty_folder(corpus):
    with pytest.raises(CorpusError, match="holds no articles; put"):
        load_corpus(corpus)


def test_press_with_and_without_text(corpus, story):
    put_press(corpus, "gull-a", story, on_disk=story)
    put_press(corpus, "gull-b", "another text")
    articles, refused = load_corpus(corpus)
    assert list(articles["text"]) == [story, ""]
    assert set(articles["collection"]) == {"press"}
    assert list(articles["sha256"]) == [sha256(story), sha256("another text")]
    assert articles["outlet"][1] == "The Gull" and not refused


def test_press_text_saved_with_a_byte_order_mark(corpus, story):
    put_press(corpus, "gull-a", story, on_disk="\ufeff" + story)
    assert load_corpus(corpus)[0]["text"][0] == story


@pytest.mark.parametrize("change", [" ", "\r\n"])
def test_press_text_that_differs(corpus, story, change):
    put_press(corpus, "gull-a", story, on_disk=story + change)
    articles, refused = load_corpus(corpus)
    assert list(articles["text"]) == [""]
    assert articles["sha256"][0] == sha256(story)
    assert "SHA-256 differs" in reasons(refused)["gull-a.txt"]


def test_press_text_that_nobody_listed(corpus, story):
    put_press(corpus, "gull-a", story)
    (corpus / "press" / "texts" / "stray.txt").write_text("stray", encoding="utf-8")
    assert "not listed" in reasons(load_corpus(corpus)[1])["stray.txt"]


@pytest.mark.parametrize("article_id", ["../../secret", "", "a b"])
def test_manifest_ids_stay_inside_the_folder(corpus, article_id):
    put_press(corpus, "gull-a", "one")
    manifest = corpus / "press" / "manifest.csv"
    manifest.write_text(manifest.read_text() + f"{article_id},,,,,,{sha256('x')},1,1\n")
    articles, refused = load_corpus(corpus)
    assert list(articles["article_id"]) == ["gull-a"]
    assert "not a possible file name" in reasons(refused)["manifest.csv"]


def test_wrong_date_in_the_manifest(corpus):
    put_press(corpus, "gull-a", "one")
    manifest = corpus / "press" / "manifest.csv"
    manifest.write_text(manifest.read_text().replace("2020-03-04", "04/03/2020"))
    assert "is not a date" in reasons(load_corpus(corpus)[1])["manifest.csv"]


@pytest.mark.parametrize("text", ["article_id,outlet\na,b\n", "", 'a,"b\n'])
def test_manifest_that_cannot_be_used(corpus, text):
    (corpus / "press").mkdir()
    (corpus / "press" / "manifest.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"manifest\.csv: (lacks the column|cannot be read)"):
        read_manifest(corpus / "press")


def test_title_of_a_press_article_without_one(corpus, story):
    put_press(corpus, "gull-a", story, title="")
    assert load_corpus(corpus)[0]["title"][0] == "gull-a"
