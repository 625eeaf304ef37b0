"""The cast of a dispute: its actors, groups and events.

Nothing in the package knows who these people are but from a cast; `cast_file` reads one.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

#: Groups and names that the tables have for whoever is in no group of the cast.
BUILTIN = {NARRATOR: "Narrator", OTHERS: "Others", UNRESOLVED: "Unresolved"}


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
        return self.groups[group].name if group in self.groups else BUILTIN.get(group, group)

    def group_phrase(self, group: str) -> str:
        """A group as it stands inside a sentence."""
        known = self.groups.get(group)
        return known.phrase if known and known.phrase else self.group_name(group)

    def actor_named(self, name: str) -> Actor | None:
        return next((actor for actor in self.actors.values() if actor.name == name), None)

    def actor_called(self, words: str) -> Actor | None:
        """The actor whose name or alias the words are, in whatever case; offices are no names."""
        called = " ".join(words.split()).casefold()
        return self.actor_named(words) or next(
            (
                actor
                for actor in self.actors.values()
                if called in {name.casefold() for name in (actor.name, *actor.aliases)}
            ),
            None,
        )
