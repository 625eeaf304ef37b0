"""Descriptions that mean an actor only by what the article said before: "the union", "its leader".

A definite description takes up what was named (Poesio and Vieira, *A Corpus-based Investigation of
Definite Description Use*, Computational Linguistics 1998). Which nouns can is read from the cast:

- "the union", "his union": the noun of an organisation's name, of its titles, and of aliases that
  describe it ("the nurses' union") rather than cut its name short ("Penn State" is no state); it is
  the one that was named last, or that the person who was named last speaks for;
- "its president", "the union's leader": the one person who speaks for that organisation;
- "the union leader": one of a group's roles, of two words or more; its member who was named last,
  unless an unnamed "union leader" came in since;
- "the leaders": the last word of a phrase for a group as a whole, once the group was spoken of.

Not handled: indefinite descriptions ("a union that rarely shrinks"), and those that name nothing of
the cast ("the two men").
"""

import re
from bisect import bisect_left, insort
from functools import cached_property
from operator import attrgetter

from analysis.corpus.cast import Actor
from analysis.corpus.phrases import plain
from analysis.corpus.references import Reference, References
from analysis.corpus.segments import Span

_CHIEFS = "president|leader|head|chief|chairman|chairwoman|chair|director|boss"
#: After "the union", these make it a part of another noun.
_COMPOUND = (
    rf"(?:{_CHIEFS}|official|trustee|delegate|source|spokesman|spokeswoman|spokesperson|member"
    r"|meeting|hall|contract|dues|vote|election|job|card|talk)"
)
_UNNAMED = r"\b(?:an?|one|another|some|several|top|senior|unnamed)\s+(?:[\w-]+\s+){0,3}?"
#: After these, a name goes on with what the organisation is for: "Department of Health".
_COMPLEMENT = re.compile(r"\s(?:of|for|against|at|in|on|to|with|without)\s", re.IGNORECASE)
_START = attrgetter("start")


class Descriptions:
    """Finds such descriptions in the articles of one day.

    Parameters
    ----------
    references : References
        Those of the same cast and day.
    """

    def __init__(self, references: References) -> None:
        self._references = references
        self._cast = references.cast
        self._organisations: dict[str, list[Actor]] = {}
        for actor in self._cast.actors.values():
            if actor.kind == "organisation":
                described = (alias for alias in actor.aliases if _noun(alias).islower())
                names = (actor.name, *actor.titles, *described)
                for noun in {_noun(plain(name)).casefold() for name in names}:
                    self._organisations.setdefault(noun, []).append(actor)
        self._roles = {
            role: group.id
            for group in self._cast.groups.values()
            for role in group.roles
            if " " in role
        }
        whole: dict[str, set[str]] = {}
        for group in self._cast.groups.values():
            for phrase in group.collective:
                whole.setdefault(_last(plain(phrase)), set()).add(group.id)
        self._heads = {n: min(g) for n, g in whole.items() if len(g) == 1 and n.endswith("s")}

    def find(self, text: str, known: list[Reference], sentences: list[Span]) -> list[Reference]:
        """Descriptions in text order.

        Parameters
        ----------
        known : references in text order, as `References.find` gives them; left as it is
        sentences : sentence spans of the text, in order
        """
        text = plain(text)
        known, found = list(known), []
        for match in self._pattern.finditer(text) if self._pattern else ():
            kind, start, end = match.lastgroup, *match.span(match.lastgroup)
            if any(ref.start < end and start < ref.end for ref in known):
                continue  # a name or a title that says it better
            words = re.sub(r"\s+", " ", match.group().casefold())
            before = known[: bisect_left(known, start, key=_START)]
            meant = getattr(self, f"_{kind}")(words, start, text, before, sentences)
            if meant:
                target, group, actor = meant
                ref = Reference(start, end, target, group, "description", actor)
                insort(known, ref, key=_START)
                found.append(ref)
        return found

    def ours(self, text: str, start: int, end: int, speaker: str) -> list[Reference]:
        """ "Our members", "my union" in a speaker's words: the organisation they speak for."""
        actor = self._cast.actor_named(speaker)
        whom = self._cast.actors.get(actor.speaks_for) if actor else None
        if whom is None or whom.kind != "organisation":
            return []
        own = [noun for noun, able in self._organisations.items() if whom in able]
        nouns = "|".join(map(re.escape, ["members", "membership", *own]))
        found = re.finditer(rf"\b(?:our|my)\s+(?:own\s+)?(?:{nouns})\b", text[start:end], re.I)
        return [
            Reference(start + a, start + b, whom.name, whom.group, "first person", whom)
            for a, b in (match.span() for match in found)
        ]

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        nouns = "|".join(map(re.escape, self._organisations)) or "(?!)"
        roles = "|".join(re.escape(r) for r in sorted(self._roles, key=len, reverse=True)) or "(?!)"
        whole = "|".join(map(re.escape, self._heads)) or "(?!)"
        return re.compile(
            rf"\b(?:(?P<chief>(?:its|the\s+(?:{nouns})'s)\s+(?:{_CHIEFS}))"
            rf"|(?P<role>the\s+(?:{roles}))(?!,?\s+(?-i:[A-Z]))"
            rf"|(?P<organisation>(?:the|this|his|her)\s+(?:own\s+)?(?:{nouns}))"
            rf"(?!\s+{_COMPOUND}s?\b)"
            rf"|(?P<whole>(?:the|these|those|both)\s+(?:{whole}))(?!\s+of\b))(?![\w-])",
            re.IGNORECASE,
        )

    def _organisation(self, words, start, text, before, sentences) -> tuple | None:
        able = self._organisations[_last(words)]
        first = words.split()[0]
        if first in ("his", "her"):
            pronoun = (start, start + len(first))
            whose = self._references.resolve(pronoun, text, before, sentences)
            return _meaning(self._represented(whose, able))
        for ref in reversed(before):
            if meant := ref.actor if ref.actor in able else self._represented(ref, able):
                return _meaning(meant)
        return None

    def _represented(self, ref: Reference | None, able: list[Actor]) -> Actor | None:
        whom = self._cast.actors.get(ref.actor.speaks_for) if ref and ref.actor else None
        return whom if whom in able else None

    def _chief(self, words, start, text, before, sentences) -> tuple | None:
        able = [actor for actors in self._organisations.values() for actor in actors]
        last = next((ref.actor for ref in reversed(before) if ref.actor in able), None)
        people = [
            actor
            for actor in self._cast.actors.values()
            if last and actor.speaks_for == last.id and actor.kind == "person"
        ]
        return _meaning(people[0]) if len(people) == 1 else None

    def _role(self, words, start, text, before, sentences) -> tuple | None:
        role = words.removeprefix("the ")
        group = self._roles[role]
        last = next((r for r in reversed(before) if r.is_person and r.group == group), None)
        since = re.compile(rf"{_UNNAMED}{re.escape(_last(role))}\b", re.IGNORECASE)
        return _meaning(last.actor) if last and not since.search(text, last.end, start) else None

    def _whole(self, words, start, text, before, sentences) -> tuple | None:
        group = self._heads[_last(words)]
        spoken_of = any(ref.actor is None and ref.group == group for ref in before)
        return (self._cast.group_name(group), group, None) if spoken_of else None


def _meaning(actor: Actor | None) -> tuple[str, str, Actor] | None:
    return (actor.name, actor.group, actor) if actor else None


def _noun(name: str) -> str:
    """What a name or a description says its bearer is: a Department of Health is a Department."""
    return _COMPLEMENT.split(name, maxsplit=1)[0].split()[-1]


def _last(phrase: str) -> str:
    return phrase.casefold().split()[-1]
