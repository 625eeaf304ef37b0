"""Word shift: which words move polarity toward one target apart between two holders."""

from math import floor, log10

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts import words as w
from analysis.charts.chart import Chart, drawn_twice
from analysis.charts.page import BODY, SMALL, balance, lines, make_page, wrap
from analysis.charts.palette import polarity_colour, text_on, theme
from analysis.charts.source import Source
from analysis.charts.sums import LINE, Sums, draw_bar, draw_sums, number, scale_of, sums_height
from analysis.corpus.cast import Cast
from analysis.framing import wordshift as framing
from analysis.framing.wordshift import COMPANY, REMAINDER, Shift
from analysis.tables import NARRATOR

NAME = "8-word-shift"
_LABEL, _USES, _CHIP, _INNER = 2.2, 0.95, 0.62, 8.4  # inches
_HALF = (_INNER - _LABEL - 2 * _USES - _CHIP - 0.3) / 2  # of the bars' panel
_MIDDLE = _LABEL + _HALF
_NAMED = 1 / 3  # the title names words that together make up so much of the difference
_SUBTITLE = (
    "Difference in mean polarity toward {target}, {second} minus {first}, taken apart: what each"
    " word adds that one of the two uses more"
)


@drawn_twice
def word_shift(
    evidence: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    cast: Cast,
    source: Source,
    pair: tuple[str, str, str] | None = None,
    by: str = "group",
) -> Chart:
    """Bars of the words that part two holders most, under the sums that they belong to.

    Parameters
    ----------
    evidence, statements, mentions : DataFrame
        As the pipeline makes them; the words that mention the target are not shown one by one.
    pair : (target group, first, second), optional
        By default the group that the largest collection speaks most of, and the two that do.
    by : {"group", "outlet"}
        What `first` and `second` are.

    Returns
    -------
    Chart
        Its table is that of `framing.wordshift.word_shift`, for one collection, with the whole
        difference and its interval in every row.
    """
    pair = pair or framing.default_pair(evidence, source.lead)
    if pair is None:
        return _empty(f"{source.where()}, no two voices speak of one group", source, "")
    target, first, second = pair
    own = mentions.loc[mentions["target_group"] == target, "surface"]
    hidden = {word for surface in own.unique() for word in framing.tokens(surface)}
    shift = framing.word_shift(evidence, statements, source.lead, *pair, by=by, hidden=hidden)
    names = {key: _name(cast, key, by) for key in (first, second)}
    about = cast.group_phrase(target)
    if shift is None:
        title = (
            f"{source.where()}, the words of {names[first]} and {names[second]} on {about} cannot"
            " be compared"
        )
        return _empty(title, source, "The words of one or both are not at hand.")
    title = _title(shift, names, about, source)
    shown = shift.table[~shift.table["word"].isin([REMAINDER, COMPANY])]
    shown = shown.sort_values(["contribution", "word"], ascending=[False, True])
    sums = _sums(shift, shown, names)
    heads = _heads(names[first], names[second])
    head = lines(SMALL, max(len(words) for words in heads)) + 0.1
    body = sums_height(sums, _HALF, _INNER) + 0.5 + head + LINE * max(len(shown), 1) + 0.3
    page = make_page(
        title,
        _SUBTITLE.format(target=about, first=names[first], second=names[second]),
        _notes(shift, names, source),
        body,
    )
    canvas = page.canvas(body)
    y = draw_sums(canvas, 0.0, sums, shift.difference, _HALF, _INNER)
    above = scale_of(sums, shift.difference, _HALF)
    _draw_words(canvas, y + 0.4 + head, shown, heads, shift.words, above)
    table = shift.table.assign(
        collection=shift.collection,
        target=target,
        first=first,
        second=second,
        difference=shift.difference.estimate,
        ci_low=shift.difference.low,
        ci_high=shift.difference.high,
    )
    front = ["collection", "target", "first", "second"]
    table = table[[*front, *(column for column in table if column not in front)]]
    return Chart(NAME, page.figure, table, _alt(title, shift, shown, sums, names, about), title)


