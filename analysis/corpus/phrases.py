"""Phrases: what a cast is called on one day, and where a text has it.

A phrase is the name of an actor, an office that somebody holds on that day, a title, or what a
group as a whole goes by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analysis.corpus.cast import Actor, Cast

#: What may stand for "the" before an office, and before a phrase for a group as a whole.
_WHICH = {
    "office": r"the|(?:this|our|your|their|his|her|its)(?:\s+own)?",
    "collective": r"the|these|those|both|our|your|their|his|her|its"
    r"|(?:all|[\w.]+'s)(?:\s+(?:the|two|three|four|five|six|seven|eight|nine|ten|\d+))?",
}
#: What may stand before the surname of somebody whose pronouns are these.
_MR = {"he": ("Mr.", "Mr"), "she": ("Mrs.", "Mrs", "Ms.", "Ms", "Miss")}
#: Letter for letter: apostrophes, and the letters whose lower case another letter shares.
_ALIKE = str.maketrans("’‘ıİſ\u212a", "''iIsk")


@dataclass(frozen=True)
class Meaning:
    """Whom a phrase means, and how: by name, office, title or collective."""

    how: str
    actor: Actor | None  # None is the group as a whole
    group: str


@dataclass(frozen=True)
class Found:
    """A stretch of a text that is a phrase of the cast."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    shortened: bool  # an office without the article, which it may share with one before it
    small: bool  # the cast itself writes it without a capital


class Phrases:
    """Finds what a cast is called on one day.

    Parameters
    ----------
    cast : Cast
    day : date or None
        Decides who "the commissioner" is; None is a day on which only open terms count.
    """

    def __init__(self, cast: Cast, day: date | None):
        self._cast = cast
        self._meanings: dict[str, list[Meaning]] = {}
        self._small: set[str] = set()  # aliases that the cast itself writes without a capital
        for actor in cast.actors.values():
            for alias in (actor.name, *actor.aliases):
                self._claim(alias, "name", actor)
            for office in actor.offices:
                if office.held_on(day):
                    for alias in (office.name, *office.aliases):
                        self._claim(alias, "office", actor)
            for title in actor.titles:
                self._claim(title, "title", actor)
        for group in cast.groups.values():
            for alias in group.collective:
                self._claim(alias, "collective", None, group.id)
        for actor in filter(self._is_told_apart, cast.actors.values()):
            for mr in _MR.get(actor.pronouns, ()):
                if (phrase := f"{mr} {_surname(actor)}").lower() not in self._meanings:
                    self._claim(phrase, "name", actor)

    def _is_told_apart(self, actor: Actor) -> bool:
        """Whether "Mr." tells a person from all others of the cast who have that surname."""
        people = [one for one in self._cast.actors.values() if one.kind == "person"]
        namesakes = [one.pronouns for one in people if _surname(one) == _surname(actor)]
        return len(namesakes) > 1 and namesakes.count(actor.pronouns) == 1

    def _claim(self, alias: str, how: str, actor: Actor | None, group: str = "") -> None:
        meaning = Meaning(how, actor, actor.group if actor else group)
        phrase = plain(alias).lower()
        if alias.islower():
            self._small.add(phrase)
        meanings = self._meanings.setdefault(phrase, [])
        if meaning not in meanings:
            meanings.append(meaning)

    def find(self, text: str) -> Iterator[Found]:
        """Phrases in text order, none overlapping; of two that begin at one place the longer.

        Parameters
        ----------
        text : as `plain` gives it
        """
        for match in self._pattern.finditer(text) if self._pattern else ():
            words = re.sub(r"\s+", " ", match.group().lower())
            phrase = self._phrase(words)
            meanings = tuple(self._meanings[phrase])
            yield Found(*match.span(), meanings, phrase == f"the {words}", phrase in self._small)

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        if not self._meanings:
            return None
        words = sorted(self._meanings, key=len, reverse=True)
        joined = "|".join(self._form(word) for word in words)
        # Most words of an article begin no phrase; a look at the first word spares them the rest.
        heads = {re.match(r"\w+|.", word.removeprefix("the ")).group() for word in words}
        first = [*map(re.escape, sorted(heads)), *(rf"(?:{which})\s" for which in _WHICH.values())]
        return re.compile(rf"(?<![\w’'-])(?={'|'.join(first)})(?:{joined})(?![\w-])", re.IGNORECASE)

    def _form(self, phrase: str) -> str:
        """A pattern; of "the mayor" also "our own mayor", of "the unions" also "both unions".

        An office may come without, see `Found.shortened`.
        """
        how = self._meanings[phrase][0].how
        bare = phrase.removeprefix("the ")
        form = re.escape(bare).replace(r"\ ", r"\s+")
        if bare == phrase:
            return form
        # "His press secretary" is a title, not "his press"; so is "the mayor's spokeswoman"; and
        # "the Teachers' League" is a name, not the teachers, as "the Union of Pilots" is not that
        # of "the union".
        kinds = ("title",) if how == "office" else ("title", "name")
        longer = [
            re.escape(other.removeprefix("the ")[len(bare) :])
            for other, [first, *_] in self._meanings.items()
            if first.how in kinds
            and other.removeprefix("the ").startswith((f"{bare} ", f"{bare}'s ", f"{bare}' "))
        ]
        ends = rf"(?!{'|'.join(longer)})".replace(r"\ ", r"\s+") if longer else ""
        if how not in _WHICH:
            return rf"the\s+{form}{ends}"
        shared = r"|(?<=\band\s)" if how == "office" else ""
        return rf"(?:(?:{_WHICH[how]})\s+{shared}){form}{ends}"

    def _phrase(self, found: str) -> str:
        """The cast's phrase for words that `_form` matched."""
        if found in self._meanings:
            return found
        if f"the {found}" in self._meanings:
            return f"the {found}"
        bare = (re.sub(rf"^(?:{which})\s+", "", found) for which in _WHICH.values())
        return next(f"the {rest}" for rest in bare if f"the {rest}" in self._meanings)


def _surname(actor: Actor) -> str:
    return actor.name.split()[-1]


def plain(text: str) -> str:
    """The text with straight apostrophes, and i, s and k as the only ones; offsets stay.

    A pattern that asks for no case takes ı for i and ſ for s, and İ becomes two letters in lower
    case: what was found would be looked up under another spelling.
    """
    return text.translate(_ALIKE)
