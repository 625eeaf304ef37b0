"""Words for numbers, names and bodies of texts, the same on every chart and in every notebook."""

import re
from collections.abc import Iterable
from math import floor, isnan, log10

from analysis.corpus.cast import Cast
from analysis.framing.frames import UNNAMED
from analysis.framing.intervals import FEWEST_ARTICLES, LEVEL, Interval
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

#: What the collections that come with the project are; a collection of your own has its name only.
COLLECTIONS = {
    "chronicle": ("the chronicle", "written for this project"),
    "press": ("the press", "published elsewhere"),
}
PLAIN = "articles"  # the collection of articles that say of none, and so need no name
SLIGHT = 0.1  # a mean closer to zero is called slight: the model's errors can make as much


def signed(value: float) -> str:
    """``+0.31``, ``−0.31`` or ``0.00``, with a true minus sign."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def bounds(low: float, high: float) -> str:
    """``−0.52 to −0.10``, or that there is no interval.

    An end that only rounds to zero has more decimals where the interval leaves zero out.
    """
    if isnan(low):
        return "no interval"
    clear = Interval(0, low, high).sign != 0
    return " to ".join(_fine(end) if clear else signed(end) for end in (low, high))


def end(value: float) -> str:
    """One end of an interval, in a table: with more decimals where it only rounds to zero."""
    return signed(value) if abs(value) < 1e-4 else _fine(value)


def _fine(value: float) -> str:
    if signed(value) != "0.00":
        return signed(value)
    return f"{value:+.{-floor(log10(abs(value)))}f}".replace("-", "−")


def sentence(content: str) -> str:
    """A statement on one line, without the comma or semicolon at which its sentence went on."""
    return re.sub(r"[,;]+([\"'”’]*)$", r"\1", " ".join(content.split()))


def percent(share: float) -> str:
    """``38%``; a share too small for that is ``under 1%``."""
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def count(number: int, noun: str) -> str:
    """``1 article``, ``1,204 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listing(items: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    items = list(items)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def shortened(items: list[str], most: int = 3) -> str:
    """A listing of at most `most` items; the rest is counted."""
    rest = len(items) - most
    return listing(items if rest < 1 else [*items[:most], f"{rest} more"])


def lean(mean: float, low: float, high: float) -> str:
    """What an interval shows about a polarity; the word "clear" is kept for sampling error."""
    if isnan(low):
        return "too few articles to tell"
    sign = Interval(mean, low, high).sign
    return f"{slightly(mean)}{'in favour' if sign > 0 else 'against'}" if sign else "no clear lean"


def slightly(value: float) -> str:
    """``slightly `` before what is clear and yet close to nothing."""
    return "slightly " if abs(value) < SLIGHT else ""


def the(collection: str) -> str:
    """A collection as it stands inside a sentence."""
    if collection == PLAIN:
        return "these articles"
    return COLLECTIONS[collection][0] if collection in COLLECTIONS else f"“{collection}”"


def heading(collection: str, articles: int) -> str:
    """A collection with what it is and how much of it there is."""
    if collection not in COLLECTIONS:
        size = count(articles, "article")
        return size if collection == PLAIN else f"{collection}: {size}"
    name, origin = COLLECTIONS[collection]
    noun = "report" if collection == "chronicle" else "article"
    return f"{name}: {count(articles, noun)} {origin}"


def capital(words: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return words[:1].upper() + words[1:]


def holder_name(cast: Cast, group: str, collection: str) -> str:
    """A holding group as a row is labelled; the narrator is always that of one collection."""
    if group == NARRATOR:
        return f"Narrator of {the(collection)}"
    return cast.group_name(group)


def speaker_name(cast: Cast, speaker: str, group: str) -> str:
    """A speaker as a row is labelled; sources without a name are known by their group."""
    if speaker.endswith(UNNAMED):
        return f"{cast.group_name(group)}, no name given"
    return cast.actors[speaker].name if speaker in cast.actors else speaker


FEW = 5  # statements; a mean of fewer is drawn hollow or hatched
INTERVAL_NOTE = (
    "Interval: 95%, symmetric bootstrap-t over whole articles (where all agree, by the rule of"
    f" three); none where fewer than {FEWEST_ARTICLES} articles speak. It covers chance in the"
    " choice of articles, too narrowly where hardly anything is not neutral, and no errors of the"
    " program."
)
RULER_NOTE = (
    "The title calls the narrator and others different only where that also holds with narration"
    " scored as speech is. "
)
SIZE_NOTE = "The number n counts statements. An interval from −1 to +1 leaves everything open. "


def leftovers(cast: Cast, groups: Iterable[str]) -> str:
    """What the rows are that stand for nobody in particular, so far as `groups` has them."""
    meant = {
        OTHERS: "whoever is in no other group",
        UNRESOLVED: "the program could not tell who speaks",
    }
    present = set(groups)
    told = [f"{cast.group_name(g)}: {words}." for g, words in meant.items() if g in present]
    return " ".join(told)


def by_chance(intervals: int) -> str:
    """How many intervals were tried, and how likely one of them misses by chance at best."""
    if intervals < 2:
        return ""
    odds = min(round(100 * (1 - LEVEL**intervals)), 99)
    return (
        f" Of {intervals:,} intervals tried at least one misses by chance alone in {odds} of 100"
        " cases, were they independent."
    )
