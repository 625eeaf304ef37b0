"""Disputes of every size to draw, and a ruler that finds text over text or outside the page."""

from dataclasses import replace

import pytest
from matplotlib.text import Text
from synthetic import Result, make, make_cast

from analysis.charts import draw_all

SIZES = {
    "two collections": lambda: make(),
    "one article, two actors": lambda: make({"mine": 1}, make_cast(2, 2), statements=8),
    "300 articles, 20 actors": lambda: make({"press": 300, "chronicle": 16}, make_cast(20, 8)),
    "three collections": lambda: make({"chronicle": 5, "press": 2, "A long name of texts": 9}),
    "no articles": lambda: make({}),
    "nobody mentioned": lambda: unmentioned(),
}


def unmentioned() -> Result:
    whole = make()
    names = ("mentions", "scores", "evidence", "frames")
    return replace(whole, **{name: getattr(whole, name).iloc[:0] for name in names})


@pytest.fixture(scope="session", params=list(SIZES))
def every_size(request):
    """All charts of a dispute, once for each size."""
    return draw_all(SIZES[request.param]())


@pytest.fixture(scope="session")
def usual():
    return SIZES["two collections"]()


def texts(figure) -> list[tuple[str, object]]:
    """Every visible text of a figure with its box in pixels."""
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    found = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [(t.get_text(), t.get_window_extent(renderer)) for t in found]


@pytest.fixture
def misplaced():
    """A function from a figure to what is wrong with its texts."""

    def find(figure, slack: float = 1.0) -> list[str]:
        boxes = texts(figure)
        width, height = figure.get_size_inches() * figure.dpi
        wrong = [
            f"{words!r} leaves the page"
            for words, box in boxes
            if box.x0 < -slack or box.y0 < -slack or box.x1 > width + slack or box.y1 > height
        ]
        for i, (words, box) in enumerate(boxes):
            for other, beside in boxes[i + 1 :]:
                wide = min(box.x1, beside.x1) - max(box.x0, beside.x0)
                high = min(box.y1, beside.y1) - max(box.y0, beside.y0)
                if wide > slack and high > slack:
                    wrong.append(f"{words!r} lies on {other!r}")
        return wrong

    return find
