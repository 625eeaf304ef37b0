"""Colours: polarity is even on both sides, safe for the colour-blind, and nobody else's."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from analysis.charts.palette import (
    DARK,
    LIGHT,
    contrast,
    group_colour,
    group_marker,
    polarity_colour,
    text_on,
    theme,
    tint,
    using,
)
from analysis.corpus.cast import Actor, Cast, Group
from analysis.corpus.cast_file import load_cast

CAST = Path(__file__).parents[2] / "corpus" / "cast.toml"
#: Dichromatic sight (Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009, severity 1.0).
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


@pytest.fixture(params=[LIGHT, DARK], ids=lambda one: one.name)
def paper(request):
    """Each theme in turn, in force."""
    with using(request.param) as chosen:
        yield chosen


def linear(colours) -> np.ndarray:
    parts = np.asarray(colours, float)[..., :3]
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of linear RGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = light @ np.array(to_xyz).T / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def test_zero_is_closest_to_the_paper_and_both_sides_leave_it_alike(paper):
    lightness = lab(linear(paper.polarity(np.linspace(0, 1, 21))))[:, 0]
    away = np.abs(lightness - lab(linear(to_rgb(paper.paper)))[0])
    assert away.argmin() == 10 and away[10] < 15
    assert (np.diff(away[:11]) < 0).all() and (np.diff(away[10:]) > 0).all()
    assert np.abs(lightness - lightness[::-1]).max() < 5


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("value", [0.25, 0.5, 1])
def test_against_and_in_favour_stay_apart_for_the_colour_blind(sight, value, paper):
    seen = [
        lab(np.clip(np.array(SIGHT[sight]) @ linear(polarity_colour(side * value)), 0, 1))
        for side in (-1, 1)
    ]
    assert np.linalg.norm(seen[0] - seen[1]) > 15


def test_the_cast_wears_no_colour_of_polarity(paper):
    scale = lab(linear(paper.polarity(np.linspace(0, 1, 201))))
    cast = load_cast(CAST)
    for group in cast.groups:
        own = lab(linear(to_rgb(group_colour(cast, group))))
        assert np.linalg.norm(scale - own, axis=1).min() > 15, group


def test_the_scale_ends_at_one(paper):
    ends = (paper.polarity(0.0)[:3], paper.polarity(0.5)[:3], paper.polarity(1.0)[:3])
    assert tuple(polarity_colour(value) for value in (-1, 0, 1)) == ends


@pytest.mark.parametrize("value", np.linspace(-1, 1, 21))
def test_text_on_a_cell_can_be_read(value, paper):
    colour = polarity_colour(value)
    assert contrast(colour, text_on(colour)) >= 4.0


def test_words_stand_out_from_the_paper(paper):
    for words in (paper.ink, paper.soft, paper.against, paper.favour):
        assert contrast(words, paper.paper) >= 4.5


@pytest.mark.parametrize("colour", ["#000000", "#440154", "#332288", "#444444", "navy", "#ffffff"])
def test_a_dark_group_stands_out_from_dark_paper(colour):
    cast = Cast("t", ("a",), {"a": Group("a", "A", colour=colour)}, {})
    assert group_colour(cast, "a") == colour
    with using(DARK):
        assert contrast(group_colour(cast, "a"), DARK.paper) >= 3


def test_a_bright_group_keeps_its_colour_on_dark_paper():
    cast = Cast("t", ("a",), {"a": Group("a", "A", colour="#ddaa33")}, {})
    with using(DARK):
        assert group_colour(cast, "a") == "#ddaa33"


def test_a_theme_holds_within_its_block_only():
    with pytest.raises(RuntimeError), using(DARK):
        assert theme() is DARK and tint("#808080", 0) == to_rgb(DARK.paper)
        raise RuntimeError
    assert theme() is LIGHT and tint("#808080", 0) == (1, 1, 1)


def test_a_colour_or_marker_that_cannot_be_drawn_is_replaced():
    group = Group("a", "A", colour="octarine", marker="??")
    cast = Cast("t", ("a",), {"a": group}, {"x": Actor("x", "X", "a")})
    assert group_colour(cast, "a").startswith("#") and group_marker(cast, "a") == "X"
    assert group_colour(cast, "nobody").startswith("#")
