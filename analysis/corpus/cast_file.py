"""The file of a cast: TOML, read and checked, every mistake in it named with what to change.

The comments of `corpus/cast.toml` document the format.
"""

import re
from datetime import date
from pathlib import Path

from analysis.corpus.cast import BUILTIN, Actor, Cast, Event, Group, Office
from analysis.corpus.fields import CastError, day, known, read_toml, string, strings, tables
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

PRONOUNS = ("he", "she", "they", "it")
KINDS = ("person", "organisation")
#: Matplotlib's markers that can be filled.
MARKERS = tuple("ov^<>8sp*hHDdPX")


def load_cast(path: str | Path) -> Cast:
    """Read and check a cast file.

    Raises
    ------
    CastError
        When the file is missing or not TOML, a field is missing or of the wrong type, an id or a
        name is unknown or used twice, or one alias would mean two actors on the same day.
    """
    path = Path(path)
    try:
        return _build(read_toml(path), path)
    except CastError as error:
        raise CastError(f"{path}: {error}") from None


def _build(raw: dict, path: Path) -> Cast:
    known(raw, {"title", "focus", "group", "actor", "event"}, "the file")
    groups = _by_id([_group(entry) for entry in tables(raw, "group")], "group")
    groups.setdefault(OTHERS, Group(id=OTHERS, name="Others"))
    for group in groups.values():
        for opposed in group.opposes:
            if opposed not in groups or opposed == group.id:
                reason = "itself" if opposed == group.id else "which no [[group]] declares"
                raise CastError(f"group {group.id!r} opposes {opposed!r}, {reason}")
    actors = _by_id([_actor(entry) for entry in tables(raw, "actor")], "actor")
    if not actors:
        raise CastError("no [[actor]] is listed; add at least one")
    for actor in actors.values():
        if actor.group not in groups:
            raise CastError(
                f"actor {actor.id!r} is in group {actor.group!r}, which no [[group]] declares"
            )
        whom = actor.speaks_for
        if whom and (whom not in actors or whom == actor.id):
            reason = "itself" if whom == actor.id else "which no [[actor]] declares"
            raise CastError(f"actor {actor.id!r} speaks for {whom!r}, {reason}")
    focus = strings(raw, "focus", "the file") or tuple(g for g in groups if g != OTHERS)
    for group in focus:
        if group not in groups:
            raise CastError(f"focus names the group {group!r}, which no [[group]] declares")
        if focus.count(group) > 1:
            raise CastError(f"focus names the group {group!r} twice")
    events = tuple(sorted((_event(e) for e in tables(raw, "event")), key=lambda e: e.date))
    title = string(raw, "title", "the file", "") or path.stem
    cast = Cast(title, focus, groups, actors, events, path)
    _refuse_shared_names(cast)
    _refuse_shared_aliases(cast)
    return cast


def _refuse_shared_names(cast: Cast) -> None:
    """Tables tell groups and whole groups from one another, and from actors, by name."""
    owners: dict[str, str] = {
        name.casefold(): f"what the tables call group {group!r}"
        for group, name in BUILTIN.items()
        if group != OTHERS
    }
    for what, items in (("group", cast.groups), ("actor", cast.actors)):
        for item in items.values():
            mine = f"the name of {what} {item.id!r}"
            other = owners.setdefault(_key(item.name), mine)
            if other != mine and not (what == "actor" and other.startswith("the name of actor")):
                raise CastError(f"{item.name!r} is {mine} and {other}; rename one of them")


def _key(phrase: str) -> str:
    """A phrase in a form in which two spellings of it are equal."""
    return phrase.replace("’", "'").casefold()


def _refuse_shared_aliases(cast: Cast) -> None:
    """One phrase may mean two actors only through offices that they held on different days."""
    claims: dict[str, list[tuple[str, Office]]] = {}
    always = Office("always")
    for actor in cast.actors.values():
        for alias in {actor.name, *actor.aliases}:
            claims.setdefault(_key(alias), []).append((actor.id, always))
        for office in actor.offices:
            for alias in set(office.aliases):
                claims.setdefault(_key(alias), []).append((actor.id, office))
    for group in cast.groups.values():
        for alias in set(group.collective):
            claims.setdefault(_key(alias), []).append((f"group {group.id}", always))
    for alias, owners in claims.items():
        for i, (first, held) in enumerate(owners):
            for second, also in owners[i + 1 :]:
                if first != second and _overlap(held, also):
                    raise CastError(
                        f"{first!r} and {second!r} both claim the alias {alias!r}; take it from one"
                        " of them, or give the offices that carry it dates that do not overlap"
                    )


def _overlap(one: Office, other: Office) -> bool:
    starts = max(one.start or date.min, other.start or date.min)
    return starts <= min(one.end or date.max, other.end or date.max)


def _group(entry: dict) -> Group:
    where = f"group {entry.get('id', '?')!r}"
    known(entry, set(Group.__dataclass_fields__), where)
    name = string(entry, "id", where)
    if name in (NARRATOR, UNRESOLVED):
        raise CastError(f"{where}: the id {name!r} is kept for the tables; choose another")
    colour = string(entry, "colour", where, "") or "#767676"
    marker = string(entry, "marker", where, "") or "o"
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise CastError(f'{where}: colour {colour!r} is not written as "#AA4499"')
    if marker not in MARKERS:
        raise CastError(f"{where}: marker {marker!r} is not one of {' '.join(MARKERS)}")
    return Group(
        id=name,
        name=string(entry, "name", where),
        phrase=string(entry, "phrase", where, ""),
        colour=colour,
        marker=marker,
        opposes=strings(entry, "opposes", where),
        roles=tuple(role.casefold() for role in strings(entry, "roles", where)),
        collective=strings(entry, "collective", where),
    )


def _actor(entry: dict) -> Actor:
    where = f"actor {entry.get('id', '?')!r}"
    known(entry, {*Actor.__dataclass_fields__, "office"} - {"offices"}, where)
    pronouns = string(entry, "pronouns", where, "they")
    kind = string(entry, "kind", where, "person")
    if pronouns not in PRONOUNS:
        raise CastError(f"{where}: pronouns {pronouns!r} is not one of {', '.join(PRONOUNS)}")
    if kind not in KINDS:
        raise CastError(f"{where}: kind {kind!r} is not one of {', '.join(KINDS)}")
    return Actor(
        id=string(entry, "id", where),
        name=string(entry, "name", where),
        group=string(entry, "group", where),
        kind=kind,
        aliases=strings(entry, "aliases", where),
        pronouns=pronouns,
        titles=strings(entry, "titles", where),
        speaks_for=string(entry, "speaks_for", where, ""),
        offices=tuple(_office(office, where) for office in tables(entry, "office")),
    )


def _office(entry: dict, where: str) -> Office:
    where = f"{where}, office {entry.get('name', '?')!r}"
    known(entry, {"name", "aliases", "from", "to"}, where)
    start, end = day(entry, "from", where), day(entry, "to", where)
    if start and end and start > end:
        raise CastError(f"{where}: ends on {end}, before it starts on {start}")
    return Office(string(entry, "name", where), strings(entry, "aliases", where), start, end)


def _event(entry: dict) -> Event:
    when = day(entry, "date", "event")
    if when is None:
        raise CastError("an [[event]] has no date; write date = 2014-12-20")
    return Event(when, string(entry, "label", f"event of {when}"))


def _by_id(items: list, what: str) -> dict:
    found: dict = {}
    for item in items:
        if item.id in found:
            raise CastError(f"two entries of [[{what}]] have the id {item.id!r}")
        found[item.id] = item
    return found
