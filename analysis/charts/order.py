"""The order in which groups stand on every chart."""

from collections.abc import Iterable

from analysis.corpus.cast import Cast
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED


def in_order(groups: Iterable[str], cast: Cast) -> list[str]:
    """Narrator, focus groups, the cast's other groups, then whatever else, leftovers last."""
    present = set(groups)
    known = [NARRATOR, *cast.focus, *[g for g in cast.groups if g not in cast.focus]]
    known = [g for g in dict.fromkeys(known) if g not in (OTHERS, UNRESOLVED)]
    rest = sorted(present - set(known) - {OTHERS, UNRESOLVED})
    return [g for g in [*known, *rest, OTHERS, UNRESOLVED] if g in present]
