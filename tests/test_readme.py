"""The README: what it points at is there, and no chart is missing from it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = re.findall(r'\]\(([^)#\s]+)\)|(?:src|srcset)="([^"]+)"', README)


@pytest.mark.parametrize("path", sorted({link for pair in LINKS for link in pair if link}))
def test_what_the_readme_points_at_is_there(path):
    assert path.startswith("https://") or (ROOT / path).exists()


def test_every_chart_is_shown_light_and_dark_with_words_for_who_cannot_see_it():
    for chart in (ROOT / "figures").glob("*.alt.txt"):
        stem = chart.name.removesuffix(".alt.txt")
        assert f'srcset="figures/{stem}-dark.png"' in README
        assert re.search(rf'alt="[^"]{{20,}}" src="figures/{stem}\.png"', README)


def test_every_notebook_is_listed():
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"(notebooks/{notebook.name})" in README
