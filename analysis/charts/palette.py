"""Colours: light and dark paper, one map for polarity, and the cast's own colours and markers.

Every colour of a chart is asked for here, under the theme of the moment, so that one chart function
draws both variants. ::

    with using(DARK):
        ax.plot(x, y, color=theme().ink)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from matplotlib.colors import LinearSegmentedColormap, Normalize, is_color_like, to_hex, to_rgb
from matplotlib.lines import Line2D

from analysis.corpus.cast import Cast
from analysis.tables import NARRATOR, UNRESOLVED

LEAST = 4.0  # contrast of a mark with dark paper; 3 is asked for (WCAG 2.1, 1.4.11), dots are sheer


@dataclass(frozen=True)
class Theme:
    """Paper and what is printed on it.

    Parameters
    ----------
    name : str
    ink, soft, faint, rule : str
        Words and lines, from the strongest to the weakest.
    paper : str
    polarity : Colormap
        From against (0) to in favour (1); its middle is close to the paper, and both sides leave
        it alike.
    """

    name: str
    ink: str
    soft: str
    faint: str
    rule: str
    paper: str
    polarity: LinearSegmentedColormap

    @property
    def against(self) -> str:
        """The end of the polarity map, for words that name it."""
        return to_hex(self.polarity(0.0))

    @property
    def favour(self) -> str:
        """The other end of the polarity map."""
        return to_hex(self.polarity(1.0))

    @property
    def settings(self) -> dict[str, str]:
        """The settings of matplotlib that this theme decides."""
        return {
            "text.color": self.ink,
            "figure.facecolor": self.paper,
            "axes.edgecolor": self.faint,
            "axes.labelcolor": self.soft,
            "grid.color": self.rule,
            "xtick.color": self.faint,
            "xtick.labelcolor": self.soft,
            "ytick.color": self.faint,
            "ytick.labelcolor": self.ink,
        }


def _map(name: str, *colours: str) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(name, colours)


#: Polarity is crimson against, indigo in favour, and as light on one side as on the other. The pair
#: stays apart under red- and green-blindness; cyan, green, purple and yellow are left to the cast.
LIGHT = Theme(
    "light", "#1c1f26", "#5a5f6a", "#8b8f98", "#dfe1e6", "#ffffff",
    _map("polarity", "#8c1d2f", "#d07a72", "#f4f2ef", "#8796cf", "#2b3990"),
)  # fmt: skip
DARK = Theme(
    "dark", "#f2f3f5", "#b3b8c2", "#7d838f", "#3a3e47", "#15171c",
    _map("polarity-dark", "#ffab9e", "#b04d45", "#2b2d33", "#5463b8", "#b1bdff"),
)  # fmt: skip

_UNIT = Normalize(-1, 1)
_OTHERS, _UNRESOLVED = ("#7d7d7d", "X"), ("#b4b4b4", "P")
_NOW: ContextVar[Theme] = ContextVar("theme", default=LIGHT)


def theme() -> Theme:
    """The theme of the moment; light unless `using` says otherwise."""
    return _NOW.get()


@contextmanager
def using(chosen: Theme) -> Iterator[Theme]:
    """Within the block, `theme()` is `chosen`."""
    token = _NOW.set(chosen)
    try:
        yield chosen
    finally:
        _NOW.reset(token)


def polarity_colour(value: float) -> tuple[float, float, float]:
    """RGB of a polarity; zero is close to the paper and ±1 are the ends, in every chart."""
    return theme().polarity(_UNIT(value))[:3]


def contrast(one, other) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.1, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(colour) -> str:
    """Ink or paper, whichever stands out more from `colour`."""
    return max(theme().ink, theme().paper, key=lambda words: contrast(words, colour))


def group_colour(cast: Cast, group: str) -> str:
    """The cast's colour of a group; grey where it gives none that matplotlib can draw.

    On dark paper it is mixed with white until it stands out; light paper keeps it as it is given.
    """
    known = cast.groups.get(group)
    if known and is_color_like(known.colour):
        return _lifted(known.colour)
    if group == NARRATOR:
        return theme().ink
    return _lifted((_UNRESOLVED if group == UNRESOLVED else _OTHERS)[0])


def group_marker(cast: Cast, group: str) -> str:
    """The cast's marker of a group; a cross where it gives none that matplotlib can fill."""
    known = cast.groups.get(group)
    if known and known.marker in Line2D.filled_markers:
        return known.marker
    return {NARRATOR: "h", UNRESOLVED: _UNRESOLVED[1]}.get(group, _OTHERS[1])


def tint(colour, share: float = 0.45) -> tuple[float, float, float]:
    """`colour` mixed with the paper; `share` of it is left."""
    return _mixed(colour, theme().paper, share)


def _lifted(colour) -> str:
    if theme() is LIGHT:
        return colour
    steps = (_mixed(colour, "white", 1 - step / 20) for step in range(21))
    return to_hex(next(lit for lit in steps if contrast(lit, theme().paper) >= LEAST))


def _mixed(colour, other, share: float) -> tuple[float, float, float]:
    pairs = zip(to_rgb(colour), to_rgb(other), strict=True)
    return tuple(share * own + (1 - share) * its for own, its in pairs)


def _luminance(colour) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
