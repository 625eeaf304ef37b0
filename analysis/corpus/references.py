"""Where a text refers to the cast: by name, office, title or collective phrase, and by pronoun.

What the cast is called on the article's date is found by `phrases`; whom it means depends on what
stands around it and before it. Pronouns are resolved by salience, in the spirit of centering
(Grosz, Joshi and Weinstein 1995): what the clause at hand names first, then what its sentence names
first, then the sentence before.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from analysis.corpus.cast import Actor, Cast
from analysis.corpus.phrases import Found, Phrases, plain

GENDER = (
    dict.fromkeys(("he", "him", "his", "himself"), "he")
    | dict.fromkeys(("she", "her", "hers", "herself"), "she")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they")
)
_PRONOUN = re.compile(rf"\b({'|'.join(GENDER)})\b", re.IGNORECASE)
_POSSESSIVE = r"(?:the|his|her|its|their|a|[\w.]+(?: [\w.]+)?['’]s)"
#: How far back a pronoun may reach, in sentences.
REACH = 4


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
        self._phrases = Phrases(cast, day)

    def find(self, text: str) -> list[Reference]:
        """References by name, office, title and collective phrase, in text order, none overlapping.

        A title or office that stands before a name is part of the name's reference. A title that
        several actors bear means the one named last.
        """
        text = plain(text)
        found: list[Reference] = []
        for one in self._phrases.find(text):
            if one.shortened and not _shares(text, one.start, found):
                continue
            reference = self._reference(text, one)
            if reference and (one.small or not _is_word(text[one.start : one.end], reference)):
                found.append(reference)
        return self._settle(_merge(text, found))

    def _reference(self, plain: str, found: Found) -> Reference | None:
        start, end, meaning = found.start, found.end, found.meanings[0]
        how, actor, group = meaning.how, meaning.actor, meaning.group
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
        bearers = tuple(one.actor for one in found.meanings if one.actor is not None)
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
