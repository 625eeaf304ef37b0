"""Speakers whom the words of a source name otherwise than by a name of the cast.

People outside the cast; who held an office before; whoever issued a statement or a letter; the
union of a president.
"""

import re
from dataclasses import replace
from itertools import zip_longest

from analysis.attribution.sources import BODIES, proper_names, untitled
from analysis.attribution.spans import Span
from analysis.attribution.speaker import Speaker, unresolved
from analysis.corpus.cast import Cast
from analysis.corpus.former import held_before
from analysis.corpus.references import Reference, References
from analysis.tables import OTHERS

_FORMER = re.compile(r"(?:the\s+|a\s+)?(?:former|previous|ex-)\s*(?P<office>.+)", re.IGNORECASE)
_BODY = re.compile(rf"(?:the|his|her|their|its|our)\s+(?:\w+\s+)?(?P<noun>{BODIES})", re.IGNORECASE)
#: The names that may stand before a surname: "Jo de la", "Ann B.".
_GIVEN = r"(?:[A-Z][\w’'-]*\.?\s+)(?:[A-Z]\.\s+)?(?:(?:de|la|van|von|der|al|bin)\s+)*"
_SUBJECT = re.compile(
    r"(?:[A-Z][a-z]+(?:\s[^,.;:“\"]{3,60})?,\s)?"  # "Across the street, "
    r"(?P<name>[A-Z][\w’'.-]*(?:\s(?:(?:de|la|van|von|der|al|bin)\s)*[A-Z][\w’'.-]*){1,4})"
    r"(?=,\s|\s(?!and\b|or\b|of\b)[a-z])(?!,\s(?:and\s)?[A-Z])"
    r"(?!\s(?:died|(?:was|had been)\s(?:\w+\s)?(?:shot|killed|slain|murdered|buried|found dead)))"
)
#: What somebody is, between whose it is and his or her name: "Ansel Growers chair Jo Tamm".
_ROLE = re.compile(
    r"(?:\s(?!(?:and|or|of|for|in|at|on|to|by|with|from|the|de|van|von|as|via|near|than|after|before"
    r"|during|outside|inside|aboard)\b)[a-z][\w’'-]*){1,4}"
)
_OPENS = re.compile(r"(?:[.?!\n][”\"’']?\s*|^\s*)$")
#: What names of bodies and places hold, and names of people do not.
BODILY = re.compile(
    rf"\b(?:{BODIES}|school|elementary|academy|university|college|hospital|church|street|avenue|road"
    r"|square|park|bridge|hall|court|county|city|town|village|island|river|house|center|centre|board"
    r"|council|committee|office|bureau|inc|corp|co|bank|club|fund|times|post|news|journal|courier"
    r"|new|north|south|east|west|san|st|united|saint|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|\w+day)\b",
    re.IGNORECASE,
)
_GENDERED = re.compile(
    r"\b(?:(?P<he>he|his|him|himself|father|husband|son|brother|grandfather|Mr)"
    r"|she|her|hers|herself|mother|wife|daughter|sister|grandmother|M(?:r)?s)\b"
)


def from_reference(ref: Reference) -> Speaker:
    return Speaker(ref.target, ref.group, ref.actor is not None, ref.how, ref.start, ref.end)


