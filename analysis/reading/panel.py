"""The panel: what a coder is shown of one statement, as JSON can carry it."""

from collections.abc import Sequence

from analysis.corpus.amend import NARRATION, NOBODY
from analysis.reading.passage import passage
from analysis.reading.sheet import Sheet
from analysis.tables import ACTS, KINDS

FIELDS = ("speaker", "group", "kind", "act")


def panel(sheet: Sheet, where: str, pending: Sequence[str] = ()) -> dict:
    """The statement `where` in its article, its fields and targets, and what can be chosen.

    `pending` are targets that the coder has named and given no polarity yet.
    """
    row, machine = sheet.row(where), sheet.rows[where]
    article = sheet.articles[row["article_id"]]
    targets = [_target(sheet, where, name) for name in sheet.targets(where)]
    targets += [{"name": name, "value": "", "state": "pending"} for name in pending]
    return {
        "statement": where,
        "coder": sheet.coder,
        "file": str(sheet.path),
        "confirmed": sheet.done(where),
        "articles": _articles(sheet),
        "title": article["title"],
        "about": " · ".join(filter(None, (article["outlet"], article["published"]))),
        "passage": passage(article["text"], machine, sheet.mentions(where)),
        "fields": {name: _field(sheet, where, name) for name in FIELDS},
        "blind": sheet.blind,
        "confidence": None if sheet.blind else float(machine["confidence"]),
        "resolution": machine["resolution"],
        "targets": targets,
        "choices": _choices(sheet, row["article_id"]),
    }


def _field(sheet: Sheet, where: str, name: str) -> dict:
    """A field's value; of narration only the kind is open, of a speaker of the cast no group."""
    row = sheet.row(where)
    shut = name != "kind" and row["kind"] == NARRATION
    return {
        "value": row[name],
        "machine": sheet.rows[where][name],
        "mine": (name, "") in sheet.mine(where),
        "open": not (shut or (name == "group" and sheet.knows(row["speaker"]))),
    }


def _target(sheet: Sheet, where: str, name: str) -> dict:
    return {
        "name": name,
        "value": sheet.stance(where, name),
        "machine": sheet.machine(where, name),
        "state": "meant" if sheet.is_meant(where, name) else "dropped",
        "mine": ("polarity", name) in sheet.mine(where),
    }


def _articles(sheet: Sheet) -> list[dict]:
    made = {
        name: {"id": name, "title": article["title"], "done": 0, "total": 0}
        for name, article in sheet.articles.items()
    }
    for where, row in sheet.rows.items():
        made[row["article_id"]]["total"] += 1
        made[row["article_id"]]["done"] += sheet.done(where)
    return [one for one in made.values() if one["total"]]


def _choices(sheet: Sheet, article: str) -> dict[str, list[dict]]:
    groups = list(sheet.cast.groups.values())
    people = [_choice(one.name, one.name, one.group) for one in sheet.cast.actors.values()]
    wholes = [_choice(one.name, f"{one.name}, as a whole", one.id) for one in groups]
    others = [_choice(name, name, group) for name, group in sorted(sheet.speakers(article).items())]
    return {
        "speaker": [*people, *wholes, *others, _choice(NOBODY, NOBODY)],
        "group": [_choice(one.id, one.name) | {"colour": one.colour} for one in groups],
        "kind": [_choice(kind, kind) for kind in KINDS],
        "act": [_choice(act, act) for act in ACTS],
        "target": [*people, *wholes],
    }


def _choice(value: str, label: str, group: str = "") -> dict:
    return {"value": value, "label": label, "group": group}
