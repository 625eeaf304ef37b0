"""`read` and `report` on the command line."""

import pytest
from small import SECOND, make_corpus

from analysis.__main__ import DONE, USAGE, main

from .hostile import Page

TALKS = "2020-01-02-talks"


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


def said(corpus, *argv):
    return main([*argv, "--corpus", str(corpus), "--engine", "rules", "--quiet"])


def test_an_article_is_read_by_its_id(corpus, tmp_path, capsys):
    out = tmp_path / "new" / "page.html"
    assert said(corpus, "read", TALKS, "-o", str(out)) == DONE
    page = Page(out.read_text(encoding="utf-8"))
    assert page.text("h1") == TALKS and "a patient man" in page.text("div text")
    assert str(out) in capsys.readouterr().out


def test_a_file_is_read_without_being_added(corpus, tmp_path):
    path, out = tmp_path / "other.txt", tmp_path / "page.html"
    path.write_text(SECOND, encoding="utf-8")
    assert said(corpus, "read", str(path), "-o", str(out)) == DONE
    assert Page(out.read_text(encoding="utf-8")).text("div text") == SECOND
    assert not (corpus / "press").exists()


def test_an_unknown_article_gets_one_line_with_what_may_be_meant(corpus, tmp_path, capsys):
    assert said(corpus, "read", "2020-01-02-talk", "-o", str(tmp_path / "p.html")) == USAGE
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and f"did you mean {TALKS}" in err


def test_a_report_is_one_file(corpus, tmp_path, capsys):
    out = tmp_path / "report.html"
    assert said(corpus, "report", "-o", str(out)) == DONE
    page = Page(out.read_text(encoding="utf-8"))
    assert page.text("h1") == "The harbour dispute"
    assert len([tag for tag, _ in page.elements if tag == "img"]) >= 5
    assert "2 articles" in capsys.readouterr().out
