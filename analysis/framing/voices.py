"""Voices: how the narrator speaks of a focus group, against how the quoted and reported do."""

from functools import partial

import numpy as np
import pandas as pd

from analysis.corpus.cast import Cast
from analysis.framing.frames import holding_group, means, per_statement
from analysis.framing.intervals import Interval, difference_interval
from analysis.framing.ruler import Gap, twice
from analysis.tables import NARRATOR

#: Voices in the order in which they are shown.
OWN, OPPONENTS, OTHER_VOICES = "own side", "opponents", "other voices"
VOICES = (NARRATOR, OWN, OPPONENTS, OTHER_VOICES)


def opponents(cast: Cast, target: str) -> list[str]:
    """The groups that `opposes` ties to `target`, in either direction, in the cast's order."""
    its = set(cast.groups[target].opposes) if target in cast.groups else set()
    return [a for a, group in cast.groups.items() if a in its or target in group.opposes]


def with_voice(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Rows about focus groups, with `target` the group and `voice` one of `VOICES`.

    The own side is the target's group itself; `opponents` says who the opponents are.
    """
    rows = evidence[evidence["target_group"].isin(cast.focus)]
    holder = holding_group(rows)
    rows = rows.assign(target=rows["target_group"])
    opposed = {(who, target) for target in cast.focus for who in opponents(cast, target)}
    against = [pair in opposed for pair in zip(holder, rows["target"], strict=True)]
    chosen = np.select(
        [holder == NARRATOR, holder == rows["target"], np.array(against, dtype=bool)],
        [NARRATOR, OWN, OPPONENTS],
        OTHER_VOICES,
    )
    return rows.assign(voice=pd.Series(chosen, index=rows.index, dtype="str"))


def voices(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Mean polarity of each voice toward each focus group, with its interval.

    Returns
    -------
    DataFrame
        collection, target, voice, n_statements, n_articles, polarity, ci_low, ci_high; in the
        order of the cast's focus and of `VOICES`.
    """
    rows = with_voice(evidence, cast)
    table = means(rows, ["collection", "target", "voice"])
    place = table["target"].map(list(cast.focus).index) * len(VOICES)
    place += table["voice"].map(VOICES.index)
    order = pd.DataFrame({"c": table["collection"], "p": place}).sort_values(["c", "p"]).index
    return table.loc[order].reset_index(drop=True)


def contrasts(evidence: pd.DataFrame, cast: Cast) -> pd.DataFrame:
    """Narrator minus each other voice, toward each focus group, with the gap's own interval.

    Returns
    -------
    DataFrame
        collection, target, voice, difference (in [-2, 2]), difference_low, difference_high; the
        same with narration scored as speech is, as_speech, as_speech_low, as_speech_high; and the
        `sign` that both have, 0 where they do not agree on one (`framing.ruler`).
    """
    rows = with_voice(evidence, cast)
    found = []
    for (collection, target), own in rows.groupby(["collection", "target"]):
        heard = set(own["voice"])
        for voice in VOICES[1:]:
            if {NARRATOR, voice} <= heard:
                gap = twice(own, partial(_narrator_minus, voice))
                found.append((collection, target, voice, *_ends(gap), gap.sign))
    ends = [f"{name}{end}" for name in ("difference", "as_speech") for end in ("", "_low", "_high")]
    return pd.DataFrame(found, columns=["collection", "target", "voice", *ends, "sign"])


def _narrator_minus(voice: str, rows: pd.DataFrame) -> Interval:
    once = per_statement(rows, ["voice"])
    sides = (once[once["voice"] == who] for who in (NARRATOR, voice))
    return difference_interval(
        *((side["polarity"].to_numpy(), side["article_id"].to_numpy()) for side in sides)
    )


def _ends(gap: Gap) -> list[float]:
    return [end for side in gap for end in (side.estimate, side.low, side.high)]