def _name(cast: Cast, holder: str, by: str) -> str:
    if by == "outlet":
        return holder
    return "the narrator" if holder == NARRATOR else cast.group_phrase(holder)


def _empty(title: str, source: Source, words: str) -> Chart:
    page = make_page(
        title, "Which words part two voices on one group", source.notes("nothing"), 0.3
    )
    page.text(0, 0, words or "There is nothing to compare.", color=theme().soft)
    return Chart(NAME, page.figure, pd.DataFrame(columns=["word"]), f"Empty chart. {title}.", title)


def _sums(shift: Shift, shown: pd.DataFrame, names: dict[str, str]) -> Sums:
    """The difference, and the parts that add up to it."""
    parts = shift.table.set_index("word")["contribution"]
    sides = [f"{names[who]} {w.signed(mean)}" for who, mean in
             zip((shift.second, shift.first), shift.means[::-1], strict=True)]  # fmt: skip
    return [
        (f"Difference: {sides[0]}, {sides[1]}", shift.difference.estimate),
        ("the same words, in kinder or harsher statements", parts[COMPANY]),
        *_choice(shown, parts[REMAINDER]),
    ]


def _choice(shown: pd.DataFrame, rest: float) -> Sums:
    """What the words below add up to, and all others; one sum where none is shown."""
    if shown.empty:
        return [("the choice of words", rest)]
    below = f"the choice of the {w.count(len(shown), 'word')} below"
    return [(below, shown["contribution"].sum()), ("the choice of all other words", rest)]


def _heads(first: str, second: str) -> list[list[str]]:
    """What stands above the bars to the left and right, the chip, and each one's uses."""
    uses = [wrap(f"{name}, per 1,000 words", _USES - 0.1, SMALL) for name in (first, second)]
    harsher = balance(f"← {second} harsher than {first}", _HALF, SMALL)
    kinder = balance(f"{second} kinder than {first} →", _HALF, SMALL)
    return [harsher, kinder, ["polarity", "around it"], *uses]


def _draw_words(
    canvas: Axes,
    top: float,
    shown: pd.DataFrame,
    heads: list[list[str]],
    words: tuple[int, int],
    above: float,
) -> None:
    """A bar for each word, then the polarity around it and how often each side uses it.

    `above` is the scale of the bars above, beside which these are told to be longer.
    """
    chip = _LABEL + 2 * _HALF + 0.3 + _CHIP / 2
    columns = [chip + _CHIP / 2 + (i + 0.5) * _USES for i in range(2)]
    places = [_MIDDLE - 0.08, _MIDDLE + 0.08, chip, *columns]
    if shown.empty:
        note = "No word stands in enough statements to be shown."
        canvas.text(0, top - 0.3, note, color=theme().soft, va="top")
        return
    for x, head, ha in zip(places, heads, ["right", "left", *["center"] * 3], strict=True):
        canvas.text(x, top - 0.08, "\n".join(head), ha=ha, va="bottom", **_soft())
    most = shown["contribution"].abs().max()
    scale, digits = (_HALF - 0.55) / max(most, 1e-12), _digits(most)
    longer = f"bars drawn {scale / above:,.0f} times\nas long as those above"
    if scale > 1.5 * above:
        canvas.text(0.15, top - 0.08, longer, va="bottom", **_soft())
    bottom = top + LINE * len(shown)
    canvas.add_line(Line2D([_MIDDLE, _MIDDLE], [top, bottom], color=theme().faint, lw=1.1))
    for i, row in enumerate(shown.itertuples()):
        middle = top + (i + 0.5) * LINE
        canvas.text(0.15, middle, wrap(row.word, _LABEL - 0.3, BODY)[0], va="center_baseline")
        length = row.contribution * scale
        draw_bar(canvas, _MIDDLE, middle, length)
        side = 1 if length > 0 else -1
        canvas.text(_MIDDLE + length + side * 0.06, middle, number(row.contribution, digits),
                    ha="left" if side > 0 else "right", va="center_baseline",
                    **_soft())  # fmt: skip
        face = polarity_colour(row.score)
        box = (chip - _CHIP / 2, middle - LINE / 2 + 0.015)
        canvas.add_patch(Rectangle(box, _CHIP, LINE - 0.03, facecolor=face, lw=0))
        canvas.text(chip, middle, w.signed(row.score), size=SMALL, color=text_on(face),
                    ha="center", va="center_baseline")  # fmt: skip
        for x, uses, of in zip(columns, (row.uses_first, row.uses_second), words, strict=True):
            rate = f"{uses / of * 1000:.1f}" if uses else "0"
            canvas.text(x, middle, rate, size=SMALL, ha="center", va="center_baseline")


