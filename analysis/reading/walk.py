"""A walk through a run's statements: what one coder sees, decides and takes back.

The walk knows no widget: `take` gets a message and gives what is to be shown. A coder sees the
machine's reading and their own decisions, never another coder's.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus import corrections
from analysis.corpus.amend import NOBODY, POLARITY, stance, voice
from analysis.corpus.corrections import CorrectionError, Decision
from analysis.reading.passage import passage
from analysis.tables import ACTS, KINDS

#: In which order statements are shown; only `random` makes a fair sample of the corpus.
ORDERS = ("unsure", "text", "random")
SEED = 20141220
NARRATION = "narration"


class Walk:
    """One coder's walk.

    Parameters
    ----------
    result : what `pipeline.run` gives
    coder : name of the coder, and of the file `gold/<coder>.csv`
    corpus : the corpus folder that holds `gold/`
    article : id of the only article to walk through; by default all whose text is here
    order : "unsure", least confident first; "text", as they stand; "random"

    Raises
    ------
    CorrectionError
        When the name cannot be a coder's.
    ValueError
        When there is no such article or order, or no statement to show.
    """

    def __init__(
        self,
        result: Any,
        coder: str,
        corpus: str | Path = "corpus",
        article: str = "",
        order: str = "unsure",
    ):
        self.path = corrections.coder_file(corpus, coder)
        if order not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}, not {order!r}")
        self.coder, self.corpus, self.cast = coder, corpus, result.cast
        here = result.articles[result.articles["text"] != ""]
        self.articles = here.set_index("article_id", drop=False).to_dict("index")
        machine = {"statements": result.statements, "mentions": result.mentions}
        machine |= {"scores": result.scores} | result.machine
        self.about = machine["mentions"].merge(
            machine["scores"].drop(columns="corrected", errors="ignore"), on="mention_id"
        )
        said = machine["statements"]
        self.rows = self._ordered(said[said["article_id"].isin(self.articles)], order)
        if article and article not in self.articles:
            raise ValueError(f"there is no article {article!r} whose text is here")
        if not self.rows:
            raise ValueError("there is no statement to review: no article has its text here")
        self.article = article
        self.strokes: list[tuple[str, Decision, str]] = []  # statement, decision, time
        self.been: list[str] = []
        self.pending: list[str] = []  # targets that still lack a polarity
        self._read()
        self.here = next((i for i in self._shown() if not self._done(i)), self._shown()[0])

    def take(self, message: dict) -> dict:
        """Do what `message` asks, and give what is then to be shown, with a word on how it went."""
        act = getattr(self, f"_do_{message.get('do')}", None)
        if act is None:
            return self.view() | {"said": {"error": "this is not understood; run the cell again"}}
        if "statement" in message and message["statement"] != self.here:
            return self.view() | {"said": {"error": "not kept: another statement is shown by now"}}
        try:
            said = act(message)
        except CorrectionError as error:
            said = {"error": str(error)}
        return self.view() | {"said": said}

    def _do_show(self, message: dict) -> dict:
        return {"note": ""}

    def _do_decide(self, message: dict) -> dict:
        field, value, target = message["field"], str(message["value"]), message.get("target", "")
        row = self._effective(self.here)
        if row["kind"] == NARRATION and field in ("speaker", "group", "act"):
            return {"error": "narration is the outlet's own voice; change the kind first"}
        if field == "speaker":
            value = self._in_cast(value)
        if field == "group" and (row["group"] == "unresolved" or self._is_known(row["speaker"])):
            return {"error": "this speaker's group is given; choose another speaker first"}
        fresh = [self._decision(field, value, target)]
        if field == "polarity" and self._target(target) != "yes":
            fresh.insert(0, self._decision("target", "yes", target))
        said = self._keep(fresh)
        self.pending = [name for name in self.pending if name != target]
        return said

    def _do_target(self, message: dict) -> dict:
        """Add a target; it is kept once it has a polarity."""
        name = message["target"]
        if self._target(name) == "" and name not in self.pending:
            self.pending.append(name)
        return {"note": f"how does it speak of {name}?"}

    def _do_drop(self, message: dict) -> dict:
        """Take a target away, or bring it back."""
        name = message["target"]
        if name in self.pending:
            self.pending.remove(name)
            return {"note": ""}
        value = "no" if self._target(name) == "yes" else "yes"
        if value == "yes" and not self._polarity(name):
            self.pending.append(name)
            return {"note": f"how does it speak of {name}?"}
        return self._keep([self._decision("target", value, name)])

    def _do_confirm(self, message: dict) -> dict:
        if self.pending:
            return {"error": f"how does it speak of {self.pending[0]}? Choose, or take it away"}
        mine, row = self._mine(self.here), self._effective(self.here)
        wanted = {("kind", ""): row["kind"]}
        if row["kind"] != NARRATION:
            wanted |= {("speaker", ""): row["speaker"], ("act", ""): row["act"]}
            if row["group"] != "unresolved" and not self._is_known(row["speaker"]):
                wanted["group", ""] = row["group"]
        for name in self._targets(self.here):
            wanted["target", name] = self._target(name)
            if wanted["target", name] == "yes":
                wanted["polarity", name] = self._polarity(name)
        wanted["confirmed", ""] = "yes"
        new = [(key, value) for key, value in wanted.items() if value and mine.get(key) != value]
        said = self._keep([self._decision(f, value, t) for (f, t), value in new]) if new else {}
        rest = [i for i in self._shown() if not self._done(i)]
        if not rest:
            return said | {"note": "every statement here is confirmed"}
        places = {i: n for n, i in enumerate(self._shown())}
        self._go(next((i for i in rest if places[i] > places[self.here]), rest[0]))
        return said

    def _do_skip(self, message: dict) -> dict:
        shown = self._shown()
        place = shown.index(self.here) + 1
        if place == len(shown):
            return {"note": "this is the last one"}
        self._go(shown[place])
        return {"note": ""}

    def _do_back(self, message: dict) -> dict:
        shown = self._shown()
        while self.been:
            last = self.been.pop()
            if last in shown and last != self.here:
                self.here, self.pending = last, []
                return {"note": ""}
        place = shown.index(self.here)
        if not place:
            return {"note": "this is the first one"}
        self.here, self.pending = shown[place - 1], []
        return {"note": ""}

    def _do_undo(self, message: dict) -> dict:
        if not self.strokes:
            return {"note": "nothing to undo since this cell was run"}
        where, decision, time = self.strokes[-1]
        corrections.undo(self.corpus, self.coder, decision, time)
        self.strokes.pop()
        self._read()
        if where not in self._shown():
            self.article = ""
        if where != self.here:
            self._go(where)
        return {"saved": "undone"}

    def _do_article(self, message: dict) -> dict:
        name = message["article"]
        if name and name not in self.articles:
            return {"error": f"there is no article {name!r}"}
        self.article = name
        self._go(next((i for i in self._shown() if not self._done(i)), self._shown()[0]))
        return {"note": ""}

    def view(self) -> dict:
        """Everything that is to be shown, as JSON can carry it."""
        shown, row = self._shown(), self._effective(self.here)
        machine = self.rows[self.here]
        article = self.articles[row["article_id"]]
        mine = self._mine(self.here)
        known = row["group"] == "unresolved" or self._is_known(row["speaker"])
        fields = {
            name: {
                "value": row[name],
                "machine": machine[name],
                "mine": (name, "") in mine,
                "open": name == "kind"
                or (row["kind"] != NARRATION and (name != "group" or not known)),
            }
            for name in ("speaker", "group", "kind", "act")
        }
        targets = [self._shown_target(name) for name in self._targets(self.here)]
        targets += [{"name": name, "value": "", "state": "pending"} for name in self.pending]
        return {
            "statement": self.here,
            "coder": self.coder,
            "place": shown.index(self.here) + 1,
            "total": len(shown),
            "done": sum(map(self._done, shown)),
            "confirmed": self._done(self.here),
            "article": self.article,
            "articles": [self._listed(name) for name in self.articles],
            "title": article["title"],
            "about": " · ".join(filter(None, (article["outlet"], article["published"]))),
            "passage": passage(article["text"], machine, self._marks(self.here)),
            "fields": fields,
            "confidence": round(float(machine["confidence"]), 2),
            "resolution": machine["resolution"],
            "targets": targets,
            "choices": self._choices(row["article_id"]),
            "undo": len(self.strokes),
            "file": str(self.path),
        }

    def _shown_target(self, name: str) -> dict:
        own = self.about[self.about["statement_id"] == self.here]
        own = own[own["target"] == name]
        machine = stance(own["polarity"].mean()) if len(own) else ""
        state = "meant" if self._target(name) == "yes" else "dropped"
        mine = ("polarity", name) in self._mine(self.here)
        value = self._polarity(name)
        return {"name": name, "value": value, "machine": machine, "state": state, "mine": mine}

    def _listed(self, name: str) -> dict:
        rows = [i for i in self.rows if self.rows[i]["article_id"] == name]
        title = self.articles[name]["title"]
        return {"id": name, "title": title, "done": sum(map(self._done, rows)), "total": len(rows)}

    def _choices(self, article: str) -> dict:
        groups = [
            {"value": group.id, "label": group.name, "colour": group.colour}
            for group in self.cast.groups.values()
        ]
        people = [
            {"value": one.name, "label": one.name, "group": one.group}
            for one in self.cast.actors.values()
        ]
        wholes = [
            {"value": group.name, "label": f"{group.name}, as a whole", "group": group.id}
            for group in self.cast.groups.values()
        ]
        known = {one["value"] for one in [*people, *wholes]}
        effective = [self._effective(i) for i in self.rows if self.rows[i]["article_id"] == article]
        others = {
            row["speaker"]: row["group"]
            for row in effective
            if row["kind"] != NARRATION and row["speaker"] not in {*known, NOBODY}
        }
        rest = [{"value": who, "label": who, "group": others[who]} for who in sorted(others)]
        nobody = {"value": NOBODY, "label": NOBODY, "group": "unresolved"}
        simple = {"kind": KINDS, "act": ACTS, "polarity": tuple(POLARITY)}
        lists = {k: [{"value": v, "label": v} for v in values] for k, values in simple.items()}
        return lists | {
            "group": groups,
            "speaker": [*people, *wholes, *rest, nobody],
            "target": [*people, *wholes],
        }

    def _ordered(self, said: pd.DataFrame, order: str) -> dict[str, dict]:
        """The rows by id, in the order of the walk."""
        if order == "random":
            said = said.iloc[np.random.default_rng(SEED).permutation(len(said))]
        if order == "unsure":
            sure = self.about[["p_negative", "p_neutral", "p_positive"]].max(axis=1)
            least = sure.groupby(self.about["statement_id"]).min()
            said = said.assign(sure=said["statement_id"].map(least).fillna(1.0))
            said = said.sort_values(["confidence", "sure"], kind="stable").drop(columns="sure")
        return {row["statement_id"]: row for row in said.to_dict("records")}

    def _read(self) -> None:
        """Take this coder's decisions from the file, those of another notebook too."""
        frame = corrections.read(self.corpus).decisions
        own = frame[frame["coder"] == self.coder]
        self.own: dict[tuple, dict[tuple[str, str], str]] = {}
        for row in own.itertuples():
            key = (row.sha256, row.statement_start, row.statement_end)
            self.own.setdefault(key, {})[row.field, row.target] = row.value

    def _keep(self, decisions: list[Decision]) -> dict:
        time = corrections.append(self.corpus, self.coder, decisions)
        self.strokes.append((self.here, decisions[0], time))
        self._read()
        return {"saved": f"saved at {time[11:19]} UTC"}

    def _decision(self, field: str, value: str, target: str = "") -> Decision:
        row = self.rows[self.here]
        sha, name = self.articles[row["article_id"]]["sha256"], row["article_id"]
        return Decision(sha, name, int(row["start"]), int(row["end"]), field, value, target)

    def _mine(self, where: str) -> dict[tuple[str, str], str]:
        row = self.rows[where]
        sha = self.articles[row["article_id"]]["sha256"]
        return self.own.get((sha, row["start"], row["end"]), {})

    def _done(self, where: str) -> bool:
        return ("confirmed", "") in self._mine(where)

    def _shown(self) -> list[str]:
        if not self.article:
            return list(self.rows)
        return [i for i, row in self.rows.items() if row["article_id"] == self.article]

    def _go(self, where: str) -> None:
        self.been.append(self.here)
        self.here, self.pending = where, []

    def _effective(self, where: str) -> dict:
        """The machine's row with this coder's decisions, as a run would put them on."""
        row = self.rows[where]
        said = {field: value for (field, target), value in self._mine(where).items() if not target}
        said.pop("confirmed", None)
        outlet = self.articles[row["article_id"]]["outlet"] or "Narrator"
        return voice(row, said, self.cast, outlet)[0] if said else row

    def _in_cast(self, words: str) -> str:
        """A name of the cast for one of its aliases; other words stay as they are."""
        words = " ".join(words.split())
        for actor in self.cast.actors.values():
            if words.casefold() in {name.casefold() for name in (actor.name, *actor.aliases)}:
                return actor.name
        return NOBODY if words.casefold() == NOBODY.casefold() else words

    def _is_known(self, name: str) -> bool:
        groups = {group.name for group in self.cast.groups.values()}
        return self.cast.actor_named(name) is not None or name in groups

    def _marks(self, where: str) -> pd.DataFrame:
        return self.about[self.about["statement_id"] == where]

    def _targets(self, where: str) -> list[str]:
        machine = self._marks(where).sort_values("start")["target"].tolist()
        mine = [target for (field, target) in self._mine(where) if field == "target"]
        return [name for name in dict.fromkeys([*machine, *mine]) if name not in self.pending]

    def _target(self, name: str) -> str:
        """Whether the statement here is held to speak of somebody: yes, no, or nothing said."""
        mine = self._mine(self.here).get(("target", name), "")
        return mine or ("yes" if name in set(self._marks(self.here)["target"]) else "")

    def _polarity(self, name: str) -> str:
        own = self._marks(self.here)
        own = own[own["target"] == name]
        machine = stance(own["polarity"].mean()) if len(own) else ""
        return self._mine(self.here).get(("polarity", name), machine)