class Outside:
    """People of one article who are not in the cast; a surname means the full name in the text."""

    def __init__(self, text: str, cast: Cast):
        self.text = text
        self.cast = cast
        self._full: dict[str, str] = {}  # surname -> full name

    def named(self, head: str, start: int, inside: list[Reference]) -> Speaker | None:
        """Whom a proper name in the source means that begins at `start`."""
        names = list(proper_names(head))
        for (words, (first, last)), later in zip_longest(names, names[1:]):
            name = " ".join(words)
            if self._is_whose(head, first, last, later):
                continue
            if any(name in self.text[r.start : r.end] for r in inside):
                continue
            if len(words) == 1 and not first and self._is_common(name, head, start):
                continue
            if len(words) > 1:
                self._full.setdefault(words[-1], name)
            elif name not in self._full:
                self._full[name] = self._told(name, start)
            where = start + first, start + last
            namesakes = self._namesakes(name, start)
            if len(namesakes) > 1:
                doubt = unresolved(f"“{name}” may be {' or '.join(namesakes)}")
                return replace(doubt, start=where[0], end=where[1])
            return self._speaker(self._full.get(name, name), where)
        return None

    def _speaker(self, name: str, where: Span) -> Speaker:
        actor = self.cast.actor_named(name)
        group, how = (actor.group, "name") if actor else (OTHERS, "name outside the cast")
        return Speaker(name, group, True, how, *where)

    def _is_whose(self, head: str, first: int, last: int, later: tuple | None) -> bool:
        """Whether a name is of a body that the words after it give somebody a role in.

        A name may follow these, "Ansel Growers chair Jo Tamm", or none, "the Ansel Growers chair".
        """
        if not _ROLE.fullmatch(head[last : later[1][0] if later else None].rstrip(" ,")):
            return False
        if later:
            return BODILY.search(" ".join(later[0])) is None  # "Jo Tamm late Tuesday"
        article = re.match(r"(?:the|an?)\s", head, re.IGNORECASE)
        return article is not None and first in (0, article.end())

    def _namesakes(self, surname: str, start: int) -> list[str]:
        """Those of the cast with one surname whom the text before has named in full."""
        people = [a.name for a in self.cast.actors.values() if a.name.endswith(f" {surname}")]
        return [name for name in people if name in self.text[:start]]

    def introduced(
        self, pronoun: str, before: list[Span], known: list[Reference]
    ) -> dict[str, Span]:
        """Whom sentences of narration have for their subject, of those who may be "he" or "she".

        Parameters
        ----------
        before : the sentences to look through, the last one up to the pronoun
        known : references to the cast, who are not outside it
        """
        found: dict[str, Span] = {}
        for begin, end in before:
            match = _SUBJECT.match(self.text, begin, end)
            if not match or BODILY.search(match["name"]):
                continue
            start, stop = match.span("name")
            words = untitled(match["name"].split())
            name = self._full.get(words[-1], " ".join(words)) if words else ""
            known_here = any(r.start < stop and r.end > start for r in known)
            if len(name.split()) < 2 or known_here:
                continue
            told = _GENDERED.search(self.text, start, end)
            gender = "he" if told and told["he"] else "she" if told else pronoun
            if gender == pronoun:
                found[name] = (start, stop)
        return found

    def _is_common(self, word: str, head: str, start: int) -> bool:
        """Whether a capital only opens the sentence: "Drivers said", where drivers are told of."""
        opens = _OPENS.search(self.text, max(0, start - 4), start) or not start
        told = self._full.get(word) or self._told(word, start)
        if not opens or told != word or not head.startswith(word):
            return False
        follows = re.match(rf"{re.escape(word)}\s+[a-z]", head) is not None
        return follows or re.search(rf"\b{re.escape(word.lower())}\b", self.text) is not None

    def _told(self, surname: str, start: int) -> str:
        """The full name that the text before gave to somebody of this surname, or the surname."""
        for match in re.finditer(rf"{_GIVEN}{re.escape(surname)}\b", self.text[:start]):
            words = untitled(match.group().split())
            if len(words) > 1:
                return " ".join(words)
        return surname


def former(head: str, references: References) -> Speaker | None:
    """ "The former commissioner": who held the office last before whoever holds it now."""
    match = _FORMER.fullmatch(head.strip(" ,"))
    if not match:
        return None
    actor = held_before(match["office"], references)
    if actor is None:
        return None
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


def office(
    head: str, start: int, inside: list[Reference], references: References
) -> Speaker | None:
    """An office without its article, as in headlines: "Mayor: No more talks"."""
    words = head.strip()
    if inside or not words[:1].isupper():
        return None
    phrase = f"the {words.lower()}"
    for ref in references.find(phrase):
        if ref.how == "office" and ref.actor and (ref.start, ref.end) == (0, len(phrase)):
            return Speaker(ref.target, ref.group, True, ref.how, start, start + len(words))
    return None


def likeliest(pronoun: str, others: dict[str, Span], known: Reference | None) -> Speaker:
    """Whom "he" means of those whom narration has just brought in, where there is but one."""
    names = [*others, *([known.target] if known else [])]
    if len(names) > 1:
        return unresolved(f"the pronoun “{pronoun}” may mean {' or '.join(names)}")
    [(name, (start, end))] = others.items()
    how = f"pronoun “{pronoun}”: the likeliest"
    return Speaker(name, OTHERS, True, how, start, end, likely=True)