def _soft() -> dict:
    return {"size": SMALL, "color": theme().soft}


def _digits(most: float) -> int:
    """Decimals with which the largest of the words has two figures."""
    return min(max(1 - floor(log10(most)), 3), 6) if most > 0 else 3


def _notes(shift: Shift, names: dict[str, str], source: Source) -> list[str]:
    said = " and ".join(
        f"{w.count(shift.statements[i], 'statement')} of {names[who]} ({shift.words[i]:,} words)"
        for i, who in enumerate((shift.first, shift.second))
    )
    left = (
        f" Left out: {w.count(shift.unread, 'statement')} whose words are not at hand."
        if shift.unread
        else ""
    )
    gap = shift.difference
    line = f" The line across the difference is its interval, {w.bounds(gap.low, gap.high)}."
    return [
        *source.notes(said),
        f"Only {w.the(shift.collection)}.{left} Every word counts alike here, and so a long"
        " statement for more, and narration is scored as speech is, without what a model may be set"
        " to hold back there: the two means are not those of the other charts. The polarity around"
        " a word is the mean of the statements that hold it, drawn toward the middle where these"
        " are few: the company that it keeps, not what it means. Function words, initials, names of"
        f" the target and words in fewer than {framing.FEWEST} statements count among all others."
        f"{'' if pd.isna(gap.low) else line} {w.INTERVAL_NOTE}",
    ]


def _title(shift: Shift, names: dict[str, str], about: str, source: Source) -> str:
    """Who is clearly kinder, if anybody is, and whether single words part the two."""
    first, second = names[shift.first], names[shift.second]
    where, sign = source.where(), shift.clear
    if sign:
        more = w.slightly(shift.difference.estimate) + ("more" if sign > 0 else "less")
        than = f"{more} favourable from {second} than from {first}"
        return f"{where}, words on {about} are {than}{_parted(shift)}"
    if pd.isna(shift.difference.low):
        return f"{where}, there are too few articles to tell {first} and {second} apart on {about}"
    return f"{where}, no clear difference between {first} and {second} on {about}"


def _parted(shift: Shift) -> str:
    """The words that part the two most, by name only where they are much of what does."""
    best = shift.table[~shift.table["word"].isin([REMAINDER, COMPANY])].head(3)
    if len(best) < 2:
        return ""
    share = best["contribution"].sum() / shift.difference.estimate
    if share >= _NAMED:
        named = w.listing(f"“{word}”" for word in best["word"])
        return f"; the words that part them most are {named}"
    part = w.percent(share) if share > 0 else "none"
    return f"; the {len(best)} words that part them most make up {part} of that"


def _alt(title: str, shift: Shift, shown: pd.DataFrame, sums: list, names: dict, about: str) -> str:
    first, second = names[shift.first], names[shift.second]
    digits = _digits(shown["contribution"].abs().max() if len(shown) else 0)
    said = [
        f"{row.word} {number(row.contribution, digits)} ({row.uses_first}, {row.uses_second} uses)"
        for row in shown.itertuples()
    ]
    parts = "; ".join(f"{words}: {number(value)}" for words, value in sums)
    gap = shift.difference
    return (
        f"Bar chart of a word shift. {title}. Polarity toward {about}. {parts}. Interval of the"
        f" difference: {w.bounds(gap.low, gap.high)}. Words, with uses by {first} and {second}:"
        f" {'; '.join(said) or 'none'}."
    )
