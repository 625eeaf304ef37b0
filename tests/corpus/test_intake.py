import csv

import pytest

from analysis import tables
from analysis.corpus import intake, press, shelf
from analysis.corpus.articles import load_corpus, read_manifest
from analysis.corpus.formats import CorpusError, sha256
from analysis.corpus.intake import add, fetch


def texts(corpus):
    return {path.stem: path.read_bytes() for path in (corpus / "press" / "texts").glob("*.txt")}


def state(corpus):
    return {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}


def sources(corpus, *rows):
    with (corpus / "sources.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([intake.SOURCES, *rows])


def file(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def statuses(results):
    return [result.status for result in results]


def test_text_file_with_what_is_given(corpus, tmp_path, story):
    source = file(tmp_path, "notes.txt", "\ufeff" + story + "\r\n")
    given = {
        "outlet": "The  Gull",
        "published": "2020-03-04",
        "title": "Harbour: open!",
        "author": "A",
    }
    (result,) = add([source], corpus, **given, url="https://gull.example/a")
    assert (result.status, result.article_id) == ("added", "the-gull-2020-03-04-harbour-open")
    text = story + "\r\n"
    assert texts(corpus) == {result.article_id: text.encode()}
    (row,) = read_manifest(corpus / "press").to_dict("records")
    assert row == {
        "article_id": result.article_id,
        "outlet": "The Gull",
        "author": "A",
        "published": "2020-03-04",
        "title": "Harbour: open!",
        "url": "https://gull.example/a",
        "sha256": sha256(text),
        "characters": str(len(text)),
        "words": str(len(text.split())),
    }
    articles, refused = load_corpus(corpus)
    assert articles["text"][0] == text and not refused


def test_no_word_of_the_text_is_in_the_manifest(corpus, tmp_path):
    words = ["zqone", "zqtwo", "zqthree"]
    add([file(tmp_path, "a.txt", "Zqhead\n\n" + " ".join(words))], corpus)
    assert "zq" not in (corpus / "press" / "manifest.csv").read_text().lower()


def test_texts_stay_out_of_git_in_any_folder(corpus, tmp_path, story):
    add([file(tmp_path, "a.txt", story)], corpus)
    assert (corpus / "press" / "texts" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("name", "outlet", "article_id"),
    [
        ("gull-2015-01-08-backs.txt", "Gull", "gull-2015-01-08-backs"),
        ("2015-01-08 Backs.txt", "Gull", "gull-2015-01-08-backs"),
        ("backs.txt", "", "backs"),
        ("!!!.txt", "", "article"),
    ],
)
def test_id_of_a_file_without_a_title(corpus, tmp_path, story, name, outlet, article_id):
    (result,) = add([file(tmp_path, name, story)], corpus, outlet=outlet)
    assert result.article_id == article_id


def test_long_titles_give_short_ids(corpus, tmp_path, story):
    (result,) = add([file(tmp_path, "a.txt", story)], corpus, title="harbour " * 40)
    assert len(result.article_id) <= shelf.LONGEST_ID
    assert result.article_id.endswith("harbour")


def test_markdown_front_matter_is_kept_to(corpus, tmp_path):
    text = "---\ntitle: Harbour\noutlet: Gull\npublished: 2020-03-04\n---\n\nBody.\n"
    (result,) = add([file(tmp_path, "a.md", text)], corpus, outlet="The Tern")
    assert result.article_id == "the-tern-2020-03-04-harbour"
    assert texts(corpus)[result.article_id] == b"Body.\n"


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.htm", "a"])
@pytest.mark.parametrize("head", ["", "\ufeff", "\n<!-- saved from url -->\n"])
def test_saved_page_is_known_by_its_content(corpus, tmp_path, make_page, name, head):
    (result,) = add([file(tmp_path, name, head + make_page())], corpus)
    assert result.article_id == "the-gull-2020-03-04-harbour-opens-again"
    assert b"Penhaligon" in texts(corpus)[result.article_id]
    assert b"<p>" not in texts(corpus)[result.article_id]


def test_address(corpus, site, web, make_page):
    url = site.put("/a", make_page())
    (result,) = add([url], corpus, outlet="Tern", web=web)
    assert result.article_id == "tern-2020-03-04-harbour-opens-again"
    assert read_manifest(corpus / "press")["url"].tolist() == [url]


def test_same_text_twice_changes_nothing(corpus, tmp_path, story):
    add([file(tmp_path, "a.txt", story)], corpus)
    before = state(corpus)
    (result,) = add([file(tmp_path, "b.txt", story)], corpus, title="Another title")
    assert (result.status, result.article_id) == ("unchanged", "a")
    assert "already" in result.message and state(corpus) == before


def test_text_of_the_articles_folder_is_not_taken_twice(corpus, story):
    path = corpus / "articles" / "mine.txt"
    path.write_bytes(story.encode())
    assert statuses(add([str(path)], corpus)) == ["unchanged"]


def test_same_id_with_another_text(corpus, tmp_path):
    (corpus / "articles" / "a-3.txt").write_text("elsewhere")
    found = []
    for text in ("one", "two", "three"):
        found += add([file(tmp_path, "a.txt", text)], corpus)
    assert [result.article_id for result in found] == ["a", "a-2", "a-4"]
    assert texts(corpus) == {"a": b"one", "a-2": b"two", "a-4": b"three"}


def test_one_that_fails_does_not_keep_out_the_others(corpus, tmp_path, story, closed_port, web):
    results = add(
        [
            file(tmp_path, "a.txt", story),
            str(tmp_path / "none.txt"),
            file(tmp_path, "latin.txt", b"caf\xe9"),
            str(tmp_path),
            "file:///etc/passwd",
            closed_port + "/a",
            file(tmp_path, "b.txt", "second"),
        ],
        corpus,
        web=web,
    )
    assert statuses(results) == ["added", *["failed"] * 5, "added"]
    says = ["no such file", "WINDOWS-1252", "is a folder", "begin with http", "cannot be reached"]
    for result, part in zip(results[1:6], says, strict=True):
        assert part in result.message and "\n" not in str(result) and not result.ok
    assert set(texts(corpus)) == {"a", "b"} == set(read_manifest(corpus / "press")["article_id"])


@pytest.mark.parametrize(
    ("given", "says"),
    [({"published": "8.1.2015"}, "not a date"), ({"title": "T"}, "one at a time")],
)
def test_what_is_given_is_checked_before_anything_is_written(corpus, tmp_path, given, says):
    with pytest.raises(CorpusError, match=says):
        add([file(tmp_path, "a.txt", "one"), file(tmp_path, "b.txt", "two")], corpus, **given)
    assert not (corpus / "press").exists()


def test_nothing_is_lost_when_the_manifest_cannot_be_written(corpus, tmp_path, monkeypatch):
    add([file(tmp_path, "a.txt", "one")], corpus)
    before = (corpus / "press" / "manifest.csv").read_bytes()
    write = press.write_atomic

    def fail(path, data):
        if path.name == "manifest.csv":
            raise OSError("disk full")
        write(path, data)

    monkeypatch.setattr(press, "write_atomic", fail)
    (result,) = add([file(tmp_path, "b.txt", "two")], corpus)
    assert "disk full" in result.message and not result.ok
    assert (corpus / "press" / "manifest.csv").read_bytes() == before
    monkeypatch.undo()
    (result,) = add([file(tmp_path, "b.txt", "two")], corpus)
    assert (result.status, result.article_id) == ("added", "b")


def test_text_of_a_listed_article_is_restored(corpus, tmp_path, story):
    (first,) = add([file(tmp_path, "a.txt", story)], corpus)
    manifest = (corpus / "press" / "manifest.csv").read_bytes()
    path = corpus / "press" / "texts" / "a.txt"
    path.unlink()
    (again,) = add([file(tmp_path, "b.txt", story)], corpus)
    assert (again.status, again.article_id) == ("restored", first.article_id)
    assert path.read_bytes() == story.encode()
    assert (corpus / "press" / "manifest.csv").read_bytes() == manifest


def test_an_edited_text_is_not_overwritten(corpus, tmp_path, story):
    source = file(tmp_path, "a.txt", story)
    add([source], corpus)
    path = corpus / "press" / "texts" / "a.txt"
    path.write_text("my corrections")
    (result,) = add([source], corpus)
    assert "holds another text" in result.message and path.read_text() == "my corrections"


def test_fetch_lists_what_fails_and_goes_on(corpus, site, web, make_page, capsys):
    good, other = (
        site.put("/a", make_page()),
        site.put("/b", make_page("Second", "A new line here.")),
    )
    broken = site.put("/c", "", 500)
    sources(
        corpus,
        ("Gull", "2020-03-04", "Harbour", good),
        ("Gull", "2020-03-05", "Gone", site.origin + "/none"),
        ("Gull", "2020-03-06", "Broken", broken),
        ("Gull", "soon", "Undated", site.origin + "/d"),
        ("Tern", "", "", other),
        ("", "", "", ""),
    )
    results = fetch(corpus, web=web)
    assert statuses(results) == ["added", "failed", "failed", "failed", "added"]
    says = ["404", "500", "is not a date"]
    assert all(part in result.message for part, result in zip(says, results[1:4], strict=True))
    assert [r.article_id for r in results if r.ok] == [
        "gull-2020-03-04-harbour",
        "tern-2020-03-04-second",
    ]
    asked = len(site.asked)
    assert statuses(fetch(corpus, web=web)) == ["failed"] * 3
    assert "/a" not in site.asked[asked:]


def test_fetch_without_a_network_says_so_once(corpus, closed_port, web, story, tmp_path):
    add([file(tmp_path, "a.txt", story)], corpus)
    sources(corpus, *[("Gull", "2020-03-04", str(i), f"{closed_port}/{i}") for i in range(5)])
    before = state(corpus)
    (result,) = fetch(corpus, web=web)
    assert not result.ok
    assert "no network" in result.message and "5 article(s) are left" in result.message
    assert state(corpus) == before


def test_one_dead_host_is_not_taken_for_a_missing_network(
    corpus, site, closed_port, web, make_page
):
    sources(
        corpus,
        ("Tern", "", "", closed_port + "/a"),
        ("Gull", "", "", site.put("/a", make_page())),
        ("Tern", "", "", closed_port + "/b"),
    )
    results = fetch(corpus, web=web)
    assert statuses(results) == ["failed", "added", "failed"]
    assert all("cannot be reached" in results[i].message for i in (0, 2))


def test_dead_hosts_after_one_that_answered(corpus, site, closed_port, web):
    dead = closed_port.replace("127.0.0.1", "localhost")
    sources(
        corpus,
        ("Gull", "", "", site.origin + "/none"),
        ("Tern", "", "", closed_port + "/a"),
        ("Tern", "", "", dead + "/a"),
    )
    results = fetch(corpus, web=web)
    assert len(results) == 3 and not any("no network" in result.message for result in results)


def test_two_dead_hosts_are(corpus, closed_port, web, site):
    dead = closed_port.replace("127.0.0.1", "localhost")
    sources(
        corpus,
        ("Tern", "", "", closed_port + "/a"),
        ("Tern", "", "", dead + "/a"),
        ("Gull", "", "", site.origin + "/a"),
    )
    assert "no network" in fetch(corpus, web=web)[-1].message
    assert not site.asked


def listed(corpus, url, text):
    """A manifest with an article of `text`, which is not at hand, and its published tables."""
    folder = corpus / "press"
    folder.mkdir()
    (folder / "manifest.csv").write_text(
        "article_id,outlet,author,published,title,url,sha256,characters,words\n"
        f"gull-a,Gull,,2020-03-04,Harbour,{url},{sha256(text)},{len(text)},1\n"
    )
    row = {"statement_id": "gull-a:0", "article_id": "gull-a", "kind": "narration", "start": 0}
    articles = tables.build("articles", [{"article_id": "gull-a", "text": text}])
    empty = (tables.build(name, []) for name in ("mentions", "scores"))
    press.dehydrate(articles, tables.build("statements", [row]), *empty, folder)
    assert len(press.rehydrated(folder)["statements"]) == 1


def test_fetch_restores_the_text_that_was_analysed(corpus, site, web, story):
    url = site.put("/a", story, Content_Type="text/plain")
    listed(corpus, url, story)
    sources(corpus, ("Gull", "2020-03-04", "Other title", url + "/#top"))
    before = (corpus / "press" / "manifest.csv").read_bytes()
    assert statuses(fetch(corpus, web=web)) == ["restored"]
    assert texts(corpus) == {"gull-a": story.encode()}
    assert (corpus / "press" / "manifest.csv").read_bytes() == before
    assert fetch(corpus, web=web) == []


def test_fetch_of_a_page_that_has_changed(corpus, site, web, story):
    url = site.put("/a", story + " Corrected.", Content_Type="text/plain")
    listed(corpus, url, story)
    sources(corpus)
    before = state(corpus)
    (result,) = fetch(corpus, web=web)
    assert "page has changed" in result.message and "--update" in result.message and not result.ok
    assert state(corpus) == before
    (result,) = fetch(corpus, web=web, update=True)
    assert (result.status, result.article_id) == ("updated", "gull-a")
    assert press.rehydrated(corpus / "press", ["gull-a"])["statements"].empty
    articles, refused = load_corpus(corpus)
    assert articles["text"][0] == story + " Corrected." and not refused
    assert articles["title"][0] == "Harbour"


def test_fetch_passes_over_articles_that_the_corpus_has(corpus, site, web):
    (corpus / "articles" / "a.md").write_text(f"---\nurl: {site.origin}/a\n---\nBody")
    sources(corpus, ("Gull", "", "", site.origin + "/a/"))
    assert fetch(corpus, web=web) == []


def test_fetch_without_a_list(corpus):
    with pytest.raises(CorpusError, match=r"sources\.csv: there is no such file; list in it"):
        fetch(corpus)


def test_fetch_with_a_list_that_lacks_a_column(corpus):
    (corpus / "sources.csv").write_text("outlet;url\na;b\n")
    with pytest.raises(CorpusError, match=r"first line must name outlet,published,title,url"):
        fetch(corpus)
