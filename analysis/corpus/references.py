"""Where a text refers to the cast: by name, office, title or collective phrase, and by pronoun.

Names, offices and collectives are looked up in the cast as of the article's date. Pronouns are
resolved by salience, in the spirit of centering (Grosz, Joshi and Weinstein 1995): what the clause
at hand names first, then what its sentence names first, then the sentence before.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from analysis.corpus.cast import Actor, Cast

GENDER = (
    dict.fromkeys(("he", "him", "his", "himself"), "he")
    | dict.fromkeys(("she", "her", "hers", "herself"), "she")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they")
)
_PRONOUN = re.compile(rf"\b({'|'.join(GENDER)})\b", re.IGNORECASE)
_POSSESSIVE = r"(?:the|his|her|its|their|a|[\w.]+(?: [\w.]+)?['’]s)"
#: What may stand for "the" before an office, and before a phrase for a group as a whole.
_WHICH = {
    "office": r"the|(?:this|our|your|their|his|her|its)(?:\s+own)?",
    "collective": r"the|these|those|both|our|your|their|his|her|its"
    r"|(?:all|[\w.]+'s)(?:\s+(?:the|two|three|four|five|six|seven|eight|nine|ten|\d+))?",
}
#: What may stand before the surname of somebody whose pronouns are these.
_MR = {"he": ("Mr.", "Mr"), "she": ("Mrs.", "Mrs", "Ms.", "Ms", "Miss")}
#: How far back a pronoun may reach, in sentences.
REACH = 4


#: Letter for letter: apostrophes, and the letters whose lower case another letter shares.
_ALIKE = str.maketrans("’‘ıİſ\u212a", "''iIsk")


@dataclass(frozen=True)
class Reference:
    """A stretch that refers to an actor, or to a group as a whole where `actor` is None."""

    start: int
    end: int
    target: str
    group: str
    how: str
    actor: Actor | None = None
    ambiguous: tuple[Actor, ...] = ()  # a title that several actors bear, before it is resolved

    @property
    def is_person(self) -> bool:
        return self.actor is not None and self.actor.kind == "person"


class References:
    """Finds references to a cast in the articles of one day.

    Parameters
    ----------
    cast : Cast
    day : date or None
        The article's date; decides who "the commissioner" is.
    """

    def __init__(self, cast: Cast, day: date | None):
        self.cast = cast
        self.day = day
        self._meaning: dict[str, list[tuple[str, Actor | None, str]]] = {}
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
                if (phrase := f"{mr} {_surname(actor)}").lower() not in self._meaning:
                    self._claim(phrase, "name", actor)

    def _is_told_apart(self, actor: Actor) -> bool:
        """Whether "Mr." tells a person from all others of the cast who have that surname."""
        people = [one for one in self.cast.actors.values() if one.kind == "person"]
        namesakes = [one.pronouns for one in people if _surname(one) == _surname(actor)]
        return len(namesakes) > 1 and namesakes.count(actor.pronouns) == 1

    def _claim(self, alias: str, how: str, actor: Actor | None, group: str = "") -> None:
        entry = (how, actor, actor.group if actor else group)
        phrase = plain(alias).lower()
        if alias.islower():
            self._small.add(phrase)
        entries = self._meaning.setdefault(phrase, [])
        if entry not in entries:
            entries.append(entry)

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        if not self._meaning:
            return None
        words = sorted(self._meaning, key=len, reverse=True)
        joined = "|".join(self._form(word) for word in words)
        # Most words of an article begin no phrase; a look at the first word spares them the rest.
        heads = {re.match(r"\w+|.", word.removeprefix("the ")).group() for word in words}
        first = [*map(re.escape, sorted(heads)), *(rf"(?:{which})\s" for which in _WHICH.values())]
        return re.compile(rf"(?<![\w’'-])(?={'|'.join(first)})(?:{joined})(?![\w-])", re.IGNORECASE)

    def _form(self, phrase: str) -> str:
        """A pattern; of "the mayor" also "our own mayor", of "the unions" also "both unions".

        An office may share the article of the one before it, see `_shares`.
        """
        how = self._meaning[phrase][0][0]
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
            for other, [(kind, *_), *_] in self._meaning.items()
            if kind in kinds
            and other.removeprefix("the ").startswith((f"{bare} ", f"{bare}'s ", f"{bare}' "))
        ]
        ends = rf"(?!{'|'.join(longer)})".replace(r"\ ", r"\s+") if longer else ""
        if how not in _WHICH:
            return rf"the\s+{form}{ends}"
        shared = r"|(?<=\band\s)" if how == "office" else ""
        return rf"(?:(?:{_WHICH[how]})\s+{shared}){form}{ends}"

    def _phrase(self, found: str) -> str:
        """The cast's phrase for words that `_form` matched."""
        if found in self._meaning:
            return found
        if f"the {found}" in self._meaning:
            return f"the {found}"
        bare = (re.sub(rf"^(?:{which})\s+", "", found) for which in _WHICH.values())
        return next(f"the {rest}" for rest in bare if f"the {rest}" in self._meaning)

    def find(self, text: str) -> list[Reference]:
        """References by name, office, title and collective phrase, in text order, none overlapping.

        A title or office that stands before a name is part of the name's reference. A title that
        several actors bear means the one named last.
        """
        text = plain(text)
        found: list[Reference] = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            words = re.sub(r"\s+", " ", match.group().lower())
            key = self._phrase(words)
            if key == f"the {words}" and not _shares(text, match.start(), found):
                continue
            reference = self._reference(text, match, key)
            if reference and (key in self._small or not _is_word(match.group(), reference)):
                found.append(reference)
        return self._settle(_merge(text, found))

    def _reference(self, plain: str, match: re.Match, key: str) -> Reference | None:
        entries = self._meaning[key]
        how, actor, group = entries[0]
        start, end = match.span()
        if how == "title":
            lead = plain[max(0, start - 40) : start]
            determiner = re.search(rf"\b{_POSSESSIVE}\s+(?:\w+\s+)?$", lead, re.IGNORECASE)
            named = re.match(r",?\s+[A-Z]", plain[end : end + 3])
            if not determiner and not named:
                return None
            if determiner and re.match(r"the\s+$", determiner.group(), re.IGNORECASE):
                start -= len(determiner.group())
        if how == "collective":
            return Reference(start, end, self.cast.group_name(group), group, how)
        bearers = tuple(a for h, a, _ in entries if a is not None)
        if len(bearers) > 1:
            return Reference(start, end, "", group, how, None, bearers)
        return Reference(start, end, actor.name, group, how, actor)

    def _settle(self, found: list[Reference]) -> list[Reference]:
        settled: list[Reference] = []
        for ref in found:
            if ref.ambiguous:
                ids = {actor.id for actor in ref.ambiguous}
                last = next((r for r in reversed(settled) if r.actor and r.actor.id in ids), None)
                if last is None:
                    continue
                ref = Reference(ref.start, ref.end, last.target, last.group, ref.how, last.actor)
            settled.append(ref)
        return settled

    def resolve(
        self,
        pronoun: tuple[int, int],
        text: str,
        known: list[Reference],
        sentences: list[tuple[int, int]],
        exclude: str = "",
    ) -> Reference | None:
        """Whom the pronoun at `pronoun` means, among the references before it.

        Parameters
        ----------
        pronoun : (start, end)
        known : references in text order, pronouns that were resolved already among them
        sentences : sentence spans of the text, in order
        exclude : name of an actor that cannot be meant, such as the speaker of the quotation
        """
        start, end = pronoun
        gender = GENDER.get(text[start:end].lower())
        here = next((i for i, (a, b) in enumerate(sentences) if a <= start < b), None)
        if here is None or gender is None:
            return None
        begin = sentences[here][0]
        clause = max((text.rfind(mark, begin, start) for mark in ",;:—"), default=-1)
        stretches = [(max(begin, clause), start)]
        reach = _reach(text[start:end].lower())
        stretches += [sentences[i] for i in range(here, max(-1, here - reach), -1)]
        for a, b in stretches:
            for ref in known:
                if ref.start >= min(b, start):
                    break
                if ref.start >= a and _fits(ref, gender) and ref.target != exclude:
                    return Reference(start, end, ref.target, ref.group, "pronoun", ref.actor)
        return None

    def find_pronouns(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in _PRONOUN.finditer(text)]


