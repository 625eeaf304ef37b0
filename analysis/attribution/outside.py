"""Speakers whom the words of a source name otherwise than by a name of the cast.

People outside the cast; who held an office before; whoever issued a statement or a letter; the
union of a president.
"""

import re
from datetime import date

from analysis.attribution.sources import BODIES, HONORIFICS, proper_names
from analysis.attribution.speaker import Speaker
from analysis.corpus.cast import Actor
from analysis.corpus.references import Reference, References
from analysis.tables import OTHERS

_FORMER = re.compile(r"(?:the\s+|a\s+)?(?:former|previous|ex-)\s*(?P<office>.+)", re.IGNORECASE)
_BODY = re.compile(rf"(?:the|his|her|their|its|our)\s+(?:\w+\s+)?(?P<noun>{BODIES})", re.IGNORECASE)
#: The names that may stand before a surname: "Jo de la", "Ann B.".
_GIVEN = r"(?:[A-Z][\w’'-]*\.?\s+)(?:[A-Z]\.\s+)?(?:(?:de|la|van|von|der|al|bin)\s+)*"


def from_reference(ref: Reference) -> Speaker:
    return Speaker(ref.target, ref.group, ref.actor is not None, ref.how, ref.start, ref.end)


class Outside:
    """People of one article who are not in the cast; a surname means the full name in the text."""

    def __init__(self, text: str):
        self.text = text
        self._full: dict[str, str] = {}  # surname -> full name

    def named(self, head: str, start: int, inside: list[Reference]) -> Speaker | None:
        """Whom a proper name in the source means that begins at `start`."""
        for words, (first, last) in proper_names(head):
            name = " ".join(words)
            if any(name in self.text[r.start : r.end] for r in inside):
                continue
            if len(words) > 1:
                self._full.setdefault(words[-1], name)
            elif name not in self._full:
                self._full[name] = self._told(name, start)
            full, how = self._full.get(name, name), "name outside the cast"
            return Speaker(full, OTHERS, True, how, start + first, start + last)
        return None

    def _told(self, surname: str, start: int) -> str:
        """The full name that the text before gave to somebody of this surname, or the surname."""
        for match in re.finditer(rf"{_GIVEN}{re.escape(surname)}\b", self.text[:start]):
            words = match.group().split()
            while words and words[0].lower().rstrip(".") in HONORIFICS:
                words = words[1:]
            if len(words) > 1:
                return " ".join(words)
        return surname


def former(head: str, references: References) -> Speaker | None:
    """ "The former commissioner": who held the office last before whoever holds it now."""
    match = _FORMER.fullmatch(head.strip(" ,"))
    if not match:
        return None
    wanted = match["office"].casefold()
    today = references.day or date.max
    held = [
        (office.end, actor)
        for actor in references.cast.actors.values()
        for office in actor.offices
        if office.end and office.end < today
        if wanted in {a.casefold().removeprefix("the ") for a in (office.name, *office.aliases)}
    ]
    if not held:
        return None
    actor: Actor = max(held, key=lambda one: one[0])[1]
    return Speaker(actor.name, actor.group, True, "office held before")


def body(head: str, before: list[Reference], references: References) -> Speaker | None:
    """ "The union": the organisation named last, or else the one that somebody named leads."""
    match = _BODY.fullmatch(head.strip())
    if not match:
        return None
    for ref in reversed(before):
        if ref.actor and ref.actor.kind == "organisation":
            return from_reference(ref).again("the organisation named before")
    for ref in reversed(before):
        led = references.cast.actors.get(ref.actor.speaks_for) if ref.actor else None
        if led and led.kind == "organisation":
            how = f"the organisation that {ref.target} speaks for"
            return Speaker(led.name, led.group, True, how, ref.start, ref.end)
    return None
