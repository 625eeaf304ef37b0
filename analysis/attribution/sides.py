"""On whose side people outside the cast are whom the text describes: "a spokeswoman for the mayor".

The description stands before the name or after it, once; from then on the name is enough.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.attribution.outside import BODILY, Outside
from analysis.attribution.sources import group_of, role_of
from analysis.attribution.speaker import Speaker
from analysis.corpus.cast import Cast
from analysis.corpus.references import Reference
from analysis.tables import UNRESOLVED

#: "A spokeswoman for the mayor, Jo Tamm, said".
_NAME_AFTER = re.compile(r",\s(?P<name>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}),")
#: "Jo Tamm, a spokeswoman for the mayor, said".
_DESCRIBED = re.compile(r",\s(?P<what>(?:an?|the|one of)\s[^,.;:“\"]{3,90})[,.]")
_NEAR = 80  # characters after a description in which its name may stand


class Sides:
    """Groups of one article's people outside the cast.

    Parameters
    ----------
    known : list of Reference
        To the cast, of the whole article.
    """

    def __init__(self, text: str, known: list[Reference], cast: Cast, outside: Outside):
        self.text = text
        self.known = known
        self.cast = cast
        self.outside = outside
        self._groups: dict[str, str] = {}

    def named_after(self, start: int, end: int, fewest: int = 2) -> Speaker | None:
        """Whose name, of so many words and more, follows the description text[start:end], within it
        or right after it."""
        after = _NAME_AFTER.search(self.text, start, end + _NEAR)
        if not after or after.start() > end or BODILY.search(after["name"]):
            return None  # "a resident of Ansel, New York, said"
        if len(after["name"].split()) < fewest:
            return None
        first, last = after.span("name")
        if any(ref.start < last and ref.end > first for ref in self.known):
            return None
        return self.outside.named(after["name"], first, [])

    def of(self, speaker: Speaker, role: str = "", inside: Sequence[Reference] = ()) -> Speaker:
        """The speaker in the group of the role, or of the one that describes them elsewhere."""
        if speaker.group == UNRESOLVED:
            return speaker
        elsewhere = rf"(?<![\w-]){re.escape(speaker.name)}{_DESCRIBED.pattern}"
        told = _DESCRIBED.match(self.text, speaker.end) or re.search(elsewhere, self.text)
        if told and not role:
            role = role_of(told["what"], self.cast)
            inside = [r for r in self.known if told.start() <= r.start < told.end()]
        if role:
            self._groups[speaker.name] = group_of(role, inside, self.cast)
        return replace(speaker, group=self._groups.get(speaker.name, speaker.group))
