"""The cast of a dispute: its actors, groups and events, read from a TOML file.

Nothing else in the package knows who these people are. `corpus/cast.toml` documents the format.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

PRONOUNS = ("he", "she", "they", "it")
KINDS = ("person", "organisation")


class CastError(ValueError):
    """The cast file is missing or cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Office:
    """An office and the phrases that mean whoever holds it; dates inclusive, `None` is open."""

    name: str
    aliases: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def held_on(self, day: date | None) -> bool:
        if day is None:  # an undated article: only who holds the office to this day
            return self.end is None
        return (self.start or date.min) <= day <= (self.end or date.max)


@dataclass(frozen=True)
class Group:
    """Actors that charts count together."""

    id: str
    name: str  # as a label
    phrase: str = ""  # as it stands inside a sentence, "the mayor"; by default the name
    colour: str = "#767676"
    marker: str = "o"
    opposes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  # nouns that put an unnamed source into this group
    collective: tuple[str, ...] = ()  # phrases for the group as a whole


@dataclass(frozen=True)
class Actor:
    """A person or an organisation that speaks or is spoken of."""

    id: str
    name: str
    group: str
    kind: str = "person"
    aliases: tuple[str, ...] = ()
    pronouns: str = "they"
    titles: tuple[str, ...] = ()
    speaks_for: str = ""
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Event:
    date: date
    label: str


@dataclass(frozen=True)
class Cast:
    """A dispute's actors, groups and events, and the groups that its charts compare."""

    title: str
    focus: tuple[str, ...]
    groups: dict[str, Group]
    actors: dict[str, Actor]
    events: tuple[Event, ...] = ()
    path: Path | None = field(default=None, compare=False)

    def group_name(self, group: str) -> str:
        """What a chart prints for a group id; ids that the cast does not know stand as they are."""
        builtin = {NARRATOR: "Narrator", OTHERS: "Others", UNRESOLVED: "Unresolved"}
        return self.groups[group].name if group in self.groups else builtin.get(group, group)

    def group_phrase(self, group: str) -> str:
        """A group as it stands inside a sentence."""
        known = self.groups.get(group)
        return known.phrase if known and known.phrase else self.group_name(group)

    def actor_named(self, name: str) -> Actor | None:
        return next((actor for actor in self.actors.values() if actor.name == name), None)


