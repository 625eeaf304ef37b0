"""A time axis: where its ticks stand, and how the labels of events keep out of each other's way."""

import pandas as pd
from matplotlib.dates import date2num

#: Steps between ticks, as pandas offsets, with the words of a tick.
_STEPS = (
    ("D", "{0.day} {0:%b}"),
    ("W-MON", "{0.day} {0:%b}"),
    ("2W-MON", "{0.day} {0:%b}"),
    ("MS", "{0:%b}"),
    ("QS", "{0:%b}"),
)
_YEARS = (1, 2, 5, 10, 50, 100)


def date_ticks(
    start: pd.Timestamp, end: pd.Timestamp, most: int = 8
) -> tuple[list[float], list[str]]:
    """At most `most` ticks on whole days, Mondays, months or years, the year under its first tick.

    Returns
    -------
    (places, words)
        Places in matplotlib's days.
    """
    tries = [(form, list(pd.date_range(start.ceil("D"), end, freq=step))) for step, form in _STEPS]
    new_years = list(pd.date_range(start.ceil("D"), end, freq="YS"))
    tries += [("{0:%Y}", [day for day in new_years if day.year % n == 0]) for n in _YEARS]
    form, days = next((pair for pair in tries if 0 < len(pair[1]) <= most), ("{0:%Y}", [start]))
    words, year = [], None
    for day in days:
        word = form.format(day)
        if "%Y" not in form and day.year != year:
            word, year = f"{word}\n{day.year}", day.year
        words.append(word)
    return [float(date2num(day)) for day in days], words


def stairs(places: list[float], widths: list[float]) -> list[int]:
    """Steps for labels that start at `places` (ascending) and run `widths` to the right.

    Each label hangs on a line that falls to the axis. A label stands above every later one that
    begins within its width, so that no line crosses a label and no label another.
    """
    levels = [0] * len(places)
    for i in range(len(places) - 1, -1, -1):
        under = [levels[j] for j in range(i + 1, len(places)) if places[j] < places[i] + widths[i]]
        levels[i] = max(under, default=-1) + 1
    return levels