def _surname(actor: Actor) -> str:
    return actor.name.split()[-1]


def _reach(pronoun: str) -> int:
    """How many sentences back, its own among them.

    "They" are as often people whom no cast lists, so that it reaches only the sentence before, and
    "them" and "their" only their own.
    """
    return REACH if GENDER[pronoun] != "they" else 2 if pronoun == "they" else 1


def _fits(ref: Reference, gender: str) -> bool:
    if gender == "they":
        return ref.actor is None and not ref.ambiguous and ref.end > ref.start
    return ref.is_person and ref.actor.pronouns == gender and ref.end > ref.start


def _merge(plain: str, found: list[Reference]) -> list[Reference]:
    """Join a title or office to the name right after it; the name says who is meant."""
    merged: list[Reference] = []
    for ref in found:
        if merged:
            last = merged[-1]
            gap = plain[last.end : ref.start]
            titled = gap == " " and ref.how == "name" and last.how in ("office", "title")
            if titled and ref.is_person:
                merged[-1] = replace(ref, start=last.start)
                continue
            if ref.start < last.end:
                continue
        merged.append(ref)
    return merged


def _shares(plain: str, start: int, found: list[Reference]) -> bool:
    """Whether an office shares the article of the one before it: "the mayor and commissioner"."""
    last = found[-1] if found else None
    return bool(last and last.how == "office" and plain[last.end : start].split() == ["and"])


def _is_word(surface: str, reference: Reference) -> bool:
    """A name that is written in lower case is the common noun ("lynch"), not the person."""
    return reference.how == "name" and surface.islower()


def plain(text: str) -> str:
    """The text with straight apostrophes, and i, s and k as the only ones; offsets stay.

    A pattern that asks for no case takes ı for i and ſ for s, and İ becomes two letters in lower
    case: what was found would be looked up under another spelling.
    """
    return text.translate(_ALIKE)