def load_cast(path: str | Path) -> Cast:
    """Read and check a cast file.

    Raises
    ------
    CastError
        When the file is missing or not TOML, a field is missing or of the wrong type, an id is
        unknown or used twice, or one alias would mean two actors on the same day.
    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CastError(
            f"{path}: there is no cast file; copy corpus/cast.toml and edit it"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CastError(f"{path}: cannot be read ({error}); save it as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise CastError(f"{path}: not valid TOML: {error}") from None
    try:
        return _build(raw, path)
    except CastError as error:
        raise CastError(f"{path}: {error}") from None


def _build(raw: dict, path: Path) -> Cast:
    _known(raw, {"title", "focus", "group", "actor", "event"}, "the file")
    groups = _by_id([_group(entry) for entry in _tables(raw, "group")], "group")
    groups.setdefault(OTHERS, Group(id=OTHERS, name="Others"))
    for group in groups.values():
        for opposed in group.opposes:
            if opposed not in groups:
                raise CastError(
                    f"group {group.id!r} opposes {opposed!r}, which no [[group]] declares"
                )
    actors = _by_id([_actor(entry) for entry in _tables(raw, "actor")], "actor")
    if not actors:
        raise CastError("no [[actor]] is listed; add at least one")
    for actor in actors.values():
        if actor.group not in groups:
            raise CastError(
                f"actor {actor.id!r} is in group {actor.group!r}, which no [[group]] declares"
            )
        if actor.speaks_for and actor.speaks_for not in actors:
            raise CastError(
                f"actor {actor.id!r} speaks for {actor.speaks_for!r}, which no [[actor]] declares"
            )
    focus = _strings(raw, "focus", "the file") or tuple(g for g in groups if g != OTHERS)
    for group in focus:
        if group not in groups:
            raise CastError(f"focus names the group {group!r}, which no [[group]] declares")
    events = tuple(sorted((_event(e) for e in _tables(raw, "event")), key=lambda e: e.date))
    cast = Cast(str(raw.get("title", path.stem)), focus, groups, actors, events, path)
    _refuse_shared_aliases(cast)
    return cast


def _refuse_shared_aliases(cast: Cast) -> None:
    """One phrase may mean two actors only through offices that they held on different days."""
    claims: dict[str, list[tuple[str, Office]]] = {}
    always = Office("always")
    for actor in cast.actors.values():
        for alias in {actor.name, *actor.aliases}:
            claims.setdefault(alias.casefold(), []).append((actor.id, always))
        for office in actor.offices:
            for alias in set(office.aliases):
                claims.setdefault(alias.casefold(), []).append((actor.id, office))
    for group in cast.groups.values():
        for alias in set(group.collective):
            claims.setdefault(alias.casefold(), []).append((f"group {group.id}", always))
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
    _known(entry, set(Group.__dataclass_fields__), where)
    return Group(
        id=_string(entry, "id", where),
        name=_string(entry, "name", where),
        phrase=_string(entry, "phrase", where, ""),
        colour=_string(entry, "colour", where, "#767676"),
        marker=_string(entry, "marker", where, "o"),
        opposes=_strings(entry, "opposes", where),
        roles=tuple(role.casefold() for role in _strings(entry, "roles", where)),
        collective=_strings(entry, "collective", where),
    )


def _actor(entry: dict) -> Actor:
    where = f"actor {entry.get('id', '?')!r}"
    _known(entry, {*Actor.__dataclass_fields__, "office"} - {"offices"}, where)
    pronouns = _string(entry, "pronouns", where, "they")
    kind = _string(entry, "kind", where, "person")
    if pronouns not in PRONOUNS:
        raise CastError(f"{where}: pronouns {pronouns!r} is not one of {', '.join(PRONOUNS)}")
    if kind not in KINDS:
        raise CastError(f"{where}: kind {kind!r} is not one of {', '.join(KINDS)}")
    return Actor(
        id=_string(entry, "id", where),
        name=_string(entry, "name", where),
        group=_string(entry, "group", where),
        kind=kind,
        aliases=_strings(entry, "aliases", where),
        pronouns=pronouns,
        titles=_strings(entry, "titles", where),
        speaks_for=_string(entry, "speaks_for", where, ""),
        offices=tuple(_office(office, where) for office in _tables(entry, "office")),
    )


def _office(entry: dict, where: str) -> Office:
    where = f"{where}, office {entry.get('name', '?')!r}"
    _known(entry, {"name", "aliases", "from", "to"}, where)
    start, end = _date(entry, "from", where), _date(entry, "to", where)
    if start and end and start > end:
        raise CastError(f"{where}: ends on {end}, before it starts on {start}")
    return Office(_string(entry, "name", where), _strings(entry, "aliases", where), start, end)


def _event(entry: dict) -> Event:
    day = _date(entry, "date", "event")
    if day is None:
        raise CastError("an [[event]] has no date; write date = 2014-12-20")
    return Event(day, _string(entry, "label", f"event of {day}"))


def _by_id(items: list, what: str) -> dict:
    found: dict = {}
    for item in items:
        if item.id in found:
            raise CastError(f"two entries of [[{what}]] have the id {item.id!r}")
        found[item.id] = item
    return found


def _known(entry: dict, keys: set[str], where: str) -> None:
    unknown = sorted(set(entry) - keys)
    if unknown:
        raise CastError(
            f"{where}: unknown field(s) {', '.join(unknown)}; known: {', '.join(sorted(keys))}"
        )


def _tables(entry: dict, key: str) -> list[dict]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise CastError(f"{key!r} must be written as [[{key}]] tables")
    return value


def _string(entry: dict, key: str, where: str, default: str | None = None) -> str:
    value = entry.get(key, default)
    if value is None:
        raise CastError(f"{where}: {key} is missing")
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise CastError(f"{where}: {key} must be text in quotation marks, not {value!r}")
    return value.strip()


def _strings(entry: dict, key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CastError(f'{where}: {key} must be a list of texts, such as ["one", "two"]')
    return tuple(item.strip() for item in value if item.strip())


def _date(entry: dict, key: str, where: str) -> date | None:
    value = entry.get(key)
    if value is None or type(value) is date:
        return value
    raise CastError(f"{where}: {key} must be a date without quotation marks, such as 2014-01-01")
