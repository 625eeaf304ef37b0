"""A run of the small dispute, and runs of articles that try to be more than text."""

import pytest
import yaml
from small import CAST, WordScorer, make_corpus

from analysis.pipeline import run

from . import browser
from .hostile import ARTICLES, METADATA


def analysed(folder):
    """A run that needs no model."""
    return run(folder, engine="rules", scorer=WordScorer(), progress=False, cache=None)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return analysed(make_corpus(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Every hostile article, with hostile metadata and the outlet as the narrator's name."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "cast.toml").write_text(CAST, encoding="utf-8")
    for name, text in ARTICLES.items():
        front = yaml.safe_dump(METADATA | {"published": "2020-01-02"}, allow_unicode=True)
        path = folder / f"{name}.md"
        # The front matter takes the blank lines after it, so the text begins with a letter.
        path.write_text(f"---\n{front}---\nIt began. {text}", encoding="utf-8", newline="")
    return analysed(folder)


@pytest.fixture(scope="session")
def tab():
    """A tab of a real browser."""
    if browser.PATH is None:
        pytest.skip("no Chromium here; install one, or name it in CHROMIUM, to test in a browser")
    with browser.tab() as opened:
        yield opened
