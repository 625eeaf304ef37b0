"""A walk through a coder's sheet: what is shown, decided, passed over and taken back.

The walk knows no widget: `take` gets a message and gives what is to be shown.
"""

from pathlib import Path
from typing import Any

from analysis.corpus.amend import NARRATION
from analysis.corpus.corrections import CorrectionError
from analysis.corpus.decisions import Decision
from analysis.reading.panel import panel
from analysis.reading.sheet import Sheet


class Walk:
    """One coder's walk; it begins at the first statement that they have not confirmed.

    Parameters
    ----------
    result, coder, corpus, order, blind : as for `sheet.Sheet`
    article : id of the only article to walk through; by default all whose text is here

    Raises
    ------
    CorrectionError, ValueError
        As `sheet.Sheet`, and when there is no such article.
    """

    def __init__(
        self,
        result: Any,
        coder: str,
        corpus: str | Path | None = None,
        article: str = "",
        order: str = "unsure",
        blind: bool = False,
    ):
        self.sheet = Sheet(result, coder, corpus, order, blind)
        if article and not self._of(article):
            raise ValueError(f"there is no article {article!r} whose text is here")
        self.article = article
        self.here = self._next_open("")
        self._strokes: list[tuple[str, Decision, str]] = []  # statement, decision, its time
        self._been: list[str] = []
        self._pending: list[str] = []  # targets that still lack a polarity, and are not kept yet
        self._seen = self.sheet.mine(self.here)  # this coder's decisions as they were last shown

    def take(self, message: dict) -> dict:
        """Do what `message` asks; gives what is then to be shown, and how it went in `said`.

        Nothing is done where the same coder has decided otherwise in another notebook meanwhile:
        whoever presses a key has not seen that yet.
        """
        act = getattr(self, f"_do_{message.get('do')}", None)
        if act is None:
            return self.view() | {"said": {"error": "this is not understood; run the cell again"}}
        if message.get("statement", self.here) != self.here:
            return self.view() | {"said": {"error": "another statement is shown by now"}}
        self.sheet.read()
        if message["do"] != "show" and self.sheet.mine(self.here) != self._seen:
            return self.view() | {"said": {"error": "changed in another notebook; look again"}}
        try:
            said = act(message)
        except CorrectionError as error:
            said = {"error": str(error)}
        return self.view() | {"said": said}

    def _do_show(self, message: dict) -> dict:
        return {"note": ""}

    def _do_decide(self, message: dict) -> dict:
        field, value, target = message["field"], str(message["value"]), message.get("target", "")
        row = self.sheet.row(self.here)
        if row["kind"] == NARRATION and field in ("speaker", "group", "act"):
            return {"error": "narration is the outlet's own voice; change its kind first"}
        if field == "group" and self.sheet.knows(row["speaker"]):
            return {"error": "this speaker's group is given; choose another speaker first"}
        if field == "speaker":
            value = self.sheet.in_cast(value)
        wanted = {(field, target): value}
        if field == "polarity" and not self.sheet.is_meant(self.here, target):
            wanted["target", target] = "yes"
        said = self._keep(wanted)
        self._pending = [name for name in self._pending if name != target]
        return said

    def _do_target(self, message: dict) -> dict:
        """Add a target; it is kept once it has a polarity."""
        name = message["target"]
        if self.sheet.is_meant(self.here, name) is None and name not in self._pending:
            self._pending.append(name)
        return {"note": f"how does it speak of {name}?"}

    def _do_drop(self, message: dict) -> dict:
        """Take a target away, or bring it back."""
        name = message["target"]
        if name in self._pending:
            self._pending.remove(name)
            return {"note": ""}
        return self._keep(
            {("target", name): "no" if self.sheet.is_meant(self.here, name) else "yes"}
        )

    def _do_confirm(self, message: dict) -> dict:
        """Keep all that is shown as this coder's own reading, and go on to the next.

        Of whom a blind coder does not speak, the statement does not either, in their reading.
        """
        if self._pending:
            return {"error": f"how does it speak of {self._pending[0]}? Choose, or take it away"}
        sheet, row = self.sheet, self.sheet.row(self.here)
        if not row["kind"]:
            return {"error": "of which kind is it? Choose, then confirm"}
        if row["kind"] != NARRATION and not row["speaker"]:
            return {"error": "who speaks? Choose, then confirm"}
        wanted = {("kind", ""): row["kind"]}
        if row["kind"] != NARRATION:
            wanted |= {("speaker", ""): row["speaker"], ("act", ""): row["act"]}
            if not sheet.knows(row["speaker"]):
                wanted["group", ""] = row["group"]
        for name in sheet.targets(self.here):
            meant = sheet.is_meant(self.here, name)
            wanted["target", name] = "yes" if meant else "no"
            if meant:
                wanted["polarity", name] = sheet.stance(self.here, name)
        wanted |= {("target", name): "no" for name in sorted(sheet.unnamed(self.here))}
        wanted["confirmed", ""] = "yes"
        mine = sheet.mine(self.here)
        new = {key: value for key, value in wanted.items() if value and mine.get(key) != value}
        said = self._keep(new) if new else {"note": "nothing had changed"}
        following = self._next_open(self.here)
        if sheet.done(following):
            return said | {"note": "every statement here is confirmed"}
        self._go(following)
        return said

    def _do_skip(self, message: dict) -> dict:
        return self._step(1, "this is the last one")

    def _do_back(self, message: dict) -> dict:
        while self._been:
            last = self._been.pop()
            if last in self._shown() and last != self.here:
                self.here, self._pending = last, []
                return {"note": ""}
        said = self._step(-1, "this is the first one")
        self._been.clear()
        return said

    def _do_undo(self, message: dict) -> dict:
        if self._pending:  # it was pressed last, though nothing of it is kept
            return {"note": f"{self._pending.pop()} is taken away again"}
        if not self._strokes:
            return {"note": "nothing to undo since this cell was run"}
        where, decision, time = self._strokes[-1]
        self.sheet.undo(decision, time)
        self._strokes.pop()
        if where not in self._shown():
            self.article = ""
        if where != self.here:
            self._go(where)
        return {"saved": "undone"}

    def _do_article(self, message: dict) -> dict:
        name = message["article"]
        if name and not self._of(name):
            return {"error": f"there is no article {name!r}"}
        self.article = name
        self._go(self._next_open(""))
        return {"note": ""}

    def view(self) -> dict:
        """Everything that is to be shown, as JSON can carry it."""
        shown, self._seen = self._shown(), self.sheet.mine(self.here)
        self._pending = [t for t in self._pending if self.sheet.is_meant(self.here, t) is None]
        place = {
            "place": shown.index(self.here) + 1,
            "total": len(shown),
            "done": sum(map(self.sheet.done, shown)),
            "article": self.article,
        }
        return place | panel(self.sheet, self.here, self._pending)

    def _keep(self, wanted: dict[tuple[str, str], str]) -> dict:
        decision, time = self.sheet.keep(self.here, wanted)
        self._strokes.append((self.here, decision, time))
        return {"saved": f"saved at {time[11:19]} UTC"}

    def _of(self, article: str) -> list[str]:
        rows = self.sheet.rows
        return [where for where in rows if rows[where]["article_id"] == article]

    def _shown(self) -> list[str]:
        return self._of(self.article) if self.article else list(self.sheet.rows)

    def _next_open(self, after: str) -> str:
        """The next statement that is not confirmed, from the top again where none comes after."""
        shown = self._shown()
        place = shown.index(after) + 1 if after else 0
        ring = [*shown[place:], *shown[:place]]
        return next((where for where in ring if not self.sheet.done(where)), ring[-1])

    def _step(self, step: int, end: str) -> dict:
        shown = self._shown()
        place = shown.index(self.here) + step
        if not 0 <= place < len(shown):
            return {"note": end}
        self._go(shown[place])
        return {"note": ""}

    def _go(self, where: str) -> None:
        self._been.append(self.here)
        self.here, self._pending = where, []
