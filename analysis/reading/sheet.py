"""A coder's sheet: the machine's statements, with what this coder has decided about them.

Another coder's decisions are not on it, so that two who code the same statements do so apart.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus import corrections
from analysis.corpus.amend import NARRATION, NOBODY, in_cast, stance, unchanged, voice
from analysis.corpus.decisions import Decision
from analysis.corpus.sampling import in_random_order

#: In which order statements stand; only `random` gives a fair sample of the corpus.
ORDERS = ("unsure", "text", "random")
#: What a blind coder is not shown of a statement.
_BLANK = {
    **dict.fromkeys(("kind", "speaker", "group", "act", "source", "cue", "resolution"), ""),
    **{f"{role}_{end}": pd.NA for role in ("source", "cue") for end in ("start", "end")},
    "confidence": pd.NA,
}


class Sheet:
    """Statements whose article is here, by id in the order asked for, and one coder's decisions.

    Parameters
    ----------
    result : what `pipeline.run` gives
    coder : name of the coder, and of the file `gold/<coder>.csv`
    corpus : the corpus folder that holds `gold/`; by default the one that the run was of
    order : "unsure", least confident first; "text", as they stand; "random", see
        `corpus.sampling`
    blind : whether the machine's reading is kept from the coder, who then decides everything

    Raises
    ------
    CorrectionError
        When the name cannot be a coder's.
    ValueError
        When there is no such order or folder, or no statement to show.
    """

    def __init__(
        self,
        result: Any,
        coder: str,
        corpus: str | Path | None = None,
        order: str = "unsure",
        blind: bool = False,
    ):
        corpus = corpus or result.corpus
        if corpus is None or not Path(corpus).is_dir():
            raise ValueError(f"{corpus}: there is no such folder; name the corpus with corpus=")
        self.path = corrections.coder_file(corpus, coder)
        if order not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}, not {order!r}")
        self.coder, self.corpus, self.cast, self.blind = coder, corpus, result.cast, blind
        here = result.articles[result.articles["text"] != ""]
        self.articles = here.set_index("article_id", drop=False).to_dict("index")
        said, mentions, scores = unchanged(result)
        scored = mentions.merge(scores.drop(columns="corrected"), on="mention_id")
        self._found = scored.groupby("statement_id")["target"].agg(set).to_dict()
        shown = scored.iloc[:0] if blind else scored
        self._mentions = dict(tuple(shown.groupby("statement_id", sort=False)))
        self._no_mentions = scored.iloc[:0]
        said = said[said["article_id"].isin(self.articles)]
        self.rows = {row["statement_id"]: row for row in self._ordered(said, scored, here, order)}
        if blind:
            self.rows = {where: row | _BLANK for where, row in self.rows.items()}
        if not self.rows:
            raise ValueError("there is no statement to review: no article has its text here")
        self.read()

    @staticmethod
    def _ordered(
        said: pd.DataFrame, scored: pd.DataFrame, articles: pd.DataFrame, order: str
    ) -> list[dict]:
        if order == "random":
            said = in_random_order(said, articles)
        if order == "unsure":  # of equals, the one whose least sure score is least sure
            sure = scored[["p_negative", "p_neutral", "p_positive"]].max(axis=1)
            least = sure.groupby(scored["statement_id"]).min()
            said = said.assign(sure=said["statement_id"].map(least).fillna(1.0))
            said = said.sort_values(["confidence", "sure"], kind="stable").drop(columns="sure")
        return said.to_dict("records")

    def read(self) -> None:
        """Take this coder's decisions from the file, those of another notebook too."""
        frame = in_cast(corrections.read(self.corpus).decisions, self.cast)
        self._own: dict[tuple, dict[tuple[str, str], str]] = {}
        for row in frame[frame["coder"] == self.coder].itertuples():
            key = (row.sha256, row.statement_start, row.statement_end)
            self._own.setdefault(key, {})[row.field, row.target] = row.value

    def keep(self, where: str, wanted: dict[tuple[str, str], str]) -> tuple[Decision, str]:
        """Append (field, target) -> value for a statement; one of the decisions, and their time."""
        row = self.rows[where]
        about = (self._sha(row), row["article_id"], int(row["start"]), int(row["end"]))
        made = [Decision(*about, f, value, target) for (f, target), value in wanted.items()]
        time = corrections.append(self.corpus, self.coder, made)
        self.read()
        return made[0], time

    def undo(self, decision: Decision, time: str) -> None:
        corrections.undo(self.corpus, self.coder, decision, time)
        self.read()

    def mine(self, where: str) -> dict[tuple[str, str], str]:
        """What this coder has decided about a statement: (field, target) -> value."""
        row = self.rows[where]
        return self._own.get((self._sha(row), row["start"], row["end"]), {})

    def done(self, where: str) -> bool:
        return ("confirmed", "") in self.mine(where)

    def row(self, where: str) -> dict:
        """A statement's row with this coder's decisions, as a run would put them on."""
        row = self.rows[where]
        said = {field: value for (field, target), value in self.mine(where).items() if not target}
        said.pop("confirmed", None)
        outlet = self.articles[row["article_id"]]["outlet"] or "Narrator"
        return voice(row, said, self.cast, outlet)[0] if said else row

    def mentions(self, where: str) -> pd.DataFrame:
        return self._mentions.get(where, self._no_mentions)

    def targets(self, where: str) -> list[str]:
        """Whom the statement may speak of, taken away ones too; the machine's first."""
        machine = self.mentions(where).sort_values("start")["target"]
        return list(dict.fromkeys([*machine, *(t for _, t in self.mine(where) if t)]))

    def unnamed(self, where: str) -> set[str]:
        """Whom the machine found in a statement and a blind coder has not named."""
        return self._found.get(where, set()) - set(self.targets(where)) if self.blind else set()

    def is_meant(self, where: str, target: str) -> bool | None:
        """Whether the statement is held to speak of somebody; None where nobody holds anything."""
        if mine := self.mine(where).get(("target", target)):
            return mine == "yes"
        return True if self.machine(where, target) else None

    def machine(self, where: str, target: str) -> str:
        """The machine's stance toward a target; empty where it found no mention."""
        own = self.mentions(where)
        own = own[own["target"] == target]
        return stance(own["polarity"].mean()) if len(own) else ""

    def stance(self, where: str, target: str) -> str:
        return self.mine(where).get(("polarity", target), self.machine(where, target))

    def knows(self, speaker: str) -> bool:
        """Whether a speaker's group is given: by the cast, or because there is none to give."""
        groups = {NOBODY, "", *(group.name for group in self.cast.groups.values())}
        return speaker in groups or self.cast.actor_named(speaker) is not None

    def in_cast(self, words: str) -> str:
        """A name of the cast for one of its aliases; other words stay as they are."""
        words = " ".join(words.split())
        if actor := self.cast.actor_called(words):
            return actor.name
        return NOBODY if words.casefold() == NOBODY.casefold() else words

    def speakers(self, article: str) -> dict[str, str]:
        """Speakers of an article whom the cast does not know, and their groups."""
        rows = [self.row(i) for i, row in self.rows.items() if row["article_id"] == article]
        said = (row for row in rows if row["kind"] != NARRATION and not self.knows(row["speaker"]))
        return {row["speaker"]: row["group"] for row in said}

    def _sha(self, row: dict) -> str:
        return self.articles[row["article_id"]]["sha256"]
