"""A speaker, as tables show one."""

from dataclasses import dataclass, replace

from analysis.tables import UNRESOLVED


@dataclass(frozen=True)
class Speaker:
    """Who speaks: the name that tables show, the group, and how that was found."""

    name: str
    group: str
    named: bool
    resolution: str
    start: int | None = None  # the words that resolved it
    end: int | None = None
    likely: bool = False  # the likeliest of those whom the text allows, not the certain one
    several: bool = False  # people who speak as one

    def again(self, how: str) -> "Speaker":
        """The same speaker, found another way."""
        return replace(self, resolution=how)


def unresolved(reason: str) -> Speaker:
    return Speaker("Unresolved", UNRESOLVED, False, reason)
