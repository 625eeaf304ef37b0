"""Colours: one map for polarity, and the cast's own colours and markers for who is who."""

from matplotlib.colors import LinearSegmentedColormap, Normalize, is_color_like, to_rgb
from matplotlib.lines import Line2D

from analysis.corpus.cast import Cast
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

INK, SOFT, FAINT, RULE = "#1c1f26", "#5a5f6a", "#8b8f98", "#dfe1e6"
AGAINST, FAVOUR = "#8c1d2f", "#2b3990"

#: Polarity: crimson against, indigo in favour, and as light on one side as on the other. The pair
#: stays apart under red- and green-blindness; cyan, green, purple and yellow are left to the cast.
POLARITY = LinearSegmentedColormap.from_list(
    "polarity", [AGAINST, "#d07a72", "#f4f2ef", "#8796cf", FAVOUR]
)
_UNIT = Normalize(-1, 1)

_BUILT_IN = {NARRATOR: (INK, "h"), OTHERS: ("#7d7d7d", "X"), UNRESOLVED: ("#b4b4b4", "P")}


def polarity_colour(value: float) -> tuple[float, float, float]:
    """RGB of a polarity; zero is nearly white and ±1 are the ends, in every chart."""
    return POLARITY(_UNIT(value))[:3]


def text_on(colour) -> str:
    """Ink or white, whichever stands out more from `colour` (WCAG 2.1 relative luminance)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return INK if luminance > 0.2 else "white"


def group_colour(cast: Cast, group: str) -> str:
    """The cast's colour of a group; grey where it gives none that matplotlib can draw."""
    known = cast.groups.get(group)
    if known and is_color_like(known.colour):
        return known.colour
    return _BUILT_IN.get(group, _BUILT_IN[OTHERS])[0]


def group_marker(cast: Cast, group: str) -> str:
    """The cast's marker of a group; a cross where it gives none that matplotlib can fill."""
    known = cast.groups.get(group)
    if known and known.marker in Line2D.filled_markers:
        return known.marker
    return _BUILT_IN.get(group, _BUILT_IN[OTHERS])[1]


def tint(colour, share: float = 0.45) -> tuple[float, float, float]:
    """`colour` mixed with white; `share` of it is left."""
    return tuple(1 - share * (1 - part) for part in to_rgb(colour))
