"""A first name alone, "Ana", for somebody whom the article calls by more than that.

It means a person of the cast where nobody else has it, neither in the cast nor in the article.

Not handled: nicknames, and people whom an article knows by nothing but their first name.
"""

import re

from analysis.corpus.cast import Actor
from analysis.corpus.references import Reference, References

#: First names that are words as well; where one begins a sentence, its capital tells nothing.
_WORDS = frozenset(
    "will mark may bill grace hope faith rose art frank rob sue drew grant chase jack april june"
    " august dawn joy pat".split()
)
#: Words that may stand before a name with a capital of their own.
_BEFORE = frozenset("and but if when so yet because while then now well for as like dear".split())


def forenames(text: str, references: References, known: list[Reference]) -> list[Reference]:
    """First names alone, in text order.

    Parameters
    ----------
    known : references in text order, as `References.find` gives them
    """
    named = {ref.actor.id: ref.actor for ref in known if ref.is_person}
    found = [
        Reference(start, end, actor.name, actor.group, "name", actor)
        for actor in named.values()
        if (forename := _own(actor, references))
        for start, end in _alone(text, forename, actor, known)
    ]
    return sorted(found, key=lambda ref: ref.start)


def _own(actor: Actor, references: References) -> str:
    """A person's first name, if nothing else in the cast goes by that word."""
    first, _, rest = actor.name.partition(" ")
    taken = {
        alias.split()[0].casefold()
        for other in references.cast.actors.values()
        if other.id != actor.id
        for alias in (other.name, *other.aliases)
    }
    return first if rest and first.isalpha() and first.casefold() not in taken else ""


def _alone(text: str, name: str, actor: Actor, known: list[Reference]) -> list[tuple[int, int]]:
    """Where the first name stands alone; nowhere, if somebody else in the text bears it."""
    found = []
    for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", text):
        start, end = match.span()
        over = [ref for ref in known if ref.start < end and start < ref.end]
        if over:
            if any(ref.actor != actor for ref in over):
                return []
        elif following := re.match(r"\]?\s+(?:[A-Z]\.\s+)*(?=[A-Z])", text[end : end + 12]):
            at = end + following.end()
            if not any(ref.start <= at < ref.end and ref.actor == actor for ref in known):
                return []  # of another surname
        elif not _part_of_more(text, start, name):
            found.append((start, end))
    return found


def _part_of_more(text: str, start: int, name: str) -> bool:
    """Whether the word goes on with what stands before it ("Santa Ana"), or is no name at all."""
    before = re.search(r"([\w.’'-]+)[^\S\n]+$", text[max(0, start - 30) : start])
    if before is None:
        return name.casefold() in _WORDS
    word = before.group(1)
    if word.casefold() in ("the", "a", "an", "this"):
        return True
    if word.endswith((".", "’", "'")) and word.casefold() not in ("st.", "mt."):
        return name.casefold() in _WORDS or (len(word) < 6 and word[0].isupper())
    return word[0].isupper() and word.casefold() not in _BEFORE
