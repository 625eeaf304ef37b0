"""Turns: what a chart over time says of later words against earlier ones, and of whose they are."""

import pandas as pd

from analysis.charts import words as w
from analysis.charts.source import Source
from analysis.corpus.cast import Cast
from analysis.framing.intervals import Interval
from analysis.framing.ruler import Gap
from analysis.framing.timeline import Change

Changes = dict[str, Change]  # by focus group; empty where the articles have no two halves


def turn_title(changes: Changes, cast: Cast, source: Source) -> str:
    """Whether the later half of the articles differs clearly, and the narrator's words with it."""
    if not changes:
        return f"{source.where()}, there are too few dates to show a change over time"
    clear = [_clause(cast.group_phrase(who), turn) for who, turn in changes.items()
             if turn.said.sign]  # fmt: skip
    if clear:
        return f"{source.where()}, {w.listing(clear)}"
    about = f"in words about {w.listing(map(cast.group_phrase, cast.focus), 'or')}"
    if all(pd.isna(turn.said.scored.low) for turn in changes.values()):
        return f"{source.where()}, there are too few articles to show a change {about}"
    return f"{source.where()}, no clear change over time {about}"


def turn_rows(changes: Changes, collection: str) -> pd.DataFrame:
    """The differences that the title is made from, as rows of the chart's table.

    `row` says of what: of all statements or of narration, and whether that is scored as speech is.
    `polarity` is the later half's mean less the earlier one's, `day` the later half's first day.
    """
    rows = [
        {"row": f"difference{whose}{ruler}", "collection": collection, "target": target,
         "day": turn.since, "polarity": one.estimate, "ci_low": one.low, "ci_high": one.high}
        for target, turn in changes.items()
        for whose, gap in (("", turn.said), (" of narration", turn.told))
        for ruler, one in zip(("", ", scored as speech"), gap, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def turn_note(changes: Changes, cast: Cast) -> str:
    """What the title's finding was picked from, and who speaks where the narrator does not turn."""
    if not changes:
        return ""
    tried = sum(not pd.isna(turn.said.scored.low) for turn in changes.values())
    groups = f", for each of {tried:,} groups" if tried > 1 else ""
    told = [
        f"The title compares the articles from {_since(changes)} on with those before{groups}, and"
        f" where that is clear, the narrator's own words alone.{w.by_chance(tried)}"
    ]
    for who, turn in changes.items():
        if turn.said.sign and not turn.shared:
            told.append(f"Of the statements about {cast.group_phrase(who)}, {_whose(turn)}.")
        if turn.said.torn:
            told.append(f"Words about {cast.group_phrase(who)} {_both_ways(turn.said)}.")
        if turn.said.sign and turn.told.torn:
            told.append(f"The narrator's own {_both_ways(turn.told)}.")
    return " ".join(told)


def turn_alt(changes: Changes, cast: Cast) -> str:
    """Every difference, of all statements and of the narrator's; empty where there is none."""
    if not changes:
        return ""
    told = [
        f"{cast.group_name(who)} {_gap(turn.said.scored)}, in the narrator's own words"
        f" {_gap(turn.told.scored)}{_as_speech(turn.told)};"
        f" of the statements, {_whose(turn)}"
        for who, turn in changes.items()
        if not pd.isna(turn.said.scored.estimate)
    ]
    return f"from {_since(changes)} on minus before: {'. '.join(told) or 'nothing to compare'}"


def _clause(name: str, turn: Change) -> str:
    """A clear change; where the narrator's own words do not share it, that."""
    how = w.slightly(turn.said.least) + ("more" if turn.said.sign > 0 else "less")
    words = f"words about {name} are {how} favourable from {_day(turn.since)} on"
    if turn.shared:
        return words
    if pd.isna(turn.told.scored.low):
        return f"{words}, with too few of the narrator's own to tell whether these are"
    if turn.said.sign in (turn.told.scored.sign, turn.told.level.sign):
        return f"{words}; for the narrator's own it hangs on how narration is scored"
    return f"{words}, but the narrator's own are not clearly so"


def _whose(turn: Change) -> str:
    before, after = (w.percent(share) for share in turn.narrator)
    return f"{before} before are the narrator's, and {after} after"


def _both_ways(gap: Gap) -> str:
    return (
        f"differ by {_gap(gap.scored)} as the model scores narration, and by {_gap(gap.level)} with"
        " narration scored as speech is"
    )


def _as_speech(gap: Gap) -> str:
    """The narrator's difference on one ruler, where that is another."""
    apart = abs(gap.level.estimate - gap.scored.estimate) > 1e-9  # nor is NaN greater
    return f", scored as speech is {_gap(gap.level)}" if apart else ""


def _gap(gap: Interval) -> str:
    if pd.isna(gap.estimate):
        return "nothing to compare"
    return f"{w.signed(gap.estimate)} ({w.bounds(gap.low, gap.high)})"


def _since(changes: Changes) -> str:
    return _day(next(iter(changes.values())).since)


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"
